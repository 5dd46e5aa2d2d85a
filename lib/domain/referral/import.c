#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/text.h"
#include "domain/referral/import_own.h"

static const struct tr_value unknown = {.num = -1};

struct tr_import *tr_import_new(const struct tr_profile *p, const char *folder)
{
    struct tr_import *im = calloc(1, sizeof *im);

    if (!im)
        return NULL;
    im->profile = p;
    im->unknown = tr_profile_list(p, "unknown");
    for (int f = 0; f < TR_N_FIELDS; f++)
        im->salt[f] = tr_hash((const char *)&f, sizeof f, 0) | 1;
    im->memory = calloc(TR_N_FIELDS, sizeof *im->memory);
    im->folder = folder;
    if (im->memory)
        return im;
    tr_import_free(im);
    return NULL;
}

void tr_import_free(struct tr_import *im)
{
    if (!im)
        return;
    for (size_t i = 0; i < im->n_extras; i++)
        free((void *)(uintptr_t)im->extra[i].p);
    free(im->extra);
    free(im->sources);
    free(im->memory);
    tr_seen_free(im->seen);
    tr_buf_clear(&im->composed);
    free(im);
}

static bool is_blank(const struct tr_row *row)
{
    for (uint32_t c = 0; c < row->n; c++)
        if (tr_text_trim(tr_row_cell(row, c)).len > 0)
            return false;
    return true;
}

/* The year of birth that the identity number tells, held against the one given. */
static void settle_birth_year(struct tr_import *im, const struct tr_binding *b,
                              const struct tr_row *row, struct tr_referral *out)
{
    struct tr_value *year = &out->v[TR_F_BIRTH_YEAR];
    int told = out->v[TR_F_PERSON_ID].num, column;

    if (told <= 0)
        return;
    if (year->text.len == 0) {
        for (int i = 3, rest = told; i >= 0; i--, rest /= 10)
            im->year[i] = (char)('0' + rest % 10);
        *year = (struct tr_value){.text = {im->year, 4}, .num = told};
        out->content += tr_hash(im->year, 4, im->salt[TR_F_BIRTH_YEAR]);
        return;
    }
    if (year->num == told)
        return;
    column = tr_binding_column(b, TR_F_BIRTH_YEAR);
    tr_fault_cell(im, b, row, (uint32_t)column, TR_E_BIRTH_YEAR, tr_row_cell(row, (uint32_t)column),
                  out);
}

/* Empties what the columns of b will not set anew. */
static void forget(const struct tr_binding *b, struct tr_referral *out)
{
    out->v[TR_F_PERSON_ID_KIND] = out->v[TR_F_BIRTH_YEAR] = unknown;
    if (out->binding == b)
        return;
    out->binding = b;
    for (int f = 0; f < TR_N_FIELDS; f++)
        out->v[f] = unknown;
}

int tr_import_fields(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                     uint64_t wanted, struct tr_referral *out)
{
    out->n_faults = 0;
    out->content = 0;
    im->composed.len = 0;
    if (row->bad) {
        out->fault[out->n_faults++] = row->fault;
        return TR_IMPORT_REJECTED;
    }
    if (tr_row_cell(row, 0).len == 0 && is_blank(row))
        return TR_IMPORT_BLANK;
    forget(b, out);
    tr_cells_read(im, b, row, wanted, out);
    if (wanted >> TR_F_BIRTH_YEAR & 1)
        settle_birth_year(im, b, row, out);
    return out->n_faults ? TR_IMPORT_REJECTED : TR_IMPORT_GOOD;
}

/* As tr_seen_add, for the row in hand. */
static int remember(struct tr_import *im, struct tr_mark mark, struct tr_sighting *sight,
                    struct tr_err *err)
{
    if (!im->seen && !(im->seen = tr_seen_new(im->folder)))
        return tr_err_memory(err);
    return tr_seen_add(im->seen, mark.id, sight, err);
}

struct tr_mark tr_import_mark(const struct tr_referral *referral)
{
    return (struct tr_mark){referral->id, referral->content};
}

void tr_import_expect(const struct tr_import *im, struct tr_mark mark)
{
    if (im->seen)
        tr_seen_expect(im->seen, mark.id);
}

int tr_import_first(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                    struct tr_mark mark, struct tr_err *err)
{
    struct tr_sighting sight = {mark.content, b->number, (uint32_t)row->line};
    int rc = remember(im, mark, &sight, err);

    return rc < 0 ? -1 : !rc;
}

int tr_import_row(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                  uint64_t wanted, struct tr_referral *out, struct tr_err *err)
{
    struct tr_sighting sight;
    struct tr_err *fault;
    char line[24];
    int rc = tr_import_fields(im, b, row, wanted, out);

    if (im->composed.failed)
        return tr_err_memory(err);
    if (rc != TR_IMPORT_GOOD)
        return rc;
    sight = (struct tr_sighting){out->content, b->number, (uint32_t)row->line};
    rc = remember(im, tr_import_mark(out), &sight, err);
    if (rc <= 0)
        return rc < 0 ? -1 : TR_IMPORT_GOOD;
    if (sight.content == out->content)
        return TR_IMPORT_TWICE;
    snprintf(line, sizeof line, "%u", sight.line);
    fault = tr_fault_add(b, row, tr_binding_column(b, TR_F_REFERRAL_ID), TR_E_ID_TWICE, out);
    tr_err_copy(fault->arg[0], sizeof fault->arg[0], tr_str(im->sources[sight.source]));
    tr_err_copy(fault->arg[1], sizeof fault->arg[1], tr_str(line));
    tr_err_field(fault, TR_STR("referral_id"));
    tr_err_value(fault, out->v[TR_F_REFERRAL_ID].text);
    return TR_IMPORT_REJECTED;
}
