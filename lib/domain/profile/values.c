#include "domain/profile/values.h"

#include "base/text.h"
#include "domain/profile/plain.h"

/* What parts values, the most certain first. */
enum sign { SURE, LOOSE, TIGHT, WORD, N_SIGNS };

struct parting {
    const struct tr_list *words;
    const struct tr_value_test *test;
    struct tr_buf *out;
    size_t from; /* where the cell's values begin in out */
};

static const struct tr_str hard_space = {"\xC2\xA0", 2};

static bool is_at(struct tr_str s, size_t i, struct tr_str part)
{
    return s.len - i >= part.len && memcmp(s.p + i, part.p, part.len) == 0;
}

/* Whether a word ends before s.p[i]: there is a space, or nothing. */
static bool is_blank(struct tr_str s, size_t i)
{
    return i >= s.len || s.p[i] == ' ' || is_at(s, i, hard_space);
}

/* Whether a word may begin at s.p[i]. */
static bool is_blank_before(struct tr_str s, size_t i)
{
    return i == 0 || s.p[i - 1] == ' ' || (i >= hard_space.len && is_at(s, i - hard_space.len, hard_space));
}

static bool joins(char c)
{
    return c == '/' || c == '+' || c == '&';
}

/* Length of the sign that parts values at s.p[i]; 0: there is none. */
static size_t sign_at(const struct parting *w, enum sign sign, struct tr_str s, size_t i)
{
    static const struct tr_str far[] = {{"\xE2\x80\xA2", 3}, {"\xC2\xB7", 2}, {"\xE2\x80\xA8", 3}};
    size_t n = 0;

    switch (sign) {
    case SURE:
        if (s.p[i] && strchr("|;\n\r\t", s.p[i]))
            return 1;
        for (size_t f = 0; f < sizeof far / sizeof *far; f++)
            if (is_at(s, i, far[f]))
                return far[f].len;
        return 0;
    case LOOSE:
        return s.p[i] == ',' ||
               (joins(s.p[i]) && (is_blank(s, i + 1) || (i > 0 && is_blank_before(s, i))));
    case TIGHT:
        return w->test->tight && joins(s.p[i]);
    default:
        if (!w->words || !is_blank_before(s, i))
            return 0;
        while (!is_blank(s, i + n))
            n++;
        return n > 0 && tr_list_spells(w->words, (struct tr_str){s.p + i, n}) ? n : 0;
    }
}

/* As tr_str_part, parted by signs of this kind. */
static bool next(const struct parting *w, enum sign sign, struct tr_str *rest, struct tr_str *part)
{
    if (!rest->p)
        return false;
    for (size_t i = 0; i < rest->len; i++) {
        size_t n = sign_at(w, sign, *rest, i);

        if (n == 0)
            continue;
        *part = tr_text_trim((struct tr_str){rest->p, i});
        *rest = tr_str_from(*rest, i + n);
        return true;
    }
    *part = tr_text_trim(*rest);
    rest->p = NULL;
    return true;
}

/* Without the dash or the number of an item in front. */
static struct tr_str without_mark(struct tr_str s)
{
    size_t n = tr_str_digits(s);

    if (n > 0 && n < 3 && n + 1 < s.len && (s.p[n] == '.' || s.p[n] == ')'))
        n++;
    else
        n = s.len > 1 && (*s.p == '-' || *s.p == '*') ? 1 : 0;
    return n > 0 && is_blank(s, n) ? tr_text_trim(tr_str_from(s, n)) : s;
}

static void put(const struct parting *w, struct tr_str value)
{
    if (w->out->len > w->from)
        tr_buf_char(w->out, '|');
    tr_buf_str(w->out, value);
}

static bool is_known(const struct parting *w, struct tr_str s)
{
    return w->test->known(w->test->cookie, s);
}

/* Whether signs of this kind part the text: a part is a value, or all are where values are close. */
static bool is_parted(const struct parting *w, enum sign sign, struct tr_str text)
{
    size_t known = 0, n = 0;
    struct tr_str part;

    while (next(w, sign, &text, &part)) {
        known += part.len > 0 && is_known(w, part);
        n += part.len > 0;
    }
    return sign == TIGHT ? known == n && n > 1 : known > 0;
}

static bool add(const struct parting *w, enum sign sign, struct tr_str text, struct tr_str *other);

/* Adds every part of the text; see tr_values_read. */
static bool add_parts(const struct parting *w, enum sign sign, struct tr_str text,
                      struct tr_str *other)
{
    struct tr_str part;
    bool all = true;

    while (next(w, sign, &text, &part))
        if (part.len > 0 && !add(w, sign + 1, part, all ? other : &(struct tr_str){0}))
            all = false;
    return all;
}

/* Adds a text that the signs before this kind do not part any more. */
static bool add(const struct parting *w, enum sign sign, struct tr_str text, struct tr_str *other)
{
    struct tr_str bare = is_known(w, text) ? text : without_mark(text);

    if (is_known(w, bare)) {
        put(w, bare);
        return true;
    }
    for (; sign < N_SIGNS; sign++)
        if (is_parted(w, sign, bare))
            return add_parts(w, sign, bare, other);
    put(w, text);
    *other = text;
    return false;
}

bool tr_values_read(const struct tr_profile *p, struct tr_str cell, const struct tr_value_test *test,
                    struct tr_buf *out, struct tr_str *other)
{
    const struct parting w = {tr_profile_list(p, "and"), test, out, out->len};

    cell = tr_text_trim(cell);
    return cell.len == 0 || add_parts(&w, SURE, cell, other);
}

/* ---- codes and ids ---- */

static bool is_code(const void *list, struct tr_str s)
{
    return tr_list_find(list, s) >= 0;
}

bool tr_values_codes(const struct tr_profile *p, const struct tr_list *list, struct tr_str cell,
                     uint64_t *codes, struct tr_str *other)
{
    const struct tr_value_test test = {is_code, list, .tight = true};
    struct tr_buf joined = {0};
    struct tr_str rest, part;
    bool all;

    if ((*codes = tr_plain_codes(list, cell)) != 0) /* as table-render --excel writes them */
        return true;
    if (tr_profile_list(p, "all") && tr_list_find(tr_profile_list(p, "all"), cell) >= 0 &&
        tr_list_find(list, cell) < 0) {
        *codes = list->n < 64 ? (UINT64_C(1) << list->n) - 1 : UINT64_MAX;
        return true;
    }
    all = tr_values_read(p, cell, &test, &joined, other);
    rest = tr_buf_slice(&joined);
    while (all && rest.len > 0 && tr_str_part(&rest, '|', &part))
        *codes |= UINT64_C(1) << tr_list_find(list, part);
    tr_buf_clear(&joined);
    return all;
}

static bool looks_like_id(const void *nothing, struct tr_str s)
{
    bool digit = false;

    (void)nothing;
    for (size_t i = 0; i < s.len; i++) {
        if (is_blank(s, i) || s.p[i] == ',' || s.p[i] == '\n')
            return false;
        digit |= s.p[i] >= '0' && s.p[i] <= '9';
    }
    return digit;
}

const struct tr_value_test tr_value_looks_like_id = {looks_like_id, NULL, .tight = false};
