/* referral-anonymise: the part of referrals that may travel, and the part that stays. */
#include <stdio.h>

#include "cli/parting.h"
#include "cli/register/register.h"
#include "cli/reviewing.h"
#include "domain/profile/consent.h"

static const struct tr_example examples[] = {
    {"referral-anonymise --key=reg.db.key --identity=identity.csv < waiting.csv > to-send.csv",
     N_("two files, connected only by the reference code")},
    {"referral-anonymise --key=reg.db.key --as-of=2026-11-21 --institutions=institutions.csv \\\n"
     "< waiting.csv > to-send.csv",
     N_("with ages as far as places depend on them")},
    {"referral-anonymise --key=reg.db.key --k=1 --combinations=shared.csv < waiting.csv \\\n"
     "> to-send.csv",
     N_("and how many persons share what is sent")},
    {"referral-anonymise --key=reg.db.key --review=read.csv < waiting.csv > to-send.csv",
     N_("free text to be read first")},
    {NULL},
};

struct anonymise {
    struct tr_app *app;
    struct tr_referrals referrals;
    struct tr_masks masks;
    struct tr_keys *keys;
    struct tr_part_cells cells;
    struct tr_parting parting;
    struct tr_reviewing review;
    uint64_t n_protected, n_held;
};

/* Whether the referral in hand may leave the office; when not, that is said. */
static bool may_go(struct anonymise *a, const struct tr_row *row)
{
    const struct tr_value *v = a->referrals.referral.v;
    enum tr_consent consent =
        tr_consent_of(&a->app->profile, v[TR_F_CONSENT].num, v[TR_F_CONSENT_KIND].num);
    char id[TR_ID_MAX + 1];
    struct tr_err err;

    if (consent == TR_CONSENT_GIVEN)
        return true;
    tr_err_copy(id, sizeof id, v[TR_F_REFERRAL_ID].text);
    tr_err_set(&err, consent == TR_CONSENT_REFUSED ? TR_E_CONSENT_REFUSED : TR_E_CONSENT_UNKNOWN,
               id, NULL, NULL);
    err.source = a->referrals.now->source;
    err.line = row->line;
    tr_app_say(a->app, &err);
    a->n_held++;
    return false;
}

/* Parts the current referral. */
static int part(void *cookie, const struct tr_row *row)
{
    struct anonymise *a = cookie;

    if (!may_go(a, row))
        return 0;
    a->n_protected += tr_is_protected(a->referrals.referral.v);
    if (tr_part_split(&a->cells, &a->masks, &a->keys->secret[TR_SECRET_PSEUDONYM],
                      &a->parting.travels, a->referrals.referral.v) < 0)
        return tr_app_no_memory(a->app);
    if (tr_reviewing_apply(&a->review, &a->cells, &a->masks, &a->keys->secret[TR_SECRET_PSEUDONYM],
                           a->referrals.referral.v) < 0)
        return -1;
    return tr_shares_add(&a->parting.shares, &a->cells, a->parting.columns.n_stays,
                         a->referrals.referral.v, a->referrals.now->source, row->line) < 0
               ? tr_app_no_memory(a->app)
               : 0;
}

static int read_all(struct anonymise *a)
{
    return tr_referrals_open(a->app, &a->referrals, NULL) < 0 ||
                   tr_referrals_bind_all(&a->referrals, TR_WANT_REFERRAL) < 0 ||
                   tr_referrals_read(&a->referrals, 0, TR_WANT_REFERRAL, true, part, a) < 0
               ? -1
               : tr_parting_settle(&a->parting);
}

/* How many things of each kind were hidden; never what. */
static void say_hidden(const struct anonymise *a)
{
    char number[24], kind[64];

    snprintf(number, sizeof number, "%llu", (unsigned long long)a->n_held);
    if (a->n_held > 0)
        tr_app_note(a->app, N_("held back for want of consent: %1"), number, NULL);
    snprintf(number, sizeof number, "%llu", (unsigned long long)a->n_protected);
    if (a->n_protected > 0)
        tr_app_note(a->app, N_("protected addresses: %1; where they live is left out"), number,
                    NULL);
    for (int i = 0; i <= a->masks.n; i++) {
        if (a->masks.hidden[i] == 0)
            continue;
        snprintf(number, sizeof number, "%llu", (unsigned long long)a->masks.hidden[i]);
        tr_err_copy(kind, sizeof kind, a->masks.kind[i]);
        tr_app_note(a->app, N_("hidden in free text: %1 of type ‘%2’"), number, kind, NULL);
    }
}

int main(int argc, char **argv)
{
    struct anonymise a = {.n_held = 0};
    struct tr_parting_options how = {.k = NULL};
    const char *key = NULL, *identity = NULL, *path = NULL, *combinations = NULL;
    int format = TR_FORMAT_CSV, rc = -1;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &how.as_of,
         .help = N_("the day of the round: ages go as far as limits of age need on it")},
        {"combinations", .arg = "FILE", .writes = true, .text = &combinations,
         .help = N_("write to FILE how many persons share each combination of what is sent")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"identity", .arg = "FILE", .writes = true, .text = &identity,
         .help = N_("write the part that stays to FILE")},
        {"institutions", .arg = "FILE", .text = &how.institutions,
         .help = N_("the institutions whose limits of age count, instead of the profile’s")},
        {"k", .arg = "K", .text = &how.k,
         .help = N_("send only what at least K persons share, coarser where that helps")},
        {"key", .arg = "KEYFILE", .text = &key, .help = N_("the key that makes reference codes")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"review", .arg = "FILE", .writes = true, .text = &a.review.list,
         .help = N_("write free text to FILE for a person to read; it is not sent before")},
        {"reviewed", .arg = "FILE", .text = &a.review.decided,
         .help = N_("what was decided in such a file: of free text only that is sent")},
        {NULL},
    };
    struct tr_app app = {
        .name = "referral-anonymise",
        .purpose = N_("split referrals in a part that may be sent and a part that stays"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    a.app = &app;
    if (!key)
        tr_app_usage(&app, N_("--key=KEYFILE is needed"), NULL, NULL);
    if (identity && strcmp(identity, path ? path : "-") == 0)
        tr_app_usage(&app, N_("both parts cannot be written to ‘%1’"), identity, NULL);
    if (tr_parting_start(&app, &a.parting, &how) < 0)
        goto out;
    if (tr_masks_load(&a.masks, &app.profile, &err) < 0)
        tr_app_say(&app, &err);
    else if (tr_key_read_for(&app, key, TR_SECRET_PSEUDONYM, &a.keys) == 0 &&
             tr_reviewing_open(&app, &a.review) == 0)
        rc = read_all(&a);
    if (rc == 0)
        rc = tr_parting_write(&a.parting, (enum tr_format)format, path, identity, combinations);
    if (rc == 0)
        say_hidden(&a);
    if (tr_reviewing_close(&a.review, rc == 0) < 0)
        rc = -1;
out:
    tr_referrals_close(&a.referrals, rc == 0);
    tr_parting_clear(&a.parting);
    tr_masks_clear(&a.masks);
    tr_part_clear(&a.cells);
    tr_keys_free(a.keys);
    return tr_app_end(&app);
}
