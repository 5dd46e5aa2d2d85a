#include "domain/routine/decision.h"

#include "base/date.h"

struct tr_str tr_decision_cell(const struct tr_profile *p, int kind, const char *column, int lang)
{
    const struct tr_table *t = &p->table[TR_T_DECISIONS];

    return kind < 0 ? (struct tr_str){"", 0}
                    : tr_table_cell(t, (uint32_t)kind,
                                    lang < 0 ? tr_table_column(t, column)
                                             : tr_lang_column(t, column, (enum tr_lang)lang));
}

int tr_decision_kind(const struct tr_profile *p, uint64_t service_levels)
{
    const struct tr_table *t = &p->table[TR_T_DECISIONS];
    const struct tr_list *levels = tr_profile_list(p, "service_level");
    uint64_t all = !levels               ? 0
                   : service_levels != 0 ? service_levels
                                         : UINT64_MAX >> (TR_LIST_MAX - levels->n);

    for (uint32_t r = 0; r < t->n_rows; r++) {
        uint64_t mask;

        if (tr_list_codes(levels, tr_decision_cell(p, (int)r, "service_levels", -1), &mask) &&
            mask != 0 && (all & ~mask) == 0)
            return (int)r;
    }
    return -1;
}

/* Whether a list, whose parts may have a detail behind a colon, has the code. */
static bool has_part(struct tr_str joined, struct tr_str code)
{
    struct tr_str part, name;

    while (joined.len > 0 && tr_str_part(&joined, '|', &part)) {
        tr_str_part(&part, ':', &name);
        if (tr_str_eq(name, code))
            return true;
    }
    return false;
}

bool tr_decision_is_of(const struct tr_profile *p, int kind, struct tr_str event_type)
{
    const struct tr_table *t = &p->table[TR_T_STEPS];
    struct tr_str steps = tr_decision_cell(p, kind, "steps", -1);

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (has_part(steps, tr_table_cell(t, r, tr_table_column(t, "step"))) &&
            has_part(tr_table_cell(t, r, tr_table_column(t, "starts")), event_type))
            return true;
    return false;
}

bool tr_decision_is_interim(const struct tr_profile *p, int kind, struct tr_str event_type)
{
    return has_part(tr_decision_cell(p, kind, "interim", -1), event_type);
}

bool tr_decision_within(const struct tr_profile *p, int kind, struct tr_duration *within)
{
    return tr_duration_parse(tr_decision_cell(p, kind, "complaint_within", -1), within);
}

int32_t tr_decision_complaint_by(const struct tr_profile *p, int kind, int32_t day)
{
    struct tr_duration within;

    return day == TR_NO_DAY || !tr_decision_within(p, kind, &within)
               ? TR_NO_DAY
               : tr_working_day_from(tr_day_plus(day, within));
}

uint32_t tr_decision_unread(const struct tr_profile *p)
{
    const struct tr_table *t = &p->table[TR_T_DECISIONS];
    uint32_t n = 0;

    for (uint32_t r = 0; r < t->n_rows; r++)
        n += tr_decision_cell(p, (int)r, "reviewed", -1).len == 0;
    return n;
}
