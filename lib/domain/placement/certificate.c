#include "domain/placement/certificate_own.h"

#include <stdlib.h>

#include "base/out.h"
#include "base/sha256.h"

const char tr_certificate_format[] = "transition-certificate", tr_certificate_hash_name[] = "sha256:";

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

static const struct tr_member rule_members[] = {
    {"rule", TR_M_TEXT, .at = offsetof(struct tr_rule_row, rule), .filled = true},
    {"unknown", TR_M_BOOL, .at = offsetof(struct tr_rule_row, unknown), .filled = true},
};

const struct tr_kind tr_rule_row_kind = {
    .name = "rule",
    .member = rule_members,
    .n_members = COUNT(rule_members),
    .size = sizeof(struct tr_rule_row),
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

static bool says_something(const void *record)
{
    const struct tr_candidate *c = record;

    return c->declined.len > 0 || c->held.len > 0 || c->ended == 1 || c->state.len > 0 ||
           c->person.len > 0;
}

static void write_records(const struct tr_records *r, const struct tr_kind *kind,
                          const struct tr_profile *profile, struct tr_out *out)
{
    tr_kind_objects(kind, profile, r->record, r->n, NULL, out);
}

static void write_rules(const struct tr_certificate *c, struct tr_out *out)
{
    struct tr_rule_row rows[TR_N_PLACE_RULES];
    uint32_t n = 0;

    for (int rule = 0; rule < TR_N_PLACE_RULES; rule++)
        if (c->round.rules.applies >> rule & 1)
            rows[n++] = (struct tr_rule_row){tr_str(tr_place_rule_names[rule]),
                                          c->round.rules.lenient >> rule & 1};
    tr_kind_objects(&tr_rule_row_kind, c->round.profile, rows, n, NULL, out);
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
        write_records(&r->places, &tr_vacancy_kind, r->profile, out);
        break;
    case TR_INPUT_REFERRALS:
        write_records(&r->referrals, &tr_candidate_kind, r->profile, out);
        break;
    case TR_INPUT_STAYS:
        tr_kind_objects(&tr_standing_kind, r->profile, r->referrals.record, r->referrals.n, says_something,
                        out);
        break;
    case TR_INPUT_RULES:
        write_list(r->priority.text, out);
        write_rules(c, out);
        break;
    default:
        write_records(&c->own, &tr_own_order_kind, r->profile, out);
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
    tr_out_text(out, tr_certificate_hash_name);
    tr_out_add(out, hash, TR_SHA256_LEN);
    tr_out_text(out, "\"");
}

static void write_head(const struct tr_certificate *c, struct tr_out *out)
{
    char day[TR_DATE_LEN] = "", hash[TR_SHA256_LEN];
    struct tr_err err; /* memory: marked in out as well */

    tr_out_text(out, "{\"format\":");
    tr_json_string(out, tr_str(tr_certificate_format));
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
    write_records(&c->what_if, &tr_what_if_kind, r->profile, &out);
    write_name("places", &out);
    write_input(c, TR_INPUT_PLACES, &out);
    write_name("referrals", &out);
    write_input(c, TR_INPUT_REFERRALS, &out);
    write_name("stays", &out);
    write_input(c, TR_INPUT_STAYS, &out);
    write_name("priority", &out);
    write_input(c, TR_INPUT_PRIORITY, &out);
    write_name("placements", &out);
    write_records(&c->placements, &tr_placement_kind, r->profile, &out);
    write_name("closed_sets", &out);
    write_records(&c->closed_sets, &tr_closed_set_kind, r->profile, &out);
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
