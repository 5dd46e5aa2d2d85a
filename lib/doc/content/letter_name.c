/* What of a cell of names is the person's name, and how it is said. */
#include "base/text.h"
#include "doc/content/letter.h"
#include "doc/content/letter_own.h"

/* Whether it is a word or few, as names are: a capital in front, no digits and no brackets. */
static bool is_like_name(struct tr_str s)
{
    size_t spaces = 0;

    for (size_t i = 0; i < s.len; i++) {
        if ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '(' || s.p[i] == ',')
            return false;
        spaces += s.p[i] == ' ';
    }
    return s.len > 0 && spaces < 3 && !(*s.p >= 'a' && *s.p <= 'z');
}

/* Without a remark in brackets behind it. */
static struct tr_str without_brackets(struct tr_str name)
{
    const char *from = name.len > 0 ? memchr(name.p, '(', name.len) : NULL;
    struct tr_str bare = from && name.p[name.len - 1] == ')'
                             ? tr_text_trim((struct tr_str){name.p, (size_t)(from - name.p)})
                             : name;

    return bare.len > 0 ? bare : name;
}

void tr_letter_add_name(const struct tr_profile *p, struct tr_str whole, struct tr_buf *out)
{
    const struct tr_str name = without_brackets(whole);
    const char *comma = name.len > 0 ? memchr(name.p, ',', name.len) : NULL;
    size_t at = comma ? (size_t)(comma - name.p) : name.len;
    struct tr_str last = tr_text_trim((struct tr_str){name.p, at});
    struct tr_str first = comma ? tr_text_trim((struct tr_str){comma + 1, name.len - at - 1})
                                : (struct tr_str){"", 0};

    if (is_like_name(last) && first.len > 0 && tr_list_find(tr_profile_list(p, "bydel"), first) >= 0) {
        tr_buf_str(out, last);
        return;
    }
    if (!is_like_name(first) || !is_like_name(last)) {
        tr_buf_str(out, name);
        return;
    }
    tr_buf_str(out, first);
    tr_buf_char(out, ' ');
    tr_buf_str(out, last);
}

/* ---- what people write behind a name ---- */

enum { LONG_NUMBER = 6 }; /* digits of a date, a telephone or an identity number; a house has fewer */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Without the space and the signs at the end that join what follows. */
static struct tr_str trim_joint(struct tr_str s)
{
    while (s.len > 0 && memchr(" ,.:;-", s.p[s.len - 1], 6))
        s.len--;
    return s;
}

/* Whether the small word at the end, after before, is none of the name: what such a number is called, or any
 * where a name of two words is left. Some write names without capitals. */
static bool is_remark(struct tr_str before, struct tr_str word)
{
    static const char *const known[] = {"f",   "født", "fødd", "fødselsnummer", "personnummer", "fnr", "pnr",
                                        "dnr", "nr",   "tlf",  "telefon",       "mob",          "mobil", "den"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (tr_str_is(trim_joint(word), known[i]))
            return true;
    before = trim_joint(before);
    return before.len > 0 && memchr(before.p, ' ', before.len) && !(*before.p >= 'a' && *before.p <= 'z');
}

/* Without small words at the end, as the f. of a year of birth or the tlf of a telephone. */
static struct tr_str trim_small(struct tr_str s)
{
    for (;;) {
        size_t at;

        s = trim_joint(s);
        for (at = s.len; at > 0 && s.p[at - 1] != ' ' && s.p[at - 1] != ',';)
            at--;
        if (at == 0 || at == s.len || s.p[at] < 'a' || s.p[at] > 'z' ||
            !is_remark((struct tr_str){s.p, at}, (struct tr_str){s.p + at, s.len - at}))
            return s;
        s.len = at;
    }
}

struct tr_str tr_letter_person(struct tr_str cell)
{
    const struct tr_str name = without_brackets(cell);
    struct tr_str before, bare;
    size_t at = 0, digits = 0;

    while (at < name.len && !is_digit(name.p[at]))
        at++;
    if (at == name.len)
        return name;
    for (size_t i = at; i < name.len && name.p[i] != ','; i++)
        digits += is_digit(name.p[i]);
    while (at > 0 && name.p[at - 1] != ' ' && name.p[at - 1] != ',')
        at--;
    before = trim_joint((struct tr_str){name.p, at});
    bare = trim_small(before);
    if (bare.len == before.len && digits < LONG_NUMBER && bare.len > 0) { /* an address */
        const char *comma = memchr(bare.p, ',', bare.len);

        bare.len = comma ? (size_t)(comma - bare.p) : bare.len;
    }
    return trim_joint(bare);
}

struct tr_str tr_letter_greeted(struct tr_str name)
{
    for (size_t i = 1; i + 2 < name.len; i++)
        if ((name.p[i - 1] == ' ' || name.p[i - 1] == ',') &&
            (((name.p[i] == 'v' || name.p[i] == 'V') && name.p[i + 1] == '/') ||
             ((name.p[i] == 'c' || name.p[i] == 'C') && name.p[i + 1] == '/')))
            return trim_joint((struct tr_str){name.p, i});
    return name;
}
