#include "cli/register/register_own.h"
#include "domain/flow/episode.h"
#include "domain/placement/placement.h"
#include "domain/places/stay.h"
#include "domain/referral/identity.h"
#include "domain/referral/passed.h"
#include "domain/routine/event.h"
#include "domain/routine/paper.h"
#include "domain/survey/judgement.h"

#define KIND_NAME(constant, name) name,
const char *const tr_kept_kind_names[TR_RECORD_IDENTITY + 1] = {TR_KEPT_KINDS(KIND_NAME)};
const char *const tr_record_kind_names[TR_N_RECORD_KINDS + 1] = {
    TR_KEPT_KINDS(KIND_NAME) "identity"};
const char *const tr_put_kind_names[TR_N_RECORD_KINDS] = {TR_PUT_KINDS(KIND_NAME) "identity"};

#define PAPER(constant, name)                                                                      \
    [TR_RECORD_##constant] = {&tr_paper_kind, "case_id", "date", {NULL}, {NULL}, NULL},

const struct tr_kept_kind tr_kept[TR_N_RECORD_KINDS] = {
    [TR_RECORD_REFERRAL] = {NULL, NULL, NULL, {"referral_id", "bydel"}},
    [TR_RECORD_INSTITUTION] = {&tr_institution_kind, NULL, NULL, {"institution_id", "capacity"}},
    [TR_RECORD_STAY] = {&tr_stay_kind, "referral_id", "from", {"stay_id", "status"}, {"certificate"}},
    [TR_RECORD_EVENT] = {&tr_event_kind, "case_id", "date", {"case_id", "type"}, {"by", "note"}},
    [TR_RECORD_DECISION] = {&tr_placement_kind, "referral_id", NULL, {"decision", "priority"},
                            {"detail"}},
    [TR_RECORD_LINK] = {&tr_link_kind, "referral_id", "date", {"referral_id", "other_id"},
                        {"by", "why"}, "other_id"},
    [TR_RECORD_EPISODE] = {&tr_episode_kind, "case_id", "date", {"case_id", "episode"}, {"source"}},
    [TR_RECORD_JUDGEMENT] = {&tr_judgement_kind, "referral_id", "judged_on",
                             {"judged_by", "judged_on"}, {"judged_by"}, .sealed = "judged_reason",
                             .wider = "bydel"},
    TR_PAPERS(PAPER)
    [TR_RECORD_PASSED_ON] = {&tr_passed_kind, "referral_id"},
    [TR_RECORD_IDENTITY] = {&tr_identity_kind, NULL, NULL, {"referral_id", "own_id"}},
};

int tr_record_kind_find(struct tr_str name)
{
    for (int k = 0; k < TR_N_RECORD_KINDS; k++)
        if (tr_str_is(name, tr_record_kind_names[k]))
            return k;
    return -1;
}

const struct tr_kind *tr_record_kind(enum tr_record_kind kind)
{
    return tr_kept[kind].kind;
}

void tr_record_header(struct tr_str kind, struct tr_buf *out)
{
    for (int k = 0; k < TR_RECORD_IDENTITY; k++) {
        uint32_t n = tr_kept[k].kind ? tr_kept[k].kind->n_members : TR_N_REFERRAL_FIELDS;

        for (uint32_t i = 0; i < n && tr_str_is(kind, tr_record_kind_names[k]); i++) {
            tr_buf_text(out, i ? "," : "");
            tr_buf_text(out, tr_kept[k].kind ? tr_kept[k].kind->member[i].name : tr_fields[i].name);
        }
    }
}

const char *tr_register_sealed_column(int kind, struct tr_str *part)
{
    const char *name = kind < 0 ? NULL : tr_kept[kind].sealed;
    const size_t len = name ? strlen(name) : 0;

    if (kind >= 0 && tr_record_is_paper(kind))
        return "document";
    if (name && part->len > len && memcmp(part->p, name, len) == 0 && part->p[len] == '=')
        *part = (struct tr_str){part->p + len + 1, part->len - len - 1};
    return name ? name : "other";
}

/* ---- headers ---- */

static bool has_column(const struct tr_profile *p, const struct tr_str *header, uint32_t n,
                       const char *name)
{
    int field = tr_field_find(tr_str(name));
    struct tr_dict spelt = {0};
    bool many = tr_profile_spellings(p, tr_str(name), 0, &spelt) == 0, found = false;

    for (uint32_t c = 0; c < n && !found; c++)
        found = (field >= 0 && tr_profile_header(p, header[c]) == field) ||
                (many ? tr_spelt_in(&spelt, header[c]) >= 0 : tr_profile_spells(p, tr_str(name), header[c]));
    tr_dict_clear(&spelt);
    return found;
}

static bool has_signs(const struct tr_profile *p, int k, const struct tr_str *header, uint32_t n)
{
    return tr_kept[k].sign[0] && has_column(p, header, n, tr_kept[k].sign[0]) &&
           has_column(p, header, n, tr_kept[k].sign[1]) &&
           !(tr_kept[k].wider && has_column(p, header, n, tr_kept[k].wider));
}

bool tr_register_fits(const void *sought, const struct tr_str *header, uint32_t n)
{
    const struct tr_register_sought *s = sought;
    bool fits = false;

    for (int k = 0; k < TR_N_RECORD_KINDS && !fits; k++)
        fits = (s->kind < 0 || s->kind == k) && has_signs(s->profile, k, header, n);
    return fits;
}

/* The last in the table that fits, as the first is the widest. */
int tr_register_recognise(struct tr_app *app, const struct tr_reader *reader)
{
    uint32_t n;
    const struct tr_str *header = tr_reader_header(reader, &n);
    struct tr_err err;

    for (int k = TR_N_RECORD_KINDS - 1; k >= 0; k--)
        if (has_signs(&app->profile, k, header, n))
            return k;
    tr_err_set(&err, TR_E_KIND, NULL, NULL, NULL);
    err.source = tr_reader_name(reader);
    err.line = 1;
    return tr_app_fail(app, &err);
}
