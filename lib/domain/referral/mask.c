#include "domain/referral/mask.h"

#include "base/pattern.h"

static const struct tr_str names_kind = {"navn", 4};

int tr_masks_load(struct tr_masks *m, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_MASKS];
    int kind = tr_table_column(t, "kind"), pattern = tr_table_column(t, "pattern");
    struct tr_buf bad = {0};
    int rc = 0;

    *m = (struct tr_masks){.profile = p};
    for (uint32_t r = 0; rc == 0 && r < t->n_rows; r++) {
        if (m->n == TR_MASKS_MAX - 1) {
            rc = tr_table_fault(t, r, kind, TR_E_TABLE_CELL, N_("too many codes"), err);
            break;
        }
        m->kind[m->n] = tr_table_cell(t, r, kind);
        m->pattern[m->n] = tr_pattern_new(tr_table_cell(t, r, pattern), &bad);
        if (!m->pattern[m->n])
            rc = tr_table_fault(t, r, pattern, TR_E_TABLE_CELL,
                                bad.len ? tr_buf_z(&bad) : N_("the pattern cannot be understood"),
                                err);
        else
            m->n++;
    }
    m->kind[m->n] = names_kind;
    tr_buf_clear(&bad);
    return rc;
}

void tr_masks_clear(struct tr_masks *m)
{
    for (int i = 0; i < m->n; i++)
        tr_pattern_free(m->pattern[i]);
    *m = (struct tr_masks){0};
}

/* Adds the text with what the pattern finds replaced; -1 when that cannot be told. */
static int hide(struct tr_masks *m, int which, const struct tr_pattern *pattern, struct tr_str text,
                struct tr_buf *out)
{
    size_t at = 0, start, end;
    int rc;

    while ((rc = tr_pattern_find(pattern, text, at, &start, &end)) > 0) {
        tr_buf_add(out, text.p + at, start - at);
        tr_buf_char(out, '[');
        tr_buf_str(out, m->kind[which]);
        tr_buf_char(out, ']');
        m->hidden[which]++;
        at = end;
    }
    tr_buf_add(out, text.p + at, text.len - at);
    return rc;
}

/* A pattern of all words of the names; NULL when there are none, or memory is out: then *failed. */
static struct tr_pattern *names_pattern(const struct tr_str *names, size_t n, bool *failed)
{
    static const char around[] = "(?<![\\p{L}])(?:", behind[] = ")s?(?![\\p{L}])";
    struct tr_buf text = {0}, bad = {0};
    struct tr_pattern *p = NULL, *words;
    size_t start, end;
    bool any = false;

    words = tr_pattern_new(TR_STR("\\p{L}{2,}"), &bad);
    tr_buf_text(&text, around);
    for (size_t i = 0; words && i < n; i++)
        for (size_t at = 0; tr_pattern_find(words, names[i], at, &start, &end) > 0; at = end) {
            tr_buf_text(&text, any ? "|" : "");
            tr_buf_add(&text, names[i].p + start, end - start);
            any = true;
        }
    tr_buf_text(&text, behind);
    if (any && !text.failed)
        p = tr_pattern_new(tr_buf_slice(&text), &bad);
    *failed = !words || text.failed || (any && !p);
    tr_pattern_free(words);
    tr_buf_clear(&text);
    tr_buf_clear(&bad);
    return p;
}

int tr_masks_hide(struct tr_masks *m, struct tr_str text, const struct tr_str *names, size_t n,
                  struct tr_buf *out)
{
    bool failed;
    struct tr_pattern *own = names_pattern(names, n, &failed);
    struct tr_buf work[2] = {{0}, {0}};
    int now = 0, rc = 0;

    tr_buf_str(&work[0], text);
    for (int i = 0; i <= m->n && rc == 0; i++) {
        const struct tr_pattern *pattern = i < m->n ? m->pattern[i] : own;

        if (!pattern)
            continue;
        work[!now].len = 0;
        rc = hide(m, i, pattern, tr_buf_slice(&work[now]), &work[!now]);
        now = !now;
    }
    tr_buf_str(out, tr_buf_slice(&work[now]));
    if (failed || work[0].failed || work[1].failed || out->failed)
        rc = -1;
    tr_buf_clear(&work[0]);
    tr_buf_clear(&work[1]);
    tr_pattern_free(own);
    return rc;
}
