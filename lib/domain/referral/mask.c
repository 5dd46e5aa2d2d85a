#include "domain/referral/mask.h"

#include "base/pattern.h"
#include "base/secret.h"

static const struct tr_str names_kind = {"navn", 4}, places_kind = {"bydel", 5};

/* ---- names of places ---- */

enum { PLACE_MIN = 3 };

/* The pattern that finds the text as it is; what is short, or but a number, is no name. */
static void add_name(struct tr_buf *to, struct tr_str name)
{
    if (name.len < PLACE_MIN || tr_str_digits(name) == name.len)
        return;
    tr_buf_text(to, to->len > 0 ? "|\\Q" : "\\Q");
    tr_buf_str(to, name);
    tr_buf_text(to, "\\E");
}

static void add_names(struct tr_buf *to, struct tr_str joined)
{
    struct tr_str part;

    while (joined.len > 0 && tr_str_part(&joined, '|', &part))
        add_name(to, part);
}

/* The words of a list of the profile. */
static void add_words(struct tr_buf *to, const struct tr_profile *p, const char *list)
{
    const struct tr_table *t = &p->table[TR_T_CODES];
    int of = tr_table_column(t, "list"), aliases = tr_table_column(t, "aliases");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (!tr_str_is(tr_table_cell(t, r, of), list))
            continue;
        for (int l = 0; l < TR_N_LANGS; l++)
            add_name(to, tr_table_cell(t, r, tr_lang_column(t, "label", (enum tr_lang)l)));
        add_names(to, tr_table_cell(t, r, aliases));
    }
}

/* Any of what was added; nothing, where nothing was. */
static void add_any(struct tr_buf *to, struct tr_buf *added)
{
    tr_buf_text(to, "(?:");
    tr_buf_str(to, added->len > 0 ? tr_buf_slice(added) : TR_STR("(?!)"));
    tr_buf_text(to, ")");
    to->failed |= added->failed;
}

/* The names that the profile knows, with what is joined to them, and any name behind a word for an office. */
static struct tr_pattern *make_places(const struct tr_profile *p, struct tr_buf *bad)
{
    const struct tr_table *t = &p->table[TR_T_DISTRICTS];
    struct tr_buf words = {0}, before = {0}, names = {0}, all = {0};
    struct tr_pattern *made;

    add_words(&words, p, "place_word");
    add_any(&before, &words);
    tr_buf_text(&before, "[ \\-](?:(?:i|p\303\245|for|ved) )?");
    add_name(&names, tr_profile_value(p, "name"));
    for (uint32_t r = 0; r < t->n_rows; r++) {
        add_name(&names, tr_table_cell(t, r, tr_table_column(t, "name")));
        add_names(&names, tr_table_cell(t, r, tr_table_column(t, "aliases")));
    }
    tr_buf_text(&all, "(?<![\\p{L}\\d])(?:");
    add_any(&all, &before); /* in this order: the longest that is known goes first, then what is guessed */
    add_any(&all, &names);
    tr_buf_text(&all, "[\\p{L}\\-]*|");
    add_any(&all, &before);
    tr_buf_text(&all, "(?-i:\\p{Lu})[\\p{L}\\-]+(?: (?-i:\\p{Lu})\\p{L}+)*|");
    add_any(&all, &names);
    tr_buf_text(&all, "[\\p{L}\\-]*)");
    made = all.failed ? NULL : tr_pattern_new(tr_buf_slice(&all), bad);
    tr_buf_clear(&words);
    tr_buf_clear(&before);
    tr_buf_clear(&names);
    tr_buf_clear(&all);
    return made;
}

/* ---- all ---- */

int tr_masks_load(struct tr_masks *m, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_MASKS];
    int kind = tr_table_column(t, "kind"), pattern = tr_table_column(t, "pattern");
    struct tr_buf bad = {0};
    int rc = 0;

    *m = (struct tr_masks){.profile = p};
    for (uint32_t r = 0; rc == 0 && r < t->n_rows; r++) {
        if (m->n == TR_MASKS_MAX - 2) {
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
    m->kind[m->n + 1] = places_kind;
    for (int i = 0; i < tr_masks_kinds(m); i++) {
        int first = tr_str_eq(m->kind[i], names_kind) ? m->n : 0;

        while (!tr_str_eq(m->kind[first], m->kind[i]))
            first++;
        m->of_kind[i] = first;
    }
    if (rc == 0)
        rc = tr_names_load(&m->known_names, p, err);
    if (rc == 0 && !(m->pattern[m->n + 1] = make_places(p, &bad)))
        rc = tr_err_memory(err);
    tr_buf_clear(&bad);
    return rc;
}

void tr_masks_clear(struct tr_masks *m)
{
    for (int i = 0; i < m->n; i++)
        tr_pattern_free(m->pattern[i]);
    tr_pattern_free(m->pattern[m->n + 1]);
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

int tr_masks_hide_places(struct tr_masks *m, struct tr_str text, struct tr_buf *out)
{
    int rc = hide(m, m->n + 1, text, &m->work[0]);

    if (rc < 0)
        return -1;
    tr_buf_str(out, rc > 0 ? tr_buf_slice(&m->work[0]) : text);
    return out->failed ? -1 : 0;
}

bool tr_masks_tell_place(const struct tr_masks *m, struct tr_str text)
{
    static const char *const kinds[] = {"adresse", "postadresse", "koordinater"};
    size_t start, end;

    for (int i = 0; i < m->n; i++)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (tr_str_is(m->kind[i], kinds[k]) && tr_pattern_find(m->pattern[i], text, 0, &start, &end) != 0)
                return true;
    return tr_pattern_find(m->pattern[m->n + 1], text, 0, &start, &end) != 0;
}
