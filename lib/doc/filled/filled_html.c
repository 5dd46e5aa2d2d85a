/* Elements out of a page: as much of HTML as pages have that a program saved, which is tags that are
 * nearly all closed. A field says what is in it. */
#include "doc/filled/filled_own.h"

#include <stdlib.h>
#include <strings.h>

#include "base/text.h"

enum { NAMES = 120, ATTRIBUTES = 24 };

static const struct element page[] = {
    {"p", PARAGRAPH},    {"h1", PARAGRAPH},  {"h2", PARAGRAPH},   {"h3", PARAGRAPH},
    {"li", PARAGRAPH},   {"table", TABLE},   {"dl", TABLE},       {"tr", ROW},
    {"pair", ROW},       {"td", CELL},       {"th", CELL},        {"dt", CELL},
    {"dd", CELL},        {"br", BREAK},      {"head", IGNORED},   {"script", IGNORED},
    {"style", IGNORED},  {"title", IGNORED}, {"footer", IGNORED}, {"button", IGNORED},
    {"aside", IGNORED},  {"del", IGNORED},   {NULL, NOTHING},
};

/* Elements that have no end, and those that end where another of their kind begins in the same table or
 * list. */
static const char *const empty[] = {"br",   "input", "meta", "link", "img", "hr",
                                    "col",  "base",  "wbr",  "area", "source", NULL};
static const struct {
    const char *name, *ends[3];
} kin[] = {
    {"p", {"p"}},         {"li", {"li"}},       {"dt", {"dt", "dd"}}, {"dd", {"dt", "dd"}},
    {"td", {"td", "th"}}, {"th", {"td", "th"}}, {"tr", {"tr"}},
};
static const char *const walls[] = {"table", "dl", "ul", "ol", "body", NULL};

struct tag {
    const char *attributes[2 * ATTRIBUTES + 1];
    size_t n;
    bool end;
};

struct html {
    struct reading *in;
    struct tr_str rest;
    const struct tr_filled_values *values;
    struct tr_str open[NAMES]; /* names of open elements */
    int depth;
    bool space;            /* white space came, and is written before the next word */
    bool options, chosen;  /* in a select; in its chosen option */
    bool given;            /* its choice came from elsewhere */
    struct tr_buf word, names; /* names: of the tag in hand, and its attributes */
};

static bool is_among(struct tr_str name, const char *const *names)
{
    for (; *names; names++)
        if (tr_str_is(name, *names))
            return true;
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* ---- text ---- */

/* Adds the text with its characters in place of references to them. */
static void add_text(struct tr_buf *to, struct tr_str s)
{
    static const struct {
        const char *name, *is;
    } known[] = {{"amp;", "&"},  {"lt;", "<"},        {"gt;", ">"},        {"quot;", "\""},
                 {"apos;", "'"}, {"nbsp;", "\u00A0"}, {"aring;", "å"},     {"oslash;", "ø"},
                 {"aelig;", "æ"}, {"Aring;", "Å"},    {"Oslash;", "Ø"},    {"AElig;", "Æ"},
                 {"ndash;", "–"}, {"eacute;", "é"}};

    for (size_t i = 0; i < s.len;) {
        struct tr_str rest = tr_str_from(s, i + 1);
        size_t k = 0, n = sizeof known / sizeof *known;
        char *end;

        if (s.p[i] != '&') {
            tr_buf_char(to, s.p[i++]);
            continue;
        }
        while (k < n && (rest.len < strlen(known[k].name) ||
                         memcmp(rest.p, known[k].name, strlen(known[k].name)) != 0))
            k++;
        if (k < n) {
            tr_buf_text(to, known[k].is);
            i += 1 + strlen(known[k].name);
        } else if (rest.len > 2 && rest.p[0] == '#' && memchr(rest.p, ';', rest.len < 12 ? rest.len : 12)) {
            bool hex = (rest.p[1] | 0x20) == 'x';
            unsigned long number = strtoul(rest.p + 1 + hex, &end, hex ? 16 : 10);

            tr_buf_character(to, number > UINT32_MAX ? 0 : (uint32_t)number);
            i = (size_t)(end - s.p) + (*end == ';');
        } else {
            tr_buf_char(to, s.p[i++]);
        }
    }
}

/* Runs of white space are one space. */
static void say_words(struct html *h, struct tr_str s)
{
    h->word.len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (is_space(s.p[i])) {
            h->space = true;
            continue;
        }
        if (h->space)
            tr_buf_char(&h->word, ' ');
        h->space = false;
        tr_buf_char(&h->word, s.p[i]);
    }
    if (h->word.len > 0)
        tr_filled_text(h->in, tr_buf_slice(&h->word));
}

static void say_references(struct html *h, struct tr_str s, bool as_it_is)
{
    struct tr_buf text = {0};

    add_text(&text, s);
    if (as_it_is)
        tr_filled_text(h->in, tr_buf_slice(&text));
    else
        say_words(h, tr_buf_slice(&text));
    h->in->text.failed |= text.failed;
    tr_buf_clear(&text);
}

static void say_break(struct html *h)
{
    static const char *const none[] = {NULL};

    h->space = false;
    tr_filled_start(h->in, "br", none);
    tr_filled_end(h->in, "br");
}

/* ---- tags ---- */

/* The next piece of the tag up to one of these, in small letters if lower: where it begins in names,
 * which moves as it grows. */
static size_t next_word(struct html *h, const char *ends, bool lower)
{
    struct tr_buf *to = &h->names;
    size_t from = to->len, n = 0;

    while (n < h->rest.len && !strchr(ends, h->rest.p[n]))
        n++;
    for (size_t i = 0; lower && i < n; i++)
        tr_buf_char(to, h->rest.p[i] >= 'A' && h->rest.p[i] <= 'Z' ? (char)(h->rest.p[i] | 0x20)
                                                                 : h->rest.p[i]);
    if (!lower)
        add_text(to, (struct tr_str){h->rest.p, n});
    tr_buf_char(to, '\0');
    h->rest = tr_str_from(h->rest, n);
    return from;
}

static void skip_space(struct html *h)
{
    while (h->rest.len > 0 && (is_space(*h->rest.p) || *h->rest.p == '/'))
        h->rest = tr_str_from(h->rest, 1);
}

/* Reads a tag whose < was read; its first attribute is its name. -1: memory. */
static int read_tag(struct html *h, struct tag *t)
{
    size_t at[2 * ATTRIBUTES], name, value;

    *t = (struct tag){0};
    h->names.len = 0;
    t->end = h->rest.len > 0 && *h->rest.p == '/';
    if (t->end)
        h->rest = tr_str_from(h->rest, 1);
    at[t->n++] = next_word(h, " \t\n\r\f/>", true);
    at[t->n++] = h->names.len - 1; /* no value */
    for (skip_space(h); h->rest.len > 0 && *h->rest.p != '>'; skip_space(h)) {
        name = next_word(h, "= \t\n\r\f/>", true);
        value = h->names.len - 1;
        if (h->rest.len > 1 && *h->rest.p == '=') {
            char quote = h->rest.p[1];
            const char end[] = {quote, '\0'};
            bool quoted = quote == '"' || quote == '\'';

            h->rest = tr_str_from(h->rest, quoted ? 2 : 1);
            value = next_word(h, quoted ? end : " \t\n\r\f>", false);
            if (quoted && h->rest.len > 0)
                h->rest = tr_str_from(h->rest, 1);
        } else if (name == value && h->rest.len > 0) {
            h->rest = tr_str_from(h->rest, 1);
        }
        if (t->n < 2 * ATTRIBUTES) {
            at[t->n++] = name;
            at[t->n++] = value;
        }
    }
    if (h->rest.len > 0)
        h->rest = tr_str_from(h->rest, 1);
    for (size_t i = 0; i < t->n && !h->names.failed; i++)
        t->attributes[i] = h->names.p + at[i];
    return h->names.failed ? -1 : 0;
}

static const char *attribute(const struct tag *t, const char *name)
{
    for (size_t i = 2; i < t->n; i += 2)
        if (strcmp(t->attributes[i], name) == 0)
            return t->attributes[i + 1];
    return NULL;
}

/* ---- elements ---- */

static void close_one(struct html *h)
{
    struct tr_str name = h->open[--h->depth];

    tr_filled_end(h->in, "");
    if (tr_str_is(name, "dd"))
        tr_filled_end(h->in, "");
    h->space = false;
}

/* Ends open elements up to one of these names, which are not looked for beyond a table or list. */
static void close_until(struct html *h, const char *const *names, bool beyond)
{
    int at = h->depth - 1;

    while (at >= 0 && !is_among(h->open[at], names)) {
        if (!beyond && is_among(h->open[at], walls))
            return;
        at--;
    }
    while (at >= 0 && h->depth > at)
        close_one(h);
}

static void open_element(struct html *h, struct tr_str name, const struct tag *t)
{
    const char *class = attribute(t, "role");
    bool aside = class && strcmp(class, "note") == 0;

    for (size_t i = 0; i < sizeof kin / sizeof *kin; i++)
        if (tr_str_is(name, kin[i].name))
            close_until(h, (const char *const[]){kin[i].ends[0], kin[i].ends[1], NULL}, false);
    if (h->depth + 1 >= NAMES) {
        h->in->failed = true;
        return;
    }
    if (tr_str_is(name, "dt"))
        tr_filled_start(h->in, "pair", t->attributes);
    h->open[h->depth++] = name;
    tr_filled_start(h->in, aside ? "aside" : t->attributes[0], t->attributes);
    h->space = false;
}

/* What somebody put into the field: from elsewhere, or as the page has it. */
static struct tr_str value_of(struct html *h, const struct tag *t, struct tr_str shown, bool *other)
{
    const char *name = attribute(t, "name");
    struct tr_str value;
    uint32_t at = 0;

    *other = h->values && name && h->values->find(h->values->cookie, tr_str(name), &value, &at);
    if (*other && at > 0) {
        h->in->page = at;
        h->in->has_pages = true;
    }
    return *other ? value : shown;
}

static void say_input(struct html *h, const struct tag *t)
{
    const char *type = attribute(t, "type"), *shown = attribute(t, "value");
    bool box = type && strcmp(type, "checkbox") == 0, other;
    struct tr_str value = value_of(h, t, tr_str(shown ? shown : ""), &other);

    if (type && (strcmp(type, "hidden") == 0 || strcmp(type, "button") == 0))
        return;
    if (box) {
        bool ticked = other ? value.len > 0 : attribute(t, "checked") != NULL;

        tr_filled_text(h->in, ticked ? TR_STR("☒") : TR_STR("☐"));
    } else {
        tr_filled_text(h->in, value);
    }
}

/* The text of the element, which ends at its end tag only. */
static struct tr_str raw_text(struct html *h, const char *name)
{
    size_t n = strlen(name), i = 0;
    struct tr_str text;

    for (; i + n + 2 <= h->rest.len; i++)
        if (h->rest.p[i] == '<' && h->rest.p[i + 1] == '/' &&
            strncasecmp(h->rest.p + i + 2, name, n) == 0)
            break;
    if (i + n + 2 > h->rest.len)
        i = h->rest.len;
    text = (struct tr_str){h->rest.p, i};
    h->rest = tr_str_from(h->rest, i);
    return text;
}

static void say_lines(struct html *h, const struct tag *t)
{
    struct tr_str shown = raw_text(h, "textarea");
    bool other;
    struct tr_str value = value_of(h, t, shown, &other);

    say_break(h);
    if (other)
        tr_filled_text(h->in, value);
    else
        say_references(h, value, true);
    say_break(h);
}

/* A choice says its chosen option. */
static void take_choice(struct html *h, struct tr_str name, const struct tag *t)
{
    bool other;
    struct tr_str value;

    if (tr_str_is(name, "select")) {
        h->options = !t->end;
        h->chosen = false;
        value = value_of(h, t, TR_STR(""), &other);
        h->given = other && !t->end;
        if (h->given)
            tr_filled_text(h->in, value);
    } else {
        const char *of = attribute(t, "value");

        h->chosen = !t->end && !h->given && attribute(t, "selected") && !(of && !of[0]);
    }
}

static void take_meta(struct html *h, const struct tag *t)
{
    const char *name = attribute(t, "name"), *content = attribute(t, "content");

    if (name && content && strcmp(name, "transition-form") == 0)
        tr_buf_text(&h->in->form, content);
}

static void take_tag(struct html *h)
{
    static const char *const raw[] = {"script", "style", "title", NULL};
    struct tag t;
    struct tr_str name;

    if (read_tag(h, &t) < 0) {
        h->in->text.failed = h->in->failed = true;
        return;
    }
    name = tr_str(t.attributes[0]);
    if (name.len == 0 || *name.p < 'a' || *name.p > 'z')
        return;
    if (tr_str_is(name, "select") || tr_str_is(name, "option")) {
        take_choice(h, name, &t);
    } else if (t.end) {
        close_until(h, (const char *const[]){t.attributes[0], NULL}, true);
    } else if (tr_str_is(name, "meta")) {
        take_meta(h, &t);
    } else if (tr_str_is(name, "input")) {
        say_input(h, &t);
    } else if (tr_str_is(name, "textarea")) {
        say_lines(h, &t);
    } else if (tr_str_is(name, "br")) {
        say_break(h);
    } else if (is_among(name, raw)) {
        raw_text(h, t.attributes[0]);
    } else if (!is_among(name, empty)) {
        open_element(h, tr_arena_copy(&h->in->f->text, name), &t);
    }
}

static void skip_until(struct html *h, const char *end)
{
    size_t n = strlen(end);

    while (h->rest.len >= n && memcmp(h->rest.p, end, n) != 0)
        h->rest = tr_str_from(h->rest, 1);
    h->rest = h->rest.len >= n ? tr_str_from(h->rest, n) : TR_STR("");
}

bool tr_filled_is_page(struct tr_str start)
{
    if (start.len >= 3 && memcmp(start.p, "\xEF\xBB\xBF", 3) == 0)
        start = tr_str_from(start, 3);
    start = tr_text_trim(start);
    return (start.len > 14 && strncasecmp(start.p, "<!doctype html", 14) == 0) ||
           (start.len > 5 && strncasecmp(start.p, "<html", 5) == 0);
}

void tr_filled_page(struct reading *in, struct tr_str html, const struct tr_filled_values *values)
{
    struct html h = {.in = in, .rest = html, .values = values};

    in->elements = page;
    in->marked = false;
    in->page = 1;
    while (h.rest.len > 0 && !in->failed) {
        const char *at = memchr(h.rest.p, '<', h.rest.len);
        struct tr_str text = {h.rest.p, at ? (size_t)(at - h.rest.p) : h.rest.len};

        if (!h.options || h.chosen)
            say_references(&h, text, false);
        h.rest = tr_str_from(h.rest, text.len);
        if (h.rest.len >= 4 && memcmp(h.rest.p, "<!--", 4) == 0) {
            skip_until(&h, "-->");
        } else if (h.rest.len > 1) {
            h.rest = tr_str_from(h.rest, 1);
            if (*h.rest.p == '!' || *h.rest.p == '?')
                skip_until(&h, ">");
            else
                take_tag(&h);
        } else {
            h.rest = TR_STR("");
        }
    }
    while (h.depth > 0 && !in->failed)
        close_one(&h);
    in->text.failed |= h.word.failed;
    tr_buf_clear(&h.word);
    tr_buf_clear(&h.names);
}
