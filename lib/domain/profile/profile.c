#include "domain/profile/profile.h"

#include <errno.h>
#include <stdlib.h>

#include "base/text.h"

const char *const tr_lang_names[TR_N_LANGS + 1] = {"nb", "nn", "en", NULL};

static const char *const files[TR_N_PROFILE_TABLES] = {
    [TR_T_PROFILE] = "profile.csv",
    [TR_T_DISTRICTS] = "districts.csv",
    [TR_T_FIELDS] = "fields.csv",
    [TR_T_CODES] = "codes.csv",
    [TR_T_HOUSING_TYPES] = "housing_types.csv",
    [TR_T_ROP_RULES] = "rop_rules.csv",
    [TR_T_ROP_SOMATIC] = "rop_somatic.csv",
    [TR_T_ROP_MATRIX] = "rop_matrix.csv",
    [TR_T_MEASURES] = "measures.csv",
    [TR_T_PERSON_LINKS] = "person_links.csv",
    [TR_T_TABLES] = "tables.csv",
    [TR_T_PLACEMENT_RULES] = "placement_rules.csv",
    [TR_T_MASKS] = "masks.csv",
    [TR_T_EVENT_TYPES] = "event_types.csv",
    [TR_T_CASE_STATES] = "case_states.csv",
    [TR_T_DECLINE_REASONS] = "decline_reasons.csv",
    [TR_T_STEPS] = "steps.csv",
    [TR_T_PLAN_ITEMS] = "plan_items.csv",
    [TR_T_LETTERS] = "letters.csv",
    [TR_T_SERVICES] = "services.csv",
    [TR_T_OWN_TEXTS] = "texts.csv",
};

/* Columns that a table must have; codes and names in the first of them must not be empty. */
static const char *const required[TR_N_PROFILE_TABLES][5] = {
    [TR_T_PROFILE] = {"key", "value"},
    [TR_T_DISTRICTS] = {"code", "name", "number"},
    [TR_T_FIELDS] = {"field", "label_nb", "label_nn", "label_en", "aliases"},
    [TR_T_CODES] = {"code", "list", "label_nb", "label_nn", "label_en"},
    [TR_T_HOUSING_TYPES] = {"code", "label_nb", "label_nn", "label_en"},
    [TR_T_ROP_RULES] = {"rule"},
    [TR_T_ROP_SOMATIC] = {"rule"},
    [TR_T_ROP_MATRIX] = {"rop_group", "hf"},
    [TR_T_MEASURES] = {"measure", "field", "codes"},
    [TR_T_PERSON_LINKS] = {"fact", "holds", "contradicts"},
    [TR_T_TABLES] = {"table", "requires"},
    [TR_T_PLACEMENT_RULES] = {"rule", "unknown", "why_nb", "why_nn", "why_en"},
    [TR_T_MASKS] = {"kind", "pattern"},
    [TR_T_EVENT_TYPES] = {"code", "details", "label_nb", "label_nn", "label_en"},
    [TR_T_CASE_STATES] = {"code", "moves", "label_nb", "label_nn", "label_en"},
    [TR_T_DECLINE_REASONS] = {"code", "again", "label_nb", "label_nn", "label_en"},
    [TR_T_STEPS] = {"step", "starts", "offset", "responsible", "label_nb"},
    [TR_T_PLAN_ITEMS] = {"point", "item", "kind", "needed", "label_nb"},
    [TR_T_LETTERS] = {"decision", "block", "when", "text_nb"},
    [TR_T_SERVICES] = {"service", "groups", "provider", "label_nb"},
    [TR_T_OWN_TEXTS] = {"key", "nb", "nn", "en"},
    [TR_T_TEXTS] = {"key", "nb", "nn", "en"},
};

static int check_table(const struct tr_table *t, enum tr_profile_table which, struct tr_err *err)
{
    for (int i = 0; i < 5 && required[which][i]; i++)
        if (tr_table_column(t, required[which][i]) < 0) {
            tr_table_fault(t, t->n_rows, -1, TR_E_TABLE_CELL, N_("a column is missing"), err);
            tr_err_field(err, tr_str(required[which][i]));
            return -1;
        }
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int key = tr_table_column(t, required[which][0]);

        if (tr_table_cell(t, r, key).len == 0)
            return tr_table_fault(t, r, key, TR_E_TABLE_CELL, N_("the cell is empty"), err);
    }
    return 0;
}

/* ---- spellings ---- */

/* The key of a spelling: folded, or the text itself when it is punctuation alone, such as "-". */
static void add_key(struct tr_str spelling, struct tr_buf *key)
{
    tr_text_fold(spelling, key);
    if (key->len == 0)
        tr_buf_str(key, tr_text_trim(spelling));
}

/* 0, also when this row has the spelling already; -1 with err when another row has it. */
static int spell(struct tr_dict *d, struct tr_str spelling, int value, const struct tr_table *t,
                 uint32_t row, struct tr_err *err)
{
    struct tr_buf key = {0};
    int found = value, rc;

    add_key(spelling, &key);
    rc = key.len == 0 ? 0 : tr_dict_add(d, tr_buf_slice(&key), &found);
    if (rc < 0 || key.failed)
        rc = tr_err_memory(err);
    else if (found != value)
        rc = tr_table_fault(t, row, 0, TR_E_TABLE_CELL, N_("two rows have the same spelling"), err);
    else
        rc = 0;
    if (rc < 0)
        tr_err_copy(err->arg[1], sizeof err->arg[1], spelling);
    tr_buf_clear(&key);
    return rc;
}

static int spell_all(struct tr_dict *d, struct tr_str joined, int value, const struct tr_table *t,
                     uint32_t row, struct tr_err *err)
{
    struct tr_str part;

    while (tr_str_part(&joined, '|', &part))
        if (spell(d, part, value, t, row, err) < 0)
            return -1;
    return 0;
}

int tr_lang_column(const struct tr_table *t, const char *name, enum tr_lang lang)
{
    char full[64];
    size_t n = strlen(name);

    if (n + 4 > sizeof full)
        return -1;
    memcpy(full, name, n);
    full[n] = '_';
    memcpy(full + n + 1, tr_lang_names[lang], 3);
    return tr_table_column(t, full);
}

/* ---- lists ---- */

static struct tr_list *list_named(struct tr_profile *p, struct tr_str name)
{
    struct tr_list *list;

    for (int i = 0; i < p->n_lists; i++)
        if (tr_str_eq(p->list[i].name, name))
            return &p->list[i];
    if (p->n_lists == TR_LISTS_MAX)
        return NULL;
    list = &p->list[p->n_lists];
    list->entry = calloc(TR_LIST_MAX, sizeof *list->entry);
    if (!list->entry)
        return NULL;
    list->name = name;
    p->n_lists++;
    return list;
}

static struct tr_str first_of(struct tr_str a, struct tr_str b)
{
    return a.len > 0 ? a : b;
}

/* A code that starts with zeros is also known without them: spreadsheets drop them. */
static struct tr_str without_zeros(struct tr_str code)
{
    while (code.len > 1 && *code.p == '0') {
        code.p++;
        code.len--;
    }
    return code;
}

static int add_entry(struct tr_profile *p, const struct tr_table *t, uint32_t row,
                     struct tr_str list_name, struct tr_err *err)
{
    struct tr_list *list = list_named(p, list_name);
    int code = tr_table_column(t, "code"), name = tr_table_column(t, "name"), i;
    struct tr_list_entry *e;

    if (!list || list->n == TR_LIST_MAX)
        return tr_table_fault(t, row, 0, TR_E_TABLE_CELL, N_("too many codes"), err);
    i = list->n++;
    e = &list->entry[i];
    e->code = tr_table_cell(t, row, code);
    if (spell(&list->spellings, e->code, i, t, row, err) < 0 ||
        spell(&list->spellings, without_zeros(e->code), i, t, row, err) < 0)
        return -1;
    for (int l = 0; l < TR_N_LANGS; l++) {
        struct tr_str label = tr_table_cell(t, row, tr_lang_column(t, "label", l));

        e->label[l] = first_of(first_of(label, tr_table_cell(t, row, name)), e->code);
        e->short_label[l] =
            first_of(tr_table_cell(t, row, tr_lang_column(t, "short", l)), e->label[l]);
        if (spell(&list->spellings, e->label[l], i, t, row, err) < 0)
            return -1;
    }
    return spell_all(&list->spellings, tr_table_cell(t, row, tr_table_column(t, "aliases")), i, t,
                     row, err);
}

/* Codes that stand for others of their list, as the column covers says. */
static int add_covers(struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_CODES];
    int covers = tr_table_column(t, "covers"), code = tr_table_column(t, "code");

    for (int l = 0; l < p->n_lists; l++)
        for (int i = 0; i < p->list[l].n; i++)
            p->list[l].entry[i].covers = UINT64_C(1) << i;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_list *list = list_named(p, tr_table_cell(t, r, tr_table_column(t, "list")));
        struct tr_str joined = tr_table_cell(t, r, covers);
        uint64_t *mask = &list->entry[tr_list_code(list, tr_table_cell(t, r, code))].covers;

        if (joined.len > 0 && !tr_list_codes(list, joined, mask))
            return tr_table_fault(t, r, covers, TR_E_TABLE_CELL, N_("no such code"), err);
    }
    return 0;
}

/* A spelling made of two parts. */
static int spell_both(struct tr_dict *d, struct tr_str a, struct tr_str b, int value,
                      const struct tr_table *t, uint32_t row, struct tr_err *err)
{
    struct tr_buf both = {0};
    int rc;

    tr_buf_str(&both, a);
    tr_buf_str(&both, b);
    rc = both.failed ? tr_err_memory(err) : spell(d, tr_buf_slice(&both), value, t, row, err);
    tr_buf_clear(&both);
    return rc;
}

/* Districts are also written by number, and with the municipality's word for a district before the
 * name or number: "Bydel X". */
static int add_districts(struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_DISTRICTS];
    struct tr_str called = tr_profile_label(p, TR_STR("bydel"), TR_NB);

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str name = tr_table_cell(t, r, tr_table_column(t, "name"));
        struct tr_str number = tr_table_cell(t, r, tr_table_column(t, "number"));
        struct tr_dict *d;

        if (add_entry(p, t, r, TR_STR("bydel"), err) < 0)
            return -1;
        d = &list_named(p, TR_STR("bydel"))->spellings;
        if (spell_both(d, called, name, (int)r, t, r, err) < 0 ||
            (number.len > 0 && (spell(d, number, (int)r, t, r, err) < 0 ||
                                spell_both(d, called, number, (int)r, t, r, err) < 0)))
            return -1;
    }
    return 0;
}

static int add_lists(struct tr_profile *p, struct tr_err *err)
{
    static const struct {
        enum tr_profile_table table;
        const char *list;
    } own[] = {{TR_T_HOUSING_TYPES, "housing_type"},
               {TR_T_EVENT_TYPES, "event_type"},
               {TR_T_CASE_STATES, "case_state"},
               {TR_T_DECLINE_REASONS, "decline_reason"}};
    const struct tr_table *codes = &p->table[TR_T_CODES];
    int list = tr_table_column(codes, "list");

    for (uint32_t r = 0; r < codes->n_rows; r++)
        if (add_entry(p, codes, r, tr_table_cell(codes, r, list), err) < 0)
            return -1;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        for (uint32_t r = 0; r < p->table[own[i].table].n_rows; r++)
            if (add_entry(p, &p->table[own[i].table], r, tr_str(own[i].list), err) < 0)
                return -1;
    if (add_districts(p, err) < 0 || add_covers(p, err) < 0)
        return -1;
    for (int f = 0; f < TR_N_FIELDS; f++) {
        p->of_field[f] = tr_fields[f].list ? tr_profile_list(p, tr_fields[f].list) : NULL;
        if (tr_fields[f].list && !p->of_field[f])
            return tr_table_fault(codes, codes->n_rows, list, TR_E_TABLE_CELL, tr_fields[f].list,
                                  err);
    }
    return 0;
}

static int add_headers(struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    int name = tr_table_column(t, "field"), aliases = tr_table_column(t, "aliases");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        int field = tr_field_find(tr_table_cell(t, r, name));

        if (field < 0)
            continue; /* a column of a report: it has labels only */
        if (spell(&p->headers, tr_table_cell(t, r, name), field, t, r, err) < 0 ||
            spell_all(&p->headers, tr_table_cell(t, r, aliases), field, t, r, err) < 0)
            return -1;
        for (int l = 0; l < TR_N_LANGS; l++)
            if (spell(&p->headers, tr_table_cell(t, r, tr_lang_column(t, "label", l)), field, t, r,
                      err) < 0)
                return -1;
    }
    return 0;
}

static int add_measures(struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_MEASURES];
    int codes = tr_table_column(t, "codes");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str joined = tr_table_cell(t, r, codes);
        int field = tr_field_find(tr_table_cell(t, r, tr_table_column(t, "field")));
        struct tr_measure *m = &p->measure[r];

        if (r == TR_MEASURES_MAX || field < 0 || !tr_fields[field].list)
            return tr_table_fault(t, r, 0, TR_E_TABLE_CELL, N_("no such coded field"), err);
        *m = (struct tr_measure){.name = tr_table_cell(t, r, tr_table_column(t, "measure")),
                                 .field = (enum tr_field)field};
        if (joined.len == 0 || !tr_list_codes(p->of_field[field], joined, &m->codes))
            return tr_table_fault(t, r, codes, TR_E_TABLE_CELL, N_("no such code"), err);
        p->n_measures++;
    }
    return 0;
}

/* ---- loading ---- */

/* The names of all files, one after another, each with its NUL. */
static int name_files(struct tr_profile *p, const char *dir, const char *texts, size_t at[])
{
    struct tr_buf b = {0};

    for (int i = 0; i < TR_N_PROFILE_TABLES; i++) {
        at[i] = b.len;
        if (i == TR_T_TEXTS) {
            tr_buf_text(&b, texts);
        } else {
            tr_buf_text(&b, dir);
            tr_buf_char(&b, '/');
            tr_buf_text(&b, files[i]);
        }
        tr_buf_char(&b, '\0');
    }
    p->paths = b.p;
    return b.failed ? -1 : 0;
}

static int load_table(struct tr_table *t, enum tr_profile_table which, const char *path,
                      struct tr_err *err)
{
    static const struct tr_reader_options options = {
        .encoding = {.encoding = TR_ENCODING_UTF8}, .delimiter = ',', .no_thread = true};

    if (tr_table_load(t, path, &options, err) < 0)
        return which == TR_T_OWN_TEXTS && err->code == TR_E_OPEN && err->sys == ENOENT ? 0 : -1;
    return check_table(t, which, err);
}

int tr_profile_load(struct tr_profile *p, const char *dir, const char *texts, struct tr_err *err)
{
    size_t at[TR_N_PROFILE_TABLES];

    *p = (struct tr_profile){0};
    if (name_files(p, dir, texts, at) < 0)
        return tr_err_memory(err);
    for (int i = 0; i < TR_N_PROFILE_TABLES; i++)
        if (load_table(&p->table[i], (enum tr_profile_table)i, p->paths + at[i], err) < 0)
            return -1;
    if (add_lists(p, err) < 0 || add_headers(p, err) < 0)
        return -1;
    return add_measures(p, err);
}

void tr_profile_clear(struct tr_profile *p)
{
    for (int i = 0; i < TR_N_PROFILE_TABLES; i++)
        tr_table_clear(&p->table[i]);
    for (int i = 0; i < p->n_lists; i++) {
        free(p->list[i].entry);
        tr_dict_clear(&p->list[i].spellings);
    }
    tr_dict_clear(&p->headers);
    free(p->paths);
    *p = (struct tr_profile){0};
}

/* ---- looking up ---- */

const struct tr_list *tr_profile_list(const struct tr_profile *p, const char *name)
{
    for (int i = 0; i < p->n_lists; i++)
        if (tr_str_is(p->list[i].name, name))
            return &p->list[i];
    return NULL;
}

int tr_list_code(const struct tr_list *list, struct tr_str code)
{
    for (int i = 0; i < list->n; i++)
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

static int find_folded(const struct tr_dict *d, struct tr_str spelling)
{
    struct tr_buf key = {0};
    int found;

    add_key(spelling, &key);
    found = key.len > 0 ? tr_dict_find(d, tr_buf_slice(&key)) : -1;
    tr_buf_clear(&key);
    return found;
}

int tr_list_find(const struct tr_list *list, struct tr_str spelling)
{
    struct tr_str s = tr_text_trim(spelling);
    int found = tr_list_code(list, s); /* first, for codes such as 1-5S */

    if (found >= 0 || !whole(&s))
        return found;
    found = find_folded(&list->spellings, s);
    if (found < 0 && s.len > 1 && *s.p == '0')
        found = find_folded(&list->spellings, without_zeros(s));
    return found;
}

bool tr_list_spells(const struct tr_list *list, struct tr_str spelling)
{
    return find_folded(&list->spellings, spelling) >= 0;
}

/* The entry whose spelling is nearest, or -1. Spellings are compared as they are kept, folded. */
static int nearest_entry(const struct tr_list *list, struct tr_str cell)
{
    const struct tr_dict *d = &list->spellings;
    struct tr_buf folded = {0};
    struct tr_near near;
    int best = -1;

    tr_text_fold(cell, &folded);
    near = (struct tr_near){.wanted = tr_buf_slice(&folded)};
    for (int i = 0; i < list->n; i++)
        for (size_t s = 0; s < d->slots; s++) {
            struct tr_str was = near.best;

            if (d->slot[s].value != i)
                continue;
            tr_near_offer(&near, (struct tr_str){d->keys.p + d->slot[s].from, d->slot[s].len});
            if (near.best.p != was.p)
                best = i;
        }
    if (!tr_near_found(&near))
        best = -1;
    tr_buf_clear(&folded);
    return best;
}

/* Whether the code itself is as near to the cell as any label. */
static bool code_is_near(const struct tr_list_entry *e, struct tr_str cell)
{
    return tr_text_distance(e->code, cell) <= tr_text_distance(e->label[TR_NB], cell);
}

void tr_list_fault(const struct tr_list *list, struct tr_str cell, struct tr_err *err)
{
    int near = nearest_entry(list, cell);
    struct tr_buf all = {0};
    char text[160];

    for (int i = 0; i < list->n && near < 0; i++) {
        if (i > 0)
            tr_buf_char(&all, ' ');
        tr_buf_str(&all, list->entry[i].code);
    }
    tr_err_copy(text, sizeof text,
                near < 0                                 ? tr_buf_slice(&all)
                : code_is_near(&list->entry[near], cell) ? list->entry[near].code
                                                         : list->entry[near].label[TR_NB]);
    tr_err_set(err, near < 0 ? TR_E_CODE : TR_E_CODE_NEAR, text, NULL, NULL);
    tr_buf_clear(&all);
}

int tr_profile_header(const struct tr_profile *p, struct tr_str header)
{
    return find_folded(&p->headers, header);
}

static bool same_folded(struct tr_str a, struct tr_str b)
{
    struct tr_buf fold[2] = {{0}, {0}};
    bool same;

    tr_text_fold(a, &fold[0]);
    tr_text_fold(b, &fold[1]);
    same = fold[0].len > 0 && tr_str_eq(tr_buf_slice(&fold[0]), tr_buf_slice(&fold[1]));
    tr_buf_clear(&fold[0]);
    tr_buf_clear(&fold[1]);
    return same;
}

bool tr_profile_spells(const struct tr_profile *p, struct tr_str name, struct tr_str header)
{
    const struct tr_table *t = &p->table[TR_T_FIELDS];
    struct tr_str aliases = {0}, part;

    if (same_folded(name, header))
        return true;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        if (!tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "field")), name))
            continue;
        for (int l = 0; l < TR_N_LANGS; l++)
            if (same_folded(tr_table_cell(t, r, tr_lang_column(t, "label", l)), header))
                return true;
        aliases = tr_table_cell(t, r, tr_table_column(t, "aliases"));
        while (tr_str_part(&aliases, '|', &part))
            if (same_folded(part, header))
                return true;
    }
    return false;
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
