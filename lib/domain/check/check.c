#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/utf8.h"
#include "domain/check/check_own.h"

static const struct tr_reader_options plain = {
    .encoding = {.encoding = TR_ENCODING_UTF8}, .delimiter = ',', .no_thread = true};

static const struct tr_str none = {"", 0};

/* ---- the schema ---- */

static struct tr_str schema_cell(const struct tr_checker *c, uint32_t row, const char *column)
{
    return tr_table_cell(&c->schema, row, tr_table_column(&c->schema, column));
}

static int load_schema(struct tr_checker *c, struct tr_err *err)
{
    if (tr_table_load(&c->schema, c->in->schema, &plain, err) < 0 ||
        tr_table_load(&c->codes, c->in->codes, &plain, err) < 0)
        return -1;
    c->rule = calloc(c->schema.n_rows + (size_t)1, sizeof *c->rule);
    if (!c->rule)
        return tr_err_memory(err);
    for (uint32_t i = 0; i < c->schema.n_rows; i++)
        c->rule[i] = (struct tr_check_rule){
            .table = schema_cell(c, i, "table"),
            .column = schema_cell(c, i, "column"),
            .kind = schema_cell(c, i, "kind"),
            .of = schema_cell(c, i, "of"),
            .unique = schema_cell(c, i, "unique"),
            .needed = tr_str_is(schema_cell(c, i, "needed"), "ja"),
            .filled = tr_str_is(schema_cell(c, i, "filled"), "ja"),
        };
    return 0;
}

/* ---- faults ---- */

/* A fault of the table as a whole. */
static void table_fault(struct tr_checker *c, const struct tr_table *t, enum tr_code code,
                        struct tr_str a, struct tr_str b)
{
    tr_check_fault(c, &(struct tr_check_place){t, t->n_rows, -1}, code, a, b, none);
}

static void twice(struct tr_checker *c, const struct tr_check_place *at, struct tr_str what,
                  uint32_t earlier)
{
    char line[24];

    snprintf(line, sizeof line, "%llu", (unsigned long long)at->t->lines[earlier]);
    tr_check_fault(c, at, TR_E_CHECK_TWICE, what, tr_str(line), none);
}

/* ---- what must not be there twice ---- */

/* What the schema says in the column unique: "ja", unique in the whole table, gives -1; the name of
 * a column gives that column: unique among the rows that are equal there. */
static int within_column(const struct tr_table *t, struct tr_str unique)
{
    char name[TR_CHECK_NAME];

    tr_err_copy(name, sizeof name, unique);
    return tr_table_column(t, name);
}

static void check_unique(struct tr_checker *c, const struct tr_check_place *at,
                         const struct tr_check_rule *rule)
{
    struct tr_str cell = tr_table_cell(at->t, at->row, at->column);
    int within = within_column(at->t, rule->unique);

    for (uint32_t r = 0; r < at->row; r++)
        if (tr_str_eq(tr_table_cell(at->t, r, at->column), cell) &&
            tr_str_eq(tr_table_cell(at->t, r, within), tr_table_cell(at->t, at->row, within))) {
            twice(c, at, cell, r);
            return;
        }
}

static bool is_spelling(const struct tr_check_rule *rule)
{
    return rule->unique.len > 0 && *rule->unique.p == '~';
}

/* Adds the spellings in a cell. False after reporting that another row has one of them. */
static bool spell(struct tr_checker *c, struct tr_dict *spellings, const struct tr_check_place *at,
                  struct tr_str within)
{
    struct tr_str cell = tr_table_cell(at->t, at->row, at->column), part;
    bool alone = true;

    while (alone && tr_str_part(&cell, '|', &part)) {
        int row = (int)at->row;
        struct tr_buf key = {0};
        size_t bare;

        tr_buf_str(&key, within);
        tr_buf_char(&key, '\n');
        bare = key.len;
        tr_text_fold(part, &key);
        if (key.len > bare && tr_dict_add(spellings, tr_buf_slice(&key), &row) == 1)
            alone = row == (int)at->row;
        tr_buf_clear(&key);
        if (!alone)
            twice(c, at, part, (uint32_t)row);
    }
    return alone;
}

/* ---- columns ---- */

/* The name of the i-th column that a rule is about: label_* stands for label_nb, label_nn and
 * label_en; value:KEY for the column value in the row of that key. False when there are no more. */
static bool column_name(const struct tr_check_rule *rule, int i, char *out, size_t size)
{
    struct tr_str column = rule->column, name;

    if (column.len == 0 || column.p[column.len - 1] != '*') {
        tr_str_part(&column, ':', &name);
        tr_err_copy(out, size, name);
        return i == 0;
    }
    if (i == TR_N_LANGS)
        return false;
    snprintf(out, size, "%.*s%s", (int)column.len - 1, column.p, tr_lang_names[i]);
    return true;
}

/* The key of value:KEY; p NULL: the rule is about every row. */
static struct tr_str key_of(const struct tr_check_rule *rule)
{
    struct tr_str key = rule->column, name;

    tr_str_part(&key, ':', &name);
    return key;
}

static void check_cell(struct tr_checker *c, const struct tr_check_place *at,
                       const struct tr_check_rule *rule)
{
    if (tr_table_cell(at->t, at->row, at->column).len == 0) {
        if (rule->filled)
            tr_check_fault(c, at, TR_E_CHECK_EMPTY, none, none, none);
        return;
    }
    tr_check_cell(c, at, rule);
    if (rule->unique.len > 0 && !is_spelling(rule))
        check_unique(c, at, rule);
}

static void check_column(struct tr_checker *c, struct tr_checked *k,
                         const struct tr_check_rule *rule, const char *name)
{
    struct tr_check_place at = {&k->t, 0, tr_table_column(&k->t, name)};
    struct tr_str key = key_of(rule);

    if (at.column < 0 && rule->needed)
        table_fault(c, &k->t, TR_E_CHECK_COLUMN, tr_str(name), none);
    if (at.column < 0)
        return;
    for (; at.row < k->t.n_rows; at.row++)
        if (!key.p || tr_str_eq(tr_table_cell(&k->t, at.row, 0), key))
            check_cell(c, &at, rule);
}

/* A header that is a single cell with semicolons or tabs: the file was saved with those. */
static bool other_separator(const struct tr_table *t)
{
    return t->n_columns == 1 && (memchr(t->header[0].p, ';', t->header[0].len) ||
                                 memchr(t->header[0].p, '\t', t->header[0].len));
}

/* Goes through the columns that the schema has for a table. Start with *i and *l at 0. */
static bool next_column(const struct tr_checker *c, const struct tr_checked *k, uint32_t *i, int *l,
                        char name[TR_CHECK_NAME])
{
    for (; *i < c->schema.n_rows; ++*i, *l = 0)
        if (tr_str_eq(c->rule[*i].table, k->name) &&
            column_name(&c->rule[*i], (*l)++, name, TR_CHECK_NAME))
            return true;
    return false;
}

/* Whether the schema has such a column. If not, nearest is the likely one, or empty. */
static bool has_column(const struct tr_checker *c, const struct tr_checked *k, struct tr_str header,
                       char nearest[TR_CHECK_NAME])
{
    struct tr_near near = {.wanted = header};
    char name[TR_CHECK_NAME];
    uint32_t i = 0;
    int l = 0;

    while (next_column(c, k, &i, &l, name))
        if (tr_str_is(header, name))
            return true;
    nearest[0] = '\0';
    for (i = 0, l = 0; next_column(c, k, &i, &l, name);) {
        tr_near_offer(&near, tr_str(name));
        if (near.best.p == name) {
            memcpy(nearest, name, sizeof name);
            near.best = tr_str(nearest);
        }
    }
    if (!tr_near_found(&near))
        nearest[0] = '\0';
    return false;
}

/* A column unknown to the schema may be a misspelt one. */
static void check_header(struct tr_checker *c, struct tr_checked *k)
{
    for (uint32_t h = 0; h < k->t.n_columns; h++) {
        struct tr_check_place at = {&k->t, k->t.n_rows, (int)h};
        char nearest[TR_CHECK_NAME];

        if (!has_column(c, k, k->t.header[h], nearest))
            tr_check_fault(c, &at, *nearest ? TR_E_CHECK_NO_COLUMN_NEAR : TR_E_CHECK_NO_COLUMN,
                           k->t.header[h], tr_str(nearest), none);
        for (uint32_t other = 0; other < h; other++)
            if (tr_str_eq(k->t.header[h], k->t.header[other]))
                tr_check_fault(c, &at, TR_E_CHECK_TWICE, k->t.header[h], TR_STR("1"), none);
    }
}

/* No two rows may have the same spelling. Spellings are the cells of columns marked ~ in the
 * schema, together with the column named after it. One clash per row is reported. In fields.csv
 * only the fields of referrals count: other records are told apart by their own headers. */
static void check_spellings(struct tr_checker *c, struct tr_checked *k)
{
    struct tr_dict spellings = {0};

    for (uint32_t r = 0; r < k->t.n_rows; r++) {
        bool alone = !tr_str_is(k->name, "fields") ||
                     tr_field_find(tr_table_cell(&k->t, r, tr_table_column(&k->t, "field"))) >= 0;

        for (uint32_t i = 0; i < c->schema.n_rows && alone; i++) {
            struct tr_check_rule rule = c->rule[i];
            char name[TR_CHECK_NAME];
            int within;

            if (!tr_str_eq(rule.table, k->name) || !is_spelling(&rule))
                continue;
            rule.unique = (struct tr_str){rule.unique.p + 1, rule.unique.len - 1};
            within = within_column(&k->t, rule.unique);
            for (int l = 0; alone && column_name(&rule, l, name, sizeof name); l++) {
                struct tr_check_place at = {&k->t, r, tr_table_column(&k->t, name)};

                alone = spell(c, &spellings, &at, tr_table_cell(&k->t, r, within));
            }
        }
    }
    tr_dict_clear(&spellings);
}

/* ---- languages ---- */

/* A value of profile.csv is in one language, so a text in another may leave it out. */
static bool of_profile(struct tr_str name)
{
    static const char front[] = "profile.";

    return name.len >= sizeof front - 1 && memcmp(name.p, front, sizeof front - 1) == 0;
}

static bool has_brace(struct tr_str text, struct tr_str name)
{
    return text.len > 0 && memmem(text.p, text.len, name.p - 1, name.len + 2);
}

/* Reports the first {name} of this language that another language lacks. */
static bool check_braces(struct tr_checker *c, const struct tr_check_place at[TR_N_LANGS], int lang)
{
    struct tr_str text = tr_table_cell(at->t, at->row, at[lang].column), name;

    while (tr_check_brace(&text, &name)) {
        struct tr_str whole = {name.p - 1, name.len + 2};
        int with = 0, without = -1;

        for (int l = 0; l < TR_N_LANGS; l++) {
            bool has = has_brace(tr_table_cell(at->t, at->row, at[l].column), name);

            with += has;
            without = has || at[l].column < 0 ? without : l;
        }
        if (without < 0 || of_profile(name))
            continue;
        if (with == 1)
            tr_check_fault(c, &at[lang], TR_E_CHECK_LANGUAGE_ALONE, whole,
                           at->t->header[at[without].column], none);
        else
            tr_check_fault(c, &at[without], TR_E_CHECK_LANGUAGE, whole,
                           at->t->header[at[lang].column], none);
        return false;
    }
    return true;
}

/* A text in one language must be there in all, with the same {names}. */
static void check_row_languages(struct tr_checker *c, const struct tr_check_rule *rule,
                                const struct tr_check_place at[TR_N_LANGS])
{
    int empty = -1, filled = 0;

    for (int l = 0; l < TR_N_LANGS; l++) {
        bool has = tr_table_cell(at->t, at->row, at[l].column).len > 0;

        filled += has;
        empty = has || at[l].column < 0 ? empty : l;
    }
    if (filled > 0 && empty >= 0) {
        if (!rule->filled) /* else it was reported already */
            tr_check_fault(c, &at[empty], TR_E_CHECK_EMPTY, none, none, none);
        return;
    }
    for (int l = 0; l < TR_N_LANGS && check_braces(c, at, l); l++)
        ;
}

static void check_languages(struct tr_checker *c, struct tr_checked *k,
                            const struct tr_check_rule *rule)
{
    struct tr_check_place at[TR_N_LANGS];
    char name[TR_CHECK_NAME];

    for (int l = 0; l < TR_N_LANGS && column_name(rule, l, name, sizeof name); l++)
        at[l] = (struct tr_check_place){&k->t, 0, tr_table_column(&k->t, name)};
    for (uint32_t r = 0; r < k->t.n_rows; r++) {
        for (int l = 0; l < TR_N_LANGS; l++)
            at[l].row = r;
        check_row_languages(c, rule, at);
    }
}

/* ---- tables ---- */

/* 0, or -1 with err when the table cannot be read. */
static int load_table(struct tr_checker *c, struct tr_str name, struct tr_err *err)
{
    struct tr_checked *k = &c->table[c->n_tables++];

    k->name = name;
    tr_buf_text(&k->path, c->in->dir);
    tr_buf_char(&k->path, '/');
    tr_buf_str(&k->path, name);
    tr_buf_text(&k->path, ".csv");
    if (!tr_buf_z(&k->path))
        return tr_err_memory(err);
    k->loaded = tr_table_load(&k->t, tr_buf_z(&k->path), &plain, err) == 0;
    return k->loaded ? 0 : -1;
}

/* Without the first table of the schema the folder is no profile, and there is nothing to check. A
 * later table may be absent if its first column is not needed. */
static int load_tables(struct tr_checker *c, struct tr_err *err)
{
    for (uint32_t i = 0; i < c->schema.n_rows; i++) {
        struct tr_check_rule rule = c->rule[i];
        size_t n;

        if (tr_check_table(c, rule.table))
            continue;
        if (c->n_tables == TR_CHECK_TABLES_MAX)
            return tr_err_memory(err);
        if (load_table(c, rule.table, err) == 0)
            continue;
        /* Nothing is concluded from what was not read. */
        if (tr_err_is_system(err) || (c->n_tables == 1 && err->code == TR_E_OPEN)) {
            err->source = c->in->dir; /* the path of the table goes with the tables */
            tr_err_field(err, rule.table);
            n = strlen(err->field);
            snprintf(err->field + n, sizeof err->field - n, ".csv");
            return -1;
        }
        if (rule.needed || err->code != TR_E_OPEN || err->sys != ENOENT)
            tr_check_say(c, err);
    }
    return 0;
}

/* Nothing reads a file whose name is not that of a table. */
static void check_file(struct tr_checker *c, const char *name)
{
    struct tr_near near = {.wanted = tr_str(name)};
    struct tr_buf path = {0};
    struct tr_err err;

    if (near.wanted.len < 4 || strcmp(name + near.wanted.len - 4, ".csv") != 0 || *name == '.')
        return;
    near.wanted.len -= 4;
    if (tr_check_table(c, near.wanted))
        return;
    for (int i = 0; i < c->n_tables; i++)
        tr_near_offer(&near, c->table[i].name);
    tr_err_set(&err, tr_near_found(&near) ? TR_E_CHECK_UNREAD_NEAR : TR_E_CHECK_UNREAD, name, NULL,
               NULL);
    if (tr_near_found(&near))
        snprintf(err.arg[1], sizeof err.arg[1], "%.*s.csv", (int)near.best.len, near.best.p);
    tr_buf_text(&path, c->in->dir);
    tr_buf_char(&path, '/');
    tr_buf_text(&path, name);
    err.source = tr_buf_z(&path);
    tr_check_say(c, &err);
    tr_buf_clear(&path);
}

static void check_files(struct tr_checker *c)
{
    struct dirent **entry;
    int n = scandir(c->in->dir, &entry, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        check_file(c, entry[i]->d_name);
        free(entry[i]);
    }
    if (n >= 0)
        free(entry);
}

/* The codes that programs know by name, and the lists that must not be empty. */
static void check_known_codes(struct tr_checker *c)
{
    const struct tr_table *t = &c->codes;

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str list = tr_table_cell(t, r, tr_table_column(t, "of")), part, value;
        struct tr_str rest = tr_table_cell(t, r, tr_table_column(t, "codes"));
        struct tr_check_walk w;
        bool any = false;

        if (!tr_check_walk(c, list, &w))
            continue;
        while (tr_check_step(&w, &value))
            any = true;
        if (!any && w.list_column >= 0)
            table_fault(c, w.t, TR_E_CHECK_NEEDED, list, TR_STR("codes.list"));
        else if (!any)
            table_fault(c, w.t, TR_E_FILE_NO_ROWS, none, none);
        while (any && rest.len > 0 && tr_str_part(&rest, '|', &part)) {
            for (w.row = 0; tr_check_step(&w, &value) && !tr_str_eq(value, part);)
                ;
            if (!tr_str_eq(value, part))
                table_fault(c, w.t, TR_E_CHECK_NEEDED, part, list);
        }
    }
}

static void check_headers(struct tr_checker *c)
{
    for (int i = 0; i < c->n_tables; i++) {
        struct tr_checked *k = &c->table[i];

        if (k->loaded && other_separator(&k->t)) {
            table_fault(c, &k->t, TR_E_CHECK_KIND,
                        TR_STR(N_("columns separated by commas: save it like that")), none);
            k->loaded = false;
        } else if (k->loaded) {
            check_header(c, k);
            check_spellings(c, k);
        }
    }
}

static void check_columns(struct tr_checker *c)
{
    for (uint32_t i = 0; i < c->schema.n_rows; i++) {
        struct tr_check_rule rule = c->rule[i];
        struct tr_checked *k = tr_check_table(c, rule.table);
        char name[TR_CHECK_NAME];

        for (int l = 0; k->loaded && column_name(&rule, l, name, sizeof name); l++)
            check_column(c, k, &rule, name);
        if (k->loaded && rule.column.len > 0 && rule.column.p[rule.column.len - 1] == '*')
            check_languages(c, k, &rule);
    }
}

int tr_profile_check_tables(const struct tr_profile_check *check,
                            const struct tr_listener *listener, struct tr_err *err)
{
    struct tr_checker c = {.in = check, .listener = listener};
    int rc = -1;

    if (load_schema(&c, err) == 0 && load_tables(&c, err) == 0) {
        check_files(&c);
        check_headers(&c);
        check_columns(&c);
        check_known_codes(&c);
        rc = c.faults;
    }
    for (int i = 0; i < c.n_tables; i++) {
        tr_table_clear(&c.table[i].t);
        tr_buf_clear(&c.table[i].path);
    }
    free(c.rule);
    tr_table_clear(&c.codes);
    tr_table_clear(&c.schema);
    return rc;
}

/* ---- where ---- */

void tr_profile_fault_place(struct tr_err *err)
{
    struct tr_reader *reader;
    const struct tr_str *header;
    struct tr_err ignored;
    struct tr_row row;
    uint32_t n, column = 0;

    if (!err->source || err->col > 0 || err->line == 0 || !err->field[0])
        return;
    reader = tr_reader_open(err->source, &plain, &ignored);
    if (!reader)
        return;
    header = tr_reader_header(reader, &n);
    while (column < n && !tr_str_is(header[column], err->field))
        column++;
    if (err->line == 1 && column < n) { /* the header itself */
        err->col = 1;
        for (uint32_t i = 0; i < column; i++)
            err->col += (uint32_t)tr_utf8_count(header[i]) + 1;
    }
    while (column < n && err->line > 1 && tr_reader_next(reader, &row, &ignored) > 0)
        if (!row.bad && row.line == err->line) {
            tr_row_place(&row, column, ',', &err->line, &err->col);
            break;
        }
    tr_reader_close(reader);
}
