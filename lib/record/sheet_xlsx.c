/* Excel's workbooks, as Office Open XML: parts of XML that name each other by relationships. */
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "record/sheet_own.h"

enum { SHARED_MOST = 1 << 29, STYLES_MOST = 1 << 16, FORMATS_MOST = 4096 };

enum cell_type { NUMBER, SHARED, BOOLEAN, DAY, ERROR, TEXT };

struct relation {
    const char *id, *kind, *part; /* kind: the end of its type */
};

struct format_code {
    int number;
    struct tr_number_style style;
};

struct xlsx {
    const char *folder;      /* of the part whose relations are read: "xl/" */
    struct tr_buf relations; /* struct relation */
    struct tr_buf formats,
        styles; /* struct format_code; struct tr_number_style of each cell style */
    struct tr_buf shared, places; /* text, and uint64_t: where each of it ends */
    bool from_1904, in_cell_styles;

    /* while text is collected */
    struct tr_buf text;
    bool collecting;
    int phonetic; /* depth of what is only read aloud */
    int aside;    /* depth of extensions, which have elements of the same names */

    /* the cell in hand */
    uint32_t column, next_column;
    struct tr_number_style style;
    enum cell_type type;
    bool formula;
};

static struct xlsx *xlsx(struct tr_sheet *s)
{
    return s->state;
}

/* Whether they are the same; most differ in their first letter. */
static inline bool is(const char *a, const char *b)
{
    return *a == *b && strcmp(a, b) == 0;
}

static const char *keep(struct tr_sheet *s, const char *z)
{
    return tr_arena_copy(&s->names, (struct tr_str){z, strlen(z) + 1}).p;
}

static bool is_true(const char *z)
{
    return z && (strcmp(z, "1") == 0 || strcmp(z, "true") == 0);
}

/* ---- relations ---- */

/* The part that target names, seen from a folder, without . and .. on the way; false: it is too long. */
static bool resolve(const char *folder, const char *target, char *part, size_t size)
{
    int n = snprintf(part, size, "%s%s", *target == '/' ? "" : folder, *target == '/' ? target + 1 : target);
    char *to = part;

    for (const char *step = part; n > 0 && (size_t)n < size && step;) {
        const char *slash = strchr(step, '/');
        size_t len = slash ? (size_t)(slash + 1 - step) : strlen(step);

        if (len == 3 && memcmp(step, "../", 3) == 0) {
            if (to > part)
                to--;
            while (to > part && to[-1] != '/')
                to--;
        } else if (len != 2 || memcmp(step, "./", 2) != 0) {
            memmove(to, step, len);
            to += len;
        }
        step = slash ? slash + 1 : NULL;
    }
    *to = '\0';
    return n > 0 && (size_t)n < size;
}

static void on_relation(void *cookie, const char *name, const char *const *a)
{
    struct tr_sheet *s = cookie;
    const char *id = tr_xml_get(a, "Id"), *type = tr_xml_get(a, "Type"),
               *target = tr_xml_get(a, "Target"), *mode = tr_xml_get(a, "TargetMode");
    const char *kind = type ? strrchr(type, '/') : NULL;
    char part[512];

    if (strcmp(name, "Relationship") != 0 || !id || !kind || !target ||
        (mode && strcmp(mode, "External") == 0))
        return;
    if (resolve(xlsx(s)->folder, target, part, sizeof part))
        tr_buf_add(&xlsx(s)->relations,
                   &(struct relation){keep(s, id), keep(s, kind + 1), keep(s, part)},
                   sizeof(struct relation));
}

static int read_relations(struct tr_sheet *s, const char *part, const char *folder,
                          struct tr_err *err)
{
    const struct tr_xml_found found = {.start = on_relation, .cookie = s};

    xlsx(s)->relations.len = 0;
    xlsx(s)->folder = folder;
    return tr_sheet_parse(s, part, &found, err);
}

/* The part of the relation with the id, or else of the kind; NULL. */
static const char *related(const struct xlsx *x, const char *id, const char *kind)
{
    const struct relation *r = (const void *)x->relations.p;

    for (size_t i = 0; i < x->relations.len / sizeof *r; i++)
        if (strcmp(id ? r[i].id : r[i].kind, id ? id : kind) == 0)
            return r[i].part;
    return NULL;
}

/* ---- the workbook ---- */

static void on_workbook(void *cookie, const char *name, const char *const *a)
{
    struct tr_sheet *s = cookie;
    const char *title, *id, *state, *part;

    if (strcmp(name, "workbookPr") == 0)
        xlsx(s)->from_1904 = is_true(tr_xml_get(a, "date1904"));
    s->failed |= s->n == TR_SHEETS_MAX && strcmp(name, "sheet") == 0; /* none is left out unsaid */
    if (strcmp(name, "sheet") != 0 || s->failed)
        return;
    title = tr_xml_get(a, "name");
    state = tr_xml_get(a, "state");
    for (id = NULL; !id && *a; a += 2) /* r:id, whatever the prefix */
        id = strlen(*a) > 3 && strcmp(*a + strlen(*a) - 3, ":id") == 0 ? a[1] : NULL;
    part = id ? related(xlsx(s), id, NULL) : NULL;
    if (title && part)
        s->sheet[s->n++] = (struct tr_sheet_entry){
            .name = keep(s, title), .part = part, .hidden = state && strcmp(state, "visible") != 0};
}

/* ---- styles ---- */

static void on_style(void *cookie, const char *name, const char *const *a)
{
    struct tr_sheet *s = cookie;
    struct xlsx *x = xlsx(s);
    const char *number = tr_xml_get(a, "numFmtId"), *code = tr_xml_get(a, "formatCode");
    int n = number ? atoi(number) : 0;
    const struct format_code *known = (const void *)x->formats.p;
    struct tr_number_style style = tr_number_style_known(n);

    if (strcmp(name, "cellXfs") == 0)
        x->in_cell_styles = true;
    if (strcmp(name, "numFmt") == 0 && code && x->formats.len < FORMATS_MOST * sizeof *known)
        tr_buf_add(&x->formats, &(struct format_code){n, tr_number_style_of(code)}, sizeof *known);
    if (strcmp(name, "xf") != 0 || !x->in_cell_styles ||
        x->styles.len >= STYLES_MOST * sizeof style)
        return;
    for (size_t i = 0; i < x->formats.len / sizeof *known; i++)
        if (known[i].number == n)
            style = known[i].style;
    tr_buf_add(&x->styles, &style, sizeof style);
}

static void on_style_end(void *cookie, const char *name)
{
    if (strcmp(name, "cellXfs") == 0)
        xlsx(cookie)->in_cell_styles = false;
}

/* ---- text ---- */

static void on_text(void *cookie, struct tr_str text)
{
    struct xlsx *x = xlsx(cookie);

    if (x->collecting)
        tr_buf_str(&x->text, text);
}

static int hex(const char *p)
{
    int value = 0;

    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789ABCDEF",
                   *d = strchr(digits, p[i] & ~('a' <= p[i] ? 0x20 : 0));

        if (!p[i] || !d)
            return -1;
        value = value * 16 + (int)(d - digits);
    }
    return value;
}

/* Text as Excel keeps it: _x000D_ is the character of this number. */
static void add_unescaped(struct tr_str s, struct tr_buf *out)
{
    for (size_t i = 0; i < s.len; i++) {
        int c = s.len - i >= 7 && s.p[i] == '_' && s.p[i + 1] == 'x' && s.p[i + 6] == '_'
                    ? hex(s.p + i + 2)
                    : -1;

        if (c <= 0 || (c >= 0xD800 && c <= 0xDFFF)) { /* half a character, or none */
            tr_buf_char(out, s.p[i]);
            continue;
        }
        tr_buf_character(out, (uint32_t)c);
        i += 6;
    }
}

static void on_shared(void *cookie, const char *name, const char *const *a)
{
    struct xlsx *x = xlsx(cookie);

    (void)a;
    x->phonetic += is(name, "rPh");
    x->collecting = is(name, "t") && x->phonetic == 0;
}

static void on_shared_end(void *cookie, const char *name)
{
    struct tr_sheet *s = cookie;
    struct xlsx *x = xlsx(s);
    uint64_t end;

    x->collecting = false;
    x->phonetic -= is(name, "rPh");
    if (strcmp(name, "si") != 0)
        return;
    add_unescaped(tr_buf_slice(&x->text), &x->shared);
    x->text.len = 0;
    end = x->shared.len;
    tr_buf_add(&x->places, &end, sizeof end);
    s->failed |= x->shared.len > SHARED_MOST;
}

/* The text of this number; what is not there makes the workbook a damaged one. */
static struct tr_str shared(struct tr_sheet *s, struct tr_str number)
{
    const struct xlsx *x = xlsx(s);
    const uint64_t *end = (const void *)x->places.p;
    size_t i = 0;

    if (number.len == 0)
        return number;
    for (size_t k = 0; k < number.len && k < 10; k++)
        i = i * 10 + (size_t)(number.p[k] - '0');
    if (number.len > 9 || tr_str_digits(number) < number.len || i >= x->places.len / sizeof *end) {
        s->failed = true;
        return (struct tr_str){"", 0};
    }
    return (struct tr_str){x->shared.p + (i ? end[i - 1] : 0), end[i] - (i ? end[i - 1] : 0)};
}

/* ---- the sheet ---- */

static void add_cell(struct tr_sheet *s)
{
    struct xlsx *x = xlsx(s);
    struct tr_str value = tr_buf_slice(&x->text);
    struct tr_buf shown = {0};
    bool text = true;

    if (x->type != TEXT) /* some lay their XML out for reading */
        value = tr_text_trim(value);
    s->facts.formulas += x->formula && value.len == 0 && x->type == NUMBER;
    switch (x->type) {
    case SHARED:
        value = shared(s, value);
        break;
    case BOOLEAN:
        value = tr_str_is(value, "1") ? TR_STR("TRUE") : TR_STR("FALSE");
        break;
    case DAY:
        value = tr_iso_day(value);
        text = false;
        break;
    case TEXT:
        add_unescaped(value, &shown);
        value = tr_buf_slice(&shown);
        break;
    case NUMBER:
        text = value.len == 0;
        if (text)
            break;
        tr_number_show(value, x->style, x->from_1904, &shown);
        value = tr_buf_slice(&shown);
        break;
    case ERROR:
        break;
    }
    s->text.failed |= shown.failed || x->text.failed;
    tr_sheet_cell_add(s, x->column, value, text);
    tr_buf_clear(&shown);
}

/* The column of a reference such as C17; -1: it has none. */
static int64_t column_of(const char *reference)
{
    int64_t column = 0;

    for (; *reference >= 'A' && *reference <= 'Z' && column < TR_SHEET_COLUMNS; reference++)
        column = column * 26 + (*reference - 'A' + 1);
    return column - 1;
}

static void hide_columns(struct tr_sheet *s, const char *const *a)
{
    const char *from = tr_xml_get(a, "min"), *to = tr_xml_get(a, "max");

    if (!is_true(tr_xml_get(a, "hidden")) || !from || !to)
        return;
    for (int c = atoi(from); c >= 1 && c <= atoi(to) && c <= TR_SHEET_COLUMNS; c++)
        s->column_hidden[(c - 1) / 8] |= (uint8_t)(1 << (c - 1) % 8);
}

/* What a cell says that it holds; a number unless it says another thing. */
static enum cell_type type_of(const char *z)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", SHARED}, {"inlineStr", TEXT}, {"str", TEXT}, {"b", BOOLEAN}, {"d", DAY}, {"e", ERROR}};

    for (size_t i = 0; z && i < sizeof types / sizeof *types; i++)
        if (is(z, types[i].name))
            return types[i].type;
    return NUMBER;
}

static void start_cell(struct tr_sheet *s, const char *const *a)
{
    struct xlsx *x = xlsx(s);
    const char *at = tr_xml_get(a, "r"), *type = tr_xml_get(a, "t"), *style = tr_xml_get(a, "s");
    const struct tr_number_style *known = (const void *)x->styles.p;
    int64_t column = at ? column_of(at) : -1;
    size_t i = style ? (size_t)atoi(style) : 0;

    x->column = column >= 0 ? (uint32_t)column : x->next_column;
    x->next_column = x->column + 1;
    x->style = i < x->styles.len / sizeof *known ? known[i] : (struct tr_number_style){0};
    x->type = type_of(type);
    x->text.len = 0;
    x->formula = false;
}

static void on_start(void *cookie, const char *name, const char *const *a)
{
    struct tr_sheet *s = cookie;
    struct xlsx *x = xlsx(s);
    const char *row;

    x->aside += is(name, "extLst");
    if (x->aside > 0)
        return;
    if (is(name, "c")) {
        start_cell(s, a);
    } else if (is(name, "v")) {
        x->collecting = true;
    } else if (is(name, "f")) {
        x->formula = true;
    } else if (is(name, "t") || is(name, "rPh")) {
        on_shared(s, name, a);
    } else if (is(name, "row")) {
        row = tr_xml_get(a, "r");
        x->next_column = 0;
        tr_sheet_row_start(s, row ? strtoull(row, NULL, 10) : 0, is_true(tr_xml_get(a, "hidden")));
        s->failed |= s->row > TR_SHEET_ROWS;
    } else if (is(name, "col")) {
        hide_columns(s, a);
    }
}

static void on_end(void *cookie, const char *name)
{
    struct tr_sheet *s = cookie;
    struct xlsx *x = xlsx(s);

    x->collecting = false;
    x->phonetic -= is(name, "rPh");
    if (x->aside > 0)
        x->aside -= is(name, "extLst");
    else if (is(name, "c"))
        add_cell(s);
    else if (is(name, "row"))
        tr_sheet_row_end(s);
    else if (is(name, "sheetData"))
        s->at_end = true;
}

static int start(struct tr_sheet *s, int i, struct tr_err *err)
{
    int rc = tr_archive_part(s->archive, s->sheet[i].part, err);

    xlsx(s)->collecting = false;
    xlsx(s)->phonetic = xlsx(s)->aside = 0;
    return rc == 0 ? tr_err_set(err, TR_E_SHEET, s->sheet[i].name, NULL, NULL) : rc < 0 ? -1 : 0;
}

/* "xl/" of "xl/workbook.xml", and "xl/_rels/workbook.xml.rels". */
static bool beside(const char *part, char folder[512], char relations[512])
{
    const char *name = strrchr(part, '/');
    int n = name ? (int)(name + 1 - part) : 0;

    name = name ? name + 1 : part;
    return snprintf(folder, 512, "%.*s", n, part) < 512 &&
           snprintf(relations, 512, "%.*s_rels/%s.rels", n, part, name) < 512;
}

static int open_parts(struct tr_sheet *s, const char *workbook, struct tr_err *err)
{
    const struct tr_xml_found book = {.start = on_workbook, .cookie = s},
                              styles = {.start = on_style, .end = on_style_end, .cookie = s},
                              text = {on_shared, on_shared_end, on_text, s};
    char folder[512], relations[512];
    const char *part;

    if (!beside(workbook, folder, relations))
        return tr_err_set(err, TR_E_SHEET, "workbook", NULL, NULL);
    if (read_relations(s, relations, keep(s, folder), err) < 0 ||
        tr_sheet_parse(s, workbook, &book, err) < 0)
        return -1;
    if (s->n == 0) /* a document, or a workbook in the binary form */
        return 0;
    s->facts.macros = related(xlsx(s), NULL, "vbaProject");
    part = related(xlsx(s), NULL, "styles");
    if (part && tr_sheet_parse(s, part, &styles, err) < 0)
        return -1;
    part = related(xlsx(s), NULL, "sharedStrings");
    if (part && tr_sheet_parse(s, part, &text, err) < 0)
        return -1;
    return 1;
}

static int open(struct tr_sheet *s, struct tr_err *err)
{
    const char *workbook;
    int rc;

    s->state = calloc(1, sizeof(struct xlsx));
    if (!s->state)
        return tr_err_memory(err);
    rc = read_relations(s, "_rels/.rels", "", err);
    if (rc <= 0)
        return rc;
    workbook = related(xlsx(s), NULL, "officeDocument");
    return workbook ? open_parts(s, workbook, err) : 0;
}

static void clear(struct tr_sheet *s)
{
    struct xlsx *x = s->state;

    if (!x)
        return;
    tr_buf_clear(&x->relations);
    tr_buf_clear(&x->formats);
    tr_buf_clear(&x->styles);
    tr_buf_clear(&x->shared);
    tr_buf_clear(&x->places);
    tr_buf_clear(&x->text);
    free(x);
    s->state = NULL;
}

const struct tr_sheet_format tr_sheet_xlsx = {
    false, open, start, clear, {on_start, on_end, on_text, NULL}};
