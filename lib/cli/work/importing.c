#include "cli/work/importing.h"

#include <stdlib.h>

/* Writes a referral: its fields in order, then the columns that no field claims. */
static void write_row(const struct tr_importing *m, struct tr_maker *to, const struct tr_row *row,
                      const struct tr_value v[])
{
    const struct tr_binding *b = m->referrals.now;
    const struct tr_str *names;
    size_t extras = tr_import_extras(m->referrals.import, &names);
    struct tr_str *cell = to->cells;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        *cell++ = v[f].text;
    for (size_t i = 0; i < extras; i++) {
        int column = i < b->n_extras ? b->extra_column[i] : -1;

        *cell++ = column < 0 ? (struct tr_str){0} : tr_row_cell(row, (uint32_t)column);
    }
    tr_writer_row(&to->writer, to->cells);
}

static int write_referral(void *cookie, const struct tr_row *row)
{
    struct tr_importing *m = cookie;

    write_row(m, &m->now, row, m->referrals.referral.v);
    m->rows++;
    return 0;
}

static bool make_ahead(void *cookie, int worker, const struct tr_binding *b, const struct tr_row *row,
                       struct tr_value v[], void *digest)
{
    struct tr_importing *m = cookie;

    (void)b;
    write_row(m, &m->ahead[worker], row, v);
    return tr_made_keep(&m->ahead[worker], digest);
}

static int write_made(void *cookie, const void *digest)
{
    struct tr_importing *m = cookie;
    const struct tr_made *made = digest;

    tr_out_add(m->out, made->text, made->len);
    m->rows++;
    return 0;
}

static const struct tr_digest made_ahead = {sizeof(struct tr_made), true, make_ahead, write_made};

/* The columns of the output; NULL when memory is out. */
static struct tr_column *make_columns(const struct tr_import *import, size_t *n)
{
    const struct tr_str *names;
    size_t extras = tr_import_extras(import, &names);
    struct tr_column *columns = calloc(TR_N_REFERRAL_FIELDS + extras, sizeof *columns);

    *n = 0;
    for (int f = 0; columns && f < TR_N_REFERRAL_FIELDS; f++)
        columns[(*n)++] = tr_field_column((enum tr_field)f);
    for (size_t i = 0; columns && i < extras; i++)
        columns[(*n)++] = (struct tr_column){.name = names[i]};
    return columns;
}

/* Rows of these formats are the same whatever stands before them. */
static bool is_of_rows(enum tr_format format)
{
    return format == TR_FORMAT_CSV || format == TR_FORMAT_JSONL;
}

static int read_all(struct tr_importing *m, bool ahead)
{
    int rc = 0;

    for (int i = 0; i < m->referrals.inputs.n && rc == 0; i++)
        rc = ahead ? tr_referrals_digest(&m->referrals, i, TR_WANT_REFERRAL, true, &made_ahead,
                                         write_referral, m)
                   : tr_referrals_read(&m->referrals, i, TR_WANT_REFERRAL, true, write_referral, m);
    return rc;
}

int tr_importing_all(struct tr_importing *m, enum tr_format format, struct tr_out *out)
{
    size_t n;
    struct tr_column *columns = make_columns(m->referrals.import, &n);
    bool ahead = is_of_rows(format) && !m->no_ahead;
    int rc = -1;

    m->out = out;
    m->now.cells = calloc(n + 1, sizeof *m->now.cells);
    if (!columns || !m->now.cells || (ahead && !tr_makers_start(m->ahead, format, columns, n))) {
        out->buf.failed = true; /* said when out is closed */
    } else {
        tr_writer_start(&m->now.writer, out, format, columns, n);
        rc = read_all(m, ahead);
    }
    tr_makers_clear(m->ahead);
    free(m->now.cells);
    free(columns);
    return rc < 0 ? rc : tr_referrals_settle(&m->referrals, NULL, NULL);
}
