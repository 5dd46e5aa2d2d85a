#include "domain/places/stay.h"

#include <stdio.h>
#include <stdlib.h>

#define AT(member) offsetof(struct tr_stay, member)

static const struct tr_member members[] = {
    {"stay_id", TR_M_ID, .at = AT(id), .needed = true, .filled = true},
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true, .of_person = true},
    {"institution_id", TR_M_ID, .at = AT(institution_id), .needed = true, .filled = true},
    {"from", TR_M_DATE, .at = AT(from), .needed = true, .filled = true},
    {"to_expected", TR_M_DATE, .at = AT(to_expected)},
    {"to", TR_M_DATE, .at = AT(to)},
    {"status", TR_M_CODE, .at = AT(status), .list = "status", .needed = true, .filled = true},
    {"decline_reason", TR_M_CODE, .at = AT(decline_reason), .list = "decline_reason"},
    {"certificate", TR_M_TEXT, .at = AT(certificate)},
};

/* When a span without `to` ends. */
enum end { END_OPEN, END_AT_ONCE, END_OFFER, END_EXPECTED };

static const struct status {
    const char *name;
    enum tr_hold hold;
    enum end end;
} statuses[TR_N_STAY_STATUS] = {
    [TR_STAY_OFFERED] = {"offered", TR_HOLD_RESERVED, END_OFFER},
    [TR_STAY_ACCEPTED] = {"accepted", TR_HOLD_RESERVED, END_OPEN},
    [TR_STAY_DECLINED] = {"declined", TR_HOLD_RESERVED, END_AT_ONCE},
    [TR_STAY_EXPIRED] = {"expired", TR_HOLD_RESERVED, END_OFFER},
    [TR_STAY_MOVED_IN] = {"moved_in", TR_HOLD_OCCUPIED, END_OPEN},
    [TR_STAY_MOVED_OUT] = {"moved_out", TR_HOLD_OCCUPIED, END_AT_ONCE},
    [TR_STAY_KEPT] = {"kept", TR_HOLD_OCCUPIED, END_EXPECTED},
    [TR_STAY_DAY_PLACE] = {"day_place", TR_HOLD_DAY, END_EXPECTED},
    [TR_STAY_SELF_AGREED] = {"self_agreed", TR_HOLD_AGREED, END_EXPECTED},
    [TR_STAY_SELF_REFERRED] = {"self_referred", TR_HOLD_RETURNED, END_OPEN},
    [TR_STAY_OTHER] = {"", TR_HOLD_NONE, END_OPEN},
};

static enum tr_code check(const void *record, const char **member)
{
    const struct tr_stay *s = record;

    *member = "to";
    if (s->to != TR_NO_DAY && s->to < s->from)
        return TR_E_REVERSED;
    *member = "to_expected";
    return s->to_expected != TR_NO_DAY && s->to_expected < s->from ? TR_E_REVERSED : TR_OK;
}

const struct tr_kind tr_stay_kind = {
    .name = "stay",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_stay),
    .keyed = true,
    .whose = 1,
    .check = check,
};

static struct tr_span span_of_row(const struct tr_stay *stay, int offer_days)
{
    const struct status *status = &statuses[stay->status];
    struct tr_span span = {status->hold, stay->from, stay->to};

    if (stay->to != TR_NO_DAY)
        return span;
    switch (status->end) {
    case END_AT_ONCE:
        span.end = stay->from;
        break;
    case END_OFFER:
        span.end = stay->from + offer_days;
        break;
    case END_EXPECTED:
        span.end = stay->to_expected;
        break;
    default:
        break;
    }
    return span;
}

struct tr_span tr_stay_span(const struct tr_stay *stay, int offer_days)
{
    struct tr_span span = span_of_row(stay, offer_days);

    if (stay->ended && (span.end == TR_NO_DAY || span.end > stay->ended_on))
        span.end = stay->ended_on > span.from ? stay->ended_on : span.from;
    return span;
}

/* ---- settling ---- */

static enum tr_stay_status status_of(struct tr_str code)
{
    int s = 0;

    while (s < TR_STAY_OTHER && !tr_str_is(code, statuses[s].name))
        s++;
    return (enum tr_stay_status)s;
}

const char *tr_stay_status_name(int32_t status)
{
    return statuses[status].name;
}

bool tr_stay_lived(const struct tr_stay *s)
{
    return s->status == TR_STAY_MOVED_IN || s->status == TR_STAY_MOVED_OUT;
}

int32_t tr_stay_end_known(const struct tr_stay *stay, struct tr_span hold, int32_t as_of)
{
    return stay->status == TR_STAY_MOVED_OUT && hold.end > as_of ? TR_NO_DAY : hold.end;
}

double tr_stays_declined(const struct tr_records *stays, int32_t as_of)
{
    uint32_t offers = 0, declined = 0;

    for (uint32_t i = 0; i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);
        bool not_taken = s->status == TR_STAY_DECLINED || s->status == TR_STAY_EXPIRED;

        if (s->from != TR_NO_DAY && s->from > as_of)
            continue;
        declined += not_taken;
        offers += not_taken || s->status == TR_STAY_ACCEPTED || tr_stay_lived(s);
    }
    return offers ? (double)declined / offers : 0;
}

struct lived {
    const struct tr_stay *stay;
    uint32_t number;
    int32_t end;
};

static bool ends_after(int32_t end, int32_t day)
{
    return end == TR_NO_DAY || end > day;
}

static int by_referral(const void *a, const void *b)
{
    const struct tr_stay *x = ((const struct lived *)a)->stay, *y = ((const struct lived *)b)->stay;
    int c = tr_str_cmp(x->referral_id, y->referral_id);

    if (c)
        return c;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return ((const struct lived *)a)->number < ((const struct lived *)b)->number ? -1 : 1;
}

/* How stays are settled, and whom it is said to. */
struct settling {
    struct tr_records *stays;
    const struct tr_records *institutions;
    int32_t as_of;
    enum tr_code overlap;
    struct tr_dict *bad; /* see tr_stays_settle_each; NULL: a fault refuses all */
    const struct tr_listener *listener;
    int rc;
};

/* Says what is wrong with a stay. */
static void fault(struct settling *s, uint32_t i, const char *member, enum tr_code code, const char *a)
{
    const struct tr_stay *stay = tr_stay(s->stays, i);
    enum tr_class class = tr_code_class(code);
    struct tr_err err;

    tr_records_fault(s->stays, i, member, code, a, NULL, &err);
    s->listener->say(s->listener->cookie, &err);
    if (class == TR_CLASS_WARN || code == TR_E_STAY_BOTH) /* which is no doubt: both count */
        return;
    if (!s->bad || class != TR_CLASS_ROW || tr_dict_add(s->bad, stay->referral_id, &(int){0}) < 0)
        s->rc = -1;
}

static void find_overlaps(struct settling *s)
{
    const struct tr_records *stays = s->stays;
    struct lived *lived = malloc((stays->n + (size_t)1) * sizeof *lived);
    struct tr_err err;
    uint32_t n = 0;

    for (uint32_t i = 0; lived && i < stays->n; i++) {
        struct tr_span span = tr_stay_span(tr_stay(stays, i), 0);

        if (tr_stay_lived(tr_stay(stays, i)) && span.end != span.from)
            lived[n++] = (struct lived){tr_stay(stays, i), i, span.end};
    }
    if (lived)
        qsort(lived, n, sizeof *lived, by_referral);
    for (uint32_t i = 1, longest = 0; lived && i < n; i++) {
        bool same = tr_str_eq(lived[i].stay->referral_id, lived[longest].stay->referral_id);
        char line[24];

        if (same && ends_after(lived[longest].end, lived[i].stay->from)) {
            snprintf(line, sizeof line, "%llu",
                     (unsigned long long)stays->line[lived[longest].number]);
            fault(s, lived[i].number, "referral_id", s->overlap, line);
        }
        if (!same || (lived[longest].end != TR_NO_DAY &&
                      (lived[i].end == TR_NO_DAY || lived[i].end > lived[longest].end)))
            longest = i;
    }
    if (!lived) {
        s->rc = tr_err_memory(&err);
        s->listener->say(s->listener->cookie, &err);
    }
    free(lived);
}

/* Whether the stay is known to have ended by the day: then its place is nobody's any more. */
static bool has_ended(const struct tr_stay *s, int32_t day)
{
    return !ends_after(s->to, day) || s->status == TR_STAY_DECLINED ||
           s->status == TR_STAY_EXPIRED;
}

static void find_institution(struct settling *s, uint32_t i)
{
    struct tr_stay *stay = tr_stay(s->stays, i);
    char id[TR_ID_MAX + 1];

    stay->institution = s->institutions ? tr_records_find(s->institutions, stay->institution_id) : -1;
    if (stay->institution >= 0 || !s->institutions)
        return;
    tr_err_copy(id, sizeof id, stay->institution_id);
    fault(s, i, "institution_id",
          has_ended(stay, s->as_of) ? TR_W_INSTITUTION_GONE : TR_E_INSTITUTION, id);
}

static int settle(struct settling *s)
{
    const struct tr_list *list = tr_profile_list(s->stays->profile, "status");

    for (uint32_t i = 0; i < s->stays->n; i++) {
        struct tr_stay *stay = tr_stay(s->stays, i);

        stay->status = status_of(list->entry[stay->status].code);
        if (stay->status == TR_STAY_MOVED_OUT && stay->to == TR_NO_DAY)
            fault(s, i, "to", TR_E_VALUE_MISSING, NULL);
        if (tr_day_is_far(stay->from, s->as_of))
            fault(s, i, "from", TR_W_YEAR, NULL);
        else if (tr_day_is_far(stay->to, s->as_of))
            fault(s, i, "to", TR_W_YEAR, NULL);
        find_institution(s, i);
    }
    find_overlaps(s);
    return s->rc;
}

int tr_stays_settle(struct tr_records *stays, const struct tr_records *institutions, int32_t as_of,
                    const struct tr_listener *listener)
{
    return settle(&(struct settling){stays, institutions, as_of, TR_E_STAY_OVERLAP, NULL, listener, 0});
}

int tr_stays_settle_history(struct tr_records *stays, const struct tr_records *institutions,
                            int32_t as_of, const struct tr_listener *listener)
{
    return settle(&(struct settling){stays, institutions, as_of, TR_E_STAY_BOTH, NULL, listener, 0});
}

int tr_stays_settle_each(struct tr_records *stays, const struct tr_records *institutions,
                         int32_t as_of, struct tr_dict *bad, const struct tr_listener *listener)
{
    return settle(&(struct settling){stays, institutions, as_of, TR_E_STAY_BOTH, bad, listener, 0});
}

int tr_stays_tell_none(const struct tr_records *stays, const struct tr_records *institutions,
                       const struct tr_listener *listener)
{
    enum { SOME = 4 }; /* of fewer, one that is empty is nothing strange */
    bool *has = calloc(institutions->n + (size_t)1, sizeof *has);
    uint32_t open = 0, with = 0;

    if (!has)
        return -1;
    for (uint32_t i = 0; i < stays->n; i++)
        if (tr_stay(stays, i)->institution >= 0)
            has[tr_stay(stays, i)->institution] = true;
    for (uint32_t i = 0; i < institutions->n; i++) {
        open += tr_institution(institutions, i)->capacity > 0;
        with += tr_institution(institutions, i)->capacity > 0 && has[i];
    }
    for (uint32_t i = 0; i < institutions->n && with >= SOME && 2 * with > open; i++) {
        const struct tr_institution *at = tr_institution(institutions, i);
        char id[TR_ID_MAX + 1];
        struct tr_err err;

        if (at->capacity == 0 || has[i])
            continue;
        tr_err_copy(id, sizeof id, at->id);
        tr_err_set(&err, TR_W_STAYS_NONE, id, NULL, NULL);
        listener->say(listener->cookie, &err);
    }
    free(has);
    return 0;
}

const struct tr_stay *tr_stays_of(const struct tr_records *stays, struct tr_str referral_id,
                                  struct tr_str institution_id)
{
    const struct tr_stay *found = NULL;

    for (uint32_t i = 0; i < stays->n; i++) {
        const struct tr_stay *s = tr_stay(stays, i);

        if (tr_str_eq(s->referral_id, referral_id) &&
            tr_str_eq(s->institution_id, institution_id) &&
            (s->status <= TR_STAY_EXPIRED || s->status == TR_STAY_MOVED_IN) &&
            (!found || s->from >= found->from))
            found = s;
    }
    return found;
}
