/* Step 5 of page.c: the PDF that the drawing library wrote is read again and finished. Four things
 * are mended: the structure, where that library has no word for "no content" and "goes on on the
 * next page"; the scope of table heads; dates, which it takes from the clock; and XMP, which it does not
 * write. */
#define _GNU_SOURCE
#include "doc/document/document_writer.h"

#include <stdlib.h>

#include "base/date.h"
#include "doc/document/pdf_own.h"
#include "doc/text/escape.h"

/* The structure, read from its start to its end. Each question to the library costs a look into its
 * table of handles, and a plan has a thousand elements: so an element is asked once for its type. */
struct reading {
    qpdf_data pdf;
    qpdf_oh owners; /* per page: its number, then a list of the element that owns each piece of
                       content */
    qpdf_oh leaf;   /* the last element read that holds content */
    qpdf_oh heads_row, heads_column; /* what a head says of its scope */
};

/* What an element is, as far as it matters here; NONE: content, no element. */
enum kind { NONE, OTHER, ROW, HEAD, DATA, ASIDE, MORE };

/* ---- structure ---- */

static enum kind kind_of(struct reading *r, qpdf_oh element)
{
    static const struct {
        const char *type;
        enum kind kind;
    } kinds[] = {{"/TR", ROW},
                 {"/TH", HEAD},
                 {"/TD", DATA},
                 {"/" TR_PDF_ASIDE, ASIDE},
                 {"/" TR_PDF_MORE, MORE}};
    const char *type;
    size_t len;

    if (!qpdf_oh_is_dictionary(r->pdf, element) ||
        !qpdf_oh_get_value_as_name(r->pdf, qpdf_oh_get_key(r->pdf, element, "/S"), &type, &len))
        return NONE;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(type, kinds[i].type) == 0)
            return kinds[i].kind;
    return OTHER;
}

/* The owners of the pieces of a page. Pages are in order, so the first look usually finds them. */
static qpdf_oh owners_of(struct reading *r, qpdf_oh page)
{
    int number =
        qpdf_oh_get_int_value_as_int(r->pdf, qpdf_oh_get_key(r->pdf, page, "/StructParents"));
    int n = qpdf_oh_get_array_n_items(r->pdf, r->owners) / 2;

    for (int i = 0; i < n; i++) {
        int at = 2 * ((number + i) % n);
        qpdf_oh key = qpdf_oh_get_array_item(r->pdf, r->owners, at);

        if (qpdf_oh_get_int_value_as_int(r->pdf, key) == number)
            return qpdf_oh_get_array_item(r->pdf, r->owners, at + 1);
    }
    return qpdf_oh_new_array(r->pdf);
}

/* Adds a piece of content on a page to the leaf. */
static void give_to_leaf(struct reading *r, qpdf_oh page, qpdf_oh piece)
{
    qpdf_oh pieces = qpdf_oh_wrap_in_array(r->pdf, qpdf_oh_get_key(r->pdf, r->leaf, "/K"));
    qpdf_oh reference = qpdf_oh_new_dictionary(r->pdf);

    qpdf_oh_replace_key(r->pdf, reference, "/Type", qpdf_oh_new_name(r->pdf, "/MCR"));
    qpdf_oh_replace_key(r->pdf, reference, "/Pg", page);
    qpdf_oh_replace_key(r->pdf, reference, "/MCID", piece);
    qpdf_oh_append_item(r->pdf, pieces, reference);
    qpdf_oh_replace_key(r->pdf, r->leaf, "/K", pieces);
}

/* Gives the content of the element to the leaf before it, or to no element. */
static void give_away(struct reading *r, qpdf_oh element, bool to_leaf)
{
    qpdf_oh pieces = qpdf_oh_wrap_in_array(r->pdf, qpdf_oh_get_key(r->pdf, element, "/K"));
    qpdf_oh owner = to_leaf ? r->leaf : qpdf_oh_new_null(r->pdf);

    for (int i = 0; i < qpdf_oh_get_array_n_items(r->pdf, pieces); i++) {
        qpdf_oh piece = qpdf_oh_get_array_item(r->pdf, pieces, i);
        qpdf_oh page =
            qpdf_oh_get_key(r->pdf, qpdf_oh_is_dictionary(r->pdf, piece) ? piece : element, "/Pg");

        if (qpdf_oh_is_dictionary(r->pdf, piece))
            piece = qpdf_oh_get_key(r->pdf, piece, "/MCID");
        qpdf_oh_set_array_item(r->pdf, owners_of(r, page),
                               qpdf_oh_get_int_value_as_int(r->pdf, piece), owner);
        if (to_leaf)
            give_to_leaf(r, page, piece);
    }
}

/* Sets the scope of heads: in a row that also has data cells they head the row, else their columns.
 */
static void set_scope(struct reading *r, qpdf_oh cells, int n, bool data)
{
    for (int i = 0; i < n; i++) {
        qpdf_oh cell = qpdf_oh_get_array_item(r->pdf, cells, i);

        if (kind_of(r, cell) == HEAD)
            qpdf_oh_replace_key(r->pdf, cell, "/A", data ? r->heads_row : r->heads_column);
    }
}

/* Reads an element of this kind and all in it. Elements of the types TR_PDF_ASIDE and TR_PDF_MORE give
 * their content away and are removed. */
static void read_element(struct reading *r, qpdf_oh element, enum kind is)
{
    qpdf_oh kids = qpdf_oh_wrap_in_array(r->pdf, qpdf_oh_get_key(r->pdf, element, "/K"));
    int n = qpdf_oh_get_array_n_items(r->pdf, kids);
    bool leaf = true, heads = false, data = false;

    for (int i = 0; i < n;) {
        qpdf_oh kid = qpdf_oh_get_array_item(r->pdf, kids, i);
        enum kind kind = kind_of(r, kid);

        leaf &= kind == NONE;
        heads |= kind == HEAD;
        data |= kind == DATA;
        if (kind == MORE || kind == ASIDE) {
            give_away(r, kid, kind == MORE);
            qpdf_oh_erase_item(r->pdf, kids, i);
            n--;
            continue;
        }
        if (kind != NONE)
            read_element(r, kid, kind);
        i++;
    }
    if (leaf)
        r->leaf = element;
    else
        qpdf_oh_replace_key(r->pdf, element, "/K", kids);
    if (is == ROW && heads)
        set_scope(r, kids, n, data);
}

static void mend_structure(qpdf_data pdf, qpdf_oh root)
{
    struct reading r = {.pdf = pdf};
    qpdf_oh tree = qpdf_oh_get_key(pdf, root, "/StructTreeRoot");

    r.owners = qpdf_oh_get_key_if_dict(pdf, qpdf_oh_get_key(pdf, tree, "/ParentTree"), "/Nums");
    r.heads_row = qpdf_oh_parse(pdf, "<< /O /Table /Scope /Row >>");
    r.heads_column = qpdf_oh_parse(pdf, "<< /O /Table /Scope /Column >>");
    r.leaf = tree;
    read_element(&r, tree, OTHER);
}

/* ---- pages ---- */

/* The first piece of each page is what is no content: marks it as an artifact. The length stays. */
static void mark_aside(char *content, size_t len)
{
    static const struct tr_str is = TR_STR("/" TR_PDF_ASIDE " << /MCID "), ends = TR_STR("BDC"),
                               becomes = TR_STR("/Artifact BMC");
    char *at = memmem(content, len, is.p, is.len);
    char *end = at ? memmem(at, len - (size_t)(at - content), ends.p, ends.len) : NULL;

    if (!end)
        return;
    memset(at, ' ', (size_t)(end - at) + ends.len);
    memcpy(at, becomes.p, becomes.len);
}

static void mend_pages(qpdf_data pdf)
{
    int n = qpdf_get_num_pages(pdf);

    for (int i = 0; i < n; i++) {
        qpdf_oh stream = qpdf_oh_get_key(pdf, qpdf_get_page_n(pdf, (size_t)i), "/Contents");
        unsigned char *content = NULL;
        size_t len = 0;

        if (qpdf_oh_get_stream_data(pdf, stream, qpdf_dl_generalized, NULL, &content, &len))
            return;
        mark_aside((char *)content, len);
        qpdf_oh_replace_stream_data(pdf, stream, content, len, qpdf_oh_new_null(pdf),
                                    qpdf_oh_new_null(pdf));
        free(content);
    }
}

/* ---- the file ---- */

/* The file was made on the day of the document; without a day it has no date. */
static void set_days(qpdf_data pdf, struct tr_str day)
{
    struct tr_date date;
    char iso[TR_DATE_LEN], made[] = "D:yyyymmdd000000Z";

    if (tr_date_parse(day, &date)) {
        tr_date_iso(date, iso);
        memcpy(made + 2, iso, 4);
        memcpy(made + 6, iso + 5, 2);
        memcpy(made + 8, iso + 8, 2);
    }
    qpdf_set_info_key(pdf, "/CreationDate", tr_date_parse(day, &date) ? made : NULL);
    qpdf_set_info_key(pdf, "/ModDate", NULL);
}

/* The same once more as XMP, where newer programs and archives look. It claims no standard that no
 * program here has proved. */
static bool describe(qpdf_data pdf, qpdf_oh root, const struct tr_document *d)
{
    struct tr_str title = d->title.len > 0 ? d->title : tr_document_word(d, "document.untitled");
    qpdf_oh stream = qpdf_oh_new_stream(pdf), dictionary = qpdf_oh_get_dict(pdf, stream);
    struct tr_out xmp = {.fd = -1};
    struct tr_date date;
    bool failed;

    tr_out_text(&xmp, "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
                      "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n"
                      "<dc:format>application/pdf</dc:format>\n<dc:title><rdf:Alt>"
                      "<rdf:li xml:lang=\"x-default\">");
    tr_escape_html_input(title, &xmp);
    tr_out_text(&xmp, "</rdf:li></rdf:Alt></dc:title>\n<dc:language><rdf:Bag><rdf:li>");
    tr_out_text(&xmp, tr_lang_tags[d->lang]);
    tr_out_text(&xmp, "</rdf:li></rdf:Bag></dc:language>\n");
    if (tr_date_parse(d->day, &date)) {
        char iso[TR_DATE_LEN];

        tr_date_iso(date, iso);
        tr_out_text(&xmp, "<xmp:CreateDate>");
        tr_out_add(&xmp, iso, sizeof iso);
        tr_out_text(&xmp, "</xmp:CreateDate>\n");
    }
    tr_out_text(&xmp, "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>\n");
    qpdf_oh_replace_key(pdf, dictionary, "/Type", qpdf_oh_new_name(pdf, "/Metadata"));
    qpdf_oh_replace_key(pdf, dictionary, "/Subtype", qpdf_oh_new_name(pdf, "/XML"));
    qpdf_oh_replace_stream_data(pdf, stream, (const unsigned char *)xmp.buf.p, xmp.buf.len,
                                qpdf_oh_new_null(pdf), qpdf_oh_new_null(pdf));
    qpdf_oh_replace_key(pdf, root, "/Metadata", stream);
    failed = xmp.buf.failed;
    tr_buf_clear(&xmp.buf);
    return failed;
}

static void mend(qpdf_data pdf, const struct tr_document *d, const struct tr_buf *fields,
                 struct tr_out *out)
{
    qpdf_oh root = qpdf_get_root(pdf);

    qpdf_oh_replace_key(pdf, root, "/Lang",
                        qpdf_oh_new_string(pdf, tr_lang_tags[d->lang]));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences",
                        qpdf_oh_parse(pdf, "<< /DisplayDocTitle true >>"));
    set_days(pdf, d->day);
    out->buf.failed |= describe(pdf, root, d);
    mend_structure(pdf, root);
    mend_pages(pdf);
    if (d->fields)
        out->buf.failed |= !tr_pdf_form_add(pdf, d, fields);
}

/* Reads what was drawn, mends it and writes it to out. */
static void finish(qpdf_data pdf, const struct tr_document *d, struct tr_str drawn,
                   const struct tr_buf *fields, struct tr_out *out)
{
    if (qpdf_read_memory(pdf, "PDF", drawn.p, drawn.len, NULL) & QPDF_ERRORS)
        return;
    mend(pdf, d, fields, out);
    if (qpdf_has_error(pdf) || qpdf_init_write_memory(pdf) & QPDF_ERRORS)
        return;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS)
        return;
    tr_out_add(out, qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
}

int tr_document_pdf(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    struct tr_buf drawn = {0}, fields = {0};
    qpdf_data pdf;
    int status = tr_document_draw(d, &drawn, &fields, err);

    out->buf.failed |= drawn.failed | fields.failed | d->failed;
    if (status == 0 && !out->buf.failed) {
        pdf = qpdf_init();
        qpdf_silence_errors(pdf);
        qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
        finish(pdf, d, tr_buf_slice(&drawn), &fields, out);
        if (qpdf_has_error(pdf))
            status = tr_err_set(err, TR_E_DOCUMENT_FORMAT, "PDF",
                                qpdf_get_error_full_text(pdf, qpdf_get_error(pdf)), NULL);
        qpdf_cleanup(&pdf);
    }
    tr_buf_clear(&drawn);
    tr_buf_clear(&fields);
    return status;
}
