/* referral-anonymise: the part of referrals that may travel, and the part that stays. */
#include <stdio.h>

#include "base/secret.h"
#include "cli/referrals.h"
#include "cli/register/register.h"
#include "domain/referral/mask.h"

static const char *const formats[] = {"csv", "jsonl", NULL};

static const struct tr_example examples[] = {
    {"referral-anonymise --key=reg.db.key --identity=identity.csv < referrals.csv > to-send.csv",
     N_("two files that only the reference code connects")},
    {NULL},
};

struct part {
    struct tr_output output;
    struct tr_writer writer;
    bool open;
};

struct anonymise {
    struct tr_app *app;
    struct tr_referrals referrals;
    struct tr_masks masks;
    struct tr_key key;
    struct part travels, stays;
    bool year;
    struct tr_buf comment;
};

/* Whether the field is left out of the part that travels. The comment travels with its masks. */
static bool is_left_out(const struct anonymise *a, int field)
{
    return tr_fields[field].tells != TR_TELLS_NOBODY &&
           !(tr_fields[field].tells == TR_TELLS_PART && a->year);
}

/* Writes both parts of the referral in hand. */
static int write_parts(void *cookie, const struct tr_row *row)
{
    struct anonymise *a = cookie;
    const struct tr_value *v = a->referrals.referral.v;
    const struct tr_str names[] = {v[TR_F_NAME].text, v[TR_F_CONTACT_NAME].text};
    struct tr_str cells[TR_N_REFERRAL_FIELDS], kept[TR_N_REFERRAL_FIELDS + 2], code;
    char reference[TR_PSEUDONYM_LEN];
    size_t n_kept = 0;

    (void)row;
    tr_reference(&a->key, v[TR_F_REFERRAL_ID].text, reference);
    code = (struct tr_str){reference, sizeof reference};
    a->comment.len = 0;
    if (tr_masks_hide(&a->masks, v[TR_F_COMMENT].text, names, 2, &a->comment) < 0)
        return tr_app_no_memory(a->app);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        cells[f] = is_left_out(a, f) ? (struct tr_str){"", 0} : v[f].text;
    cells[TR_F_REFERRAL_ID] = code;
    cells[TR_F_COMMENT] = tr_buf_slice(&a->comment);
    tr_writer_row(&a->travels.writer, cells);
    kept[n_kept++] = code;
    kept[n_kept++] = v[TR_F_REFERRAL_ID].text;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (tr_field_is_kept(f))
            kept[n_kept++] = v[f].text;
    if (a->stays.open)
        tr_writer_row(&a->stays.writer, kept);
    return 0;
}

static int run(struct anonymise *a, enum tr_format format, const char *path, const char *identity)
{
    struct tr_column columns[TR_N_REFERRAL_FIELDS],
        kept[TR_N_REFERRAL_FIELDS + 2] = {{.name = TR_STR("referral_id")},
                                          {.name = TR_STR("own_id")}};
    size_t n_kept = 2;
    int rc;

    if (tr_referrals_open(a->app, &a->referrals, NULL) < 0 ||
        tr_referrals_bind_all(&a->referrals, TR_WANT_REFERRAL) < 0 ||
        tr_output_open(a->app, &a->travels.output, path, false) < 0)
        return -1;
    a->stays.open = identity && tr_output_open(a->app, &a->stays.output, identity, false) == 0;
    if (identity && !a->stays.open) {
        tr_output_close(a->app, &a->travels.output, false);
        return -1;
    }
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        columns[f] = tr_field_column((enum tr_field)f);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        if (tr_field_is_kept(f))
            kept[n_kept++] = tr_field_column((enum tr_field)f);
    tr_writer_start(&a->travels.writer, &a->travels.output.out, format, columns,
                    TR_N_REFERRAL_FIELDS);
    if (a->stays.open)
        tr_writer_start(&a->stays.writer, &a->stays.output.out, TR_FORMAT_CSV, kept, n_kept);
    rc = tr_referrals_read(&a->referrals, 0, TR_WANT_REFERRAL, true, write_parts, a);
    if (a->stays.open)
        rc |= tr_output_close(a->app, &a->stays.output, rc == 0);
    rc |= tr_output_close(a->app, &a->travels.output, rc == 0);
    return rc;
}

/* How many things of each kind were hidden; never what. */
static void say_hidden(const struct anonymise *a)
{
    char number[24], kind[64];

    for (int i = 0; i <= a->masks.n; i++) {
        if (a->masks.hidden[i] == 0)
            continue;
        snprintf(number, sizeof number, "%llu", (unsigned long long)a->masks.hidden[i]);
        tr_err_copy(kind, sizeof kind, a->masks.kind[i]);
        tr_app_note(a->app, N_("hidden in free text: %1 of kind ‘%2’"), number, kind, NULL);
    }
}

int main(int argc, char **argv)
{
    static struct anonymise a;
    const char *key = NULL, *identity = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, rc = -1;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"format", .choice = &format, .choices = formats, .help = N_("write CSV or JSON Lines")},
        {"identity", .arg = "FILE", .text = &identity,
         .help = N_("keep the part that stays in FILE")},
        {"key", .arg = "FILE", .text = &key, .help = N_("the key that makes reference codes")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {NULL},
    };
    struct tr_app app = {
        .name = "referral-anonymise",
        .purpose = N_("the part of referrals that may travel, and the part that stays"),
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
        tr_app_usage(&app, N_("--key=FILE is needed"), NULL, NULL);
    if (identity && strcmp(identity, path ? path : "-") == 0)
        tr_app_usage(&app, N_("the two parts cannot both go to ‘%1’"), identity, NULL);
    a.year = tr_str_is(tr_profile_value(&app.profile, "anonymise_birth_year"), "ja");
    if (tr_masks_load(&a.masks, &app.profile, &err) < 0)
        tr_app_say(&app, &err);
    else if (tr_key_read(&app, key, &a.key) == 0)
        rc = run(&a, (enum tr_format)format, path, identity);
    if (rc == 0)
        say_hidden(&a);
    tr_referrals_close(&a.referrals, rc == 0);
    tr_masks_clear(&a.masks);
    tr_buf_clear(&a.comment);
    tr_key_clear(&a.key);
    return tr_app_end(&app);
}
