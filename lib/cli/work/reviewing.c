#include "cli/work/reviewing.h"

#include <stdio.h>

#include "base/text.h"
#include "cli/input/records.h"

int tr_reviewing_open(struct tr_app *app, struct tr_reviewing *r)
{
    r->app = app;
    tr_records_start(&r->records, &tr_review_kind, &app->profile, NULL);
    if (r->decided && tr_app_records(app, &tr_review_kind, r->decided, &r->records) < 0)
        return -1;
    r->reviews = tr_reviews_new(&r->records);
    if (!r->reviews)
        return tr_app_no_memory(app);
    if (!r->list)
        return 0;
    if (tr_output_open(app, &r->output, r->list, false) < 0)
        return -1;
    r->writing = true;
    tr_kind_columns(&tr_review_kind, r->columns);
    tr_writer_start(&r->writer, &r->output.out, TR_FORMAT_CSV, r->columns,
                    tr_review_kind.n_members);
    return 0;
}

/* A row for somebody who decides in a spreadsheet: it runs no text, and gives it back. */
static void list(void *cookie, const struct tr_review *row)
{
    struct tr_reviewing *r = cookie;
    struct tr_str cells[] = {
        row->referral_id, row->free_field, row->free_text, {"", 0}, row->text_mark};
    struct tr_buf guarded = {0};

    r->unread++;
    if (!r->writing)
        return;
    if (tr_text_is_formula(row->free_text)) {
        tr_buf_char(&guarded, '\'');
        tr_buf_str(&guarded, row->free_text);
        cells[2] = tr_buf_slice(&guarded);
    }
    tr_writer_row(&r->writer, cells);
    r->output.out.buf.failed |= guarded.failed;
    tr_buf_wipe(&guarded);
}

int tr_reviewing_apply(struct tr_reviewing *r, struct tr_part_cells *cells, struct tr_masks *masks,
                       const struct tr_key *key, const struct tr_value v[])
{
    if (!r->list && !r->decided) {
        r->unread += tr_review_count(cells);
        return 0;
    }
    return tr_reviews_apply(r->reviews, cells, masks, key, v, list, r) < 0
               ? tr_app_no_memory(r->app)
               : 0;
}

int tr_reviewing_close(struct tr_reviewing *r, bool keep)
{
    char number[24];
    int rc = r->writing ? tr_output_close(r->app, &r->output, keep) : 0;

    snprintf(number, sizeof number, "%llu", (unsigned long long)r->unread);
    if (keep && r->unread > 0) {
        if (r->list || r->decided) {
            tr_app_note(r->app, N_("free cells left out until somebody has read them: %1"), number,
                        NULL);
            if (r->decided)
                tr_app_raise(r->app, TR_EXIT_FOUND);
        } else {
            tr_app_note(r->app,
                        N_("free cells that travel and that nobody has read: %1; see --review"),
                        number, NULL);
        }
    }
    tr_reviews_free(r->reviews);
    tr_records_clear(&r->records);
    return rc;
}
