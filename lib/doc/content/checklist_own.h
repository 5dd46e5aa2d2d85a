/* What the reading of a filled document shares: checklist_read.c finds the rows, checklist_answer.c
 * reads what was typed into them. Not for others. */
#ifndef TR_DOC_CONTENT_CHECKLIST_OWN_H
#define TR_DOC_CONTENT_CHECKLIST_OWN_H

#include "doc/content/checklist_read.h"

struct tr_reading {
    struct tr_plan *p;
    const struct tr_plan_form *form;
    const struct tr_filled *f;
    const struct tr_listener *listener;
    const char *source;
    enum tr_lang lang;
    int64_t point;       /* number of the item that is the point; or HEAD, SIGNATURES */
    struct tr_plan_head head;
    uint64_t head_seen;  /* bit: member */
    bool *seen;          /* of each item */
    struct tr_buf found; /* struct found */
    struct tr_buf remarks, one, other, cell;
    int rows, faults;
    uint32_t page; /* of the block in hand; 0: not known */
};

/* Says a fault of point.item.member, each of which may be empty; counts it unless it is a warning. */
void tr_reading_say(struct tr_reading *in, struct tr_err *err, struct tr_str point,
                    struct tr_str item, const char *member);
void tr_reading_say_item(struct tr_reading *in, struct tr_err *err, uint32_t item,
                         const char *member);

/* Keeps what was written beside, with what stands before it, and tells it. */
void tr_reading_remark(struct tr_reading *in, struct tr_str label, struct tr_str text);

/* A text of texts.csv in the language of the document. */
struct tr_str tr_reading_word(const struct tr_reading *in, const char *key);

/* Whether they are the same but for case, spaces and signs. */
bool tr_reading_same(struct tr_reading *in, struct tr_str a, struct tr_str b);

/* What was typed into a cell: its lines without those that only say what to fill in. Kept with the
 * plan. */
struct tr_str tr_reading_answer(struct tr_reading *in, struct tr_str cell, struct tr_str prompt,
                                struct tr_str help);

/* The day, time of day or entry of the list that the text is; TR_NO_DAY or -1 when it is empty. false:
 * err has what is wrong. */
bool tr_reading_day(struct tr_reading *in, struct tr_str text, int32_t *day, struct tr_err *err);
bool tr_reading_time(struct tr_str text, int32_t *minutes, struct tr_err *err);
bool tr_reading_code(const struct tr_list *list, struct tr_str text, int32_t *code,
                     struct tr_err *err, enum tr_lang lang);

/* Which of the labels has a ticked box before it, -1: none; words behind a label are kept. Without
 * any box, the words themselves. false: two have. */
bool tr_reading_boxes(struct tr_reading *in, struct tr_str label, struct tr_str cell,
                      const struct tr_str *labels, int n, int32_t *choice);

#endif
