#include "domain/referral/guarded.h"

#include <stdio.h>
#include <string.h>

#include "domain/profile/field.h"
#include "domain/profile/reading.h"
#include "domain/referral/import_own.h"

/* By what a person is known. */
enum { BY_REFERRAL, BY_PERSON, BY_DECISION, N_WAYS };

enum {
    WORDS_MOST = 4, /* of a spelling that a free text is searched for */
    LATIN = 0xC3    /* the byte before that of a letter such as å */
};

void tr_guarded_start(struct tr_guarded *g, const struct tr_profile *profile,
                      const struct tr_link_groups *linked)
{
    *g = (struct tr_guarded){.codes = tr_profile_list(profile, "protection"), .linked = linked};
}

void tr_guarded_clear(struct tr_guarded *g)
{
    tr_dict_clear(&g->keys);
    tr_buf_clear(&g->marks);
}

/* The key of one way, in to; empty: the person is not known by it. */
static struct tr_str key_of(const struct tr_guarded *g, int way, struct tr_str id,
                            struct tr_str person, char to[TR_ID_MAX + 16])
{
    int group = way == BY_DECISION && g->linked ? tr_link_group(g->linked, id) : -1;
    struct tr_str text = way == BY_REFERRAL ? id : person;

    if (way == BY_DECISION)
        return (struct tr_str){to, group < 0 ? 0 : (size_t)snprintf(to, TR_ID_MAX + 16, "=%d", group)};
    if (text.len > TR_ID_MAX)
        text.len = TR_ID_MAX;
    if (text.len == 0)
        return text;
    to[0] = way == BY_REFERRAL ? 'r' : 'p';
    memcpy(to + 1, text.p, text.len);
    return (struct tr_str){to, text.len + 1};
}

int32_t tr_guarded_of(const struct tr_guarded *g, struct tr_str id, struct tr_str person)
{
    const int32_t *marks = (const int32_t *)(const void *)g->marks.p;
    char text[TR_ID_MAX + 16];
    int32_t most = -1;

    for (int way = 0; g->keys.n > 0 && way < N_WAYS; way++) {
        struct tr_str key = key_of(g, way, id, person, text);
        int number = key.len ? tr_dict_find(&g->keys, key) : -1;

        if (number >= 0 && marks[number] > most)
            most = marks[number];
    }
    return most;
}

/* Letters of several bytes are letters. */
static bool is_of_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* The next word from *at on, which is moved behind it; empty: there is none. */
static struct tr_str next_word(struct tr_str text, size_t *at)
{
    size_t i = *at, from;

    while (i < text.len && !is_of_word(text.p[i]))
        i++;
    for (from = i; i < text.len && is_of_word(text.p[i]);)
        i++;
    *at = i;
    return (struct tr_str){text.p + from, i - from};
}

static bool is_numbered(struct tr_str word)
{
    size_t letters = 0;

    while (letters < word.len && (word.p[letters] < '0' || word.p[letters] > '9'))
        letters++;
    return letters > 2 && letters < word.len; /* kode6; K6 is a room, too */
}

static bool is_ascii_of_word(struct tr_str s, size_t i)
{
    return i < s.len && (unsigned char)s.p[i] < 0x80 && is_of_word(s.p[i]);
}

/* The bit of a letter or digit, the same for a capital. */
static uint64_t bit_of(char c)
{
    return UINT64_C(1) << ((c | 0x20) & 63);
}

/* Where the third letters are that follow these two; some pairs share a place. */
static size_t pair_of(char first, char second)
{
    return ((size_t)(first | 0x20) * 7 + (size_t)(second | 0x20)) % TR_GUARDED_PAIRS;
}

/* Whether a spelling may begin as the text at from. What is no letter of ASCII there may be anything. */
static bool may_begin(const struct tr_guarded_words *w, struct tr_str text, size_t from)
{
    const unsigned char first = (unsigned char)text.p[from];
    uint64_t seconds;

    if (first >= 0x80 || first == '0')
        return true;
    seconds = w->second[first | 0x20];
    if (!w->shape[first | 0x20] || !is_ascii_of_word(text, from + 1))
        return w->shape[first | 0x20];
    return seconds & bit_of(text.p[from + 1]) &&
           (seconds == UINT64_MAX || !is_ascii_of_word(text, from + 2) ||
            w->third[pair_of(text.p[from], text.p[from + 1])] & bit_of(text.p[from + 2]));
}

/* Notes how a spelling begins, whose first letter or digit of ASCII is this. */
static void note_beginning(struct tr_guarded_words *w, struct tr_str key, unsigned char first)
{
    if ((unsigned char)*key.p != first || !is_ascii_of_word(key, 1)) {
        w->second[first] = UINT64_MAX;
        return;
    }
    w->second[first] |= bit_of(key.p[1]);
    w->third[pair_of(key.p[0], key.p[1])] |= is_ascii_of_word(key, 2) ? bit_of(key.p[2]) : UINT64_MAX;
}

void tr_guarded_words_start(struct tr_guarded_words *w, const struct tr_profile *p)
{
    struct tr_outline is;
    struct tr_str key;
    size_t at = 0;
    int entry;

    *w = (struct tr_guarded_words){.list = tr_profile_list(p, "protection")};
    for (int c = 0; c < 256; c++)
        w->parts[c] = !is_of_word((char)c);
    while (w->list && tr_dict_next(&w->list->spellings, &at, &key, &entry)) {
        w->latin |= tr_says_protected(w->list->entry[entry].code) && memchr(key.p, LATIN, key.len);
        if (tr_says_protected(w->list->entry[entry].code) && tr_outline_of(key, &is) &&
            tr_list_find(tr_profile_list(p, "bool"), key) < 0) { /* a yes says so in its own column alone */
            w->shape[is.first] |= UINT64_C(1) << (is.n & 63);
            note_beginning(w, key, is.first);
        }
    }
}

static bool may_say(const struct tr_guarded_words *w, struct tr_str words)
{
    struct tr_outline is;

    if (!w->latin && memchr(words.p, LATIN, words.len))
        return false;
    return !tr_outline_of(words, &is) || is.first == '0' || w->shape[is.first] >> (is.n & 63) & 1;
}

static int32_t said_in(const struct tr_guarded_words *w, struct tr_str text)
{
    const struct tr_list *list = w->list;
    int32_t most = -1;
    size_t at = 0;

    for (struct tr_str first; list && (first = next_word(text, &at)).len > 0;) {
        struct tr_str last = first;
        size_t to = at;

        if (!may_begin(w, text, (size_t)(first.p - text.p)))
            continue;
        for (int n = 1; n <= WORDS_MOST && last.len > 0; n++, last = next_word(text, &to)) {
            struct tr_str words = {first.p, (size_t)(last.p + last.len - first.p)};
            int entry = (n > 1 || is_numbered(first)) && may_say(w, words) ? tr_list_find(list, words) : -1;

            if (entry > most && tr_says_protected(list->entry[entry].code))
                most = entry;
        }
    }
    return most;
}

/* What the words in brackets say, alone. */
static int32_t said_in_brackets(const struct tr_profile *p, struct tr_str name)
{
    const char *from = memchr(name.p, '(', name.len);
    const char *to = from ? memchr(from, ')', name.len - (size_t)(from - name.p)) : NULL;

    return to ? tr_protection_word(p, (struct tr_str){from + 1, (size_t)(to - from) - 1}) : -1;
}

bool tr_guarded_may_begin(const struct tr_guarded_words *w, struct tr_str name, size_t from)
{
    const unsigned char first = (unsigned char)name.p[from],
                        second = from + 1 < name.len ? (unsigned char)name.p[from + 1] : 0;

    return (first != LATIN || w->latin) && may_begin(w, name, from) &&
           (second != LATIN || first >= 0x80 || first == '0' || w->second[first | 0x20] == UINT64_MAX);
}

int32_t tr_guarded_named(const struct tr_guarded_words *w, const struct tr_profile *p, struct tr_str name, bool *whole)
{
    int32_t said, beside;

    *whole = false;
    if (!w->list || !tr_guarded_may_name(w, name))
        return -1;
    said = may_say(w, name) ? tr_protection_word(p, name) : -1;
    *whole = said >= 0;
    if (*whole)
        return said;
    said = said_in(w, name);
    beside = said_in_brackets(p, name);
    return beside > said ? beside : said;
}

int32_t tr_guarded_said(const struct tr_guarded_words *w, const struct tr_value v[], enum tr_field *field)
{
    static const enum tr_field told[] = {TR_F_NAME, TR_F_CONTACT_NAME, TR_F_COMMENT};
    int32_t most = -1;

    for (size_t i = 0; i < sizeof told / sizeof *told && !tr_is_protected(v); i++) {
        const int32_t said = said_in(w, v[told[i]].text);

        *field = said > most ? told[i] : *field;
        most = said > most ? said : most;
    }
    return most;
}

bool tr_guarded_hear(const struct tr_guarded_words *w, const struct tr_binding *b, const struct tr_row *row,
                     struct tr_value v[], struct tr_err *err)
{
    enum tr_field field = TR_F_COMMENT;
    const int32_t said = tr_guarded_said(w, v, &field);

    if (said < 0)
        return false;
    v[TR_F_PROTECTION] = (struct tr_value){w->list->entry[said].code, said};
    tr_err_set(err, TR_W_PROTECTION_TEXT, NULL, NULL, NULL);
    err->source = b->source;
    err->line = row->line;
    tr_err_field(err, tr_str(tr_fields[field].name));
    for (uint32_t c = 0; c < b->n_columns && b->delimiter; c++)
        if (b->field[c] == (int)field) {
            tr_row_place(row, c, b->delimiter, &err->line, &err->col);
            tr_err_column(err, c, b->header[c]);
        }
    return true;
}

struct tr_str tr_guarded_code(const struct tr_guarded *g, struct tr_str id, struct tr_str person)
{
    int32_t mark = tr_guarded_of(g, id, person);

    return mark < 0 ? (struct tr_str){"", 0} : g->codes->entry[mark].code;
}

/* Raises what is known of a key to the mark; 1: it was less. */
static int raise_key(struct tr_guarded *g, struct tr_str key, int32_t mark)
{
    int number = (int)g->keys.n, known = tr_dict_add(&g->keys, key, &number);
    int32_t *marks;

    if (known == 0)
        tr_buf_add(&g->marks, &mark, sizeof mark);
    if (known < 0 || g->marks.failed)
        return -1;
    marks = (int32_t *)(void *)g->marks.p;
    if (known > 0 && marks[number] >= mark)
        return 0;
    marks[number] = mark;
    return 1;
}

int tr_guarded_add(struct tr_guarded *g, struct tr_str id, struct tr_str person, int32_t mark)
{
    int32_t most = tr_guarded_of(g, id, person);
    char text[TR_ID_MAX + 16];
    int rc = 0;

    if (g->codes && mark > most && tr_says_protected(g->codes->entry[mark].code))
        most = mark;
    for (int way = 0; most >= 0 && rc >= 0 && way < N_WAYS; way++) {
        struct tr_str key = key_of(g, way, id, person, text);
        int raised = key.len ? raise_key(g, key, most) : 0;

        rc = raised < 0 ? -1 : rc | raised;
    }
    return rc;
}
