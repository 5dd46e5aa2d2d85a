#include "domain/homes/site_point.h"

static struct tr_str named(const struct tr_table *t, uint32_t row, const char *column)
{
    return tr_table_cell(t, row, tr_table_column(t, column));
}

/* Whether a cell of codes has this one, or is empty. */
static bool is_among(struct tr_str codes, const struct tr_list *list, int entry)
{
    struct tr_str rest = codes, code;

    while (tr_str_part(&rest, '|', &code))
        if (entry >= 0 && tr_str_eq(code, list->entry[entry].code))
            return true;
    return codes.len == 0;
}

/* The sentences of the rule's requirements. */
static void take_sentences(struct tr_site_points *out, const struct tr_site_rules *rules,
                           const struct tr_site_rule *rule, enum tr_lang lang,
                           struct tr_arena *text)
{
    struct tr_str all = tr_site_rule_text(rules, rule, "requirements", lang);
    struct tr_str source = named(&rules->profile->table[TR_T_SITE_RULES], rule->row, "source");
    size_t start = 0;

    for (size_t i = 0; i <= all.len && out->n < TR_SITE_POINTS_MAX; i++) {
        char code[8] = {'s', (char)('0' + (out->n + 1) / 10), (char)('0' + (out->n + 1) % 10)};

        if (i < all.len && (all.p[i] != '.' || (i + 1 < all.len && all.p[i + 1] != ' ')))
            continue;
        if (i > start)
            out->at[out->n++] = (struct tr_site_point){
                tr_arena_copy(text, tr_str(code)), {all.p + start, i - start}, source, false};
        start = i + 2;
    }
}

void tr_site_points_find(struct tr_site_points *out, const struct tr_site_rules *rules, int type,
                         int standard, enum tr_lang lang, struct tr_arena *text)
{
    const struct tr_profile *p = rules->profile;
    const struct tr_table *t = &p->table[TR_T_SITE_POINTS];
    const struct tr_site_rule *rule = tr_site_rule_of(rules, type);

    out->n = 0;
    if (t->n_rows == 0 && rule)
        take_sentences(out, rules, rule, lang, text);
    if (standard < 0 && rule)
        standard = rule->standard;
    for (uint32_t r = 0; r < t->n_rows && out->n < TR_SITE_POINTS_MAX; r++)
        if (is_among(named(t, r, "housing_types"), tr_profile_list(p, "housing_type"), type) &&
            is_among(named(t, r, "standards"), tr_profile_list(p, "standard"), standard))
            out->at[out->n++] = (struct tr_site_point){
                named(t, r, "point"), tr_table_cell(t, r, tr_lang_column(t, "text", lang)),
                named(t, r, "source"), tr_str_is(named(t, r, "doubtful"), "ja")};
}

int tr_site_point_find(const struct tr_site_points *points, struct tr_str code)
{
    for (int i = 0; i < points->n; i++)
        if (tr_str_eq(points->at[i].code, code))
            return i;
    return -1;
}
