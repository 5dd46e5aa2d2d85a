#include <stdio.h>

#include "base/text.h"
#include "domain/profile/kind_own.h"
#include "record/seen/twins.h"

/* ---- headers ---- */

/* What headers mean to a kind: many are asked for, of a file that may be no table of it. */
struct meaning {
    const struct tr_kind *kind;
    const struct tr_profile *p;
    struct tr_dict spelt; /* all spellings, to their member; made when a header is none of the names */
    bool made, failed;
    const struct tr_str *header;
    uint32_t n;
    uint64_t plainly; /* members that a header spells without a note, */
    bool looked;      /* once it was asked for */
};

/* The member that a header means, by its own name or any spelling of the profile. */
static int member_meant(struct meaning *w, struct tr_str header)
{
    int m = tr_kind_member(w->kind, header);

    for (uint32_t i = 0; m == TR_ABSENT && !w->made && !w->failed && i < w->kind->n_members; i++)
        w->failed = tr_profile_spellings(w->p, tr_str(w->kind->member[i].name), (int)i, &w->spelt) < 0;
    w->made = m == TR_ABSENT || w->made;
    if (m == TR_ABSENT && !w->failed)
        return tr_spelt_in(&w->spelt, header);
    for (uint32_t i = 0; m == TR_ABSENT && i < w->kind->n_members; i++)
        if (tr_profile_spells(w->p, tr_str(w->kind->member[i].name), header))
            m = (int)i;
    return m;
}

/* Whether some header spells the member without a note. */
static bool is_plainly(struct meaning *w, int member)
{
    for (uint32_t i = 0; !w->looked && i < w->n; i++) {
        int m = member_meant(w, w->header[i]);

        w->plainly |= m == TR_ABSENT ? 0 : UINT64_C(1) << m;
    }
    w->looked = true;
    return w->plainly >> member & 1;
}

/* The member that column c means: where no header spells it, by one with a note in brackets, too. */
static int member_of(struct meaning *w, uint32_t c)
{
    int m = member_meant(w, w->header[c]);
    struct tr_str bare, note;
    const struct tr_member *member;

    if (m != TR_ABSENT || !tr_header_cut(w->header[c], &bare, &note) || (m = member_meant(w, bare)) == TR_ABSENT)
        return m;
    member = &w->kind->member[m];
    return tr_header_note_is_plain(w->p, tr_member_has_codes(member) ? tr_member_list(w->p, member) : NULL, note) &&
                   !is_plainly(w, m)
               ? m
               : TR_ABSENT;
}

static int header_fault(const struct tr_records *r, enum tr_code code, uint32_t member,
                        struct tr_str a, struct tr_str b, const struct tr_listener *listener)
{
    struct tr_err err;
    char text[2][64];

    tr_err_copy(text[0], sizeof text[0], a);
    tr_err_copy(text[1], sizeof text[1], b);
    tr_err_set(&err, code, text[0], text[1], NULL);
    err.source = r->source;
    err.line = r->header_line;
    tr_err_field(&err, tr_str(r->kind->member[member].name));
    listener->say(listener->cookie, &err);
    return -1;
}

/* The profile must have the codes of every member. */
static int check_lists(const struct tr_kind *kind, const struct tr_profile *p, struct tr_err *err)
{
    const struct tr_table *codes = &p->table[TR_T_CODES];

    for (uint32_t m = 0; m < kind->n_members; m++)
        if (tr_member_has_codes(&kind->member[m]) && !tr_member_list(p, &kind->member[m]))
            return tr_table_fault(codes, codes->n_rows, tr_table_column(codes, "list"),
                                  TR_E_TABLE_CELL,
                                  kind->member[m].list ? kind->member[m].list : "bool", err);
    return 0;
}

/* column[m] becomes the column of member m, or TR_ABSENT. */
static int bind(struct tr_records *r, const struct tr_reader *reader, int column[],
                const struct tr_listener *listener)
{
    uint32_t n;
    const struct tr_str *header = tr_reader_header(reader, &n);
    const bool one = n == 1 && !tr_reader_sheet(reader); /* of a sheet, the columns are certain */
    struct meaning w = {.kind = r->kind, .p = r->profile, .header = header, .n = n};
    int rc = 0;

    for (uint32_t m = 0; m < TR_MEMBERS_MAX; m++)
        column[m] = TR_ABSENT;
    for (uint32_t c = 0; c < n; c++) {
        int m = member_of(&w, c);

        if (m == TR_ABSENT)
            continue;
        if (column[m] != TR_ABSENT)
            rc = header_fault(r, TR_E_COLUMN_DOUBLE, (uint32_t)m,
                              tr_header_shown(header, n, header[column[m]]),
                              tr_header_shown(header, n, header[c]), listener);
        column[m] = (int)c;
        r->present |= UINT64_C(1) << m;
    }
    tr_dict_clear(&w.spelt);
    for (uint32_t m = 0; m < r->kind->n_members; m++) {
        struct tr_near near = {.wanted = tr_str(r->kind->member[m].name)};

        if (!r->kind->member[m].needed || column[m] != TR_ABSENT)
            continue;
        for (uint32_t c = 0; c < n; c++)
            tr_near_offer(&near, header[c]);
        rc = header_fault(r, one ? TR_E_COLUMN_ONE : TR_E_COLUMN_MISSING, m,
                          tr_header_shown(header, n, near.best),
                          (struct tr_str){"", 0}, listener);
    }
    return rc;
}

bool tr_kind_fits(const void *sought, const struct tr_str *header, uint32_t n)
{
    const struct tr_kind_sought *s = sought;
    struct meaning w = {.kind = s->kind, .p = s->profile, .header = header, .n = n};
    uint64_t missing = 0;

    for (uint32_t m = 0; m < s->kind->n_members; m++)
        missing |= (uint64_t)s->kind->member[m].needed << m;
    for (uint32_t c = 0; missing && c < n; c++) {
        int m = member_of(&w, c);

        missing &= m == TR_ABSENT ? UINT64_MAX : ~(UINT64_C(1) << m);
    }
    tr_dict_clear(&w.spelt);
    return !missing;
}

/* Looks for the header below title lines, when the first line is none. -1 with err: memory. */
static int find_header(const struct tr_records *r, struct tr_reader *reader,
                       const struct tr_listener *listener, struct tr_err *err)
{
    const struct tr_kind_sought kind = {r->kind, r->profile};
    struct tr_err title;
    bool below;

    if (tr_reader_find_header(reader, &(struct tr_sought){tr_kind_fits, &kind}, &below, err) < 0)
        return -1;
    if (below) {
        tr_title_fault(reader, &title);
        listener->say(listener->cookie, &title);
    }
    return 0;
}

/* ---- rows ---- */

/* Enters the id of the last record. Returns the number of the record that has it: its own, or an
 * earlier one; -1: memory. */
static int remember(struct tr_records *r, const void *record)
{
    int number = (int)r->n - 1;

    return r->kind->keyed &&
                   tr_dict_add(&r->ids, *text_at(&r->kind->member[0], record), &number) < 0
               ? -1
               : number;
}

/* A file being read. */
struct intake {
    struct tr_records *r;
    const struct tr_listener *listener;
    struct tr_kind_columns is;
    int faults;
    struct tr_twins twins; /* first members, of a keyed kind */
    struct tr_dict *bad; /* see tr_records_read_each; NULL: a fault refuses the file */
    bool refused;        /* whatever becomes of rows */
};

static void say_cell(struct intake *in, const struct tr_row *row, uint32_t m, struct tr_err *err)
{
    err->line = row->line;
    if (in->is.delimiter && in->is.column[m] != TR_ABSENT) {
        uint32_t column = (uint32_t)in->is.column[m];

        tr_row_place(row, column, in->is.delimiter, &err->line, &err->col);
        tr_err_column(err, column, in->is.header[column]);
    }
    in->listener->say(in->listener->cookie, err);
    in->refused |= tr_code_class(err->code) == TR_CLASS_DATA;
    in->faults++;
}

/* Reports a fault of the member of this name in the row. */
static void say_member(struct intake *in, const struct tr_row *row, const char *name,
                       enum tr_code code)
{
    uint32_t m = (uint32_t)tr_kind_member(in->r->kind, tr_str(name));
    struct tr_str cell = {"", 0};
    struct tr_err fault;

    if (in->is.column[m] != TR_ABSENT)
        cell = tr_row_cell(row, (uint32_t)in->is.column[m]);
    tr_kind_fault(in->r, &in->r->kind->member[m], code, cell, &fault);
    say_cell(in, row, m, &fault);
}

static void say_double(struct intake *in, const struct tr_row *row, int same)
{
    struct tr_records *r = in->r;
    struct tr_err fault;
    char line[24];

    snprintf(line, sizeof line, "%llu", (unsigned long long)r->line[same]);
    tr_records_fault(r, r->n - 1, r->kind->member[0].name, TR_E_ID_DOUBLE, line, NULL, &fault);
    say_cell(in, row, 0, &fault);
}

/* Says that a year is hardly meant, which is no fault. */
static void say_odd(struct intake *in, const struct tr_row *row, const char *name)
{
    say_member(in, row, name, TR_W_YEAR);
    in->faults--;
}

/* Fills the record from the row, and reports what is wrong in it. */
static void take_cells(struct intake *in, const struct tr_row *row, void *record)
{
    const struct tr_kind *kind = in->r->kind;
    int before = in->faults;
    enum tr_code code;
    const char *about;

    for (uint32_t m = 0; m < kind->n_members; m++) {
        if (in->is.column[m] == TR_ABSENT)
            continue;
        code =
            tr_kind_read_cell(in->r, &kind->member[m], tr_row_cell(row, (uint32_t)in->is.column[m]), record);
        if (code)
            say_member(in, row, kind->member[m].name, code);
        else if (tr_member_is_odd(&kind->member[m], record))
            say_odd(in, row, kind->member[m].name);
    }
    if (in->faults == before && kind->check && (code = kind->check(record, &about)))
        say_member(in, row, about, code);
}

/* Says why the row is no record, when it is none. */
static bool is_aside(const struct intake *in, const struct tr_row *row)
{
    enum tr_code code = tr_kind_aside(in->r, &in->is, row);
    struct tr_err err;

    if (!code)
        return false;
    tr_err_set(&err, code, NULL, NULL, NULL);
    err.source = in->r->source;
    err.line = row->line;
    in->listener->say(in->listener->cookie, &err);
    return true;
}

/* Notes whose record is left out, when rows are: one that may be anybody's refuses the file. -1: memory. */
static int leave_out(struct intake *in, const void *record)
{
    struct tr_str id;

    if (!in->bad) /* any fault refuses the file, and nothing need say whose a record is */
        return 0;
    id = *text_at(&in->r->kind->member[in->r->kind->whose], record);
    in->refused |= id.len == 0;
    return id.len > 0 && tr_dict_add(in->bad, id, &(int){0}) < 0 ? -1 : 0;
}

/* Tells an id that differs from another only in ways that people do not see. -1: memory. */
static int look_for_twin(struct intake *in, const struct tr_row *row, const void *record)
{
    struct tr_str id = *text_at(&in->r->kind->member[0], record), twin;
    int rc = tr_twins_add(&in->twins, id, &twin);
    struct tr_err err;

    if (rc > 0) {
        tr_twins_fault(id, twin, &err);
        err.source = in->r->source;
        err.line = row->line;
        tr_err_field(&err, tr_str(in->r->kind->member[0].name));
        in->listener->say(in->listener->cookie, &err);
    }
    return rc < 0 ? -1 : 0;
}

/* Enters the last record, which the row is; one whose id is there already goes again. -1: memory. */
static int enter(struct intake *in, const struct tr_row *row, const void *record, struct tr_err *err)
{
    struct tr_records *r = in->r;
    int same = remember(r, record);

    if (same < 0 || r->text.failed)
        return tr_err_memory(err);
    if (r->kind->keyed && same != (int)r->n - 1) {
        say_double(in, row, same);
        r->n--;
        return 0;
    }
    return r->kind->keyed && look_for_twin(in, row, record) < 0 ? tr_err_memory(err) : 0;
}

/* Makes a record of the row, or none when the row is wrong, blank or no record. -1: memory. */
static int take_row(struct intake *in, const struct tr_row *row, struct tr_err *err)
{
    const void *made = tr_kind_made(row);
    struct tr_records *r = in->r;
    int before = in->faults;
    void *record;

    if (made) {
        record = tr_records_add(r, row->line);
        if (!record)
            return tr_err_memory(err);
        memcpy(record, made, r->kind->size);
        return enter(in, row, record, err);
    }
    if (is_aside(in, row))
        return 0;
    if (row->bad) {
        in->listener->say(in->listener->cookie, &row->fault);
        in->refused = true;
        return 0;
    }
    if (tr_row_is_blank(row))
        return 0;
    record = tr_records_add(r, row->line);
    if (!record)
        return tr_err_memory(err);
    take_cells(in, row, record);
    if (in->faults > before) {
        r->n--;
        return r->text.failed || leave_out(in, record) < 0 ? tr_err_memory(err) : 0;
    }
    return enter(in, row, record, err);
}

/* Says how the dates were read, where that could be otherwise. */
static void say_dates(const struct intake *in)
{
    const struct tr_records *r = in->r;
    struct tr_err told[TR_DATES_TOLD];

    for (uint32_t m = 0; m < r->kind->n_members; m++)
        for (int i = 0, n = tr_dates_told(&r->reading->date[m], told); i < n; i++) {
            told[i].source = r->source;
            tr_err_field(&told[i], tr_str(r->kind->member[m].name));
            in->listener->say(in->listener->cookie, &told[i]);
        }
}

/* Finds the header and what its columns mean. -1: said. */
static int start_intake(struct intake *in, struct tr_reader *reader)
{
    struct tr_records *r = in->r;
    const struct tr_dialect *dialect = tr_reader_dialect(reader);
    struct tr_err err;

    if (tr_kind_prepare(r, &err) < 0 || check_lists(r->kind, r->profile, &err) < 0 ||
        find_header(r, reader, in->listener, &err) < 0) {
        in->listener->say(in->listener->cookie, &err);
        return -1;
    }
    in->is.header = tr_reader_header(reader, &in->is.n_header);
    r->header_line = tr_reader_header_line(reader);
    in->is.delimiter = dialect->format == TR_FORMAT_CSV ? dialect->delimiter : '\0';
    if (bind(r, reader, in->is.column, in->listener) < 0)
        return -1;
    for (uint32_t m = 0; m < r->kind->n_members; m++)
        if (r->kind->member[m].kind == TR_M_DATE && in->is.column[m] != TR_ABSENT)
            tr_dates_look(reader, (uint32_t)in->is.column[m], &r->reading->date[m]);
    return 0;
}

int tr_records_read(struct tr_records *r, const struct tr_kind *kind,
                    const struct tr_profile *profile, struct tr_reader *reader,
                    const struct tr_listener *listener)
{
    return tr_records_read_each(r, kind, profile, reader, NULL, listener);
}

int tr_records_read_each(struct tr_records *r, const struct tr_kind *kind,
                         const struct tr_profile *profile, struct tr_reader *reader,
                         struct tr_dict *bad, const struct tr_listener *listener)
{
    struct intake in = {.r = r, .listener = listener, .bad = bad};
    struct tr_end told;
    uint64_t rows = 0;
    struct tr_row row;
    struct tr_err err;
    int rc;

    tr_records_start(r, kind, profile, tr_reader_name(reader));
    if (start_intake(&in, reader) < 0)
        return -1;
    if (tr_kind_ahead(r, &in.is, reader) < 0) {
        tr_err_memory(&err);
        listener->say(listener->cookie, &err);
        return -1;
    }
    while ((rc = tr_reader_next(reader, &row, &err)) > 0) {
        if (tr_row_is_end(&row, &told)) {
            r->ended = true;
            r->refused += told.refused;
            rc = tr_row_check_end(reader, &row, rows, &told, &err);
        } else {
            rc = take_row(&in, &row, &err);
            rows++;
        }
        if (rc < 0)
            break;
    }
    tr_reader_stop(reader);
    if (rc == 0) {
        tr_kind_ahead_end(r);
        say_dates(&in);
    }
    tr_twins_clear(&in.twins);
    if (rc < 0)
        listener->say(listener->cookie, &err);
    return rc < 0 || in.refused || (in.faults && !bad) ? -1 : 0;
}

/* Tells what is wrong in an object, so that all of it is told; or ends with the first fault, when
 * listener is NULL: -1. */
static int tell(const struct tr_listener *listener, const struct tr_err *err, int *faults)
{
    ++*faults;
    if (!listener)
        return -1;
    listener->say(listener->cookie, err);
    return 0;
}

/* One object of an array. */
static int take_object(struct tr_records *r, const struct tr_json *object, struct tr_buf *cell,
                       const struct tr_listener *listener, struct tr_err *err)
{
    const struct tr_kind *kind = r->kind;
    void *record = tr_kind_prepare(r, err) < 0 ? NULL : tr_records_add(r, 0);
    int faults = 0;
    enum tr_code wrong;
    const char *about;

    if (!record)
        return tr_err_memory(err);
    r->reading->of_document = true;
    for (uint32_t m = 0; m < kind->n_members; m++) {
        const struct tr_member *member = &kind->member[m];
        enum tr_code code;

        cell->len = 0;
        if (!tr_json_cell(tr_json_member(object, tr_str(member->name)), cell))
            code = TR_E_JSON_NESTED;
        else
            code = tr_kind_read_cell(r, member, tr_buf_slice(cell), record);
        if (!code && r->reading->date[m].forms & TR_DATE_WORDS) {
            r->reading->date[m].forms = 0;
            code = TR_E_DATE; /* programs write documents */
        }
        if (!code)
            continue;
        tr_kind_fault(r, member, code, tr_buf_slice(cell), err);
        if (tell(listener, err, &faults) < 0)
            return -1;
    }
    if (faults)
        return -1;
    if (kind->check && (wrong = kind->check(record, &about))) {
        tr_records_fault(r, r->n - 1, about, wrong, NULL, NULL, err);
        tell(listener, err, &faults);
        return -1;
    }
    if (remember(r, record) != (int)r->n - 1) {
        tr_records_fault(r, r->n - 1, kind->member[0].name, TR_E_ID_DOUBLE, "0", NULL, err);
        tell(listener, err, &faults);
        return -1;
    }
    return cell->failed || r->text.failed ? tr_err_memory(err) : 0;
}

int tr_records_from_json(struct tr_records *r, const struct tr_kind *kind,
                         const struct tr_profile *profile, struct tr_json_values *values,
                         const char *source, struct tr_err *err)
{
    struct tr_buf cell = {0};
    struct tr_json *value = NULL;
    int rc, more = 1;

    tr_records_start(r, kind, profile, source);
    rc = check_lists(kind, profile, err);
    while (rc == 0 && (more = tr_json_values_next(values, &value)) > 0)
        rc = take_object(r, value, &cell, NULL, err);
    if (more > 0) /* the last one is still held */
        while (tr_json_values_next(values, &value) > 0)
            continue;
    tr_buf_clear(&cell);
    return more < 0 ? tr_err_set(err, TR_E_DOCUMENT, "{ … }", NULL, NULL) : rc;
}

int tr_records_add_json(struct tr_records *r, const struct tr_json *object,
                        const struct tr_listener *listener)
{
    struct tr_buf cell = {0};
    struct tr_err err = {.code = TR_OK};
    int rc = take_object(r, object, &cell, listener, &err);

    if (rc < 0 && err.code == TR_E_MEMORY)
        listener->say(listener->cookie, &err);
    tr_buf_clear(&cell);
    return rc;
}
