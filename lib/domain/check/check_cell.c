#define _GNU_SOURCE
#include "base/calendar.h"
#include "base/date.h"
#include "base/pattern.h"
#include "base/text.h"
#include "domain/check/check_own.h"
#include "domain/placement/round.h"
#include "domain/routine/service.h"

static const struct tr_str none = {"", 0};

static struct tr_str cell_of(const struct tr_check_place *at, const char *column)
{
    return tr_table_cell(at->t, at->row, tr_table_column(at->t, column));
}

static void wrong_kind(struct tr_checker *c, const struct tr_check_place *at, const char *what)
{
    tr_check_fault(c, at, TR_E_CHECK_KIND, tr_str(what), none, none);
}

/* ---- names that must exist ---- */

/* Looks for a name among those offered. If it is not there, all are offered a second time to find
 * the nearest, which is slow. */
struct search {
    struct tr_near near;
    bool found, again;
};

static void offer(struct search *s, struct tr_str value)
{
    s->found |= tr_str_eq(s->near.wanted, value);
    if (s->again)
        tr_near_offer(&s->near, value);
}

static bool offer_again(struct search *s)
{
    if (s->found || s->again)
        return false;
    s->again = true;
    return true;
}

static void offer_parts(struct search *s, struct tr_str joined)
{
    struct tr_str part;

    while (tr_str_part(&joined, '|', &part))
        offer(s, part);
}

static void offer_all(struct tr_checker *c, struct tr_str of, struct search *s)
{
    struct tr_check_walk w;
    struct tr_str value;

    if (!tr_check_walk(c, of, &w))
        s->found = true; /* nobody knows */
    else
        while (tr_check_step(&w, &value))
            offer(s, value);
}

static struct tr_str near_of(const struct search *s)
{
    return tr_near_found(&s->near) ? s->near.best : none;
}

/* Reports a name that was not found. */
static void not_found(struct tr_checker *c, const struct tr_check_place *at, const struct search *s,
                      struct tr_str of)
{
    tr_check_fault(c, at, near_of(s).len ? TR_E_CHECK_CODE_NEAR : TR_E_CHECK_CODE, s->near.wanted,
                   of, near_of(s));
}

static void check_code(struct tr_checker *c, const struct tr_check_place *at, struct tr_str of,
                       struct tr_str code)
{
    struct search s = {.near = {.wanted = code}};
    struct tr_str rest, part;

    do {
        rest = of;
        while (tr_str_part(&rest, '|', &part))
            offer_all(c, part, &s);
    } while (offer_again(&s));
    if (!s.found)
        not_found(c, at, &s, of);
}

static void check_codes(struct tr_checker *c, const struct tr_check_place *at, struct tr_str of,
                        struct tr_str joined)
{
    struct tr_str part;

    while (tr_str_part(&joined, '|', &part))
        check_code(c, at, of, part);
}

/* ---- kinds of cell ---- */

typedef void check_cell(struct tr_checker *c, const struct tr_check_place *at,
                        const struct tr_check_rule *rule, struct tr_str cell);

static void cell_text(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    (void)c, (void)at, (void)rule, (void)cell;
}

static void cell_id(struct tr_checker *c, const struct tr_check_place *at,
                    const struct tr_check_rule *rule, struct tr_str cell)
{
    (void)rule;
    for (size_t i = 0; i < cell.len; i++)
        if (strchr(" |,;:={}&!", cell.p[i])) {
            wrong_kind(c, at, N_("a code without spaces or punctuation, such as moved_in"));
            return;
        }
}

static void cell_flag(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    (void)rule;
    if (!tr_str_is(cell, "ja") && !tr_str_is(cell, "nei"))
        wrong_kind(c, at, N_("ja or nei"));
}

static void cell_number(struct tr_checker *c, const struct tr_check_place *at,
                        const struct tr_check_rule *rule, struct tr_str cell)
{
    (void)rule;
    for (size_t i = 0; i < cell.len; i++)
        if (cell.p[i] < '0' || cell.p[i] > '9' || i > 4) {
            wrong_kind(c, at, N_("a whole number"));
            return;
        }
}

static void cell_span(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_duration span;

    (void)rule;
    if (!tr_duration_parse(cell, &span))
        wrong_kind(c, at, N_("a duration such as P3M, P4W, P14D or 3wd"));
}

static void cell_date(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_date day;

    (void)rule;
    if (!tr_date_parse(cell, &day))
        wrong_kind(c, at, N_("a day such as 2026-11-21"));
}

/* Whether a place is open again: yes, no, or after a duration. */
static void cell_again(struct tr_checker *c, const struct tr_check_place *at,
                       const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_duration span;

    (void)rule;
    if (!tr_str_is(cell, "ja") && !tr_str_is(cell, "nei") && !tr_duration_parse(cell, &span))
        wrong_kind(c, at, N_("ja, nei or a duration such as P30D"));
}

static void cell_hours(struct tr_checker *c, const struct tr_check_place *at,
                       const struct tr_check_rule *rule, struct tr_str cell)
{
    (void)rule;
    if (tr_hours_open(cell, (struct tr_moment){0, -1}) == -2)
        wrong_kind(c, at, N_("hours such as Mo-Fr 09:00-15:00; PH off, or 24/7"));
}

static void cell_order(struct tr_checker *c, const struct tr_check_place *at,
                       const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_priority order;
    bool ends = false;

    (void)rule;
    if (tr_priority_parse(&order, cell) == 0)
        for (int k = 0; k < order.n; k++)
            ends |= strcmp(tr_candidate_kind.member[order.member[k]].name, "referral_id") == 0;
    if (!ends)
        wrong_kind(c, at,
                   N_("at most 8 fields that end with referral_id, such as "
                      "urgency|received|queue_number|referral_id"));
}

static void cell_pattern(struct tr_checker *c, const struct tr_check_place *at,
                         const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_buf bad = {0};
    struct tr_pattern *pattern = tr_pattern_new(cell, &bad);

    (void)rule;
    if (!pattern)
        tr_check_fault(c, at, TR_E_CHECK_PATTERN, tr_buf_slice(&bad), none, none);
    tr_pattern_free(pattern);
    tr_buf_clear(&bad);
}

/* One of the words of the schema itself. */
static void cell_word(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    struct search s = {.near = {.wanted = cell}};

    do
        offer_parts(&s, rule->of);
    while (offer_again(&s));
    if (!s.found)
        not_found(c, at, &s, rule->of);
}

/* The list that a rule's codes belong to. With @column, that column of this row names the list, or
 * a field that has one. */
static struct tr_str list_meant(const struct tr_check_place *at, const struct tr_check_rule *rule)
{
    char column[TR_CHECK_NAME];
    struct tr_str name;
    int field;

    if (rule->of.len == 0 || *rule->of.p != '@')
        return rule->of;
    tr_err_copy(column, sizeof column, (struct tr_str){rule->of.p + 1, rule->of.len - 1});
    name = cell_of(at, column);
    field = tr_field_find(name);
    return field >= 0 && tr_fields[field].list ? tr_str(tr_fields[field].list) : name;
}

static void cell_code(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    check_code(c, at, list_meant(at, rule), cell);
}

static void cell_codes(struct tr_checker *c, const struct tr_check_place *at,
                       const struct tr_check_rule *rule, struct tr_str cell)
{
    check_codes(c, at, list_meant(at, rule), cell);
}

/* One of the first n fields. */
static void check_field(struct tr_checker *c, const struct tr_check_place *at, int n, bool coded,
                        struct tr_str name)
{
    struct search s = {.near = {.wanted = name}};

    do
        for (int f = 0; f < n; f++)
            if (!coded || tr_fields[f].list)
                offer(&s, tr_str(tr_fields[f].name));
    while (offer_again(&s));
    if (!s.found)
        not_found(c, at, &s, TR_STR("fields.field"));
}

/* A field of a referral that has codes. */
static void cell_coded(struct tr_checker *c, const struct tr_check_place *at,
                       const struct tr_check_rule *rule, struct tr_str cell)
{
    (void)rule;
    check_field(c, at, TR_N_FIELDS, true, cell);
}

/* Fields of a referral as it comes, with bars. */
static void cell_fields(struct tr_checker *c, const struct tr_check_place *at,
                        const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_str name;

    (void)rule;
    while (tr_str_part(&cell, '|', &name))
        check_field(c, at, TR_N_REFERRAL_FIELDS, false, name);
}

/* A list that has codes. */
static void cell_list(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    struct search s = {.near = {.wanted = cell}};
    struct tr_check_walk w;
    struct tr_str code;

    (void)rule;
    s.found = tr_check_walk(c, cell, &w) && tr_check_step(&w, &code);
    do
        offer_all(c, TR_STR("codes.list"), &s);
    while (offer_again(&s));
    if (!s.found)
        not_found(c, at, &s, TR_STR("codes.list"));
}

/* type or type:detail, and after & what it depends on. */
static void check_sign(struct tr_checker *c, const struct tr_check_place *at, struct tr_str cell)
{
    struct tr_str type, sign, other;

    tr_str_part(&cell, '&', &sign);
    while (tr_str_part(&cell, '&', &other))
        check_code(c, at, TR_STR("event_type"), other);
    tr_str_part(&sign, ':', &type);
    check_code(c, at, TR_STR("event_type"), type);
    if (sign.p)
        check_code(c, at, TR_STR("event_detail"), sign);
}

static void cell_signs(struct tr_checker *c, const struct tr_check_place *at,
                       const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_str part;

    (void)rule;
    while (tr_str_part(&cell, '|', &part))
        check_sign(c, at, part);
}

/* What a sign leads to, or sign!type: a code of the list that the schema names. */
static void cell_changes(struct tr_checker *c, const struct tr_check_place *at,
                         const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_str part, signs, sign;

    while (tr_str_part(&cell, '|', &part)) {
        tr_str_part(&part, '=', &signs);
        if (!part.p) {
            wrong_kind(c, at, N_("event=code, joined with |"));
            return;
        }
        while (tr_str_part(&signs, '!', &sign))
            check_sign(c, at, sign);
        check_code(c, at, rule->of, part);
    }
}

/* When an item of a plan matters: item=answer, of another item. */
static void cell_when(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_check_place other = *at;
    struct tr_str item = {0}, answer = cell;

    (void)rule;
    tr_str_part(&answer, '=', &item);
    for (other.row = 0; other.row < at->row; other.row++)
        if (tr_str_eq(cell_of(&other, "point"), cell_of(at, "point")) &&
            tr_str_eq(cell_of(&other, "item"), item) && tr_str_is(cell_of(&other, "kind"), "yesno"))
            break;
    if (other.row == at->row || (!tr_str_is(answer, "ja") && !tr_str_is(answer, "nei")))
        wrong_kind(c, at, N_("item=ja or item=nei, of a yesno item above it in the same point"));
}

/* ---- names that a program must read ---- */

/* The keys that programs read: those in the schema. */
static void offer_keys(const struct tr_checker *c, struct search *s)
{
    for (uint32_t i = 0; i < c->schema.n_rows; i++) {
        struct tr_str key = c->rule[i].column, value;

        tr_str_part(&key, ':', &value);
        if (key.p)
            offer(s, key);
    }
}

/* Whether {profile.KEY} stands in some cell of the profile, as a key may be for letters only. */
static bool told(const struct tr_checker *c, struct tr_str key)
{
    struct tr_buf name = {0};
    bool found = false;

    tr_buf_text(&name, "{profile.");
    tr_buf_str(&name, key);
    tr_buf_char(&name, '}');
    for (int k = 0; !name.failed && k < c->n_tables; k++) {
        const struct tr_table *t = &c->table[k].t;

        for (size_t i = 0; i < (size_t)t->n_rows * t->n_columns && !found; i++)
            found = t->cells[i].len > 0 &&
                    memmem(t->cells[i].p, t->cells[i].len, name.p, name.len) != NULL;
    }
    tr_buf_clear(&name);
    return found;
}

/* Lists that programs know, and those that a column of a table has. */
static void offer_lists(struct tr_checker *c, struct search *s)
{
    for (uint32_t r = 0; r < c->codes.n_rows; r++) {
        struct tr_str list = tr_table_cell(&c->codes, r, tr_table_column(&c->codes, "of"));
        struct tr_check_walk w;

        if (tr_check_walk(c, list, &w) && w.list_column >= 0)
            offer(s, list);
    }
    offer_all(c, TR_STR("fields.list"), s);
}

/* Columns that programs write, and those that the profile counts. */
static void offer_columns(struct tr_checker *c, struct search *s)
{
    const struct tr_table *t = &c->codes;

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_is(tr_table_cell(t, r, tr_table_column(t, "of")), "fields.field"))
            offer_parts(s, tr_table_cell(t, r, tr_table_column(t, "codes")));
    offer_all(c, TR_STR("measures.measure"), s);
}

/* The cell must be a name that something reads: a misspelt one would be ignored in silence. */
static void cell_read(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    struct search s = {.near = {.wanted = cell}};

    s.found = tr_str_is(rule->of, "profile.key") && told(c, cell);
    do {
        if (tr_str_is(rule->of, "codes.list"))
            offer_lists(c, &s);
        else if (tr_str_is(rule->of, "fields.field"))
            offer_columns(c, &s);
        else
            offer_keys(c, &s);
    } while (offer_again(&s));
    if (!s.found)
        tr_check_fault(c, at, near_of(&s).len ? TR_E_CHECK_UNREAD_NEAR : TR_E_CHECK_UNREAD, cell,
                       near_of(&s), none);
}

/* Cuts off front if s begins with it. */
static bool take(struct tr_str *s, const char *front)
{
    size_t n = strlen(front);

    if (s->len < n || memcmp(s->p, front, n) != 0)
        return false;
    *s = (struct tr_str){s->p + n, s->len - n};
    return true;
}

/* Whether the name is a column that sums up codes, which column_groups.csv names. */
static bool is_group(struct tr_checker *c, struct tr_str name)
{
    struct tr_check_walk w;
    struct tr_str code;

    if (tr_check_walk(c, TR_STR("column_group"), &w))
        while (tr_check_step(&w, &code))
            if (tr_str_eq(code, name))
                return true;
    return false;
}

/* Sentences with {column}, {column?}, {by.column}, {head.column}, {percent.column} and
 * {profile.KEY}. */
static void cell_note(struct tr_checker *c, const struct tr_check_place *at,
                      const struct tr_check_rule *rule, struct tr_str cell)
{
    struct tr_str name;

    (void)rule;
    while (tr_check_brace(&cell, &name)) {
        if (take(&name, "profile.")) {
            check_code(c, at, TR_STR("profile.key"), name);
            continue;
        }
        if (!take(&name, "head.") && !take(&name, "by.") && !take(&name, "percent.") && name.len > 0 && name.p[name.len - 1] == '?')
            name.len--;
        if (!is_group(c, name))
            check_code(c, at, TR_STR("fields.field"), name);
    }
}

static const struct {
    const char *name;
    check_cell *check;
} kinds[] = {
    {"text", cell_text},       {"id", cell_id},       {"flag", cell_flag},
    {"number", cell_number},   {"span", cell_span},   {"again", cell_again},
    {"hours", cell_hours},     {"order", cell_order}, {"pattern", cell_pattern},
    {"word", cell_word},       {"code", cell_code},   {"codes", cell_codes},
    {"coded", cell_coded},     {"list", cell_list},   {"signs", cell_signs},
    {"changes", cell_changes}, {"when", cell_when},   {"read", cell_read},
    {"note", cell_note},       {"date", cell_date},   {"fields", cell_fields},
};

void tr_check_cell(struct tr_checker *c, const struct tr_check_place *at,
                   const struct tr_check_rule *rule)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tr_str_is(rule->kind, kinds[i].name))
            kinds[i].check(c, at, rule, tr_table_cell(at->t, at->row, at->column));
}
