/* A form over the pages of a PDF: ISO 32000-1, 12.7. Its fields are named as in the same form as a page
 * of HTML (html_form.c), which the file keeps beside its pages: 14.5, data of an application. Whoever
 * reads it fills that in with the values, and reads it as any page that was filled in. */
#include "doc/document/pdf_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "doc/document/html_own.h"
#include "doc/document/pdf_own.h"

#define PIECE "/transition"

enum { MULTILINE = 1 << 12, COMBO = 1 << 17, FIELDS_MOST = 100000 };

static const double paper_height = 297 * 72 / 25.4; /* of A4 */
static const double text_size = 9.5, text_side = 2.5;

/* ---- looks ---- */

/* Adds the text as a string of a page: in the Latin letters of the font, others as a question mark. */
static void put_string(struct tr_buf *to, struct tr_str s)
{
    tr_buf_char(to, '(');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        int cut = 0;

        if ((c == 0xC2 || c == 0xC3) && i + 1 < s.len) {
            c = (unsigned char)(((c & 3) << 6) | ((unsigned char)s.p[++i] & 0x3F));
        } else if (c >= 0x80) {
            bool dash = i + 2 < s.len && memcmp(s.p + i, "–", 3) == 0;

            for (cut = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1; cut > 0 && i + 1 < s.len; cut--)
                i++;
            c = dash ? 0x96 : '?';
        }
        if (c == '(' || c == ')' || c == '\\')
            tr_buf_char(to, '\\');
        tr_buf_char(to, (char)c);
    }
    tr_buf_char(to, ')');
}

static void put_number(struct tr_buf *to, double number)
{
    char text[32];

    snprintf(text, sizeof text, "%d.%02d ", (int)number, (int)(number * 100) % 100);
    tr_buf_text(to, text);
}

/* The next line of the text, about as long as fits. */
static struct tr_str next_line(struct tr_str *rest, size_t letters)
{
    size_t n = 0, space = 0, seen = 0;
    struct tr_str line;

    while (n < rest->len && rest->p[n] != '\n' && seen <= letters) {
        space = rest->p[n] == ' ' ? n : space;
        seen += (rest->p[n] & 0xC0) != 0x80;
        n++;
    }
    while (n < rest->len && (rest->p[n] & 0xC0) == 0x80) /* a letter is never cut in two */
        n++;
    if (n < rest->len && rest->p[n] != '\n' && space > 0)
        n = space;
    line = (struct tr_str){rest->p, n};
    *rest = tr_str_from(*rest, n + (n < rest->len && (rest->p[n] == '\n' || rest->p[n] == ' ')));
    return line;
}

/* What the field shows until it is filled in. */
static void put_text_look(struct tr_buf *to, const struct tr_drawn_field *field, struct tr_str text,
                          bool lines)
{
    double size = text_size, room = field->width - 2 * text_side;

    if (!lines && tr_text_width(text) * size * 0.5 > room)
        size = room / (tr_text_width(text) * 0.5);
    tr_buf_text(to, "/Tx BMC q BT /Helv ");
    put_number(to, size);
    tr_buf_text(to, "Tf 0 g ");
    put_number(to, text_side);
    put_number(to, field->height - (lines ? size + 1 : (field->height + size) / 2 - size * 0.15));
    tr_buf_text(to, "Td ");
    put_number(to, size * 1.2);
    tr_buf_text(to, "TL ");
    while (text.len > 0) {
        put_string(to, lines ? next_line(&text, (size_t)(room / (size * 0.5))) : text);
        tr_buf_text(to, " Tj T* ");
        text = lines ? text : TR_STR("");
    }
    tr_buf_text(to, "ET Q EMC");
}

static void put_tick_look(struct tr_buf *to, const struct tr_drawn_field *field)
{
    double from = 2, to_x = field->width - 2, to_y = field->height - 2;

    tr_buf_text(to, "q 1.4 w ");
    put_number(to, from), put_number(to, from), tr_buf_text(to, "m ");
    put_number(to, to_x), put_number(to, to_y), tr_buf_text(to, "l ");
    put_number(to, from), put_number(to, to_y), tr_buf_text(to, "m ");
    put_number(to, to_x), put_number(to, from), tr_buf_text(to, "l S Q");
}

struct form {
    qpdf_data pdf;
    const struct tr_document *d;
    qpdf_oh fonts, fields;
    qpdf_oh owners;  /* of the structure: numbers and what they own */
    int next_owner;
    qpdf_oh *place;  /* the elements of the structure that are fields, in their order */
    uint32_t n_places;
    bool failed;
};

/* A look, as a drawing of its own that the field shows. Empties the buffer. */
static qpdf_oh look_of(struct form *form, const struct tr_drawn_field *field, struct tr_buf *look)
{
    qpdf_oh stream = qpdf_oh_new_stream(form->pdf), dict = qpdf_oh_get_dict(form->pdf, stream);
    char box[64];

    snprintf(box, sizeof box, "[0 0 %d.%02d %d.%02d]", (int)field->width,
             (int)(field->width * 100) % 100, (int)field->height, (int)(field->height * 100) % 100);
    qpdf_oh_replace_key(form->pdf, dict, "/Type", qpdf_oh_new_name(form->pdf, "/XObject"));
    qpdf_oh_replace_key(form->pdf, dict, "/Subtype", qpdf_oh_new_name(form->pdf, "/Form"));
    qpdf_oh_replace_key(form->pdf, dict, "/BBox", qpdf_oh_parse(form->pdf, box));
    qpdf_oh_replace_key(form->pdf, dict, "/Resources", form->fonts);
    qpdf_oh_replace_stream_data(form->pdf, stream, (const unsigned char *)(look->p ? look->p : ""),
                                look->len, qpdf_oh_new_null(form->pdf), qpdf_oh_new_null(form->pdf));
    form->failed |= look->failed;
    look->len = 0;
    return stream;
}

/* ---- fields ---- */

static void set(struct form *form, qpdf_oh dict, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(form->pdf, dict, key, value);
}

static qpdf_oh words(struct form *form, struct tr_str s)
{
    struct tr_buf text = {0};
    const char *z;
    qpdf_oh string;

    tr_buf_str(&text, s);
    z = tr_buf_z(&text);
    form->failed |= !z;
    string = qpdf_oh_new_unicode_string(form->pdf, z ? z : "");
    tr_buf_clear(&text);
    return string;
}

static void add_choices(struct form *form, qpdf_oh dict, const struct tr_list *list)
{
    qpdf_oh choices = qpdf_oh_new_array(form->pdf);

    qpdf_oh_append_item(form->pdf, choices, words(form, TR_STR("")));
    for (int i = 0; i < list->n; i++)
        qpdf_oh_append_item(form->pdf, choices, words(form, list->entry[i].label[form->d->lang]));
    set(form, dict, "/Opt", choices);
}

static void make_text(struct form *form, qpdf_oh dict, const struct tr_drawn_field *field)
{
    const struct tr_node *node = &form->d->node[field->node];
    bool choice = node->control == TR_C_CHOICE && node->choices;
    bool lines = !choice && field->height > 2.2 * text_size;
    struct tr_str text = node->kind == TR_D_BLANK ? TR_STR("") : node->text;
    qpdf_oh looks = qpdf_oh_new_dictionary(form->pdf);
    struct tr_buf look = {0};

    set(form, dict, "/FT", qpdf_oh_new_name(form->pdf, choice ? "/Ch" : "/Tx"));
    set(form, dict, "/Ff", qpdf_oh_new_integer(form->pdf, choice ? COMBO : lines ? MULTILINE : 0));
    set(form, dict, "/DA", qpdf_oh_new_string(form->pdf, choice ? "/Helv 0 Tf 0 g"
                                                                : "/Helv 9.5 Tf 0 g"));
    if (choice)
        add_choices(form, dict, node->choices);
    set(form, dict, "/V", words(form, text));
    put_text_look(&look, field, text, lines);
    set(form, looks, "/N", look_of(form, field, &look));
    set(form, dict, "/AP", looks);
    tr_buf_clear(&look);
}

static void make_box(struct form *form, qpdf_oh dict, const struct tr_drawn_field *field)
{
    bool ticked = form->d->node[field->node].level > 0;
    qpdf_oh looks = qpdf_oh_new_dictionary(form->pdf), states = qpdf_oh_new_dictionary(form->pdf);
    qpdf_oh state = qpdf_oh_new_name(form->pdf, ticked ? "/Yes" : "/Off");
    struct tr_buf look = {0};

    set(form, dict, "/FT", qpdf_oh_new_name(form->pdf, "/Btn"));
    set(form, dict, "/V", state);
    set(form, dict, "/AS", state);
    set(form, states, "/Off", look_of(form, field, &look));
    put_tick_look(&look, field);
    set(form, states, "/Yes", look_of(form, field, &look));
    set(form, looks, "/N", states);
    set(form, dict, "/AP", looks);
    tr_buf_clear(&look);
}

/* What the field is for, to those who do not see where it stands. */
static void add_label(struct form *form, qpdf_oh dict, const struct tr_drawn_field *field)
{
    const struct tr_node *node = form->d->node, *run = &node[field->node];
    const struct tr_node *next = field->node + 1 < form->d->n ? run + 1 : run;
    const struct tr_str parts[] = {field->row, field->label,
                                   run->kind == TR_D_BLANK ? run->text
                                   : run->kind == TR_D_BOX && tr_node_is_words(next->kind)
                                       ? next->text
                                       : TR_STR("")};
    struct tr_buf all = {0};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].len == 0 || (i > 0 && tr_str_eq(parts[i], parts[i - 1])))
            continue;
        tr_buf_text(&all, all.len > 0 ? ": " : "");
        tr_buf_str(&all, parts[i]);
    }
    set(form, dict, "/TU", words(form, all.len > 0 ? tr_buf_slice(&all)
                                                   : tr_document_word(form->d, "document.blank")));
    form->failed |= all.failed;
    tr_buf_clear(&all);
}

/* Makes the field part of the element of the structure that stands where it was drawn. */
static void place(struct form *form, qpdf_oh widget, qpdf_oh page, uint32_t i)
{
    qpdf_oh pieces, piece;

    if (i >= form->n_places)
        return;
    pieces = qpdf_oh_wrap_in_array(form->pdf, qpdf_oh_get_key(form->pdf, form->place[i], "/K"));
    piece = qpdf_oh_parse(form->pdf, "<< /Type /OBJR >>");
    set(form, piece, "/Pg", page);
    set(form, piece, "/Obj", widget);
    qpdf_oh_append_item(form->pdf, pieces, piece);
    set(form, form->place[i], "/K", pieces);
    set(form, widget, "/StructParent", qpdf_oh_new_integer(form->pdf, form->next_owner));
    qpdf_oh_append_item(form->pdf, form->owners, qpdf_oh_new_integer(form->pdf, form->next_owner++));
    qpdf_oh_append_item(form->pdf, form->owners, form->place[i]);
}

static void add_field(struct form *form, const struct tr_drawn_field *field, uint32_t i)
{
    qpdf_oh page = qpdf_get_page_n(form->pdf, (size_t)field->page);
    qpdf_oh dict = qpdf_oh_parse(form->pdf, "<< /Type /Annot /Subtype /Widget /F 4 >>"), widget;
    qpdf_oh list = qpdf_oh_get_key(form->pdf, page, "/Annots");
    double corner[] = {field->x, paper_height - field->y - field->height, field->x + field->width,
                       paper_height - field->y};
    qpdf_oh box = qpdf_oh_new_array(form->pdf);
    struct tr_buf name = {0};

    for (int k = 0; k < 4; k++)
        qpdf_oh_append_item(form->pdf, box, qpdf_oh_new_real_from_double(form->pdf, corner[k], 2));
    tr_html_field_name(field->node, &name);
    set(form, dict, "/Rect", box);
    set(form, dict, "/P", page);
    set(form, dict, "/T", words(form, tr_buf_slice(&name)));
    tr_buf_clear(&name);
    add_label(form, dict, field);
    if (form->d->node[field->node].kind == TR_D_BOX)
        make_box(form, dict, field);
    else
        make_text(form, dict, field);
    widget = qpdf_make_indirect_object(form->pdf, dict);
    qpdf_oh_append_item(form->pdf, form->fields, widget);
    if (!qpdf_oh_is_array(form->pdf, list)) {
        set(form, page, "/Annots", qpdf_oh_new_array(form->pdf));
        set(form, page, "/Tabs", qpdf_oh_new_name(form->pdf, "/S"));
        list = qpdf_oh_get_key(form->pdf, page, "/Annots");
    }
    qpdf_oh_append_item(form->pdf, list, widget);
    place(form, widget, page, i);
}

/* ---- the structure ---- */

/* Finds the elements that were tagged as fields, in the order in which they were drawn. */
static void find_places(struct form *form, qpdf_oh element)
{
    qpdf_oh kids = qpdf_oh_wrap_in_array(form->pdf, qpdf_oh_get_key(form->pdf, element, "/K"));

    for (int i = 0; i < qpdf_oh_get_array_n_items(form->pdf, kids); i++) {
        qpdf_oh kid = qpdf_oh_get_array_item(form->pdf, kids, i), *more;

        if (!qpdf_oh_is_dictionary(form->pdf, kid) || !qpdf_oh_has_key(form->pdf, kid, "/S"))
            continue;
        if (!qpdf_oh_is_name_and_equals(form->pdf, qpdf_oh_get_key(form->pdf, kid, "/S"), "/Form")) {
            find_places(form, kid);
            continue;
        }
        if ((form->n_places & (form->n_places - 1)) == 0) {
            more = realloc(form->place, (form->n_places ? 2 * form->n_places : 1) * sizeof *more);
            form->failed |= !more;
            if (!more)
                return;
            form->place = more;
        }
        form->place[form->n_places++] = kid;
    }
}

/* The form as a page, beside the pages. */
static void keep_page(struct form *form, qpdf_oh root)
{
    qpdf_oh stream = qpdf_oh_new_stream(form->pdf), piece = qpdf_oh_new_dictionary(form->pdf);
    qpdf_oh pieces = qpdf_oh_new_dictionary(form->pdf);
    struct tr_out page = {.fd = -1};
    struct tr_date date;
    char iso[TR_DATE_LEN], made[] = "D:20000101000000Z";

    if (tr_date_parse(form->d->day, &date)) {
        tr_date_iso(date, iso);
        memcpy(made + 2, iso, 4);
        memcpy(made + 6, iso + 5, 2);
        memcpy(made + 8, iso + 8, 2);
    }
    tr_document_html_bare(form->d, &page);
    qpdf_oh_replace_stream_data(form->pdf, stream, (const unsigned char *)page.buf.p, page.buf.len,
                                qpdf_oh_new_null(form->pdf), qpdf_oh_new_null(form->pdf));
    set(form, piece, "/LastModified", qpdf_oh_new_string(form->pdf, made));
    set(form, piece, "/Private", stream);
    set(form, pieces, PIECE, piece);
    set(form, root, "/PieceInfo", pieces);
    form->failed |= page.buf.failed;
    tr_buf_clear(&page.buf);
}

bool tr_pdf_form_add(qpdf_data pdf, const struct tr_document *d, const struct tr_buf *fields)
{
    const struct tr_drawn_field *field = (const void *)fields->p;
    qpdf_oh root = qpdf_get_root(pdf), tree = qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
    qpdf_oh owners = qpdf_oh_get_key_if_dict(pdf, tree, "/ParentTree");
    struct form form = {.pdf = pdf,
                        .d = d,
                        .owners = qpdf_oh_get_key(pdf, owners, "/Nums"),
                        .fields = qpdf_oh_new_array(pdf)};
    qpdf_oh acro = qpdf_oh_new_dictionary(pdf);

    form.fonts = qpdf_make_indirect_object(
        pdf, qpdf_oh_parse(pdf, "<< /Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont "
                                "/Helvetica /Encoding /WinAnsiEncoding >> >> >>"));
    form.next_owner = qpdf_oh_get_array_n_items(pdf, form.owners) / 2;
    find_places(&form, tree);
    for (uint32_t i = 0; i < fields->len / sizeof *field && !form.failed; i++)
        add_field(&form, &field[i], i);
    set(&form, tree, "/ParentTreeNextKey", qpdf_oh_new_integer(pdf, form.next_owner));
    set(&form, acro, "/Fields", form.fields);
    set(&form, acro, "/DR", form.fonts);
    set(&form, acro, "/DA", qpdf_oh_new_string(pdf, "/Helv 9.5 Tf 0 g"));
    set(&form, root, "/AcroForm", acro);
    keep_page(&form, root);
    free(form.place);
    return !form.failed;
}

/* ---- reading ---- */

struct reading {
    qpdf_data pdf;
    struct tr_buf *values;
    struct tr_arena *text;
};

static uint32_t page_of(struct reading *r, qpdf_oh widget)
{
    qpdf_oh page = qpdf_oh_get_key(r->pdf, widget, "/P");
    int n = qpdf_get_num_pages(r->pdf);

    for (int i = 0; i < n; i++)
        if (qpdf_oh_get_object_id(r->pdf, qpdf_get_page_n(r->pdf, (size_t)i)) ==
            qpdf_oh_get_object_id(r->pdf, page))
            return (uint32_t)i + 1;
    return 0;
}

static void read_field(struct reading *r, qpdf_oh field)
{
    qpdf_oh name = qpdf_oh_get_key(r->pdf, field, "/T"), is = qpdf_oh_get_key(r->pdf, field, "/V");
    struct tr_pdf_value value = {.page = page_of(r, field)};

    if (!qpdf_oh_is_string(r->pdf, name))
        return;
    value.name = tr_arena_copy(r->text, tr_str(qpdf_oh_get_utf8_value(r->pdf, name)));
    if (qpdf_oh_is_name(r->pdf, is))
        value.value = qpdf_oh_is_name_and_equals(r->pdf, is, "/Off") ? TR_STR("") : TR_STR("x");
    else if (qpdf_oh_is_string(r->pdf, is))
        value.value = tr_arena_copy(r->text, tr_str(qpdf_oh_get_utf8_value(r->pdf, is)));
    tr_buf_add(r->values, &value, sizeof value);
}

static int by_name(const void *a, const void *b)
{
    return tr_str_cmp(*(const struct tr_str *)a, *(const struct tr_str *)b);
}

/* Adds the name of each field that stands on the page, without what a joiner of files put behind it. */
static void add_names(struct reading *r, qpdf_oh page, struct tr_buf *names)
{
    qpdf_oh notes = qpdf_oh_get_key(r->pdf, page, "/Annots");
    int n = qpdf_oh_is_array(r->pdf, notes) ? qpdf_oh_get_array_n_items(r->pdf, notes) : 0;

    for (int i = 0; i < n && i < FIELDS_MOST; i++) {
        qpdf_oh name = qpdf_oh_get_key_if_dict(r->pdf, qpdf_oh_get_array_item(r->pdf, notes, i), "/T");
        const char *is = qpdf_oh_is_string(r->pdf, name) ? qpdf_oh_get_utf8_value(r->pdf, name) : "";
        struct tr_str before = tr_arena_copy(r->text, (struct tr_str){is, strcspn(is, "+")});

        if (before.len > 0)
            tr_buf_add(names, &before, sizeof before);
    }
}

/* Whether several forms were joined into one file: it may list the fields of the first alone. */
static bool is_joined(struct reading *r)
{
    struct tr_buf names = {0};
    bool twice = false;

    for (int i = 0; i < qpdf_get_num_pages(r->pdf); i++)
        add_names(r, qpdf_get_page_n(r->pdf, (size_t)i), &names);
    struct tr_str *name = (void *)names.p;
    size_t n = names.len / sizeof *name;
    if (n > 1)
        qsort(name, n, sizeof *name, by_name);
    for (size_t i = 1; i < n && !twice; i++)
        twice = tr_str_eq(name[i - 1], name[i]);
    r->values->failed |= names.failed;
    tr_buf_clear(&names);
    return twice;
}

/* Unpacks the page that the file keeps. What is longer than max is refused. */
static int read_page(struct reading *r, qpdf_oh stream, size_t max, struct tr_str *page, struct tr_err *err)
{
    unsigned char *content = NULL;
    size_t len = 0;
    int status = 0;

    if (qpdf_oh_get_stream_data(r->pdf, stream, qpdf_dl_generalized, NULL, &content, &len) || len == 0)
        status = tr_err_set(err, TR_E_FILLED_FLAT, NULL, NULL, NULL);
    else if (len > max)
        status = tr_err_num(err, TR_E_FILLED_SIZE, (long long)(max >> 20));
    else
        *page = tr_arena_copy(r->text, (struct tr_str){(const char *)content, len});
    free(content);
    return status;
}

static int read_form(struct reading *r, size_t max, struct tr_str *page, struct tr_err *err)
{
    qpdf_oh root = qpdf_get_root(r->pdf);
    qpdf_oh pieces = qpdf_oh_get_key_if_dict(r->pdf, root, "/PieceInfo");
    qpdf_oh piece = qpdf_oh_get_key_if_dict(r->pdf, pieces, PIECE);
    qpdf_oh stream = qpdf_oh_get_key_if_dict(r->pdf, piece, "/Private");
    qpdf_oh acro = qpdf_oh_get_key_if_dict(r->pdf, root, "/AcroForm");
    qpdf_oh fields = qpdf_oh_get_key_if_dict(r->pdf, acro, "/Fields");
    int n = qpdf_oh_is_array(r->pdf, fields) ? qpdf_oh_get_array_n_items(r->pdf, fields) : 0;

    if (!qpdf_oh_is_stream(r->pdf, stream) || n == 0 || n > FIELDS_MOST)
        return tr_err_set(err, TR_E_FILLED_FLAT, NULL, NULL, NULL);
    if (is_joined(r))
        return tr_err_set(err, TR_E_FILLED_JOINED, NULL, NULL, NULL);
    if (read_page(r, stream, max, page, err) < 0)
        return -1;
    for (int i = 0; i < n; i++)
        read_field(r, qpdf_oh_get_array_item(r->pdf, fields, i));
    return 0;
}

int tr_pdf_form_read(struct tr_str pdf, size_t max, struct tr_str *page, struct tr_buf *values,
                     struct tr_arena *text, struct tr_err *err)
{
    struct reading r = {.pdf = qpdf_init(), .values = values, .text = text};
    int status = 0;
    QPDF_ERROR_CODE read;

    *page = TR_STR("");
    qpdf_silence_errors(r.pdf);
    qpdf_set_suppress_warnings(r.pdf, QPDF_TRUE);
    read = qpdf_read_memory(r.pdf, "PDF", pdf.p, pdf.len, NULL);
    if (read & QPDF_ERRORS && qpdf_has_error(r.pdf) &&
        qpdf_get_error_code(r.pdf, qpdf_get_error(r.pdf)) == qpdf_e_password)
        status = tr_err_set(err, TR_E_SHEET_LOCKED, NULL, NULL, NULL);
    else if (read & QPDF_ERRORS)
        status = tr_err_set(err, TR_E_FILLED_FLAT, NULL, NULL, NULL);
    else
        status = read_form(&r, max, page, err);
    if (qpdf_has_error(r.pdf)) /* the library writes an error that nobody took to standard error */
        qpdf_get_error(r.pdf);
    qpdf_cleanup(&r.pdf);
    if (status == 0 && (text->failed || values->failed))
        status = tr_err_memory(err);
    return status;
}
