#include "domain/places/wish.h"

#include "base/text.h"
#include "domain/profile/values.h"
#include "record/seen/twins.h"

int tr_wishes_start(struct tr_wishes *w, const struct tr_records *institutions)
{
    struct tr_buf name = {0};
    int rc = 0;

    *w = (struct tr_wishes){.institutions = institutions};
    for (uint32_t i = 0; rc >= 0 && i < institutions->n; i++) {
        int number = (int)i;

        name.len = 0;
        tr_text_fold(tr_institution(institutions, i)->name, &name);
        if (name.len > 0 && (rc = tr_dict_add(&w->names, tr_buf_slice(&name), &number)) == 1)
            rc = tr_dict_add(&w->shared, tr_buf_slice(&name), &number);
    }
    rc = name.failed ? -1 : rc;
    tr_buf_clear(&name);
    return rc < 0 ? -1 : 0;
}

void tr_wishes_clear(struct tr_wishes *w)
{
    tr_dict_clear(&w->names);
    tr_dict_clear(&w->shared);
}

/* The institution with this id or, alone, this name; -1: none. */
static int find(const struct tr_wishes *w, struct tr_str s)
{
    int i = tr_records_find(w->institutions, s);
    struct tr_buf name = {0};

    if (i >= 0)
        return i;
    tr_text_fold(s, &name);
    if (name.len > 0 && tr_dict_find(&w->shared, tr_buf_slice(&name)) < 0)
        i = tr_dict_find(&w->names, tr_buf_slice(&name));
    tr_buf_clear(&name);
    return i;
}

static bool is_known(const void *wishes, struct tr_str s)
{
    return find(wishes, s) >= 0;
}

void tr_wishes_read(const struct tr_wishes *w, struct tr_str wishes, struct tr_buf *out)
{
    const struct tr_value_test test = {is_known, w, .tight = true};
    struct tr_buf joined = {0};
    struct tr_str rest, part, other;

    tr_values_read(w->institutions->profile, wishes, &test, &joined, &other);
    rest = tr_buf_slice(&joined);
    for (bool first = true; rest.len > 0 && tr_str_part(&rest, '|', &part); first = false) {
        int i = find(w, part);

        if (!first)
            tr_buf_char(out, '|');
        tr_buf_str(out, i < 0 ? part : tr_institution(w->institutions, (uint32_t)i)->id);
    }
    out->failed |= joined.failed;
    tr_buf_clear(&joined);
}

struct tr_str tr_wishes_near(const struct tr_wishes *w, struct tr_str text)
{
    struct tr_str found = {"", 0};

    for (uint32_t i = 0; i < w->institutions->n; i++) {
        struct tr_str id = tr_institution(w->institutions, i)->id;

        if (!tr_twins_are(id, text))
            continue;
        if (found.len > 0)
            return (struct tr_str){"", 0};
        found = id;
    }
    return found;
}
