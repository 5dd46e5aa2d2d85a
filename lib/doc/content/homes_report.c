#include "doc/content/homes_report.h"

#include <stdio.h>

#include "base/number.h"
#include "base/text.h"
#include "doc/text/show.h"

enum { BAR = 24, MAP_MAX = 12 };

struct writing {
    struct tr_document *d;
    const struct tr_homes_report *r;
    struct tr_buf text;
};

static const struct tr_site *site_at(const struct writing *w, uint32_t i)
{
    return (const struct tr_site *)(const void *)w->r->plan->sites.record + i;
}

static const struct tr_list *list(const struct writing *w, const char *name)
{
    return tr_profile_list(w->d->profile, name);
}

static void heading(struct writing *w, int level, const char *key)
{
    tr_document_say(w->d, TR_D_HEADING, level, tr_document_word(w->d, key));
}

static void cell(struct writing *w, struct tr_str text)
{
    tr_document_say(w->d, TR_D_CELL, 0, text);
}

static void number_cell(struct writing *w, long long n)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", n);
    w->text.len = 0;
    if (n >= 0)
        tr_show_number(tr_str(text), w->d->lang, &w->text);
    cell(w, tr_buf_slice(&w->text));
}

/* Opens a table whose heads are labels of fields. */
static void open_table(struct writing *w, const char *widths, const char *const *fields, int n)
{
    tr_document_open(w->d, TR_D_TABLE, 0, tr_str(widths));
    tr_document_open(w->d, TR_D_ROW, 1, TR_STR(""));
    for (int i = 0; i < n; i++)
        cell(w, tr_profile_label(w->d->profile, tr_str(fields[i]), w->d->lang));
    tr_document_close(w->d);
}

/* A district by its name: code where the profile has none. */
static struct tr_str district(const struct writing *w, struct tr_str code)
{
    const struct tr_list *l = list(w, "bydel");
    int i = tr_list_code(l, code);

    return i < 0 ? code : l->entry[i].label[w->d->lang];
}

/* district:persons|… as people read it. */
static void add_from(struct writing *w, struct tr_str from)
{
    struct tr_str part, code;

    for (bool first = true; tr_str_part(&from, '|', &part); first = false) {
        tr_str_part(&part, ':', &code);
        tr_buf_text(&w->text, first ? "" : ", ");
        tr_buf_str(&w->text, district(w, code));
        tr_buf_text(&w->text, ": ");
        tr_buf_str(&w->text, part);
    }
}

static void sentence(struct writing *w, const char *key, const struct tr_fill *fills)
{
    w->text.len = 0;
    tr_text_fill(tr_document_word(w->d, key), fills, &w->text);
    tr_document_say(w->d, TR_D_PARAGRAPH, 0, tr_buf_slice(&w->text));
}

/* ---- what it adds up to ---- */

static struct tr_str type_label(const struct writing *w, struct tr_str code)
{
    const struct tr_list *types = list(w, "housing_type");
    int i = tr_list_code(types, code);

    return i < 0 ? tr_document_word(w->d, "homes.all") : types->entry[i].label[w->d->lang];
}

static void add_sums(struct writing *w)
{
    static const char *const fields[] = {"housing_type", "persons", "housed",
                                         "waiting",      "sites",   "outside_district"};
    const struct tr_records *sums = w->r->sums;
    char number[5][24];
    const struct tr_homes_sum *s;

    if (sums->n == 0)
        return;
    s = (const struct tr_homes_sum *)(const void *)sums->record + (sums->n - 1);
    snprintf(number[0], sizeof number[0], "%d", s->persons);
    snprintf(number[1], sizeof number[1], "%d", s->housed);
    snprintf(number[2], sizeof number[2], "%d", s->sites);
    snprintf(number[3], sizeof number[3], "%d", s->outside);
    snprintf(number[4], sizeof number[4], "%d", s->waiting);
    sentence(w, s->waiting > 0 ? "homes.summary.waiting" : "homes.summary",
             (struct tr_fill[]){{"persons", tr_str(number[0])},
                                {"housed", tr_str(number[1])},
                                {"sites", tr_str(number[2])},
                                {"outside", tr_str(number[3])},
                                {"waiting", tr_str(number[4])},
                                {NULL, {0}}});
    open_table(w, "34|12|12|12|12|16", fields, 6);
    for (uint32_t i = 0; i < sums->n; i++) {
        s = (const struct tr_homes_sum *)(const void *)sums->record + i;
        tr_document_open(w->d, TR_D_ROW, 0, TR_STR(""));
        cell(w, type_label(w, s->housing_type));
        number_cell(w, s->persons);
        number_cell(w, s->housed);
        number_cell(w, s->waiting);
        number_cell(w, s->sites);
        number_cell(w, s->outside);
        tr_document_close(w->d);
    }
    tr_document_close(w->d);
    tr_document_say(w->d, TR_D_PARAGRAPH, 0, tr_document_word(w->d, "homes.how"));
}

/* Adds a number as people read it to text that starts empty. */
static void show(const struct writing *w, int64_t n, struct tr_buf *text)
{
    char plain[24];

    snprintf(plain, sizeof plain, "%lld", (long long)n);
    tr_show_number(tr_str(plain), w->d->lang, text);
}

/* What all sites cost together, when every new one has a price. */
static void add_costs(struct writing *w)
{
    int64_t cost = 0, cost_year = 0;
    int32_t year = -1;
    char when[16];
    struct tr_buf once = {0}, yearly = {0};

    for (uint32_t i = 0; i < w->r->plan->sites.n; i++) {
        const struct tr_site *s = site_at(w, i);

        if (s->one_room < 0)
            continue;
        if (s->cost < 0 || s->cost_year < 0)
            return;
        cost += s->cost;
        cost_year += s->cost_year;
        year = s->price_year;
    }
    if (cost + cost_year == 0)
        return;
    snprintf(when, sizeof when, "%d", year);
    show(w, cost, &once);
    show(w, cost_year, &yearly);
    sentence(w, "homes.cost",
             (struct tr_fill[]){{"year", tr_str(when)},
                                {"cost", tr_buf_slice(&once)},
                                {"cost_year", tr_buf_slice(&yearly)},
                                {NULL, {0}}});
    w->d->failed |= once.failed | yearly.failed;
    tr_buf_clear(&once);
    tr_buf_clear(&yearly);
}

static bool has_warning(const struct tr_site *s, struct tr_str code)
{
    struct tr_str rest = s->warnings, part;

    while (rest.len > 0 && tr_str_part(&rest, '|', &part))
        if (tr_str_eq(part, code))
            return true;
    return false;
}

/* What the sites are warned of, with the districts where they lie. */
static void add_warnings(struct writing *w)
{
    const struct tr_list *warnings = list(w, "plan_warning");
    const struct tr_table *t = w->r->needs->districts;
    int code = tr_table_column(t, "code");
    struct tr_buf districts = {0};

    for (int k = 0; warnings && k < warnings->n; k++) {
        districts.len = 0;
        for (uint32_t d = 0; d < t->n_rows; d++)
            for (uint32_t i = 0; i < w->r->plan->sites.n; i++)
                if (tr_str_eq(site_at(w, i)->bydel, tr_table_cell(t, d, code)) &&
                    has_warning(site_at(w, i), warnings->entry[k].code)) {
                    tr_buf_text(&districts, districts.len > 0 ? ", " : "");
                    tr_buf_str(&districts, district(w, site_at(w, i)->bydel));
                    break;
                }
        if (districts.len > 0)
            sentence(w, "homes.warning",
                     (struct tr_fill[]){{"warning", warnings->entry[k].label[w->d->lang]},
                                        {"districts", tr_buf_slice(&districts)},
                                        {NULL, {0}}});
    }
    w->d->failed |= districts.failed;
    tr_buf_clear(&districts);
}

/* ---- the map of tiles ---- */

/* Row or column of a district on the map; 0: it has none. */
static long long map_place(const struct tr_table *t, uint32_t row, const char *column)
{
    long long n;

    return tr_number_read(tr_table_cell(t, row, tr_table_column(t, column)), &n) && n > 0 &&
                   n <= MAP_MAX
               ? n
               : 0;
}

static void add_tile(struct writing *w, const struct tr_table *t, uint32_t row)
{
    struct tr_str code = tr_table_cell(t, row, tr_table_column(t, "code"));
    int64_t homes = 0, sites = 0, waiting = 0;
    char number[3][24];

    for (uint32_t i = 0; i < w->r->plan->sites.n; i++) {
        const struct tr_site *s = site_at(w, i);

        if (!tr_str_eq(s->bydel, code))
            continue;
        homes += s->units;
        sites += s->units > 0;
        waiting += s->units > 0 ? 0 : s->residents;
    }
    snprintf(number[0], sizeof number[0], "%lld", (long long)homes);
    snprintf(number[1], sizeof number[1], "%lld", (long long)sites);
    snprintf(number[2], sizeof number[2], "%lld", (long long)waiting);
    w->text.len = 0;
    tr_text_fill(tr_document_word(w->d, waiting > 0 ? "homes.tile.waiting" : "homes.tile"),
                 (struct tr_fill[]){{"homes", tr_str(number[0])},
                                    {"sites", tr_str(number[1])},
                                    {"waiting", tr_str(number[2])},
                                    {NULL, {0}}},
                 &w->text);
    tr_document_open(w->d, TR_D_CELL, 0, TR_STR(""));
    tr_document_run(w->d, TR_D_STRONG, 0, district(w, code));
    tr_document_run(w->d, TR_D_BREAK, 0, TR_STR(""));
    tr_document_run(w->d, TR_D_TEXT, 0, tr_buf_slice(&w->text));
    w->text.len = 0;
    for (int64_t i = 0; i < sites; i++)
        tr_buf_text(&w->text, "■");
    if (sites > 0) {
        tr_document_run(w->d, TR_D_BREAK, 0, TR_STR(""));
        tr_document_run(w->d, TR_D_TEXT, 0, tr_buf_slice(&w->text));
    }
    tr_document_close(w->d);
}

static void add_map_row(struct writing *w, const struct tr_table *t, long long row,
                        long long columns)
{
    tr_document_open(w->d, TR_D_ROW, 0, TR_STR(""));
    for (long long c = 1; c <= columns; c++) {
        uint32_t found = t->n_rows;

        for (uint32_t i = 0; i < t->n_rows; i++)
            if (map_place(t, i, "map_row") == row && map_place(t, i, "map_column") == c)
                found = i;
        if (found < t->n_rows)
            add_tile(w, t, found);
        else
            cell(w, TR_STR(""));
    }
    tr_document_close(w->d);
}

static void add_map(struct writing *w)
{
    const struct tr_table *t = w->r->needs->districts;
    long long rows = 0, columns = 0;
    struct tr_buf widths = {0};

    for (uint32_t i = 0; i < t->n_rows; i++) {
        long long row = map_place(t, i, "map_row"), column = map_place(t, i, "map_column");

        rows = row > rows ? row : rows;
        columns = column > columns ? column : columns;
    }
    if (rows == 0 || columns == 0)
        return;
    heading(w, 2, "homes.map");
    tr_document_say(w->d, TR_D_PARAGRAPH, 0, tr_document_word(w->d, "homes.map.how"));
    for (long long c = 0; c < columns; c++)
        tr_buf_text(&widths, c == 0 ? "1" : "|1");
    tr_document_open(w->d, TR_D_TABLE, 0, tr_buf_slice(&widths));
    for (long long r = 1; r <= rows; r++)
        add_map_row(w, t, r, columns);
    tr_document_close(w->d);
    w->d->failed |= widths.failed;
    tr_buf_clear(&widths);
}

/* ---- who can have no site ---- */

static void add_options(struct writing *w)
{
    static const char *const fields[] = {"bydel", "housing_type", "waiting", "plan_option"};
    const struct tr_records *options = w->r->options;

    if (options->n == 0)
        return;
    heading(w, 2, "homes.waiting");
    tr_document_say(w->d, TR_D_PARAGRAPH, 0, tr_document_word(w->d, "homes.waiting.how"));
    open_table(w, "18|32|12|38", fields, 4);
    for (uint32_t i = 0; i < options->n; i++) {
        const struct tr_homes_option *o =
            (const struct tr_homes_option *)(const void *)options->record + i;
        const struct tr_list *kinds = list(w, "plan_option");
        struct tr_str code = o->option < 0 ? TR_STR("") : kinds->entry[o->option].code;
        struct tr_buf with = {0};
        char more[24], key[40];
        struct tr_str rest = o->with, part;

        for (bool first = true; rest.len > 0 && tr_str_part(&rest, '|', &part); first = false) {
            tr_buf_text(&with, first ? "" : ", ");
            tr_buf_str(&with, district(w, part));
        }
        snprintf(more, sizeof more, "%d", o->persons_more);
        snprintf(key, sizeof key, "homes.option.%.*s", (int)code.len, code.p);
        tr_document_open(w->d, TR_D_ROW, 0, TR_STR(""));
        cell(w, district(w, o->bydel));
        cell(w, list(w, "housing_type")->entry[o->housing_type].short_label[w->d->lang]);
        number_cell(w, o->waiting);
        w->text.len = 0;
        tr_text_fill(
            tr_document_word(w->d, key),
            (struct tr_fill[]){
                {"with", tr_buf_slice(&with)},
                {"more", tr_str(more)},
                {"outside", o->outside_more},
                {"sites", o->sites_more},
                {"type",
                 o->other_type < 0
                     ? TR_STR("")
                     : list(w, "housing_type")->entry[o->other_type].short_label[w->d->lang]},
                {NULL, {0}}},
            &w->text);
        cell(w, tr_buf_slice(&w->text));
        tr_document_close(w->d);
        w->d->failed |= with.failed;
        tr_buf_clear(&with);
    }
    tr_document_close(w->d);
}

/* ---- the years ---- */

static const struct tr_homes_year *year_at(const struct writing *w, uint32_t i)
{
    return (const struct tr_homes_year *)(const void *)w->r->years->record + i;
}

/* A line as long as n is of most. */
static void add_line(struct writing *w, const char *stroke, int64_t n, int64_t most)
{
    w->text.len = 0;
    for (int64_t b = 0; b < n * BAR / most; b++)
        tr_buf_text(&w->text, stroke);
    tr_document_run(w->d, TR_D_TEXT, 0, tr_buf_slice(&w->text));
}

/* built: homes that stand at the end of the year; most: who needed one up to the last year. */
static void add_year(struct writing *w, const struct tr_homes_year *y, int64_t built, int64_t most)
{
    char text[24];

    snprintf(text, sizeof text, "%d", y->year);
    tr_document_open(w->d, TR_D_ROW, 0, TR_STR(""));
    cell(w, tr_str(text));
    number_cell(w, y->persons);
    w->text.len = 0;
    tr_show_number(y->more, w->d->lang, &w->text);
    cell(w, tr_buf_slice(&w->text));
    number_cell(w, y->built);
    number_cell(w, y->remaining);
    tr_document_open(w->d, TR_D_CELL, 0, TR_STR(""));
    add_line(w, "━", built + y->remaining, most);
    tr_document_run(w->d, TR_D_BREAK, 0, TR_STR(""));
    add_line(w, "─", built, most);
    tr_document_close(w->d);
    tr_document_close(w->d);
}

static void add_years(struct writing *w)
{
    static const char *const fields[] = {"year", "persons", "persons_more", "built", "remaining"};
    const struct tr_records *years = w->r->years;
    int64_t most = 1, built = 0;
    char met[24];

    if (years->n == 0)
        return;
    heading(w, 2, "homes.years");
    snprintf(met, sizeof met, "%d", w->r->met);
    sentence(w, w->r->met > 0 ? "homes.met" : "homes.never",
             (struct tr_fill[]){{"year", tr_str(met)}, {NULL, {0}}});
    tr_document_say(w->d, TR_D_PARAGRAPH, 0, tr_document_word(w->d, "homes.years.how"));
    tr_document_open(w->d, TR_D_TABLE, 0, TR_STR("8|12|14|10|14|42"));
    tr_document_open(w->d, TR_D_ROW, 1, TR_STR(""));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        cell(w, tr_profile_label(w->d->profile, tr_str(fields[i]), w->d->lang));
    cell(w, TR_STR(""));
    tr_document_close(w->d);
    for (int pass = 0; pass < 2; pass++, built = 0)
        for (uint32_t i = 0; i < years->n; i++) {
            const struct tr_homes_year *y = year_at(w, i);

            if (!tr_str_is(y->housing_type, "total"))
                continue;
            built += y->built;
            most = built + y->remaining > most ? built + y->remaining : most;
            if (pass > 0)
                add_year(w, y, built, most);
        }
    tr_document_close(w->d);
}

/* ---- every type: what its sites must be, and where they are ---- */

static void add_pair(struct writing *w, const char *field, struct tr_str text)
{
    if (text.len == 0)
        return;
    tr_document_open(w->d, TR_D_PAIR, 0,
                     tr_profile_label(w->d->profile, tr_str(field), w->d->lang));
    tr_document_run(w->d, TR_D_TEXT, 0, text);
    tr_document_close(w->d);
}

/* With a remark where the source is in doubt. */
static void add_doubtful(struct writing *w, const char *field, struct tr_str text, bool doubtful)
{
    w->text.len = 0;
    if (text.len > 0)
        tr_text_fill(tr_document_word(w->d, doubtful ? "homes.doubtful" : "homes.source"),
                     (struct tr_fill[]){{"text", text}, {NULL, {0}}}, &w->text);
    add_pair(w, field, tr_buf_slice(&w->text));
}

static void add_requirements(struct writing *w, const struct tr_site *s, struct tr_str somatic)
{
    tr_document_open(w->d, TR_D_PAIRS, 0, TR_STR(""));
    if (s->standard >= 0)
        add_pair(w, "standard", list(w, "standard")->entry[s->standard].label[w->d->lang]);
    w->text.len = 0;
    tr_show_labels(list(w, "location"), s->locations, w->d->lang, &w->text);
    add_pair(w, "location", tr_buf_slice(&w->text));
    add_pair(w, "building", s->building);
    add_pair(w, "specification", s->specification);
    add_doubtful(w, "requirements", s->requirements, s->requirements_doubtful == 1);
    add_doubtful(w, "staffing", s->staffing, s->staffing_doubtful == 1);
    add_pair(w, "somatic_requirements", somatic);
    tr_document_close(w->d);
}

/* Says behind the text how many have a somatic extension. */
static void add_somatic(struct writing *w, int32_t n)
{
    struct tr_buf from = {0};
    char number[16];

    tr_buf_str(&from, tr_buf_slice(&w->text));
    snprintf(number, sizeof number, "%d", n);
    w->text.len = 0;
    tr_text_fill(tr_document_word(w->d, "homes.somatic"),
                 (struct tr_fill[]){
                     {"from", tr_buf_slice(&from)}, {"n", tr_str(number)}, {NULL, {0}}},
                 &w->text);
    w->d->failed |= from.failed;
    tr_buf_clear(&from);
}

static void add_site_row(struct writing *w, const struct tr_site *s, bool years)
{
    char text[48];

    tr_document_open(w->d, TR_D_ROW, 0, TR_STR(""));
    cell(w, district(w, s->bydel));
    number_cell(w, s->units);
    snprintf(text, sizeof text, "%d + %d", s->one_room, s->two_room);
    cell(w, s->one_room < 0 ? TR_STR("") : tr_str(text));
    w->text.len = 0;
    add_from(w, s->from);
    if (s->somatic > 0)
        add_somatic(w, s->somatic);
    cell(w, tr_buf_slice(&w->text));
    cell(w, s->area_m2);
    if (years) {
        snprintf(text, sizeof text, "%d", s->year);
        cell(w, s->year < 0 ? TR_STR("") : tr_str(text));
    }
    tr_document_close(w->d);
}

static void add_type(struct writing *w, int32_t type)
{
    bool years = w->r->years->n > 0;
    const struct tr_site *first = NULL;
    struct tr_str somatic = {"", 0};

    for (uint32_t i = 0; i < w->r->plan->sites.n; i++) {
        const struct tr_site *s = site_at(w, i);

        if (s->housing_type != type || s->units == 0)
            continue;
        if (!first || first->one_room < 0)
            first = s;
        somatic = s->somatic_requirements.len > 0 ? s->somatic_requirements : somatic;
    }
    if (!first)
        return;
    tr_document_say(w->d, TR_D_HEADING, 2, list(w, "housing_type")->entry[type].label[w->d->lang]);
    add_requirements(w, first, somatic);
    tr_document_open(w->d, TR_D_TABLE, 0,
                     years ? TR_STR("20|10|14|34|12|10") : TR_STR("22|10|14|40|14"));
    tr_document_open(w->d, TR_D_ROW, 1, TR_STR(""));
    cell(w, tr_profile_label(w->d->profile, TR_STR("bydel"), w->d->lang));
    cell(w, tr_profile_label(w->d->profile, TR_STR("units"), w->d->lang));
    cell(w, tr_document_word(w->d, "homes.rooms"));
    cell(w, tr_profile_label(w->d->profile, TR_STR("from_districts"), w->d->lang));
    cell(w, tr_document_word(w->d, "homes.area"));
    if (years)
        cell(w, tr_profile_label(w->d->profile, TR_STR("year"), w->d->lang));
    tr_document_close(w->d);
    for (uint32_t i = 0; i < w->r->plan->sites.n; i++)
        if (site_at(w, i)->housing_type == type && site_at(w, i)->units > 0)
            add_site_row(w, site_at(w, i), years);
    tr_document_close(w->d);
}

void tr_homes_report_make(struct tr_document *d, const struct tr_homes_report *report)
{
    struct writing w = {.d = d, .r = report};

    heading(&w, 1, "homes.title");
    add_sums(&w);
    add_costs(&w);
    add_warnings(&w);
    add_map(&w);
    add_options(&w);
    add_years(&w);
    for (int32_t t = 0; t < list(&w, "housing_type")->n; t++)
        add_type(&w, t);
    d->failed |= w.text.failed;
    tr_buf_clear(&w.text);
}
