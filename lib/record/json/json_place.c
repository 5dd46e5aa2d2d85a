#include "base/utf8.h"
#include "record/json/json.h"

/* All of this is about text that jansson took: what is here is a value, and well formed. */

static size_t blank(struct tr_str t, size_t at)
{
    while (at < t.len && strchr(" \t\r\n", t.p[at]) && t.p[at])
        at++;
    return at;
}

/* The place behind the string that begins at at. */
static size_t past_string(struct tr_str t, size_t at)
{
    for (at++; at < t.len && t.p[at] != '"'; at++)
        at += t.p[at] == '\\';
    return at < t.len ? at + 1 : t.len;
}

/* The place behind the value that begins at at. */
static size_t past_value(struct tr_str t, size_t at)
{
    size_t depth = 0;

    do {
        char c = at < t.len ? t.p[at] : '\0';

        if (c == '"') {
            at = past_string(t, at);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= depth > 0 && (c == '}' || c == ']');
        at++;
    } while (at < t.len && (depth > 0 || !strchr(",]}", t.p[at])));
    return at;
}

/* The beginning of what step leads to in the object or array that begins at at; t.len: nothing. The
 * value of a member is found through *value, its name is what is returned. */
static size_t find(struct tr_str t, size_t at, const struct tr_json_step *step, size_t *value)
{
    bool object = at < t.len && t.p[at] == '{';

    if (at == t.len || (!object && t.p[at] != '['))
        return t.len;
    at = blank(t, at + 1);
    for (size_t i = 0; at < t.len && t.p[at] != '}' && t.p[at] != ']'; i++) {
        size_t name = at, end = object ? past_string(t, at) : at;
        struct tr_str key = {t.p + name + 1, object ? end - name - 2 : 0};

        *value = object ? blank(t, blank(t, end) + 1) : at;
        if (object ? step->key.p && tr_str_eq(key, step->key) : !step->key.p && i == step->index)
            return name;
        at = blank(t, past_value(t, *value));
        at = blank(t, at < t.len && t.p[at] == ',' ? at + 1 : at);
    }
    return t.len;
}

bool tr_json_place(struct tr_str text, const struct tr_json_step *steps, size_t n, uint64_t *line,
                   uint32_t *col)
{
    size_t at = blank(text, 0), value = at, start = 0;
    bool found = true;

    for (size_t i = 0; i < n && found; i++) {
        size_t next = find(text, value, &steps[i], &value);

        found = next < text.len;
        at = found ? next : at;
    }
    for (size_t i = 0; i < at; i++)
        if (text.p[i] == '\n') {
            ++*line;
            start = i + 1;
        }
    *col = 1 + (uint32_t)tr_utf8_count((struct tr_str){text.p + start, at - start});
    return found;
}
