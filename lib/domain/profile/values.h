/* Cells that hold several values, as people write them: "a;b", "a, b", "a / b", "a og b", "1. a", one
 * on each line, with signs doubled or left over at the end. The file form is a|b. */
#ifndef TR_DOMAIN_PROFILE_VALUES_H
#define TR_DOMAIN_PROFILE_VALUES_H

#include "domain/profile/profile.h"

/* Whether a text is one value as it stands. */
struct tr_value_test {
    bool (*known)(const void *cookie, struct tr_str s);
    const void *cookie;
    bool tight; /* a slash, a plus sign or & without spaces may part values, if all parts are some */
};

/* Adds the values of the cell to out, joined with |. What | and ; and line breaks part is certain. A
 * comma, a slash, a plus sign, & and the words of the profile's list `and` belong to names as well:
 * they part a text that is no value, when a part of it is one. False: something is no value; the
 * first is in *other, a part of the cell, and stands in out as it is. */
bool tr_values_read(const struct tr_profile *p, struct tr_str cell, const struct tr_value_test *test,
                    struct tr_buf *out, struct tr_str *other);

/* The codes of a list that the cell has, bit i: entry i. False: see there. */
bool tr_values_codes(const struct tr_profile *p, const struct tr_list *list, struct tr_str cell,
                     uint64_t *codes, struct tr_str *other);

/* Ids, where nobody can say which there are: what looks like one has a digit and no space. */
extern const struct tr_value_test tr_value_looks_like_id;

#endif
