/* A document as a tree: headings, paragraphs, lists, tables, and what a form needs, boxes to tick
 * and blanks to fill in. It is built from top to bottom. Each format has a writer
 * (document_writer.h), which knows nothing of what the document says. Texts are copied and made
 * harmless as they come in (tr_show_text): no writer meets a control character, a direction mark or
 * a line end. */
#ifndef TR_DOC_DOCUMENT_DOCUMENT_H
#define TR_DOC_DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "base/calendar.h"
#include "domain/profile/profile.h"

enum tr_node_kind {
    /* blocks */
    TR_D_HEADING,   /* level 1: the title, first and once; 2 and 3 below it; holds runs */
    TR_D_PARAGRAPH, /* runs */
    TR_D_LIST,      /* items */
    TR_D_ITEM,      /* runs */
    TR_D_PAIRS,     /* pairs of a label and a value */
    TR_D_PAIR,      /* text: the label; its runs are the value */
    TR_D_TABLE,     /* rows; text: the widths of its columns in relation to each other, as 4|2|1 */
    TR_D_ROW,       /* cells; level 1: heads, which are repeated on each page */
    TR_D_CELL,      /* runs */
    TR_D_FRAME,     /* blocks set apart in a frame */
    /* runs */
    TR_D_TEXT,
    TR_D_STRONG,
    TR_D_BLANK, /* to be filled in; text: what with; level: how many ruled lines, 0: a space in the
                   line */
    TR_D_BOX,   /* to tick; level 1: it is ticked; what it is for follows as text */
    TR_D_BREAK, /* a new line */
    TR_N_NODE_KINDS,
    TR_N_BLOCK_KINDS = TR_D_TEXT
};
_Static_assert(TR_D_FRAME + 1 == TR_N_BLOCK_KINDS && TR_D_BREAK + 1 == TR_N_NODE_KINDS,
               "blocks come before runs: tr_node_is_run, and tables that have blocks only");

static inline bool tr_node_is_run(enum tr_node_kind kind)
{
    return kind >= TR_N_BLOCK_KINDS;
}

static inline bool tr_node_is_words(enum tr_node_kind kind)
{
    return kind == TR_D_TEXT || kind == TR_D_STRONG;
}

/* How a text or blank of a form is filled in, in formats that have fields. */
enum tr_control { TR_C_NONE, TR_C_TEXT, TR_C_LINES, TR_C_DATE, TR_C_CHOICE };

struct tr_node {
    enum tr_node_kind kind;
    int level;
    uint32_t end; /* number of the node after its last descendant */
    struct tr_str text;
    enum tr_control control;
    const struct tr_list *choices; /* of TR_C_CHOICE */
    int32_t day;                   /* of TR_C_DATE that is filled in; else TR_NO_DAY */
};

enum { TR_DOCUMENT_DEPTH = 8 };

struct tr_document {
    const struct tr_profile *profile; /* for the words of the formats: tr_document_word */
    enum tr_lang lang;
    struct tr_str title;     /* of the first heading */
    struct tr_str reference; /* what it is filed under; at the foot of each page */
    struct tr_str filed;     /* the reference as it was given, for the name of a file */
    bool hides;              /* which holds what is not shown */
    struct tr_str author;    /* the office */
    struct tr_str day;       /* yyyy-mm-dd, or empty */
    struct tr_node *node;    /* n nodes, each before its descendants */
    uint32_t n, room;
    uint32_t open[TR_DOCUMENT_DEPTH];
    int depth;
    enum tr_control control; /* of the next text or blank */
    const struct tr_list *choices;
    int32_t control_day;
    bool fields;        /* it is filled in where it is shown, in formats that can be printed, too */
    struct tr_str form; /* which form it is, for those who read it back; empty: none */
    struct tr_arena text;
    bool failed; /* memory ran out */
};

/* Starts an empty document; reference, author and day are copied. */
void tr_document_start(struct tr_document *d, const struct tr_profile *profile, enum tr_lang lang,
                       struct tr_str reference, struct tr_str author, struct tr_str day);
/* Adds words to the reference at the foot of every page. */
void tr_document_mark(struct tr_document *d, struct tr_str words);
void tr_document_clear(struct tr_document *d);

/* Opens a node; what is added until it is closed goes into it. TR_DOCUMENT_DEPTH
 * can be open at a time. */
void tr_document_open(struct tr_document *d, enum tr_node_kind kind, int level, struct tr_str text);
void tr_document_close(struct tr_document *d);

/* Adds a run. Line ends in the text of TR_D_TEXT and TR_D_STRONG become breaks. */
void tr_document_run(struct tr_document *d, enum tr_node_kind kind, int level, struct tr_str text);

/* The next run is filled in so; choices are borrowed. With fields an empty text is a field, too. */
void tr_document_control(struct tr_document *d, enum tr_control control,
                         const struct tr_list *choices);

/* The next run is filled in with a day, and says this one, or is a blank: TR_NO_DAY. */
void tr_document_control_day(struct tr_document *d, int32_t day);

/* Adds a block that holds one run of text. */
void tr_document_say(struct tr_document *d, enum tr_node_kind block, int level, struct tr_str text);

/* Whether the run is a field of d->fields. What is written by hand, as a signature, is a blank without
 * a control. */
static inline bool tr_node_is_field(const struct tr_node *run)
{
    return run->kind == TR_D_BOX || run->control != TR_C_NONE;
}

/* A text of texts.csv in the document's language. */
struct tr_str tr_document_word(const struct tr_document *d, const char *key);

/* Adds the text of the foot: the office, the reference, the day. */
void tr_document_foot(const struct tr_document *d, struct tr_buf *out);

#endif
