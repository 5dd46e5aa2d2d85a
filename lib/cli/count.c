#include "cli/count.h"

#include <stdlib.h>

#include "cli/referrals.h"

struct count {
    struct tr_referrals referrals;
    const struct tr_rop *rop;
    struct tr_needs *needs;
};

/* Counts the referral in hand, which rop-group has grouped before. */
static int count_grouped(void *cookie, const struct tr_row *row)
{
    struct count *k = cookie;
    const struct tr_value *v = k->referrals.referral.v;

    (void)row;
    tr_needs_count(k->needs, tr_needs_find(k->needs, v, tr_needs_outside(v)));
    return 0;
}

/* Groups the referral in hand and counts it. */
static int group_and_count(void *cookie, const struct tr_row *row)
{
    struct count *k = cookie;
    struct tr_rop_result result;

    tr_referrals_group(&k->referrals, k->rop, row, &result);
    tr_needs_count(k->needs, tr_needs_find(k->needs, k->referrals.referral.v, result.outside));
    return 0;
}

/* The same in two steps, the first of them ahead of the row's turn; see tr_digest. */
static bool find_place(void *cookie, struct tr_referral *referral, void *digest)
{
    const struct count *k = cookie;
    struct tr_needs_place *place = digest;
    struct tr_rop_result result;

    tr_rop_group(k->rop, referral->v, k->needs->needs_extension, &result);
    *place = tr_needs_find(k->needs, referral->v, result.outside);
    return !result.hf_contradicts; /* that wants a warning, in the row's turn */
}

static void count_place(void *cookie, const void *digest)
{
    struct count *k = cookie;
    const struct tr_needs_place *place = digest;

    tr_needs_count(k->needs, *place);
}

/* Adds a table of needs; closes the reader. */
static int add_table(struct tr_app *app, struct tr_needs *needs, struct tr_reader *reader)
{
    struct tr_table table = {0};
    struct tr_err err;
    int rc = tr_table_read(&table, reader, &err) < 0 || tr_needs_add_table(needs, &table, &err) < 0
                 ? -1
                 : 0;

    if (rc < 0) {
        tr_app_say(app, &err);
        tr_app_raise(app, TR_EXIT_DATA); /* a table is right or refused, whatever its fault */
    }
    tr_table_clear(&table);
    tr_reader_close(reader);
    return rc;
}

int tr_count_table(struct tr_app *app, struct tr_needs *needs, const char *path)
{
    struct tr_reader *reader;
    struct tr_err err;

    reader = tr_reader_open(path, app->reading, &err);
    if (reader)
        return add_table(app, needs, reader);
    return tr_app_fail(app, &err);
}

static const struct tr_digest places = {sizeof(struct tr_needs_place), find_place, count_place};

static int read_input(struct tr_app *app, struct count *k, int i, enum tr_needs_kind kind)
{
    if (kind == TR_NEEDS_TABLE) {
        struct tr_reader *reader = k->referrals.inputs.reader[i];

        k->referrals.inputs.reader[i] = NULL;
        return add_table(app, k->needs, reader);
    }
    return kind == TR_NEEDS_GROUPED ? tr_referrals_read(&k->referrals, i, tr_needs_wanted(k->needs),
                                                        true, count_grouped, k)
                                    : tr_referrals_digest(&k->referrals, i, TR_WANT_REFERRAL,
                                                          &places, group_and_count, k);
}

/* Understands every header first, then reads every input. */
static int read_all(struct tr_app *app, struct count *k)
{
    int n = k->referrals.inputs.n, rc = 0;
    enum tr_needs_kind *kind = calloc((size_t)n, sizeof *kind);

    for (int i = 0; kind && i < n; i++) {
        uint32_t columns;
        const struct tr_str *header = tr_reader_header(k->referrals.inputs.reader[i], &columns);

        kind[i] = tr_needs_recognise(k->needs, header, columns);
        if (kind[i] != TR_NEEDS_TABLE &&
            tr_referrals_bind(&k->referrals, i,
                              kind[i] == TR_NEEDS_GROUPED ? TR_WANT_ALL : TR_WANT_REFERRAL) < 0)
            rc = -1;
    }
    for (int i = 0; kind && i < n && rc == 0; i++)
        rc = read_input(app, k, i, kind[i]);
    free(kind);
    return kind ? rc : -1;
}

int tr_count_inputs(struct tr_app *app, const struct tr_rop *rop, struct tr_needs *needs)
{
    static struct count k; /* too large for the stack */
    int rc;

    k.rop = rop;
    k.needs = needs;
    rc = tr_referrals_open(app, &k.referrals, NULL) < 0 ? -1 : read_all(app, &k);
    tr_referrals_close(&k.referrals, rc == 0);
    return rc;
}
