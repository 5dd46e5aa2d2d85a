#include "cli/register/register_own.h"

void tr_put_add_plain(struct tr_buf *b, struct tr_str s)
{
    size_t from = b->len;

    tr_buf_str(b, s);
    for (size_t i = from; i < b->len; i++)
        if (b->p[i] == '\x1F')
            b->p[i] = ' ';
}

struct tr_str tr_put_open(const struct tr_binding *b, const struct tr_row *row,
                          const struct tr_value v[], struct tr_buf *open)
{
    bool any = false, first = true;

    open->len = 0;
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++) {
        if (!tr_field_is_sealed(f))
            continue;
        tr_put_add_plain(open, v[f].text);
        tr_buf_char(open, '\x1F');
        any |= v[f].text.len > 0;
    }
    for (uint32_t c = 0; c < b->n_columns; c++) {
        struct tr_str cell =
            b->field[c] == TR_COLUMN_EXTRA ||
                    (b->field[c] >= 0 && tr_fields[b->field[c]].tells == TR_TELLS_TEXT)
                ? tr_row_cell(row, c)
                : (struct tr_str){"", 0};

        if (cell.len == 0)
            continue;
        tr_buf_text(open, first ? "" : "|");
        tr_put_add_plain(open, b->header[c]);
        tr_buf_char(open, '=');
        tr_put_add_plain(open, cell);
        first = false;
        any = true;
    }
    return any ? tr_buf_slice(open) : (struct tr_str){NULL, 0};
}

void tr_put_cells(const struct tr_value v[], struct tr_str pseudonym, struct tr_str cells[])
{
    for (int f = 0; f < TR_N_REFERRAL_FIELDS; f++)
        cells[f] = tr_field_is_sealed(f) || tr_fields[f].tells == TR_TELLS_TEXT
                       ? (struct tr_str){"", 0}
                       : v[f].text;
    if (pseudonym.len == 0)
        return;
    cells[TR_F_PERSON_ID] = pseudonym;
    cells[TR_F_PERSON_ID_KIND] = TR_STR("pseudonym");
}

static bool has_number(const struct tr_value v[])
{
    return v[TR_F_PERSON_ID].text.len > 0 && !tr_str_is(v[TR_F_PERSON_ID_KIND].text, "pseudonym");
}

struct tr_str tr_put_pseudonym(const struct tr_value v[], const struct tr_put_marks *marks)
{
    return has_number(v) ? (struct tr_str){marks->pseudonym, sizeof marks->pseudonym}
                         : v[TR_F_PERSON_ID].text;
}

void tr_put_marks_make(const struct tr_keys *keys, const uint32_t *tags, const struct tr_value v[],
                       struct tr_str open, struct tr_buf *said, struct tr_put_marks *out)
{
    struct tr_str cells[TR_N_REFERRAL_FIELDS];

    if (has_number(v))
        tr_pseudonym(&keys->secret[TR_SECRET_PSEUDONYM], v[TR_F_PERSON_ID].text, out->pseudonym);
    tr_put_cells(v, tr_put_pseudonym(v, out), cells);
    tr_register_content(&keys->secret[TR_SECRET_CONTENT], tags, cells, TR_N_REFERRAL_FIELDS, open,
                        said, out->content);
}
