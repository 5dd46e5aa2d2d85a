#include "doc/document/document_own.h"

#include <stdlib.h>

#include "base/text.h"
#include "doc/text/show.h"

/* The text made harmless, in the document's own memory. */
static struct tr_str keep(struct tr_document *d, struct tr_str s)
{
    struct tr_buf shown = {0};
    struct tr_str kept;

    tr_show_text(s, &shown);
    d->failed |= shown.failed;
    kept = tr_arena_copy(&d->text, tr_buf_slice(&shown));
    d->failed |= d->text.failed;
    tr_buf_clear(&shown);
    return kept;
}

void tr_document_start(struct tr_document *d, const struct tr_profile *profile, enum tr_lang lang,
                       struct tr_str reference, struct tr_str author, struct tr_str day)
{
    *d = (struct tr_document){.profile = profile, .lang = lang, .control_day = TR_NO_DAY};
    d->reference = keep(d, reference);
    d->filed = tr_arena_copy(&d->text, reference);
    d->hides = !tr_str_eq(d->filed, d->reference);
    d->author = keep(d, author);
    d->day = keep(d, day);
}

void tr_document_mark(struct tr_document *d, struct tr_str words)
{
    struct tr_buf all = {0};

    if (words.len == 0)
        return;
    tr_buf_str(&all, d->reference);
    tr_buf_text(&all, all.len ? " · " : "");
    tr_buf_str(&all, words);
    d->reference = keep(d, tr_buf_slice(&all));
    d->failed |= all.failed;
    tr_buf_clear(&all);
}

void tr_document_clear(struct tr_document *d)
{
    free(d->node);
    tr_arena_clear(&d->text);
    *d = (struct tr_document){0};
}

/* Adds a node at the end; NULL when memory is out. */
static struct tr_node *add(struct tr_document *d, enum tr_node_kind kind, int level,
                           struct tr_str text)
{
    if (d->n == d->room) {
        uint32_t room = d->room ? 2 * d->room : 64;
        struct tr_node *more = realloc(d->node, room * sizeof *more);

        if (!more) {
            d->failed = true;
            return NULL;
        }
        d->node = more;
        d->room = room;
    }
    d->node[d->n] = (struct tr_node){.kind = kind,
                                     .level = level,
                                     .end = d->n + 1,
                                     .text = keep(d, text),
                                     .day = TR_NO_DAY};
    return &d->node[d->n++];
}

void tr_document_open(struct tr_document *d, enum tr_node_kind kind, int level, struct tr_str text)
{
    d->open[d->depth++] = d->n;
    add(d, kind, level, text);
}

void tr_document_close(struct tr_document *d)
{
    uint32_t at = d->open[--d->depth];

    if (at < d->n)
        d->node[at].end = d->n;
}

/* A run for each line, with breaks between. */
static void add_lines(struct tr_document *d, enum tr_node_kind kind, struct tr_str text)
{
    struct tr_str line;
    bool first = true;

    while (tr_str_part(&text, '\n', &line)) {
        if (!first)
            add(d, TR_D_BREAK, 0, TR_STR(""));
        if (line.len > 0 && line.p[line.len - 1] == '\r')
            line.len--;
        if (line.len > 0)
            add(d, kind, 0, line);
        first = false;
    }
}

void tr_document_control(struct tr_document *d, enum tr_control control,
                         const struct tr_list *choices)
{
    d->control = control;
    d->choices = choices;
    d->control_day = TR_NO_DAY;
}

void tr_document_control_day(struct tr_document *d, int32_t day)
{
    tr_document_control(d, TR_C_DATE, NULL);
    d->control_day = day;
}

/* The lines of a field stay together. */
static void add_field(struct tr_document *d, enum tr_node_kind kind, int level, struct tr_str text)
{
    struct tr_node *node = add(d, kind, level, TR_STR(""));
    struct tr_buf all = {0};
    struct tr_str line;

    while (node && tr_str_part(&text, '\n', &line)) {
        struct tr_str shown = keep(d, line);

        tr_buf_text(&all, all.len > 0 ? "\n" : "");
        tr_buf_str(&all, shown);
    }
    if (node)
        node->text = tr_arena_copy(&d->text, tr_buf_slice(&all));
    d->failed |= all.failed | d->text.failed;
    tr_buf_clear(&all);
}

/* Without fields a text of several lines is none. */
void tr_document_run(struct tr_document *d, enum tr_node_kind kind, int level, struct tr_str text)
{
    uint32_t from = d->n;

    if (d->fields && d->control != TR_C_NONE)
        add_field(d, kind, level, text);
    else if (kind == TR_D_TEXT || kind == TR_D_STRONG)
        add_lines(d, kind, text);
    else
        add(d, kind, level, text);
    if (d->n == from + 1) {
        d->node[from].control = d->control;
        d->node[from].choices = d->choices;
        d->node[from].day = d->control_day;
    }
    d->control = TR_C_NONE;
}

void tr_document_say(struct tr_document *d, enum tr_node_kind block, int level, struct tr_str text)
{
    tr_document_open(d, block, level, TR_STR(""));
    tr_document_run(d, TR_D_TEXT, 0, text);
    tr_document_close(d);
    if (block == TR_D_HEADING && level == 1)
        d->title = keep(d, text);
}

struct tr_str tr_document_word(const struct tr_document *d, const char *key)
{
    return tr_profile_text(d->profile, key, d->lang);
}

void tr_document_foot(const struct tr_document *d, struct tr_buf *out)
{
    const struct tr_fill fills[] = {{"value", d->reference}, {NULL, {NULL, 0}}};

    tr_buf_str(out, d->author);
    if (d->reference.len > 0) {
        tr_buf_text(out, out->len > 0 ? " · " : "");
        tr_text_fill(tr_document_word(d, "document.reference"), fills, out);
    }
    if (d->day.len > 0) {
        tr_buf_text(out, out->len > 0 ? " · " : "");
        tr_show_date(d->day, d->lang, out);
    }
}
