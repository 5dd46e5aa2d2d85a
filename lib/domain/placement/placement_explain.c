#include "domain/placement/placement_explain.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { ITEMS_MAX = 12, FILLS_MAX = 6, WEEK = 7 };

struct outlook {
    const struct tr_certificate *c;
    const struct tr_round *r;
    const struct tr_profile *profile;
    enum tr_lang lang;
    uint32_t p;
    const struct tr_candidate *person;
    const struct tr_placement *got;
    struct tr_buf *out;
};

/* ---- sentences ---- */

static void add(struct outlook *o, const char *key, const struct tr_fill *fills)
{
    static const struct tr_fill none[] = {{NULL, {NULL, 0}}};

    tr_text_fill(tr_profile_text(o->profile, key, o->lang), fills ? fills : none, o->out);
}

static void say(struct outlook *o, const char *key, const struct tr_fill *fills)
{
    add(o, key, fills);
    tr_buf_char(o->out, '\n');
}

/* A sentence about a number: `one` for the number 1, else `many`. */
static void say_number(struct outlook *o, const char *one, const char *many, uint32_t n,
                       struct tr_str name)
{
    struct tr_buf number = {0};

    tr_buf_num(&number, n);
    say(o, n == 1 ? one : many,
        (struct tr_fill[]){{"number", tr_buf_slice(&number)}, {"name", name}, {NULL, {NULL, 0}}});
    tr_buf_clear(&number);
}

static struct tr_str name_of(const struct tr_institution *i)
{
    return i->name.len > 0 ? i->name : i->id;
}

/* The day as people write it. */
static void add_day(struct outlook *o, int32_t day, struct tr_buf *text)
{
    struct tr_date d = tr_date_of(day);
    struct tr_buf part[3] = {{0}, {0}, {0}};

    tr_buf_num(&part[0], d.day);
    tr_buf_num(&part[1], d.month);
    tr_buf_num(&part[2], d.year);
    tr_text_fill(tr_profile_text(o->profile, "outlook.day", o->lang),
                 (struct tr_fill[]){{"day", tr_buf_slice(&part[0])},
                                    {"month", tr_buf_slice(&part[1])},
                                    {"year", tr_buf_slice(&part[2])},
                                    {NULL, {NULL, 0}}},
                 text);
    for (int i = 0; i < 3; i++)
        tr_buf_clear(&part[i]);
}

static struct tr_str rule_label(const struct outlook *o, int rule)
{
    const struct tr_list *list = tr_profile_list(o->profile, "reason");
    int code = list ? tr_list_code(list, tr_str(tr_place_rule_names[rule])) : -1;

    return code < 0 ? tr_str(tr_place_rule_names[rule]) : list->entry[code].label[o->lang];
}

/* A sentence of the profile about a rule: why it keeps people out, or what to ask them. */
static struct tr_str sentence(const struct outlook *o, const char *which, int rule)
{
    const struct tr_table *t = &o->profile->table[TR_T_PLACEMENT_RULES];
    int name = tr_table_column(t, "rule"), column = tr_lang_column(t, which, o->lang);

    for (uint32_t row = 0; row < t->n_rows; row++)
        if (column >= 0 && tr_str_is(tr_table_cell(t, row, name), tr_place_rule_names[rule]) &&
            tr_table_cell(t, row, column).len > 0)
            return tr_table_cell(t, row, column);
    return rule_label(o, rule);
}

/* ---- one institution ---- */

/* How many people before this one in the queue have a place at institution i, or wait and could
 * have one. behind: whether somebody after them has one. */
static uint32_t ahead_at(const struct outlook *o, uint32_t i, bool *behind)
{
    const struct tr_institution *at = tr_institution(&o->r->places, i);
    uint32_t n = 0;

    *behind = false;
    for (uint32_t q = 0; q < o->r->n_seeking && q < o->c->placements.n; q++) {
        const struct tr_placement *got = tr_placement(&o->c->placements, q);
        bool there = tr_str_eq(got->institution_id, at->id);

        if (q > o->p)
            *behind |= there;
        else if (q < o->p)
            n +=
                there || (got->institution_id.len == 0 &&
                          tr_place_rules_hold(&o->r->rules, tr_candidate(&o->r->referrals, q), at));
    }
    return n;
}

static void tell_full(struct outlook *o, uint32_t i)
{
    const struct tr_institution *at = tr_institution(&o->r->places, i);
    const struct tr_fill fills[] = {{"name", name_of(at)}, {NULL, {NULL, 0}}};
    uint32_t ahead;
    bool behind;

    tr_buf_text(o->out, "- ");
    ahead = ahead_at(o, i, &behind);
    if (at->vacant == 0)
        say(o, "outlook.at.no_vacancy", fills);
    else if (behind)
        say(o, o->c->policy == TR_OWN_PRIORITIES ? "outlook.at.own" : "outlook.at.needed", fills);
    else
        say_number(o, "outlook.at.ahead.one", "outlook.at.ahead.many", ahead, name_of(at));
}

static void tell_excluded(struct outlook *o, uint32_t i, uint32_t broken)
{
    const struct tr_institution *at = tr_institution(&o->r->places, i);

    tr_buf_text(o->out, "- ");
    add(o, "outlook.at.excluded", (struct tr_fill[]){{"name", name_of(at)}, {NULL, {NULL, 0}}});
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (broken >> rule & 1) {
            tr_buf_char(o->out, ' ');
            tr_buf_str(o->out, sentence(o, "why", rule));
        }
    tr_buf_char(o->out, '\n');
}

/* What must be known before anybody can say whether the person could go there. */
static void tell_open(struct outlook *o, uint32_t i, struct tr_place_answer a)
{
    const struct tr_institution *at = tr_institution(&o->r->places, i);
    struct tr_buf list = {0};

    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if ((a.not_known | a.not_said) >> rule & 1) {
            tr_buf_text(&list, list.len > 0 ? ", " : "");
            tr_buf_str(&list, rule_label(o, rule));
        }
    tr_buf_text(o->out, "- ");
    say(o, "outlook.at.open",
        (struct tr_fill[]){
            {"name", name_of(at)}, {"facts", tr_buf_slice(&list)}, {NULL, {NULL, 0}}});
    o->out->failed |= list.failed;
    tr_buf_clear(&list);
}

/* A heading, then the wishes before the one that was met. */
static void tell_wishes(struct outlook *o, const char *heading)
{
    struct tr_str rest = o->person->wishes, id;
    bool first = true;

    while (rest.len > 0 && tr_str_part(&rest, '|', &id)) {
        int i = tr_records_find(&o->r->places, id);
        struct tr_place_answer a;

        if (tr_str_eq(id, o->got->institution_id))
            return;
        if (first)
            say(o, heading, NULL);
        first = false;
        if (i < 0) {
            tr_buf_text(o->out, "- ");
            say(o, "outlook.at.unknown", (struct tr_fill[]){{"name", id}, {NULL, {NULL, 0}}});
            continue;
        }
        a = tr_place_rules_judge(&o->r->rules, o->person,
                                 tr_institution(&o->r->places, (uint32_t)i));
        if (a.broken)
            tell_excluded(o, (uint32_t)i, a.broken);
        else if (tr_place_answer_open(a))
            tell_open(o, (uint32_t)i, a);
        else
            tell_full(o, (uint32_t)i);
    }
}

/* Other institutions that the person could go to. */
static void tell_others(struct outlook *o)
{
    uint32_t told = 0, more = 0;

    for (uint32_t i = 0; i < o->r->places.n; i++) {
        const struct tr_institution *at = tr_institution(&o->r->places, i);

        if (tr_list_place(o->person->wishes, at->id) ||
            !tr_place_rules_hold(&o->r->rules, o->person, at))
            continue;
        if (told == 0)
            say(o, o->person->wishes.len ? "outlook.others" : "outlook.possible", NULL);
        if (told++ < ITEMS_MAX)
            tell_full(o, i);
        else
            more++;
    }
    if (more > 0) {
        tr_buf_text(o->out, "- ");
        say_number(o, "outlook.more.one", "outlook.more.many", more, (struct tr_str){"", 0});
    }
}

/* How many places are left at institution i after the round. */
static int32_t left_at(const struct outlook *o, const struct tr_institution *at)
{
    int32_t left = at->vacant;

    for (uint32_t q = 0; q < o->r->n_seeking && q < o->c->placements.n; q++)
        left -= tr_str_eq(tr_placement(&o->c->placements, q)->institution_id, at->id);
    return left;
}

/* For each rule, the number of institutions where it is the only obstacle. For somebody who waits,
 * only institutions with a place left count. */
static void tell_openers(struct outlook *o, bool waiting)
{
    uint32_t counts[TR_N_PLACE_RULES] = {0}, any = 0;

    for (uint32_t i = 0; i < o->r->places.n; i++) {
        const struct tr_institution *at = tr_institution(&o->r->places, i);
        struct tr_place_answer a = tr_place_rules_judge(&o->r->rules, o->person, at);

        if (tr_place_answer_alone(a) && (!waiting || left_at(o, at) > 0)) {
            counts[__builtin_ctz(a.broken)]++;
            any++;
        }
    }
    if (any > 0)
        say(o, waiting ? "outlook.openers.vacant" : "outlook.openers", NULL);
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (counts[rule] > 0) {
            tr_buf_text(o->out, "- ");
            say_number(o, "outlook.opener.one", "outlook.opener.many", counts[rule],
                       rule_label(o, rule));
        }
}

/* Why no institution fits: the rule that decides, or all that do together. */
static void tell_deciding(struct outlook *o)
{
    uint32_t decides = tr_round_outlook(o->r, o->p).decides;

    if (decides >> TR_R_DATES & 1) { /* it says nothing of institutions */
        tr_buf_str(o->out, sentence(o, "why", TR_R_DATES));
        tr_buf_char(o->out, '\n');
        return;
    }
    say(o, "outlook.ineligible", NULL);
    if (decides == 0)
        return;
    say(o, tr_outlook_one_decides(decides) ? "outlook.decides.one" : "outlook.decides.several",
        NULL);
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (decides >> rule & 1) {
            tr_buf_text(o->out, "- ");
            tr_buf_str(o->out, sentence(o, "why", rule));
            tr_buf_char(o->out, '\n');
        }
}

/* What the person is asked, and whether an institution must be asked instead. */
static void tell_questions(struct outlook *o)
{
    struct tr_outlook all = tr_round_outlook(o->r, o->p);

    if (all.not_known)
        say(o, "outlook.questions", NULL);
    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (all.not_known >> rule & 1) {
            tr_buf_text(o->out, "- ");
            tr_buf_str(o->out, sentence(o, "ask", rule));
            tr_buf_char(o->out, '\n');
        }
    if (all.not_said)
        say(o, "outlook.asks_places", NULL);
}

/* ---- the whole ---- */

static void tell_queue(struct outlook *o, const char *key)
{
    struct tr_buf number = {0}, total = {0};

    if (o->got->priority > 0) {
        tr_buf_num(&number, o->got->priority);
        tr_buf_num(&total, o->r->n_seeking);
        say(o, key,
            (struct tr_fill[]){{"number", tr_buf_slice(&number)},
                               {"total", tr_buf_slice(&total)},
                               {NULL, {NULL, 0}}});
    }
    tr_buf_clear(&number);
    tr_buf_clear(&total);
}

static void tell_placed(struct outlook *o)
{
    int i = tr_records_find(&o->r->places, o->got->institution_id);
    struct tr_str name =
        i < 0 ? o->got->institution_id : name_of(tr_institution(&o->r->places, (uint32_t)i));
    struct tr_buf rank = {0};
    const char *key = o->got->wish_rank == 1      ? "outlook.placed.first"
                      : o->got->wish_rank > 1     ? "outlook.placed.wish"
                      : o->person->wishes.len > 0 ? "outlook.placed.other"
                                                  : "outlook.placed.any";

    if (tr_str_is(o->got->reason, "held"))
        key = "outlook.held";
    tr_buf_num(&rank, o->got->wish_rank);
    say(o, key,
        (struct tr_fill[]){{"name", name}, {"number", tr_buf_slice(&rank)}, {NULL, {NULL, 0}}});
    tr_buf_clear(&rank);
    if (tr_str_is(o->got->reason, "held"))
        return;
    tell_queue(o, "outlook.queue.placed");
    tell_wishes(o, o->got->wish_rank > 0 ? "outlook.wishes.better" : "outlook.wishes");
}

static void tell_heading(struct outlook *o)
{
    struct tr_buf day = {0};

    if (o->r->as_of != TR_NO_DAY)
        add_day(o, o->r->as_of, &day);
    say(o, "outlook.heading",
        (struct tr_fill[]){
            {"referral", o->person->id}, {"day", tr_buf_slice(&day)}, {NULL, {NULL, 0}}});
    tr_buf_clear(&day);
}

static struct outlook outlook_of(const struct tr_certificate *c, uint32_t referral,
                                 enum tr_lang lang, struct tr_buf *out)
{
    return (struct outlook){
        .c = c,
        .r = &c->round,
        .profile = c->round.profile,
        .lang = lang,
        .p = referral,
        .person = tr_candidate(&c->round.referrals, referral),
        .got = tr_placement(&c->placements, referral),
        .out = out,
    };
}

/* On hold, or out of the queue for what happened in the case. */
static void tell_state(struct outlook *o)
{
    const struct tr_list *states = tr_profile_list(o->profile, "case_state");
    int state = states ? tr_list_code(states, o->person->state) : -1;
    struct tr_buf day = {0};

    if (o->person->parked == 1 && o->person->until == TR_NO_DAY) {
        say(o, "outlook.parked", NULL);
    } else if (o->person->parked == 1) {
        add_day(o, o->person->until, &day);
        say(o, "outlook.parked_until",
            (struct tr_fill[]){{"day", tr_buf_slice(&day)}, {NULL, {NULL, 0}}});
    } else {
        say(o, "outlook.state",
            (struct tr_fill[]){
                {"state", state < 0 ? o->person->state : states->entry[state].label[o->lang]},
                {NULL, {NULL, 0}}});
    }
    tr_buf_clear(&day);
}

/* All that suits the person is closed after an offer, and opens again. */
static void tell_again(struct outlook *o)
{
    struct tr_buf day = {0};

    add_day(o, tr_candidate_opens(o->person, &o->r->rules, &o->r->places), &day);
    say(o, "outlook.declined", (struct tr_fill[]){{"day", tr_buf_slice(&day)}, {NULL, {NULL, 0}}});
    tr_buf_clear(&day);
    tell_queue(o, "outlook.queue");
    tell_wishes(o, "outlook.wishes");
}

/* Whether the person waits for a place to open again, not for a vacant one. */
static bool waits_again(const struct outlook *o)
{
    return tr_str_is(o->got->decision, "waiting") && tr_str_is(o->got->reason, "declined");
}

void tr_placement_explain_reasons(const struct tr_certificate *c, uint32_t referral,
                                  enum tr_lang lang, struct tr_buf *out)
{
    struct outlook o = outlook_of(c, referral, lang, out);

    if (tr_str_is(o.got->reason, "parked") || tr_str_is(o.got->reason, "state")) {
        tell_state(&o);
    } else if (tr_str_is(o.got->decision, "placed")) {
        tell_placed(&o);
    } else if (waits_again(&o)) {
        tell_again(&o);
    } else if (tr_str_is(o.got->decision, "waiting")) {
        say(&o, "outlook.waiting", NULL);
        tell_queue(&o, "outlook.queue");
        tell_wishes(&o, "outlook.wishes");
        tell_others(&o);
        tell_openers(&o, true);
    } else if (tr_str_is(o.got->decision, "ask")) {
        say(&o, "outlook.ask", NULL);
        tell_queue(&o, "outlook.queue");
        tell_questions(&o);
        tell_wishes(&o, "outlook.wishes");
    } else if (tr_str_is(o.got->reason, "same_person")) {
        say(&o, "outlook.same_person", NULL);
    } else if (tr_str_is(o.got->reason, "ended")) {
        say(&o, "outlook.ended", NULL);
    } else {
        tell_deciding(&o);
        tell_wishes(&o, "outlook.wishes");
        tell_openers(&o, false);
    }
}

struct tr_expected_weeks tr_expected_weeks(struct tr_expected_wait wait)
{
    bool known = isfinite(wait.high);
    struct tr_expected_weeks in = {.key = "outlook.expected.unknown", .high = 1};

    if (!isfinite(wait.low) || (!known && wait.low < 2 * WEEK)) /* nothing to plan by */
        return in;
    in.low = (uint64_t)(wait.low / WEEK);
    if (known && wait.high > WEEK)
        in.high = (uint64_t)ceil(wait.high / WEEK);
    in.key = !known              ? "outlook.expected.long"
             : in.high == 1      ? "outlook.expected.week"
             : in.low == 0       ? "outlook.expected.soon"
             : in.low == in.high ? "outlook.expected.about"
                                 : "outlook.expected";
    return in;
}

/* In weeks; and that it is no promise. */
static void tell_expected(struct outlook *o, const struct tr_expected_wait *wait)
{
    struct tr_expected_weeks in = tr_expected_weeks(*wait);
    struct tr_buf low = {0}, high = {0};

    tr_buf_num(&low, in.low);
    tr_buf_num(&high, in.high);
    say(o, in.key,
        (struct tr_fill[]){
            {"low", tr_buf_slice(&low)}, {"high", tr_buf_slice(&high)}, {NULL, {NULL, 0}}});
    if (strcmp(in.key, "outlook.expected.unknown") != 0)
        say(o, "outlook.expected.no_promise", NULL);
    tr_buf_clear(&low);
    tr_buf_clear(&high);
}

void tr_placement_explain(const struct tr_certificate *c, uint32_t referral,
                          const struct tr_expected_wait *wait, enum tr_lang lang,
                          struct tr_buf *out)
{
    struct outlook o = outlook_of(c, referral, lang, out);

    tell_heading(&o);
    tr_placement_explain_reasons(c, referral, lang, out);
    if (wait && tr_str_is(o.got->decision, "waiting") && !tr_str_is(o.got->reason, "parked") &&
        !waits_again(&o))
        tell_expected(&o, wait);
    say(&o, "outlook.contact",
        (struct tr_fill[]){{"intake", tr_profile_value(o.profile, "intake_name")},
                           {"phone", tr_profile_value(o.profile, "intake_phone")},
                           {"hours", tr_profile_value(o.profile, "intake_hours")},
                           {NULL, {NULL, 0}}});
}

enum tr_code tr_placement_explain_find(const struct tr_certificate *c, const struct tr_placement *p,
                                       uint32_t *referral)
{
    int i = tr_records_find(&c->round.referrals, p->id);
    const struct tr_placement *proved;

    if (i < 0)
        return TR_E_NO_REFERRAL;
    *referral = (uint32_t)i;
    proved = tr_placement(&c->placements, *referral);
    return tr_str_eq(p->decision, proved->decision) && tr_str_eq(p->reason, proved->reason) &&
                   tr_str_eq(p->institution_id, proved->institution_id)
               ? TR_OK
               : TR_E_RESULT_DIFFERS;
}
