/* Any bytes as a certificate: it is refused, or read and checked to the end; what passes keeps what
 * can be counted without any proof; and what was read is written so that it reads in again as
 * itself. */
#include "fuzz_profile.h"

#include "domain/placement/placement_explain.h"
#include "domain/placement/verify.h"

static int n_said;

static void hear(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    CLAIM(err->code > TR_OK && err->code < TR_N_CODES);
    for (int i = 0; i < 3; i++)
        CLAIM(memchr(err->arg[i], '\0', sizeof err->arg[i]));
    n_said++;
}

static const struct tr_listener listener = {hear, NULL};

/* What must hold of every claim that passes, whatever it proves. */
static void check_passed(const struct tr_certificate *c)
{
    const struct tr_round *r = &c->round;

    CLAIM(c->placements.n == r->referrals.n);
    for (uint32_t i = 0; i < r->places.n; i++) {
        const struct tr_institution *at = tr_institution(&r->places, i);
        int32_t n = 0;

        for (uint32_t p = 0; p < r->n_seeking; p++)
            n += tr_str_eq(tr_placement(&c->placements, p)->institution_id, at->id);
        CLAIM(n <= at->vacant);
    }
    for (uint32_t p = 0; p < r->referrals.n; p++) {
        const struct tr_candidate *one = tr_candidate(&r->referrals, p);
        const struct tr_placement *got = tr_placement(&c->placements, p);
        int i = got->institution_id.len ? tr_records_find(&r->places, got->institution_id) : -1;

        CLAIM(tr_str_eq(got->id, one->id));
        CLAIM((p < r->n_seeking) == (one->held.len == 0 && one->ended != 1));
        if (p >= r->n_seeking)
            continue;
        CLAIM((i >= 0) == (got->institution_id.len > 0));
        CLAIM(i < 0 ||
              tr_place_rules_hold(&r->rules, one, tr_institution(&r->places, (uint32_t)i)));
        for (uint32_t j = 0; i < 0 && j < r->places.n; j++) {
            int32_t left = tr_institution(&r->places, j)->vacant;

            for (uint32_t q = 0; q < r->n_seeking; q++)
                left -= tr_str_eq(tr_placement(&c->placements, q)->institution_id,
                                  tr_institution(&r->places, j)->id);
            CLAIM(left == 0 ||
                  !tr_place_rules_hold(&r->rules, one, tr_institution(&r->places, j)));
        }
    }
}

static void tell_all(const struct tr_certificate *c)
{
    for (uint32_t p = 0; p < c->round.referrals.n; p++) {
        struct tr_buf text = {0};

        tr_placement_explain(c, p, NULL, (enum tr_lang)(p % TR_N_LANGS), &text);
        CLAIM(text.len > 0 && text.p[text.len - 1] == '\n');
        tr_buf_clear(&text);
    }
}

static int verify(const struct tr_certificate *c)
{
    struct tr_err err;
    int faults;

    n_said = 0;
    faults = tr_verify(c, &listener, &err);
    CLAIM(faults >= 0 && n_said <= faults && (faults == 0) == (n_said == 0));
    return faults;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tr_certificate_read read, again, third;
    struct tr_records rows = {0};
    struct tr_buf once = {0}, twice = {0};
    struct tr_err err = {.source = "nobody has said"};
    struct tr_certificate *c = &read.c;
    int faults;

    load_profile();
    if (tr_certificate_parse(&read, &profile, (struct tr_str){(const char *)data, size}, "fuzz",
                             &err) < 0) {
        CLAIM(err.code > TR_OK && err.code < TR_N_CODES);
        CLAIM(err.source && strcmp(err.source, "fuzz") == 0);
        return 0;
    }
    faults = verify(c);
    CLAIM(tr_verify_result(c, &c->placements, &listener) == 0);
    if (faults == 0)
        check_passed(c);
    if (c->placements.n == c->round.referrals.n) {
        tell_all(c);
        CLAIM(tr_cutoffs_find(&rows, &c->round, &c->placements, &err) == 0);
        tr_records_clear(&rows);
    }
    CLAIM(tr_placements_compare(&rows, &c->placements, &c->placements, &err) == 0 && rows.n == 0);
    tr_records_clear(&rows);

    tr_certificate_write(c, &once);
    CLAIM(!once.failed);
    CLAIM(tr_certificate_parse(&again, &profile, tr_buf_slice(&once), "again", &err) == 0 &&
          again.sealed);
    CLAIM(verify(&again.c) == faults);
    for (int i = 0; i < TR_N_CERTIFICATE_INPUTS; i++) {
        char hash[64];

        CLAIM(tr_certificate_hash(&again.c, (enum tr_certificate_input)i, hash, &err) == 0);
        CLAIM(memcmp(hash, again.claimed[i], sizeof hash) == 0);
    }
    tr_certificate_write(&again.c, &twice);
    CLAIM(tr_str_eq(tr_buf_slice(&once), tr_buf_slice(&twice)));
    (void)tr_what_if_apply(&c->round.places, &c->what_if, &err);
    tr_buf_clear(&twice);
    /* The same out of the records that it is made of, as placement-verify takes them. */
    CLAIM(tr_certificate_open(&third, &profile, tr_buf_slice(&once), "third", &err) == 0 &&
          tr_certificate_finish(&third, &again.c, &again.c.placements, &err) == 0);
    CLAIM(verify(&third.c) == faults);
    tr_certificate_write(&third.c, &twice);
    CLAIM(tr_str_eq(tr_buf_slice(&once), tr_buf_slice(&twice)));
    tr_buf_clear(&once);
    tr_buf_clear(&twice);
    tr_certificate_read_clear(&third);
    tr_certificate_read_clear(&again);
    tr_certificate_read_clear(&read);
    return 0;
}
