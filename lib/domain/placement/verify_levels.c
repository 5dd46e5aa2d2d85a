/* How faults are told; the levels of a certificate as numbers, and what lies between two of them.
 * What they prove is at the top of verify.c. */
#include "domain/placement/verify_own.h"

enum { FAULTS_MAX = 20, NONE = TR_NOWHERE };

static const struct tr_str nothing = {"", 0};

void tr_claim_fault(struct claim *claim, enum tr_code code, struct tr_str a, struct tr_str b,
                    struct tr_str d)
{
    char text[3][TR_ID_MAX + 32];
    struct tr_err err;

    tr_err_copy(text[0], sizeof text[0], a);
    tr_err_copy(text[1], sizeof text[1], b);
    tr_err_copy(text[2], sizeof text[2], d);
    tr_err_set(&err, code, text[0], text[1], text[2]);
    if (claim->faults++ < FAULTS_MAX)
        claim->listener->say(claim->listener->cookie, &err);
}

/* Reads which institutions each level has, each of them once, and when its boundary was found. */
void tr_claim_read_levels(struct claim *claim)
{
    const struct tr_records *sets = &claim->certificate->closed_sets;

    for (uint32_t institution = 0; institution < claim->n_institutions; institution++)
        claim->level[institution] = NONE;
    for (uint32_t x = 0; x < sets->n; x++) {
        const struct tr_closed_set *set =
            (const struct tr_closed_set *)(const void *)sets->record + x;
        struct tr_str rest = set->institutions, id;
        bool highest = x + 1 == sets->n;
        int since = tr_records_find(&claim->round->referrals, set->since);

        while (rest.len > 0 && tr_str_part(&rest, '|', &id)) {
            int institution = tr_records_find(&claim->round->places, id);

            if (institution < 0 || claim->level[institution] != NONE)
                tr_claim_fault(claim, TR_E_RESULT_DIFFERS, id, TR_STR("closed_sets"), nothing);
            else
                claim->level[institution] = x;
        }
        claim->placing[x] = tr_str_is(set->found, "placing");
        claim->since[x] = since < 0 ? NONE : (uint32_t)since;
        if (highest ? set->found.len > 0 || set->since.len > 0
                    : since < 0 || (uint32_t)since >= claim->n_seeking ||
                          (!claim->placing[x] && !tr_str_is(set->found, "wishes")))
            tr_claim_fault(claim, TR_E_RESULT_DIFFERS, set->since, TR_STR("closed_sets"), nothing);
    }
    for (uint32_t institution = 0; institution < claim->n_institutions; institution++)
        if (claim->level[institution] == NONE) {
            tr_claim_fault(claim, TR_E_RESULT_DIFFERS,
                           tr_institution(&claim->round->places, institution)->id,
                           TR_STR("closed_sets"), nothing);
            claim->level[institution] = sets->n ? sets->n - 1 : 0;
        }
    claim->levels = sets->n ? sets->n : 1;
    claim->closing[claim->levels - 1] = NONE;
    for (uint32_t x = claim->levels - 1; x-- > 0;) {
        uint32_t above = claim->closing[x + 1];

        claim->closing[x] = claim->placing[x] ? x : above;
        if (claim->placing[x] && above != NONE && claim->since[x] >= claim->since[above])
            tr_claim_fault(claim, TR_E_RESULT_DIFFERS, TR_STR("closed_sets"), TR_STR("since"),
                           nothing);
    }
}

/* Builds a sparse table: the minimum `since` of any run of levels in two look-ups. */
void tr_claim_find_least(struct claim *claim)
{
    for (uint32_t x = 0; x < claim->levels; x++)
        claim->least[x] = x + 1 == claim->levels ? NONE : claim->placing[x] ? 0 : claim->since[x];
    for (uint32_t s = 1; s < claim->steps; s++)
        for (uint32_t x = 0; x < claim->levels; x++) {
            uint32_t half = x + (UINT32_C(1) << (s - 1));
            uint32_t a = claim->least[(s - 1) * (size_t)claim->levels + x];
            uint32_t b =
                half < claim->levels ? claim->least[(s - 1) * (size_t)claim->levels + half] : NONE;

            claim->least[s * (size_t)claim->levels + x] = a < b ? a : b;
        }
}

/* Whether a boundary between level from and level to above it was closed by the turn of the person.
 */
bool tr_claim_closed_between(const struct claim *claim, uint32_t from, uint32_t to, uint32_t person)
{
    uint32_t step = 0, low, high;

    if (from >= to)
        return false;
    while (UINT32_C(2) << step <= to - from)
        step++;
    low = claim->least[step * (size_t)claim->levels + from];
    high = claim->least[step * (size_t)claim->levels + to - (UINT32_C(1) << step)];
    return (low < high ? low : high) <= person;
}
