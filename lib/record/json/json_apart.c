/* Documents whose long arrays are read a value at a time.
 *
 * Problem. A certificate of 100,000 persons has 48 MB, and as a tree it is several times as large: most of the
 * time goes into making that tree and taking it down.
 *
 * Idea. Our own documents have each value of such an array on a line of its own, between `"name":[` and `]`
 * on lines of theirs. A string has no raw line end, so these lines are cut out as they are, and in their place
 * stands a mark. What is left is parsed as a whole, each line when its turn comes.
 *
 * Invariant. What is read is what the whole would be: the mark must be all that the array of the document
 * itself holds, so that lines of an array elsewhere are never taken for it; and each line must be one object.
 * Whatever does not fit so is refused here, and is to be parsed as a whole, which tells what is wrong. */
#define _GNU_SOURCE
#include <stdio.h>

#include "record/json/json.h"
#include "record/json/json_own.h"

enum { NAME_MAX_LEN = 40, MARK_LEN = 24 };

/* The lines from p on that are values of an array, up to the line that ends it; NULL: they are written
 * otherwise. */
static const char *end_of_lines(const char *p, const char *end)
{
    bool more = true;

    while (more) {
        const char *feed = memchr(p, '\n', (size_t)(end - p));

        if (!feed || feed - p < 4 || memcmp(p, "  {", 3) != 0)
            return NULL;
        more = feed[-1] == ',';
        if (feed[more ? -2 : -1] != '}')
            return NULL;
        p = feed + 1;
    }
    return p < end && *p == ']' ? p : NULL;
}

/* Finds the array of this name and cuts out its lines, from *at on. */
static void cut_out(struct tr_str text, size_t *at, const char *name, int number, struct tr_str *lines,
                    struct tr_buf *rest)
{
    char head[NAME_MAX_LEN + 8], mark[MARK_LEN];
    const char *from, *to;
    int n = snprintf(head, sizeof head, ",\n\"%s\":[\n", name);

    *lines = (struct tr_str){0};
    if (n < 0 || (size_t)n >= sizeof head || text.len == 0)
        return;
    from = memmem(text.p + *at, text.len - *at, head, (size_t)n);
    to = from ? end_of_lines(from + n, text.p + text.len) : NULL;
    if (!to)
        return;
    *lines = (struct tr_str){from + n, (size_t)(to - from) - (size_t)n};
    tr_buf_add(rest, text.p + *at, (size_t)(from - text.p) + (size_t)n - *at);
    snprintf(mark, sizeof mark, "\"lines %d\"", number);
    tr_buf_text(rest, mark);
    *at = (size_t)(to - text.p);
}

static bool is_marked(const struct tr_json *d, const char *name, int number)
{
    const struct tr_json *array = tr_json_member(d, tr_str(name));
    char mark[MARK_LEN];

    snprintf(mark, sizeof mark, "lines %d", number);
    return tr_json_type(array) == TR_JSON_ARRAY && tr_json_size(array) == 1 &&
           tr_str_is(tr_json_text(tr_json_at(array, 0)), mark);
}

struct tr_json *tr_json_parse_apart(struct tr_str text, const char *const *names, size_t n,
                                    struct tr_json_values *values)
{
    struct tr_json *d = NULL;
    struct tr_buf rest = {0};
    struct tr_err err; /* whatever it says, it is said of the whole */
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        values[i] = (struct tr_json_values){0};
        cut_out(text, &at, names[i], (int)i, &values[i].lines, &rest);
    }
    if (at > 0 && !memchr(text.p, '\0', text.len)) {
        tr_buf_add(&rest, text.p + at, text.len - at);
        d = rest.failed ? NULL : tr_json_parse(tr_buf_slice(&rest), "", &err);
    }
    tr_buf_clear(&rest);
    for (size_t i = 0; i < n && d; i++) {
        values[i].array = tr_json_member(d, tr_str(names[i]));
        if (values[i].lines.p && !is_marked(d, names[i], (int)i)) {
            tr_json_free(d);
            d = NULL;
        }
    }
    return d;
}

static int next_line(struct tr_json_values *v, struct tr_json **out)
{
    const char *feed = memchr(v->lines.p, '\n', v->lines.len);
    size_t n = (size_t)(feed - v->lines.p);
    json_error_t why;

    v->held = (struct tr_json *)json_loadb(v->lines.p, n - (feed[-1] == ','), JSON_REJECT_DUPLICATES, &why);
    v->lines = (struct tr_str){feed + 1, v->lines.len - n - 1};
    *out = v->held;
    return tr_json_type(v->held) == TR_JSON_OBJECT ? 1 : -1;
}

int tr_json_values_next(struct tr_json_values *v, struct tr_json **out)
{
    tr_json_free(v->held);
    v->held = NULL;
    if (v->lines.p)
        return v->lines.len > 0 ? next_line(v, out) : 0;
    if (v->next == tr_json_size(v->array))
        return 0;
    *out = tr_json_at(v->array, v->next++);
    return 1;
}
