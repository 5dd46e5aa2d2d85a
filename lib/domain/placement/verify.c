/* Proves from a certificate alone that its placements had to come out as they did. It shares the
 * rules of placement with the search, and how they are asked (rulings.h); nothing else.
 *
 * Problem. "Nobody else could have been placed" speaks of all possible placements; trying them all
 * is out of the question, and trusting the program that searched is what a certificate is to avoid.
 *
 * Idea. The certificate lists institutions in levels, lowest first. Each boundary between two
 * levels carries the person whose search failed there (since), and how it was found: while placing,
 * or while wishes were met. A boundary proves something by counting: the institutions below it are
 * full, and the people in them cannot go above it. Then nobody else fits in below, in any placement
 * that keeps those people placed.
 *
 * What is checked of each person and option, under placed first:
 * - Somebody who waits, person p: all options are below one boundary that was found while placing
 * by the turn of p (since <= p), and are full of people who stand before p.
 * - Somebody placed below a boundary found placing stands before its since, and has no option above
 *   it. Below a boundary found while wishes were met, its since and those after it have no option
 *   above; those before may have one only if it, or what they have, is a wish of theirs.
 * - A better wish that was not met is below the person's own level, with a boundary between that
 * was closed by their turn. Every institution below the highest level is full, none is over full.
 *
 * Example. A and B have one place each; Per got A, Kari got B, Ola may go to A or B and waits. The
 * certificate says: level {A, B}, found placing, since Ola. Per and Kari stand before Ola, neither
 * has an option outside, A and B are full: two places, taken by two who can be nowhere else and
 * stand before Ola. So no placement has all three.
 *
 * Cost. A word operation for each rule, person and 64 institutions, and a few steps for each
 * option; a look-up of the minimum since over a run of levels takes two, from a table of levels *
 * log2(levels).
 *
 * Source. The boundaries are deficient sets in the sense of Hall 1935; stability of the other
 * policies as in Gale and Shapley 1962. How levels arise: match_placed.c. */
#include "domain/placement/verify_own.h"

#include <stdlib.h>

enum { NONE = TR_NOWHERE };

static void clear(struct claim *claim)
{
    uint32_t *each[] = {claim->where,   claim->count,           claim->last,    claim->level,
                        claim->since,   claim->least,           claim->options, claim->waits_for,
                        claim->closing, (uint32_t *)claim->wish};

    for (size_t e = 0; e < sizeof each / sizeof *each; e++)
        free(each[e]);
    free(claim->placing);
    free(claim->own);
    tr_rulings_clear(&claim->answers);
}

static const struct tr_candidate *candidate_of(const struct claim *claim, uint32_t person)
{
    return tr_candidate(&claim->round->referrals, person);
}

static const struct tr_institution *institution_of(const struct claim *claim, uint32_t institution)
{
    return tr_institution(&claim->round->places, institution);
}

static void fault_numbers(struct claim *claim, enum tr_code code, struct tr_str a, long long b,
                          long long d)
{
    struct tr_buf text[2] = {{0}, {0}};

    tr_buf_num(&text[0], b);
    tr_buf_num(&text[1], d);
    tr_claim_fault(claim, code, a, tr_buf_slice(&text[0]), tr_buf_slice(&text[1]));
    tr_buf_clear(&text[0]);
    tr_buf_clear(&text[1]);
}

static const struct tr_str nothing = {"", 0};

/* ---- the claim as numbers ---- */

static void check_order(struct claim *claim)
{
    for (uint32_t person = 1; person < claim->round->referrals.n; person++) {
        const struct tr_candidate *a = candidate_of(claim, person - 1),
                                  *b = candidate_of(claim, person);

        if (tr_candidate_seeks(a) != tr_candidate_seeks(b)
                ? tr_candidate_seeks(b)
                : tr_priority_compare(&claim->round->priority, a, b) >= 0)
            tr_claim_fault(claim, TR_E_ORDER, a->id, b->id, nothing);
    }
}

static void read_placements(struct claim *claim)
{
    const struct tr_records *rows = &claim->certificate->placements;

    if (rows->n != claim->round->referrals.n)
        fault_numbers(claim, TR_E_RESULT_DIFFERS, TR_STR("*"), claim->round->referrals.n, rows->n);
    for (uint32_t person = 0; person < claim->round->referrals.n; person++)
        claim->where[person] = NONE;
    for (uint32_t person = 0; person < claim->n_seeking; person++) {
        const struct tr_placement *row = person < rows->n ? tr_placement(rows, person) : NULL;
        int institution = row && row->institution_id.len
                              ? tr_records_find(&claim->round->places, row->institution_id)
                              : -1;

        claim->where[person] = institution < 0 ? NONE : (uint32_t)institution;
        if (institution >= 0)
            claim->count[institution]++;
    }
}

static int by_person(const void *a, const void *b)
{
    const struct own_rank *x = a, *y = b;

    return x->person != y->person
               ? (x->person > y->person) - (x->person < y->person)
               : (x->institution > y->institution) - (x->institution < y->institution);
}

static void read_own(struct claim *claim)
{
    for (uint32_t o = 0; o < claim->certificate->own.n; o++) {
        const struct tr_own_order *row =
            (const struct tr_own_order *)(const void *)claim->certificate->own.record + o;
        int person = tr_records_find(&claim->round->referrals, row->referral_id);
        int institution = tr_records_find(&claim->round->places, row->institution_id);

        if (person >= 0 && institution >= 0)
            claim->own[claim->n_own++] =
                (struct own_rank){(uint32_t)person, (uint32_t)institution, (uint32_t)row->rank};
    }
    qsort(claim->own, claim->n_own, sizeof *claim->own, by_person);
}

static uint32_t own_rank(const struct claim *claim, uint32_t person, uint32_t institution)
{
    const struct own_rank wanted = {person, institution, 0}, *found;

    if (claim->certificate->policy != TR_OWN_PRIORITIES)
        return 0;
    found = bsearch(&wanted, claim->own, claim->n_own, sizeof *claim->own, by_person);
    return found ? found->rank : NONE;
}

/* Whether a stands before b in the order of the institution. */
static bool stands_before(const struct claim *claim, uint32_t a, uint32_t b, uint32_t institution)
{
    uint32_t rank_a = own_rank(claim, a, institution), rank_b = own_rank(claim, b, institution);

    return rank_a != rank_b ? rank_a < rank_b : a < b;
}

static void find_last(struct claim *claim)
{
    for (uint32_t institution = 0; institution < claim->n_institutions; institution++)
        claim->last[institution] = NONE;
    for (uint32_t person = 0; person < claim->n_seeking; person++) {
        uint32_t institution = claim->where[person];

        if (institution != NONE &&
            (claim->last[institution] == NONE ||
             stands_before(claim, claim->last[institution], person, institution)))
            claim->last[institution] = person;
    }
}

/* ---- checks ---- */

static bool has_place(const struct claim *claim, uint32_t person)
{
    const struct tr_records *rows = &claim->certificate->placements;

    return person < rows->n && tr_placement(rows, person)->institution_id.len > 0;
}

/* A person has one place: of the referrals that share a token one counts, and one has a place at
 * most. */
static int check_persons(struct claim *claim)
{
    struct tr_dict counting = {.n = 0}, placed = {.n = 0};
    int rc = 0;

    for (uint32_t p = 0; rc >= 0 && p < claim->round->referrals.n; p++) {
        const struct tr_candidate *c = candidate_of(claim, p);
        int number = (int)p;

        if (c->person.len > 0 && c->counts == 1 &&
            (rc = tr_dict_add(&counting, c->person, &number)) > 0)
            tr_claim_fault(claim, TR_E_RESULT_DIFFERS, c->id, TR_STR("person"), nothing);
        number = (int)p;
        if (rc >= 0 && c->person.len > 0 && has_place(claim, p) &&
            (rc = tr_dict_add(&placed, c->person, &number)) > 0)
            tr_claim_fault(claim, TR_E_PERSON_TWICE, candidate_of(claim, (uint32_t)number)->id,
                           c->id, nothing);
    }
    for (uint32_t p = 0; rc >= 0 && p < claim->round->referrals.n; p++) {
        const struct tr_candidate *c = candidate_of(claim, p);

        if (c->person.len > 0 && c->counts != 1 && tr_dict_find(&counting, c->person) < 0)
            tr_claim_fault(claim, TR_E_RESULT_DIFFERS, c->id, TR_STR("person"), nothing);
    }
    tr_dict_clear(&counting);
    tr_dict_clear(&placed);
    return rc < 0 ? -1 : 0;
}

static void check_room(struct claim *claim)
{
    for (uint32_t institution = 0; institution < claim->n_institutions; institution++)
        if (claim->count[institution] > (uint32_t)institution_of(claim, institution)->vacant)
            fault_numbers(claim, TR_E_OVER_FULL, institution_of(claim, institution)->id,
                          claim->count[institution], institution_of(claim, institution)->vacant);
    for (uint32_t institution = 0; institution < claim->n_institutions; institution++)
        if (claim->certificate->policy == TR_PLACED_FIRST &&
            claim->level[institution] + 1 < claim->levels &&
            claim->count[institution] < (uint32_t)institution_of(claim, institution)->vacant)
            fault_numbers(claim, TR_E_NOT_FULL, institution_of(claim, institution)->id,
                          claim->count[institution], institution_of(claim, institution)->vacant);
}

/* Notes the wishes of the person; forget: takes them back. Of one named twice the first counts. */
static void note_wishes(struct claim *claim, uint32_t person, bool forget)
{
    struct tr_str rest = candidate_of(claim, person)->wishes, id;

    for (int32_t place = 1; rest.len > 0 && tr_str_part(&rest, '|', &id); place++) {
        int institution = tr_records_find(&claim->round->places, id);

        if (institution >= 0 && (forget || place < claim->wish[institution]))
            claim->wish[institution] = forget ? INT32_MAX : place;
    }
}

/* For somebody who prefers this option to what they have, or has nothing: the option must be full,
 * of people who stand before them. */
static void check_rather(struct claim *claim, uint32_t person, uint32_t institution)
{
    if (claim->count[institution] < (uint32_t)institution_of(claim, institution)->vacant)
        tr_claim_fault(claim, TR_E_PLACE_EMPTY, candidate_of(claim, person)->id,
                       institution_of(claim, institution)->id, nothing);
    else if (claim->last[institution] != NONE &&
             stands_before(claim, person, claim->last[institution], institution))
        tr_claim_fault(claim, TR_E_PASSED_OVER, candidate_of(claim, person)->id,
                       candidate_of(claim, claim->last[institution])->id,
                       institution_of(claim, institution)->id);
}

/* Placed first: checks the certificate against one option of the person. */
static void check_closed(struct claim *claim, uint32_t person, uint32_t institution)
{
    uint32_t here = claim->where[person], its_level = claim->level[institution],
             level = here == NONE ? 0 : claim->level[here], set;
    int32_t wish = claim->wish[institution], now = here == NONE ? INT32_MAX : claim->wish[here];
    bool open;

    if (here == NONE) { /* every option is in a set that was closed when their turn came */
        check_rather(claim, person, institution);
        set = claim->closing[its_level];
        open = set == NONE || claim->since[set] > person;
    } else { /* nobody below a boundary can go above it */
        set = claim->closing[level];
        open = (set != NONE && person >= claim->since[set]) ||
               (its_level > level && (tr_claim_closed_between(claim, level, its_level, person) ||
                                      (wish == INT32_MAX && now == INT32_MAX)));
    }
    if (open)
        tr_claim_fault(claim, TR_E_NOT_CLOSED, candidate_of(claim, person)->id,
                       here == NONE ? TR_STR("-") : institution_of(claim, here)->id,
                       institution_of(claim, institution)->id);
    if (wish < now && here != NONE && !tr_claim_closed_between(claim, its_level, level, person))
        tr_claim_fault(claim, TR_E_WISH_MISSED, candidate_of(claim, person)->id,
                       institution_of(claim, institution)->id, nothing);
}

/* The other policies are stable: no person and institution both prefer each other to what they got.
 */
static void check_stable(struct claim *claim, uint32_t person, uint32_t institution)
{
    uint32_t here = claim->where[person];
    int32_t now = here == NONE ? INT32_MAX : claim->wish[here], wish = claim->wish[institution];

    if (institution != here && (here == NONE || wish < now || (wish == now && institution < here)))
        check_rather(claim, person, institution);
}

static bool says(const struct tr_placement *row, const char *decision)
{
    return tr_str_is(row->decision, decision);
}

/* What became of somebody, against each institution: nobody is refused whom one might take, now or
 * on the day it opens again, nobody is asked who has an option, and a rule that is given as the reason
 * keeps them from somewhere; from everywhere, and by itself, where it is why they are refused. */
static void check_decision(struct claim *claim, uint32_t person, uint32_t options)
{
    struct tr_outlook all = {.n_open = 0};
    bool possible, waits;
    const struct tr_records *rows = &claim->certificate->placements;
    const struct tr_placement *row = person < rows->n ? tr_placement(rows, person) : NULL;
    int rule = 0;

    if (!row || claim->where[person] != NONE)
        return;
    if (options == 0)
        all = tr_rulings_outlook(&claim->answers);
    possible = options > 0 || all.n_open > 0;
    waits = options > 0 ||
            (!possible && tr_candidate_opens(candidate_of(claim, person), &claim->round->rules,
                                             &claim->round->places) != TR_NO_DAY);
    if (says(row, "ineligible") && possible)
        tr_claim_fault(claim, TR_E_REFUSED, row->id,
                       institution_of(claim, options > 0 ? claim->options[0] : all.first_open)->id,
                       nothing);
    else if (says(row, "waiting") != waits || says(row, "ineligible") == (possible || waits))
        tr_claim_fault(claim, TR_E_RESULT_DIFFERS, row->id, TR_STR("decision"), nothing);
    while (rule < TR_N_PLACE_RULES && !tr_str_is(row->reason, tr_place_rule_names[rule]))
        rule++;
    if (rule < TR_N_PLACE_RULES && (!(claim->answers.broken >> rule & 1) ||
                                    (says(row, "ineligible") && !possible && !waits &&
                                     all.decides != UINT32_C(1) << rule)))
        tr_claim_fault(claim, TR_E_REASON, row->id, row->reason, nothing);
}

/* The person's place must be an option. */
static void check_place(struct claim *claim, uint32_t person)
{
    uint32_t here = claim->where[person];
    struct tr_place_answer a;

    if (here == NONE || tr_rulings_option(&claim->answers, here))
        return;
    a = tr_place_rules_judge(&claim->round->rules, candidate_of(claim, person),
                             institution_of(claim, here));
    tr_claim_fault(claim, TR_E_NOT_ELIGIBLE, candidate_of(claim, person)->id,
                   institution_of(claim, here)->id,
                   tr_str(tr_place_rule_names[__builtin_ctz(a.broken | a.not_known | a.not_said)]));
}

static int check_person(struct claim *claim, uint32_t person)
{
    uint32_t n = 0;

    if (tr_rulings_ask(&claim->answers, candidate_of(claim, person)) < 0)
        return -1;
    for (size_t w = 0; w < claim->answers.words; w++)
        for (uint64_t bits = claim->answers.options[w]; bits; bits &= bits - 1)
            claim->options[n++] = (uint32_t)w * 64 + (uint32_t)__builtin_ctzll(bits);
    check_place(claim, person);
    check_decision(claim, person, n);
    note_wishes(claim, person, false);
    for (uint32_t o = 0; o < n; o++)
        if (claim->certificate->policy == TR_PLACED_FIRST)
            check_closed(claim, person, claim->options[o]);
        else
            check_stable(claim, person, claim->options[o]);
    note_wishes(claim, person, true);
    claim->options[claim->n_institutions] = n;
    return 0;
}

/* ---- rows ---- */

/* Names the member in which two rows differ. */
static void compare_rows(struct claim *claim, const struct tr_placement *is,
                         const struct tr_placement *should)
{
    const struct {
        const char *name;
        bool same;
    } parts[] = {
        {"referral_id", tr_str_eq(is->id, should->id)},
        {"decision", tr_str_eq(is->decision, should->decision)},
        {"institution_id", tr_str_eq(is->institution_id, should->institution_id)},
        {"wish_rank", is->wish_rank == should->wish_rank},
        {"priority", is->priority == should->priority},
        {"reason", tr_str_eq(is->reason, should->reason)},
        {"detail", tr_str_eq(is->detail, should->detail)},
    };

    for (size_t e = 0; e < sizeof parts / sizeof *parts; e++)
        if (!parts[e].same) {
            tr_claim_fault(claim, TR_E_RESULT_DIFFERS, should->id, tr_str(parts[e].name), nothing);
            return;
        }
}

static int check_row(struct claim *claim, uint32_t person, uint32_t options)
{
    struct tr_arena text = {0};
    struct tr_placement should;
    bool failed;

    if (person >= claim->certificate->placements.n)
        return 0;
    tr_placement_of(claim->round, person, claim->where[person], options, &claim->answers, &text,
                    &should);
    failed = text.failed;
    if (!failed)
        compare_rows(claim, tr_placement(&claim->certificate->placements, person), &should);
    tr_arena_clear(&text);
    return failed ? -1 : 0;
}

/* The certificate lists who waits because of which set; it must be the same list. */
static void check_unplaced(struct claim *claim)
{
    const struct tr_records *sets = &claim->certificate->closed_sets;
    uint32_t listed = 0, waiting = 0;

    for (uint32_t x = 0; x < sets->n; x++) {
        struct tr_str rest =
            ((const struct tr_closed_set *)(const void *)sets->record + x)->unplaced;
        struct tr_str id;

        while (rest.len > 0 && tr_str_part(&rest, '|', &id)) {
            int person = tr_records_find(&claim->round->referrals, id);

            listed++;
            if (person < 0 || (uint32_t)person >= claim->n_seeking ||
                claim->where[person] != NONE || claim->waits_for[person] != x)
                tr_claim_fault(claim, TR_E_RESULT_DIFFERS, id, TR_STR("unplaced"), nothing);
            else
                claim->waits_for[person] = NONE; /* each once */
        }
    }
    for (uint32_t person = 0; person < claim->n_seeking; person++)
        waiting += claim->waits_for[person] != NONE;
    if (waiting > 0)
        fault_numbers(claim, TR_E_RESULT_DIFFERS, TR_STR("unplaced"), listed + waiting, listed);
}

static int check_all(struct claim *claim)
{
    for (uint32_t person = 0; person < claim->round->referrals.n; person++) {
        uint32_t highest = NONE;

        if (person < claim->n_seeking) {
            if (check_person(claim, person) < 0)
                return -1;
            for (uint32_t o = 0;
                 o < claim->options[claim->n_institutions] && claim->where[person] == NONE; o++)
                if (highest == NONE || claim->level[claim->options[o]] > highest)
                    highest = claim->level[claim->options[o]];
            if (highest != NONE && claim->certificate->policy == TR_PLACED_FIRST &&
                claim->closing[highest] != NONE)
                highest = claim->closing[highest];
            claim->waits_for[person] = highest;
        }
        if (check_row(claim, person,
                      person < claim->n_seeking ? claim->options[claim->n_institutions] : 0) < 0)
            return -1;
    }
    if (claim->certificate->policy == TR_PLACED_FIRST)
        check_unplaced(claim);
    else if (claim->certificate->closed_sets.n > 0)
        tr_claim_fault(claim, TR_E_RESULT_DIFFERS, TR_STR("closed_sets"), nothing, nothing);
    return 0;
}

int tr_verify(const struct tr_certificate *certificate, const struct tr_listener *listener,
              struct tr_err *err)
{
    struct claim claim = {.certificate = certificate,
                          .round = &certificate->round,
                          .listener = listener,
                          .n_seeking = certificate->round.n_seeking,
                          .n_institutions = certificate->round.places.n,
                          .steps = 1};
    size_t people = certificate->round.referrals.n + (size_t)1,
           institutions = claim.n_institutions + (size_t)1;
    size_t levels = certificate->closed_sets.n + (size_t)1;
    bool memory = false;

    while (UINT32_C(1) << claim.steps <= levels)
        claim.steps++;
    claim.where = malloc(people * sizeof *claim.where);
    claim.waits_for = malloc(people * sizeof *claim.waits_for);
    claim.count = calloc(institutions, sizeof *claim.count);
    claim.last = malloc(institutions * sizeof *claim.last);
    claim.level = malloc(institutions * sizeof *claim.level);
    claim.options = malloc(institutions * sizeof *claim.options);
    claim.wish = malloc(institutions * sizeof *claim.wish);
    claim.since = calloc(levels, sizeof *claim.since);
    claim.placing = calloc(levels, sizeof *claim.placing);
    claim.closing = calloc(levels, sizeof *claim.closing);
    claim.least = malloc(levels * claim.steps * sizeof *claim.least);
    claim.own = malloc((certificate->own.n + (size_t)1) * sizeof *claim.own);
    if (claim.where && claim.waits_for && claim.count && claim.last && claim.level &&
        claim.options && claim.wish && claim.since && claim.placing && claim.closing &&
        claim.least && claim.own &&
        tr_rulings_init(&claim.answers, &claim.round->rules, &claim.round->places) == 0) {
        for (uint32_t i = 0; i < claim.n_institutions; i++)
            claim.wish[i] = INT32_MAX;
        check_order(&claim);
        read_placements(&claim);
        read_own(&claim);
        find_last(&claim);
        if (certificate->policy == TR_PLACED_FIRST) {
            tr_claim_read_levels(&claim);
            tr_claim_find_least(&claim);
        }
        memory = check_persons(&claim) == 0;
        check_room(&claim);
        memory &= check_all(&claim) == 0;
    }
    if (!memory)
        claim.faults = tr_err_memory(err);
    clear(&claim);
    return claim.faults;
}

int tr_verify_result(const struct tr_certificate *certificate, const struct tr_records *result,
                     const struct tr_listener *listener)
{
    struct claim claim = {
        .certificate = certificate, .round = &certificate->round, .listener = listener};
    uint32_t rows = certificate->placements.n < result->n ? certificate->placements.n : result->n;

    if (certificate->placements.n != result->n)
        fault_numbers(&claim, TR_E_RESULT_DIFFERS, TR_STR("*"), certificate->placements.n,
                      result->n);
    for (uint32_t row = 0; row < rows; row++)
        compare_rows(&claim, tr_placement(result, row),
                     tr_placement(&certificate->placements, row));
    return claim.faults;
}
