#include "domain/referral/mask.h"

#include "base/pattern.h"
#include "base/secret.h"

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
    for (int i = 0; i <= m->n; i++) {
        int first = tr_str_eq(m->kind[i], names_kind) ? m->n : 0;

        while (!tr_str_eq(m->kind[first], m->kind[i]))
            first++;
        m->of_kind[i] = first;
    }
    if (rc == 0)
        rc = tr_names_load(&m->known_names, p, err);
    tr_buf_clear(&bad);
    return rc;
}

void tr_masks_clear(struct tr_masks *m)
{
    for (int i = 0; i < m->n; i++)
        tr_pattern_free(m->pattern[i]);
    tr_names_clear(&m->known_names);
    tr_buf_wipe(&m->work[0]);
    tr_buf_wipe(&m->work[1]);
    *m = (struct tr_masks){0};
}

/* Makes out the text with what the pattern finds replaced. 1; 0 and out untouched when it finds
 * nothing; -1 when that cannot be told. */
static int hide(struct tr_masks *m, int which, struct tr_str text, struct tr_buf *out)
{
    size_t at = 0, start, end;
    int rc = tr_pattern_find(m->pattern[which], text, at, &start, &end);

    if (rc <= 0)
        return rc;
    out->len = 0;
    do {
        tr_buf_add(out, text.p + at, start - at);
        tr_buf_char(out, '[');
        tr_buf_str(out, m->kind[which]);
        tr_buf_char(out, ']');
        m->hidden[m->of_kind[which]]++;
        at = end;
    } while ((rc = tr_pattern_find(m->pattern[which], text, at, &start, &end)) > 0);
    tr_buf_add(out, text.p + at, text.len - at);
    return rc < 0 || out->failed ? -1 : 1;
}

bool tr_masks_codes_only(struct tr_str s)
{
    int digits = 0;

    for (size_t i = 0; i < s.len; i++) {
        const char c = s.p[i];
        const bool digit = c >= '0' && c <= '9';

        digits = digit ? digits + 1 : c == '|' ? 0 : digits;
        if (digits > 7 || !(digit || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '|' ||
                            c == '-' || c == '_'))
            return false;
    }
    return true;
}

int tr_masks_hide(struct tr_masks *m, enum tr_names_of of, struct tr_str text,
                  const struct tr_str *names, size_t n, struct tr_buf *out)
{
    struct tr_str now = text;
    int to = 0, rc;

    for (int i = 0; i < m->n; i++) {
        rc = hide(m, i, now, &m->work[to]);
        if (rc < 0)
            return -1;
        if (rc > 0) {
            now = tr_buf_slice(&m->work[to]);
            to = !to;
        }
    }
    return tr_names_hide(&m->known_names, of, now, names, n, m->kind[m->n], out, &m->hidden[m->n]);
}
