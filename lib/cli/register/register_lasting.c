/* Facts of referrals that an empty cell does not take back: a protected address, a no to consent, a day
 * before which no place is sought. Empty is unknown, and unknown is never a no. Few referrals have
 * them, so that memory grows with those alone. */
#include "cli/register/register_own.h"

struct looking {
    struct tr_register *r;
    struct tr_lasting *out;
    struct tr_buf columns, row;
    struct tr_err *err;
};

/* Whether two fields say one thing together. */
static bool are_one(int a, int b)
{
    return a == b || (tr_fields[a].lasts && tr_fields[b].lasts && tr_fields[a].lasts_with &&
                      tr_fields[a].lasts_with == tr_fields[b].lasts_with);
}

/* Whether the cell alone says something that lasts. */
static bool says(int field, struct tr_str cell)
{
    const char *rule = tr_fields[field].lasts;

    if (!rule || cell.len == 0)
        return false;
    return rule[0] == '!' ? !tr_str_is(cell, rule + 1) : rule[0] == '*' || tr_str_is(cell, rule);
}

/* Whether it lasts: a day of something lasts with what it is the day of. */
static bool lasts(int field, const struct tr_str cells[])
{
    if (!says(field, cells[field]) || tr_fields[field].lasts[0] != '*' || !tr_fields[field].lasts_with)
        return says(field, cells[field]);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (f != field && are_one(f, field) && says(f, cells[f]))
            return true;
    return false;
}

static int take(void *cookie, const struct tr_store_found *found)
{
    struct looking *l = cookie;
    struct tr_lasting *out = l->out;
    struct tr_str cells[TR_N_REFERRAL_FIELDS], kept[TR_LASTING_MAX] = {{"", 0}};
    int number = (int)out->ids.n, n = 0;
    bool any = false;

    if (tr_register_cells(l->r, found, &l->columns, &l->row, cells, l->err) < 0)
        return -1;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        if (!tr_fields[f].lasts)
            continue;
        if (lasts(f, cells))
            kept[n] = tr_arena_copy(&out->text, cells[f]);
        any |= kept[n++].len > 0;
    }
    if (!any)
        return 0;
    if (tr_dict_add(&out->ids, found->id, &number) < 0)
        return tr_err_memory(l->err);
    tr_buf_add(&out->cells, kept, sizeof kept);
    return out->cells.failed || out->text.failed ? tr_err_memory(l->err) : 0;
}

int tr_lasting_read(struct tr_register *r, struct tr_lasting *out)
{
    const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[TR_RECORD_REFERRAL])};
    struct tr_err err;
    struct looking l = {.r = r, .out = out, .err = &err};
    int rc = tr_register_each(r, &query, take, &l, &err);

    tr_buf_clear(&l.columns);
    tr_buf_clear(&l.row);
    return rc < 0 ? tr_app_fail(r->app, &err) : 0;
}

void tr_lasting_clear(struct tr_lasting *lasting)
{
    tr_dict_clear(&lasting->ids);
    tr_buf_clear(&lasting->cells);
    tr_arena_clear(&lasting->text);
}

/* Whether the new cells leave it open, and all that says the same thing with it. */
static bool is_open(int field, const struct tr_str cells[])
{
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (cells[f].len > 0 && are_one(f, field))
            return false;
    return true;
}

void tr_lasting_put(const struct tr_lasting *lasting, struct tr_str id, struct tr_str cells[],
                    uint64_t n_kept[])
{
    int number = lasting->ids.n ? tr_dict_find(&lasting->ids, id) : -1;
    const struct tr_str *kept = (const struct tr_str *)(const void *)lasting->cells.p;
    bool open[TR_N_REFERRAL_FIELDS];

    if (number < 0)
        return;
    kept += (size_t)number * TR_LASTING_MAX;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        open[f] = tr_fields[f].lasts && is_open(f, cells);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        if (!tr_fields[f].lasts)
            continue;
        if (open[f] && kept->len > 0) {
            cells[f] = *kept;
            n_kept[f]++;
        }
        kept++;
    }
}
