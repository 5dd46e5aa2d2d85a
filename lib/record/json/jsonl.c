#include "record/json/jsonl.h"

#include "record/json/json_own.h"

static void add_doubled(struct tr_str s, struct tr_buf *out)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '"')
            tr_buf_char(out, '"');
        tr_buf_char(out, s.p[i]);
    }
}

static void end_cell(struct tr_buf *plain, struct tr_buf *seps)
{
    uint32_t end;

    tr_buf_char(plain, '"');
    end = (uint32_t)plain->len;
    tr_buf_char(plain, ',');
    tr_buf_add(seps, &end, sizeof end);
}

/* flat: room for a value's text. */
static int add_value(json_t *value, struct tr_str key, struct tr_buf *flat, struct tr_buf *plain,
                     struct tr_buf *seps, struct tr_err *err)
{
    flat->len = 0;
    if (value && !tr_json_flat(value, flat)) {
        tr_err_set(err, TR_E_JSON_NESTED, NULL, NULL, NULL);
        tr_err_field(err, key);
        return -1;
    }
    plain->failed |= flat->failed;
    tr_buf_char(plain, '"');
    add_doubled(tr_buf_slice(flat), plain);
    end_cell(plain, seps);
    return 0;
}

/* The first key of object that is not among keys; there is one. */
static const char *unexpected(json_t *object, const struct tr_str *keys, uint32_t n)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        uint32_t i = 0;

        while (i < n && !tr_str_is(keys[i], key))
            i++;
        if (i == n)
            return key;
    }
    return "";
}

int tr_jsonl_row(struct tr_str line, const struct tr_str *keys, uint32_t n, struct tr_buf *plain,
                 struct tr_buf *seps, struct tr_err *err)
{
    json_error_t why;
    json_t *object = json_loadb(line.p, line.len, JSON_REJECT_DUPLICATES, &why);
    json_t *value;
    struct tr_buf flat = {0};
    char text[160];
    const char *key;
    size_t known = 0;
    int rc = -1;

    if (line.len > 0 && memchr(line.p, '\0', line.len)) { /* jansson takes it for the end */
        tr_err_set(err, TR_E_NUL, NULL, NULL, NULL);
        err->col = 1 + (uint32_t)((const char *)memchr(line.p, '\0', line.len) - line.p);
        goto out;
    }
    if (!json_is_object(object)) {
        if (!object)
            tr_json_fault(&why, text, sizeof text);
        tr_err_set(err, TR_E_JSON, object ? "{ … }" : text, NULL, NULL);
        err->col = object || why.position < 1        ? 1
                   : (size_t)why.position > line.len ? (uint32_t)line.len
                                                     : (uint32_t)why.position;
        goto out;
    }
    if (!keys) {
        json_object_foreach(object, key, value)
        {
            tr_buf_char(plain, '"');
            add_doubled(tr_str(key), plain);
            end_cell(plain, seps);
        }
        rc = (int)json_object_size(object);
        goto out;
    }
    for (uint32_t i = 0; i < n; i++) {
        value = json_object_getn(object, keys[i].p, keys[i].len);
        known += value != NULL;
        if (add_value(value, keys[i], &flat, plain, seps, err) < 0)
            goto out;
    }
    if (known < json_object_size(object)) {
        tr_err_set(err, TR_E_JSON_KEY, NULL, NULL, NULL);
        tr_err_field(err, tr_str(unexpected(object, keys, n)));
        goto out;
    }
    rc = (int)n;
out:
    tr_buf_clear(&flat);
    json_decref(object);
    return rc;
}
