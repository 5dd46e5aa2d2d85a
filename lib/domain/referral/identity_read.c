/* Identities that come by themselves, read as the cells of a referral are. */
#include <stdlib.h>

#include "base/text.h"
#include "domain/profile/field.h"
#include "domain/referral/identity.h"
#include "domain/referral/import_own.h"

static struct tr_identity *identity(struct tr_records *r, uint32_t i)
{
    return (struct tr_identity *)(void *)r->record + i;
}

static void say(struct tr_records *r, uint32_t i, enum tr_field field, enum tr_code code, struct tr_str cell,
                const struct tr_listener *listener)
{
    struct tr_err err, named;

    tr_records_fault(r, i, tr_fields[field].name, code, NULL, NULL, &err);
    if (code == TR_E_IDNUM_LENGTH) {
        unsigned long long digits = 0;

        for (size_t at = 0; at < cell.len; at++)
            digits += cell.p[at] >= '0' && cell.p[at] <= '9';
        tr_err_num(&named, code, digits);
        memcpy(err.arg, named.arg, sizeof err.arg);
    }
    if (code == TR_W_PROTECTION_TEXT || code == TR_E_PROTECTION_HERE)
        *err.value = '\0'; /* what else the cell says may be where somebody lives */
    listener->say(listener->cookie, &err);
}

static void protect(struct tr_identity *who, int32_t mark)
{
    if (mark > who->protection)
        who->protection = mark;
}

/* ---- what texts say ---- */

static void hear_one(const struct tr_guarded_words *w, struct tr_records *r, uint32_t i,
                     const struct tr_listener *listener)
{
    struct tr_identity *who = identity(r, i);
    struct tr_value v[TR_N_FIELDS] = {{.num = 0}};
    enum tr_field field = TR_F_NAME;
    bool whole;
    int32_t said = tr_guarded_named(w, r->profile, who->name, &whole), other;

    if (whole)
        who->name = (struct tr_str){"", 0};
    v[TR_F_PROTECTION].num = -1;
    v[TR_F_CONTACT_NAME].text = who->contact_name;
    v[TR_F_COMMENT].text = who->comment;
    other = tr_guarded_said(w, v, &field);
    if (said >= other)
        field = TR_F_NAME;
    else
        said = other;
    if (said <= who->protection)
        return;
    protect(who, said);
    say(r, i, field, TR_W_PROTECTION_TEXT, (struct tr_str){"", 0}, listener);
}

void tr_identities_hear(struct tr_records *identities, const struct tr_listener *listener)
{
    struct tr_guarded_words words;

    tr_guarded_words_start(&words, identities->profile);
    for (uint32_t i = 0; words.list && i < identities->n; i++)
        hear_one(&words, identities, i, listener);
}

/* ---- who it is ---- */

struct reading {
    struct tr_import *import;
    struct tr_referral *one;
    struct tr_records *records;
    const struct tr_listener *listener;
    uint32_t faults;
    struct tr_buf cell; /* the one in hand: more may be read behind it, see TR_CELL_SLACK */
};

/* Reads a cell, and copies what it means to *text; a cell that cannot be read tells nothing. */
static void read_text(struct reading *in, uint32_t i, enum tr_field field, struct tr_str *text)
{
    const struct tr_row row = {.raw = *text, .line = in->records->line[i]};
    const struct tr_row_step step = {.field = field,
                                     .kind = tr_fields[field].kind,
                                     .shape = tr_fields[field].shape,
                                     .salt = in->import->salt[field],
                                     .memory = &in->import->memory[field],
                                     .list = in->records->profile->of_field[field]};
    struct tr_str cell;
    enum tr_code code;
    int mark;

    in->cell.len = 0;
    if (tr_buf_room(&in->cell, text->len + TR_CELL_SLACK) < 0)
        return;
    tr_buf_str(&in->cell, *text);
    cell = tr_buf_slice(&in->cell);
    in->import->composed.len = 0;
    code = tr_cell_read(in->import, &step, &row, cell, in->one);
    mark = code ? tr_protection_said(in->records->profile, cell) : -1;
    if (mark >= 0) {
        protect(identity(in->records, i), mark);
        say(in->records, i, field, TR_E_PROTECTION_HERE, cell, in->listener);
    } else if (code) {
        say(in->records, i, field, code, cell, in->listener);
        in->faults++;
    }
    *text = in->one->v[field].text = tr_arena_copy(&in->records->text, in->one->v[field].text);
}

static void read_one(struct reading *in, uint32_t i)
{
    struct tr_identity *who = identity(in->records, i);
    struct tr_value *v = in->one->v;
    char year[4];

    for (int f = 0; f < TR_N_FIELDS; f++)
        v[f] = (struct tr_value){.num = -1};
    read_text(in, i, TR_F_BIRTH_YEAR, &who->birth_year);
    read_text(in, i, TR_F_PERSON_ID, &who->person_id);
    who->kind = v[TR_F_PERSON_ID_KIND].text;
    if (tr_birth_told(v, year)) {
        who->birth_year = tr_arena_copy(&in->records->text, v[TR_F_BIRTH_YEAR].text);
    } else if (tr_birth_contradicts(v)) {
        say(in->records, i, TR_F_BIRTH_YEAR, TR_E_BIRTH_YEAR, (struct tr_str){"", 0}, in->listener);
        in->faults++;
    }
}

int tr_identities_settle(struct tr_records *identities, const struct tr_listener *listener, uint32_t *faults)
{
    struct reading in = {.import = tr_import_new(identities->profile, NULL),
                         .one = calloc(1, sizeof *in.one),
                         .records = identities,
                         .listener = listener};
    int rc;

    for (uint32_t i = 0; in.import && in.one && i < identities->n; i++)
        read_one(&in, i);
    tr_identities_hear(identities, listener);
    *faults = in.faults;
    rc = in.import && in.one && !in.cell.failed && !identities->text.failed ? 0 : -1;
    free(in.one);
    tr_import_free(in.import);
    tr_buf_clear(&in.cell);
    return rc;
}
