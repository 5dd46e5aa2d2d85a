/* Stacked bars, as a chart that the spreadsheet draws from its own cells. */
#include "record/book/book_own.h"

/* Dark and light in turn, with a line round each: told apart in greyscale. Patterns are none of them,
 * as some programs draw only their lines. */
static const char *const fills[] = {"0B3C5D", "F2A65A", "1D6B4F", "D5D8DB", "6A1B7A",
                                    "9CCBEF", "8C1C2E", "E9DC8B", "3D4347"};
enum { N_FILLS = sizeof fills / sizeof *fills };

static void put_range(struct tr_book *b, int sheet, struct tr_buf *to, uint32_t row,
                      uint32_t column, uint32_t last_row, uint32_t last_column)
{
    struct tr_buf range = {0};

    tr_book_range(b, sheet, &range, row, column, last_row, last_column);
    put(to, "<c:f>");
    tr_xml_put(to, tr_buf_slice(&range));
    put(to, "</c:f>");
    b->failed |= range.failed;
    tr_buf_clear(&range);
}

static void put_fill(struct tr_buf *to, uint32_t i)
{
    put(to, "<c:spPr><a:solidFill><a:srgbClr val=\"");
    put(to, fills[i % N_FILLS]);
    put(to, "\"/></a:solidFill>");
    put(to, "<a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"1A1A1A\"/></a:solidFill></a:ln>"
            "</c:spPr><c:invertIfNegative val=\"0\"/>");
}

static void put_words(struct tr_buf *to, struct tr_str words, int size)
{
    put(to, "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"");
    tr_buf_num(to, size);
    put(to, "\" b=\"0\"/></a:pPr><a:r><a:rPr sz=\"");
    tr_buf_num(to, size);
    put(to, "\" b=\"0\"/><a:t>");
    tr_xml_put(to, words);
    put(to, "</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title>");
}

/* The first row is on top, as in the table. */
static void put_axes(struct tr_buf *to, struct tr_str axis)
{
    put(to, "<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"maxMin\"/></c:scaling>"
            "<c:delete val=\"0\"/><c:axPos val=\"l\"/><c:numFmt formatCode=\"General\" "
            "sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/>"
            "<c:tickLblPos val=\"low\"/><c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/>"
            "</c:catAx><c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/>"
            "</c:scaling><c:delete val=\"0\"/><c:axPos val=\"b\"/><c:majorGridlines><c:spPr>"
            "<a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"C4C9CE\"/></a:solidFill></a:ln></c:spPr>"
            "</c:majorGridlines>");
    put_words(to, axis, 1000);
    put(to, "<c:numFmt formatCode=\"#,##0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>"
            "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"1\"/>"
            "<c:crosses val=\"max\"/></c:valAx>");
}

static void make_chart(struct tr_book *b, const struct tr_book_chart *c, struct tr_buf *to)
{
    put(to, BOOK_DECLARATION "<c:chartSpace xmlns:c=\"" BOOK_DRAWING "chart\" xmlns:a=\"" BOOK_DRAWING
                             "main\" xmlns:r=\"" BOOK_RELATIONS "\"><c:roundedCorners val=\"0\"/>"
                             "<c:chart>");
    put_words(to, c->title, 1300);
    put(to, "<c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/><c:barChart><c:barDir "
            "val=\"bar\"/><c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>");
    for (uint32_t i = 0; i < c->n; i++) {
        put(to, "<c:ser><c:idx val=\"");
        tr_buf_num(to, i);
        put(to, "\"/><c:order val=\"");
        tr_buf_num(to, i);
        put(to, "\"/><c:tx><c:strRef>");
        put_range(b, c->sheet, to, c->head, c->column[i], c->head, c->column[i]);
        put(to, "</c:strRef></c:tx>");
        put_fill(to, i);
        put(to, "<c:cat><c:strRef>");
        put_range(b, c->sheet, to, c->first, 0, c->last, c->keys - 1);
        put(to, "</c:strRef></c:cat><c:val><c:numRef>");
        put_range(b, c->sheet, to, c->first, c->column[i], c->last, c->column[i]);
        put(to, "</c:numRef></c:val></c:ser>");
    }
    put(to, "<c:gapWidth val=\"40\"/><c:overlap val=\"100\"/><c:axId val=\"1\"/><c:axId val=\"2\"/>"
            "</c:barChart>");
    put_axes(to, c->axis);
    put(to, "</c:plotArea><c:legend><c:legendPos val=\"t\"/><c:overlay val=\"0\"/></c:legend>"
            "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart></c:chartSpace>\n");
}

/* Where it stands, and the words for those who do not see it. Lengths in English Metric Units: 360000
 * to a centimetre. */
void tr_book_draw(struct tr_book *b, const struct tr_book_chart *c)
{
    enum { WIDTH = 8640000, FRAME = 1800000, BAR = 230000 };
    struct tr_book_sheet *s = &b->sheet[b->n - 1];
    struct tr_buf *to = &s->drawing;

    put(to, BOOK_DECLARATION
        "<xdr:wsDr xmlns:xdr=\"" BOOK_DRAWING "spreadsheetDrawing\" xmlns:a=\"" BOOK_DRAWING
        "main\"><xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0"
        "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx=\"");
    tr_buf_num(to, WIDTH);
    put(to, "\" cy=\"");
    tr_buf_num(to, FRAME + (long long)(c->last - c->first + 1) * BAR);
    put(to, "\"/><xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"");
    tr_xml_put(to, c->title);
    put(to, "\" descr=\"");
    tr_xml_put(to, c->text);
    put(to, "\"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x=\"0\" y=\"0\"/>"
            "<a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm><a:graphic><a:graphicData uri=\"" BOOK_DRAWING
            "chart\"><c:chart xmlns:c=\"" BOOK_DRAWING "chart\" xmlns:r=\"" BOOK_RELATIONS
            "\" r:id=\"rId1\"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/>"
            "</xdr:oneCellAnchor></xdr:wsDr>\n");
    make_chart(b, c, &s->chart);
    b->failed |= to->failed | s->chart.failed;
}
