/* What a cell spells. Spellings meet in a key, without case, spaces and punctuation. What else stands in
 * a cell is judged strictly: a longer text that merely has a known word in it is not that word. */
#include "base/text.h"
#include "domain/profile/profile_own.h"

/* ---- keys ---- */

/* Length of a sign at s.p[i] that makes another value of what it stands at: a doubt, a limit, a part. */
static size_t changing_sign(struct tr_str s, size_t i)
{
    static const struct tr_str signs[] = {
        {"?", 1}, {"<", 1}, {">", 1}, {"~", 1}, {"+", 1}, {"%", 1}, {"½", 2}, {"¼", 2}, {"¾", 2}, {"±", 2},
        {"≤", 3}, {"≥", 3}, {"≈", 3}, {"≠", 3},
    };

    if ((unsigned char)s.p[i] < 0x80 && !memchr("?<>~+%", s.p[i], 6))
        return 0;
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (s.len - i >= signs[k].len && memcmp(s.p + i, signs[k].p, signs[k].len) == 0)
            return signs[k].len;
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of what parts words at s.p[i]: space or punctuation; 0: it is part of one. */
static size_t gap_at(struct tr_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];

    if (c < 0x80)
        return !is_digit((char)c) && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    if (c == 0xC2)
        return s.len - i > 1 && (unsigned char)s.p[i + 1] == 0xA0 ? 2 : 0;
    return c == 0xE2 && s.len - i > 2 && ((unsigned char)s.p[i + 1] == 0x80 || (unsigned char)s.p[i + 1] == 0x88)
               ? 3
               : 0;
}

/* Where the number goes on behind a gap that begins at i; 0: it does not. */
static size_t number_behind(struct tr_str s, size_t i)
{
    size_t at = i, n;

    if (i == 0 || !is_digit(s.p[i - 1]))
        return 0;
    while (at < s.len && (n = gap_at(s, at)) > 0)
        at += n;
    return at > i && at < s.len && is_digit(s.p[at]) ? at : 0;
}

void tr_spelling_key(struct tr_str spelling, struct tr_buf *key)
{
    size_t from = 0, before = key->len;

    for (size_t i = 0; i < spelling.len;) {
        size_t sign, behind;

        if (((unsigned char)spelling.p[i] | 0x20) >= 'a' && ((unsigned char)spelling.p[i] | 0x20) <= 'z') {
            i++; /* a letter is no sign, and parts no number */
            continue;
        }
        sign = changing_sign(spelling, i);
        behind = sign ? 0 : number_behind(spelling, i);
        if (!sign && !behind) {
            i++;
            continue;
        }
        tr_text_fold((struct tr_str){spelling.p + from, i - from}, key);
        if (sign)
            tr_buf_add(key, spelling.p + i, sign);
        else
            tr_buf_char(key, ' ');
        i = from = sign ? i + sign : behind;
    }
    tr_text_fold(tr_str_from(spelling, from), key);
    if (key->len == before) /* punctuation alone */
        tr_buf_str(key, tr_text_trim(spelling));
}

void tr_header_key(struct tr_str header, struct tr_buf *key)
{
    tr_text_fold(header, key);
    if (key->len == 0)
        tr_buf_str(key, tr_text_trim(header));
}

/* ---- boxes ---- */

enum { BOXES_MAX = 8 };

struct boxes {
    size_t from[BOXES_MAX], to[BOXES_MAX];
    bool ticked[BOXES_MAX];
    int n;
};

/* Length of the box at s.p[i]; 0: there is none. */
static size_t box_at(struct tr_str s, size_t i, bool *ticked)
{
    static const struct {
        struct tr_str sign;
        bool ticked;
    } signs[] = {
        {{"[x]", 3}, true}, {{"[X]", 3}, true}, {{"(x)", 3}, true}, {{"(X)", 3}, true}, {{"[ ]", 3}, false},
        {{"( )", 3}, false}, {{"[]", 2}, false}, {{"()", 2}, false}, {{"☒", 3}, true},  {{"☑", 3}, true},
        {{"✔", 3}, true},   {{"✓", 3}, true},   {{"✅", 3}, true},  {{"■", 3}, true},  {{"●", 3}, true},
        {{"◉", 3}, true},   {{"☐", 3}, false},  {{"□", 3}, false},  {{"○", 3}, false}, {{"◯", 3}, false},
    };
    static const struct tr_str colour = {"\xEF\xB8\x8F", 3}; /* follows a sign that is drawn in colour */

    if ((unsigned char)s.p[i] < 0xE2 && s.p[i] != '[' && s.p[i] != '(')
        return 0;
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        size_t n = signs[k].sign.len;

        if (s.len - i < n || memcmp(s.p + i, signs[k].sign.p, n) != 0)
            continue;
        *ticked = signs[k].ticked;
        return n + (s.len - i - n >= colour.len && memcmp(s.p + i + n, colour.p, colour.len) == 0 ? colour.len : 0);
    }
    return 0;
}

/* A word beside a box, without what parts it from the next one. */
static struct tr_str bare_word(struct tr_str s, size_t from, size_t to)
{
    struct tr_str word = tr_text_trim((struct tr_str){s.p + from, to - from});

    while (word.len > 0 && strchr(",;/|", word.p[word.len - 1]))
        word = tr_text_trim((struct tr_str){word.p, word.len - 1});
    while (word.len > 0 && strchr(",;/|", *word.p))
        word = tr_text_trim(tr_str_from(word, 1));
    return word;
}

/* The word of box b, which stands on the side where all boxes have theirs. */
static struct tr_str word_of(struct tr_str s, const struct boxes *boxes, int b, bool behind)
{
    return behind ? bare_word(s, boxes->to[b], b + 1 < boxes->n ? boxes->from[b + 1] : s.len)
                  : bare_word(s, b > 0 ? boxes->to[b - 1] : 0, boxes->from[b]);
}

bool tr_list_boxes(const struct tr_list *list, struct tr_str s, int *entry)
{
    struct boxes boxes = {.n = 0};
    int ticked = 0, which = 0;
    bool behind, beside, all = true;

    *entry = -1;
    for (size_t i = 0, n; i < s.len && boxes.n < BOXES_MAX; i += n ? n : 1) {
        n = box_at(s, i, &boxes.ticked[boxes.n]);
        if (n == 0)
            continue;
        boxes.from[boxes.n] = i;
        boxes.to[boxes.n] = i + n;
        which = boxes.ticked[boxes.n] ? boxes.n : which;
        ticked += boxes.ticked[boxes.n++];
    }
    if (boxes.n == 0 || boxes.to[0] - boxes.from[0] == s.len)
        return false; /* a box by itself may be a word of the list */
    behind = bare_word(s, 0, boxes.from[0]).len == 0;
    for (int b = 0; b < boxes.n && all; b++)
        all = tr_list_read(list, word_of(s, &boxes, b, behind), &beside) >= 0;
    all &= behind || bare_word(s, boxes.to[boxes.n - 1], s.len).len == 0;
    if (all && ticked == 1)
        *entry = tr_list_read(list, word_of(s, &boxes, which, behind), &beside);
    return true;
}

/* ---- outlines ---- */

/* The length of a character of Latin-1 at i that folding makes no ASCII of and changes none beside it, as æ, or of
 * a dash, quotation mark or the like; 0: it is another. */
static size_t beside_ascii(struct tr_str s, size_t i)
{
    const unsigned char *p = (const unsigned char *)s.p + i;

    if ((p[0] == 0xC2 || p[0] == 0xC3) && i + 1 < s.len)
        return (p[0] == 0xC2 && p[1] == 0xB5) || (p[0] == 0xC3 && p[1] == 0x9F) ? 0 : 2; /* µ, ß */
    return i + 2 < s.len && p[0] == 0xE2 && p[1] == 0x80 ? 3 : 0;
}

bool tr_outline_of(struct tr_str s, struct tr_outline *outline)
{
    unsigned char first = 0, last = 0;
    unsigned n = 0;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i], lower = c | 0x20;

        if (c >= 0x80) {
            size_t len = beside_ascii(s, i);

            if (len == 0)
                return false;
            i += len - 1;
            continue;
        }
        if ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9')) {
            last = c <= '9' ? c : lower;
            first = n++ == 0 ? last : first;
        }
    }
    *outline = (struct tr_outline){n, first, last};
    return true;
}

static unsigned place_of(unsigned char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;
}

void tr_list_outline(struct tr_list *list)
{
    struct tr_outline is;
    struct tr_str key;
    size_t at = 0;
    int value;

    while (tr_dict_next(&list->spellings, &at, &key, &value))
        if (tr_outline_of(key, &is) && is.n > 0 && is.n < 32) {
            list->begins[place_of(is.first)] |= UINT32_C(1) << is.n;
            list->ends[place_of(is.last)] |= UINT32_C(1) << is.n;
        }
    list->outlined = true;
}

/* Zeros in front of a number do not count, so nothing is said of what begins with one. */
bool tr_list_may_spell(const struct tr_list *list, struct tr_str s)
{
    struct tr_outline is;

    return !list->outlined || !tr_outline_of(s, &is) || is.n == 0 || is.n >= 32 || is.first == '0' ||
           (list->begins[place_of(is.first)] & list->ends[place_of(is.last)]) >> is.n & 1;
}

/* ---- words beside ---- */

enum { WORDS_MAX = 8, NOTHING = -1, BESIDE = -2, BESIDE_ONLY = -3, UNSEEN = 0 };

/* A text and what its words spell: what[i][j], of the words i to j, is an entry or one of the above;
 * BESIDE_ONLY less an entry: a word beside none but that one. Where no entry is looked for, UNSEEN: not looked
 * up so far. */
struct words {
    const struct tr_list *list;
    struct tr_str text;
    int n;
    size_t from[WORDS_MAX], to[WORDS_MAX];
    int what[WORDS_MAX][WORDS_MAX];
};

/* Whether a gap at i is within a number: 1.5, 12-14. */
static bool is_within_number(struct tr_str s, size_t i)
{
    return i > 0 && i + 1 < s.len && s.p[i] != ' ' && is_digit(s.p[i - 1]) && is_digit(s.p[i + 1]);
}

/* False: there are too many words. */
static bool cut(struct words *w)
{
    bool in = false;

    for (size_t i = 0; i < w->text.len;) {
        size_t n = is_within_number(w->text, i) || changing_sign(w->text, i) ? 0 : gap_at(w->text, i);

        if (n == 0 && !in) {
            if (w->n == WORDS_MAX)
                return false;
            w->from[w->n++] = i;
        }
        in = n == 0;
        i += n ? n : 1;
        if (in)
            w->to[w->n - 1] = i;
    }
    return true;
}

static bool has_letter(struct tr_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] >= 0x80 || ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z'))
            return true;
    return false;
}

static struct tr_str piece(const struct words *w, int i, int j)
{
    return (struct tr_str){w->text.p + w->from[i], w->to[j] - w->from[i]};
}

/* What a word is that the list does not have. */
static int what_beside(const struct tr_list *list, struct tr_str s)
{
    const struct tr_list *beside = list->beside;
    int word = beside && tr_list_spells(beside, s) ? tr_list_find(beside, s) : -1, only;

    if (word < 0)
        return NOTHING;
    only = tr_list_code(list, beside->entry[word].code);
    return only < 0 ? BESIDE : BESIDE_ONLY - only;
}

static void look_up(struct words *w)
{
    for (int i = 0; i < w->n; i++)
        for (int j = i; j < w->n; j++) {
            int entry = tr_list_find(w->list, piece(w, i, j));

            w->what[i][j] = entry >= 0 ? entry : what_beside(w->list, piece(w, i, j));
        }
}

/* Whether the words from i on can be parted so that each part is the entry or a word beside it. in_words:
 * some part before was the entry, written with letters. */
static bool covers(const struct words *w, int i, int entry, bool in_words)
{
    if (i == w->n)
        return in_words;
    for (int j = i; j < w->n; j++)
        if ((w->what[i][j] == entry && covers(w, j + 1, entry, in_words || has_letter(piece(w, i, j)))) ||
            ((w->what[i][j] == BESIDE || w->what[i][j] == BESIDE_ONLY - entry) &&
             covers(w, j + 1, entry, in_words)))
            return true;
    return false;
}

int tr_list_read(const struct tr_list *list, struct tr_str cell, bool *beside)
{
    struct words w = {.list = list, .text = tr_text_trim(cell)};
    int found;

    *beside = false;
    if (tr_list_boxes(list, w.text, &found))
        return found;
    found = tr_list_find(list, cell);
    if (found >= 0 || !has_letter(w.text) || !cut(&w) || w.n < 2)
        return found;
    look_up(&w);
    for (int e = 0; e < list->n; e++) {
        if (!covers(&w, 0, e, false))
            continue;
        if (found >= 0)
            return -1;
        found = e;
    }
    *beside = found >= 0;
    return found;
}

/* ---- words of a list only ---- */

/* Whether a piece is a word of either list. It is looked up when it is first asked for. */
static bool is_word(struct words *w, const struct tr_list *more, int i, int j)
{
    int *what = &w->what[i][j];

    if (*what == UNSEEN)
        *what = tr_list_spells(w->list, piece(w, i, j)) || (more && tr_list_spells(more, piece(w, i, j)))
                    ? BESIDE
                    : NOTHING;
    return *what == BESIDE;
}

static bool all_beside(struct words *w, const struct tr_list *more, int i)
{
    if (i == w->n)
        return true;
    for (int j = i; j < w->n; j++)
        if (is_word(w, more, i, j) && all_beside(w, more, j + 1))
            return true;
    return false;
}

bool tr_words_only(const struct tr_list *words, const struct tr_list *more, struct tr_str s)
{
    struct words w = {.list = words, .text = tr_text_trim(s)};

    return words && cut(&w) && w.n > 0 && all_beside(&w, more, 0);
}

/* Length of the mark of a foot-note that s ends with; 0: it has none. */
static size_t mark_at_end(struct tr_str s)
{
    static const struct tr_str marks[] = {{"*", 1},  {"*)", 2}, {"¹", 2}, {"²", 2}, {"³", 2}, {"⁴", 3}, {"⁵", 3},
                                          {"⁶", 3}, {"⁷", 3},  {"⁸", 3}, {"⁹", 3}, {"⁰", 3}, {"†", 3}, {"‡", 3}};

    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (s.len > marks[k].len && memcmp(s.p + s.len - marks[k].len, marks[k].p, marks[k].len) == 0)
            return marks[k].len;
    return 0;
}

struct tr_str tr_without_marks(struct tr_str s)
{
    for (size_t n; (n = mark_at_end(s)) > 0;)
        s = tr_text_trim((struct tr_str){s.p, s.len - n});
    return s;
}

/* Whether a text beside a number is nothing, or words of the list with a gap between them and it. */
static bool is_beside(const struct tr_list *words, struct tr_str s, bool before)
{
    struct tr_str bare = s;

    while (bare.len > 0 && gap_at(bare, 0) > 0 && !changing_sign(bare, 0))
        bare = tr_str_from(bare, gap_at(bare, 0));
    return bare.len == 0 || (gap_at(s, before ? s.len - 1 : 0) > 0 && tr_words_only(words, NULL, s));
}

struct tr_str tr_number_beside(const struct tr_list *words, struct tr_str s)
{
    size_t from = 0, to = s.len;

    while (from < to && !is_digit(s.p[from]))
        from++;
    while (to > from && !is_digit(s.p[to - 1]))
        to--;
    return from < to && is_beside(words, (struct tr_str){s.p, from}, true) &&
                   is_beside(words, tr_str_from(s, to), false)
               ? (struct tr_str){s.p + from, to - from}
               : (struct tr_str){"", 0};
}
