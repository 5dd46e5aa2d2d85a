/* The files of record/book/book.h: book.c makes the cells, book_chart.c the picture, book_parts.c what a
 * package needs besides, and book_package.c the package. Not for others. */
#ifndef TR_RECORD_BOOK_OWN_H
#define TR_RECORD_BOOK_OWN_H

#include "base/archive.h"
#include "base/xml.h"
#include "record/book/book.h"

#define BOOK_DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define BOOK_MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define BOOK_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define BOOK_DRAWING "http://schemas.openxmlformats.org/drawingml/2006/"

#define put tr_buf_text

/* The parts that look the same in each workbook, or nearly. */
void tr_book_styles(const struct tr_book *b, struct tr_buf *to);
void tr_book_content_types(const struct tr_book *b, struct tr_buf *to);
void tr_book_workbook(const struct tr_book *b, struct tr_buf *to);
void tr_book_workbook_relations(const struct tr_book *b, struct tr_buf *to);
void tr_book_core(const struct tr_book *b, struct tr_buf *to);
void tr_book_sheet_start(const struct tr_book *b, int i, struct tr_buf *to); /* what is above the rows */
void tr_book_sheet_end(const struct tr_book *b, int i, struct tr_buf *to);   /* below */
void tr_book_sheet_relations(const struct tr_book *b, int i, struct tr_buf *to);

#endif
