#include "domain/placement/certificate.h"

#include <stdlib.h>

#include "base/out.h"
#include "base/sha256.h"

static const char format_name[] = "transition-certificate", hash_name[] = "sha256:";

#define COUNT(list) sizeof(list) / sizeof *(list)

static const struct tr_member what_if_members[] = {
    {"institution_id", TR_M_ID, .at = offsetof(struct tr_what_if, institution_id), .filled = true},
    {"add", TR_M_NUMBER, .at = offsetof(struct tr_what_if, add), .most = 100000},
    {"close", TR_M_BOOL, .at = offsetof(struct tr_what_if, close)},
};

const struct tr_kind tr_what_if_kind = {
    .name = "what_if",
    .member = what_if_members,
    .n_members = COUNT(what_if_members),
    .size = sizeof(struct tr_what_if),
};

static const struct tr_member closed_members[] = {
    {"institutions", TR_M_LIST, .at = offsetof(struct tr_closed_set, institutions)},
    {"found", TR_M_TEXT, .at = offsetof(struct tr_closed_set, found)},
    {"since", TR_M_TEXT, .at = offsetof(struct tr_closed_set, since)},
    {"unplaced", TR_M_LIST, .at = offsetof(struct tr_closed_set, unplaced)},
};

const struct tr_kind tr_closed_set_kind = {
    .name = "closed_set",
    .member = closed_members,
    .n_members = COUNT(closed_members),
    .size = sizeof(struct tr_closed_set),
};

/* A rule that applies. */
struct rule_row {
    struct tr_str rule;
    int32_t unknown;
};

static const struct tr_member rule_members[] = {
    {"rule", TR_M_TEXT, .at = offsetof(struct rule_row, rule), .filled = true},
    {"unknown", TR_M_BOOL, .at = offsetof(struct rule_row, unknown), .filled = true},
};

static const struct tr_kind rule_kind = {
    .name = "rule",
    .member = rule_members,
    .n_members = COUNT(rule_members),
    .size = sizeof(struct rule_row),
};

void tr_certificate_clear(struct tr_certificate *c)
{
    tr_round_clear(&c->round);
    tr_records_clear(&c->what_if);
    tr_records_clear(&c->own);
    tr_records_clear(&c->placements);
    tr_records_clear(&c->closed_sets);
}

int tr_what_if_apply(struct tr_records *places, const struct tr_records *what_if,
                     struct tr_err *err)
{
    char id[TR_ID_MAX + 1];

    for (uint32_t k = 0; k < what_if->n; k++) {
        const struct tr_what_if *w = (const struct tr_what_if *)(const void *)what_if->record + k;
        int i = tr_records_find(places, w->institution_id);

        tr_err_copy(id, sizeof id, w->institution_id);
        if (i < 0)
            return tr_err_set(err, TR_E_INSTITUTION, id, NULL, NULL);
        if (w->close == 1)
            tr_institution(places, (uint32_t)i)->vacant = 0;
        else if (w->add > 0)
            tr_institution(places, (uint32_t)i)->vacant += w->add;
    }
    return 0;
}

/* ---- closed sets ---- */

static void add_id(struct tr_buf *list, struct tr_str id)
{
    if (list->len > 0)
        tr_buf_char(list, '|');
    tr_buf_str(list, id);
}

/* The level of the closed set that keeps p out: the lowest one found while placing whose boundary
 * has all of p's options below it. */
static uint32_t closing_level(const struct tr_round *r, const struct tr_match *m, uint32_t p)
{
    uint32_t level = TR_NOWHERE;

    for (uint32_t e = r->from[p]; e < r->from[p + 1]; e++)
        if (level == TR_NOWHERE || m->level_of[r->option[e]] > level)
            level = m->level_of[r->option[e]];
    while (level + 1 < m->n_levels && !m->level[level].placing)
        level++;
    return level;
}

int tr_certificate_close(struct tr_certificate *c, const struct tr_match *m, struct tr_err *err)
{
    const struct tr_round *r = &c->round;
    struct tr_buf *list = calloc(2 * (m->n_levels + (size_t)1), sizeof *list);
    int rc = list ? 0 : -1;

    tr_records_start(&c->closed_sets, &tr_closed_set_kind, r->profile, NULL);
    for (uint32_t i = 0; rc == 0 && m->n_levels && i < r->places.n; i++)
        add_id(&list[2 * m->level_of[i]], tr_institution(&r->places, i)->id);
    for (uint32_t p = 0; rc == 0 && m->n_levels && p < r->n_seeking; p++)
        if (m->where[p] == TR_NOWHERE && r->from[p] < r->from[p + 1])
            add_id(&list[2 * closing_level(r, m, p) + 1], tr_candidate(&r->referrals, p)->id);
    for (uint32_t x = 0; rc == 0 && x < m->n_levels; x++) {
        struct tr_closed_set *set = tr_records_add(&c->closed_sets, 0);
        bool closed = x + 1 < m->n_levels;

        if (!set || list[2 * x].failed || list[2 * x + 1].failed) {
            rc = -1;
            break;
        }
        set->institutions = tr_arena_copy(&c->closed_sets.text, tr_buf_slice(&list[2 * x]));
        set->unplaced = tr_arena_copy(&c->closed_sets.text, tr_buf_slice(&list[2 * x + 1]));
        set->found = !closed               ? (struct tr_str){"", 0}
                     : m->level[x].placing ? TR_STR("placing")
                                           : TR_STR("wishes");
        set->since =
            closed ? tr_candidate(&r->referrals, m->level[x].since)->id : (struct tr_str){"", 0};
    }
    for (uint32_t x = 0; list && x < 2 * m->n_levels; x++)
        tr_buf_clear(&list[x]);
    free(list);
    return rc < 0 || c->closed_sets.text.failed ? tr_err_memory(err) : 0;
}

/* ---- writing ---- */

/* Whether a record belongs in a section; NULL: all do. */
typedef bool (*keep_fn)(const void *record);

static bool says_something(const void *record)
{
    const struct tr_candidate *c = record;

    return c->declined.len > 0 || c->held.len > 0 || c->ended == 1 || c->state.len > 0 ||
           c->person.len > 0;
}

static void write_array(const struct tr_kind *kind, const struct tr_profile *profile,
                        const char *records, uint32_t n, keep_fn keep, struct tr_out *out)
{
    struct tr_column columns[TR_MEMBERS_MAX];
    struct tr_str cells[TR_MEMBERS_MAX];
    struct tr_buf text = {0};
    bool first = true;

    tr_kind_columns(kind, columns);
    tr_out_char(out, '[');
    for (uint32_t i = 0; i < n; i++) {
        const char *record = records + i * kind->size;

        if (keep && !keep(record))
            continue;
        tr_out_text(out, first ? "\n  " : ",\n  ");
        tr_kind_cells(kind, profile, record, cells, &text);
        tr_json_object(out, columns, kind->n_members, cells);
        first = false;
    }
    tr_out_text(out, first ? "]" : "\n]");
    out->buf.failed |= text.failed;
    tr_buf_clear(&text);
}

static void write_records(const struct tr_records *r, const struct tr_kind *kind, keep_fn keep,
                          const struct tr_profile *profile, struct tr_out *out)
{
    write_array(kind, profile, r->record, r->n, keep, out);
}

static void write_rules(const struct tr_certificate *c, struct tr_out *out)
{
    struct rule_row rows[TR_N_PLACE_RULES];
    uint32_t n = 0;

    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (c->round.rules.applies >> rule & 1)
            rows[n++] = (struct rule_row){tr_str(tr_place_rule_names[rule]),
                                          c->round.rules.lenient >> rule & 1};
    write_array(&rule_kind, c->round.profile, (const char *)rows, n, NULL, out);
}

/* A list of text joined with |, as an array. */
static void write_list(struct tr_str list, struct tr_out *out)
{
    struct tr_str part;
    bool first = true;

    tr_out_char(out, '[');
    while (list.len > 0 && tr_str_part(&list, '|', &part)) {
        tr_out_text(out, first ? "" : ",");
        tr_json_string(out, part);
        first = false;
    }
    tr_out_char(out, ']');
}

/* The text of each input that is hashed. */
static void write_input(const struct tr_certificate *c, enum tr_certificate_input input,
                        struct tr_out *out)
{
    const struct tr_round *r = &c->round;

    switch (input) {
    case TR_INPUT_PLACES:
        write_records(&r->places, &tr_vacancy_kind, NULL, r->profile, out);
        break;
    case TR_INPUT_REFERRALS:
        write_records(&r->referrals, &tr_candidate_kind, NULL, r->profile, out);
        break;
    case TR_INPUT_STAYS:
        write_records(&r->referrals, &tr_standing_kind, says_something, r->profile, out);
        break;
    case TR_INPUT_RULES:
        write_list(r->priority.text, out);
        write_rules(c, out);
        break;
    default:
        write_records(&c->own, &tr_own_order_kind, NULL, r->profile, out);
        break;
    }
}

const char *const tr_certificate_input_names[TR_N_CERTIFICATE_INPUTS] = {
    [TR_INPUT_PLACES] = "places", [TR_INPUT_REFERRALS] = "referrals", [TR_INPUT_STAYS] = "stays",
    [TR_INPUT_RULES] = "rules",   [TR_INPUT_PRIORITY] = "priority",
};

int tr_certificate_hash(const struct tr_certificate *c, enum tr_certificate_input input,
                        char hash[64], struct tr_err *err)
{
    struct tr_out out = {.fd = -1};

    write_input(c, input, &out);
    tr_sha256(tr_buf_slice(&out.buf), hash);
    if (out.buf.failed)
        tr_err_memory(err);
    tr_buf_clear(&out.buf);
    return out.buf.failed ? -1 : 0;
}

static void write_name(const char *name, struct tr_out *out)
{
    tr_out_text(out, ",\n");
    tr_json_string(out, tr_str(name));
    tr_out_char(out, ':');
}

static void write_hash(const char hash[64], struct tr_out *out)
{
    tr_out_text(out, "\"");
    tr_out_text(out, hash_name);
    tr_out_add(out, hash, TR_SHA256_LEN);
    tr_out_text(out, "\"");
}

static void write_head(const struct tr_certificate *c, struct tr_out *out)
{
    char day[TR_DATE_LEN] = "", hash[TR_SHA256_LEN];
    struct tr_err err; /* memory: marked in out as well */

    tr_out_text(out, "{\"format\":");
    tr_json_string(out, tr_str(format_name));
    write_name("version", out);
    tr_buf_num(&out->buf, TR_CERTIFICATE_VERSION);
    write_name("as_of", out);
    if (c->round.as_of != TR_NO_DAY)
        tr_date_iso(tr_date_of(c->round.as_of), day);
    tr_json_string(out, (struct tr_str){day, c->round.as_of == TR_NO_DAY ? 0 : TR_DATE_LEN});
    write_name("policy", out);
    tr_json_string(out, tr_str(tr_policy_names[c->policy]));
    write_name("order", out);
    write_list(c->round.priority.text, out);
    write_name("inputs", out);
    for (int i = 0; i < TR_N_CERTIFICATE_INPUTS; i++) {
        out->buf.failed |= tr_certificate_hash(c, (enum tr_certificate_input)i, hash, &err) < 0;
        tr_out_text(out, i ? ",\n  " : "{\n  ");
        tr_json_string(out, tr_str(tr_certificate_input_names[i]));
        tr_out_char(out, ':');
        write_hash(hash, out);
    }
    tr_out_text(out, "\n}");
    write_name("rules", out);
    write_rules(c, out);
}

void tr_certificate_write(const struct tr_certificate *c, struct tr_buf *to)
{
    const struct tr_round *r = &c->round;
    struct tr_out out = {.fd = -1};
    char hash[TR_SHA256_LEN];

    write_head(c, &out);
    write_name("what_if", &out);
    write_records(&c->what_if, &tr_what_if_kind, NULL, r->profile, &out);
    write_name("places", &out);
    write_input(c, TR_INPUT_PLACES, &out);
    write_name("referrals", &out);
    write_input(c, TR_INPUT_REFERRALS, &out);
    write_name("stays", &out);
    write_input(c, TR_INPUT_STAYS, &out);
    write_name("priority", &out);
    write_input(c, TR_INPUT_PRIORITY, &out);
    write_name("placements", &out);
    write_records(&c->placements, &tr_placement_kind, NULL, r->profile, &out);
    write_name("closed_sets", &out);
    write_records(&c->closed_sets, &tr_closed_set_kind, NULL, r->profile, &out);
    write_name("seal", &out);
    tr_sha256(tr_buf_slice(&out.buf), hash);
    write_hash(hash, &out);
    tr_out_text(&out, "}\n");
    *to = out.buf;
}

/* ---- persons ---- */

enum { TOKEN_LEN = 24 };

/* The hash of what the round was made of, without who is who. */
static void hash_round(const struct tr_certificate *c, struct tr_buf *text, char hash[64])
{
    struct tr_out out = {.fd = -1};

    tr_buf_num(&out.buf, c->round.as_of);
    tr_out_text(&out, tr_policy_names[c->policy]);
    write_input(c, TR_INPUT_RULES, &out);
    write_input(c, TR_INPUT_PLACES, &out);
    write_input(c, TR_INPUT_REFERRALS, &out);
    tr_sha256(tr_buf_slice(&out.buf), hash);
    text->failed |= out.buf.failed;
    tr_buf_clear(&out.buf);
}

/* The token of the person for whom the referral counts. */
static struct tr_str token_of(struct tr_str id, const char round[64], struct tr_arena *arena,
                              struct tr_buf *text)
{
    char token[2 + TR_SHA256_LEN] = "p-";

    text->len = 0;
    tr_buf_add(text, round, TR_SHA256_LEN);
    tr_buf_str(text, id);
    tr_sha256(tr_buf_slice(text), token + 2);
    return tr_arena_copy(arena, (struct tr_str){token, 2 + TOKEN_LEN});
}

int tr_certificate_persons(struct tr_certificate *c, struct tr_err *err)
{
    struct tr_records *r = &c->round.referrals;
    char round[TR_SHA256_LEN];
    struct tr_buf text = {0};
    bool hashed = false;

    for (uint32_t i = 0; i < r->n; i++) {
        tr_candidate(r, i)->person = (struct tr_str){"", 0};
        tr_candidate(r, i)->counts = -1;
    }
    for (uint32_t i = 0; i < r->n; i++) {
        struct tr_candidate *other = tr_candidate(r, i), *one;
        int counts = other->same_person.len > 0 ? tr_records_find(r, other->same_person) : -1;

        if (counts < 0)
            continue;
        if (!hashed)
            hash_round(c, &text, round);
        hashed = true;
        one = tr_candidate(r, (uint32_t)counts);
        if (one->person.len == 0)
            one->person = token_of(one->id, round, &r->text, &text);
        one->counts = 1;
        other->person = one->person;
        other->counts = 0;
    }
    r->text.failed |= text.failed;
    tr_buf_clear(&text);
    return r->text.failed ? tr_err_memory(err) : 0;
}

/* ---- reading ---- */

static int unusable(const char *path, const char *why, struct tr_err *err)
{
    tr_err_set(err, TR_E_CERTIFICATE, why, NULL, NULL);
    err->source = path;
    return -1;
}

/* Whether the text ends with a seal that is right for what stands before it. */
static bool is_sealed(struct tr_str text)
{
    static const char end[] = "\"}\n";
    size_t tail = strlen("\"") + strlen(hash_name) + TR_SHA256_LEN + strlen(end);
    char hash[TR_SHA256_LEN];
    const char *p;

    if (text.len < tail)
        return false;
    p = text.p + text.len - tail;
    tr_sha256((struct tr_str){text.p, text.len - tail}, hash);
    return *p == '"' && memcmp(p + 1, hash_name, strlen(hash_name)) == 0 &&
           memcmp(p + 1 + strlen(hash_name), hash, sizeof hash) == 0 &&
           memcmp(text.p + text.len - strlen(end), end, strlen(end)) == 0;
}

/* Reads a hash. Anything else gives zeros, which are the hash of nothing. */
static void read_hash(const struct tr_json *value, char out[64])
{
    struct tr_str s = tr_json_text(value);
    size_t prefix = strlen(hash_name);

    memset(out, '0', TR_SHA256_LEN);
    if (s.len == prefix + TR_SHA256_LEN && memcmp(s.p, hash_name, prefix) == 0)
        memcpy(out, s.p + prefix, TR_SHA256_LEN);
}

static int read_rules(struct tr_round *r, const struct tr_json *array, const char *path,
                      struct tr_err *err)
{
    struct tr_records rows;
    int rc = tr_records_from_json(&rows, &rule_kind, r->profile, array, path, err);

    tr_place_rules_init(&r->rules, r->profile, r->as_of);
    for (uint32_t k = 0; rc == 0 && k < rows.n; k++) {
        const struct rule_row *row = (const struct rule_row *)(const void *)rows.record + k;
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

/* The sections that are arrays of records: where each goes. */
static int read_sections(struct tr_certificate *c, const struct tr_json *d, const char *path,
                         struct tr_err *err)
{
    struct tr_records standing = {0};
    const struct {
        const char *name;
        const struct tr_kind *kind;
        struct tr_records *to;
    } sections[] = {
        {"what_if", &tr_what_if_kind, &c->what_if},
        {"places", &tr_vacancy_kind, &c->round.places},
        {"referrals", &tr_candidate_kind, &c->round.referrals},
        {"stays", &tr_standing_kind, &standing},
        {"priority", &tr_own_order_kind, &c->own},
        {"placements", &tr_placement_kind, &c->placements},
        {"closed_sets", &tr_closed_set_kind, &c->closed_sets},
    };
    int rc = 0;

    for (size_t s = 0; rc == 0 && s < COUNT(sections); s++) {
        const struct tr_json *array = tr_json_member(d, tr_str(sections[s].name));

        rc = array ? tr_records_from_json(sections[s].to, sections[s].kind, c->round.profile, array,
                                          path, err)
                   : unusable(path, N_("a part of it is missing"), err);
    }
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

int tr_certificate_parse(struct tr_certificate_read *out, const struct tr_profile *profile,
                         struct tr_str text, const char *path, struct tr_err *err)
{
    struct tr_certificate *c = &out->c;
    struct tr_json *d = tr_json_parse(text, path, err);
    struct tr_buf version = {0}, order = {0};
    const struct tr_json *inputs;
    struct tr_date day;
    int rc = -1;

    *out = (struct tr_certificate_read){.sealed = is_sealed(text)};
    tr_sha256(text, out->hash);
    if (!d)
        return -1;
    c->round.profile = profile;
    tr_json_cell(tr_json_member(d, TR_STR("version")), &version);
    tr_json_cell(tr_json_member(d, TR_STR("order")), &order);
    c->round.as_of = tr_date_parse(tr_json_text(tr_json_member(d, TR_STR("as_of"))), &day)
                         ? tr_date_number(day)
                         : TR_NO_DAY;
    if (!tr_str_is(tr_json_text(tr_json_member(d, TR_STR("format"))), format_name))
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
    else if (read_sections(c, d, path, err) == 0 &&
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
    tr_json_free(d);
    if (rc < 0)
        tr_certificate_clear(c);
    return rc;
}
