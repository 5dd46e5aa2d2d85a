/* The move-out plan (utflyttingsplan), and the other papers of the routine, which have forms of the
 * same kind: points and items as the profile's plan_items.csv and paper_items.csv have them, and
 * what the plan of a case says to each. A plan is one JSON object; see
 * share/schema/plan.schema.json. What is only of the other papers: paper.h. Source of the points:
 * the routine, section 2.5. */
#ifndef TR_DOMAIN_ROUTINE_PLAN_H
#define TR_DOMAIN_ROUTINE_PLAN_H

#include "base/calendar.h"
#include "base/out.h"
#include "domain/profile/kind.h"

/* The papers, each with the name by which the profile and the register know it. */
#define TR_PAPERS(X)                                                                               \
    X(ASSESSMENT, "assessment")                                                                    \
    X(STAY_PLAN, "stay_plan")                                                                      \
    X(SUPPORT_REPORT, "support_report")                                                            \
    X(AGREEMENT, "agreement")                                                                      \
    X(MINUTES, "minutes")                                                                          \
    X(INVENTORY, "inventory")                                                                      \
    X(CONTACTS, "contacts")                                                                        \
    X(INVITATION, "invitation")                                                                    \
    X(PLAN, "plan")

#define TR_PAPER(constant, name) TR_PAPER_##constant,
enum tr_paper { TR_PAPERS(TR_PAPER) TR_N_PAPERS };
#undef TR_PAPER

/* Their names, and NULL. */
extern const char *const tr_paper_names[TR_N_PAPERS + 1];

enum tr_item_kind {
    TR_ITEM_POINT, /* the point itself; its items follow */
    TR_ITEM_LINE,  /* a short text */
    TR_ITEM_TEXT,  /* some lines of text */
    TR_ITEM_YESNO,
    TR_ITEM_DATE,
    TR_ITEM_TIME,
    TR_ITEM_MEETING, /* a code of the list meeting */
    TR_ITEM_ROLE,    /* a code of the list role */
    TR_ITEM_TASK,  /* one task */
    TR_ITEM_TASKS, /* any number of tasks, whose names the plan gives */
    TR_N_ITEM_KINDS
};

struct tr_plan_item {
    struct tr_str point, item;
    enum tr_item_kind kind;
    struct tr_str label[TR_N_LANGS], help[TR_N_LANGS];
    bool needed;
    int32_t when;        /* item of the same point, yes or no, on which it depends; -1: none */
    bool when_yes;       /* the answer with which it applies */
    const struct tr_list *list; /* of an item that is a code; NULL: it is none */
    int32_t responsible; /* what a template suggests: entry of the list role, or -1. Of a point: the role
                          * whose contact it has */
    bool has_due;
    struct tr_duration due; /* from the day of moving in */
    struct tr_str begins;   /* the items of other papers from which it begins, paper.point.item */
};

/* Written freely: a value is its text, and else its number. */
static inline bool tr_plan_item_is_text(const struct tr_plan_item *item)
{
    return item->kind == TR_ITEM_LINE || item->kind == TR_ITEM_TEXT;
}

struct tr_plan_form {
    const struct tr_profile *profile;
    enum tr_paper paper;
    const struct tr_kind *head;        /* what is told of a struct tr_plan_head */
    struct tr_str title[TR_N_LANGS];
    bool a_day;                        /* there is one of each day, and not one of a case */
    struct tr_str signers;             /* roles, joined with |; of a plan, texts plan.signed.ROLE */
    struct tr_plan_item *item;
    uint32_t n;
    const struct tr_list *roles, *statuses, *follow_ups, *bools;
    int32_t open; /* entry of statuses: somebody has it to do */
};

/* -1 with err when the table is wrong. A form without items: the profile has no such paper. */
int tr_plan_form_load(struct tr_plan_form *f, const struct tr_profile *profile,
                      enum tr_paper paper, struct tr_err *err);
void tr_plan_form_clear(struct tr_plan_form *f);

/* What the plan is about. */
struct tr_plan_head {
    struct tr_str case_id, name; /* the name only where it was asked for */
    struct tr_str institution, home;
    int32_t bydel, home_from, meeting, follow_up_meeting;
    struct tr_str paper; /* its name, of all but plans, and the day from which it holds */
    int32_t date;
    int32_t protection; /* of the address: entry of the list */
    struct tr_str remarks; /* what was written into the document where no field was */
};
extern const struct tr_kind tr_plan_head_kind;

/* All of it unknown, but that it is of a paper of the form. */
void tr_plan_head_init(const struct tr_plan_form *form, struct tr_plan_head *head);

/* Whether the address of the person is protected: then no document tells where they live, unless it
 * is for those who need to know. */
struct tr_plan;
bool tr_plan_is_protected(const struct tr_plan *p);

/* What people call a field of the head. */
struct tr_str tr_plan_head_label(const struct tr_profile *profile, const char *field,
                                 enum tr_lang lang);

struct tr_task {
    struct tr_str task; /* of tasks that the plan names */
    int32_t responsible, due, status, follow_up;
    struct tr_str note;

    struct tr_str shown[TR_N_LANGS]; /* what it is called as a deadline; see plan_due.h */
};
extern const struct tr_kind tr_task_kind;

/* What a plan says to an item. */
struct tr_plan_value {
    struct tr_str text;
    int32_t number;               /* yes 1 or no 0, a day, minutes of a day, or an entry; -1 unknown */
    uint32_t first_task, n_tasks; /* in tasks */
};

struct tr_plan {
    const struct tr_plan_form *form;
    struct tr_records heads, tasks; /* one head */
    struct tr_plan_value *value;    /* of each item */
    struct tr_arena text;
};

static inline struct tr_plan_head *tr_plan_head(const struct tr_plan *p)
{
    return (struct tr_plan_head *)(void *)p->heads.record;
}

static inline struct tr_task *tr_task(const struct tr_plan *p, uint32_t i)
{
    return (struct tr_task *)(void *)p->tasks.record + i;
}

/* The day of the paper: of a plan, that of the move-out meeting. */
static inline int32_t tr_plan_day(const struct tr_plan *p)
{
    return p->form->paper == TR_PAPER_PLAN ? tr_plan_head(p)->meeting : tr_plan_head(p)->date;
}

/* A plan that says nothing, not even a head. */
int tr_plan_start(struct tr_plan *p, const struct tr_plan_form *form, const char *source,
                  struct tr_err *err);

/* An empty plan with this head, and what the form suggests: who does what, and by when if the head
 * has home_from, or its day where it is no plan. */
int tr_plan_template(struct tr_plan *p, const struct tr_plan_form *form,
                     const struct tr_plan_head *head, struct tr_err *err);

/* Where a plan comes from: the text of its object, and the line at which that begins. */
struct tr_plan_source {
    const char *name;
    struct tr_str text;
    uint64_t line;
};

/* Reads a plan. An unknown key is an error, so that nothing anybody wrote is lost. -1 when anything
 * is wrong, all of which is told, with line and column. */
int tr_plan_read(struct tr_plan *p, const struct tr_plan_form *form, const struct tr_json *document,
                 const struct tr_plan_source *source, const struct tr_listener *listener);
void tr_plan_clear(struct tr_plan *p);

/* Writes it, laid out to be edited by hand. */
void tr_plan_write(const struct tr_plan *p, struct tr_out *out);

/* Whether the item matters, given the answer that it depends on. While that is open, it does. */
bool tr_plan_applies(const struct tr_plan *p, uint32_t item);

/* What is missing. */
enum tr_lack { TR_LACK_VALUE, TR_LACK_STATUS, TR_LACK_RESPONSIBLE, TR_LACK_DUE, TR_N_LACKS };

struct tr_missing {
    struct tr_str case_id, point, item; /* point empty: what the plan is about */
    struct tr_str what;                 /* value status responsible due */
    struct tr_str text;                 /* the same as people say it */

    struct tr_str of, label; /* the point's name, and what of it */
};
extern const struct tr_kind tr_missing_kind;

/* Adds what the plan lacks to out, a started set of tr_missing_kind, in order. */
int tr_plan_missing(const struct tr_plan *p, enum tr_lang lang, struct tr_records *out);

#endif
