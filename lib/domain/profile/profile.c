#include "domain/profile/profile_own.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

const char *const tr_lang_names[TR_N_LANGS + 1] = {"nb", "nn", "en", NULL};
const char *const tr_lang_tags[TR_N_LANGS] = {"nb-NO", "nn-NO", "en-GB"};

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
    [TR_T_COLUMN_GROUPS] = "column_groups.csv",
    [TR_T_PERSON_LINKS] = "person_links.csv",
    [TR_T_DISCLOSURE] = "disclosure.csv",
    [TR_T_TABLES] = "tables.csv",
    [TR_T_PLACEMENT_RULES] = "placement_rules.csv",
    [TR_T_MASKS] = "masks.csv",
    [TR_T_TRAVELS] = "travels.csv",
    [TR_T_EVENT_TYPES] = "event_types.csv",
    [TR_T_CASE_STATES] = "case_states.csv",
    [TR_T_DECLINE_REASONS] = "decline_reasons.csv",
    [TR_T_STEPS] = "steps.csv",
    [TR_T_PLAN_ITEMS] = "plan_items.csv",
    [TR_T_PAPERS] = "papers.csv",
    [TR_T_PAPER_ITEMS] = "paper_items.csv",
    [TR_T_DECISIONS] = "decisions.csv",
    [TR_T_LETTERS] = "letters.csv",
    [TR_T_SERVICES] = "services.csv",
    [TR_T_SITE_RULES] = "site_rules.csv",
    [TR_T_STANDARDS] = "standards.csv",
    [TR_T_STAFFING] = "staffing.csv",
    [TR_T_MODULES] = "modules.csv",
    [TR_T_SITE_POINTS] = "site_points.csv",
    [TR_T_OWN_TEXTS] = "texts.csv",
    [TR_T_OWN_WORDS] = "words.csv",
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
    [TR_T_COLUMN_GROUPS] = {"code", "field", "codes", "label_nb"},
    [TR_T_PERSON_LINKS] = {"fact", "holds", "contradicts"},
    [TR_T_DISCLOSURE] = {"rule", "value", "text_nb", "text_nn", "text_en"},
    [TR_T_TABLES] = {"table", "requires"},
    [TR_T_PLACEMENT_RULES] = {"rule", "unknown", "why_nb", "why_nn", "why_en"},
    [TR_T_MASKS] = {"kind", "pattern"},
    [TR_T_TRAVELS] = {"field", "forms", "counts"},
    [TR_T_EVENT_TYPES] = {"code", "details", "label_nb", "label_nn", "label_en"},
    [TR_T_CASE_STATES] = {"code", "moves", "label_nb", "label_nn", "label_en"},
    [TR_T_DECLINE_REASONS] = {"code", "again", "label_nb", "label_nn", "label_en"},
    [TR_T_STEPS] = {"step", "starts", "offset", "responsible", "label_nb"},
    [TR_T_PLAN_ITEMS] = {"point", "item", "kind", "needed", "label_nb"},
    [TR_T_PAPERS] = {"paper", "label_nb", "label_nn", "label_en", "kept"},
    [TR_T_PAPER_ITEMS] = {"paper", "point", "item", "kind", "label_nb"},
    [TR_T_DECISIONS] = {"code", "complaint_within", "label_nb", "label_nn", "label_en"},
    [TR_T_LETTERS] = {"decision", "block", "when", "needs", "text_nb"},
    [TR_T_SERVICES] = {"service", "groups", "provider", "label_nb"},
    [TR_T_SITE_RULES] = {"housing_type", "units_min", "units_max", "one_room_percent", "join"},
    [TR_T_STANDARDS] = {"standard"},
    [TR_T_STAFFING] = {"cell", "rop_group", "text_nb"},
    [TR_T_MODULES] = {"model"},
    [TR_T_SITE_POINTS] = {"point", "housing_types", "standards", "text_nb", "source"},
    [TR_T_OWN_TEXTS] = {"key", "nb", "nn", "en"},
    [TR_T_TEXTS] = {"key", "nb", "nn", "en"},
    [TR_T_OWN_WORDS] = {"kind", "words"},
    [TR_T_WORDS] = {"kind", "words"},
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

/* 0, also when this row has the spelling already; -1 with err when another row has it. */
static int spell(struct tr_dict *d, struct tr_str spelling, int value, const struct tr_table *t,
                 uint32_t row, struct tr_err *err)
{
    struct tr_buf key = {0};
    int found = value, rc;

    if (tr_str_is(t->header[0], "field")) /* fields.csv has headers */
        tr_header_key(spelling, &key);
    else
        tr_spelling_key(spelling, &key);
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
    list = &p->list[p->n_lists++];
    list->name = name;
    return list;
}

/* The list's next entry, all zeros; NULL: memory. There is room for a power of two of them. */
static struct tr_list_entry *next_entry(struct tr_list *list)
{
    size_t n = (size_t)list->n, room = n ? 2 * n : 1;

    if ((n & (n - 1)) == 0) {
        struct tr_list_entry *entry = realloc(list->entry, room * sizeof *entry);

        if (!entry)
            return NULL;
        list->entry = entry;
        memset(entry + n, 0, (room - n) * sizeof *entry);
    }
    return &list->entry[list->n++];
}

static struct tr_str first_of(struct tr_str a, struct tr_str b)
{
    return a.len > 0 ? a : b;
}

/* A table of codes, and where its columns are. */
struct coded {
    const struct tr_table *table;
    int code, name, aliases, label[TR_N_LANGS], brief[TR_N_LANGS], calendar[TR_N_LANGS];
};

static struct coded find_columns(const struct tr_table *t)
{
    struct coded c = {.table = t,
                      .code = tr_table_column(t, "code"),
                      .name = tr_table_column(t, "name"),
                      .aliases = tr_table_column(t, "aliases")};

    for (int l = 0; l < TR_N_LANGS; l++) {
        c.label[l] = tr_lang_column(t, "label", l);
        c.brief[l] = tr_lang_column(t, "short", l);
        c.calendar[l] = tr_lang_column(t, "calendar", l);
    }
    return c;
}

static int add_entry(struct tr_profile *p, const struct coded *c, uint32_t row,
                     struct tr_str list_name, struct tr_err *err)
{
    const struct tr_table *t = c->table;
    struct tr_list *list = list_named(p, list_name);
    struct tr_list_entry *e;
    struct tr_str bare;
    int i;

    if (!list || list->n == TR_LIST_MAX)
        return tr_table_fault(t, row, 0, TR_E_TABLE_CELL, N_("too many codes"), err);
    i = list->n;
    e = next_entry(list);
    if (!e)
        return tr_err_memory(err);
    e->code = tr_table_cell(t, row, c->code);
    bare = tr_without_zeros(e->code);
    if (spell(&list->spellings, e->code, i, t, row, err) < 0 ||
        (bare.len < e->code.len && spell(&list->spellings, bare, i, t, row, err) < 0))
        return -1;
    for (int l = 0; l < TR_N_LANGS; l++) {
        struct tr_str label = tr_table_cell(t, row, c->label[l]);

        e->label[l] = first_of(first_of(label, tr_table_cell(t, row, c->name)), e->code);
        e->short_label[l] = first_of(tr_table_cell(t, row, c->brief[l]), e->label[l]);
        e->calendar[l] = first_of(tr_table_cell(t, row, c->calendar[l]), e->label[l]);
        if (l > 0 && tr_str_eq(e->label[l], e->label[l - 1]))
            continue; /* many are the same in two languages */
        if (spell(&list->spellings, e->label[l], i, t, row, err) < 0)
            return -1;
    }
    return spell_all(&list->spellings, tr_table_cell(t, row, c->aliases), i, t, row, err);
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
    struct coded columns = find_columns(t);
    struct tr_str called = tr_profile_label(p, TR_STR("bydel"), TR_NB);

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str name = tr_table_cell(t, r, tr_table_column(t, "name"));
        struct tr_str number = tr_table_cell(t, r, tr_table_column(t, "number"));
        struct tr_dict *d;

        if (add_entry(p, &columns, r, TR_STR("bydel"), err) < 0)
            return -1;
        d = &list_named(p, TR_STR("bydel"))->spellings;
        if (spell_both(d, called, name, (int)r, t, r, err) < 0 ||
            (number.len > 0 && (spell(d, number, (int)r, t, r, err) < 0 ||
                                spell_both(d, called, number, (int)r, t, r, err) < 0)))
            return -1;
    }
    return 0;
}

/* A district without a sector stands for itself, so that sums by sector lump nobody together. */
static int add_sectors(struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_DISTRICTS];
    int sector = tr_table_column(t, "sector"), code = tr_table_column(t, "code"),
        name = tr_table_column(t, "name");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_list *list = list_named(p, TR_STR("sector"));
        struct tr_str of = tr_table_cell(t, r, sector), key;
        int i;

        if (!list)
            return tr_table_fault(t, r, sector, TR_E_TABLE_CELL, N_("too many codes"), err);
        p->has_sectors |= of.len > 0;
        key = first_of(of, tr_table_cell(t, r, code));
        i = tr_list_code(list, key);
        if (i < 0) {
            struct tr_list_entry *e = next_entry(list);

            if (!e)
                return tr_err_memory(err);
            i = list->n - 1;
            e->code = key;
            for (int l = 0; l < TR_N_LANGS; l++)
                e->label[l] = e->short_label[l] = first_of(of, tr_table_cell(t, r, name));
            if (spell(&list->spellings, key, i, t, r, err) < 0 ||
                spell(&list->spellings, e->label[TR_NB], i, t, r, err) < 0)
                return -1;
        }
        p->sector[r] = i;
    }
    return 0;
}

/* The steps of the routine, for their labels. Two may have the same: then it is that of the first. */
static int add_steps(struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_STEPS];
    int step = tr_table_column(t, "step");
    struct tr_list *list = list_named(p, TR_STR("step"));

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str code = tr_table_cell(t, r, step);
        int i = list ? list->n : TR_LIST_MAX;
        struct tr_list_entry *e;

        if (list && tr_list_find(list, code) >= 0)
            continue;
        if (i == TR_LIST_MAX)
            return tr_table_fault(t, r, step, TR_E_TABLE_CELL, N_("too many codes"), err);
        if (spell(&list->spellings, code, i, t, r, err) < 0)
            return -1;
        e = next_entry(list);
        if (!e)
            return tr_err_memory(err);
        e->code = code;
        for (int l = 0; l < TR_N_LANGS; l++) {
            struct tr_str label = tr_table_cell(t, r, tr_lang_column(t, "label", l));

            e->label[l] = e->short_label[l] = first_of(label, code);
            if (tr_list_find(list, label) < 0 && spell(&list->spellings, label, i, t, r, err) < 0)
                return -1;
        }
    }
    return 0;
}

/* The words that may stand beside the codes of each list are a list themselves. */
static void find_beside(struct tr_profile *p)
{
    char name[64];

    for (int i = 0; i < p->n_lists; i++) {
        snprintf(name, sizeof name, "beside_%.*s", (int)p->list[i].name.len, p->list[i].name.p);
        p->list[i].beside = tr_profile_list(p, name);
    }
}

static int add_lists(struct tr_profile *p, struct tr_err *err)
{
    static const struct {
        enum tr_profile_table table;
        const char *list;
    } own[] = {{TR_T_HOUSING_TYPES, "housing_type"},
               {TR_T_EVENT_TYPES, "event_type"},
               {TR_T_CASE_STATES, "case_state"},
               {TR_T_DECLINE_REASONS, "decline_reason"},
               {TR_T_DECISIONS, "decision_kind"},
               {TR_T_COLUMN_GROUPS, "column_group"}};
    const struct tr_table *codes = &p->table[TR_T_CODES];
    struct coded columns = find_columns(codes);
    int list = tr_table_column(codes, "list");

    for (uint32_t r = 0; r < codes->n_rows; r++)
        if (add_entry(p, &columns, r, tr_table_cell(codes, r, list), err) < 0)
            return -1;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        columns = find_columns(&p->table[own[i].table]);
        for (uint32_t r = 0; r < columns.table->n_rows; r++)
            if (add_entry(p, &columns, r, tr_str(own[i].list), err) < 0)
                return -1;
    }
    if (add_steps(p, err) < 0 || add_districts(p, err) < 0 || add_sectors(p, err) < 0 || add_covers(p, err) < 0)
        return -1;
    find_beside(p);
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

static int add_groups(struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_COLUMN_GROUPS];
    const struct tr_list *list = tr_profile_list(p, "column_group");
    int codes = tr_table_column(t, "codes");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        int field = tr_field_find(tr_table_cell(t, r, tr_table_column(t, "field")));
        struct tr_group *g = &p->group[r];

        if (r == TR_GROUPS_MAX || field < 0 || !tr_fields[field].list)
            return tr_table_fault(t, r, 0, TR_E_TABLE_CELL, N_("no such coded field"), err);
        *g = (struct tr_group){.entry = &list->entry[r], .field = (enum tr_field)field};
        if (!tr_list_codes(p->of_field[field], tr_table_cell(t, r, codes), &g->codes) || !g->codes)
            return tr_table_fault(t, r, codes, TR_E_TABLE_CELL, N_("no such code"), err);
        if (tr_list_code(p->of_field[field], g->entry->code) >= 0)
            return tr_table_fault(t, r, 0, TR_E_TABLE_CELL, N_("two rows have the same spelling"),
                                  err);
        p->n_groups++;
    }
    return 0;
}

/* ---- loading ---- */

/* The names of all files, one after another, each with its NUL. */
static int name_files(struct tr_profile *p, const char *dir, const char *texts, size_t at[])
{
    const char *slash = strrchr(texts, '/');
    struct tr_buf b = {0};

    for (int i = 0; i < TR_N_PROFILE_TABLES; i++) {
        at[i] = b.len;
        if (i == TR_T_TEXTS) {
            tr_buf_text(&b, texts);
        } else if (i == TR_T_WORDS) {
            tr_buf_add(&b, texts, slash ? (size_t)(slash - texts) + 1 : 0);
            tr_buf_text(&b, files[TR_T_OWN_WORDS]);
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

static bool may_be_absent(enum tr_profile_table which)
{
    return which == TR_T_OWN_TEXTS || which == TR_T_OWN_WORDS || which == TR_T_COLUMN_GROUPS ||
           which == TR_T_PAPERS || which == TR_T_PAPER_ITEMS ||
           (which >= TR_T_SITE_RULES && which <= TR_T_SITE_POINTS);
}

static int load_table(struct tr_table *t, enum tr_profile_table which, const char *path,
                      struct tr_err *err)
{
    static const struct tr_reader_options options = {
        .encoding = {.encoding = TR_ENCODING_UTF8}, .delimiter = ',', .no_thread = true};

    if (tr_table_load(t, path, &options, err) < 0)
        return may_be_absent(which) && err->code == TR_E_OPEN && err->sys == ENOENT ? 0 : -1;
    return check_table(t, which, err);
}

static void set_language(struct tr_profile *p)
{
    struct tr_str own = tr_profile_value(p, "language");

    for (int l = 0; l < TR_N_LANGS; l++)
        for (int i = 0; i < p->n_lists && tr_str_is(own, tr_lang_names[l]); i++)
            p->list[i].lang = (enum tr_lang)l;
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
    set_language(p);
    for (int i = 0; i < p->n_lists; i++)
        tr_list_outline(&p->list[i]);
    return add_measures(p, err) < 0 ? -1 : add_groups(p, err);
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
