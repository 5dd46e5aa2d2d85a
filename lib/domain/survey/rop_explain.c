#include "base/text.h"
#include "domain/survey/rop.h"

/* What every sentence is made from. */
struct words {
    const struct tr_rop *rop;
    const struct tr_value *v;
    const struct tr_rop_result *result;
    int ask;
    enum tr_lang lang;
    struct tr_buf *out;
};

static void sentence(const struct words *w, const char *key, const struct tr_fill *fills)
{
    tr_buf_text(w->out, "  ");
    tr_text_fill(tr_profile_text(w->rop->profile, key, w->lang), fills, w->out);
    tr_buf_char(w->out, '\n');
}

static struct tr_str why(const struct words *w, const struct tr_rules *rules, int rule)
{
    return tr_table_cell(rules->table, (uint32_t)rule,
                         tr_lang_column(rules->table, "why", w->lang));
}

static struct tr_str cell_of_matrix(const struct tr_rules *rules, int rule)
{
    return tr_table_cell(rules->table, (uint32_t)rule,
                         tr_table_column(rules->table, "matrix_cell"));
}

/* Labels of the set bits, joined: "a, b or c", with the word that the key names for "or". */
static void join_labels(const struct words *w, const struct tr_list *list, uint64_t bits,
                        const char *key, struct tr_buf *out)
{
    struct tr_str last = tr_profile_text(w->rop->profile, key, w->lang);

    for (const uint64_t all = bits; bits; bits &= bits - 1) {
        if (bits != all && (bits & (bits - 1)) == 0) {
            tr_buf_char(out, ' ');
            tr_buf_str(out, last);
            tr_buf_char(out, ' ');
        } else if (bits != all) {
            tr_buf_text(out, ", ");
        }
        tr_buf_str(out, list->entry[__builtin_ctzll(bits)].label[w->lang]);
    }
}

static struct tr_str label_of(const struct words *w, enum tr_field field)
{
    return tr_profile_label(w->rop->profile, tr_str(tr_fields[field].name), w->lang);
}

static struct tr_str code_label(const struct words *w, enum tr_field field, int code)
{
    const struct tr_list *list = w->rop->profile->of_field[field];

    return code < 0 ? (struct tr_str){0} : list->entry[code].label[w->lang];
}

static struct tr_str of_matrix(const struct words *w, int group, const char *column)
{
    const struct tr_table *t = &w->rop->profile->table[TR_T_ROP_MATRIX];
    struct tr_str code = w->rop->profile->of_field[TR_F_ROP_GROUP]->entry[group].code;

    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, tr_table_column(t, "rop_group")), code))
            return tr_table_cell(t, r, tr_lang_column(t, column, w->lang));
    return (struct tr_str){0};
}

/* What the matrix says of each group between which a professional chooses. */
static void tell_choices(const struct words *w)
{
    for (uint64_t groups = w->result->judge; groups; groups &= groups - 1) {
        int group = __builtin_ctzll(groups);

        tr_buf_text(w->out, "  ");
        sentence(w, "explain.choice",
                 (struct tr_fill[]){{"group", code_label(w, TR_F_ROP_GROUP, group)},
                                    {"challenges", of_matrix(w, group, "challenges")},
                                    {"need", of_matrix(w, group, "housing_need")},
                                    {NULL}});
        if (of_matrix(w, group, "second").len == 0)
            continue;
        tr_buf_text(w->out, "    ");
        sentence(w, "explain.choice.second",
                 (struct tr_fill[]){{"second", of_matrix(w, group, "second")}, {NULL}});
    }
}

static struct tr_str or_missing(const struct words *w, struct tr_str text)
{
    return text.len > 0 ? text : tr_profile_text(w->rop->profile, "explain.judged.missing", w->lang);
}

/* Who judged, when and why. */
static void tell_details(const struct words *w)
{
    struct tr_buf reason = {0};

    tr_text_show(w->v[TR_F_JUDGED_REASON].text, &reason);
    sentence(w, "explain.judged.details",
             (struct tr_fill[]){{"by", or_missing(w, w->v[TR_F_JUDGED_BY].text)},
                                {"on", or_missing(w, w->v[TR_F_JUDGED_ON].text)},
                                {"reason", or_missing(w, tr_buf_slice(&reason))},
                                {NULL}});
    tr_buf_clear(&reason);
}

/* A judgement that counts, and what the rules say when that is something else. */
static void tell_judged(const struct words *w, const struct tr_fill *fills, struct tr_str groups)
{
    const struct tr_rop_result *r = w->result;

    sentence(w,
             r->outside      ? "explain.judged.outside"
             : r->group >= 0 ? "explain.judged"
                             : "explain.judged.type",
             fills);
    tell_details(w);
    if (r->judgement_differs && groups.len == 0)
        groups = tr_profile_text(w->rop->profile, "explain.judged.none", w->lang);
    if (r->judgement_differs)
        sentence(w, "explain.judged.rules", (struct tr_fill[]){{"groups", groups}, {NULL}});
}

/* A judgement that does not count, since the rules decide. */
static void tell_other_judgement(const struct words *w)
{
    int group = w->v[TR_F_JUDGED_GROUP].num, type = w->v[TR_F_JUDGED_HOUSING_TYPE].num;
    struct tr_str judged = group >= 0 ? code_label(w, TR_F_JUDGED_GROUP, group)
                                      : code_label(w, TR_F_JUDGED_HOUSING_TYPE, type);

    sentence(w, "explain.judged.other", (struct tr_fill[]){{"judged", judged}, {NULL}});
    tell_details(w);
}

static void tell_result(const struct words *w)
{
    const struct tr_rop_result *r = w->result;
    int rule = r->rules ? __builtin_ctzll(r->rules) : -1;
    bool one = r->rules && !(r->rules & (r->rules - 1));
    struct tr_buf groups = {0};
    struct tr_fill fills[] = {
        {"group", code_label(w, TR_F_ROP_GROUP, r->group)},
        {"rule", rule < 0 ? (struct tr_str){0} : w->rop->groups.id[rule]},
        {"why", rule < 0 ? (struct tr_str){0} : why(w, &w->rop->groups, rule)},
        {"cell", rule < 0 ? (struct tr_str){0} : cell_of_matrix(&w->rop->groups, rule)},
        {"type", code_label(w, TR_F_HOUSING_TYPE, r->housing_type)},
        {"groups", {0}},
        {NULL},
    };

    join_labels(w, w->rop->profile->of_field[TR_F_ROP_GROUP], r->possible,
                r->judge ? "explain.and" : "explain.or", &groups);
    fills[5].text = tr_buf_slice(&groups);
    if (r->basis == TR_ROP_JUDGED)
        tell_judged(w, fills, tr_buf_slice(&groups));
    else if (r->group >= 0)
        sentence(w, one ? "explain.group" : "explain.group.rules", fills);
    else if (r->outside)
        sentence(w, "explain.outside", fills);
    else
        sentence(w, !r->judge ? "explain.open" : one ? "explain.matrix.open" : "explain.judge", fills);
    if (r->judge)
        tell_choices(w);
    if (r->judgement_differs && r->basis != TR_ROP_JUDGED)
        tell_other_judgement(w);
    if (r->housing_type >= 0)
        sentence(w, "explain.type", fills);
    tr_buf_clear(&groups);
}

static void tell_somatic(const struct words *w)
{
    const struct tr_rop_result *r = w->result;
    int rule = r->somatic_rules ? __builtin_ctzll(r->somatic_rules) : -1;
    const struct tr_fill fills[] = {
        {"extension", code_label(w, TR_F_ROP_SOMATIC, r->somatic)},
        {"why", rule < 0 ? (struct tr_str){0} : why(w, &w->rop->somatic, rule)},
        {"rule", rule < 0 ? (struct tr_str){0} : w->rop->somatic.id[rule]},
        {NULL},
    };

    if (r->somatic >= 0)
        sentence(w, "explain.somatic", fills);
}

/* What is left when the question has this answer. */
static void tell_answer(const struct words *w, int value)
{
    const struct tr_list *list = w->rop->profile->of_field[w->ask];
    struct tr_value v[TR_N_FIELDS];
    struct tr_rop_result then;
    struct tr_buf groups = {0};
    const char *key = "explain.answer";

    memcpy(v, w->v, sizeof v);
    v[w->ask] = (struct tr_value){.text = list->entry[value].code, .num = value};
    tr_rop_decide(w->rop, v, &then);
    tr_rop_extend(w->rop, v, &then);
    if (w->result->group >= 0 && w->result->housing_type < 0 && then.housing_type >= 0)
        key = "explain.answer.type";
    else if (w->result->group >= 0 && w->result->housing_type >= 0)
        key = then.extension_open ? "explain.answer.somatic.open"
              : then.somatic < 0  ? "explain.answer.somatic.none"
                                  : "explain.answer.somatic";
    else if (then.outside)
        key = "explain.answer.outside";
    else if (then.judge)
        key = "explain.answer.judge";
    join_labels(w, w->rop->profile->of_field[TR_F_ROP_GROUP], then.possible,
                then.judge ? "explain.and" : "explain.or", &groups);
    tr_buf_text(w->out, "  ");
    sentence(w, key,
             (struct tr_fill[]){{"value", list->entry[value].label[w->lang]},
                                {"groups", tr_buf_slice(&groups)},
                                {"type", code_label(w, TR_F_HOUSING_TYPE, then.housing_type)},
                                {"extension", code_label(w, TR_F_ROP_SOMATIC, then.somatic)},
                                {NULL}});
    tr_buf_clear(&groups);
}

/* What each answer to the next question would leave. */
static void tell_question(const struct words *w)
{
    if (w->ask < 0)
        return;
    sentence(w, "explain.ask",
             (struct tr_fill[]){{"indicator", label_of(w, (enum tr_field)w->ask)}, {NULL}});
    for (int value = 0; value < w->rop->profile->of_field[w->ask]->n; value++)
        tell_answer(w, value);
}

/* The one indicator that keeps rule from being possible, when a single step of it would do: the
 * next value of an ordered list, or the other answer to a question. -1 when it takes more. */
static int only_obstacle(const struct tr_rules *rules, const struct tr_value v[], int rule)
{
    int obstacle = -1;

    for (int c = 0; c < rules->n_conditions; c++) {
        int num = v[rules->condition[c]].num;
        uint64_t box = rules->box[rule][c];

        if (num < 0 || box >> num & 1)
            continue;
        if (obstacle >= 0 || !((num > 0 && box >> (num - 1) & 1) || box >> (num + 1) & 1))
            return -1;
        obstacle = c;
    }
    return obstacle;
}

/* Rules that a single step away give something else; rules of one step and one result together. */
static void tell_near(const struct words *w)
{
    const struct tr_rules *rules = &w->rop->groups;
    uint64_t told = w->result->rules;

    for (int rule = 0; rule < rules->n; rule++) {
        int c = told >> rule & 1 ? -1 : only_obstacle(rules, w->v, rule), num;
        int group = rules->result[rule][0], type = rules->result[rule][1];
        struct tr_buf ids = {0}, values = {0};
        uint64_t box = 0;

        if (c < 0 || (group == w->result->group && type == w->result->housing_type))
            continue;
        for (int other = rule; other < rules->n; other++) {
            if (told >> other & 1 || rules->result[other][0] != group ||
                rules->result[other][1] != type || only_obstacle(rules, w->v, other) != c)
                continue;
            told |= UINT64_C(1) << other;
            box |= rules->box[other][c];
            tr_buf_text(&ids, ids.len ? "/" : "");
            tr_buf_str(&ids, rules->id[other]);
        }
        num = w->v[rules->condition[c]].num;
        box &= UINT64_C(1) << (num + 1) | (num > 0 ? UINT64_C(1) << (num - 1) : 0);
        join_labels(w, rules->values[c], box, "explain.or", &values);
        sentence(w, group < 0 ? "explain.near.none" : "explain.near",
                 (struct tr_fill[]){{"rule", tr_buf_slice(&ids)},
                                    {"group", code_label(w, TR_F_ROP_GROUP, group)},
                                    {"type", code_label(w, TR_F_HOUSING_TYPE, type)},
                                    {"indicator", label_of(w, rules->condition[c])},
                                    {"values", tr_buf_slice(&values)},
                                    {"now", code_label(w, rules->condition[c], num)},
                                    {NULL}});
        tr_buf_clear(&ids);
        tr_buf_clear(&values);
    }
}

void tr_rop_explain_result(const struct tr_rop *rop, const struct tr_value v[],
                           const struct tr_rop_result *result, enum tr_lang lang,
                           struct tr_buf *out)
{
    const struct words w = {rop, v, result, -1, lang, out};

    tell_result(&w);
    tell_somatic(&w);
}

void tr_rop_explain(const struct tr_rop *rop, const struct tr_value v[],
                    const struct tr_rop_result *result, int ask, enum tr_lang lang,
                    struct tr_buf *out)
{
    const struct words w = {rop, v, result, ask, lang, out};

    tr_text_show(v[TR_F_REFERRAL_ID].text, out);
    tr_buf_char(out, '\n');
    tell_result(&w);
    tell_somatic(&w);
    tell_question(&w);
    if (result->hf_contradicts)
        sentence(&w, "explain.hf",
                 (struct tr_fill[]){{"hf", code_label(&w, TR_F_HF, v[TR_F_HF].num)}, {NULL}});
    tell_near(&w);
}
