#include "record/json/json.h"

#include <stdio.h>

#include "record/json/json_own.h"

static json_t *real(const struct tr_json *value)
{
    return (json_t *)(uintptr_t)value;
}

static void add_scalar(json_t *value, struct tr_buf *out)
{
    char text[40];
    struct tr_str s = {text, 0};

    switch (json_typeof(value)) {
    case JSON_TRUE:
        s = TR_STR("ja");
        break;
    case JSON_FALSE:
        s = TR_STR("nei");
        break;
    case JSON_INTEGER:
        s.len = (size_t)snprintf(text, sizeof text, "%lld", (long long)json_integer_value(value));
        break;
    case JSON_REAL:
        s.len = (size_t)snprintf(text, sizeof text, "%.15g", json_real_value(value));
        break;
    case JSON_STRING:
        s = (struct tr_str){json_string_value(value), json_string_length(value)};
        break;
    default:
        break;
    }
    tr_buf_str(out, s);
}

bool tr_json_flat(json_t *value, struct tr_buf *out)
{
    json_t *part;
    size_t i;

    if (json_is_object(value))
        return false;
    if (!json_is_array(value)) {
        add_scalar(value, out);
        return true;
    }
    json_array_foreach(value, i, part)
    {
        if (json_is_array(part) || json_is_object(part))
            return false;
        if (i > 0)
            tr_buf_char(out, '|');
        add_scalar(part, out);
    }
    return true;
}

void tr_json_fault(const json_error_t *why, char *out, size_t size)
{
    static const struct {
        enum json_error_code code;
        const char *text;
    } own[] = {
        {json_error_null_character, "\\u0000"},
        {json_error_null_byte_in_key, "\\u0000"},
        {json_error_duplicate_key, "duplicate object key"},
    };
    const char *near = strstr(why->text, " near ");

    tr_err_copy(out, size,
                (struct tr_str){why->text, near ? (size_t)(near - why->text) : strlen(why->text)});
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (json_error_code(why) == own[i].code)
            tr_err_copy(out, size, tr_str(own[i].text));
}

static int no_document(struct tr_err *err, const char *path, const json_error_t *why,
                       bool no_object, uint64_t line)
{
    char text[160];

    tr_json_fault(why, text, sizeof text);
    tr_err_set(err, TR_E_DOCUMENT, no_object ? "{ … }" : text, NULL, NULL);
    err->source = path;
    err->line = line + (no_object || why->line < 1 ? 0 : (uint64_t)why->line - 1);
    err->col = no_object || why->column < 1 ? 1 : (uint32_t)why->column;
    return -1;
}

/* The text without a byte order mark. */
static struct tr_str without_mark(struct tr_str text)
{
    if (text.len >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0)
        return (struct tr_str){text.p + 3, text.len - 3};
    return text;
}

/* Refuses a NUL byte, which jansson takes for the end. */
static bool has_nul(struct tr_str text, const char *path, uint64_t line, struct tr_err *err)
{
    const char *nul = text.len ? memchr(text.p, '\0', text.len) : NULL;
    const char *start = text.p;

    if (!nul)
        return false;
    tr_err_set(err, TR_E_DOCUMENT, "NUL", NULL, NULL);
    err->source = path;
    err->line = line;
    for (const char *p = start; p < nul; p++)
        if (*p == '\n') {
            err->line++;
            start = p + 1;
        }
    err->col = 1;
    for (const char *p = start; p < nul; p++)
        err->col += ((unsigned char)*p & 0xC0) != 0x80; /* characters, not bytes */
    return true;
}

struct tr_json *tr_json_parse(struct tr_str text, const char *path, struct tr_err *err)
{
    json_error_t why;
    json_t *value;

    text = without_mark(text);
    if (has_nul(text, path, 1, err))
        return NULL;
    value = json_loadb(text.p ? text.p : "", text.len, JSON_REJECT_DUPLICATES, &why);
    if (json_is_object(value))
        return (struct tr_json *)value;
    no_document(err, path, &why, value != NULL, 1);
    json_decref(value);
    return NULL;
}

/* Takes so much off the text, and counts the lines that go. */
static void skip(struct tr_json_stream *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        s->line += s->rest.p[i] == '\n';
    s->rest = (struct tr_str){s->rest.p + n, s->rest.len - n};
}

int tr_json_next(struct tr_json_stream *s, struct tr_json **out, uint64_t *line, struct tr_err *err)
{
    size_t blank = 0;
    json_error_t why;
    json_t *value;

    if (s->line == 1)
        s->rest = without_mark(s->rest);
    while (blank < s->rest.len && strchr(" \t\r\n", s->rest.p[blank]) && s->rest.p[blank])
        blank++;
    skip(s, blank);
    if (s->rest.len == 0)
        return 0;
    if (!s->no_nul && has_nul(s->rest, s->path, s->line, err))
        return -1;
    s->no_nul = true;
    *line = s->line;
    value =
        json_loadb(s->rest.p, s->rest.len, JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &why);
    if (!json_is_object(value)) {
        no_document(err, s->path, &why, value != NULL, s->line);
        json_decref(value);
        return -1;
    }
    s->object = (struct tr_str){s->rest.p, (size_t)why.position};
    skip(s, (size_t)why.position);
    *out = (struct tr_json *)value;
    return 1;
}

void tr_json_free(struct tr_json *document)
{
    json_decref(real(document));
}

struct tr_json *tr_json_member(const struct tr_json *object, struct tr_str name)
{
    return (struct tr_json *)json_object_getn(real(object), name.p, name.len);
}

size_t tr_json_size(const struct tr_json *value)
{
    json_t *v = real(value);

    return json_is_array(v) ? json_array_size(v) : json_object_size(v);
}

struct tr_json *tr_json_at(const struct tr_json *array, size_t i)
{
    return (struct tr_json *)json_array_get(real(array), i);
}

bool tr_json_each(const struct tr_json *object, void **place, struct tr_str *name,
                  struct tr_json **value)
{
    json_t *o = real(object);

    *place = *place ? json_object_iter_next(o, *place) : json_object_iter(o);
    if (!*place)
        return false;
    *name = (struct tr_str){json_object_iter_key(*place), json_object_iter_key_len(*place)};
    *value = (struct tr_json *)json_object_iter_value(*place);
    return true;
}

enum tr_json_type tr_json_type(const struct tr_json *value)
{
    json_t *v = real(value);

    return !v || json_is_null(v) ? TR_JSON_NULL
           : json_is_object(v)   ? TR_JSON_OBJECT
           : json_is_array(v)    ? TR_JSON_ARRAY
                                 : TR_JSON_SCALAR;
}

bool tr_json_cell(const struct tr_json *value, struct tr_buf *out)
{
    return !value || tr_json_flat(real(value), out);
}

struct tr_str tr_json_text(const struct tr_json *value)
{
    json_t *v = real(value);

    return json_is_string(v) ? (struct tr_str){json_string_value(v), json_string_length(v)}
                             : (struct tr_str){"", 0};
}
