#include "domain/profile/plain.h"

#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "domain/profile/field.h"
#include "domain/profile/reading.h"

static bool is_label(const struct tr_list_entry *e, struct tr_str s)
{
    for (int l = 0; l < TR_N_LANGS; l++)
        if (tr_str_eq(e->label[l], s) || tr_str_eq(e->short_label[l], s))
            return true;
    return false;
}

int tr_plain_code(const struct tr_list *list, struct tr_str cell)
{
    for (int i = 0; i < list->n && cell.len > 0; i++)
        if (is_label(&list->entry[i], cell))
            return i;
    return -1;
}

/* Length of the word at the front of s, when a comma or the end follows it; else 0. */
static size_t front(struct tr_str s, struct tr_str word)
{
    if (word.len == 0 || s.len < word.len || memcmp(s.p, word.p, word.len) != 0)
        return 0;
    return s.len == word.len || s.p[word.len] == ',' ? word.len : 0;
}

/* The longest code or label at the front of s, as labels may have commas; *entry: whose. */
static size_t longest(const struct tr_list *list, struct tr_str s, int *entry)
{
    size_t best = 0;

    for (int i = 0; i < list->n; i++) {
        const struct tr_list_entry *e = &list->entry[i];
        size_t n = front(s, e->code);

        for (int l = 0; l < TR_N_LANGS; l++) {
            size_t label = front(s, e->label[l]), brief = front(s, e->short_label[l]);

            n = label > n ? label : n;
            n = brief > n ? brief : n;
        }
        if (n > best) {
            best = n;
            *entry = i;
        }
    }
    return best;
}

uint64_t tr_plain_codes(const struct tr_list *list, struct tr_str cell)
{
    uint64_t codes = 0;
    int entry = 0;

    for (cell = tr_text_trim(cell); cell.len > 0; cell = tr_text_trim(cell)) {
        size_t n = longest(list, cell, &entry);

        if (n == 0)
            return 0;
        codes |= UINT64_C(1) << entry;
        n += n < cell.len; /* the comma */
        cell = (struct tr_str){cell.p + n, cell.len - n};
    }
    return codes;
}

/* The row of fields.csv that the name, or else the label, stands in; -1: none. */
static int64_t field_row(const struct tr_profile *p, struct tr_str s, bool by_label)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    int field = tr_table_column(t, "field"), label[TR_N_LANGS], n = 0;

    for (int l = 0; l < TR_N_LANGS && by_label; l++)
        label[n++] = tr_lang_column(t, "label", (enum tr_lang)l);
    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (tr_str_eq(tr_table_cell(t, r, field), s))
            return r;
        for (int l = 0; l < n; l++)
            if (tr_str_eq(tr_table_cell(t, r, label[l]), s))
                return r;
    }
    return -1;
}

/* ---- columns beside a count ---- */

static const char *const beside[] = {"change_percent", "earlier", "change"};

static bool is_year(struct tr_str s)
{
    return s.len == 4 && tr_str_digits(s) == 4;
}

bool tr_plain_beside(const struct tr_profile *p, struct tr_str name, enum tr_lang lang, bool brief,
                     struct tr_buf *out)
{
    const struct tr_list *groups = tr_profile_list(p, "column_group");
    struct tr_str rest = name, word[3] = {{0}};
    int n = 0, group;

    while (n < 3 && tr_str_part(&rest, '.', &word[n]))
        n++;
    group = n > 1 ? tr_list_code(groups, word[1]) : -1;
    if (rest.p || n < 2 || tr_profile_label(p, word[0], lang).len == 0 ||
        (group < 0 && (n > 2 || !is_year(word[1]))) || (n > 2 && !is_year(word[2])))
        return false;
    tr_buf_str(out, tr_profile_label(p, word[0], lang));
    if (group >= 0) {
        tr_buf_text(out, ", ");
        tr_buf_str(out, brief ? groups->entry[group].short_label[lang]
                              : groups->entry[group].label[lang]);
    }
    if (is_year(word[n - 1])) {
        tr_buf_char(out, ' ');
        tr_buf_str(out, word[n - 1]);
    }
    return true;
}

/* Takes front off s. */
static bool take(struct tr_str *s, struct tr_str front)
{
    if (front.len == 0 || s->len < front.len || memcmp(s->p, front.p, front.len) != 0)
        return false;
    *s = tr_str_from(*s, front.len);
    return true;
}

/* The group whose label, or short label, s begins with, taken off; or -1. */
static int take_group(const struct tr_list *groups, struct tr_str *s)
{
    for (int g = 0; groups && g < groups->n; g++)
        for (int l = 0; l < TR_N_LANGS; l++)
            if (take(s, groups->entry[g].short_label[l]) || take(s, groups->entry[g].label[l]))
                return g;
    return -1;
}

/* The name of a column beside a count whose header may be its label. */
static struct tr_str plain_beside(const struct tr_profile *p, struct tr_table *t,
                                  struct tr_str header)
{
    const struct tr_list *groups = tr_profile_list(p, "column_group");

    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        for (int l = 0; l < TR_N_LANGS; l++) {
            struct tr_str rest = header;
            struct tr_buf name = {0};
            int group = -1;

            if (!take(&rest, tr_profile_label(p, tr_str(beside[i]), (enum tr_lang)l)) ||
                (take(&rest, TR_STR(", ")) && (group = take_group(groups, &rest)) < 0))
                continue;
            tr_buf_text(&name, beside[i]);
            if (group >= 0) {
                tr_buf_char(&name, '.');
                tr_buf_str(&name, groups->entry[group].code);
            }
            if (take(&rest, TR_STR(" ")) && is_year(rest)) {
                tr_buf_char(&name, '.');
                tr_buf_str(&name, rest);
                rest.len = 0;
            }
            if (rest.len == 0 && !name.failed)
                header = tr_arena_copy(&t->more, tr_buf_slice(&name));
            tr_buf_clear(&name);
            if (rest.len == 0)
                return header;
        }
    return header;
}

struct tr_str tr_plain_header(const struct tr_profile *p, struct tr_str header)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    const struct tr_list *types = tr_profile_list(p, tr_fields[TR_F_HOUSING_TYPE].list);
    const struct tr_list *groups = tr_profile_list(p, "column_group");
    struct tr_str bare = tr_text_unguard(tr_text_trim(header));
    int code = types ? tr_plain_code(types, bare) : -1, group;
    int64_t row;

    if (bare.len == 0 || field_row(p, bare, false) >= 0 ||
        (types && tr_list_code(types, bare) >= 0))
        return header;
    row = field_row(p, bare, true);
    if (row >= 0)
        return tr_table_cell(t, (uint32_t)row, tr_table_column(t, "field"));
    if (code >= 0)
        return types->entry[code].code;
    group = groups ? tr_plain_code(groups, bare) : -1;
    return group >= 0 ? groups->entry[group].code : header;
}

/* Whether the header has all of the columns, which have bars between. */
static bool has_all(const struct tr_profile *p, struct tr_str columns, const struct tr_str *header, uint32_t n)
{
    struct tr_str name;
    bool all = columns.len > 0;

    while (all && tr_str_part(&columns, '|', &name)) {
        uint32_t c = 0;

        while (c < n && !tr_str_eq(tr_plain_header(p, header[c]), name))
            c++;
        all = c < n;
    }
    return all;
}

bool tr_plain_counts(const struct tr_profile *p, const struct tr_str *header, uint32_t n)
{
    static const char *const names[] = {"count", "total", "persons"};
    const struct tr_list *types = tr_profile_list(p, tr_fields[TR_F_HOUSING_TYPE].list);
    bool found = false;

    for (uint32_t c = 1; c < n && !found; c++) {
        struct tr_str name = tr_plain_header(p, header[c]);

        found = types && tr_list_code(types, name) >= 0;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            found |= tr_str_is(name, names[i]);
    }
    return found && tr_plain_list(p, tr_plain_header(p, header[0]));
}

bool tr_plain_fits(const void *sought, const struct tr_str *header, uint32_t n)
{
    const struct tr_plain_sought *s = sought;
    const struct tr_table *known = &s->profile->table[TR_T_TABLES];
    int requires = tr_table_column(known, "requires");
    bool fits = s->columns && has_all(s->profile, tr_str(s->columns), header, n);

    for (uint32_t r = 0; !s->columns && !fits && r < known->n_rows; r++)
        fits = has_all(s->profile, tr_table_cell(known, r, requires), header, n);
    return fits || (!s->columns && tr_plain_counts(s->profile, header, n));
}

const struct tr_list *tr_plain_list(const struct tr_profile *p, struct tr_str name)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    int field = tr_field_find(name);
    int64_t row = field_row(p, name, false);
    struct tr_str list = field < 0 && row >= 0
                             ? tr_table_cell(t, (uint32_t)row, tr_table_column(t, "list"))
                             : (struct tr_str){"", 0};

    if (field >= 0)
        return tr_fields[field].list ? tr_profile_list(p, tr_fields[field].list) : NULL;
    for (int i = 0; i < p->n_lists && list.len > 0; i++)
        if (tr_str_eq(p->list[i].name, list))
            return &p->list[i];
    return NULL;
}

/* Words for sums and the like, which stand for a key in any language. */
static const char *const keys[] = {"total", "unknown", "undecided", "outside", "all_types"};
enum { N_KEYS = sizeof keys / sizeof *keys };

/* What the cells of a table are compared with, found once. */
struct plain {
    const struct tr_profile *profile;
    const struct tr_list *groups;
    const struct tr_list *sums; /* other words for a total, by people: Totalt; NULL: none */
    struct tr_str key[N_KEYS][TR_N_LANGS];
};

static void find_plain(struct plain *plain, const struct tr_profile *p)
{
    plain->profile = p;
    plain->groups = tr_profile_list(p, "column_group");
    plain->sums = tr_profile_list(p, "total");
    for (int k = 0; k < N_KEYS; k++)
        for (int l = 0; l < TR_N_LANGS; l++)
            plain->key[k][l] = tr_profile_label(p, tr_str(keys[k]), (enum tr_lang)l);
}

/* A cell of a column that has codes, or of the first one, with its key of totals. */
static struct tr_str plain_key(const struct plain *plain, const struct tr_list *list,
                               struct tr_str cell)
{
    struct tr_str bare = tr_text_unguard(cell);
    int code = list ? tr_list_code(list, cell) : -1;
    bool more;

    if (code >= 0)
        return cell;
    code = list ? tr_plain_code(list, bare) : -1;
    if (code < 0 && list && list == plain->profile->of_field[TR_F_BYDEL] &&
        tr_str_digits(bare) < bare.len) /* by any name it is the row of the same district in another table */
        code = tr_list_read(list, tr_text_trim(bare), &more);
    if (code >= 0)
        return list->entry[code].code;
    code = plain->groups && list ? tr_plain_code(plain->groups, bare) : -1;
    if (code >= 0)
        return plain->groups->entry[code].code;
    for (int k = 0; k < N_KEYS; k++)
        for (int l = 0; l < TR_N_LANGS && bare.len > 0; l++)
            if (tr_str_eq(plain->key[k][l], bare))
                return tr_str(keys[k]);
    code = plain->sums && bare.len > 0 ? tr_list_find(plain->sums, bare) : -1;
    if (code < 0 && bare.len > 0 && list && list == plain->profile->of_field[TR_F_BYDEL] &&
        tr_names_own(plain->profile, bare))
        return tr_str(keys[0]);
    return code >= 0 && tr_str_is(plain->sums->entry[code].code, "sum") ? tr_str(keys[0]) : cell;
}

/* Whether the cell is a number with a decimal comma: digits on both sides. */
static bool is_decimal(struct tr_str s)
{
    size_t i = s.len > 0 && *s.p == '-', comma = 0;

    for (size_t from = i; i < s.len; i++) {
        if (s.p[i] == ',' && i > from && i + 1 < s.len && !comma)
            comma = i;
        else if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return comma > 0;
}

/* Writes a number plainly in its own place, which is in the table's text and never too small. */
static struct tr_str plain_number(const struct tr_table *t, struct tr_str cell)
{
    struct tr_str s = tr_text_trim(tr_text_unguard(cell)); /* "'-5" is a number, too */
    bool dressed = false;
    char text[24];
    long long n;
    int len;

    for (size_t i = 0; i < s.len; i++)
        dressed |= !(s.p[i] >= '0' && s.p[i] <= '9') && !(i == 0 && s.p[i] == '-');
    if (!dressed || s.len > 32 || s.p < t->text)
        return cell;
    if (!tr_number_read(s, &n)) {
        char *comma = t->text + (s.p - t->text);

        if (!is_decimal(s))
            return cell;
        *(char *)memchr(comma, ',', s.len) = '.';
        return s;
    }
    len = snprintf(text, sizeof text, "%lld", n);
    memcpy(t->text + (s.p - t->text), text, (size_t)len);
    return (struct tr_str){s.p, (size_t)len};
}

/* Whether the column is one of ours: others are nobody's numbers. */
static bool is_known(const struct tr_profile *p, struct tr_str name)
{
    const struct tr_list *types = tr_profile_list(p, tr_fields[TR_F_HOUSING_TYPE].list);

    const struct tr_list *groups = tr_profile_list(p, "column_group");
    struct tr_str word, rest = name;

    tr_str_part(&rest, '.', &word);
    return field_row(p, word, false) >= 0 || tr_list_code(groups, name) >= 0 || (types && tr_list_code(types, name) >= 0) ||
           (name.len > 0 && memchr(name.p, '=', name.len));
}

void tr_plain_table(const struct tr_profile *p, struct tr_table *t)
{
    struct plain plain;

    find_plain(&plain, p);
    for (uint32_t c = 0; c < t->n_columns; c++) {
        const struct tr_list *list;
        bool number;
        int field;

        t->header[c] = plain_beside(p, t, tr_plain_header(p, t->header[c]));
        list = tr_plain_list(p, t->header[c]);
        field = tr_field_find(t->header[c]);
        number = !list && c > 0 && is_known(p, t->header[c]) &&
                 (field < 0 || tr_fields[field].shape == TR_SHAPE_NUMBER);
        for (uint32_t r = 0; r < t->n_rows; r++) {
            struct tr_str *cell = &t->cells[(size_t)r * t->n_columns + c];

            if (list || c == 0)
                *cell = plain_key(&plain, list, *cell);
            else
                *cell = number ? plain_number(t, *cell) : tr_text_unguard(*cell);
        }
    }
}
