#include "domain/placement/candidate.h"

#include <stdio.h>

#include "base/date.h"
#include "base/hash.h"
#include "domain/referral/age.h"

#define AT(member) offsetof(struct tr_candidate, member)

_Static_assert(AT(rop_outside) == AT(rop_groups) + sizeof(uint64_t), "a rule looks at both as one part");
_Static_assert(TR_N_PLACE_RULES <= 32, "a set of rules is 32 bits wide");

static const struct tr_member members[] = {
    {"referral_id", TR_M_ID, .at = AT(id), .filled = true},
    {"received", TR_M_DATE, .at = AT(received)},
    {"urgency", TR_M_CODE, .at = AT(urgency), .list = "urgency"},
    {"service_level", TR_M_CODE, .at = AT(service_level), .list = "service_level"},
    {"stay_type", TR_M_CODE, .at = AT(stay_type), .list = "stay_type"},
    {"substance_policy", TR_M_CODE, .at = AT(substance_policy), .list = "substance_policy"},
    {"sex", TR_M_CODE, .at = AT(sex), .list = "sex"},
    {"age_from", TR_M_NUMBER, .at = AT(age_from), .most = TR_AGE_MAX},
    {"age_to", TR_M_NUMBER, .at = AT(age_to), .most = TR_AGE_MAX},
    {"municipality", TR_M_TEXT, .at = AT(municipality)},
    {"wheelchair", TR_M_BOOL, .at = AT(wheelchair)},
    {"somatic", TR_M_CODE, .at = AT(somatic), .list = "somatic"},
    {"rop_groups", TR_M_CODES, .at = AT(rop_groups), .list = "rop_group"},
    {"rop_outside", TR_M_BOOL, .at = AT(rop_outside)},
    {"housing_status", TR_M_CODE, .at = AT(housing_status), .list = "housing_status"},
    {"wishes", TR_M_LIST, .at = AT(wishes)},
    {"queue_number", TR_M_NUMBER, .at = AT(queue_number), .most = TR_NUMBER_MOST},
};

static const struct tr_member standing[] = {
    {"referral_id", TR_M_ID, .at = AT(id), .filled = true},
    {"declined", TR_M_LIST, .at = AT(declined)},
    {"again", TR_M_LIST, .at = AT(again)},
    {"held", TR_M_TEXT, .at = AT(held)},
    {"ended", TR_M_BOOL, .at = AT(ended)},
    {"state", TR_M_TEXT, .at = AT(state)},
    {"parked", TR_M_BOOL, .at = AT(parked)},
    {"until", TR_M_DATE, .at = AT(until)},
    {"person", TR_M_TEXT, .at = AT(person)},
    {"counts", TR_M_BOOL, .at = AT(counts)},
};

const struct tr_kind tr_candidate_kind = {
    .name = "candidate",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_candidate),
    .keyed = true,
};

const struct tr_kind tr_standing_kind = {
    .name = "standing",
    .member = standing,
    .n_members = sizeof standing / sizeof *standing,
    .size = sizeof(struct tr_candidate),
    .keyed = true,
};

int32_t tr_list_place(struct tr_str joined, struct tr_str id)
{
    struct tr_str part;
    int32_t place = 0;

    while (joined.len > 0 && tr_str_part(&joined, '|', &part)) {
        place++;
        if (tr_str_eq(part, id))
            return place;
    }
    return 0;
}

/* ---- what is closed ---- */

/* The list, sorted and joined with |, without the parts that are `but` and a day, and with `part` at its place;
 * each may be empty. */
static struct tr_str relist(struct tr_str list, struct tr_str but, struct tr_str part,
                            struct tr_arena *text)
{
    struct tr_buf all = {0};
    struct tr_str one, out;
    bool waits = part.len > 0;

    while (list.len > 0 && tr_str_part(&list, '|', &one)) {
        if (but.len > 0 && one.len == but.len + TR_DATE_LEN && /* an id may hold = */
            memcmp(one.p, but.p, but.len) == 0)
            continue;
        if (waits && tr_str_cmp(part, one) < 0) {
            tr_buf_text(&all, all.len ? "|" : "");
            tr_buf_str(&all, part);
            waits = false;
        }
        tr_buf_text(&all, all.len ? "|" : "");
        tr_buf_str(&all, one);
    }
    if (waits) {
        tr_buf_text(&all, all.len ? "|" : "");
        tr_buf_str(&all, part);
    }
    out = all.len ? tr_arena_copy(text, tr_buf_slice(&all)) : (struct tr_str){"", 0};
    text->failed |= all.failed;
    tr_buf_clear(&all);
    return out;
}

int32_t tr_candidate_again(const struct tr_candidate *c, struct tr_str id)
{
    struct tr_str rest = c->again, part;
    struct tr_date day;

    while (rest.len > 0 && tr_str_part(&rest, '|', &part)) {
        struct tr_str name = {part.p, id.len}, iso = {part.p + id.len + 1, TR_DATE_LEN};

        if (part.len == id.len + 1 + TR_DATE_LEN && tr_str_eq(name, id) && part.p[id.len] == '=' &&
            tr_date_parse(iso, &day))
            return tr_date_number(day);
    }
    return TR_NO_DAY;
}

void tr_candidate_close(struct tr_candidate *c, struct tr_str id, int32_t open,
                        struct tr_arena *text)
{
    char key[TR_ID_MAX + TR_DATE_LEN + 2], iso[TR_DATE_LEN];
    size_t n = (size_t)snprintf(key, sizeof key, "%.*s=", (int)id.len, id.p);
    const struct tr_str but = {key, n}, none = {"", 0};

    if (tr_list_place(c->declined, id) == 0)
        c->declined = relist(c->declined, none, id, text);
    else if (open != TR_NO_DAY) {
        int32_t before = tr_candidate_again(c, id);

        open = before == TR_NO_DAY || before > open ? before : open;
    }
    c->again = relist(c->again, but, none, text);
    if (open == TR_NO_DAY)
        return;
    tr_date_iso(tr_date_of(open), iso);
    memcpy(key + n, iso, sizeof iso);
    c->again = relist(c->again, none, (struct tr_str){key, n + sizeof iso}, text);
}

/* ---- from a referral ---- */

static int32_t number_of(const struct tr_value v[], enum tr_field field)
{
    return v[field].text.len > 0 ? v[field].num : -1;
}

/* That of the referral, else the one that the profile says its district lies in. */
static struct tr_str municipality_of(const struct tr_profile *p, const struct tr_value v[])
{
    const struct tr_table *t = &p->table[TR_T_DISTRICTS];
    int code = tr_table_column(t, "code"), lies_in = tr_table_column(t, "municipality");

    if (v[TR_F_MUNICIPALITY].text.len > 0)
        return v[TR_F_MUNICIPALITY].text;
    for (uint32_t row = 0; lies_in >= 0 && v[TR_F_BYDEL].text.len > 0 && row < t->n_rows; row++)
        if (tr_str_eq(tr_table_cell(t, row, code), v[TR_F_BYDEL].text))
            return tr_table_cell(t, row, lies_in);
    return (struct tr_str){"", 0};
}

void tr_candidate_from(struct tr_candidate *c, const struct tr_profile *p,
                       const struct tr_value v[], uint64_t unread, int32_t as_of)
{
    const struct tr_str none = {"", 0};
    struct tr_str possible = v[TR_F_ROP_POSSIBLE].text, group;
    struct tr_ages ages;
    struct tr_date received;
    int code;

    tr_kind_init(&tr_candidate_kind, c);
    c->declined = c->again = c->held = c->state = c->same_person = c->person = none;
    c->ended = c->parked = c->counts = -1;
    c->until = TR_NO_DAY;
    c->unasked = false;
    c->id = v[TR_F_REFERRAL_ID].text;
    c->urgency = number_of(v, TR_F_URGENCY);
    c->service_level = number_of(v, TR_F_SERVICE_LEVEL);
    c->stay_type = number_of(v, TR_F_STAY_TYPE);
    c->substance_policy = number_of(v, TR_F_SUBSTANCE_POLICY);
    c->sex = number_of(v, TR_F_SEX);
    c->somatic = number_of(v, TR_F_SOMATIC);
    c->housing_status = number_of(v, TR_F_HOUSING_STATUS);
    c->municipality = municipality_of(p, v);
    c->wishes = v[TR_F_WISHES].text.len ? v[TR_F_WISHES].text : none;
    c->wheelchair = v[TR_F_WHEELCHAIR].text.len ? tr_str_is(v[TR_F_WHEELCHAIR].text, "ja") : -1;
    c->queue_number = v[TR_F_QUEUE_NUMBER].num > 0 ? v[TR_F_QUEUE_NUMBER].num : -1;
    if (tr_date_parse(v[TR_F_RECEIVED].text, &received) ||
        tr_month_parse(v[TR_F_RECEIVED].text, &received)) /* who is on the list has been received */
        c->received = tr_date_number(received);
    ages = tr_ages_of(v, as_of);
    c->age_from = ages.from;
    c->age_to = ages.to;
    if (tr_is_outside(v, unread))
        c->rop_outside = 1;
    else if (v[TR_F_ROP_GROUP].text.len > 0)
        c->rop_groups = UINT64_C(1) << v[TR_F_ROP_GROUP].num;
    else
        while (possible.len > 0 && tr_str_part(&possible, '|', &group))
            if ((code = tr_list_code(p->of_field[TR_F_ROP_GROUP], group)) >= 0)
                c->rop_groups |= UINT64_C(1) << code;
}

/* ---- rules ---- */

/* What a rule says when those are possible for the candidate, and the institution takes these. */
static enum tr_place_verdict among(uint64_t possible, uint64_t taken)
{
    return (possible & ~taken) == 0 ? TR_HOLDS : (possible & taken) == 0 ? TR_BROKEN : TR_NOT_KNOWN;
}

/* The entry that is known, or all of the list. */
static uint64_t possible(const struct tr_list *list, int32_t known)
{
    return known >= 0             ? UINT64_C(1) << known
           : list && list->n < 64 ? (UINT64_C(1) << list->n) - 1
                                  : UINT64_MAX;
}

static enum tr_place_verdict dates(const struct tr_place_rules *r, const struct tr_candidate *c,
                                   const struct tr_institution *i)
{
    (void)i;
    return c->received == TR_NO_DAY ? TR_NOT_KNOWN : c->received <= r->as_of ? TR_HOLDS : TR_BROKEN;
}

static enum tr_place_verdict service_level(const struct tr_place_rules *r,
                                           const struct tr_candidate *c,
                                           const struct tr_institution *i)
{
    return i->service_level < 0
               ? TR_HOLDS
               : among(possible(r->levels, c->service_level), UINT64_C(1) << i->service_level);
}

static enum tr_place_verdict stay_type(const struct tr_place_rules *r, const struct tr_candidate *c,
                                       const struct tr_institution *i)
{
    return i->stay_types == 0 ? TR_HOLDS
                              : among(possible(r->stay_types, c->stay_type), i->stay_types);
}

static enum tr_place_verdict substance_policy(const struct tr_place_rules *r,
                                              const struct tr_candidate *c,
                                              const struct tr_institution *i)
{
    uint64_t taken = 0;

    if (i->substance_policy < 0)
        return TR_HOLDS;
    for (int p = 0; p < r->policies->n; p++)
        if (r->policies->entry[p].covers & r->policies->entry[i->substance_policy].covers)
            taken |= UINT64_C(1) << p;
    return among(possible(r->policies, c->substance_policy), taken);
}

static enum tr_place_verdict sex(const struct tr_place_rules *r, const struct tr_candidate *c,
                                 const struct tr_institution *i)
{
    return i->sexes == 0 ? TR_HOLDS : among(possible(r->sexes, c->sex), i->sexes);
}

/* Holds if it does for every age that is possible. */
static enum tr_place_verdict age(const struct tr_place_rules *r, const struct tr_candidate *c,
                                 const struct tr_institution *i)
{
    int32_t from = c->age_from < 0 ? 0 : c->age_from, to = c->age_from < 0 ? TR_AGE_MAX : c->age_to;
    int32_t most = i->max_age < 0 ? TR_AGE_MAX : i->max_age;

    (void)r;
    return from >= i->min_age && to <= most ? TR_HOLDS
           : to < i->min_age || from > most ? TR_BROKEN
                                            : TR_NOT_KNOWN;
}

static enum tr_place_verdict wheelchair(const struct tr_place_rules *r,
                                        const struct tr_candidate *c,
                                        const struct tr_institution *i)
{
    (void)r;
    if (i->wheelchair == 1 || c->wheelchair == 0)
        return TR_HOLDS;
    return c->wheelchair < 0 ? TR_NOT_KNOWN : i->wheelchair < 0 ? TR_NOT_SAID : TR_BROKEN;
}

static enum tr_place_verdict somatic(const struct tr_place_rules *r, const struct tr_candidate *c,
                                     const struct tr_institution *i)
{
    return i->somatic_max < 0
               ? TR_HOLDS
               : among(possible(r->somatic, c->somatic), (UINT64_C(2) << i->somatic_max) - 1);
}

/* Holds if the institution takes every group that is possible; one that takes all asks for none. Who is
 * outside the matrix has none, and there is nothing to ask. */
static enum tr_place_verdict rop_group(const struct tr_place_rules *r, const struct tr_candidate *c,
                                       const struct tr_institution *i)
{
    const uint64_t all = possible(r->groups, -1);

    if (i->rop_groups == 0 || (all & ~i->rop_groups) == 0)
        return TR_HOLDS;
    return c->rop_outside == 1 ? TR_BROKEN
                               : among(c->rop_groups ? c->rop_groups : all, i->rop_groups);
}

static enum tr_place_verdict municipality(const struct tr_place_rules *r,
                                          const struct tr_candidate *c,
                                          const struct tr_institution *i)
{
    (void)r;
    return i->municipality.len == 0                      ? TR_HOLDS
           : c->municipality.len == 0                    ? TR_NOT_KNOWN
           : tr_str_eq(c->municipality, i->municipality) ? TR_HOLDS
                                                         : TR_BROKEN;
}

static enum tr_place_verdict declined(const struct tr_place_rules *r, const struct tr_candidate *c,
                                      const struct tr_institution *i)
{
    (void)r;
    return tr_list_place(c->declined, i->id) == 0 ? TR_HOLDS : TR_BROKEN;
}

static const struct rule {
    enum tr_place_verdict (*decide)(const struct tr_place_rules *, const struct tr_candidate *,
                                    const struct tr_institution *);
    uint16_t at, size; /* the part of the candidate that it looks at */
} rules[TR_N_PLACE_RULES] = {
    [TR_R_DATES] = {dates, AT(received), sizeof(int32_t)},
    [TR_R_SERVICE_LEVEL] = {service_level, AT(service_level), sizeof(int32_t)},
    [TR_R_STAY_TYPE] = {stay_type, AT(stay_type), sizeof(int32_t)},
    [TR_R_SUBSTANCE_POLICY] = {substance_policy, AT(substance_policy), sizeof(int32_t)},
    [TR_R_SEX] = {sex, AT(sex), sizeof(int32_t)},
    [TR_R_AGE] = {age, AT(age_from), 2 * sizeof(int32_t)},
    [TR_R_WHEELCHAIR] = {wheelchair, AT(wheelchair), sizeof(int32_t)},
    [TR_R_SOMATIC] = {somatic, AT(somatic), sizeof(int32_t)},
    [TR_R_ROP_GROUP] = {rop_group, AT(rop_groups), sizeof(uint64_t) + sizeof(int32_t)},
    [TR_R_MUNICIPALITY] = {municipality, AT(municipality), 0},
    [TR_R_DECLINED] = {declined, AT(declined), 0},
};

const char *const tr_place_rule_names[TR_N_PLACE_RULES + 1] = {
    [TR_R_DATES] = "dates",
    [TR_R_SERVICE_LEVEL] = "service_level",
    [TR_R_STAY_TYPE] = "stay_type",
    [TR_R_SUBSTANCE_POLICY] = "substance_policy",
    [TR_R_SEX] = "sex",
    [TR_R_AGE] = "age",
    [TR_R_WHEELCHAIR] = "wheelchair",
    [TR_R_SOMATIC] = "somatic",
    [TR_R_ROP_GROUP] = "rop_group",
    [TR_R_MUNICIPALITY] = "municipality",
    [TR_R_DECLINED] = "declined",
};

uint64_t tr_place_rule_value(enum tr_rule_of_place rule, const struct tr_candidate *c)
{
    const char *part = (const char *)c + rules[rule].at;
    struct tr_str text = rule == TR_R_MUNICIPALITY ? c->municipality : c->declined;

    return rules[rule].size ? tr_hash(part, rules[rule].size, (uint64_t)rule)
                            : tr_hash(text.p, text.len, (uint64_t)rule);
}

bool tr_place_rule_same(enum tr_rule_of_place rule, const struct tr_candidate *a,
                        const struct tr_candidate *b)
{
    size_t at = rules[rule].at, size = rules[rule].size;

    if (size)
        return memcmp((const char *)a + at, (const char *)b + at, size) == 0;
    return rule == TR_R_MUNICIPALITY ? tr_str_eq(a->municipality, b->municipality)
                                     : tr_str_eq(a->declined, b->declined);
}

enum tr_place_verdict tr_place_rule_judge(const struct tr_place_rules *r,
                                          enum tr_rule_of_place rule, const struct tr_candidate *c,
                                          const struct tr_institution *i)
{
    enum tr_place_verdict v = r->applies >> rule & 1 ? rules[rule].decide(r, c, i) : TR_HOLDS;

    return v == TR_NOT_KNOWN && r->lenient >> rule & 1 ? TR_HOLDS : v;
}

bool tr_place_rules_hold(const struct tr_place_rules *r, const struct tr_candidate *c,
                         const struct tr_institution *i)
{
    int rule = 0;

    while (rule < TR_N_PLACE_RULES &&
           tr_place_rule_judge(r, (enum tr_rule_of_place)rule, c, i) == TR_HOLDS)
        rule++;
    return rule == TR_N_PLACE_RULES;
}

struct tr_place_answer tr_place_rules_judge(const struct tr_place_rules *r,
                                            const struct tr_candidate *c,
                                            const struct tr_institution *i)
{
    struct tr_place_answer answer = {.broken = 0};

    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++) {
        enum tr_place_verdict v = tr_place_rule_judge(r, (enum tr_rule_of_place)rule, c, i);

        answer.broken |= (uint32_t)(v == TR_BROKEN) << rule;
        answer.not_known |= (uint32_t)(v == TR_NOT_KNOWN) << rule;
        answer.not_said |= (uint32_t)(v == TR_NOT_SAID) << rule;
    }
    return answer;
}

int32_t tr_candidate_opens(const struct tr_candidate *c, const struct tr_place_rules *r,
                           const struct tr_records *institutions)
{
    int32_t first = TR_NO_DAY;

    for (uint32_t i = 0; c->again.len > 0 && i < institutions->n; i++) {
        int32_t day = tr_candidate_again(c, tr_institution(institutions, i)->id);
        struct tr_place_answer a;

        if (day == TR_NO_DAY || (first != TR_NO_DAY && first <= day))
            continue;
        a = tr_place_rules_judge(r, c, tr_institution(institutions, i));
        if (tr_place_answer_alone(a) && a.broken >> TR_R_DECLINED & 1)
            first = day;
    }
    return first;
}

void tr_place_rules_init(struct tr_place_rules *r, const struct tr_profile *p, int32_t as_of)
{
    *r = (struct tr_place_rules){
        .levels = tr_profile_list(p, "service_level"),
        .stay_types = tr_profile_list(p, "stay_type"),
        .policies = tr_profile_list(p, "substance_policy"),
        .sexes = tr_profile_list(p, "sex"),
        .somatic = tr_profile_list(p, "somatic"),
        .groups = tr_profile_list(p, "rop_group"),
        .as_of = as_of,
    };
}

int tr_place_rules_load(struct tr_place_rules *r, const struct tr_profile *p, int32_t as_of,
                        struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_PLACEMENT_RULES];
    int name = tr_table_column(t, "rule"), unknown = tr_table_column(t, "unknown");

    tr_place_rules_init(r, p, as_of);
    for (uint32_t row = 0; row < t->n_rows; row++) {
        int rule = 0;
        bool lenient = tr_str_is(tr_table_cell(t, row, unknown), "ja");

        while (rule < TR_N_PLACE_RULES &&
               !tr_str_is(tr_table_cell(t, row, name), tr_place_rule_names[rule]))
            rule++;
        if (rule == TR_N_PLACE_RULES)
            return tr_table_fault(t, row, name, TR_E_TABLE_CELL, N_("no such rule"), err);
        if (!lenient && !tr_str_is(tr_table_cell(t, row, unknown), "nei"))
            return tr_table_fault(t, row, unknown, TR_E_TABLE_CELL, N_("neither ja nor nei"), err);
        if (r->applies >> rule & 1)
            return tr_table_fault(t, row, name, TR_E_TABLE_CELL, N_("two rows have the same rule"),
                                  err);
        r->applies |= UINT32_C(1) << rule;
        r->lenient |= (uint32_t)lenient << rule;
    }
    return 0;
}
