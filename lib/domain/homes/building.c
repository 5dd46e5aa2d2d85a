#include "domain/homes/building.h"

#include "base/number.h"

static struct tr_str in_language(const struct tr_table *t, uint32_t row, const char *column,
                                 enum tr_lang lang)
{
    return tr_table_cell(t, row, tr_lang_column(t, column, lang));
}

static struct tr_str named(const struct tr_table *t, uint32_t row, const char *column)
{
    return tr_table_cell(t, row, tr_table_column(t, column));
}

static void add_part(struct tr_buf *b, struct tr_str s, const char *before)
{
    if (s.len == 0)
        return;
    if (b->len > 0)
        tr_buf_text(b, before);
    tr_buf_str(b, s);
}

static struct tr_str keep(struct tr_buf *b, struct tr_arena *text)
{
    struct tr_str s = tr_arena_copy(text, tr_buf_slice(b));

    text->failed |= b->failed;
    tr_buf_clear(b);
    return s;
}

/* ---- staff ---- */

/* A cell of staffing, with the label of its row: "8: ambulant". */
static void add_cell(struct tr_buf *b, const struct tr_table *t, uint32_t row, enum tr_lang lang,
                     bool first)
{
    struct tr_str label = named(t, row, "label");

    tr_buf_text(b, first ? "" : "; ");
    tr_buf_str(b, label);
    tr_buf_text(b, label.len > 0 ? ": " : "");
    tr_buf_str(b, in_language(t, row, "text", lang));
}

/* Every cell for the groups, by group and building, as printed. */
static void describe_staff(const struct tr_buildings *b, const struct tr_site_rule *rule,
                           struct tr_site *site, struct tr_arena *text)
{
    const struct tr_profile *p = b->rules->profile;
    const struct tr_table *t = &p->table[TR_T_STAFFING];
    const struct tr_list *groups = tr_profile_list(p, "rop_group");
    struct tr_str label = tr_profile_label(p, TR_STR("rop_group"), b->lang);
    struct tr_buf out = {0};
    bool doubtful = false;

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str group = named(t, r, "rop_group");
        struct tr_str building = in_language(t, r, "building", b->lang);
        int g = tr_list_code(groups, group);
        bool before = g < 0 || !(rule->groups >> g & 1);

        for (uint32_t e = 0; e < r && !before; e++)
            before = tr_str_eq(named(t, e, "rop_group"), group) &&
                     tr_str_eq(in_language(t, e, "building", b->lang), building);
        if (before)
            continue;
        tr_buf_text(&out, out.len > 0 ? ". " : "");
        tr_buf_str(&out, label);
        tr_buf_char(&out, ' ');
        tr_buf_str(&out, group);
        tr_buf_text(&out, ", ");
        tr_buf_str(&out, building);
        tr_buf_text(&out, " – ");
        for (uint32_t c = r; c < t->n_rows; c++)
            if (tr_str_eq(named(t, c, "rop_group"), group) &&
                tr_str_eq(in_language(t, c, "building", b->lang), building)) {
                add_cell(&out, t, c, b->lang, c == r);
                doubtful |= tr_str_is(named(t, c, "doubtful"), "ja");
            }
    }
    site->staffing_doubtful = out.len > 0 ? doubtful : -1;
    site->staffing = keep(&out, text);
}

/* ---- modules ---- */

/* Tenths of a square metre; -1: the table does not say. */
static long long area_of(const struct tr_table *t, uint32_t row, const char *column)
{
    struct tr_str cell = named(t, row, column), whole, tenth;
    long long n, part = 0;

    if (cell.len == 0 || !tr_str_part(&cell, '.', &whole) || !tr_number_read(whole, &n))
        return -1;
    if (tr_str_part(&cell, '.', &tenth) && (tenth.len != 1 || !tr_number_read(tenth, &part)))
        return -1;
    return n * 10 + part;
}

static void add_area(struct tr_str *out, long long tenths, struct tr_arena *text)
{
    struct tr_buf b = {0};

    if (tenths <= 0)
        return;
    tr_buf_num(&b, tenths / 10);
    if (tenths % 10 > 0) {
        tr_buf_char(&b, '.');
        tr_buf_num(&b, tenths % 10);
    }
    *out = keep(&b, text);
}

static int module_row(const struct tr_table *t, struct tr_str model)
{
    for (uint32_t r = 0; model.len > 0 && r < t->n_rows; r++)
        if (tr_str_eq(named(t, r, "model"), model))
            return (int)r;
    return -1;
}

/* Models of the homes and of the base, and what areas they add up to, where the table says all. */
static void describe_modules(const struct tr_buildings *b, const struct tr_site_rule *rule,
                             struct tr_site *site, struct tr_arena *text)
{
    static const char *const columns[] = {"modules",      "area_m2", "home_m2",
                                          "technical_m2", "bra_m2",  "bta_m2"};
    enum { SUMS = sizeof columns / sizeof *columns };
    const struct tr_profile *p = b->rules->profile;
    const struct tr_table *rules = &p->table[TR_T_SITE_RULES], *t = &p->table[TR_T_MODULES];
    struct tr_str *const out[SUMS] = {&site->module_count, &site->area_m2, &site->home_m2,
                                      &site->technical_m2, &site->bra_m2,  &site->bta_m2};
    const struct {
        const char *column;
        int32_t homes;
    } part[] = {{"one_room_model", site->one_room},
                {"two_room_model", site->two_room},
                {"base_model", rule->base ? 1 : 0}};
    long long sum[SUMS] = {0};
    struct tr_buf models = {0};

    for (int i = 0; i < 3; i++) {
        struct tr_str model = named(rules, rule->row, part[i].column);
        int row = module_row(t, model);

        if (part[i].homes == 0)
            continue;
        for (int c = 0; c < SUMS && i < 2; c++) {
            long long area = row < 0 ? -1 : area_of(t, (uint32_t)row, columns[c]);

            sum[c] = area < 0 || sum[c] < 0 ? -1 : sum[c] + area * part[i].homes;
        }
        if (row < 0)
            continue;
        tr_buf_text(&models, models.len > 0 ? "|" : "");
        tr_buf_str(&models, model);
        tr_buf_char(&models, ':');
        tr_buf_num(&models, part[i].homes);
    }
    for (int c = 0; c < SUMS; c++)
        add_area(out[c], sum[c], text);
    site->modules = keep(&models, text);
}

/* ---- requirements ---- */

static void describe_requirements(const struct tr_buildings *b, const struct tr_site_rule *rule,
                                  struct tr_site *site, struct tr_arena *text)
{
    const struct tr_profile *p = b->rules->profile;
    const struct tr_table *standards = &p->table[TR_T_STANDARDS], *m = &p->table[TR_T_ROP_MATRIX];
    const struct tr_list *groups = tr_profile_list(p, "rop_group");
    const struct tr_list *list = tr_profile_list(p, "standard");
    struct tr_buf out = {0}, specification = {0};
    struct tr_str last = {0};

    for (uint32_t r = 0; r < m->n_rows; r++) {
        int group = tr_list_code(groups, named(m, r, "rop_group"));
        struct tr_str one = in_language(m, r, "specification", b->lang);

        if (group >= 0 && rule->groups >> group & 1 && !tr_str_eq(one, last)) {
            add_part(&specification, one, "; ");
            last = one;
        }
    }
    site->specification = keep(&specification, text);
    add_part(&out, tr_site_rule_text(b->rules, rule, "requirements", b->lang), ". ");
    for (uint32_t r = 0; r < standards->n_rows; r++)
        if (rule->standard >= 0 &&
            tr_str_eq(named(standards, r, "standard"), list->entry[rule->standard].code)) {
            add_part(&out, in_language(standards, r, "description", b->lang), ". ");
            add_part(&out, in_language(standards, r, "measures", b->lang), ". ");
            site->requirements_doubtful = tr_str_is(named(standards, r, "doubtful"), "ja");
        }
    site->requirements = keep(&out, text);
}

/* ---- somatic extensions ---- */

/* The code of the extension of a group, as rop_somatic.csv has it; empty: there is none. */
static struct tr_str extension_of(const struct tr_profile *p, uint64_t groups)
{
    const struct tr_table *t = &p->table[TR_T_ROP_SOMATIC];
    const struct tr_list *list = tr_profile_list(p, "rop_group");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        uint64_t of;

        if (named(t, r, "rop_somatic").len > 0 &&
            tr_list_codes(list, named(t, r, "rop_group"), &of) && groups != 0 &&
            (groups & ~of) == 0)
            return named(t, r, "rop_somatic");
    }
    return TR_STR("");
}

/* What those with a somatic extension need besides, by its row of the matrix. */
static void describe_somatic(const struct tr_buildings *b, const struct tr_site_rule *rule,
                             struct tr_site *site, struct tr_arena *text)
{
    const struct tr_table *m = &b->rules->profile->table[TR_T_ROP_MATRIX];
    struct tr_str extension = extension_of(b->rules->profile, rule->groups);
    struct tr_buf out = {0};

    for (uint32_t r = 0; r < m->n_rows && site->somatic > 0 && extension.len > 0; r++)
        if (tr_str_eq(named(m, r, "rop_group"), extension)) {
            add_part(&out, in_language(m, r, "services", b->lang), ". ");
            add_part(&out, in_language(m, r, "specification", b->lang), ". ");
        }
    site->somatic_requirements = keep(&out, text);
}

void tr_building_describe(const struct tr_buildings *b, const struct tr_site_rule *rule,
                          struct tr_site *site, struct tr_arena *text)
{
    site->one_room = (site->units * rule->one_room + 50) / 100;
    site->two_room = site->units - site->one_room;
    site->base = rule->base;
    site->building = tr_site_rule_text(b->rules, rule, "building", b->lang);
    describe_staff(b, rule, site, text);
    describe_modules(b, rule, site, text);
    describe_requirements(b, rule, site, text);
    describe_somatic(b, rule, site, text);
}

/* ---- warnings ---- */

int tr_buildings_warn(const struct tr_buildings *b, struct tr_records *sites, struct tr_err *err)
{
    struct tr_dict districts = {0};
    struct tr_buf homes = {0}; /* of each district, int64_t */
    int rc = 0;

    for (int pass = 0; pass < 2 && b->rules->heap > 0; pass++)
        for (uint32_t i = 0; i < sites->n && rc == 0; i++) {
            struct tr_site *s = (struct tr_site *)(void *)sites->record + i;
            int place = (int)(homes.len / sizeof(int64_t));
            int added = tr_dict_add(&districts, s->bydel, &place);
            int64_t zero = 0, *at;

            if (added == 0)
                tr_buf_add(&homes, &zero, sizeof zero);
            if (added < 0 || homes.failed) {
                rc = tr_err_memory(err);
                break;
            }
            at = (int64_t *)(void *)homes.p + place;
            if (pass == 0)
                *at += s->units;
            else if (*at > b->rules->heap && s->units > 0)
                s->warnings = s->warnings.len > 0 ? TR_STR("blend|heap") : TR_STR("heap");
        }
    tr_buf_clear(&homes);
    tr_dict_clear(&districts);
    return rc;
}
