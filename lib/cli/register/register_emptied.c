/* Facts that a put empties, told before it is committed, as they may be a slip.
 *
 * Problem: a file with fewer columns empties what the others had, also under seal, where a key that
 * puts cannot look. Idea: the mark of what a record says. It is made of its cells and of what is
 * sealed, so with the old cells and the new sealed text it comes out as it was when that text is
 * the same: then nothing of it is gone. When it is another, a key that reads tells what is. */
#include <stdio.h>

#include "cli/input/referrals.h"
#include "cli/register/register_own.h"
#include "domain/places/stay.h"

enum { COLUMNS_MAX = 256 };

/* ---- one change ---- */

/* The columns of a layout and the cells of a body, each at its column. */
struct body {
    struct tr_str name[COLUMNS_MAX], cell[COLUMNS_MAX];
    size_t n;
};

static int read_body(struct tr_put_emptied *e, int64_t layout, struct tr_str text,
                     struct tr_buf *columns, struct tr_buf *row, struct body *out, struct tr_err *err)
{
    size_t names = COLUMNS_MAX, cells = COLUMNS_MAX;

    columns->len = row->len = 0;
    if (tr_store_columns(e->r->store, layout, columns, err) < 0)
        return -1;
    tr_buf_str(row, text);
    if (columns->failed || row->failed)
        return tr_err_memory(err);
    tr_csv_cut(columns->p, columns->len, out->name, &names);
    tr_csv_cut(row->p, row->len, out->cell, &cells);
    out->n = names < cells ? names : cells;
    return 0;
}

static bool is_said(struct tr_str name, const struct body *b)
{
    for (size_t i = 0; i < b->n; i++)
        if (tr_str_eq(b->name[i], name))
            return b->cell[i].len > 0;
    return false;
}

/* Which fact of the kind a column tells; -1: none. */
static int fact_of(const struct tr_kept_kind *kept, struct tr_str name)
{
    return kept->kind ? tr_kind_member(kept->kind, name) : tr_field_find(name);
}

static void count_shown(struct tr_put_emptied *e, const struct body *old, const struct body *now)
{
    for (size_t i = 0; i < old->n; i++) {
        int fact = fact_of(e->kept, old->name[i]);

        if (fact >= 0 && old->cell[i].len > 0 && !is_said(old->name[i], now))
            e->of[fact]++;
    }
}

static struct tr_str cell_of(const struct body *b, const char *name)
{
    for (size_t i = 0; i < b->n; i++)
        if (tr_str_is(b->name[i], name))
            return b->cell[i];
    return (struct tr_str){"", 0};
}

static bool differs(const struct body *old, const struct body *now, const char *name)
{
    const struct tr_str was = cell_of(old, name), is = cell_of(now, name);

    return was.len > 0 && is.len > 0 && !tr_str_eq(was, is);
}

/* Whether two forms cannot be about one person, or one case, unless one was a slip. */
static bool is_other(const struct tr_kept_kind *kept, const struct body *old, const struct body *now)
{
    static const int facts[] = {TR_F_PERSON_ID, TR_F_SEX, TR_F_BIRTH_YEAR};

    if (kept->kind)
        return kept->about && differs(old, now, kept->about);
    for (size_t f = 0; f < sizeof facts / sizeof *facts; f++)
        if (differs(old, now, tr_fields[facts[f]].name))
            return true;
    return false;
}

/* How far a stay has come; 0: a status that the municipality added. A late yes comes after what expired, and who comes
 * home to a place that is kept lives there again. */
static int how_far(const struct body *b)
{
    static const struct {
        enum tr_stay_status status;
        int far;
    } of[] = {{TR_STAY_OFFERED, 1},  {TR_STAY_ACCEPTED, 2},  {TR_STAY_DECLINED, 2},  {TR_STAY_EXPIRED, 2},
              {TR_STAY_MOVED_IN, 3}, {TR_STAY_MOVED_OUT, 4}, {TR_STAY_KEPT, 3},      {TR_STAY_DAY_PLACE, 4},
              {TR_STAY_SELF_AGREED, 4}, {TR_STAY_SELF_REFERRED, 4}};
    const struct tr_str status = cell_of(b, "status");

    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (tr_str_is(status, tr_stay_status_name(of[i].status)))
            return of[i].far;
    return 0;
}

/* Whether the referral said the same under seal before, by the mark of what it said. */
static bool is_as_sealed(struct tr_put_emptied *e, const struct body *old,
                         const struct tr_store_change *change)
{
    unsigned char content[TR_MARK_LEN];
    uint32_t tags[COLUMNS_MAX];

    for (size_t i = 0; i < old->n; i++)
        tags[i] = tr_register_tag(old->name[i]);
    tr_register_content(&e->r->keys->secret[TR_SECRET_CONTENT], tags, old->cell, old->n,
                        change->open, &e->said, content);
    return !e->said.failed && change->content.len == TR_MARK_LEN &&
           tr_same_bytes(change->content.p, content, TR_MARK_LEN);
}

/* Counts what is gone of two sealed texts of a referral. */
static void count_opened(struct tr_put_emptied *e, struct tr_str was, struct tr_str now)
{
    struct tr_str old, is = {"", 0};

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        if (!tr_field_is_sealed(f))
            continue;
        if (!tr_str_part(&was, '\x1F', &old))
            return;
        if (!tr_str_part(&now, '\x1F', &is))
            is.len = 0;
        if (old.len > 0 && is.len == 0 && tr_fields[f].tells == TR_TELLS_WHO &&
            f != TR_F_PERSON_ID) /* whose pseudonym is in clear */
            e->of[f]++;
    }
    e->beside += was.len > 0 && now.len == 0;
}

static int take(void *cookie, const struct tr_store_change *change, struct tr_err *err)
{
    struct tr_put_emptied *e = cookie;
    struct body old, now;

    if (read_body(e, change->old_layout, change->old, &e->columns, &e->was, &old, err) < 0 ||
        read_body(e, change->layout, change->body, &e->names, &e->now, &now, err) < 0)
        return -1;
    count_shown(e, &old, &now);
    if (is_other(e->kept, &old, &now) && e->others++ == 0)
        tr_err_copy(e->other, sizeof e->other, change->id);
    if (e->kept->kind == &tr_stay_kind && how_far(&now) > 0 && how_far(&now) < how_far(&old) && e->back++ == 0)
        tr_err_copy(e->first_back, sizeof e->first_back, change->id);
    e->parted += change->joined;
    if (change->was_sealed == 0)
        return 0;
    if (change->open.len == 0)
        e->unsealed += !change->joined;
    else if (!e->kept->kind && change->opened)
        count_opened(e, change->was_open, change->open);
    else if (!e->kept->kind)
        e->untold += !is_as_sealed(e, &old, change);
    return 0;
}

/* ---- telling ---- */

static void tell(struct tr_register *r, enum tr_code code, const char *field, uint64_t n,
                 const char *which)
{
    struct tr_err err;
    char text[24];

    if (n == 0)
        return;
    snprintf(text, sizeof text, "%llu", (unsigned long long)n);
    tr_err_set(&err, code, text, which, NULL);
    tr_err_copy(err.field, sizeof err.field, tr_str(field));
    tr_app_say(r->app, &err);
}

static const char *fact_name(const struct tr_kept_kind *kept, int fact)
{
    return kept->kind ? kept->kind->member[fact].name : tr_fields[fact].name;
}

static bool has_field(const struct tr_referrals *read, int field)
{
    for (int i = 0; i < read->inputs.n; i++)
        for (uint32_t c = 0; c < read->binding[i].n_columns; c++)
            if (read->binding[i].field[c] == field)
                return true;
    return false;
}

/* Tells of the columns under seal that the input lacks, of referrals of which no key tells more. */
static int tell_untold(struct tr_put_emptied *e, const struct tr_referrals *read)
{
    struct tr_buf lacking = {0};
    int rc = 0;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (tr_fields[f].tells == TR_TELLS_WHO && f != TR_F_PERSON_ID && !has_field(read, f)) {
            tr_buf_text(&lacking, lacking.len ? ", " : "");
            tr_buf_text(&lacking, tr_fields[f].name);
        }
    if (lacking.failed)
        rc = tr_app_no_memory(e->r->app);
    else if (lacking.len > 0)
        tell(e->r, TR_W_SEAL_LACKS, NULL, e->untold, tr_buf_z(&lacking));
    tr_buf_clear(&lacking);
    return rc;
}

void tr_put_emptied_start(struct tr_put_emptied *e, struct tr_register *r, enum tr_record_kind kind)
{
    e->r = r;
    e->kept = &tr_kept[kind];
    memset(e->of, 0, sizeof e->of);
    e->beside = e->others = e->back = e->parted = e->unsealed = e->untold = 0;
    tr_store_on_change(r->store, take, e);
}

int tr_put_emptied_tell(struct tr_put_emptied *e, const struct tr_put_noticed *put)
{
    if (!e->r)
        return 0;
    if (e->said.failed)
        return tr_app_no_memory(e->r->app);
    for (int f = 0; f < TR_N_FIELDS + TR_MEMBERS_MAX; f++)
        if (e->of[f] > 0)
            tell(e->r, TR_W_EMPTIED, fact_name(e->kept, f), e->of[f], NULL);
    if (e->kept->kind) {
        tell(e->r, TR_W_EMPTIED, e->kept->sealed, e->unsealed, NULL);
    } else {
        struct tr_str none = {"", 0};

        tell(e->r, TR_W_EMPTIED, tr_register_sealed_column(TR_RECORD_REFERRAL, &none), e->beside,
             NULL);
        tell(e->r, TR_W_UNSEALED, NULL, e->unsealed, NULL);
        if (tell_untold(e, put->referrals) < 0)
            return -1;
    }
    tell(e->r, e->kept->kind ? TR_W_OTHER_CASE : TR_W_OTHER_PERSON, NULL, e->others, e->other);
    tell(e->r, TR_W_STAY_BACK, NULL, e->back, e->first_back);
    if (put->bare)
        tell(e->r, TR_W_UNJOINED, NULL, e->parted, NULL);
    return 0;
}

void tr_put_emptied_clear(struct tr_put_emptied *e)
{
    if (e->r)
        tr_store_on_change(e->r->store, NULL, NULL);
    tr_buf_clear(&e->columns);
    tr_buf_clear(&e->was);
    tr_buf_clear(&e->names);
    tr_buf_clear(&e->now);
    tr_buf_wipe(&e->said);
}
