#include "base/text.h"
#include "domain/referral/import_own.h"

struct tr_err *tr_fault_add(const struct tr_binding *b, const struct tr_row *row, int column,
                            enum tr_code code, struct tr_referral *out)
{
    struct tr_err *err =
        &out->fault[out->n_faults < TR_FAULTS_MAX - 1 ? out->n_faults++ : TR_FAULTS_MAX - 1];

    tr_err_set(err, code, NULL, NULL, NULL);
    err->source = b->source;
    err->line = row->line;
    if (column >= 0 && b->delimiter)
        tr_row_place(row, (uint32_t)column, b->delimiter, &err->line, &err->col);
    return err;
}

void tr_fault_cell(struct tr_import *im, const struct tr_binding *b, const struct tr_row *row,
                   uint32_t column, enum tr_code code, struct tr_str cell, struct tr_referral *out)
{
    int field = b->field[column];
    struct tr_err *err = tr_fault_add(b, row, (int)column, code, out), text;

    if (code == TR_E_CODE)
        tr_spellings_fault(&im->unread, field, im->profile->of_field[field], tr_text_trim(cell), &text);
    else if (code == TR_E_PROTECTION) {
        tr_spellings_add(&im->unread, field, tr_text_trim(cell));
        tr_list_labels(im->profile->of_field[field], &text);
        text.code = code;
    } else if (code == TR_E_ID_SIZE)
        tr_err_num(&text, code, TR_ID_MAX);
    else if (code == TR_E_IDNUM_LENGTH) {
        unsigned long long digits = 0;

        for (size_t i = 0; i < cell.len; i++)
            digits += cell.p[i] >= '0' && cell.p[i] <= '9';
        tr_err_num(&text, code, digits);
    } else
        tr_err_set(&text, code, NULL, NULL, NULL);
    err->code = text.code;
    memcpy(err->arg, text.arg, sizeof err->arg);
    tr_err_field(err, tr_str(tr_fields[field < 0 ? TR_F_NAME : field].name)); /* a part of one is no field */
    if (b->delimiter)
        tr_err_column(err, column, b->header[column]);
    if (code != TR_E_PROTECTION_HERE && code != TR_W_PROTECTION_TEXT) /* what else the cell says may be where somebody lives */
        tr_err_value(err, tr_text_trim(cell));
}
