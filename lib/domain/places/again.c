#include "domain/places/again.h"

static int read_again(struct tr_again_after *out, struct tr_str s)
{
    *out = (struct tr_again_after){.never = tr_str_is(s, "nei")};
    return out->never || tr_str_is(s, "ja") || tr_duration_parse(s, &out->after) ? 0 : -1;
}

int tr_again_load(struct tr_again *a, const struct tr_profile *profile, int offer_days,
                  struct tr_err *err)
{
    const struct tr_table *t = &profile->table[TR_T_DECLINE_REASONS];
    const struct tr_table *keys = &profile->table[TR_T_PROFILE];
    struct tr_str expired = tr_profile_value(profile, "expired_again");
    int column = tr_table_column(t, "again");

    *a = (struct tr_again){.offer_days = offer_days};
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (read_again(&a->reason[r], tr_table_cell(t, r, column)) < 0)
            return tr_table_fault(t, r, column, TR_E_TABLE_CELL,
                                  N_("not ja, nei or a duration such as P30D"), err);
    if (expired.len > 0 && read_again(&a->expired, expired) < 0)
        return tr_table_fault(keys, keys->n_rows, 0, TR_E_TABLE_CELL, "expired_again", err);
    return 0;
}

bool tr_again_from(const struct tr_again *a, const struct tr_stay *s, int32_t day, int32_t *open)
{
    static const struct tr_again_after no_reason = {.never = true};
    struct tr_span span = tr_stay_span(s, a->offer_days);
    const struct tr_again_after *again;

    if (s->status == TR_STAY_DECLINED || s->refused)
        again = s->decline_reason < 0 ? &no_reason : &a->reason[s->decline_reason];
    else if (s->status == TR_STAY_EXPIRED ||
             (s->status == TR_STAY_OFFERED && span.end != TR_NO_DAY && span.end <= day))
        again = &a->expired;
    else
        return false;
    *open = again->never ? TR_NO_DAY : tr_day_plus(span.end, again->after);
    return true;
}

bool tr_again_closed(const struct tr_again *a, const struct tr_stay *s, int32_t day)
{
    int32_t open;

    return tr_again_from(a, s, day, &open) && (open == TR_NO_DAY || day < open);
}
