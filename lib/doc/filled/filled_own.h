/* What the readers of filled documents share: filled.c reads elements, whichever format they come
 * from; filled_html.c finds them in a page, filled_pdf.c the page in a PDF. Not for others. */
#ifndef TR_DOC_FILLED_FILLED_OWN_H
#define TR_DOC_FILLED_FILLED_OWN_H

#include "doc/filled/filled.h"

enum { TR_FILLED_DEPTH = 256, TR_FILLED_BYTES = 64 << 20, TR_FILLED_COLUMNS = 32 };

/* What an element means, in any format. */
enum means {
    NOTHING,
    PARAGRAPH,
    TABLE,
    ROW,
    CELL,
    TEXT,     /* .docx: only what is in such an element is text */
    BREAK,
    SPACE,
    HYPHEN,
    SYMBOL,   /* .docx: a character of a font, by its number */
    IGNORED,  /* with all that is in it */
    CONTROL,
    PROMPT,   /* .docx: the control around it shows words of its own */
    ROW_LOOKS,
    REMOVED,  /* .docx: what is in it was deleted, and that was tracked; in ROW_LOOKS, the row */
    WIDE,     /* .docx: the cell takes the place of several */
    TALL,     /* .docx: the cell goes on with the one above */
    PAGE,     /* a page begins, as the program that saved it showed it */
    AUTHOR,   /* of a comment */
    COMMENT,
    FORM      /* a property of the document */
};

struct element {
    const char *name;
    enum means means;
};

/* A cell that reaches down over rows. */
struct tall {
    struct tr_str text;
    int rows; /* of those below that it still covers */
};

struct reading {
    struct tr_filled *f;
    const struct element *elements;
    bool marked; /* text is in elements of its own */
    enum means stack[TR_FILLED_DEPTH];
    bool prompts[TR_FILLED_DEPTH]; /* of a control: it shows words of its own */
    int depth, ignored, tables, prompting, texts;
    struct tr_buf text;  /* of the cell or paragraph in hand */
    struct tr_buf comment, form;
    struct tr_buf row;   /* struct tr_str */
    struct tall tall[TR_FILLED_COLUMNS];
    int wide, down;      /* columns and further rows that the cell in hand takes */
    bool up;             /* it goes on with the one above */
    int comments;        /* around what is in hand */
    uint32_t page, row_page; /* that was reached; that the row began on. 0: not known */
    bool in_form, removed, failed;
    bool has_pages; /* where pages begin is known */
};

/* An element begins, with attributes as base/xml.h has them, or ends; text in it. */
void tr_filled_start(void *cookie, const char *name, const char *const *attributes);
void tr_filled_end(void *cookie, const char *name);
void tr_filled_text(void *cookie, struct tr_str text);

/* The value of a field, by its name, from elsewhere; false: as it stands in the page. page: where it is
 * shown. */
struct tr_filled_values {
    bool (*find)(void *cookie, struct tr_str name, struct tr_str *value, uint32_t *page);
    void *cookie;
};

/* Whether a file that begins so is a page. */
bool tr_filled_is_page(struct tr_str start);

/* Reads a page, as it was written or as a browser or an office program saved it. values: or NULL. */
void tr_filled_page(struct reading *in, struct tr_str html, const struct tr_filled_values *values);

/* Reads the form of a PDF. -1 with err. */
int tr_filled_pdf(struct reading *in, struct tr_str pdf, struct tr_err *err);

#endif
