#include "domain/profile/kind_own.h"
#include "domain/profile/plain.h"

#include <stdlib.h>

static void say_nothing(void *cookie, const struct tr_err *err)
{
    (void)cookie, (void)err;
}

const struct tr_listener tr_listener_deaf = {say_nothing, NULL};

/* ---- members in a record ---- */

void tr_member_clear(const struct tr_member *m, void *record)
{
    switch (m->kind) {
    case TR_M_TEXT:
    case TR_M_ID:
    case TR_M_MUNICIPALITY:
    case TR_M_LIST:
        *text_at(m, record) = (struct tr_str){"", 0};
        break;
    case TR_M_CODES:
        *codes_at(m, record) = 0;
        break;
    default:
        *number_at(m, record) = -1; /* also TR_NO_DAY */
        break;
    }
}

void tr_kind_init(const struct tr_kind *kind, void *record)
{
    memset(record, 0, kind->size);
    for (uint32_t m = 0; m < kind->n_members; m++)
        tr_member_clear(&kind->member[m], record);
}

const struct tr_list *tr_member_list(const struct tr_profile *profile, const struct tr_member *m)
{
    return tr_profile_list(profile, m->kind == TR_M_BOOL ? "bool" : m->list);
}

void tr_kind_lists(const struct tr_kind *kind, const struct tr_profile *profile,
                   const struct tr_list **lists)
{
    for (uint32_t m = 0; m < kind->n_members; m++)
        lists[m] = tr_member_has_codes(&kind->member[m]) ? tr_member_list(profile, &kind->member[m])
                                                         : NULL;
}

int tr_kind_member(const struct tr_kind *kind, struct tr_str name)
{
    for (uint32_t m = 0; m < kind->n_members; m++)
        if (tr_str_is(name, kind->member[m].name))
            return (int)m;
    return -1;
}

/* ---- sets of records ---- */

void tr_records_start(struct tr_records *r, const struct tr_kind *kind,
                      const struct tr_profile *profile, const char *source)
{
    *r = (struct tr_records){.kind = kind, .profile = profile, .source = source};
}

void *tr_records_add(struct tr_records *r, uint64_t line)
{
    char *record;

    if (!r->blank) {
        if (!(r->blank = malloc(r->kind->size)))
            return NULL;
        tr_kind_init(r->kind, r->blank);
    }
    if (r->n == r->room) {
        size_t room = r->room ? 2 * r->room : 8;
        uint64_t *lines;

        record = realloc(r->record, room * r->kind->size);
        if (!record)
            return NULL;
        r->record = record;
        lines = realloc(r->line, room * sizeof *lines);
        if (!lines)
            return NULL;
        r->line = lines;
        r->room = room;
    }
    r->line[r->n] = line;
    record = r->record + r->n++ * r->kind->size;
    memcpy(record, r->blank, r->kind->size);
    return record;
}

void tr_records_clear(struct tr_records *r)
{
    free(r->record);
    free(r->blank);
    free(r->line);
    tr_arena_clear(&r->text);
    tr_buf_clear(&r->scratch);
    tr_dict_clear(&r->ids);
    if (r->reading) {
        free(r->reading->known);
        tr_spellings_clear(&r->reading->unread);
        tr_kind_ahead_free(r->reading->ahead);
    }
    free(r->reading);
    *r = (struct tr_records){0};
}

int tr_records_permute(struct tr_records *r, const uint32_t *order)
{
    size_t size = r->kind->size;
    char *record = malloc((r->n + (size_t)1) * size);
    uint64_t *line = malloc((r->n + (size_t)1) * sizeof *line);
    int rc = record && line ? 0 : -1;

    tr_dict_clear(&r->ids);
    for (uint32_t i = 0; rc == 0 && i < r->n; i++) {
        int number = (int)i;

        memcpy(record + i * size, r->record + order[i] * size, size);
        line[i] = r->line[order[i]];
        if (r->kind->keyed &&
            tr_dict_add(&r->ids, *text_at(&r->kind->member[0], record + i * size), &number) < 0)
            rc = -1;
    }
    if (rc < 0) {
        free(record);
        free(line);
        return -1;
    }
    free(r->record);
    free(r->line);
    r->record = record;
    r->line = line;
    r->room = r->n + (size_t)1;
    return 0;
}

int tr_records_find(const struct tr_records *r, struct tr_str id)
{
    return tr_dict_find(&r->ids, id);
}

int tr_records_fault(const struct tr_records *r, uint32_t i, const char *member, enum tr_code code,
                     const char *a, const char *b, struct tr_err *err)
{
    int m = tr_kind_member(r->kind, tr_str(member));

    tr_err_set(err, code, a, b, NULL);
    err->source = r->source;
    err->line = r->line[i];
    tr_err_field(err, tr_str(member));
    if (m >= 0 && tr_member_is_text(&r->kind->member[m]))
        tr_err_value(err, *text_at(&r->kind->member[m], r->record + i * r->kind->size));
    return -1;
}
