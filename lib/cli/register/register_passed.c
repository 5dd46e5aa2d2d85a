/* Who an institution's cases are about, as it was passed on to it. */
#include "cli/register/register_own.h"
#include "cli/register/register_passing.h"

void tr_passed_id(struct tr_buf *id, struct tr_str referral, struct tr_str institution)
{
    id->len = 0;
    tr_buf_str(id, referral);
    tr_buf_char(id, '|');
    tr_buf_str(id, institution);
}

bool tr_register_is_institution(const struct tr_register *r)
{
    const struct tr_str office = tr_store_office(r->store);

    return office.len > 0 && office.p[0] == *TR_INSTITUTION_SIGN;
}

/* What was passed on of one referral, in the text of all. */
struct passed {
    size_t at, len;
};

struct reading {
    struct tr_register *r;
    struct tr_passed_on *out;
    struct tr_str institution;
    struct tr_err *err;
};

static int read_passed(void *cookie, const struct tr_store_found *found)
{
    struct reading *g = cookie;
    struct tr_passed_on *out = g->out;
    struct passed one = {.at = out->text.len};
    int number = (int)out->referrals.n;

    if (!tr_str_eq(found->bydel, tr_store_office(g->r->store)))
        return 0;
    if (tr_store_unseal(g->r->store, found, &out->text, g->err) < 0)
        return -1;
    one.len = out->text.len - one.at;
    if (tr_dict_add(&out->referrals, (struct tr_str){found->id.p, found->id.len - g->institution.len - 1}, &number) < 0)
        return tr_err_memory(g->err);
    tr_buf_add(&out->list, &one, sizeof one);
    return out->text.failed || out->list.failed ? tr_err_memory(g->err) : 0;
}

int tr_passed_on_read(struct tr_register *r, struct tr_str referral, struct tr_passed_on *out, struct tr_err *err)
{
    const struct tr_str office = tr_store_office(r->store);
    struct tr_buf id = {0};
    struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[TR_RECORD_PASSED_ON]), .whole = true};
    struct reading g = {r, out, {office.p + 1, office.len - 1}, err};
    int rc;

    if (referral.len > 0)
        tr_passed_id(&id, referral, g.institution);
    query.id = tr_buf_slice(&id);
    rc = id.failed ? tr_err_memory(err) : tr_register_each(r, &query, read_passed, &g, err);
    tr_buf_clear(&id);
    return rc;
}

bool tr_passed_on_find(const struct tr_passed_on *all, struct tr_str referral, struct tr_buf *out)
{
    const int number = all->referrals.n > 0 ? tr_dict_find(&all->referrals, referral) : -1;
    const struct passed *one = (const struct passed *)(const void *)all->list.p + (number < 0 ? 0 : number);

    if (number < 0)
        return false;
    if (one->len > 0)
        tr_buf_add(out, all->text.p + one->at, one->len);
    return true;
}

void tr_passed_on_clear(struct tr_passed_on *all)
{
    tr_dict_clear(&all->referrals);
    tr_buf_clear(&all->list);
    tr_buf_wipe(&all->text);
}
