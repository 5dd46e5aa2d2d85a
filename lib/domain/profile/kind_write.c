#include "base/date.h"
#include "domain/profile/kind_own.h"

void tr_kind_columns(const struct tr_kind *kind, struct tr_column *columns)
{
    static const enum tr_shape shape[] = {
        [TR_M_TEXT] = TR_SHAPE_TEXT,         [TR_M_ID] = TR_SHAPE_TEXT,
        [TR_M_MUNICIPALITY] = TR_SHAPE_TEXT, [TR_M_LIST] = TR_SHAPE_LIST,
        [TR_M_DATE] = TR_SHAPE_TEXT,         [TR_M_NUMBER] = TR_SHAPE_NUMBER,
        [TR_M_BOOL] = TR_SHAPE_BOOL,         [TR_M_CODE] = TR_SHAPE_TEXT,
        [TR_M_CODES] = TR_SHAPE_LIST,
    };

    for (uint32_t m = 0; m < kind->n_members; m++)
        columns[m] = (struct tr_column){.name = tr_str(kind->member[m].name),
                                        .shape = shape[kind->member[m].kind],
                                        .plain = !tr_member_is_text(&kind->member[m])};
}

/* days: those written before; NULL: they are not remembered. */
static void add_date(int32_t number, struct tr_written_day *days, struct tr_buf *text)
{
    struct tr_written_day once = {0};
    struct tr_written_day *day = days ? &days[(uint32_t)number % TR_WRITTEN_DAYS] : &once;

    if (day->number != number) {
        day->number = number;
        tr_date_iso(tr_date_of(number), day->iso);
    }
    tr_buf_add(text, day->iso, sizeof day->iso);
}

static void add_codes(const struct tr_list *list, uint64_t codes, struct tr_buf *text)
{
    bool first = true;

    for (int i = 0; i < list->n; i++)
        if (codes >> i & 1) {
            tr_buf_text(text, first ? "" : "|");
            tr_buf_str(text, list->entry[i].code);
            first = false;
        }
}

static int make_cells(const struct tr_kind *kind, const struct tr_list *const *lists,
                      const void *record, struct tr_written_day *days, struct tr_str *cells,
                      struct tr_buf *text)
{
    size_t from[TR_MEMBERS_MAX + 1];

    text->len = 0;
    for (uint32_t m = 0; m < kind->n_members; m++) {
        const struct tr_member *member = &kind->member[m];
        int32_t n = tr_member_is_number(member) ? *number_at(member, record) : -1;

        from[m] = text->len;
        if (member->kind == TR_M_CODES)
            add_codes(lists[m], *codes_at(member, record), text);
        else if (member->kind == TR_M_DATE && n != TR_NO_DAY)
            add_date(n, days, text);
        else if (member->kind == TR_M_NUMBER && n >= 0)
            tr_buf_num(text, n);
        else if (member->kind == TR_M_BOOL && n >= 0)
            tr_buf_text(text, n ? "ja" : "nei");
        else if (member->kind == TR_M_CODE && n >= 0)
            tr_buf_str(text, lists[m]->entry[n].code);
    }
    from[kind->n_members] = text->len;
    for (uint32_t m = 0; m < kind->n_members; m++)
        cells[m] = tr_member_is_text(&kind->member[m])
                       ? *text_at(&kind->member[m], record)
                       : (struct tr_str){text->p ? text->p + from[m] : "", from[m + 1] - from[m]};
    return text->failed ? -1 : 0;
}

int tr_kind_cells(const struct tr_kind *kind, const struct tr_profile *profile, const void *record,
                  struct tr_str *cells, struct tr_buf *text)
{
    const struct tr_list *lists[TR_MEMBERS_MAX];

    tr_kind_lists(kind, profile, lists);
    return make_cells(kind, lists, record, NULL, cells, text);
}

void tr_kind_start(struct tr_kind_writer *w, const struct tr_kind *kind, const struct tr_profile *profile,
                   enum tr_format format, struct tr_out *out)
{
    *w = (struct tr_kind_writer){.kind = kind};
    tr_kind_lists(kind, profile, w->lists);
    tr_kind_columns(kind, w->columns);
    tr_writer_start(&w->writer, out, format, w->columns, kind->n_members);
}

void tr_kind_put(struct tr_kind_writer *w, const void *records, uint32_t n)
{
    struct tr_str cells[TR_MEMBERS_MAX];

    for (uint32_t i = 0; i < n; i++) {
        make_cells(w->kind, w->lists, (const char *)records + i * w->kind->size, w->day, cells,
                   &w->text);
        tr_writer_row(&w->writer, cells);
    }
}

void tr_kind_end(struct tr_kind_writer *w)
{
    w->writer.out->buf.failed |= w->text.failed;
    tr_buf_clear(&w->text);
}

void tr_kind_write(const struct tr_kind *kind, const struct tr_profile *profile,
                   const void *records, uint32_t n, enum tr_format format, struct tr_out *out)
{
    struct tr_kind_writer w;

    tr_kind_start(&w, kind, profile, format, out);
    tr_kind_put(&w, records, n);
    tr_kind_end(&w);
}

void tr_kind_objects(const struct tr_kind *kind, const struct tr_profile *profile, const void *records,
                     uint32_t n, bool (*keep)(const void *record), struct tr_out *out)
{
    const struct tr_list *lists[TR_MEMBERS_MAX];
    struct tr_column columns[TR_MEMBERS_MAX];
    struct tr_str cells[TR_MEMBERS_MAX];
    struct tr_buf text = {0};
    bool first = true;

    tr_kind_lists(kind, profile, lists);
    tr_kind_columns(kind, columns);
    tr_out_char(out, '[');
    for (uint32_t i = 0; i < n; i++) {
        const char *record = (const char *)records + i * kind->size;

        if (keep && !keep(record))
            continue;
        tr_out_text(out, first ? "\n  " : ",\n  ");
        make_cells(kind, lists, record, NULL, cells, &text);
        tr_json_object(out, columns, kind->n_members, cells);
        first = false;
    }
    tr_out_text(out, first ? "]" : "\n]");
    out->buf.failed |= text.failed;
    tr_buf_clear(&text);
}
