#include "cli/work/publishing.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/text.h"
#include "cli/app/output.h"
#include "cli/input/inputs.h"
#include "domain/disclosure/rounding.h"
#include "domain/profile/plain.h"

static int add_groups(struct tr_app *app, struct tr_publishing *p, const char *path)
{
    struct tr_table groups = {0};
    struct tr_err err;
    int rc = 0;

    if (path && tr_app_table(app, path, "code", &groups) < 0)
        return -1;
    if (tr_counts_add_groups(&p->counts, path ? &groups : &app->profile.table[TR_T_DISTRICTS],
                             &err) < 0)
        rc = tr_app_refuse(app, &err);
    tr_table_clear(&groups);
    return rc;
}

static int read_inputs(struct tr_app *app, struct tr_publishing *p)
{
    struct tr_inputs in;
    const struct tr_plain_sought sought = {&app->profile, NULL};
    const struct tr_sought header = {tr_plain_fits, &sought};
    int rc = tr_inputs_open(app, &in, NULL, &header);

    p->table = rc == 0 ? calloc((size_t)(in.n + TR_TEXTS_MAX), sizeof *p->table) : NULL;
    if (rc == 0 && !p->table)
        rc = tr_app_no_memory(app);
    for (int i = 0; rc == 0 && i < in.n; i++) {
        rc = tr_app_read_table(app, in.reader[i], &header, &p->table[i]);
        p->n_tables += rc == 0;
        if (rc == 0)
            tr_inputs_say_doubt(app, in.reader[i]);
    }
    tr_inputs_close(&in);
    return rc;
}

int tr_app_plain_counts(struct tr_app *app, struct tr_table *t, bool grouped)
{
    struct tr_err err;
    int found;

    tr_plain_table(&app->profile, t);
    found = grouped ? 0 : tr_plain_sums(&app->profile, t, &err);
    if (found > 0)
        tr_app_say(app, &err);
    return found < 0 ? tr_app_no_memory(app) : 0;
}

/* Nothing can be kept from who is wrong. */
static void say_over(struct tr_app *app, const struct tr_counts *k)
{
    char n[24];

    snprintf(n, sizeof n, "%lu", (unsigned long)k->n_over);
    if (k->n_over > 0)
        tr_app_note(app, N_("%1 numbers changed by more than --change says: what follows from that is wrong"), n,
                    NULL);
}

/* Whether a cell begins or ends with words for sums, as "Totalt 2026" or "Vest i alt", and is no
 * key: what the row adds up is not known here, and would be worked out from what is shown. */
static bool is_other_sum(const struct tr_list *words, struct tr_str cell)
{
    struct tr_str s = tr_text_trim(tr_text_unguard(cell));

    for (size_t n = 1; n <= s.len && !tr_str_is(cell, "total"); n++)
        if (n == s.len
                ? tr_list_spells(words, s)
                : strchr(" :,(", s.p[n]) && (tr_list_spells(words, (struct tr_str){s.p, n}) ||
                                             tr_list_spells(words, tr_str_from(s, n + 1))))
            return true;
    return false;
}

/* Whether nothing stands behind the first cell. */
static bool is_note(const struct tr_table *t, uint32_t r)
{
    for (uint32_t c = 1; c < t->n_columns; c++)
        if (tr_table_cell(t, r, (int)c).len > 0)
            return false;
    return true;
}

static int refuse_other_sums(struct tr_app *app, const struct tr_table *t, struct tr_err *err)
{
    const struct tr_list *words = tr_profile_list(&app->profile, "total");

    for (uint32_t r = 0; words && t->n_columns > 0 && r < t->n_rows; r++)
        if (!is_note(t, r) && is_other_sum(words, tr_table_cell(t, r, 0)))
            return tr_table_fault(t, r, 0, TR_E_SUM_UNKNOWN, NULL, err);
    return 0;
}

int tr_publishing_read(struct tr_app *app, struct tr_publishing *p,
                       const struct tr_publishing_beside *beside)
{
    const struct tr_texts *before = &beside->before;
    struct tr_err err;

    *p = (struct tr_publishing){0};
    if (tr_counts_init(&p->counts, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    p->counts.change = beside->change;
    if (read_inputs(app, p) < 0 || add_groups(app, p, beside->groups) < 0)
        return -1;
    for (int i = 0; i < before->n; i++, p->n_published++)
        if (tr_app_table(app, before->at[i], NULL, &p->table[p->n_tables + i]) < 0)
            return -1;
    for (int i = 0; i < p->n_tables + p->n_published; i++) {
        if (tr_app_plain_counts(app, &p->table[i], beside->groups != NULL) < 0)
            return -1;
        if (refuse_other_sums(app, &p->table[i], &err) < 0 ||
            tr_counts_add(&p->counts, &p->table[i], i >= p->n_tables, &err) < 0)
            return tr_app_refuse(app, &err);
    }
    if (tr_counts_close(&p->counts, &err) < 0)
        return tr_app_refuse(app, &err);
    say_over(app, &p->counts);
    return 0;
}

/* Adds the place of a number, as its line and column. */
static void add_place(const struct tr_publishing *p, uint32_t cell, struct tr_buf *out)
{
    struct tr_err at;

    tr_counts_fault(&p->counts, cell, TR_E_UNSAFE, &at);
    tr_buf_text(out, out->len > 0 ? ", " : "");
    tr_buf_num(out, (long long)at.line);
    tr_buf_char(out, ' ');
    tr_buf_text(out, at.field);
}

/* Says who can work out what cannot be protected, and from which numbers that must be shown. */
static void say_why(struct tr_app *app, const struct tr_publishing *p)
{
    const struct tr_protected *r = &p->result;
    struct tr_buf shown = {0}, row = {0};

    for (uint32_t i = 0; i < r->n_shown; i++)
        add_place(p, r->shown[i], &shown);
    if (r->insider == TR_KNOWS_ROW) {
        tr_buf_str(&row, tr_counts_owner(&p->counts, r->known));
        tr_app_note(app, N_("whoever knows all numbers of the row %1 can work it out (own_row in disclosure.csv)"),
                    tr_buf_z(&row), NULL);
    } else if (r->insider == TR_KNOWS_PERSON)
        tr_app_note(app, N_("whoever is the only one that a number counts can work it out (own_number in disclosure.csv)"),
                    NULL);
    if (r->n_shown > 0)
        tr_app_note(app, N_("it follows from the zeros, and from numbers that stay shown, by line and column: %1"), tr_buf_z(&shown),
                    NULL);
    else if (!r->proven)
        tr_app_note(app, N_("no way to hide it was found; that there is none is not proven"), NULL);
    tr_buf_clear(&shown);
    tr_buf_clear(&row);
}

int tr_publishing_hide(struct tr_app *app, struct tr_publishing *p, uint32_t work)
{
    const struct tr_disclosure *rules = &p->counts.rules;
    const struct tr_protect_choice choice = {rules->own_row, rules->own_cell, work};
    struct tr_err err;
    bool cells = rules->cost == TR_COST_CELLS;
    char more[24], least[24];

    if (tr_protect(&p->counts.cells, &choice, &p->result, &err) < 0) {
        if (err.code != TR_E_UNSAFE)
            return tr_app_refuse(app, &err);
        tr_counts_fault(&p->counts, p->result.open, TR_E_UNSAFE, &err);
        tr_app_refuse(app, &err);
        say_why(app, p);
        return -1;
    }
    if (p->result.exact)
        return 0;
    snprintf(more, sizeof more, "%llu", (unsigned long long)(cells ? p->result.more : p->result.cost));
    snprintf(least, sizeof least, "%llu",
             (unsigned long long)(cells ? p->result.fewest : p->result.bound));
    tr_app_note(app,
                cells ? N_("%1 numbers are hidden besides the small ones; at least %2 must be")
                    : N_("numbers of the sum %1 are hidden besides the small ones; at least %2 must be"),
                more, least, NULL);
    return 0;
}

int tr_publishing_round(struct tr_app *app, struct tr_publishing *p, int64_t base)
{
    size_t n = p->counts.cells.n;
    double *weight = calloc(n + 1, sizeof *weight);
    struct tr_err err;
    int rc = 0;

    p->rounded = calloc(n + 1, sizeof *p->rounded);
    if (!weight || !p->rounded)
        rc = tr_app_no_memory(app);
    for (size_t i = 0; rc == 0 && i < n; i++) {
        weight[i] = tr_counts_weight(&p->counts, (uint32_t)i);
        p->counts.cells.cell[i].hidden = false;
    }
    if (rc == 0 && tr_rounding_make(&p->counts.cells, base, weight, p->rounded, &p->most, &err) < 0)
        rc = tr_app_fail(app, &err);
    free(weight);
    return rc;
}

static int write_one(struct tr_app *app, struct tr_publishing *p, int i, enum tr_format format,
                     const char *path)
{
    struct tr_output output;

    if (tr_output_table(app, &output, path, true, format) < 0)
        return -1;
    if (tr_counts_write(&p->counts, (uint32_t)i, p->rounded, format, &output.out) < 0)
        output.out.buf.failed = true;
    return tr_output_close(app, &output, true);
}

/* Whether both are one file: then what is published would take the place of what must not be. */
static bool same_file(const char *one, const char *other)
{
    struct stat a, b;

    return stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static int write_into(struct tr_app *app, struct tr_publishing *p, int i, enum tr_format format,
                      const char *folder)
{
    const char *source = p->table[i].source, *slash = strrchr(source, '/');
    struct tr_buf path = {0};
    int rc;

    tr_buf_text(&path, folder);
    tr_buf_char(&path, '/');
    tr_buf_text(&path, slash ? slash + 1 : source);
    if (tr_buf_z(&path) && same_file(source, tr_buf_z(&path)))
        tr_app_usage(app, N_("--into names the folder of ‘%1’ itself"), source, NULL);
    rc = tr_buf_z(&path) ? write_one(app, p, i, format, tr_buf_z(&path)) : tr_app_no_memory(app);
    tr_buf_clear(&path);
    return rc;
}

int tr_publishing_write(struct tr_app *app, struct tr_publishing *p, enum tr_format format,
                        const char *path, const char *folder)
{
    struct tr_err err;

    if (!folder)
        return write_one(app, p, 0, format, path);
    if (tr_output_folder(folder, 0755, true) < 0) {
        tr_err_sys(&err, TR_E_CREATE, folder);
        return tr_app_fail(app, &err);
    }
    for (int i = 0; i < p->n_tables; i++)
        if (write_into(app, p, i, format, folder) < 0)
            return -1;
    return 0;
}

int tr_publishing_certify(struct tr_app *app, struct tr_publishing *p, int64_t base,
                          const char *path)
{
    const struct tr_publish_method method = {p->rounded ? "round" : "suppress", base,
                                             p->rounded ? NULL : &p->result, p->most};
    struct tr_output output;

    if (!path)
        return 0;
    if (tr_output_open(app, &output, path, true) < 0)
        return -1;
    if (tr_counts_certify(&p->counts, &method, &output.out) < 0)
        output.out.buf.failed = true;
    return tr_output_close(app, &output, true);
}

void tr_publishing_clear(struct tr_publishing *p)
{
    tr_counts_clear(&p->counts);
    for (int i = 0; p->table && i < p->n_tables + p->n_published; i++)
        tr_table_clear(&p->table[i]);
    free(p->table);
    free(p->rounded);
    *p = (struct tr_publishing){0};
}
