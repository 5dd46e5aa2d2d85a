#include "domain/placement/certificate_own.h"

#include "base/sha256.h"

static int unusable(const char *path, const char *why, struct tr_err *err)
{
    tr_err_set(err, TR_E_CERTIFICATE, why, NULL, NULL);
    err->source = path;
    return -1;
}

/* Hashes the text into *whole, and tells whether it ends with a seal that is right for what stands before. */
static bool is_sealed(struct tr_str text, char whole[TR_SHA256_LEN])
{
    static const char end[] = "\"}\n";
    size_t tail = strlen("\"") + strlen(tr_certificate_hash_name) + TR_SHA256_LEN + strlen(end);
    char hash[TR_SHA256_LEN];
    const char *p;

    tr_sha256_both(text, text.len < tail ? 0 : text.len - tail, hash, whole);
    if (text.len < tail)
        return false;
    p = text.p + text.len - tail;
    return *p == '"' && memcmp(p + 1, tr_certificate_hash_name, strlen(tr_certificate_hash_name)) == 0 &&
           memcmp(p + 1 + strlen(tr_certificate_hash_name), hash, sizeof hash) == 0 &&
           memcmp(text.p + text.len - strlen(end), end, strlen(end)) == 0;
}

/* Reads a hash. Anything else gives zeros, which are the hash of nothing. */
static void read_hash(const struct tr_json *value, char out[64])
{
    struct tr_str s = tr_json_text(value);
    size_t prefix = strlen(tr_certificate_hash_name);

    memset(out, '0', TR_SHA256_LEN);
    if (s.len == prefix + TR_SHA256_LEN && memcmp(s.p, tr_certificate_hash_name, prefix) == 0)
        memcpy(out, s.p + prefix, TR_SHA256_LEN);
}

static int read_rules(struct tr_round *r, const struct tr_json *array, const char *path,
                      struct tr_err *err)
{
    struct tr_records rows;
    struct tr_json_values values = {.array = array};
    int rc = tr_records_from_json(&rows, &tr_rule_row_kind, r->profile, &values, path, err);

    tr_place_rules_init(&r->rules, r->profile, r->as_of);
    for (uint32_t k = 0; rc == 0 && k < rows.n; k++) {
        const struct tr_rule_row *row = (const struct tr_rule_row *)(const void *)rows.record + k;
        int rule = 0;

        while (rule < TR_N_PLACE_RULES && !tr_str_is(row->rule, tr_place_rule_names[rule]))
            rule++;
        if (rule == TR_N_PLACE_RULES)
            rc = unusable(path, N_("it has a rule that is not known here"), err);
        else {
            r->rules.applies |= UINT32_C(1) << rule;
            r->rules.lenient |= (uint32_t)(row->unknown == 1) << rule;
        }
    }
    tr_records_clear(&rows);
    return rc;
}

/* Which referral counts for the person of each, by their tokens. Where none does, verify.c says so.
 */
static int name_persons(struct tr_round *r)
{
    struct tr_dict of = {.n = 0};
    int rc = 0;

    for (uint32_t i = 0; rc >= 0 && i < r->referrals.n; i++) {
        int number = (int)i;

        tr_candidate(&r->referrals, i)->same_person = (struct tr_str){"", 0};
        if (tr_candidate(&r->referrals, i)->person.len > 0 &&
            tr_candidate(&r->referrals, i)->counts == 1)
            rc = tr_dict_add(&of, tr_candidate(&r->referrals, i)->person, &number);
    }
    for (uint32_t i = 0; rc >= 0 && i < r->referrals.n; i++) {
        struct tr_candidate *c = tr_candidate(&r->referrals, i);
        int one = c->person.len > 0 && c->counts != 1 ? tr_dict_find(&of, c->person) : -1;

        if (one >= 0)
            c->same_person = tr_candidate(&r->referrals, (uint32_t)one)->id;
    }
    tr_dict_clear(&of);
    return rc < 0 ? -1 : 0;
}

/* The sections that are arrays of records, in the order in which they are written. */
enum { N_SECTIONS = 7 };
static const char *const section_names[N_SECTIONS] = {"what_if",  "places",     "referrals",  "stays",
                                                      "priority", "placements", "closed_sets"};

/* Where each goes. values: of each section. */
static int read_sections(struct tr_certificate *c, struct tr_json_values values[N_SECTIONS],
                         const char *path, struct tr_err *err)
{
    struct tr_records standing = {0};
    const struct {
        const struct tr_kind *kind;
        struct tr_records *to;
    } sections[N_SECTIONS] = {
        {&tr_what_if_kind, &c->what_if},
        {&tr_vacancy_kind, &c->round.places},
        {&tr_candidate_kind, &c->round.referrals},
        {&tr_standing_kind, &standing},
        {&tr_own_order_kind, &c->own},
        {&tr_placement_kind, &c->placements},
        {&tr_closed_set_kind, &c->closed_sets},
    };
    int rc = 0;

    for (size_t s = 0; rc == 0 && s < N_SECTIONS; s++)
        rc = values[s].array ? tr_records_from_json(sections[s].to, sections[s].kind, c->round.profile,
                                                    &values[s], path, err)
                             : unusable(path, N_("a part of it is missing"), err);
    /* The texts of standing go away with it, so the referrals keep copies. */
    for (uint32_t k = 0; rc == 0 && k < standing.n; k++) {
        struct tr_candidate *s = tr_candidate(&standing, k);

        s->declined = tr_arena_copy(&c->round.referrals.text, s->declined);
        s->held = tr_arena_copy(&c->round.referrals.text, s->held);
        s->state = tr_arena_copy(&c->round.referrals.text, s->state);
        s->person = tr_arena_copy(&c->round.referrals.text, s->person);
        if (tr_records_find(&c->round.referrals, s->id) < 0)
            rc = unusable(path, N_("it has stays of a referral that is not in it"), err);
    }
    if (rc == 0)
        tr_round_standing(&c->round, &standing);
    tr_records_clear(&standing);
    return rc == 0 && name_persons(&c->round) < 0 ? tr_err_memory(err) : rc;
}

static int read_policy(struct tr_certificate *c, struct tr_str name)
{
    for (int p = 0; p < TR_N_POLICIES; p++)
        if (tr_str_is(name, tr_policy_names[p])) {
            c->policy = (enum tr_policy)p;
            return 0;
        }
    return -1;
}

static bool is_version(struct tr_str version)
{
    struct tr_buf ours = {0};
    bool same;

    tr_buf_num(&ours, TR_CERTIFICATE_VERSION);
    same = tr_str_eq(tr_buf_slice(&ours), version);
    tr_buf_clear(&ours);
    return same;
}

/* Reads a document. values: of each section. */
static int read_document(struct tr_certificate_read *out, const struct tr_json *d,
                         struct tr_json_values values[N_SECTIONS], const char *path, struct tr_err *err)
{
    struct tr_certificate *c = &out->c;
    struct tr_buf version = {0}, order = {0};
    const struct tr_json *inputs;
    struct tr_date day;
    int rc = -1;

    tr_json_cell(tr_json_member(d, TR_STR("version")), &version);
    tr_json_cell(tr_json_member(d, TR_STR("order")), &order);
    c->round.as_of = tr_date_parse(tr_json_text(tr_json_member(d, TR_STR("as_of"))), &day)
                         ? tr_date_number(day)
                         : TR_NO_DAY;
    if (!tr_str_is(tr_json_text(tr_json_member(d, TR_STR("format"))), tr_certificate_format))
        rc = unusable(path, N_("it is not a certificate"), err);
    else if (tr_str_is(tr_buf_slice(&version), "1"))
        rc = unusable(path, N_("it has version 1, which took referrals for persons: match again"),
                      err);
    else if (tr_str_is(tr_buf_slice(&version), "2"))
        rc = unusable(path, N_("it has version 2, which refused for want of facts: match again"),
                      err);
    else if (!is_version(tr_buf_slice(&version)))
        rc = unusable(path, N_("it has another version"), err);
    else if (read_policy(c, tr_json_text(tr_json_member(d, TR_STR("policy")))) < 0)
        rc = unusable(path, N_("its policy is not known here"), err);
    else if (read_sections(c, values, path, err) == 0 &&
             read_rules(&c->round, tr_json_member(d, TR_STR("rules")), path, err) == 0)
        rc = tr_priority_parse(&c->round.priority,
                               tr_arena_copy(&c->round.referrals.text, tr_buf_slice(&order))) < 0
                 ? unusable(path, N_("its order is not known here"), err)
                 : 0;
    inputs = tr_json_member(d, TR_STR("inputs"));
    for (int i = 0; i < TR_N_CERTIFICATE_INPUTS; i++)
        read_hash(tr_json_member(inputs, tr_str(tr_certificate_input_names[i])), out->claimed[i]);
    for (uint32_t p = 0; rc == 0 && p < c->round.referrals.n; p++) {
        const struct tr_candidate *one = tr_candidate(&c->round.referrals, p);

        c->round.n_seeking += tr_candidate_seeks(one);
    }
    tr_buf_clear(&version);
    tr_buf_clear(&order);
    if (rc < 0)
        tr_certificate_clear(c);
    return rc;
}

int tr_certificate_parse(struct tr_certificate_read *out, const struct tr_profile *profile,
                         struct tr_str text, const char *path, struct tr_err *err)
{
    struct tr_json_values values[N_SECTIONS];
    struct tr_json *d = tr_json_parse_apart(text, section_names, N_SECTIONS, values);
    int rc = -1;

    *out = (struct tr_certificate_read){0};
    out->sealed = is_sealed(text, out->hash);
    out->c.round.profile = profile;
    if (d)
        rc = read_document(out, d, values, path, err);
    tr_json_free(d);
    if (rc == 0)
        return 0;
    /* It is written otherwise, or wrong: as a whole it tells what is wrong. */
    d = tr_json_parse(text, path, err);
    if (!d)
        return -1;
    out->c = (struct tr_certificate){.round.profile = profile};
    for (size_t s = 0; s < N_SECTIONS; s++)
        values[s] = (struct tr_json_values){.array = tr_json_member(d, tr_str(section_names[s]))};
    rc = read_document(out, d, values, path, err);
    tr_json_free(d);
    return rc;
}
