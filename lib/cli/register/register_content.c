#include "base/hash.h"
#include "cli/app/memory.h"
#include "cli/register/register.h"

enum { COLUMNS_MAX = 256 };

/* The fields of the sealed text, without what follows them. */
static struct tr_str fields_of(struct tr_str open)
{
    size_t at = 0;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS && at < open.len; f++) {
        const char *end;

        if (!tr_field_is_sealed(f))
            continue;
        end = memchr(open.p + at, '\x1F', open.len - at);
        at = end ? (size_t)(end - open.p) + 1 : open.len;
    }
    return (struct tr_str){open.p, at};
}

uint32_t tr_register_tag(struct tr_str name)
{
    return (uint32_t)tr_hash(name.p, name.len, 0);
}

void tr_register_content(const struct tr_key *key, const uint32_t *tags, const struct tr_str *cells,
                         size_t n, struct tr_str open, struct tr_buf *scratch,
                         unsigned char out[TR_MARK_LEN])
{
    struct tr_parts parts;
    size_t size = 0;
    char *at;

    parts.n = 0;
    scratch->len = 0;
    for (size_t i = 0; i < n; i++)
        size += cells[i].len ? 2 * sizeof(uint32_t) + cells[i].len : 0;
    if (tr_buf_room(scratch, size) < 0)
        return;
    at = scratch->p;
    for (size_t i = 0; i < n; i++)
        if (cells[i].len > 0) {
            const uint32_t head[] = {tags[i], (uint32_t)cells[i].len};

            memcpy(at, head, sizeof head);
            memcpy(at + sizeof head, cells[i].p, cells[i].len);
            at += sizeof head + cells[i].len;
        }
    scratch->len = size;
    tr_parts_text(&parts, tr_buf_slice(scratch));
    tr_parts_text(&parts, fields_of(open));
    tr_mac(key, "transition content", &parts, out, TR_MARK_LEN);
}

void tr_register_event_id(const unsigned char content[TR_MARK_LEN], char out[TR_EVENT_ID_LEN])
{
    tr_hex(content, TR_MARK_LEN, out);
}

int tr_register_content_of_old(void *cookie, const struct tr_store_old *old)
{
    const struct tr_register *r = cookie;
    struct tr_str names[COLUMNS_MAX], cells[COLUMNS_MAX];
    uint32_t tags[COLUMNS_MAX];
    struct tr_buf columns = {0}, body = {0}, scratch = {0};
    size_t n = COLUMNS_MAX, n_cells = COLUMNS_MAX;
    char id[TR_EVENT_ID_LEN];
    bool failed;

    if (!old)
        return tr_memory_out() ? -1 : 0;
    tr_buf_str(&columns, old->columns);
    tr_buf_str(&body, old->body);
    tr_csv_cut(columns.p, columns.len, names, &n);
    tr_csv_cut(body.p, body.len, cells, &n_cells);
    for (size_t i = 0; i < n; i++)
        tags[i] = tr_register_tag(names[i]);
    tr_register_content(&r->keys->secret[TR_SECRET_CONTENT], tags, cells, n < n_cells ? n : n_cells,
                        old->open, &scratch, old->content);
    if (tr_str_is(old->kind, tr_record_kind_names[TR_RECORD_EVENT])) {
        tr_register_event_id(old->content, id);
        tr_buf_add(old->id, id, sizeof id);
    }
    failed = columns.failed || body.failed || scratch.failed;
    tr_buf_clear(&columns);
    tr_buf_clear(&body);
    tr_buf_clear(&scratch);
    return failed ? -1 : 0;
}
