/* Every sentence of every shipped letter can be traced to facts that are known. Each row of
 * letters.csv names what it claims; here letters are made with each of those things known and
 * unknown, and a sentence may stand in one only when all that it claims is known. What is known is
 * worked out here anew. The other way round, no row is dead: each stands in some letter. */
#include "made.h"

#include "doc/content/letter.h"
#include "domain/routine/decision.h"

static const char *const folders[] = {PROFILE, "share/profiles/sandnes", "share/skeleton"};

static const struct {
    const char *decision, *reason, *detail;
    int32_t rank;
} answers[] = {
    {"placed", "wish", "", 2},   {"placed", "wish", "", -1},        {"placed", "place", "", -1},
    {"waiting", "full", "", -1}, {"ineligible", "municipality", "", -1}, {"ineligible", "sex", "", -1},
    {"ineligible", "several", "rules=sex|municipality", -1},
    {"ask", "facts", "ask=sex|wheelchair|institution.age", -1}, {"ask", "facts", "ask=institution.sex", -1},
    {"granted", "", "", -1},     {"partly", "", "", -1}, /* of what the log tells */
    {"not_granted", "", "", -1}, {"refused", "", "", -1},
    {"home_waiting", "interim", "", -1}, {"home_questions", "interim", "", -1},
    {"expired", "wish", "", 2},  {"declined", "place", "", -1}, /* what became of the offer of a place */
};

enum {
    NAME = 1,
    FROM = 2,
    TO = 4,
    ADDRESS = 8,
    PHONE = 16,
    RECEIVED = 32,
    EXPLANATION = 64,
    CASE_WORKER = 128,
    PLACE = 256,
    LEVEL = 512,
    DECLINED = 1024, /* one place that opens again, and one that does not */
    OPEN = 2048,     /* the offer is not answered yet, or was not in time */
    ALL = 4095
};

/* A letter to be made. */
static struct {
    struct tr_profile *p;
    struct tr_placement placement;
    struct tr_institution institution;
    struct tr_letter letter;
    struct tr_records stays, institutions;
    struct tr_again again;
    uint32_t known;
    int level; /* entry of the list */
    int kind;  /* of what the log tells, row of decisions.csv and 1 more; 0: it is about a place */
} l;

/* Declined for no reason told, and a lapsed offer that is open again in a month. */
static struct tr_stay declined[2];
static struct tr_institution place[2] = {{.id = TR_STR("I-1"), .name = TR_STR("Solbakken")},
                                         {.id = TR_STR("I-2"), .name = TR_STR("Granly")}};

static void set_up_declined(void)
{
    declined[0] = (struct tr_stay){.referral_id = TR_STR("R-2026-0001"),
                                   .status = TR_STAY_DECLINED,
                                   .decline_reason = -1,
                                   .from = day_read("2026-11-01"),
                                   .to = day_read("2026-11-10"),
                                   .to_expected = TR_NO_DAY};
    declined[1] = declined[0];
    declined[1].status = TR_STAY_EXPIRED;
    declined[1].institution = 1;
    l.stays = (struct tr_records){.record = (char *)declined, .n = 2};
    l.institutions = (struct tr_records){.record = (char *)place, .n = 2};
    l.again = (struct tr_again){.expired = {.after = {.days = 30}}, .offer_days = 7};
}

static bool is_of_place(const char *decision)
{
    return strcmp(decision, "placed") == 0 || strcmp(decision, "expired") == 0 ||
           strcmp(decision, "declined") == 0;
}

static void set_up(size_t answer, uint32_t known, int level)
{
    bool placed = is_of_place(answers[answer].decision);

    l.known = known;
    l.kind = 0;
    l.level = level;
    set_up_declined();
    l.placement = (struct tr_placement){.id = TR_STR("R-2026-0001"),
                                        .decision = tr_str(answers[answer].decision),
                                        .reason = tr_str(answers[answer].reason),
                                        .detail = tr_str(answers[answer].detail),
                                        .wish_rank = answers[answer].rank};
    l.institution = (struct tr_institution){
        .name = TR_STR("Solbakken"),
        .address = tr_str(known & ADDRESS ? "Testveien 1" : ""),
        .phone = tr_str(known & PHONE ? "00 00 00 01" : ""),
        .service_level = known & LEVEL ? level : -1,
    };
    l.letter = (struct tr_letter){
        .placement = &l.placement,
        .says = tr_str(answers[answer].decision),
        .stays = known & DECLINED ? &l.stays : NULL,
        .institutions = &l.institutions,
        .again = &l.again,
        .institution = placed && known & PLACE ? &l.institution : NULL,
        .name = tr_str(known & NAME ? "Grønn Gran" : ""),
        .case_worker = tr_str(known & CASE_WORKER ? "Frisk Hei" : ""),
        .day = day_read("2026-11-21"),
        .from = known & FROM ? day_read("2026-12-01") : TR_NO_DAY,
        .answer_by = known & OPEN ? day_read("2026-11-27") : TR_NO_DAY,
        .to = known & TO ? day_read("2027-03-01") : TR_NO_DAY,
        .received = known & RECEIVED ? day_read("2026-08-03") : TR_NO_DAY,
        .service_levels = known & LEVEL ? UINT64_C(1) << level : 0,
        .explanation = tr_str(known & EXPLANATION ? "Forklaring av utfallet.\n" : ""),
    };
}

/* Whether there is one kind of decision for all that the level may be. */
static bool kind_is_known(void)
{
    const struct tr_list *levels = tr_profile_list(l.p, "service_level");
    bool same = true;

    if (l.kind || l.known & LEVEL)
        return true;
    for (int i = 1; i < levels->n; i++)
        same &= tr_decision_kind(l.p, 1) == tr_decision_kind(l.p, UINT64_C(1) << i);
    return same;
}

static bool is_known(struct tr_str fact)
{
    static const struct {
        const char *name;
        uint32_t needs;
    } facts[] = {{"general", 0},   {"referral_id", 0},   {"day", 0},
                 {"decision", 0},  {"reason", 0},        {"why", 0},
                 {"name", NAME},   {"to", TO},           {"from", FROM},   {"answer_by", OPEN},
                 {"received", RECEIVED}, {"explanation", EXPLANATION}, {"case_worker", CASE_WORKER},
                 {"institution.name", PLACE}, {"institution.address", PLACE | ADDRESS},
                 {"institution.phone", PLACE | PHONE},
                 {"declined.again", DECLINED}, {"declined.never", DECLINED}};
    static const char *const of_kind[] = {"kind",         "decides",  "law",
                                          "complaint_law", "complaint_to", "instance",
                                          "complaint_within", "complaint_by"};

    if (fact.len > 8 && memcmp(fact.p, "profile.", 8) == 0)
        return true;
    if (tr_str_is(fact, "wish_rank"))
        return l.placement.wish_rank > 0;
    if (tr_str_is(fact, "questions"))
        return l.placement.detail.len > 0 && memcmp(l.placement.detail.p, "ask=sex", 7) == 0;
    if (tr_str_is(fact, "rules")) /* known where one decides, or several do */
        return strcmp(show(l.placement.decision), "ineligible") == 0;
    if (tr_str_is(fact, "asks_places"))
        return l.placement.detail.len > 0 &&
               memmem(l.placement.detail.p, l.placement.detail.len, "institution.", 12) != NULL;
    for (size_t i = 0; i < COUNT(of_kind); i++)
        if (tr_str_is(fact, of_kind[i]))
            return kind_is_known();
    for (size_t i = 0; i < COUNT(facts); i++)
        if (tr_str_is(fact, facts[i].name))
            return (l.known & facts[i].needs) == facts[i].needs;
    ck_abort_msg("a row needs {%.*s}, of which this test does not know when it is known",
                 (int)fact.len, fact.p);
    return false;
}

/* ---- rows ---- */

static struct tr_str cell(uint32_t row, const char *column)
{
    const struct tr_table *t = &l.p->table[TR_T_LETTERS];

    return tr_table_cell(t, row, tr_table_column(t, column));
}

/* Takes a {name} off rest; before: the text before it. */
static bool next_name(struct tr_str *rest, struct tr_str *before, struct tr_str *name)
{
    const char *open = rest->len ? memchr(rest->p, '{', rest->len) : NULL;
    const char *close = open ? memchr(open, '}', rest->len - (size_t)(open - rest->p)) : NULL;

    *before = *rest;
    if (!close)
        return false;
    before->len = (size_t)(open - rest->p);
    *name = (struct tr_str){open + 1, (size_t)(close - open) - 1};
    *rest = tr_str_from(*rest, (size_t)(close + 1 - rest->p));
    return true;
}

/* Whether all that a row claims and shows is known. */
static bool is_traced(uint32_t row, const char *column)
{
    struct tr_str needs = cell(row, "needs"), text = cell(row, column), before, name;

    ck_assert_msg(needs.len > 0, "row %u says not what it claims", row + 2);
    while (needs.len > 0 && tr_str_part(&needs, '|', &name))
        if (!is_known(name))
            return false;
    while (next_name(&text, &before, &name))
        if (!is_known(name))
            return false;
    return true;
}

/* Words by which the row is known again: the longest piece of its text between {names}. */
static struct tr_str words_of(uint32_t row, const char *column)
{
    struct tr_str text = cell(row, column), before, name, best = {"", 0};
    bool more = true;

    while (more) {
        more = next_name(&text, &before, &name);
        if (before.len > best.len)
            best = before;
    }
    return best;
}

static bool holds_text(struct tr_str text, struct tr_str words)
{
    return text.len > 0 && memmem(text.p, text.len, words.p, words.len) != NULL;
}

/* ---- letters ---- */

/* The text of the letter; false: none is made. */
static bool make(enum tr_lang lang, struct tr_buf *out)
{
    struct tr_document d;
    struct tr_err err;
    int rc;

    tr_document_start(&d, l.p, lang, l.placement.id, TR_STR("Etaten"), TR_STR("2026-11-21"));
    rc = tr_letter_make(&d, &l.letter, &err);
    if (rc < 0)
        ck_assert_int_eq(err.code, TR_E_LETTER);
    for (uint32_t i = 0; rc == 0 && i < d.n; i++) {
        tr_buf_str(out, d.node[i].text);
        tr_buf_char(out, '\n');
    }
    tr_document_clear(&d);
    return rc == 0;
}

/* Whether a cell of decisions.csv has the words. */
static bool of_decisions(struct tr_str words)
{
    const struct tr_table *t = &l.p->table[TR_T_DECISIONS];

    for (uint32_t r = 0; r < t->n_rows; r++)
        for (int c = 0; c < (int)t->n_columns; c++)
            if (holds_text(tr_table_cell(t, r, c), words))
                return true;
    return false;
}

/* No words stand in the letter but those of a row of its decision whose claims are known. */
static void check_letter(struct tr_str text, enum tr_lang lang, bool *seen)
{
    const char *column = lang == TR_NB ? "text_nb" : lang == TR_NN ? "text_nn" : "text_en";
    uint32_t n = l.p->table[TR_T_LETTERS].n_rows;

    for (uint32_t r = 0; r < n; r++) {
        struct tr_str words = words_of(r, column);
        bool traced = false;

        if (words.len < 4 || !holds_text(text, words))
            continue;
        for (uint32_t other = 0; other < n && !traced; other++)
            traced = tr_list_place(cell(other, "decision"), l.placement.decision) > 0 &&
                     holds_text(cell(other, column), words) && is_traced(other, column);
        if (!traced && of_decisions(words))
            continue; /* words that a cell of the kind has brought */
        ck_assert_msg(traced, "%s, known %x: ‘%.*s’ is told though not known", show(l.placement.decision),
                      l.known, (int)words.len, words.p);
        seen[r] |= tr_list_place(cell(r, "decision"), l.placement.decision) > 0;
    }
    ck_assert(text.len == 0 || !memchr(text.p, '{', text.len));
}

/* Whether there can be a letter: all is known that it cannot be without. */
static bool must_be(void)
{
    const struct tr_str decision = l.placement.decision;
    bool placed = tr_str_is(decision, "placed"), ended = tr_str_is(decision, "expired") || tr_str_is(decision, "declined");

    if (ended)
        return l.known & PLACE;
    if (l.kind)
        return tr_str_is(l.placement.decision, "granted") ||
               tr_str_is(l.placement.decision, "home_waiting") || l.known & EXPLANATION;
    if (tr_str_is(l.placement.decision, "ask"))
        return true;
    return (!placed || l.known & PLACE) && kind_is_known();
}

/* Takes a kind that the log tells of, in turn, when the answer is one of these and the profile has it.
 * False: it does not. */
static bool set_kind(uint32_t turn)
{
    uint32_t n = l.p->table[TR_T_DECISIONS].n_rows;

    if (tr_list_code(tr_profile_list(l.p, "decision"), l.placement.decision) >= 0 ||
        tr_list_code(tr_profile_list(l.p, "status"), l.placement.decision) >= 0)
        return true;
    if (tr_list_code(tr_profile_list(l.p, "event_detail"), l.placement.decision) < 0)
        return false;
    for (uint32_t i = 0; i < n && !l.kind; i++)
        if (tr_decision_cell(l.p, (int)((turn + i) % n), "steps", -1).len > 0)
            l.kind = (int)((turn + i) % n) + 1;
    l.letter.logged = l.kind;
    ck_assert_int_gt(l.kind, 0);
    return true;
}

#ifdef __SANITIZE_ADDRESS__ /* make unit tries all that may be known and not */
enum { STEP = 5 };
#else
enum { STEP = 1 };
#endif

static void check_profile(const char *folder)
{
    struct tr_profile p;
    struct tr_err err;
    bool seen[512] = {false};
    int levels;

    ck_assert_msg(tr_profile_load(&p, folder, TEXTS, &err) == 0, "%s", folder);
    l.p = &p;
    ck_assert_uint_lt(p.table[TR_T_LETTERS].n_rows, COUNT(seen));
    levels = tr_profile_list(&p, "service_level")->n;
    for (size_t a = 0; a < COUNT(answers); a++)
        for (uint32_t known = (uint32_t)a % STEP; known <= ALL; known += STEP) {
            enum tr_lang lang = (enum tr_lang)((known + a) % TR_N_LANGS); /* each in its turn */
            struct tr_buf text = {0};

            if (known & OPEN && !is_of_place(answers[a].decision))
                continue; /* the same as without */
            set_up(a, known, (int)(known / 3 + a) % levels);
            if (!set_kind(known / 5))
                continue;
            ck_assert_msg(make(lang, &text) == must_be(), "%s: %s letter for %s, known %x", folder,
                          must_be() ? "no" : "a", answers[a].decision, known);
            check_letter(tr_buf_slice(&text), lang, seen);
            tr_buf_clear(&text);
        }
    for (uint32_t r = 0; r < p.table[TR_T_LETTERS].n_rows; r++)
        ck_assert_msg(seen[r] || words_of(r, "text_nb").len < 4, "%s: row %u is in no letter", folder,
                      r + 2);
    tr_profile_clear(&p);
}

START_TEST(traced)
{
    for (size_t i = 0; i < COUNT(folders); i++)
        check_profile(folders[i]);
}
END_TEST

/* ---- the law ---- */

/* The law, the time and who decides on complaints, of each kind of place. */
START_TEST(law)
{
    static const struct {
        const char *folder, *level, *kind, *within, *instance, *complaint_by;
    } want[] = {
        {PROFILE, "akutt", "institution_place", "P4W", "Statsforvalteren", "2026-12-21"},
        {PROFILE, "omsorg", "institution_place", "P4W", "Statsforvalteren", "2026-12-21"},
        {PROFILE, "", "institution_place", "P4W", "Statsforvalteren", "2026-12-21"},
        {"share/profiles/sandnes", "omsorg", "institution_place", "P4W",
         "Statsforvalteren i Rogaland", "2026-12-21"},
        {"share/profiles/sandnes", "smaahus", "municipal_home", "P3W", "kommunens klagenemnd",
         "2026-12-14"},
        {"share/profiles/sandnes", "bokollektiv", "municipal_home", "P3W", "kommunens klagenemnd",
         "2026-12-14"},
        {"share/profiles/sandnes", "akutten", "temporary_housing", "P3W",
         "Statsforvalteren i Rogaland", "2026-12-14"},
        {"share/profiles/sandnes", "", "", "", "", "-"},
        {"share/skeleton", "institusjon", "institution_place", "P4W", "Statsforvalteren",
         "2026-12-21"},
    };

    for (size_t i = 0; i < COUNT(want); i++) {
        struct tr_profile p;
        struct tr_err err;
        uint64_t level;
        int kind;

        ck_assert_int_eq(tr_profile_load(&p, want[i].folder, TEXTS, &err), 0);
        ck_assert(tr_list_codes(tr_profile_list(&p, "service_level"), tr_str(want[i].level), &level));
        kind = tr_decision_kind(&p, level);
        ck_assert_str_eq(show(tr_decision_cell(&p, kind, "code", -1)), want[i].kind);
        ck_assert_str_eq(show(tr_decision_cell(&p, kind, "complaint_within", -1)), want[i].within);
        ck_assert_str_eq(show(tr_decision_cell(&p, kind, "instance", TR_NB)), want[i].instance);
        ck_assert_str_eq(day_shown(tr_decision_complaint_by(&p, kind, day_read("2026-11-21"))),
                         want[i].complaint_by);
        ck_assert_uint_gt(tr_decision_unread(&p), 0); /* no lawyer has read any so far */
        tr_profile_clear(&p);
    }
}
END_TEST

MAIN("letter_facts", {traced}, {law})
