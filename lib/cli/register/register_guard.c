/* Whose addresses are protected, by all that the register has of a person. */
#define _GNU_SOURCE
#include "cli/register/register_own.h"

struct work {
    struct tr_register *r;
    struct tr_register_guard *guard;
    struct tr_buf columns, row;
    bool decided; /* somebody did, who is one: referrals without a mark are taken, too */
    bool news;
    struct tr_err *err;
};

static int go_through(struct work *w, struct tr_store_query query, enum tr_record_kind kind,
                      int (*take)(void *cookie, const struct tr_store_found *found))
{
    query.kind = tr_str(tr_record_kind_names[kind]);
    query.whole = w->r->keys != NULL;

    return tr_register_each(w->r, &query, take, w, w->err);
}

/* ---- decisions ---- */

static int take_link(void *cookie, const struct tr_store_found *found)
{
    struct work *w = cookie;
    struct tr_records *links = &w->guard->links;
    struct tr_str name[TR_CUT_MAX], cell[TR_CUT_MAX];
    size_t n;
    struct tr_link *link = tr_records_add(links, 0);

    if (tr_register_cut(w->r, found, &w->columns, &w->row, name, cell, &n, w->err) < 0)
        return -1;
    if (!link)
        return tr_err_memory(w->err);
    link->link = -1;
    for (size_t c = 0; c < n; c++) {
        if (tr_str_is(name[c], "referral_id"))
            link->referral_id = tr_arena_copy(&links->text, cell[c]);
        else if (tr_str_is(name[c], "other_id"))
            link->other_id = tr_arena_copy(&links->text, cell[c]);
        else if (tr_str_is(name[c], "link"))
            link->link = tr_list_code(tr_profile_list(links->profile, "link"), cell[c]);
    }
    return links->text.failed ? tr_err_memory(w->err) : 0;
}

static int find_linked(struct work *w)
{
    struct tr_register_guard *g = w->guard;

    tr_records_start(&g->links, &tr_link_kind, &w->r->app->profile, NULL);
    if (go_through(w, (struct tr_store_query){.few = true}, TR_RECORD_LINK, take_link) < 0)
        return -1;
    if (g->links.n == 0)
        return 0;
    w->decided = true;
    return tr_link_groups_make(&g->linked, &g->links) < 0 ? tr_err_memory(w->err) : 0;
}

/* ---- marks ---- */

/* Whether a code that protects stands anywhere in the body: then its cells are looked at. */
static bool may_have_mark(const struct tr_list *codes, struct tr_str body)
{
    for (int i = 0; codes && i < codes->n; i++) {
        const struct tr_str code = codes->entry[i].code;

        if (tr_says_protected(code) && memmem(body.p, body.len, code.p, code.len))
            return true;
    }
    return false;
}

static int take_mark(void *cookie, const struct tr_store_found *found)
{
    struct work *w = cookie;
    struct tr_guarded *of = &w->guard->of;
    struct tr_str cells[TR_N_REFERRAL_FIELDS];
    int rc;

    if (!w->decided && !may_have_mark(of->codes, found->body))
        return 0;
    if (tr_register_cells(w->r, found, &w->columns, &w->row, cells, w->err) < 0)
        return -1;
    rc = tr_guarded_add(of, found->id, cells[TR_F_PERSON_ID],
                        tr_list_code(of->codes, cells[TR_F_PROTECTION]));
    w->news |= rc > 0;
    return rc < 0 ? tr_err_memory(w->err) : 0;
}

/* Takes referrals as they are now, and as they were known on the day. */
static int take_marks(struct work *w, struct tr_str as_of, bool guarded)
{
    const struct tr_store_query now = {.guarded = guarded}, then = {.guarded = guarded, .as_of = as_of};

    do {
        w->news = false;
        if (go_through(w, now, TR_RECORD_REFERRAL, take_mark) < 0 ||
            (as_of.len > 0 && go_through(w, then, TR_RECORD_REFERRAL, take_mark) < 0))
            return -1;
    } while (w->decided && w->news);
    return 0;
}

/* Of what holds now, those with a mark and those that somebody decided about are enough: another makes nobody known, as
 * who is one with it by number is known by that. A form of before may have another number than the one of now, and
 * another record may name a referral by its id alone: then every referral counts. */
int tr_register_guard(struct tr_register *r, const struct tr_store_query *query, bool by_id,
                      struct tr_register_guard *out, struct tr_err *err)
{
    struct work w = {.r = r, .guard = out, .err = err};
    int rc = find_linked(&w);
    bool every = w.decided && (query->as_of.len > 0 || query->history);

    tr_guarded_start(&out->of, &r->app->profile, &out->linked);
    if (rc == 0)
        rc = take_marks(&w, query->as_of, !every);
    if (rc == 0 && by_id && out->of.keys.n > 0) {
        w.decided = true;
        rc = take_marks(&w, query->as_of, false);
    }
    tr_buf_clear(&w.columns);
    tr_buf_clear(&w.row);
    return rc;
}

void tr_register_guard_clear(struct tr_register_guard *guard)
{
    tr_guarded_clear(&guard->of);
    tr_link_groups_clear(&guard->linked);
    tr_records_clear(&guard->links);
}
