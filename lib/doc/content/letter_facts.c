#include "doc/content/letter_own.h"

#include <string.h>

#include "base/calendar.h"
#include "base/text.h"
#include "doc/text/show.h"
#include "domain/routine/decision.h"

static const struct tr_placement *placement_of(const struct tr_letter_source *s)
{
    return s->letter->placement;
}

static void add_label(const struct tr_letter_source *s, const char *list_name, struct tr_str code,
                      struct tr_buf *out)
{
    const struct tr_list *list = tr_profile_list(s->profile, list_name);
    int i = list ? tr_list_code(list, code) : -1;

    tr_buf_str(out, i < 0 ? code : list->entry[i].label[s->lang]);
}

/* The sentence of the toolkit or the municipality called prefix and name. */
static struct tr_str text_of(const struct tr_letter_source *s, const char *prefix,
                             struct tr_str name)
{
    struct tr_buf key = {0};
    struct tr_str text = {"", 0};

    tr_buf_text(&key, prefix);
    tr_buf_str(&key, name);
    if (tr_buf_z(&key))
        text = tr_profile_text(s->profile, tr_buf_z(&key), s->lang);
    tr_buf_clear(&key);
    return text;
}

/* ---- the referral and its answer ---- */

static void add_referral(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_buf_str(out, placement_of(s)->id);
}

static void add_day(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(s->letter->day, s->lang, out);
}

static void add_received(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(s->letter->received, s->lang, out);
}

static void add_decision(const struct tr_letter_source *s, struct tr_buf *out)
{
    add_label(s, s->letter->logged ? "event_detail" : "decision", placement_of(s)->decision, out);
}

/* What stands behind a word such as ask= in the detail of the placement. */
static struct tr_str of_detail(const struct tr_letter_source *s, const char *word)
{
    struct tr_str rest = placement_of(s)->detail, part;
    size_t n = strlen(word);

    while (!s->letter->logged && rest.len > 0 && tr_str_part(&rest, ' ', &part))
        if (part.len > n && memcmp(part.p, word, n) == 0)
            return tr_str_from(part, n);
    return (struct tr_str){"", 0};
}

/* That of the placement, but `several` where another rule than the one given keeps the person from
 * some institution by itself: results of before there was that reason gave one of them. */
static struct tr_str reason_of(const struct tr_letter_source *s)
{
    struct tr_str reason = placement_of(s)->reason, opens = of_detail(s, "opens="), rule;

    while (opens.len > 0 && tr_str_part(&opens, '|', &rule))
        if (!tr_str_eq(rule, reason))
            return TR_STR("several");
    return reason;
}

static void add_reason(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->logged)
        return;
    add_label(s, "reason", reason_of(s), out);
}

/* What placement_rules.csv says in a column of a rule; empty when there is no such rule. */
static struct tr_str of_rule(const struct tr_letter_source *s, struct tr_str rule,
                             const char *column)
{
    const struct tr_table *rules = &s->profile->table[TR_T_PLACEMENT_RULES];

    for (uint32_t r = 0; r < rules->n_rows; r++)
        if (tr_str_eq(tr_table_cell(rules, r, tr_table_column(rules, "rule")), rule))
            return tr_table_cell(rules, r, tr_lang_column(rules, column, s->lang));
    return (struct tr_str){"", 0};
}

static bool has_rule(const struct tr_letter_source *s, struct tr_str rule)
{
    struct tr_str given = placement_of(s)->reason;

    if (s->letter->logged)
        return false;
    return tr_str_eq(given, rule) || tr_list_place(of_detail(s, "rules="), rule) > 0 ||
           tr_list_place(of_detail(s, "opens="), rule) > 0;
}

/* Adds what placement_rules.csv says in a column of the rules that decide, each behind the separator. */
static void add_of_rules(const struct tr_letter_source *s, const char *column, const char *separator,
                         struct tr_buf *out)
{
    const struct tr_table *rules = &s->profile->table[TR_T_PLACEMENT_RULES];
    const int name = tr_table_column(rules, "rule");

    for (uint32_t r = 0; r < rules->n_rows; r++) {
        struct tr_str rule = tr_table_cell(rules, r, name);

        if (!has_rule(s, rule))
            continue;
        tr_buf_text(out, out->len > 0 ? separator : "");
        if (column)
            tr_buf_str(out, tr_table_cell(rules, r, tr_lang_column(rules, column, s->lang)));
        else
            add_label(s, "reason", rule, out);
    }
}

static void add_rules(const struct tr_letter_source *s, struct tr_buf *out)
{
    struct tr_buf all = {0};

    add_of_rules(s, NULL, ", ", &all);
    tr_buf_str(out, tr_buf_slice(&all));
    out->failed |= all.failed;
    tr_buf_clear(&all);
}

/* Adds the sentence for the reason: that of the rule in placement_rules.csv, else of texts.csv; where
 * several decide together, those of all. */
static void add_why(const struct tr_letter_source *s, struct tr_buf *out)
{
    struct tr_str reason = reason_of(s), why = of_rule(s, reason, "why");
    struct tr_buf all = {0};

    if (s->letter->logged)
        return;
    tr_buf_str(&all, why.len > 0 ? why : text_of(s, "letter.why.", reason));
    if (tr_str_is(reason, "several"))
        add_of_rules(s, "why", " ", &all);
    tr_buf_str(out, tr_buf_slice(&all));
    out->failed |= all.failed;
    tr_buf_clear(&all);
}

static void add_wish_rank(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (placement_of(s)->wish_rank > 0)
        tr_buf_num(out, placement_of(s)->wish_rank);
}

static void add_person(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_letter_add_name(s->profile, tr_letter_greeted(s->letter->name), out);
}

static void add_case_worker(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_buf_str(out, s->letter->case_worker);
}

static void add_explanation(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_buf_str(out, s->letter->explanation);
}

static bool has_decision(const struct tr_letter_source *s, struct tr_str code)
{
    return tr_str_eq(placement_of(s)->decision, code);
}

static bool has_reason(const struct tr_letter_source *s, struct tr_str code)
{
    return tr_str_eq(reason_of(s), code);
}

/* ---- what is asked ---- */

/* The rules whose facts a placement asks for: what stands behind ask= in its detail. */
struct tr_str tr_letter_asked(const struct tr_letter_source *s)
{
    return of_detail(s, "ask=");
}

/* Whether it is the place that must answer. */
static bool asks_place(struct tr_str asked)
{
    static const char of_place[] = "institution.";

    return asked.len >= sizeof of_place - 1 && memcmp(asked.p, of_place, sizeof of_place - 1) == 0;
}

bool tr_letter_next_question(const struct tr_letter_source *s, struct tr_str *rest,
                             struct tr_str *question)
{
    struct tr_str asked;

    while (rest->len > 0 && tr_str_part(rest, '|', &asked)) {
        *question = of_rule(s, asked, "ask");
        if (question->len == 0)
            *question = tr_profile_label(s->profile, asked, s->lang);
        if (question->len > 0 && !asks_place(asked))
            return true;
    }
    return false;
}

static void add_asks_places(const struct tr_letter_source *s, struct tr_buf *out)
{
    struct tr_str rest = tr_letter_asked(s), asked;

    while (rest.len > 0 && out->len == 0 && tr_str_part(&rest, '|', &asked))
        if (asks_place(asked))
            tr_buf_str(out, tr_profile_text(s->profile, "outlook.asks_places", s->lang));
}

static void add_questions(const struct tr_letter_source *s, struct tr_buf *out)
{
    struct tr_str rest = tr_letter_asked(s), question;

    for (bool first = true; tr_letter_next_question(s, &rest, &question); first = false) {
        if (!first)
            tr_buf_char(out, ' ');
        tr_buf_str(out, question);
    }
}

/* ---- the place ---- */

static void add_name(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_buf_str(out, s->letter->institution->name);
}

static void add_address(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_buf_str(out, s->letter->institution->address);
}

static void add_phone(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_buf_str(out, s->letter->institution->phone);
}

static void add_stay_types(const struct tr_letter_source *s, struct tr_buf *out)
{
    if (s->letter->institution)
        tr_show_labels(tr_profile_list(s->profile, "stay_type"), s->letter->institution->stay_types,
                       s->lang, out);
}

static bool has_stay_type(const struct tr_letter_source *s, struct tr_str code)
{
    int i = tr_list_code(tr_profile_list(s->profile, "stay_type"), code);

    return i >= 0 && s->letter->institution && s->letter->institution->stay_types >> i & 1;
}

static void add_from(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(s->letter->from, s->lang, out);
}

/* The last day that counts; where an answer is still asked for and nobody is at work on that day, the last
 * working day before it, too: the day after, the offer has lapsed. */
static void add_answer_by(const struct tr_letter_source *s, struct tr_buf *out)
{
    const struct tr_letter *l = s->letter;
    int32_t before = l->answer_by == TR_NO_DAY ? TR_NO_DAY : tr_working_day_until(l->answer_by);
    struct tr_buf day = {0};

    tr_show_day(l->answer_by, s->lang, out);
    if (before == TR_NO_DAY || before == l->answer_by || before < l->day ||
        !tr_str_is(l->says, "placed"))
        return;
    tr_show_day(before, s->lang, &day);
    tr_buf_text(out, " (");
    tr_text_fill(tr_profile_text(s->profile, "letter.answer_before", s->lang),
                 (struct tr_fill[]){{"day", tr_buf_slice(&day)}, {NULL, {NULL, 0}}}, out);
    tr_buf_char(out, ')');
    out->failed |= day.failed;
    tr_buf_clear(&day);
}

static void add_to(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(s->letter->to, s->lang, out);
}

/* Whether the stay is of the person to whom the letter goes, under this referral or another. */
static bool is_theirs(const struct tr_letter *l, const struct tr_stay *stay)
{
    return l->cases ? tr_cases_same(l->cases, stay->referral_id, l->placement->id)
                    : tr_str_eq(stay->referral_id, l->placement->id);
}

/* Whether the institution of stay i is closed to the person on the day of the letter, by the strictest of
 * their answers; *open: until when, or TR_NO_DAY. False too where an earlier stay has told of it. */
static bool closed_first(const struct tr_letter *l, uint32_t i, int32_t *open)
{
    const int32_t at = tr_stay(l->stays, i)->institution;
    bool closed = false;

    *open = l->day;
    for (uint32_t k = 0; k < l->stays->n; k++) {
        const struct tr_stay *stay = tr_stay(l->stays, k);
        int32_t day;

        if (stay->institution != at || !is_theirs(l, stay) ||
            !tr_again_from(l->again, stay, l->day, &day) || (day != TR_NO_DAY && day <= l->day))
            continue;
        if (k < i)
            return false;
        closed = true;
        if (day == TR_NO_DAY || (*open != TR_NO_DAY && day > *open))
            *open = day;
    }
    return closed;
}

/* Adds the places that the person declined, or let an offer of lapse, and that are closed on the day of the letter: those that open again, each with the day, or those that do
 * not. */
static void add_closed(const struct tr_letter_source *s, bool opens, struct tr_buf *out)
{
    const struct tr_letter *l = s->letter;
    size_t from = out->len;
    int32_t open;

    for (uint32_t i = 0; l->stays && i < l->stays->n; i++) {
        const struct tr_stay *stay = tr_stay(l->stays, i);

        if (!is_theirs(l, stay) || stay->institution < 0 || !closed_first(l, i, &open) ||
            (open != TR_NO_DAY) != opens)
            continue;
        tr_buf_text(out, out->len > from ? ", " : "");
        tr_buf_str(out, tr_institution(l->institutions, (uint32_t)stay->institution)->name);
        if (opens) {
            tr_buf_char(out, ' ');
            tr_buf_str(out, tr_profile_text(s->profile, "letter.again", s->lang));
            tr_buf_char(out, ' ');
            tr_show_day(open, s->lang, out);
        }
    }
}

static void add_open_again(const struct tr_letter_source *s, struct tr_buf *out)
{
    add_closed(s, true, out);
}

static void add_not_again(const struct tr_letter_source *s, struct tr_buf *out)
{
    add_closed(s, false, out);
}

/* ---- the law ---- */

/* That of the institution, else of what the referral asks for. */
int tr_letter_kind(const struct tr_profile *p, const struct tr_letter *letter)
{
    const struct tr_institution *i = letter->institution;

    if (letter->logged)
        return letter->logged - 1;
    return tr_decision_kind(p, i && i->service_level >= 0 ? UINT64_C(1) << i->service_level
                                                          : letter->service_levels);
}

static int kind_of(const struct tr_letter_source *s)
{
    return tr_letter_kind(s->profile, s->letter);
}

static void add_of_kind(const struct tr_letter_source *s, const struct tr_letter_fact *fact,
                        struct tr_buf *out)
{
    tr_buf_str(out, tr_decision_cell(s->profile, kind_of(s), fact->cell, (int)s->lang));
}

static bool has_kind(const struct tr_letter_source *s, struct tr_str code)
{
    int kind = kind_of(s);

    return kind >= 0 && tr_str_eq(tr_decision_cell(s->profile, kind, "code", -1), code);
}

/* In words, such as "four weeks": the text span.P4W. */
static void add_within(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_buf_str(out, text_of(s, "span.",
                            tr_decision_cell(s->profile, kind_of(s), "complaint_within", -1)));
}

static void add_complaint_by(const struct tr_letter_source *s, struct tr_buf *out)
{
    tr_show_day(tr_decision_complaint_by(s->profile, kind_of(s), s->letter->day), s->lang, out);
}

/* ---- all ---- */

static const struct tr_letter_fact facts[] = {
    {.name = TR_LETTER_GENERAL},
    {.name = "referral_id", .add = add_referral},
    {.name = "day", .add = add_day},
    {.name = "decision", .add = add_decision, .has = has_decision, .list = "decision"},
    {.name = "reason", .add = add_reason, .has = has_reason, .list = "reason"},
    {.name = "rules",
     .add = add_rules,
     .has = has_rule,
     .list = "reason",
     .known = TR_KNOWN_SOMETIMES},
    {.name = "why", .add = add_why},
    {.name = "questions", .add = add_questions, .known = TR_KNOWN_SOMETIMES},
    {.name = "asks_places", .add = add_asks_places, .known = TR_KNOWN_SOMETIMES},
    {.name = "wish_rank",
     .add = add_wish_rank,
     .known = TR_KNOWN_SOMETIMES,
     .also_name = "reason",
     .also_code = "wish"},
    {.name = "received", .add = add_received, .known = TR_KNOWN_SOMETIMES},
    {.name = "institution.name", .add = add_name, .known = TR_KNOWN_WITH_PLACE},
    {.name = "institution.address", .add = add_address, .known = TR_KNOWN_SOMETIMES},
    {.name = "institution.phone", .add = add_phone, .known = TR_KNOWN_SOMETIMES},
    {.name = "institution.stay_types",
     .add = add_stay_types,
     .has = has_stay_type,
     .list = "stay_type",
     .known = TR_KNOWN_SOMETIMES},
    {.name = "declined.again", .add = add_open_again, .known = TR_KNOWN_SOMETIMES},
    {.name = "declined.never", .add = add_not_again, .known = TR_KNOWN_SOMETIMES},
    {.name = "from", .add = add_from, .known = TR_KNOWN_WITH_PLACE},
    {.name = "answer_by", .add = add_answer_by, .known = TR_KNOWN_SOMETIMES},
    {.name = "to", .add = add_to, .known = TR_KNOWN_SOMETIMES},
    {.name = "name", .add = add_person, .known = TR_KNOWN_SOMETIMES},
    {.name = "case_worker", .add = add_case_worker, .known = TR_KNOWN_SOMETIMES},
    {.name = "kind",
     .cell = "label",
     .has = has_kind,
     .list = "decision_kind",
     .known = TR_KNOWN_WITH_KIND},
    {.name = "decides", .cell = "decides", .known = TR_KNOWN_WITH_KIND},
    {.name = "law", .cell = "law", .known = TR_KNOWN_WITH_KIND},
    {.name = "complaint_law", .cell = "complaint_law", .known = TR_KNOWN_WITH_KIND},
    {.name = "complaint_to", .cell = "complaint_to", .known = TR_KNOWN_WITH_KIND},
    {.name = "instance", .cell = "instance", .known = TR_KNOWN_WITH_KIND},
    {.name = "complaint_within", .add = add_within, .known = TR_KNOWN_WITH_KIND},
    {.name = "complaint_by", .add = add_complaint_by, .known = TR_KNOWN_WITH_KIND},
    {.name = "explanation", .add = add_explanation, .known = TR_KNOWN_SOMETIMES},
};
enum { N_FACTS = sizeof facts / sizeof *facts };

const struct tr_letter_fact *tr_letter_find(const struct tr_profile *p, struct tr_str name,
                                            struct tr_str *value)
{
    static const struct tr_letter_fact of_profile = {.name = "profile."};
    size_t prefix = strlen(of_profile.name);
    char key[64];

    for (int i = 0; i < N_FACTS; i++)
        if (tr_str_is(name, facts[i].name))
            return &facts[i];
    if (name.len <= prefix || memcmp(name.p, of_profile.name, prefix) != 0)
        return NULL;
    tr_err_copy(key, sizeof key, tr_str_from(name, prefix));
    *value = tr_profile_value(p, key);
    return value->len > 0 ? &of_profile : NULL;
}

void tr_letter_add(const struct tr_letter_source *s, const struct tr_letter_fact *fact,
                   struct tr_str value, struct tr_buf *out)
{
    if (fact && fact->cell)
        add_of_kind(s, fact, out);
    else if (fact && fact->add)
        fact->add(s, out);
    else if (fact)
        tr_buf_str(out, value);
}

bool tr_letter_knows(const struct tr_letter_source *s, struct tr_str name)
{
    struct tr_str value = {"", 0};
    const struct tr_letter_fact *fact = tr_letter_find(s->profile, name, &value);
    struct tr_buf text = {0};
    bool known;

    if (tr_str_is(name, TR_LETTER_GENERAL))
        return true;
    tr_letter_add(s, fact, value, &text);
    known = text.len > 0;
    tr_buf_clear(&text);
    return known;
}

int tr_letter_unknown(struct tr_str name, struct tr_err *err)
{
    char text[64];

    tr_err_copy(text, sizeof text, name);
    return tr_err_set(err, TR_E_LETTER, text, NULL, NULL);
}
