/* The parts of a workbook, put together as a package. */
#include "record/book/book_own.h"

#include <stdio.h>

/* A sheet on its way into the archive. */
struct going {
    struct tr_book *book;
    int sheet;
    bool ended;
    struct tr_buf below; /* what comes behind its rows */
};

struct package {
    struct going going[TR_BOOK_SHEETS];
    struct tr_archive_part part[8 + 7 * TR_BOOK_SHEETS];
    char names[7 * TR_BOOK_SHEETS][48];
    int n, n_names;
};

static struct tr_buf *add_part(struct package *p, const char *name)
{
    p->part[p->n].name = name;
    return &p->part[p->n++].text;
}

/* A part of a sheet, in which text stands; none without. The text goes over into the package. */
static void add_sheet_part(struct package *p, const char *before, int i, const char *after,
                           struct tr_buf *text)
{
    char *name = p->names[p->n_names++];

    if (text->len == 0 && !text->failed)
        return;
    snprintf(name, sizeof p->names[0], "%s%d%s", before, i + 1, after);
    *add_part(p, name) = *text;
    *text = (struct tr_buf){0};
}

/* The next rows of a sheet, and behind the last one what is below them. */
static bool go_on(void *cookie, struct tr_buf *text)
{
    enum { PIECE = 1 << 16 };
    struct going *g = cookie;
    struct tr_book_sheet *s = &g->book->sheet[g->sheet];
    struct tr_buf spent = *text;

    if (g->ended)
        return false;
    g->book->at = g->sheet;
    while (s->more && s->rows.len < PIECE)
        if (!s->more(s->cookie))
            s->more = NULL;
    *text = s->rows;
    s->rows = spent;
    s->rows.len = 0;
    g->ended = !s->more;
    if (g->ended) {
        put(text, s->row > 0 ? "</row>" : "");
        tr_buf_str(text, tr_buf_slice(&g->below));
    }
    return true;
}

static void add_rows(struct tr_book *b, struct package *p, int i)
{
    char *name = p->names[p->n_names++];
    struct tr_archive_part *part = &p->part[p->n];

    snprintf(name, sizeof p->names[0], "xl/worksheets/sheet%d.xml", i + 1);
    p->going[i] = (struct going){.book = b, .sheet = i};
    tr_book_sheet_end(b, i, &p->going[i].below);
    tr_book_sheet_start(b, i, add_part(p, name));
    part->more = go_on;
    part->cookie = &p->going[i];
}

static void wrap(struct tr_buf *b, const char *before, const char *after)
{
    struct tr_buf all = {0};

    if (b->len == 0)
        return;
    put(&all, before);
    tr_buf_str(&all, tr_buf_slice(b));
    put(&all, after);
    all.failed |= b->failed;
    tr_buf_clear(b);
    *b = all;
}

static void add_sheet(struct tr_book *b, struct package *p, int i)
{
    struct tr_book_sheet *s = &b->sheet[i];
    struct tr_buf relations = {0}, drawing = {0};

    tr_book_sheet_relations(b, i, &relations);
    if (s->chart.len > 0) {
        put(&drawing, BOOK_DECLARATION "<Relationships xmlns=\"http://schemas.openxmlformats.org/"
                                       "package/2006/relationships\"><Relationship Id=\"rId1\" Type=\""
                BOOK_RELATIONS "/chart\" Target=\"../charts/chart");
        tr_buf_num(&drawing, i + 1);
        put(&drawing, ".xml\"/></Relationships>\n");
    }
    wrap(&s->remarks,
         BOOK_DECLARATION "<comments xmlns=\"" BOOK_MAIN
                          "\"><authors><author></author></authors><commentList>",
         "</commentList></comments>\n");
    wrap(&s->remark_shapes,
         "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:"
         "office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shapetype "
         "id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,"
         "xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" "
         "o:connecttype=\"rect\"/></v:shapetype>",
         "</xml>\n");
    add_rows(b, p, i);
    add_sheet_part(p, "xl/worksheets/_rels/sheet", i, ".xml.rels", &relations);
    add_sheet_part(p, "xl/tables/table", i, ".xml", &s->table);
    add_sheet_part(p, "xl/comments", i, ".xml", &s->remarks);
    add_sheet_part(p, "xl/drawings/vmlDrawing", i, ".vml", &s->remark_shapes);
    add_sheet_part(p, "xl/drawings/drawing", i, ".xml", &s->drawing);
    add_sheet_part(p, "xl/drawings/_rels/drawing", i, ".xml.rels", &drawing);
}

int tr_book_write(struct tr_book *b, struct tr_out *out, struct tr_err *err)
{
    struct package p = {0};
    char charts[TR_BOOK_SHEETS][32];
    int status;

    tr_book_content_types(b, add_part(&p, "[Content_Types].xml"));
    put(add_part(&p, "_rels/.rels"),
        BOOK_DECLARATION
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" BOOK_RELATIONS "/officeDocument\" "
        "Target=\"xl/workbook.xml\"/><Relationship Id=\"rId2\" "
        "Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
        "core-properties\" Target=\"docProps/core.xml\"/></Relationships>\n");
    tr_book_core(b, add_part(&p, "docProps/core.xml"));
    tr_book_workbook(b, add_part(&p, "xl/workbook.xml"));
    tr_book_workbook_relations(b, add_part(&p, "xl/_rels/workbook.xml.rels"));
    tr_book_styles(b, add_part(&p, "xl/styles.xml"));
    for (int i = 0; i < b->n; i++) {
        add_sheet(b, &p, i);
        if (b->sheet[i].chart.len > 0) {
            snprintf(charts[i], sizeof charts[i], "xl/charts/chart%d.xml", i + 1);
            *add_part(&p, charts[i]) = b->sheet[i].chart;
            b->sheet[i].chart = (struct tr_buf){0};
        }
    }
    status = tr_archive_write(p.part, p.n, TR_STR(""), out, err);
    out->buf.failed |= b->failed;
    for (int i = 0; i < p.n; i++) {
        out->buf.failed |= p.part[i].text.failed;
        tr_buf_clear(&p.part[i].text);
    }
    for (int i = 0; i < b->n; i++) {
        out->buf.failed |= p.going[i].below.failed;
        tr_buf_clear(&p.going[i].below);
    }
    if (b->full && !out->buf.failed)
        return tr_err_set(err, TR_E_BOOK_FULL, NULL, NULL, NULL);
    return status < 0 && !out->buf.failed ? -1 : 0;
}
