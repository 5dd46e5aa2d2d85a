#include "domain/referral/review.h"

#include <stdlib.h>

#define AT(member) offsetof(struct tr_review, member)

static const struct tr_member members[] = {
    {"referral_id", TR_M_ID, .at = AT(referral_id), .needed = true, .filled = true},
    {"free_field", TR_M_TEXT, .at = AT(free_field), .needed = true, .filled = true},
    {"free_text", TR_M_TEXT, .at = AT(free_text), .needed = true},
    {"may_travel", TR_M_BOOL, .at = AT(may_travel), .needed = true},
    {"text_mark", TR_M_TEXT, .at = AT(text_mark), .needed = true, .filled = true},
};

const struct tr_kind tr_review_kind = {
    .name = "review",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_review),
};

struct tr_reviews {
    const struct tr_records *decided;
    struct tr_dict by_cell;
    struct tr_buf key, text[TR_N_REFERRAL_FIELDS];
};

static struct tr_str cell_key(struct tr_reviews *r, struct tr_str id, struct tr_str field)
{
    r->key.len = 0;
    tr_buf_str(&r->key, id);
    tr_buf_char(&r->key, '\n');
    tr_buf_str(&r->key, field);
    return tr_buf_slice(&r->key);
}

static const struct tr_review *row_of(const struct tr_reviews *r, int i)
{
    return (const struct tr_review *)(const void *)r->decided->record + i;
}

struct tr_reviews *tr_reviews_new(const struct tr_records *decided)
{
    struct tr_reviews *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    r->decided = decided;
    for (uint32_t i = 0; i < decided->n; i++) {
        const struct tr_review *row = row_of(r, (int)i);
        int value = (int)i;

        if (tr_dict_add(&r->by_cell, cell_key(r, row->referral_id, row->free_field), &value) < 0 ||
            r->key.failed) {
            tr_reviews_free(r);
            return NULL;
        }
    }
    return r;
}

void tr_reviews_free(struct tr_reviews *r)
{
    if (!r)
        return;
    tr_dict_clear(&r->by_cell);
    tr_buf_wipe(&r->key);
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        tr_buf_wipe(&r->text[f]);
    free(r);
}

static bool is_free(int field, struct tr_str text)
{
    return tr_fields[field].kind == TR_KIND_TEXT && !tr_masks_codes_only(text);
}

/* Whether the cell has no letter outside of brackets: nothing that one could read. */
static bool says_nothing(struct tr_str text)
{
    bool in = false;

    for (size_t i = 0; i < text.len; i++) {
        const unsigned char c = (unsigned char)text.p[i] | 0x20;

        in = text.p[i] == '[' || (in && text.p[i] != ']');
        if (!in && ((c >= 'a' && c <= 'z') || c >= 0x80 || (c >= '0' && c <= '9')))
            return false;
    }
    return true;
}

unsigned tr_review_count(const struct tr_part_cells *cells)
{
    unsigned n = 0;

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        n += is_free(f, cells->travels[f]) && !says_nothing(cells->travels[f]);
    return n;
}

int tr_reviews_apply(struct tr_reviews *r, struct tr_part_cells *cells, struct tr_masks *masks,
                     const struct tr_key *key, const struct tr_value v[],
                     void (*unread)(void *cookie, const struct tr_review *row), void *cookie)
{
    const struct tr_str names[] = {v[TR_F_NAME].text, v[TR_F_CONTACT_NAME].text};
    char code[TR_PSEUDONYM_LEN];

    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        struct tr_str *cell = &cells->travels[f];
        struct tr_review row = {v[TR_F_REFERRAL_ID].text,
                                tr_str(tr_fields[f].name),
                                *cell,
                                -1,
                                {code + 2, TR_TEXT_MARK_LEN}};
        const struct tr_review *decided;
        int i;

        if (!is_free(f, *cell) || says_nothing(*cell))
            continue;
        tr_reference(key, *cell, code);
        i = tr_dict_find(&r->by_cell, cell_key(r, row.referral_id, row.free_field));
        decided = i < 0 ? NULL : row_of(r, i);
        *cell = (struct tr_str){"", 0};
        if (!decided || decided->may_travel < 0 || !tr_str_eq(decided->text_mark, row.text_mark)) {
            unread(cookie, &row);
        } else if (decided->may_travel > 0) {
            r->text[f].len = 0;
            if (tr_masks_hide(masks, TR_NAMES_ALL, decided->free_text, names, 2, &r->text[f]) < 0)
                return -1;
            *cell = tr_buf_slice(&r->text[f]);
        }
    }
    return r->key.failed ? -1 : 0;
}
