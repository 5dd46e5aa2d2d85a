/* What the readers of workbooks share: sheet.c makes CSV of cells, sheet_xlsx.c and sheet_ods.c
 * find them, and sheet_number.c says what a number means. Not for others. */
#ifndef TR_RECORD_SHEET_OWN_H
#define TR_RECORD_SHEET_OWN_H

#include "base/archive.h"
#include "base/arena.h"
#include "base/xml.h"
#include "record/sheet.h"

enum { TR_SHEETS_MAX = 255, TR_SHEET_COLUMNS = 16384, TR_SHEET_ROWS = 1048576 };

struct tr_sheet_entry {
    const char *name, *part; /* kept in names; part: of .xlsx */
    bool hidden, filled;     /* filled: it holds something */
    bool fits;               /* one of its first rows is the header that is sought */
    uint64_t header;         /* that row */
};

struct tr_sheet_cell {
    uint32_t column; /* from 0 */
    uint32_t from, len;
    bool text;
};

struct tr_sheet {
    struct tr_archive *archive;
    struct tr_xml *xml;
    const struct tr_sheet_format *format;
    void *state; /* the format's */
    struct tr_sheet_options options;
    struct tr_sheet_facts facts;
    struct tr_arena names;
    struct tr_sheet_entry sheet[TR_SHEETS_MAX];
    int n, chosen;    /* chosen: the one in hand while choosing */
    bool choosing, at_end, failed;

    /* the row in hand */
    struct tr_buf cells, text; /* struct tr_sheet_cell, and what they hold */
    uint64_t row;              /* from 1; 0: none was begun */
    uint64_t filled;           /* last row above it that holds something, hidden or not */
    bool row_hidden;
    uint8_t column_hidden[TR_SHEET_COLUMNS / 8], column_told[TR_SHEET_COLUMNS / 8]; /* bits */

    struct tr_buf heading, ends; /* the row in hand as a header, and where each of its cells ends */

    /* what was made */
    struct tr_buf csv;
    size_t given;
    uint64_t rows, lines; /* that are in csv so far */
    uint32_t width;       /* of the header, as far as is known */
    int looked;           /* rows with something in them, up to TR_TITLE_LINES */
    struct tr_buf shifts; /* uint64_t[2]: from this line on, so many lines more than rows */
};

struct tr_sheet_format {
    bool tells_filled; /* open finds out which sheets hold something */
    /* Finds the sheets, 1; 0: the archive is not of this format. -1 with err. */
    int (*open)(struct tr_sheet *s, struct tr_err *err);
    /* Goes to the start of sheet[i]. -1 with err. */
    int (*start)(struct tr_sheet *s, int i, struct tr_err *err);
    void (*clear)(struct tr_sheet *s);
    struct tr_xml_found found; /* without a cookie: it is the sheet */
};
extern const struct tr_sheet_format tr_sheet_xlsx;
extern const struct tr_sheet_format tr_sheet_ods;

/* Sheet i is what rows are of from now on. */
void tr_sheet_begin(struct tr_sheet *s, int i);

/* Whether nothing more is to be learnt of the sheet in hand while one is chosen. */
bool tr_sheet_settled(const struct tr_sheet *s);

/* A row begins, a cell that is not empty is read, the row ends. */
void tr_sheet_row_start(struct tr_sheet *s, uint64_t row, bool hidden);
void tr_sheet_cell_add(struct tr_sheet *s, uint32_t column, struct tr_str text, bool is_text);
void tr_sheet_row_end(struct tr_sheet *s);

/* Parses a whole part; 0: there is none. -1 with err. */
int tr_sheet_parse(struct tr_sheet *s, const char *part, const struct tr_xml_found *found,
                   struct tr_err *err);

/* ---- numbers: sheet_number.c ---- */

enum tr_number_form { TR_FORM_PLAIN, TR_FORM_DATE, TR_FORM_TIME, TR_FORM_BOTH, TR_FORM_ZEROS };
struct tr_number_style {
    enum tr_number_form form;
    int digits; /* of FORM_ZEROS: at least so many */
};

/* What a format code of a spreadsheet shows. */
struct tr_number_style tr_number_style_of(const char *code);
/* The same for the numbers below 164 that have no code. */
struct tr_number_style tr_number_style_known(int number);

/* Adds the number as text. from_1904: days are counted from 1 January 1904. */
void tr_number_show(struct tr_str number, struct tr_number_style style, bool from_1904,
                    struct tr_buf *out);

/* A day as ISO 8601 has it; a time of midnight is none, and parts of a second that are zero are left out. */
struct tr_str tr_iso_day(struct tr_str s);

#endif
