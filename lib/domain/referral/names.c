#include "domain/referral/names.h"

#include "base/secret.h"
#include "base/text.h"
#include "base/utf8.h"

/* What a word is known to be. Of two, the first in this order counts. */
enum known { ORDINARY, SHORT, ENDING, NAME, NAME_IF_CAPITAL, N_KNOWN, UNKNOWN = -1 };
static const char *const known_names[N_KNOWN] = {[ORDINARY] = "ord",
                                                 [SHORT] = "forkortelse",
                                                 [ENDING] = "endelse",
                                                 [NAME] = "navn",
                                                 [NAME_IF_CAPITAL] = "navn_stor"};

enum { ENDING_MIN = 3, ENDING_MAX = 14, BRACKET_MAX = 24 };

/* ---- loading ---- */

static int add(struct tr_names *w, struct tr_str word, int what)
{
    w->key.len = 0;
    if (what == ENDING)
        tr_buf_char(&w->key, '-');
    tr_text_bare(word, &w->key);
    return w->key.len > 0 && tr_dict_add(&w->known, tr_buf_slice(&w->key), &what) < 0 ? -1 : 0;
}

static int add_table(struct tr_names *w, const struct tr_table *t, int what, struct tr_err *err)
{
    int kind = tr_table_column(t, "kind"), words = tr_table_column(t, "words");

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str rest = tr_table_cell(t, r, words), word;
        int k = 0;

        while (k < N_KNOWN && !tr_str_is(tr_table_cell(t, r, kind), known_names[k]))
            k++;
        if (k == N_KNOWN)
            return tr_table_fault(t, r, kind, TR_E_TABLE_CELL, N_("no such kind of word"), err);
        while (k == what && tr_str_part(&rest, '|', &word))
            if (add(w, word, k) < 0)
                return tr_err_memory(err);
    }
    return 0;
}

/* The words of the districts' names are no names of people. */
static int add_districts(struct tr_names *w, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *t = &p->table[TR_T_DISTRICTS];

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str rest = tr_table_cell(t, r, tr_table_column(t, "name")), word;

        while (tr_str_part(&rest, ' ', &word))
            if (add(w, word, ORDINARY) < 0)
                return tr_err_memory(err);
    }
    return 0;
}

int tr_names_load(struct tr_names *w, const struct tr_profile *p, struct tr_err *err)
{
    *w = (struct tr_names){0};
    if (add_districts(w, p, err) < 0)
        return -1;
    for (int what = 0; what < N_KNOWN; what++)
        if (add_table(w, &p->table[TR_T_OWN_WORDS], what, err) < 0 ||
            add_table(w, &p->table[TR_T_WORDS], what, err) < 0)
            return -1;
    return 0;
}

void tr_names_clear(struct tr_names *w)
{
    tr_dict_clear(&w->known);
    tr_buf_wipe(&w->key);
    tr_buf_wipe(&w->own);
    *w = (struct tr_names){0};
}

/* ---- words of a text ---- */

/* How a word or a part of it is written. */
enum shape { SMALL, NAMELIKE, CAPITALS, MIXED };

/* Where a word is: letters, hyphens and apostrophes within. */
struct word {
    struct tr_str all;
    bool beside_digit; /* a code, like A4 */
};

static enum tr_char char_at(struct tr_str text, size_t at, size_t *len)
{
    enum tr_char kind = TR_CHAR_OTHER;

    *len = at < text.len ? tr_text_char(tr_str_from(text, at), &kind) : 0;
    return kind;
}

static bool is_letter(enum tr_char kind)
{
    return kind == TR_CHAR_UPPER || kind == TR_CHAR_LETTER;
}

/* Length of a hyphen or an apostrophe that may stand within a word; 0: none. */
static size_t joint(struct tr_str text, size_t at)
{
    if (at >= text.len)
        return 0;
    if (text.p[at] == '-' || text.p[at] == '\'')
        return 1;
    return text.len - at >= 3 && memcmp(text.p + at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* The end of the letters from at on. */
static size_t letters_end(struct tr_str text, size_t at)
{
    size_t len;

    while (is_letter(char_at(text, at, &len)))
        at += len;
    return at;
}

/* The word that begins at, where a letter is. */
static struct word word_at(struct tr_str text, size_t at)
{
    struct word w = {.all = {text.p + at, 0}};
    size_t end = letters_end(text, at), len;

    for (size_t j; (j = joint(text, end)) > 0 && is_letter(char_at(text, end + j, &len));)
        end = letters_end(text, end + j);
    w.all.len = end - at;
    w.beside_digit =
        char_at(text, end, &len) == TR_CHAR_DIGIT || (end < text.len && text.p[end] == '_') ||
        (at > 0 && ((text.p[at - 1] >= '0' && text.p[at - 1] <= '9') || text.p[at - 1] == '_'));
    return w;
}

static enum shape shape_of(struct tr_str part)
{
    size_t n = 0, upper = 0, len;
    bool first = false;

    for (size_t at = 0; at < part.len; at += len, n++) {
        const bool is_upper = char_at(part, at, &len) == TR_CHAR_UPPER;

        first |= n == 0 && is_upper;
        upper += is_upper;
    }
    return upper == 0                     ? SMALL
           : upper == n && n > 1          ? CAPITALS
           : upper == 1 && first && n > 1 ? NAMELIKE
                                          : MIXED;
}

/* The next part of a word between its joints; false at the end. */
static bool next_part(struct tr_str *rest, struct tr_str *part)
{
    size_t end;

    if (rest->len == 0)
        return false;
    end = letters_end(*rest, 0);
    *part = (struct tr_str){rest->p, end};
    *rest = tr_str_from(*rest, end);
    *rest = tr_str_from(*rest, joint(*rest, 0));
    return true;
}

/* What the word is known to be, or, when it is written as a name, without its genitive s. */
static int look_up(struct tr_names *w, struct tr_str word)
{
    const bool capital = shape_of(word) != SMALL;
    int found;

    w->key.len = 0;
    tr_text_bare(word, &w->key);
    if (w->key.len == 0)
        return UNKNOWN;
    found = tr_dict_find(&w->known, tr_buf_slice(&w->key));
    if (found < 0 && capital && w->key.len > 3 && w->key.p[w->key.len - 1] == 's')
        found = tr_dict_find(&w->known, (struct tr_str){w->key.p, w->key.len - 1});
    if (found == NAME_IF_CAPITAL)
        return capital ? NAME : UNKNOWN;
    return found < 0 ? UNKNOWN : found;
}

/* Whether the word that was just looked up ends like the name of a place or an office. */
static bool has_ending(struct tr_names *w)
{
    char ending[ENDING_MAX + 1] = "-";
    const size_t len = w->key.len;

    for (size_t n = ENDING_MIN; n <= ENDING_MAX && n < len; n++) {
        memcpy(ending + 1, w->key.p + len - n, n);
        if (tr_dict_find(&w->known, (struct tr_str){ending, n + 1}) == ENDING)
            return true;
        if (w->key.p[len - 1] == 's' && n + 1 < len) {
            memcpy(ending + 1, w->key.p + len - 1 - n, n);
            if (tr_dict_find(&w->known, (struct tr_str){ending, n + 1}) == ENDING)
                return true;
        }
    }
    return false;
}

/* Whether the word is somebody's name; mid: it stands within a sentence. */
static bool is_name(struct tr_names *w, struct tr_str word, bool mid)
{
    struct tr_str rest = word, part;
    bool namelike = false, ordinary = false;
    int whole = look_up(w, word);

    if (whole == NAME || (whole != UNKNOWN && word.len > 1))
        return whole == NAME;
    for (bool first = true; next_part(&rest, &part); first = false) {
        const enum shape shape = shape_of(part);
        const int what = look_up(w, part);

        if (what == NAME && !(first && shape == SMALL && rest.len > 0))
            return true;
        namelike |= shape == NAMELIKE && what == UNKNOWN && !has_ending(w);
        ordinary |= what == ORDINARY || (first && (shape == CAPITALS || shape == MIXED));
    }
    return mid && namelike && !ordinary;
}

/* Whether a word with a capital, which is not known, follows after one space. */
static bool name_follows(struct tr_names *w, struct tr_str text, size_t end)
{
    struct word next;
    size_t len;

    if (end + 1 >= text.len || text.p[end] != ' ' || !is_letter(char_at(text, end + 1, &len)))
        return false;
    next = word_at(text, end + 1);
    return !next.beside_digit && is_name(w, next.all, true);
}

/* ---- the referral's own names ---- */

/* Makes own the words of the names, bare, each between line feeds; of two letters as they are. */
static void gather_own(struct tr_names *w, const struct tr_str *names, size_t n)
{
    size_t len;

    w->own.len = 0;
    tr_buf_char(&w->own, '\n');
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0, end; at<names[i].len; at = end> at ? end : at + (len ? len : 1)) {
            end = letters_end(names[i], at);
            if (end > at && tr_utf8_count((struct tr_str){names[i].p + at, end - at}) > 1) {
                tr_text_bare((struct tr_str){names[i].p + at, end - at}, &w->own);
                tr_buf_char(&w->own, '\n');
            }
            (void)char_at(names[i], at, &len);
        }
}

static bool in_own(struct tr_names *w, size_t len)
{
    size_t at = 0;

    while (len > 0 && at + len + 2 <= w->own.len) {
        const char *line = memchr(w->own.p + at + 1, '\n', w->own.len - at - 1);

        if (!line)
            break;
        if ((size_t)(line - w->own.p) - at - 1 == len &&
            memcmp(w->own.p + at + 1, w->key.p, len) == 0)
            return true;
        at = (size_t)(line - w->own.p);
    }
    return false;
}

static bool is_own(struct tr_names *w, struct tr_str part)
{
    if (w->own.len <= 1 || part.len < 2)
        return false;
    w->key.len = 0;
    tr_text_bare(part, &w->key);
    return in_own(w, w->key.len) ||
           (w->key.len > 1 && w->key.p[w->key.len - 1] == 's' && in_own(w, w->key.len - 1));
}

/* ---- hiding ---- */

struct hiding {
    struct tr_names *w;
    enum tr_names_of of;
    struct tr_str text, kind;
    struct tr_buf *out;
    uint64_t *hidden;
    bool begins;        /* a sentence */
    const char *behind; /* a name that was hidden; NULL: not yet one */
};

static void put_kind(struct hiding *h)
{
    tr_buf_char(h->out, '[');
    tr_buf_str(h->out, h->kind);
    tr_buf_char(h->out, ']');
    ++*h->hidden;
}

/* Adds the word with those of its parts hidden that are the referral's own. */
static void put_parts(struct hiding *h, struct tr_str word)
{
    struct tr_str rest = word, part;
    const char *from = word.p;

    while (next_part(&rest, &part)) {
        tr_buf_add(h->out, from, (size_t)(part.p - from));
        if (is_own(h->w, part))
            put_kind(h);
        else
            tr_buf_str(h->out, part);
        from = part.p + part.len;
    }
    tr_buf_add(h->out, from, (size_t)(word.p + word.len - from));
}

/* Adds the word at; gives where it ends. */
static size_t put_word(struct hiding *h, size_t at)
{
    const struct word word = word_at(h->text, at);
    const size_t end = at + word.all.len;
    const enum shape shape = shape_of(word.all);
    bool name = false;
    int what = UNKNOWN;

    if (h->of == TR_NAMES_ALL && !word.beside_digit) {
        what = look_up(h->w, word.all);
        name = is_name(h->w, word.all, !h->begins);
        if (!name && h->begins && what == UNKNOWN && shape == NAMELIKE)
            name = name_follows(h->w, h->text, end);
        /* a surname is hidden also where it is a place, too */
        name |= shape == NAMELIKE && h->behind && h->behind + 1 == word.all.p && *h->behind == ' ';
        h->behind = name ? word.all.p + word.all.len : NULL;
    }
    if (name && !is_own(h->w, word.all))
        put_kind(h);
    else
        put_parts(h, word.all);
    h->begins = false;
    if (what != SHORT && !(shape == MIXED && word.all.len <= 2))
        return end;
    if (end < h->text.len &&
        h->text.p[end] == '.') { /* of a short form or an initial: it ends nothing */
        tr_buf_char(h->out, '.');
        return end + 1;
    }
    return end;
}

/* Length of what the masks left in brackets at, 0 when it is none. */
static size_t bracket(struct tr_str text, size_t at)
{
    const size_t most = text.len - at < BRACKET_MAX ? text.len - at : BRACKET_MAX;
    const char *end = text.p[at] == '[' ? memchr(text.p + at, ']', most) : NULL;

    return end ? (size_t)(end - text.p) - at + 1 : 0;
}

int tr_names_hide(struct tr_names *w, enum tr_names_of of, struct tr_str text,
                  const struct tr_str *names, size_t n, struct tr_str kind, struct tr_buf *out,
                  uint64_t *hidden)
{
    struct hiding h = {w, of, text, kind, out, hidden, true, NULL};
    size_t len;

    gather_own(w, names, n);
    for (size_t at = 0; at < text.len;) {
        const enum tr_char c = char_at(text, at, &len);

        if (is_letter(c)) {
            at = put_word(&h, at);
            continue;
        }
        if (text.p[at] == '[' && bracket(text, at) > 0) {
            len = bracket(text, at);
            h.begins = false;
        } else if (strchr(".!?:;\n|", text.p[at]) && text.p[at]) {
            h.begins = true;
        } else if (c == TR_CHAR_DIGIT) {
            h.begins = false;
        } else if (text.p[at] == '-' && at + 1 < text.len && text.p[at + 1] == ' ') {
            h.begins = true;
        }
        tr_buf_add(out, text.p + at, len);
        at += len;
    }
    return out->failed || w->key.failed || w->own.failed ? -1 : 0;
}
