/* Tables that went through somebody's spreadsheet: labels made names and codes again, and numbers as
 * programs of other countries write them made plain. */
#ifndef TR_DOMAIN_PROFILE_PLAIN_H
#define TR_DOMAIN_PROFILE_PLAIN_H

#include "domain/profile/profile.h"

/* The name of a column whose header may be its label, in any language: a field of fields.csv, or a
 * code of housing_type. The header itself when it is no label. Borrowed from p or header. */
struct tr_str tr_plain_header(const struct tr_profile *p, struct tr_str header);

/* The label of a column that stands beside a count, such as earlier, change.2020 or
 * earlier.GROUP.2020: that of its first word, of the group of column_groups.csv, and the year. false,
 * and nothing added: the name has one word only, or others. */
bool tr_plain_beside(const struct tr_profile *p, struct tr_str name, enum tr_lang lang, bool brief,
                     struct tr_buf *out);

/* Whether a header has, by any label, all of some columns; sought: struct tr_plain_sought. For struct
 * tr_sought. */
struct tr_plain_sought {
    const struct tr_profile *profile;
    const char *columns; /* with bars; NULL: those that tables.csv requires of any table */
};
bool tr_plain_fits(const void *sought, const struct tr_str *header, uint32_t n);

/* Whether a header is of numbers of persons by a field with codes, which is first. */
bool tr_plain_counts(const struct tr_profile *p, const struct tr_str *header, uint32_t n);

/* The entry of list whose label, or short label, the cell is; -1: none. */
int tr_plain_code(const struct tr_list *list, struct tr_str cell);

/* The entries of list whose codes, labels or short labels the cell has, with commas between (bit:
 * entry); 0 when it holds anything else. */
uint64_t tr_plain_codes(const struct tr_list *list, struct tr_str cell);

/* The list whose codes the column of this name holds, by fields.csv; NULL: none. */
const struct tr_list *tr_plain_list(const struct tr_profile *p, struct tr_str name);

/* Does so with all of t, whose cells then may point into p: headers; codes, in columns that have a
 * list; and numbers such as 1 024, 24,0, U+2212 24. What is written otherwise stays as it is. */
void tr_plain_table(const struct tr_profile *p, struct tr_table *t);

/* Calls total what stands in a column before the numbers under a name that no list has, when all
 * its numbers are sums of the others': from such rows hidden numbers could be worked out. 1 with
 * err, which tells where; 0: there is none, or another row is total; -1: memory. */
int tr_plain_sums(const struct tr_profile *p, struct tr_table *t, struct tr_err *err);

#endif
