/* How a certificate is read.
 *
 * Problem. One of 100,000 people has 48 MB. To parse it, and to write its records again for their hashes, took
 * most of the time of proving it.
 *
 * Idea. Whoever verifies has the inputs and the result of which it is said to be made. What they are written as
 * is compared with the section of the certificate, byte by byte. Where it is the same, their records are taken,
 * and the text is hashed once for both; what differs is parsed.
 *
 * Invariant. The records taken are those that parsing would give: what was read from a table is written, and
 * read again, as the same. What no section of theirs tells, such as what stays say and who is one person, join()
 * sets from the certificate alone, whatever the inputs had. tests/fuzz/certificate.c holds the two ways against
 * each other. */
#include "domain/placement/certificate_own.h"

#include <stdlib.h>

#include "base/out.h"
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

/* ---- sections ---- */

/* The arrays of records, in the order in which they are written. */
enum section { WHAT_IF, PLACES, REFERRALS, STAYS, PRIORITY, PLACEMENTS, CLOSED_SETS, N_SECTIONS };

#define AT(member) offsetof(struct tr_certificate_read, member)

static const struct {
    const char *name;
    const struct tr_kind *kind;
    size_t at;
    bool large; /* and what inputs are likely to have */
} sections[N_SECTIONS] = {
    [WHAT_IF] = {.name = "what_if", .kind = &tr_what_if_kind, .at = AT(c.what_if)},
    [PLACES] = {.name = "places", .kind = &tr_vacancy_kind, .at = AT(c.round.places), .large = true},
    [REFERRALS] = {.name = "referrals", .kind = &tr_candidate_kind, .at = AT(c.round.referrals), .large = true},
    [STAYS] = {.name = "stays", .kind = &tr_standing_kind, .at = AT(standing)},
    [PRIORITY] = {.name = "priority", .kind = &tr_own_order_kind, .at = AT(c.own)},
    [PLACEMENTS] = {.name = "placements", .kind = &tr_placement_kind, .at = AT(c.placements), .large = true},
    [CLOSED_SETS] = {.name = "closed_sets", .kind = &tr_closed_set_kind, .at = AT(c.closed_sets)},
};

/* What an opened certificate is to be finished from. */
struct tr_certificate_rest {
    struct tr_json *document;
    struct tr_json_values values[N_SECTIONS];
    bool taken[N_SECTIONS]; /* from inputs: need not be read */
    struct tr_str text;
    const char *path;
};

static struct tr_records *records_of(struct tr_certificate_read *out, enum section s)
{
    return (struct tr_records *)(void *)((char *)out + sections[s].at);
}

static int read_sections(struct tr_certificate_read *out, bool large, struct tr_err *err)
{
    struct tr_certificate_rest *rest = out->rest;
    int rc = 0;

    for (int s = 0; rc == 0 && s < N_SECTIONS; s++) {
        struct tr_records *to = records_of(out, (enum section)s);

        if (sections[s].large != large || rest->taken[s])
            continue;
        tr_records_clear(to);
        rc = rest->values[s].array
                 ? tr_records_from_json(to, sections[s].kind, out->c.round.profile, &rest->values[s],
                                        rest->path, err)
                 : unusable(rest->path, N_("a part of it is missing"), err);
    }
    return rc;
}

/* Takes the document as a whole for the source of what is not read yet. */
static int take_whole(struct tr_certificate_read *out, struct tr_err *err)
{
    struct tr_certificate_rest *rest = out->rest;

    tr_json_free(rest->document);
    rest->document = tr_json_parse(rest->text, rest->path, err);
    for (int s = 0; s < N_SECTIONS; s++)
        rest->values[s] =
            (struct tr_json_values){.array = tr_json_member(rest->document, tr_str(sections[s].name))};
    return rest->document ? 0 : -1;
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

/* Reads what is neither rules nor large. */
static int read_head(struct tr_certificate_read *out, struct tr_err *err)
{
    const struct tr_json *d = out->rest->document, *inputs = tr_json_member(d, TR_STR("inputs"));
    const char *path = out->rest->path;
    struct tr_certificate *c = &out->c;
    struct tr_buf text = {0};
    struct tr_str version;
    struct tr_date day;
    int rc = -1;

    tr_json_cell(tr_json_member(d, TR_STR("version")), &text);
    version = tr_buf_slice(&text);
    c->round.as_of = tr_date_parse(tr_json_text(tr_json_member(d, TR_STR("as_of"))), &day)
                         ? tr_date_number(day)
                         : TR_NO_DAY;
    if (!tr_str_is(tr_json_text(tr_json_member(d, TR_STR("format"))), tr_certificate_format))
        rc = unusable(path, N_("it is not a certificate"), err);
    else if (tr_str_is(version, "1"))
        rc = unusable(path, N_("it has version 1, which took referrals for persons: match again"),
                      err);
    else if (tr_str_is(version, "2"))
        rc = unusable(path, N_("it has version 2, which refused for want of facts: match again"),
                      err);
    else if (!is_version(version))
        rc = unusable(path, N_("it has another version"), err);
    else if (read_policy(c, tr_json_text(tr_json_member(d, TR_STR("policy")))) < 0)
        rc = unusable(path, N_("its policy is not known here"), err);
    else
        rc = read_sections(out, false, err);
    for (int i = 0; i < TR_N_CERTIFICATE_INPUTS; i++)
        read_hash(tr_json_member(inputs, tr_str(tr_certificate_input_names[i])), out->claimed[i]);
    tr_buf_clear(&text);
    return rc;
}

static int read_order(struct tr_certificate_read *out, struct tr_err *err)
{
    struct tr_round *r = &out->c.round;
    struct tr_buf order = {0};
    int rc;

    tr_json_cell(tr_json_member(out->rest->document, TR_STR("order")), &order);
    rc = tr_priority_parse(&r->priority, tr_arena_copy(&r->referrals.text, tr_buf_slice(&order))) < 0
             ? unusable(out->rest->path, N_("its order is not known here"), err)
             : 0;
    tr_buf_clear(&order);
    return rc;
}

/* Brings together what was read apart. */
static int join(struct tr_certificate_read *out, struct tr_err *err)
{
    struct tr_round *r = &out->c.round;
    const char *path = out->rest->path;

    for (uint32_t k = 0; k < out->standing.n; k++)
        if (tr_records_find(&r->referrals, tr_candidate(&out->standing, k)->id) < 0)
            return unusable(path, N_("it has stays of a referral that is not in it"), err);
    tr_round_standing(r, &out->standing);
    if (name_persons(r) < 0)
        return tr_err_memory(err);
    if (read_rules(r, tr_json_member(out->rest->document, TR_STR("rules")), path, err) < 0 ||
        read_order(out, err) < 0)
        return -1;
    for (uint32_t p = 0; p < r->referrals.n; p++)
        r->n_seeking += tr_candidate_seeks(tr_candidate(&r->referrals, p));
    return 0;
}

/* ---- what inputs have already ---- */

/* Moves the records, and leaves a copy that borrows their texts. */
static int take_over(struct tr_records *to, struct tr_records *from)
{
    size_t size = from->n * from->kind->size;
    char *copy = malloc(size + 1);

    if (!copy)
        return -1;
    if (size > 0)
        memcpy(copy, from->record, size);
    *to = *from;
    *from = (struct tr_records){.kind = to->kind, .profile = to->profile, .record = copy, .n = to->n};
    return 0;
}

/* Takes a section from the records of which it is said to be made, when their text is its text. input: under
 * which they are hashed, or TR_N_CERTIFICATE_INPUTS. */
static int take_same(struct tr_certificate_read *out, enum section s, struct tr_records *made_of,
                     enum tr_certificate_input input)
{
    const struct tr_str lines = out->rest->values[s].lines;
    struct tr_out text = {.fd = -1};
    int rc = 0;

    if (!lines.p || made_of->n == 0)
        return 0;
    tr_kind_objects(sections[s].kind, out->c.round.profile, made_of->record, made_of->n, NULL, &text);
    if (text.buf.failed)
        rc = -1;
    else if (tr_str_eq(lines, (struct tr_str){text.buf.p + strlen("[\n"), text.buf.len - strlen("[\n]")})) {
        if (input < TR_N_CERTIFICATE_INPUTS) {
            out->same[input] = true;
            tr_sha256(tr_buf_slice(&text.buf), out->found[input]);
        }
        rc = take_over(records_of(out, s), made_of);
        out->rest->taken[s] = true;
    }
    tr_buf_clear(&text.buf);
    return rc;
}

/* ---- the whole ---- */

int tr_certificate_open(struct tr_certificate_read *out, const struct tr_profile *profile, struct tr_str text,
                        const char *path, struct tr_err *err)
{
    const char *names[N_SECTIONS];
    int rc = -1;

    *out = (struct tr_certificate_read){.rest = calloc(1, sizeof *out->rest)};
    if (!out->rest)
        return tr_err_memory(err);
    for (int s = 0; s < N_SECTIONS; s++)
        names[s] = sections[s].name;
    out->rest->text = text;
    out->rest->path = path;
    out->sealed = is_sealed(text, out->hash);
    out->c.round.profile = profile;
    out->rest->document = tr_json_parse_apart(text, names, N_SECTIONS, out->rest->values);
    if (out->rest->document)
        rc = read_head(out, err);
    if (rc < 0) /* it is written otherwise, or wrong: as a whole it tells what is wrong */
        rc = take_whole(out, err) < 0 ? -1 : read_head(out, err);
    if (rc < 0)
        tr_certificate_read_clear(out);
    return rc;
}

int tr_certificate_finish(struct tr_certificate_read *out, struct tr_certificate *inputs,
                          struct tr_records *result, struct tr_err *err)
{
    int rc = 0;

    if (inputs && (take_same(out, PLACES, &inputs->round.places, TR_INPUT_PLACES) < 0 ||
                   take_same(out, REFERRALS, &inputs->round.referrals, TR_INPUT_REFERRALS) < 0))
        rc = tr_err_memory(err);
    if (rc == 0 && result && take_same(out, PLACEMENTS, result, TR_N_CERTIFICATE_INPUTS) < 0)
        rc = tr_err_memory(err);
    if (rc == 0 && read_sections(out, true, err) < 0) /* as in tr_certificate_open */
        rc = take_whole(out, err) < 0 ? -1 : read_sections(out, true, err);
    if (rc == 0)
        rc = join(out, err);
    tr_json_free(out->rest->document);
    free(out->rest);
    out->rest = NULL;
    if (rc < 0)
        tr_certificate_read_clear(out);
    return rc;
}

int tr_certificate_parse(struct tr_certificate_read *out, const struct tr_profile *profile,
                         struct tr_str text, const char *path, struct tr_err *err)
{
    return tr_certificate_open(out, profile, text, path, err) < 0
               ? -1
               : tr_certificate_finish(out, NULL, NULL, err);
}

void tr_certificate_read_clear(struct tr_certificate_read *read)
{
    if (read->rest)
        tr_json_free(read->rest->document);
    free(read->rest);
    tr_records_clear(&read->standing);
    tr_certificate_clear(&read->c);
    *read = (struct tr_certificate_read){0};
}
