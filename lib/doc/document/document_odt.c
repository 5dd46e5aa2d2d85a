/* OpenDocument text, version 1.3: XML files in a ZIP archive. Two of them say what the document
 * says (odt_content.c) and how it looks (odt_styles.c); the others, here, are about the file. */
#include "base/date.h"
#include "doc/document/document_writer.h"
#include "doc/document/odt_own.h"

static const char settings[] = DECLARATION
    "<office:document-settings" NAMESPACES "><office:settings><config:config-item-set "
    "config:name=\"ooo:configuration-settings\">"
    "<config:config-item config:name=\"AddParaTableSpacing\" config:type=\"boolean\">true"
    "</config:config-item>"
    "<config:config-item config:name=\"AddParaTableSpacingAtStart\" config:type=\"boolean\">true"
    "</config:config-item>"
    "<config:config-item config:name=\"TabsRelativeToIndent\" config:type=\"boolean\">true"
    "</config:config-item>"
    "<config:config-item config:name=\"UseFormerLineSpacing\" config:type=\"boolean\">false"
    "</config:config-item>"
    "</config:config-item-set></office:settings></office:document-settings>\n";

static const char manifest[] = DECLARATION
    "<manifest:manifest xmlns:manifest=\"" NS "manifest:1.0\" manifest:version=\"1.3\">\n"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\n"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\n"
    "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>\n"
    "</manifest:manifest>\n";

static void make_meta(const struct tr_document *d, struct tr_buf *to)
{
    struct tr_date date;
    struct tr_str title = d->title.len > 0 ? d->title : tr_document_word(d, "document.untitled");
    char day[TR_DATE_LEN + 9] = "yyyy-mm-ddT00:00:00";

    put(to, DECLARATION "<office:document-meta" NAMESPACES "><office:meta>\n");
    tr_odt_put_element(to, "dc:title", title);
    tr_odt_put_element(to, "dc:subject", d->reference);
    tr_odt_put_element(to, "meta:initial-creator", d->author);
    tr_odt_put_element(to, "dc:creator", d->author);
    tr_odt_put_element(to, "dc:language", tr_str(tr_lang_tags[d->lang]));
    if (tr_date_parse(d->day, &date)) {
        tr_date_iso(date, day);
        tr_odt_put_element(to, "meta:creation-date", (struct tr_str){day, sizeof day});
        tr_odt_put_element(to, "dc:date", (struct tr_str){day, sizeof day});
    }
    if (d->form.len > 0) { /* which form it is, for those who read it when it is filled in */
        put(to, "<meta:user-defined meta:name=\"transition-form\" meta:value-type=\"string\">");
        tr_xml_put(to, d->form);
        put(to, "</meta:user-defined>\n");
    }
    put(to, "</office:meta></office:document-meta>\n");
}

static void make_settings(const struct tr_document *d, struct tr_buf *to)
{
    (void)d;
    put(to, settings);
}

static void make_manifest(const struct tr_document *d, struct tr_buf *to)
{
    (void)d;
    put(to, manifest);
}

static void make_type(const struct tr_document *d, struct tr_buf *to)
{
    (void)d;
    put(to, "application/vnd.oasis.opendocument.text");
}

/* The type comes first and is not compressed, so that programs find it at a fixed place. */
static const struct {
    const char *name;
    bool stored;
    void (*make)(const struct tr_document *d, struct tr_buf *to);
} parts[] = {
    {"mimetype", true, make_type},        {"META-INF/manifest.xml", false, make_manifest},
    {"meta.xml", false, make_meta},       {"settings.xml", false, make_settings},
    {"styles.xml", false, tr_odt_styles}, {"content.xml", false, tr_odt_content},
};
enum { N_PARTS = sizeof parts / sizeof *parts };

int tr_document_odt(const struct tr_document *d, struct tr_out *out, struct tr_err *err)
{
    struct tr_archive_part part[N_PARTS];
    int status;

    for (int i = 0; i < N_PARTS; i++) {
        part[i] = (struct tr_archive_part){.name = parts[i].name, .stored = parts[i].stored};
        parts[i].make(d, &part[i].text);
    }
    status = tr_archive_write(part, N_PARTS, d->day, out, err);
    out->buf.failed |= d->failed;
    for (int i = 0; i < N_PARTS; i++) {
        out->buf.failed |= part[i].text.failed;
        tr_buf_clear(&part[i].text);
    }
    return status < 0 && !out->buf.failed ? -1 : 0;
}
