/* A municipality's knowledge, read from the tables of its folder: districts, header spellings, code
 * lists with labels, the decision table of the ROP matrix, measures, and texts. Every table is
 * described in transition-profile(5). Read-only once loaded; slices live as long as the profile. */
#ifndef TR_DOMAIN_PROFILE_PROFILE_H
#define TR_DOMAIN_PROFILE_PROFILE_H

#include "base/dict.h"
#include "domain/profile/field.h"
#include "record/table.h"

enum tr_lang { TR_NB, TR_NN, TR_EN, TR_N_LANGS };
extern const char *const tr_lang_names[TR_N_LANGS + 1]; /* nb nn en, and NULL */
extern const char *const tr_lang_tags[TR_N_LANGS];      /* nb-NO and so on: BCP 47 */

/* The files of a profile. */
enum tr_profile_table {
    TR_T_PROFILE,
    TR_T_DISTRICTS,
    TR_T_FIELDS,
    TR_T_CODES,
    TR_T_HOUSING_TYPES,
    TR_T_ROP_RULES,
    TR_T_ROP_SOMATIC,
    TR_T_ROP_MATRIX,
    TR_T_MEASURES,
    TR_T_COLUMN_GROUPS, /* may be absent */
    TR_T_PERSON_LINKS,
    TR_T_DISCLOSURE,
    TR_T_TABLES,
    TR_T_PLACEMENT_RULES,
    TR_T_MASKS,
    TR_T_TRAVELS,
    TR_T_EVENT_TYPES,
    TR_T_CASE_STATES,
    TR_T_DECLINE_REASONS,
    TR_T_STEPS,
    TR_T_PLAN_ITEMS,
    TR_T_PAPERS, /* these two may be absent: then there is no paper but the plan */
    TR_T_PAPER_ITEMS,
    TR_T_DECISIONS,
    TR_T_LETTERS,
    TR_T_SERVICES,
    TR_T_SITE_RULES, /* these five may be absent: then no sites can be planned, or less is said of them */
    TR_T_STANDARDS,
    TR_T_STAFFING,
    TR_T_MODULES,
    TR_T_SITE_POINTS,
    TR_T_OWN_TEXTS, /* texts.csv: sentences in the municipality's own words; may be absent */
    TR_T_TEXTS,     /* texts.csv beside the profiles: sentences of the toolkit itself */
    TR_T_OWN_WORDS, /* words.csv: names, and words that are none, of the municipality; may be absent */
    TR_T_WORDS,     /* words.csv beside the profiles: those of the toolkit itself */
    TR_N_PROFILE_TABLES
};

/* A code with its names; short_label and calendar are the label where the table gives none. */
struct tr_list_entry {
    struct tr_str code;
    struct tr_str label[TR_N_LANGS];
    struct tr_str short_label[TR_N_LANGS];
    struct tr_str calendar[TR_N_LANGS]; /* as invitations have it, which others see */
    uint64_t covers; /* bit i: it stands for entry i as well; its own bit when it is for itself */
};

enum { TR_OUTLINES = 36 };

struct tr_list {
    struct tr_str name;
    struct tr_list_entry *entry;
    int n;                    /* at most TR_LIST_MAX */
    struct tr_dict spellings; /* folded codes, labels and aliases */
    uint32_t begins[TR_OUTLINES], ends[TR_OUTLINES]; /* bit n, below 32: a spelling has an outline of n, and the place is
                                                    that of its first or last */
    bool outlined;             /* they are there */
    enum tr_lang lang;        /* of the profile, for what people are told of the list */
    const struct tr_list *beside; /* words that may stand beside a code and change nothing; or NULL */
};

enum { TR_LIST_MAX = 64, TR_LISTS_MAX = 96, TR_MEASURES_MAX = 8, TR_GROUPS_MAX = 8 };

/* Persons counted besides: those whose field has one of the codes. */
struct tr_measure {
    struct tr_str name;
    enum tr_field field;
    uint64_t codes; /* bit i: entry i of the field's list */
};

/* Codes of one field that are also summed up together, such as all co-located homes with a base. */
struct tr_group {
    const struct tr_list_entry *entry; /* its code and labels; of the list column_group */
    enum tr_field field;
    uint64_t codes; /* bit i: entry i of the field's list */
};

struct tr_profile {
    char *paths; /* the names of the tables' files, for errors */
    struct tr_table table[TR_N_PROFILE_TABLES];
    struct tr_list list[TR_LISTS_MAX];
    int n_lists;
    const struct tr_list *of_field[TR_N_FIELDS]; /* of each coded field, NULL for others */
    struct tr_dict headers;                      /* folded header spelling to enum tr_field */
    struct tr_measure measure[TR_MEASURES_MAX];
    int n_measures;
    struct tr_group group[TR_GROUPS_MAX];
    int n_groups;
    bool has_sectors; /* some district has one; one without is its own entry of the list sector */
    int sector[TR_LIST_MAX]; /* of each district: entry of the list sector */
};

/* dir: the profile's folder; texts: the file of the toolkit's own sentences. */
int tr_profile_load(struct tr_profile *p, const char *dir, const char *texts, struct tr_err *err);
void tr_profile_clear(struct tr_profile *p);

/* The list of this name, NULL when the profile has none. */
const struct tr_list *tr_profile_list(const struct tr_profile *p, const char *name);

/* Index of what is spelled so: a code, a label or an alias; case, spaces and punctuation do not
 * matter, but a number must be a whole one. -1 when there is none. */
int tr_list_find(const struct tr_list *list, struct tr_str spelling);

/* The same of a cell, where words that change nothing may stand beside the code, or the code twice, as in
 * "3 Northside": then *beside. Words that no list has leave it unread. */
int tr_list_read(const struct tr_list *list, struct tr_str cell, bool *beside);

/* Whether a text is nothing but words of these lists; more may be NULL. */
bool tr_words_only(const struct tr_list *words, const struct tr_list *more, struct tr_str s);

/* What s is without the marks of foot-notes behind it, such as * and ¹. */
struct tr_str tr_without_marks(struct tr_str s);

/* The digits in s, and what is between them, when nothing but words of the list is beside them; empty
 * otherwise. words may be NULL. */
struct tr_str tr_number_beside(const struct tr_list *words, struct tr_str s);

/* Whether the list has this spelling, be it a number or not; for lists of words. */
bool tr_list_spells(const struct tr_list *list, struct tr_str spelling);

/* How many letters and digits of ASCII a text has, and the first and last of them in small letters; 0: none. Two
 * texts that fold to the same have the same. false: there is what folding might turn into some. */
struct tr_outline {
    unsigned n;
    unsigned char first, last;
};
bool tr_outline_of(struct tr_str s, struct tr_outline *outline);

/* A glance at a text that settles nearly every one that the list does not spell. */
bool tr_list_may_spell(const struct tr_list *list, struct tr_str s);

/* Fills err with what is wrong with a spelling that the list does not have: the nearest label, or
 * all labels, in the language of the profile. */
void tr_list_fault(const struct tr_list *list, struct tr_str spelling, struct tr_err *err);

/* The same, without looking for what is near. */
void tr_list_labels(const struct tr_list *list, struct tr_err *err);

/* Index of exactly this code, or -1; list may be NULL, which has none. */
int tr_list_code(const struct tr_list *list, struct tr_str code);

/* The entries whose codes are joined with | (bit: entry); nothing for an empty text. false when one
 * is not among them; list may be NULL, which has none. */
bool tr_list_codes(const struct tr_list *list, struct tr_str joined, uint64_t *out);

/* The field that a header means, or -1. */
int tr_profile_header(const struct tr_profile *p, struct tr_str header);

/* Whether header is a spelling of the field called name: a label or alias of fields.csv. For fields
 * of records other than referrals. */
bool tr_profile_spells(const struct tr_profile *p, struct tr_str name, struct tr_str header);

/* The same, to be asked of many headers: its spellings, folded, are added to a dictionary with a number, where
 * they are not there already, -1: memory; and the number of a header that is among them, or -1. */
int tr_profile_spellings(const struct tr_profile *p, struct tr_str name, int number, struct tr_dict *folded);
int tr_spelt_in(const struct tr_dict *folded, struct tr_str header);

/* The same two of a header with a note in brackets that changes nothing: "Kjønn (M/K)", "Mottatt
 * (dd.mm.åååå)". codes: of the field, or NULL. */
int tr_profile_header_noted(const struct tr_profile *p, struct tr_str header);
bool tr_profile_spells_noted(const struct tr_profile *p, struct tr_str name, const struct tr_list *codes,
                             struct tr_str header);

/* Parts a header that ends with brackets; and whether the note changes nothing. */
bool tr_header_cut(struct tr_str header, struct tr_str *bare, struct tr_str *note);
bool tr_header_note_is_plain(const struct tr_profile *p, const struct tr_list *codes, struct tr_str note);

/* A value of profile.csv, a label of fields.csv, a sentence of texts.csv; empty when absent. */
struct tr_str tr_profile_value(const struct tr_profile *p, const char *key);
int tr_profile_number(const struct tr_profile *p, const char *key, int otherwise);
struct tr_str tr_profile_label(const struct tr_profile *p, struct tr_str field, enum tr_lang lang);
struct tr_str tr_profile_text(const struct tr_profile *p, const char *key, enum tr_lang lang);

/* The column of a table that is called name_nb, name_nn or name_en; -1 when there is none. */
int tr_lang_column(const struct tr_table *t, const char *name, enum tr_lang lang);

#endif
