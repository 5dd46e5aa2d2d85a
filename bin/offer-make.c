/* offer-make: offer the places of a round, each only while it is vacant. */
#include "base/sha256.h"
#include "cli/register/desk.h"
#include "cli/work/placing.h"

static const struct tr_example examples[] = {
    {"offer-make --register=reg.db --certificate=cert.json --as-of=2026-11-21 placements.csv",
     N_("offer the places of a round")},
    {NULL},
};

static bool is_offered(const struct tr_placement *p)
{
    return tr_str_is(p->decision, "placed") && tr_placement_is_new(p);
}

/* The hash of the certificate, which must be sealed and say the same as the placements. */
static int read_certificate(struct tr_app *app, const char *path,
                            const struct tr_records *placements, char hash[TR_SHA256_LEN])
{
    struct tr_certificate_read read = {0};
    struct tr_err err;
    int rc = tr_placing_sealed(app, path, &read);

    memcpy(hash, read.hash, TR_SHA256_LEN);
    for (uint32_t i = 0; rc == 0 && i < placements->n; i++) {
        const struct tr_placement *p = tr_placement(placements, i), *q;
        int k = tr_records_find(&read.c.placements, p->id);
        char id[2][TR_ID_MAX + 1];

        q = k < 0 ? NULL : tr_placement(&read.c.placements, (uint32_t)k);
        if (!is_offered(p) ||
            (q && is_offered(q) && tr_str_eq(p->institution_id, q->institution_id)))
            continue;
        tr_err_copy(id[0], sizeof id[0], p->id);
        tr_err_copy(id[1], sizeof id[1], p->institution_id);
        tr_records_fault(placements, i, "institution_id", TR_E_OFFER_CERTIFICATE, id[0], id[1],
                         &err);
        tr_err_copy(err.arg[2], sizeof err.arg[2], tr_str(path));
        rc = tr_app_fail(app, &err);
    }
    tr_certificate_read_clear(&read);
    return rc;
}

/* An offer tells the place of the person: whether that is consented to should be known. */
static void say_consent(struct tr_app *app, const struct tr_desk *d,
                        const struct tr_records *placements, uint32_t i)
{
    const struct tr_placement *p = tr_placement(placements, i);
    const struct tr_case_standing *at = tr_cases_of(d->cases, p->id);
    char id[TR_ID_MAX + 1];
    struct tr_err err;

    if (!at || at->consent != TR_CONSENT_UNKNOWN)
        return;
    tr_err_copy(id, sizeof id, p->id);
    tr_err_set(&err, TR_E_CONSENT_ASK, id, NULL, NULL);
    err.source = placements->source;
    err.line = placements->line[i];
    tr_app_say(app, &err);
}

/* Offers what can be offered, and says of the rest why not. What was offered goes to the output, which
 * waits for the register. */
static int make_offers(struct tr_app *app, struct tr_register_desk *d,
                       const struct tr_records *placements, struct tr_str certificate,
                       enum tr_format format, const char *path)
{
    struct tr_err err;

    for (uint32_t i = 0; i < placements->n; i++) {
        const struct tr_placement *p = tr_placement(placements, i);

        if (!is_offered(p))
            continue;
        if (tr_act_offer(&d->desk, p->id, p->institution_id, certificate, &err) == 0) {
            say_consent(app, &d->desk, placements, i);
            continue;
        }
        err.source = placements->source;
        err.line = placements->line[i];
        tr_app_say(app, &err);
    }
    return tr_app_put_records(app, &d->made, format, path) < 0 ? -1 : tr_desk_commit(d);
}

int main(int argc, char **argv)
{
    const char *certificate = NULL, *path = NULL;
    struct tr_desk_options at = {0};
    int format = TR_FORMAT_CSV;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"as-of", .arg = "DATE", .text = &at.as_of,
         .help = N_("the day of the offers; today by default")},
        {"certificate", .arg = "FILE", .text = &certificate,
         .help = N_("the certificate of the round, which each offer names")},
        {"format", .choice = &format, .choices = tr_format_names,
         .help = N_("write CSV, JSON Lines, one JSON document or a workbook")},
        {"key", .arg = "FILE", .text = &at.key, .help = N_("the register’s key")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"register", .arg = "REGISTER", .text = &at.path,
         .help = N_("the register that has the places and cases, and gets the offers")},
        {"timeout", .arg = "SECONDS", .text = &at.timeout,
         .help = N_("how long to wait for other programs; 10 by default")},
        {NULL},
    };
    struct tr_app app = {
        .name = "offer-make",
        .purpose = N_("offer the places of a round, each only while it is vacant"),
        .arguments = "[file]",
        .options = options,
        .examples = examples,
        .max_arguments = 1,
        .reading = &reading,
    };
    struct tr_register_desk d = {0};
    struct tr_records placements = {0};
    char hash[TR_SHA256_LEN];

    tr_app_start(&app, argc, argv);
    if (!at.path)
        tr_app_usage(&app, N_("--register=REGISTER is needed"), NULL, NULL);
    if (tr_register_expect(&app, at.path) == 0 &&
        tr_app_records(&app, &tr_placement_kind, app.n_arguments ? app.arguments_given[0] : "-",
                       &placements) == 0 &&
        (!certificate || read_certificate(&app, certificate, &placements, hash) == 0) &&
        tr_desk_open(&app, &d, &at) == 0)
        make_offers(&app, &d, &placements,
                    (struct tr_str){certificate ? hash : "", certificate ? sizeof hash : 0},
                    (enum tr_format)format, path);
    tr_desk_close(&d);
    tr_records_clear(&placements);
    return tr_app_end(&app);
}
