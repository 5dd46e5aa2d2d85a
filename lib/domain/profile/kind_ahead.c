/* Rows of a file of records, read ahead of their turn by whichever thread has time. A row that is plainly a record,
 * without a fault and with nothing to be told, is made one, in texts of the thread's own; every other row is read in
 * its turn. What comes out does not depend on which was done. */
#include <stdlib.h>

#include "base/text.h"
#include "domain/profile/kind_own.h"

bool tr_row_is_blank(const struct tr_row *row)
{
    for (uint32_t c = 0; c < row->n; c++)
        if (tr_text_trim(tr_row_cell(row, c)).len > 0)
            return false;
    return true;
}

bool tr_member_is_odd(const struct tr_member *m, const void *record)
{
    return m->kind == TR_M_DATE && *number_at(m, record) != TR_NO_DAY &&
           tr_year_is_odd(tr_date_of(*number_at(m, record)).year);
}

/* Whether it is about nobody, as of a bed or a home that is vacant. */
static bool is_vacant(const struct tr_records *r, const struct tr_kind_columns *is, const struct tr_row *row)
{
    const struct tr_words *words = &r->reading->vacant;
    const struct tr_kind *kind = r->kind;

    for (uint32_t m = 0; m < kind->n_members && m < 2; m++) {
        struct tr_str cell;

        if (!kind->member[m].of_person || is->column[m] == TR_ABSENT || row->bad)
            continue;
        cell = tr_row_cell(row, (uint32_t)is->column[m]);
        return tr_may_be_aside(words, cell) && tr_words_have(words, tr_text_trim(cell));
    }
    return false;
}

enum tr_code tr_kind_aside(const struct tr_records *r, const struct tr_kind_columns *is, const struct tr_row *row)
{
    enum tr_code code = tr_row_aside(row, &r->reading->total, is->delimiter,
                                     is->column[0] == TR_ABSENT ? 0 : (uint32_t)is->column[0], is->header,
                                     is->n_header);

    return !code && is_vacant(r, is, row) ? TR_W_ROW_VACANT : code;
}

/* ---- ahead ---- */

/* What is made of a row. */
struct slot {
    bool good;
    _Alignas(8) char record[];
};

/* What a thread reads rows with: a set of records that has none, for what cells mean and for their texts. */
struct worker {
    bool started, able;
    struct tr_records r;
};

struct tr_kind_ahead {
    const struct tr_records *r;
    struct tr_kind_columns is;
    struct tr_prepare work;
    struct worker worker[TR_THREADS_MAX];
};

static void start_worker(const struct tr_kind_ahead *ahead, struct worker *w)
{
    const struct tr_records *r = ahead->r;
    struct tr_err err; /* whatever it says, the row's turn will come */

    w->started = true;
    tr_records_start(&w->r, r->kind, r->profile, r->source);
    w->able = tr_kind_prepare(&w->r, &err) == 0 && tr_records_add(&w->r, 0);
    if (!w->able)
        return;
    memcpy(w->r.reading->date, r->reading->date, sizeof w->r.reading->date); /* their order */
    w->r.n = TR_KNOWN_FROM; /* cells are remembered from the first on */
}

static bool make(struct tr_records *r, const struct tr_kind_columns *is, const struct tr_row *row, void *record)
{
    const struct tr_kind *kind = r->kind;
    const char *about;

    memcpy(record, r->blank, kind->size);
    for (uint32_t m = 0; m < kind->n_members; m++)
        if (is->column[m] != TR_ABSENT &&
            (tr_kind_read_cell(r, &kind->member[m], tr_row_cell(row, (uint32_t)is->column[m]), record) ||
             tr_member_is_odd(&kind->member[m], record)))
            return false;
    return !r->text.failed && !(kind->check && kind->check(record, &about));
}

static void prepare_rows(void *cookie, int number, const struct tr_row row[], size_t n, void *slots)
{
    struct tr_kind_ahead *ahead = cookie;
    struct worker *w = &ahead->worker[number];

    if (!w->started)
        start_worker(ahead, w);
    for (size_t i = 0; i < n; i++) {
        struct slot *s = (struct slot *)(void *)((char *)slots + i * ahead->work.size);

        s->good = w->able && !row[i].bad && !tr_kind_aside(ahead->r, &ahead->is, &row[i]) &&
                  !tr_row_is_blank(&row[i]) && make(&w->r, &ahead->is, &row[i], s->record);
    }
}

int tr_kind_ahead(struct tr_records *r, const struct tr_kind_columns *is, struct tr_reader *reader)
{
    struct tr_kind_ahead *ahead = calloc(1, sizeof *ahead);

    if (!ahead)
        return -1;
    ahead->r = r;
    ahead->is = *is;
    ahead->work = (struct tr_prepare){prepare_rows, ahead, (sizeof(struct slot) + r->kind->size + 7) / 8 * 8, true};
    r->reading->ahead = ahead;
    tr_reader_prepare(reader, &ahead->work);
    return 0;
}

void tr_kind_ahead_end(struct tr_records *r)
{
    for (int i = 0; i < TR_THREADS_MAX; i++) {
        struct tr_records *made = &r->reading->ahead->worker[i].r;

        tr_arena_join(&r->text, &made->text);
        for (uint32_t m = 0; made->reading && m < r->kind->n_members; m++)
            r->reading->date[m].forms |= made->reading->date[m].forms;
    }
}

void tr_kind_ahead_free(struct tr_kind_ahead *ahead)
{
    for (int i = 0; ahead && i < TR_THREADS_MAX; i++)
        tr_records_clear(&ahead->worker[i].r);
    free(ahead);
}

const void *tr_kind_made(const struct tr_row *row)
{
    const struct slot *s = row->slot;

    return s && s->good ? s->record : NULL;
}
