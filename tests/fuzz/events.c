/* Any bytes as the log of cases: it is refused, or every deadline that comes of it is sound, whatever the
 * order of its lines; and they become a calendar and documents in which nothing is more than text. */
#include "fuzz_document.h"

#include "doc/content/agenda.h"
#include "doc/content/ics.h"
#include "domain/routine/deadline.h"

static struct tr_routine routine;
static uint64_t lines; /* of the file */

static void load(void)
{
    struct tr_err err;

    load_profile();
    if (!routine.profile)
        CLAIM(tr_routine_load(&routine, &profile, &err) == 0);
}

static void hear(void *cookie, const struct tr_err *err)
{
    (void)cookie;
    CLAIM(err->code > TR_OK && err->code < TR_N_CODES);
    CLAIM(err->line <= lines);
    for (int i = 0; i < 3; i++)
        CLAIM(memchr(err->arg[i], '\0', sizeof err->arg[i]));
}

static const struct tr_listener listener = {hear, NULL};

static void check_rows(const struct tr_records *rows, int32_t as_of)
{
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct tr_deadline *d = tr_deadline(rows, i);

        CLAIM(d->number < routine.n_steps && tr_str_eq(d->step, routine.step[d->number].code));
        CLAIM(d->is < TR_N_DEADLINE_STATUS && d->status == routine.status[d->is]);
        CLAIM(d->due_working_day == tr_last_day(d->due, routine.step[d->number].off_day));
        CLAIM((d->is == TR_DEADLINE_DONE) == (d->done_on != TR_NO_DAY));
        CLAIM(d->since <= as_of && d->done_on <= as_of && d->instance > 0);
        CLAIM(d->responsible >= 0 && d->responsible < routine.roles->n);
    }
}

static void turn_around(struct tr_records *events)
{
    for (uint32_t i = 0; i < events->n / 2; i++) {
        struct tr_event e = *tr_event(events, i);

        *tr_event(events, i) = *tr_event(events, events->n - 1 - i);
        *tr_event(events, events->n - 1 - i) = e;
    }
}

/* What the rows say, but for whose texts they point to. */
static void check_same(const struct tr_records *a, const struct tr_records *b)
{
    CLAIM(a->n == b->n);
    for (uint32_t i = 0; i < a->n; i++) {
        const struct tr_deadline *x = tr_deadline(a, i), *y = tr_deadline(b, i);

        CLAIM(tr_str_eq(x->case_id, y->case_id) && x->number == y->number && x->instance == y->instance);
        CLAIM(x->due == y->due && x->is == y->is && x->done_on == y->done_on && x->since == y->since);
        CLAIM(x->responsible == y->responsible && x->because == y->because);
    }
}

/* Lines of at most 75 bytes, each with its CR and LF, and UTF-8 when they are unfolded. */
static void check_calendar(const struct tr_records *rows, int32_t as_of)
{
    struct tr_out out;
    struct tr_str rest, line;

    tr_out_init(&out, -1, "calendar");
    tr_ics_write(rows, &routine, NULL, &(struct tr_calendar){TR_NB, as_of, as_of - 30}, &out);
    CLAIM(!out.buf.failed && out.buf.len > 2 && out.buf.p[out.buf.len - 1] == '\n');
    rest = (struct tr_str){out.buf.p, out.buf.len - 1};
    while (tr_str_part(&rest, '\n', &line)) {
        CLAIM(line.len > 1 && line.len <= 76 && line.p[line.len - 1] == '\r');
        for (size_t i = 0; i + 1 < line.len; i++)
            CLAIM((unsigned char)line.p[i] >= ' ' && line.p[i] != 0x7F);
    }
    tr_buf_clear(&out.buf);
}

static void work(struct tr_records *events, const char *day)
{
    struct tr_records rows, again;
    struct tr_document d;
    struct tr_date date;
    int32_t as_of;

    CLAIM(tr_date_parse(tr_str(day), &date));
    as_of = tr_date_number(date);
    CLAIM(tr_deadlines_find(&rows, &routine, events, as_of, UINT32_MAX, &listener) == 0);
    check_rows(&rows, as_of);
    turn_around(events);
    CLAIM(tr_deadlines_find(&again, &routine, events, as_of, UINT32_MAX, &listener) == 0);
    check_same(&rows, &again);
    check_calendar(&rows, as_of);
    tr_document_start(&d, &profile, TR_NN, TR_STR(""), TR_STR("Etaten"), tr_str(day));
    tr_agenda_make(&d, &rows, &routine, NULL, as_of);
    check_document(&d);
    tr_records_clear(&rows);
    tr_records_clear(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct tr_reader_options options = {.no_thread = true};
    struct memory_file f = memory_file(data, size);
    struct tr_reader *reader;
    struct tr_records events;
    struct tr_err err;

    load();
    lines = 2;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n' || data[i] == '\r';
    reader = tr_reader_open(f.path, &options, &err);
    if (reader) {
        if (tr_records_read(&events, &tr_event_kind, &profile, reader, &listener) == 0) {
            work(&events, "2026-11-21");
            work(&events, "9999-12-31");
        }
        tr_records_clear(&events);
        tr_reader_close(reader);
    }
    close(f.fd);
    return 0;
}
