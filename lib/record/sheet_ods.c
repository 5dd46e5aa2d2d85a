/* OpenDocument spreadsheets: all sheets in one part, content.xml. */
#include <stdio.h>
#include <stdlib.h>

#include "record/sheet_own.h"

struct ods {
    int table, depth;     /* of the tables so far; in one another */
    struct tr_buf unseen; /* names of styles of sheets that are not shown, each behind a NUL */
    const char *style;    /* whose properties are read */

    uint64_t row, row_times;
    uint32_t column, column_times, columns; /* columns: whose visibility was told */
    bool row_hidden;

    /* the cell in hand */
    bool in_cell, in_paragraph;
    int aside; /* depth of what is no content: notes, drawings */
    int lines; /* of text in it */
    char type[16];
    struct tr_buf value, text;
};

static struct ods *ods(struct tr_sheet *s)
{
    return s->state;
}

static const char *keep(struct tr_sheet *s, const char *z)
{
    return tr_arena_copy(&s->names, (struct tr_str){z, strlen(z) + 1}).p;
}

static uint32_t times(const char *const *a, const char *name, uint32_t most)
{
    const char *z = tr_xml_get(a, name);
    unsigned long n = z ? strtoul(z, NULL, 10) : 1;

    return n < 1 ? 1 : n > most ? most : (uint32_t)n;
}

static bool is_shown(const char *const *a)
{
    const char *z = tr_xml_get(a, "table:visibility");

    return !z || strcmp(z, "visible") == 0;
}

static bool is_unseen(const struct ods *o, const char *style)
{
    size_t n = strlen(style) + 1;

    for (size_t i = 0; style[0] && i + n <= o->unseen.len; i++)
        if ((i == 0 || o->unseen.p[i - 1] == '\0') && memcmp(o->unseen.p + i, style, n) == 0)
            return true;
    return false;
}

static void start_table(struct tr_sheet *s, const char *const *a)
{
    struct ods *o = ods(s);
    const char *name = tr_xml_get(a, "table:name"), *style = tr_xml_get(a, "table:style-name");

    if (o->depth++ > 0)
        return;
    o->table++;
    o->row = 0;
    o->columns = 0;
    s->failed |= s->choosing && s->n == TR_SHEETS_MAX; /* none is left out unsaid */
    if (!s->choosing || s->failed)
        return;
    s->sheet[s->n++] = (struct tr_sheet_entry){.name = keep(s, name ? name : ""),
                                               .hidden = style && is_unseen(o, style)};
    tr_sheet_begin(s, s->n - 1);
}

/* Whether it is the sheet that is read. All sheets are in one part: what there is to know of each is
 * seen when they are found, or that part would be read once for each; there, a sheet is read until it
 * is settled. */
static bool is_here(struct tr_sheet *s)
{
    struct ods *o = ods(s);

    return o->depth == 1 && o->table == s->chosen && !(s->choosing && tr_sheet_settled(s));
}

static void start_row(struct tr_sheet *s, const char *const *a)
{
    struct ods *o = ods(s);

    o->row_times = times(a, "table:number-rows-repeated", TR_SHEET_ROWS);
    o->row_hidden = !is_shown(a);
    o->column = 0;
    tr_sheet_row_start(s, o->row + 1, o->row_hidden);
}

static void end_row(struct tr_sheet *s)
{
    struct ods *o = ods(s);
    bool filled = s->cells.len > 0;
    size_t cells = s->cells.len, text = s->text.len;

    for (uint64_t i = 0; filled && i < o->row_times && is_here(s) && !s->failed; i++) {
        tr_sheet_row_start(s, o->row + 1 + i, o->row_hidden);
        s->cells.len = cells;
        s->text.len = text;
        tr_sheet_row_end(s);
    }
    o->row += o->row_times;
}

static void start_cell(struct tr_sheet *s, const char *const *a)
{
    static const char *const values[] = {"office:value", "office:date-value", "office:time-value",
                                         "office:boolean-value", "office:string-value"};
    struct ods *o = ods(s);
    const char *type = tr_xml_get(a, "calcext:value-type"), *value = NULL;
    const bool error = type && strcmp(type, "error") == 0; /* what is shown tells which; the value is 0, or nothing */

    o->column_times = times(a, "table:number-columns-repeated", TR_SHEET_COLUMNS);
    o->in_cell = true;
    o->in_paragraph = false;
    o->lines = o->aside = 0;
    o->text.len = o->value.len = 0;
    type = error ? "string" : tr_xml_get(a, "office:value-type");
    snprintf(o->type, sizeof o->type, "%s", type ? type : "");
    for (size_t i = 0; !error && !value && i < sizeof values / sizeof *values; i++)
        value = tr_xml_get(a, values[i]);
    if (value)
        tr_buf_text(&o->value, value);
}

/* PT8H30M00S as 08:30:00. */
static void add_time(const char *z, struct tr_buf *out)
{
    int hours = 0, minutes = 0, seconds = 0;
    char text[48];

    if (sscanf(z, "PT%dH%dM%d", &hours, &minutes, &seconds) >= 1 && hours >= 0)
        tr_buf_add(out, text,
                   (size_t)snprintf(text, sizeof text, "%02d:%02d:%02d", hours, minutes, seconds));
    else
        tr_buf_text(out, z);
}

/* What the cell holds. A number shown with zeros in front is meant with them. */
static struct tr_str content(struct ods *o, struct tr_buf *shown)
{
    struct tr_str text = tr_buf_slice(&o->text), value = tr_buf_slice(&o->value);

    if (strcmp(o->type, "string") == 0 || value.len == 0)
        return o->lines > 0 ? text : value;
    if (strcmp(o->type, "date") == 0)
        return tr_iso_day(value);
    if (strcmp(o->type, "boolean") == 0)
        return tr_str_is(value, "true") ? TR_STR("TRUE") : TR_STR("FALSE");
    if (text.len > 1 && *text.p == '0' && tr_str_digits(text) == text.len)
        return text;
    if (strcmp(o->type, "time") == 0)
        add_time(tr_buf_z(&o->value) ? tr_buf_z(&o->value) : "", shown);
    else
        tr_number_show(value, (struct tr_number_style){0}, false, shown);
    return tr_buf_slice(shown);
}

static void end_cell(struct tr_sheet *s)
{
    struct ods *o = ods(s);
    struct tr_buf shown = {0};
    struct tr_str is = content(o, &shown);
    bool text = strcmp(o->type, "string") == 0;

    for (uint32_t i = 0; is.len > 0 && i < o->column_times && !s->failed; i++)
        tr_sheet_cell_add(s, o->column + i, is, text);
    o->column += o->column_times;
    o->in_cell = false;
    s->text.failed |= o->text.failed || o->value.failed || shown.failed;
    tr_buf_clear(&shown);
}

static void hide_columns(struct tr_sheet *s, const char *const *a)
{
    struct ods *o = ods(s);
    uint32_t n = times(a, "table:number-columns-repeated", TR_SHEET_COLUMNS);

    for (uint32_t i = 0; i < n && o->columns < TR_SHEET_COLUMNS; i++, o->columns++)
        if (!is_shown(a))
            s->column_hidden[o->columns / 8] |= (uint8_t)(1 << o->columns % 8);
}

/* Inside a cell: text, and what stands for it. */
static void start_inside(struct ods *o, const char *name, const char *const *a)
{
    if (o->aside > 0 || strcmp(name, "annotation") == 0 || strcmp(name, "shapes") == 0 ||
        strcmp(name, "ruby-text") == 0) {
        o->aside++;
    } else if (strcmp(name, "p") == 0) {
        if (o->lines++ > 0)
            tr_buf_char(&o->text, '\n');
        o->in_paragraph = true;
    } else if (strcmp(name, "s") == 0) {
        for (uint32_t n = times(a, "text:c", 1024); n > 0; n--)
            tr_buf_char(&o->text, ' ');
    } else if (strcmp(name, "tab") == 0) {
        tr_buf_char(&o->text, '\t');
    } else if (strcmp(name, "line-break") == 0) {
        tr_buf_char(&o->text, '\n');
    }
}

static void find_unseen(struct tr_sheet *s, const char *name, const char *const *a)
{
    struct ods *o = ods(s);
    const char *display;

    if (strcmp(name, "style") == 0)
        o->style = tr_xml_get(a, "style:name") ? keep(s, tr_xml_get(a, "style:name")) : NULL;
    display = strcmp(name, "table-properties") == 0 ? tr_xml_get(a, "table:display") : NULL;
    if (display && strcmp(display, "false") == 0 && o->style)
        tr_buf_add(&o->unseen, o->style, strlen(o->style) + 1);
}

static void on_start(void *cookie, const char *name, const char *const *a)
{
    struct tr_sheet *s = cookie;
    struct ods *o = ods(s);

    if (s->choosing)
        find_unseen(s, name, a);
    if (strcmp(name, "table") == 0) {
        start_table(s, a);
    } else if (!is_here(s)) {
        return;
    } else if (o->in_cell) {
        start_inside(o, name, a);
    } else if (strcmp(name, "table-row") == 0) {
        start_row(s, a);
    } else if (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0) {
        start_cell(s, a);
    } else if (strcmp(name, "table-column") == 0) {
        hide_columns(s, a);
    }
}

static void on_end(void *cookie, const char *name)
{
    struct tr_sheet *s = cookie;
    struct ods *o = ods(s);

    if (strcmp(name, "table") == 0) {
        s->at_end |= is_here(s);
        o->depth--;
    } else if (!is_here(s)) {
        return;
    } else if (o->in_cell && o->aside > 0) {
        o->aside--;
    } else if (strcmp(name, "p") == 0) {
        o->in_paragraph = false;
    } else if (strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0) {
        end_cell(s);
    } else if (strcmp(name, "table-row") == 0) {
        end_row(s);
    }
}

static void on_text(void *cookie, struct tr_str text)
{
    struct ods *o = ods(cookie);

    if (o->in_cell && o->aside == 0 && o->in_paragraph)
        tr_buf_str(&o->text, text);
}

static int start(struct tr_sheet *s, int i, struct tr_err *err)
{
    struct ods *o = ods(s);

    (void)i;
    o->table = -1;
    o->depth = 0;
    o->in_cell = false;
    return tr_archive_part(s->archive, "content.xml", err) < 0 ? -1 : 0;
}

/* Whether the parts are encrypted: the manifest tells how. */
static void on_manifest(void *cookie, const char *name, const char *const *a)
{
    (void)a;
    if (strcmp(name, "encryption-data") == 0)
        *(bool *)cookie = true;
}

static int open(struct tr_sheet *s, struct tr_err *err)
{
    bool locked = false;
    const struct tr_xml_found manifest = {.start = on_manifest, .cookie = &locked},
                              all = {.start = on_start, .end = on_end, .text = on_text, .cookie = s};
    int rc = tr_sheet_parse(s, "META-INF/manifest.xml", &manifest, err);

    if (rc > 0 && locked)
        return tr_err_set(err, TR_E_SHEET_LOCKED, NULL, NULL, NULL);
    if (rc <= 0)
        return rc;
    s->state = calloc(1, sizeof(struct ods));
    if (!s->state)
        return tr_err_memory(err);
    ods(s)->table = -1;
    rc = tr_sheet_parse(s, "content.xml", &all, err);
    return rc < 0 ? -1 : rc > 0 && s->n > 0;
}

static void clear(struct tr_sheet *s)
{
    struct ods *o = s->state;

    if (!o)
        return;
    tr_buf_clear(&o->unseen);
    tr_buf_clear(&o->value);
    tr_buf_clear(&o->text);
    free(o);
    s->state = NULL;
}

const struct tr_sheet_format tr_sheet_ods = {true, open, start, clear, {on_start, on_end, on_text, NULL}};
