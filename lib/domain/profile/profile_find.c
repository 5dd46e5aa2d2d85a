#include <stdlib.h>

#include "base/text.h"
#include "domain/profile/profile_own.h"

struct tr_str tr_without_zeros(struct tr_str code)
{
    while (code.len > 1 && *code.p == '0') {
        code.p++;
        code.len--;
    }
    return code;
}

const struct tr_list *tr_profile_list(const struct tr_profile *p, const char *name)
{
    for (int i = 0; i < p->n_lists; i++)
        if (tr_str_is(p->list[i].name, name))
            return &p->list[i];
    return NULL;
}

int tr_list_code(const struct tr_list *list, struct tr_str code)
{
    for (int i = 0; list && i < list->n; i++)
        if (tr_str_eq(list->entry[i].code, code))
            return i;
    return -1;
}

bool tr_list_codes(const struct tr_list *list, struct tr_str joined, uint64_t *out)
{
    struct tr_str part;
    int code;

    *out = 0;
    while (joined.len > 0 && tr_str_part(&joined, '|', &part)) {
        if (!list || (code = tr_list_code(list, part)) < 0)
            return false;
        *out |= UINT64_C(1) << code;
    }
    return true;
}

/* Cuts a written number to its digits: "2,0" and "2." to "2". False when it is a number but not a
 * whole one from 0 up, so that it cannot be taken for a code by dropping its punctuation. */
static bool whole(struct tr_str *s)
{
    struct tr_str rest = *s;

    for (size_t i = 0; i < s->len; i++)
        if (!strchr("0123456789.,+-", s->p[i]))
            return true;
    while (rest.len > 0 && *rest.p >= '0' && *rest.p <= '9') {
        rest.p++;
        rest.len--;
    }
    s->len -= rest.len;
    if (s->len == 0)
        return false;
    for (size_t i = 0; i < rest.len; i++)
        if (rest.p[i] != '0' && (i > 0 || (rest.p[i] != '.' && rest.p[i] != ',')))
            return false;
    return true;
}

typedef void make_key(struct tr_str spelling, struct tr_buf *key);

static int find_key(const struct tr_dict *d, struct tr_str spelling, make_key *make)
{
    char space[192];
    /* Folding makes at most three bytes of one. What is longer than that needs room of its own. */
    struct tr_buf key = spelling.len <= sizeof space / 3 ? TR_BUF_IN(space) : TR_BUF_INIT;
    int found;

    make(spelling, &key);
    found = key.len > 0 ? tr_dict_find(d, tr_buf_slice(&key)) : -1;
    tr_buf_clear(&key);
    return found;
}

static int find_folded(const struct tr_dict *d, struct tr_str spelling)
{
    return find_key(d, spelling, tr_spelling_key);
}

int tr_list_find(const struct tr_list *list, struct tr_str spelling)
{
    struct tr_str s = tr_text_trim(spelling);
    int found = tr_list_code(list, s); /* first, for codes such as 1-5S */

    if (found >= 0 || !whole(&s))
        return found;
    if (tr_list_boxes(list, s, &found))
        return found;
    if (!tr_list_may_spell(list, s))
        return -1;
    found = find_folded(&list->spellings, s);
    if (found < 0 && s.len > 1 && *s.p == '0')
        found = find_folded(&list->spellings, tr_without_zeros(s));
    return found;
}

bool tr_list_spells(const struct tr_list *list, struct tr_str spelling)
{
    return tr_list_may_spell(list, spelling) && find_folded(&list->spellings, spelling) >= 0;
}

/* The entry whose spelling is nearest, the first of several, or -1. Spellings are compared as they
 * are kept, folded. */
static int nearest_entry(const struct tr_list *list, struct tr_str cell)
{
    struct tr_buf folded = {0};
    struct tr_near near;
    struct tr_str key;
    int best = -1, value;
    bool parted;

    tr_spelling_key(cell, &folded);
    near = (struct tr_near){.wanted = tr_buf_slice(&folded)};
    parted = folded.len > 0 && memchr(folded.p, ' ', folded.len); /* nothing is near 1.5 */
    for (size_t at = 0; !parted && tr_dict_next(&list->spellings, &at, &key, &value);) {
        size_t was = near.distance;
        struct tr_str earlier = near.best;

        near.distance += near.best.p && value < best; /* of equally near ones, the earlier entry */
        tr_near_offer(&near, key);
        if (near.best.p != earlier.p)
            best = value;
        else
            near.distance = was;
    }
    if (!tr_near_found(&near))
        best = -1;
    tr_buf_clear(&folded);
    return best;
}

/* Whether the code itself is as near to the cell as any label. */
static bool code_is_near(const struct tr_list_entry *e, enum tr_lang lang, struct tr_str cell)
{
    return tr_text_distance(e->code, cell) <= tr_text_distance(e->label[lang], cell);
}

/* Adds what one writes for entry i: its label, behind the code when that is a number. false: there is
 * no room for more. */
static bool add_word(const struct tr_list *list, int i, size_t room, struct tr_buf *all)
{
    static const struct tr_str more = {", …", 5};
    const struct tr_list_entry *e = &list->entry[i];
    bool number = e->code.len > 0 && e->code.len < 3 && *e->code.p >= '0' && *e->code.p <= '9';
    size_t need = 2 + (number ? e->code.len + 1 : 0) + e->label[list->lang].len;

    if (all->len + need + more.len >= room) {
        tr_buf_str(all, more);
        return false;
    }
    tr_buf_text(all, i ? ", " : "");
    if (number) {
        tr_buf_str(all, e->code);
        tr_buf_char(all, ' ');
    }
    tr_buf_str(all, e->label[list->lang]);
    return true;
}

void tr_list_labels(const struct tr_list *list, struct tr_err *err)
{
    char text[sizeof err->arg[0]];
    struct tr_buf all = {0};

    for (int i = 0; i < list->n && add_word(list, i, sizeof text, &all); i++)
        ;
    tr_err_copy(text, sizeof text, tr_buf_slice(&all));
    tr_err_set(err, TR_E_CODE, text, NULL, NULL);
    tr_buf_clear(&all);
}

void tr_list_fault(const struct tr_list *list, struct tr_str cell, struct tr_err *err)
{
    int near = nearest_entry(list, cell);
    char text[sizeof err->arg[0]];

    if (near < 0) {
        tr_list_labels(list, err);
        return;
    }
    tr_err_copy(text, sizeof text,
                code_is_near(&list->entry[near], list->lang, cell) ? list->entry[near].code
                                                                   : list->entry[near].label[list->lang]);
    tr_err_set(err, TR_E_CODE_NEAR, text, NULL, NULL);
}

int tr_profile_header(const struct tr_profile *p, struct tr_str header)
{
    return find_key(&p->headers, header, tr_header_key);
}

static bool same_folded(void *cookie, struct tr_str b)
{
    const struct tr_str *a = cookie;
    struct tr_buf fold[2] = {{0}, {0}};
    bool same;

    tr_text_fold(*a, &fold[0]);
    tr_text_fold(b, &fold[1]);
    same = fold[0].len > 0 && tr_str_eq(tr_buf_slice(&fold[0]), tr_buf_slice(&fold[1]));
    tr_buf_clear(&fold[0]);
    tr_buf_clear(&fold[1]);
    return same;
}

/* Gives the spellings of the field called name to take, until it is true of one. */
static bool each_spelling(const struct tr_profile *p, struct tr_str name,
                          bool (*take)(void *cookie, struct tr_str spelling), void *cookie)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    const int field = tr_table_column(t, "field");
    struct tr_str aliases = {0}, part;

    if (take(cookie, name))
        return true;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (!tr_str_eq(tr_table_cell(t, r, field), name))
            continue;
        for (int l = 0; l < TR_N_LANGS; l++)
            if (take(cookie, tr_table_cell(t, r, tr_lang_column(t, "label", l))))
                return true;
        aliases = tr_table_cell(t, r, tr_table_column(t, "aliases"));
        while (tr_str_part(&aliases, '|', &part))
            if (take(cookie, part))
                return true;
    }
    return false;
}

bool tr_profile_spells(const struct tr_profile *p, struct tr_str name, struct tr_str header)
{
    return each_spelling(p, name, same_folded, &header);
}

struct folding {
    struct tr_dict *folded;
    int number;
};

/* True: memory is out. */
static bool add_folded(void *cookie, struct tr_str spelling)
{
    const struct folding *to = cookie;
    struct tr_buf fold = {0};
    bool failed;

    tr_text_fold(spelling, &fold);
    failed = fold.failed || (fold.len > 0 && tr_dict_add(to->folded, tr_buf_slice(&fold), &(int){to->number}) < 0);
    tr_buf_clear(&fold);
    return failed;
}

int tr_profile_spellings(const struct tr_profile *p, struct tr_str name, int number, struct tr_dict *folded)
{
    return each_spelling(p, name, add_folded, &(struct folding){folded, number}) ? -1 : 0;
}

int tr_spelt_in(const struct tr_dict *folded, struct tr_str header)
{
    return find_key(folded, header, tr_text_fold);
}

/* The cell of column in the row whose first cell is key. */
static struct tr_str keyed(const struct tr_table *t, struct tr_str key, int column)
{
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, 0), key))
            return tr_table_cell(t, r, column);
    return (struct tr_str){"", 0};
}

struct tr_str tr_profile_value(const struct tr_profile *p, const char *key)
{
    return keyed(&p->table[TR_T_PROFILE], tr_str(key), 1);
}

int tr_profile_number(const struct tr_profile *p, const char *key, int otherwise)
{
    struct tr_str s = tr_profile_value(p, key);
    int n = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || n > 100000)
            return otherwise;
        n = n * 10 + (s.p[i] - '0');
    }
    return s.len ? n : otherwise;
}

struct tr_str tr_profile_label(const struct tr_profile *p, struct tr_str field, enum tr_lang lang)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];

    return keyed(t, field, tr_lang_column(t, "label", lang));
}

struct tr_str tr_profile_text(const struct tr_profile *p, const char *key, enum tr_lang lang)
{
    static const enum tr_profile_table tables[] = {TR_T_OWN_TEXTS, TR_T_TEXTS};
    struct tr_str found = {"", 0};

    for (int i = 0; i < 2 && found.len == 0; i++)
        found = keyed(&p->table[tables[i]], tr_str(key),
                      tr_table_column(&p->table[tables[i]], tr_lang_names[lang]));
    return found;
}
