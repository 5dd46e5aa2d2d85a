/* The engine of deadlines, on a routine made up: each column of steps.csv by itself, what is said
 * of a log that contradicts itself, and what holds of any log. */
#include "made.h"

#include "domain/routine/deadline.h"

/* In this order on one day. p may be had once with each detail. */
#define EVENT_TYPES                                                                                \
    "code,label_nb,label_nn,label_en,aliases,details,after,once\n"                                 \
    "a,Type a,Type a,Type a,,,,nei\n"                                                              \
    "b,Type b,Type b,Type b,,,,nei\n"                                                              \
    "c,Type c,Type c,Type c,,,,nei\n"                                                              \
    "d,Type d,Type d,Type d,,placed|waiting,,nei\n"                                                \
    "e,Type e,Type e,Type e,,,,\n"                                                                 \
    "f,Type f,Type f,Type f,,,a|b,nei\n"                                                           \
    "o,Type o,Type o,Type o,,,,ja\n"                                                               \
    "p,Type p,Type p,Type p,,placed|waiting,,ja\n"

#define STEPS_HEAD                                                                                 \
    "step,label_nb,label_nn,label_en,starts,offset,repeat,until,done_by,early,each,passes,off_"    \
    "day,"                                                                                         \
    "notice,responsible,changes,attendees,source,day_named,ahead_of,ahead,reminder\n"

/* A step: its name, and the columns from starts to off_day; then notice, responsible and changes.
 */
#define STEP(name, columns, who) STEP_DAY(name, columns, who, ",,,")

/* Its last columns, too: day_named, ahead_of, ahead, reminder. */
#define STEP_DAY(name, columns, who, day)                                                          \
    name ",x,x,x," columns "," who ",person|bydel,2.3," day "\n"

static const struct made_table tables[] = {
    {"event_types", EVENT_TYPES},
    {"steps",
     STEPS_HEAD STEP("base", "a,P10D,,,b,nei,nei,nei,after", ",bydel,") STEP(
         "notice", "a,P10D,,,b,nei,nei,nei,after",
         "P3D,bydel,") STEP("notice_wd", "a,P10D,,,b,nei,nei,nei,after",
                            "2wd,bydel,") STEP("month", "a,P1M,,,b,nei,nei,nei,after", ",bydel,")
         STEP("work", "a,3wd,,,b,nei,nei,nei,after", ",bydel,") STEP(
             "zero", "a,P0D,,,b,nei,nei,nei,after",
             ",bydel,") STEP("back", "a,-P7D,,,b,nei,nei,nei,after",
                             ",bydel,") STEP("strict", "a,P10D,,,b,nei,nei,nei,same", ",bydel,")
             STEP("early", "a,P10D,,,b,ja,nei,nei,after", ",bydel,") STEP(
                 "early_each", "a,P10D,,,b,ja,ja,nei,after",
                 ",bydel,") STEP("behind", "b,P10D,,,a,nei,nei,nei,after", ",bydel,")
                 STEP("until", "a,P10D,,c,b,nei,nei,nei,after",
                      ",bydel,") STEP("until_strict", "a,P10D,,c,b,nei,nei,nei,same", ",bydel,")
                     STEP("until_first", "c,P10D,,a,b,nei,nei,nei,after", ",bydel,") STEP(
                         "until_each", "a,P10D,,c,b,nei,ja,nei,after",
                         ",bydel,") STEP("passes", "a,P10D,,c,,nei,nei,ja,after", ",bydel,")
                         STEP("passes_strict", "a,P10D,,,,nei,nei,ja,same", ",bydel,") STEP(
                             "passes_done", "a,P10D,,,b,nei,nei,ja,after",
                             ",bydel,") STEP("repeat", "a,P1M,P3M,c,b,nei,nei,nei,after", ",bydel,")
                             STEP("itself", "a,P1M,P3M,,a,nei,nei,nei,after", ",bydel,")
                                 STEP("each", "a,P10D,,,b,nei,ja,nei,after", ",bydel,") STEP(
                                     "each_repeat", "a,P1M,P2M,,a,nei,ja,nei,after",
                                     ",bydel,") STEP("detail",
                                                     "d:placed,P10D,,,d:waiting,nei,nei,nei,after",
                                                     ",bydel,")
                                     STEP("any", "d,P10D,,,e,nei,nei,nei,after", ",bydel,") STEP(
                                         "many", "a|b,P10D,,,c|d:placed,nei,nei,nei,after",
                                         ",bydel,") STEP("changes", "a,P10D,,c,b,nei,nei,nei,after",
                                                         ",bydel,a=institution|d:placed=intake|o="
                                                         "person")
                                         STEP("unless", "a,P10D,,c,b,nei,nei,nei,after",
                                              ",bydel,a=institution|e=bydel|f!o=institution")
                                         STEP("last", "a,P10D,,c,b,nei,nei,nei,before",
                                              "P3D,bydel,") STEP_DAY("ahead",
                                                                     "a,5wd,,c,b,nei,nei,nei,after",
                                                                     ",bydel,", "nei,c|e,P1D,nei")
                                             STEP_DAY("by", "a,,,f,b,nei,nei,nei,same", ",bydel,",
                                                      "nei,e,,nei")
                                                 STEP_DAY("by_each", "a,P30D,,,b,nei,ja,nei,same",
                                                          ",bydel,", "nei,e,,nei")
                                                     STEP_DAY("named",
                                                              "a,P10D,,c,b,nei,nei,nei,after",
                                                              ",bydel,", "ja,,,nei")
                                                         STEP_DAY("named_only",
                                                                  "a,,,c,b,nei,nei,ja,after",
                                                                  ",bydel,", "ja,,,nei")
                                                             STEP_DAY(
                                                                 "named_again",
                                                                 "a,P10D,,c,a,nei,nei,nei,after",
                                                                 ",bydel,", "ja,,,nei")
                                                                 STEP_DAY("remind",
                                                                          "a,P10D,,c,b,nei,nei,nei,"
                                                                          "after",
                                                                          "P3D,bydel,",
                                                                          "nei,,,ja")},
    {NULL}};

static struct tr_profile profile;
static struct tr_routine routine;

static void load(void)
{
    struct tr_err err;

    if (profile.paths)
        return;
    ck_assert_int_eq(made_profile(&profile, tables, &err), 0);
    if (tr_routine_load(&routine, &profile, &err) < 0)
        ck_abort_msg("line %d, %s", (int)err.line, err.field);
}

static struct tr_buf heard; /* code line field arg …, one a line */

static void hear(void *cookie, const struct tr_err *err)
{
    char text[1024];

    (void)cookie;
    snprintf(text, sizeof text, "%s %d %s%s%s%s%s\n", tr_code_name(err->code), (int)err->line,
             err->field, err->arg[0][0] ? " " : "", err->arg[0], err->arg[1][0] ? " " : "",
             err->arg[1]);
    tr_buf_text(&heard, text);
}

static const struct tr_listener listener = {hear, NULL};

/* The log as a table, read: "2026-01-05 a;2026-01-06 d:placed", or with a case, "C/2026-01-05 a",
 * or with the day that it names, "2026-01-05 a>2026-02-01". */
static void read_log(const char *log, struct tr_records *events)
{
    struct tr_buf text = {0};
    struct tr_str rest = tr_str(log), one;
    struct tr_reader *reader;
    struct tr_err err;

    tr_buf_text(&text, "case_id,date,type,detail,until\n");
    while (rest.len > 0 && tr_str_part(&rest, ';', &one)) {
        struct tr_str case_id = TR_STR("A"), day, type, named;

        if (memchr(one.p, '/', one.len))
            tr_str_part(&one, '/', &case_id);
        tr_str_part(&one, ' ', &day);
        named = one;
        tr_str_part(&named, '>', &one);
        tr_str_part(&one, ':', &type);
        tr_buf_str(&text, case_id);
        tr_buf_char(&text, ',');
        tr_buf_str(&text, day);
        tr_buf_char(&text, ',');
        tr_buf_str(&text, type);
        tr_buf_char(&text, ',');
        tr_buf_str(&text, one);
        tr_buf_char(&text, ',');
        tr_buf_str(&text, named);
        tr_buf_char(&text, '\n');
    }
    heard.len = 0;
    reader = tr_reader_open(file_of(text.p, text.len),
                            &(struct tr_reader_options){.no_thread = true}, &err);
    ck_assert_ptr_nonnull(reader);
    ck_assert_msg(tr_records_read(events, &tr_event_kind, &profile, reader, &listener) == 0,
                  "%s: %s", log, tr_buf_z(&heard));
    tr_reader_close(reader);
    tr_buf_clear(&text);
}

/* due[>working day] status[@done on] role since type instance. */
static void show_row(const struct tr_deadline *d, struct tr_buf *out)
{
    char text[160];

    tr_buf_text(out, day_shown(d->due));
    if (d->due_working_day != d->due) {
        tr_buf_char(out, '>');
        tr_buf_text(out, day_shown(d->due_working_day));
    }
    snprintf(text, sizeof text, " %s%s%s %s %s %s %u\n", tr_deadline_status_names[d->is],
             d->done_on == TR_NO_DAY ? "" : "@",
             d->done_on == TR_NO_DAY ? "" : day_shown(d->done_on),
             show(routine.roles->entry[d->responsible].code), day_shown(d->since),
             show(routine.types->entry[d->because].code), d->instance);
    tr_buf_text(out, text);
}

static void find(struct tr_records *out, const struct tr_records *events, const char *as_of,
                 uint32_t statuses)
{
    ck_assert_int_eq(tr_deadlines_find(out, &routine, events, day_read(as_of), statuses, &listener),
                     0);
}

static void show_step(const struct tr_records *rows, const char *step, struct tr_buf *out)
{
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct tr_deadline *d = tr_deadline(rows, i);

        ck_assert_int_eq(d->status, routine.status[d->is]);
        ck_assert(tr_str_eq(d->step, routine.step[d->number].code));
        if (tr_str_is(d->step, step))
            show_row(d, out);
    }
}

/* ---- each column ---- */

/* 5 January 2026 is a Monday, the 17th a Saturday. */
static const struct {
    const char *step, *log, *as_of, *rows;
} cases[] = {
    /* offset, and how the status goes with the days */
    {"base", "", "2026-01-05", ""},
    {"base", "2026-01-05 b", "2026-01-05", ""},
    {"base", "2026-01-05 a", "2026-01-04", ""},
    {"base", "2026-01-05 a", "2026-01-05", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"base", "2026-01-05 a", "2026-01-15", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"base", "2026-01-05 a", "2026-01-16", "2026-01-15 overdue bydel 2026-01-05 a 1\n"},
    {"month", "2026-01-31 a", "2026-02-13",
     "2026-02-28>2026-03-02 upcoming bydel 2026-01-31 a 1\n"},
    {"month", "2026-01-31 a", "2026-02-14", "2026-02-28>2026-03-02 due bydel 2026-01-31 a 1\n"},
    {"month", "2026-01-31 a", "2026-03-02", "2026-02-28>2026-03-02 due bydel 2026-01-31 a 1\n"},
    {"month", "2026-01-31 a", "2026-03-03", "2026-02-28>2026-03-02 overdue bydel 2026-01-31 a 1\n"},
    {"month", "2028-01-31 a", "2028-02-01", "2028-02-29 upcoming bydel 2028-01-31 a 1\n"},
    {"work", "2026-03-31 a", "2026-04-08", "2026-04-08 due bydel 2026-03-31 a 1\n"}, /* Easter */
    {"zero", "2026-01-10 a", "2026-01-12", "2026-01-10>2026-01-12 due bydel 2026-01-10 a 1\n"},
    {"zero", "2026-01-10 a", "2026-01-13", "2026-01-10>2026-01-12 overdue bydel 2026-01-10 a 1\n"},
    {"back", "2026-01-15 a", "2026-01-15", "2026-01-08 overdue bydel 2026-01-15 a 1\n"},
    {"month", "9999-12-30 a", "9999-12-31", "- due bydel 9999-12-30 a 1\n"},
    {"base", "0001-01-05 a", "0001-01-05", "0001-01-15 due bydel 0001-01-05 a 1\n"},
    /* the working day before */
    {"last", "2026-01-07 a", "2026-01-12", "2026-01-17>2026-01-16 upcoming bydel 2026-01-07 a 1\n"},
    {"last", "2026-01-07 a", "2026-01-13", "2026-01-17>2026-01-16 due bydel 2026-01-07 a 1\n"},
    {"last", "2026-01-07 a", "2026-01-16", "2026-01-17>2026-01-16 due bydel 2026-01-07 a 1\n"},
    {"last", "2026-01-07 a", "2026-01-17", "2026-01-17>2026-01-16 overdue bydel 2026-01-07 a 1\n"},
    {"last", "2026-01-07 a;2026-01-17 c", "2026-01-18",
     "2026-01-17>2026-01-16 missed bydel 2026-01-07 a 1\n"},
    /* ahead of an event: its own day, or the one that it names */
    {"ahead", "2026-01-05 a", "2026-01-06", "2026-01-12 due bydel 2026-01-05 a 1\n"},
    {"ahead", "2026-01-05 a;2026-01-06 e>2026-01-09", "2026-01-08",
     "2026-01-08 due bydel 2026-01-05 a 1\n"},
    {"ahead", "2026-01-05 a;2026-01-06 e>2026-01-09", "2026-01-09",
     "2026-01-08 overdue bydel 2026-01-05 a 1\n"},
    {"ahead", "2026-01-05 a;2026-01-06 e>2026-01-09;2026-01-07 e>2026-02-02", "2026-01-09",
     "2026-01-12 due bydel 2026-01-05 a 1\n"}, /* put off: its own day holds */
    {"ahead", "2026-01-05 a;2026-01-07 c", "2026-01-07",
     "2026-01-06 missed bydel 2026-01-05 a 1\n"},
    {"ahead", "2026-01-05 a;2026-01-06 b;2026-01-07 c", "2026-01-07",
     "2026-01-12 done@2026-01-06 bydel 2026-01-05 a 1\n"},
    {"by", "2026-01-05 a", "2026-06-05", "- due bydel 2026-01-05 a 1\n"},
    {"by", "2026-01-05 a;2026-01-07 e", "2026-01-07", "2026-01-07 due bydel 2026-01-05 a 1\n"},
    {"by", "2026-01-05 a;2026-01-07 e", "2026-01-08", "2026-01-07 overdue bydel 2026-01-05 a 1\n"},
    {"by", "2026-01-05 e;2026-01-06 a", "2026-01-08", "- due bydel 2026-01-06 a 1\n"},
    {"by", "2026-01-05 a;2026-01-06 e>2026-02-07", "2026-01-08",
     "2026-02-07 upcoming bydel 2026-01-05 a 1\n"},
    {"by", "2026-01-05 a;2026-01-06 f", "2026-01-08", "- moot bydel 2026-01-05 a 1\n"},
    {"by_each", "2026-01-05 a;2026-01-06 a;2026-01-07 b;2026-01-08 e", "2026-01-08",
     "2026-01-08 due bydel 2026-01-06 a 2\n"
     "2026-02-04 done@2026-01-07 bydel 2026-01-05 a 1\n"},
    /* the day that the event names */
    {"named", "2026-01-05 a", "2026-01-05", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"named", "2026-01-05 a>2026-03-07", "2026-01-05",
     "2026-03-07>2026-03-09 upcoming bydel 2026-01-05 a 1\n"},
    {"named_only", "2026-01-05 a", "2026-01-05", ""},
    {"named_only", "2026-01-05 a>2026-01-09", "2026-01-05",
     "2026-01-09 due bydel 2026-01-05 a 1\n"},
    {"named_again", "2026-01-05 a>2026-03-06;2026-02-02 a>2026-04-08", "2026-02-02",
     "2026-03-06 done@2026-02-02 bydel 2026-01-05 a 1\n"
     "2026-04-08 upcoming bydel 2026-02-02 a 2\n"},
    /* a reminder is never overdue */
    {"remind", "2026-01-05 a", "2026-01-11", "2026-01-15 upcoming bydel 2026-01-05 a 1\n"},
    {"remind", "2026-01-05 a", "2026-03-11", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"remind", "2026-01-05 a;2026-02-01 c", "2026-03-11",
     "2026-01-15 missed bydel 2026-01-05 a 1\n"},
    {"remind", "2026-01-05 a;2026-02-01 b", "2026-03-11",
     "2026-01-15 done@2026-02-01 bydel 2026-01-05 a 1\n"},
    /* notice */
    {"notice", "2026-01-05 a", "2026-01-11", "2026-01-15 upcoming bydel 2026-01-05 a 1\n"},
    {"notice", "2026-01-05 a", "2026-01-12", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"notice_wd", "2026-01-05 a", "2026-01-12", "2026-01-15 upcoming bydel 2026-01-05 a 1\n"},
    {"notice_wd", "2026-01-05 a", "2026-01-13", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    /* strict */
    {"base", "2026-01-07 a", "2026-01-19", "2026-01-17>2026-01-19 due bydel 2026-01-07 a 1\n"},
    {"base", "2026-01-07 a", "2026-01-20", "2026-01-17>2026-01-19 overdue bydel 2026-01-07 a 1\n"},
    {"strict", "2026-01-07 a", "2026-01-17", "2026-01-17 due bydel 2026-01-07 a 1\n"},
    {"strict", "2026-01-07 a", "2026-01-18", "2026-01-17 overdue bydel 2026-01-07 a 1\n"},
    /* done_by */
    {"base", "2026-01-05 a;2026-01-09 b", "2026-01-10",
     "2026-01-15 done@2026-01-09 bydel 2026-01-05 a 1\n"},
    {"base", "2026-01-05 a;2026-02-09 b", "2026-02-10",
     "2026-01-15 done@2026-02-09 bydel 2026-01-05 a 1\n"},
    {"base", "2026-01-05 a;2026-01-09 b", "2026-01-08", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"base", "2026-01-05 a;2026-01-05 b", "2026-01-10",
     "2026-01-15 done@2026-01-05 bydel 2026-01-05 a 1\n"},
    {"base", "2026-01-05 a;2026-01-09 b;2026-01-10 b", "2026-01-10",
     "2026-01-15 done@2026-01-09 bydel 2026-01-05 a 1\n"},
    {"behind", "2026-01-05 a;2026-01-05 b", "2026-01-10",
     "2026-01-15 done@2026-01-05 bydel 2026-01-05 b 1\n"},
    {"behind", "2026-01-04 a;2026-01-05 b", "2026-01-10", "2026-01-15 due bydel 2026-01-05 b 1\n"},
    {"many", "2026-01-05 b;2026-01-06 d:waiting", "2026-01-10",
     "2026-01-15 due bydel 2026-01-05 b 1\n"},
    {"many", "2026-01-05 b;2026-01-06 d:placed", "2026-01-10",
     "2026-01-15 done@2026-01-06 bydel 2026-01-05 b 1\n"},
    {"many", "2026-01-05 a;2026-01-06 c", "2026-01-10",
     "2026-01-15 done@2026-01-06 bydel 2026-01-05 a 1\n"},
    /* early */
    {"base", "2026-01-04 b;2026-01-05 a", "2026-01-05", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"early", "2026-01-04 b;2026-01-05 a", "2026-01-05",
     "2026-01-15 done@2026-01-04 bydel 2026-01-05 a 1\n"},
    {"early", "2026-01-01 b;2026-01-05 a;2026-01-06 a", "2026-01-06",
     "2026-01-15 done@2026-01-01 bydel 2026-01-05 a 1\n"
     "2026-01-16 due bydel 2026-01-06 a 2\n"}, /* once used, used up */
    {"early_each", "2026-01-01 b;2026-01-05 a;2026-01-06 a;2026-01-07 b", "2026-01-07",
     "2026-01-15 done@2026-01-01 bydel 2026-01-05 a 1\n"
     "2026-01-16 done@2026-01-07 bydel 2026-01-06 a 2\n"},
    /* until */
    {"until", "2026-01-05 a;2026-01-10 c", "2026-01-10", "2026-01-15 moot bydel 2026-01-05 a 1\n"},
    {"until", "2026-01-05 a;2026-01-15 c", "2026-01-20", "2026-01-15 moot bydel 2026-01-05 a 1\n"},
    {"until", "2026-01-05 a;2026-01-16 c", "2026-01-20",
     "2026-01-15 missed bydel 2026-01-05 a 1\n"},
    {"until", "2026-01-07 a;2026-01-19 c", "2026-01-20",
     "2026-01-17>2026-01-19 moot bydel 2026-01-07 a 1\n"},
    {"until", "2026-01-07 a;2026-01-20 c", "2026-01-20",
     "2026-01-17>2026-01-19 missed bydel 2026-01-07 a 1\n"},
    {"until_strict", "2026-01-07 a;2026-01-18 c", "2026-01-20",
     "2026-01-17 missed bydel 2026-01-07 a 1\n"},
    {"until", "2026-01-05 a;2026-01-06 b;2026-01-10 c", "2026-01-10",
     "2026-01-15 done@2026-01-06 bydel 2026-01-05 a 1\n"},
    {"until", "2026-01-04 c;2026-01-05 a", "2026-01-05", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"until", "2026-01-05 a;2026-01-05 c", "2026-01-05", "2026-01-15 moot bydel 2026-01-05 a 1\n"},
    {"until_first", "2026-01-05 a;2026-01-05 c", "2026-01-05",
     "2026-01-15 due bydel 2026-01-05 c 1\n"},
    {"until", "2026-01-05 a;2026-01-10 c;2026-02-02 a", "2026-02-02",
     "2026-01-15 moot bydel 2026-01-05 a 1\n2026-02-12 due bydel 2026-02-02 a 2\n"},
    {"until_each", "2026-01-05 a;2026-01-07 a;2026-01-16 c", "2026-01-16",
     "2026-01-15 missed bydel 2026-01-05 a 1\n"
     "2026-01-17>2026-01-19 moot bydel 2026-01-07 a 2\n"},
    /* passes */
    {"passes", "2026-01-05 a", "2026-01-15", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"passes", "2026-01-05 a", "2026-01-16", "2026-01-15 passed bydel 2026-01-05 a 1\n"},
    {"passes", "2026-01-07 a", "2026-01-19", "2026-01-17>2026-01-19 due bydel 2026-01-07 a 1\n"},
    {"passes", "2026-01-07 a", "2026-01-20", "2026-01-17>2026-01-19 passed bydel 2026-01-07 a 1\n"},
    {"passes_strict", "2026-01-07 a", "2026-01-18", "2026-01-17 passed bydel 2026-01-07 a 1\n"},
    {"passes", "2026-01-05 a;2026-01-10 c", "2026-02-01", "2026-01-15 moot bydel 2026-01-05 a 1\n"},
    {"passes", "2026-01-05 a;2026-01-20 c", "2026-02-01",
     "2026-01-15 passed bydel 2026-01-05 a 1\n"},
    {"passes_done", "2026-01-05 a;2026-01-09 b", "2026-02-01",
     "2026-01-15 done@2026-01-09 bydel 2026-01-05 a 1\n"},
    /* repeat */
    {"repeat", "2026-01-05 a;2026-02-03 b", "2026-02-10",
     "2026-02-05 done@2026-02-03 bydel 2026-01-05 a 1\n"
     "2026-05-03>2026-05-04 upcoming bydel 2026-02-03 b 2\n"},
    {"repeat", "2026-01-05 a;2026-02-03 b;2026-05-11 b", "2026-06-01",
     "2026-02-05 done@2026-02-03 bydel 2026-01-05 a 1\n"
     "2026-05-03>2026-05-04 done@2026-05-11 bydel 2026-02-03 b 2\n"
     "2026-08-11 upcoming bydel 2026-05-11 b 3\n"},
    {"repeat", "2026-01-05 a;2026-02-03 b;2026-06-01 c", "2026-06-01",
     "2026-02-05 done@2026-02-03 bydel 2026-01-05 a 1\n"
     "2026-05-03>2026-05-04 missed bydel 2026-02-03 b 2\n"},
    {"itself", "2026-01-05 a", "2026-01-05", "2026-02-05 upcoming bydel 2026-01-05 a 1\n"},
    {"itself", "2026-01-05 a;2026-04-06 a", "2026-04-06",
     "2026-02-05 done@2026-04-06 bydel 2026-01-05 a 1\n"
     "2026-07-06 upcoming bydel 2026-04-06 a 2\n"},
    /* each */
    {"base", "2026-01-05 a;2026-01-06 a;2026-01-08 b", "2026-01-08",
     "2026-01-15 done@2026-01-08 bydel 2026-01-05 a 1\n"},
    {"base", "2026-01-05 a;2026-01-08 b;2026-01-09 a", "2026-01-09",
     "2026-01-15 done@2026-01-08 bydel 2026-01-05 a 1\n2026-01-19 due bydel 2026-01-09 a 2\n"},
    {"each", "2026-01-05 a;2026-01-06 a;2026-01-08 b", "2026-01-08",
     "2026-01-15 done@2026-01-08 bydel 2026-01-05 a 1\n2026-01-16 due bydel 2026-01-06 a 2\n"},
    {"each", "2026-01-05 a;2026-01-06 a;2026-01-08 b;2026-01-09 b", "2026-01-09",
     "2026-01-15 done@2026-01-08 bydel 2026-01-05 a 1\n"
     "2026-01-16 done@2026-01-09 bydel 2026-01-06 a 2\n"},
    {"each", "2026-01-05 a;2026-01-05 a", "2026-01-05", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    /* details */
    {"detail", "2026-01-05 d:waiting;2026-01-05 d", "2026-01-08", ""},
    {"detail", "2026-01-05 d:placed;2026-01-06 d", "2026-01-08",
     "2026-01-15 due bydel 2026-01-05 d 1\n"},
    {"detail", "2026-01-05 d:placed;2026-01-06 d:waiting", "2026-01-08",
     "2026-01-15 done@2026-01-06 bydel 2026-01-05 d 1\n"},
    {"any", "2026-01-05 d:waiting;2026-01-06 e", "2026-01-08",
     "2026-01-15 done@2026-01-06 bydel 2026-01-05 d 1\n"},
    {"any", "2026-01-05 d", "2026-01-08", "2026-01-15 due bydel 2026-01-05 d 1\n"},
    /* responsible, changes */
    {"unless", "2026-01-05 a;2026-01-06 e", "2026-01-08", "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"unless", "2026-01-05 a;2026-01-06 e;2026-01-07 f", "2026-01-08",
     "2026-01-15 due institution 2026-01-05 a 1\n"},
    {"unless", "2026-01-05 a;2026-01-06 e;2026-01-07 o;2026-01-08 f", "2026-01-09",
     "2026-01-15 due bydel 2026-01-05 a 1\n"}, /* o has ended what f gives */
    {"unless", "2026-01-04 o;2026-01-05 a;2026-01-06 e;2026-01-07 f", "2026-01-08",
     "2026-01-15 due institution 2026-01-05 a 1\n"}, /* a has given it again since */
    {"unless", "2026-01-05 a;2026-01-06 o;2026-01-06 e;2026-01-07 f;2026-01-08 e", "2026-01-09",
     "2026-01-15 due bydel 2026-01-05 a 1\n"},
    {"changes", "2026-01-05 a", "2026-01-06", "2026-01-15 due institution 2026-01-05 a 1\n"},
    {"changes", "2026-01-05 a;2026-01-07 d:waiting", "2026-01-08",
     "2026-01-15 due institution 2026-01-05 a 1\n"},
    {"changes", "2026-01-05 a;2026-01-07 d:placed", "2026-01-07",
     "2026-01-15 due intake 2026-01-05 a 1\n"},
    {"changes", "2026-01-05 a;2026-01-07 d:placed;2026-01-08 o", "2026-01-09",
     "2026-01-15 due person 2026-01-05 a 1\n"},
    {"changes", "2026-01-04 o;2026-01-05 a", "2026-01-06",
     "2026-01-15 due institution 2026-01-05 a 1\n"},
    {"changes", "2026-01-05 a;2026-01-06 b;2026-01-07 d:placed", "2026-01-08",
     "2026-01-15 done@2026-01-06 institution 2026-01-05 a 1\n"},
    {"changes", "2026-01-05 a;2026-01-07 d:placed;2026-01-08 b", "2026-01-08",
     "2026-01-15 done@2026-01-08 intake 2026-01-05 a 1\n"},
    {"changes", "2026-01-05 a;2026-01-06 c;2026-01-07 d:placed", "2026-01-08",
     "2026-01-15 moot institution 2026-01-05 a 1\n"},
};

START_TEST(columns)
{
    load();
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct tr_records events, rows;
        struct tr_buf got = {0};

        ck_assert_msg(tr_routine_step(&routine, tr_str(cases[i].step)) >= 0, "%s", cases[i].step);
        read_log(cases[i].log, &events);
        find(&rows, &events, cases[i].as_of, UINT32_MAX);
        show_step(&rows, cases[i].step, &got);
        ck_assert_msg(tr_str_is(tr_buf_slice(&got), cases[i].rows), "%s, %s, as of %s:\n%snot\n%s",
                      cases[i].step, cases[i].log, cases[i].as_of, tr_buf_z(&got), cases[i].rows);
        tr_buf_clear(&got);
        tr_records_clear(&rows);
        tr_records_clear(&events);
    }
}
END_TEST

/* ---- how late, and what a calendar asks of a row ---- */

static const struct {
    const char *step, *log, *as_of;
    int32_t late, working;
} lateness[] = {
    {"base", "2026-01-05 a;2026-01-15 b", "2026-02-01", -1, -1},
    {"base", "2026-01-05 a;2026-01-16 b", "2026-02-01", 1, -1},
    {"base", "2026-01-07 a;2026-01-19 b", "2026-02-01", -1, -1}, /* the 17th is a Saturday */
    {"base", "2026-01-07 a;2026-01-20 b", "2026-02-01", 1, -1},
    {"base", "2026-01-05 a", "2026-01-18", 3, -1},
    {"base", "2026-01-05 a", "2026-01-10", -1, -1},
    {"last", "2026-01-07 a;2026-01-17 b", "2026-02-01", 1, -1},
    {"work", "2026-01-05 a;2026-01-12 b", "2026-02-01", 4, 2}, /* due on Thursday */
    {"work", "2026-01-06 a;2026-01-10 b", "2026-02-01", 1, 1}, /* Saturday counts as Monday */
    {"work", "2026-01-06 a", "2026-01-11", 2, 1},
    {"work", "2026-03-27 a;2026-04-07 b", "2026-04-08", 6, 1}, /* due on Wednesday before Easter */
    {"ahead", "2026-01-05 a;2026-01-06 e>2026-01-09;2026-01-12 b", "2026-02-01", 4, -1},
    {"by", "2026-01-05 a", "2026-02-01", -1, -1},
    {"remind", "2026-01-05 a;2026-02-01 b", "2026-03-11", -1, -1},
    {"until", "2026-01-05 a;2026-01-16 c", "2026-01-20", -1, -1},
};

START_TEST(how_late)
{
    struct tr_records events, rows;
    uint32_t i = 0;

    load();
    read_log(lateness[_i].log, &events);
    find(&rows, &events, lateness[_i].as_of, UINT32_MAX);
    while (i < rows.n && !tr_str_is(tr_deadline(&rows, i)->step, lateness[_i].step))
        i++;
    ck_assert_uint_lt(i, rows.n);
    ck_assert_int_eq(tr_deadline(&rows, i)->late, lateness[_i].late);
    ck_assert_int_eq(tr_deadline(&rows, i)->late_working, lateness[_i].working);
    tr_records_clear(&rows);
    tr_records_clear(&events);
}
END_TEST

/* Events that change a row, the last one's day, the day it was over, and whose it was before. */
static const struct {
    const char *step, *log, *as_of, *versions;
} versions[] = {
    {"base", "2026-01-05 a", "2026-01-06", "1 2026-01-05 - |"},
    {"base", "2026-01-05 a;2026-01-06 d;2026-01-07 e", "2026-01-08", "1 2026-01-05 - |"},
    {"base", "2026-01-05 a;2026-01-09 b;2026-02-02 e", "2026-03-08", "1 2026-01-05 2026-01-09 |"},
    {"until", "2026-01-05 a;2026-01-09 c", "2026-03-08", "1 2026-01-05 2026-01-09 |"},
    {"passes", "2026-01-05 a", "2026-03-08", "1 2026-01-05 2026-01-16 |"},
    {"by", "2026-01-05 a;2026-01-06 e>2026-02-02;2026-01-07 e>2026-02-02;2026-01-08 e>2026-02-03",
     "2026-01-09", "3 2026-01-08 - |"},
    {"changes", "2026-01-05 a;2026-01-07 d:placed", "2026-01-06", "1 2026-01-05 - |"},
    {"changes", "2026-01-05 a;2026-01-07 d:placed", "2026-01-08", "2 2026-01-07 - |institution"},
    {"changes", "2026-01-05 a;2026-01-07 d:placed;2026-01-07 e;2026-01-08 o", "2026-01-09",
     "3 2026-01-08 - |institution intake"},
};

START_TEST(version)
{
    struct tr_records events, rows;
    const struct tr_deadline *d;
    char got[160];
    uint32_t i = 0;
    int n;

    load();
    read_log(versions[_i].log, &events);
    find(&rows, &events, versions[_i].as_of, UINT32_MAX);
    while (i < rows.n && !tr_str_is(tr_deadline(&rows, i)->step, versions[_i].step))
        i++;
    ck_assert_uint_lt(i, rows.n);
    d = tr_deadline(&rows, i);
    n = snprintf(got, sizeof got, "%u ", d->changes);
    n += snprintf(got + n, sizeof got - (size_t)n, "%s ", day_shown(d->changed_on));
    n += snprintf(got + n, sizeof got - (size_t)n, "%s |", day_shown(d->over_on));
    for (int k = 0, first = 1; k < routine.roles->n; k++)
        if (d->had >> k & 1) {
            n += snprintf(got + n, sizeof got - (size_t)n, "%s%s", first ? "" : " ",
                          show(routine.roles->entry[k].code));
            first = 0;
        }
    ck_assert_str_eq(got, versions[_i].versions);
    tr_records_clear(&rows);
    tr_records_clear(&events);
}
END_TEST

/* Each start is a time of its own, and each time done is one that comes again. */
START_TEST(many_instances)
{
    enum { EVENTS = 40 };
    struct tr_records events, rows;
    struct tr_buf log = {0};
    uint32_t all = 0, done = 0;

    load();
    for (int i = 0; i < EVENTS; i++) {
        tr_buf_text(&log, i ? ";" : "");
        tr_buf_text(&log, day_shown(day_read("2026-01-05") + i));
        tr_buf_text(&log, " a");
    }
    read_log(tr_buf_z(&log), &events);
    find(&rows, &events, "2026-06-01", UINT32_MAX);
    for (uint32_t i = 0; i < rows.n; i++)
        if (tr_str_is(tr_deadline(&rows, i)->step, "each_repeat")) {
            all++;
            done += tr_deadline(&rows, i)->is == TR_DEADLINE_DONE;
        }
    ck_assert_uint_eq(all, 2 * EVENTS - 1);
    ck_assert_uint_eq(done, EVENTS - 1);
    tr_records_clear(&rows);
    tr_records_clear(&events);
    tr_buf_clear(&log);
}
END_TEST

START_TEST(the_rest_of_a_row)
{
    struct tr_records events, rows;
    const struct tr_deadline *d;

    load();
    read_log("C-1/2026-01-05 d", &events);
    find(&rows, &events, "2026-01-06", UINT32_MAX);
    ck_assert_uint_eq(rows.n, 1);
    d = tr_deadline(&rows, 0);
    ck_slice_eq(d->case_id, "C-1");
    ck_slice_eq(d->step, "any");
    ck_slice_eq(d->source, "2.3");
    ck_assert_uint_eq(d->attendees, UINT64_C(1) << tr_list_code(routine.roles, TR_STR("person")) |
                                        UINT64_C(1)
                                            << tr_list_code(routine.roles, TR_STR("bydel")));
    tr_records_clear(&rows);
    tr_records_clear(&events);
}
END_TEST

START_TEST(statuses_wanted)
{
    static const char log[] = "2026-01-05 a;2026-01-07 a;2026-01-09 b;2026-03-01 a;2026-03-02 c";
    struct tr_records events, all, some;

    load();
    read_log(log, &events);
    find(&all, &events, "2026-03-03", UINT32_MAX);
    for (uint32_t statuses = 0; statuses < 1u << TR_N_DEADLINE_STATUS; statuses++) {
        uint32_t n = 0;

        find(&some, &events, "2026-03-03", statuses);
        for (uint32_t i = 0; i < all.n; i++)
            if (statuses >> tr_deadline(&all, i)->is & 1) {
                ck_assert_uint_lt(n, some.n);
                ck_assert_mem_eq(tr_deadline(&all, i), tr_deadline(&some, n++),
                                 sizeof(struct tr_deadline));
            }
        ck_assert_uint_eq(n, some.n);
        tr_records_clear(&some);
    }
    tr_records_clear(&all);
    tr_records_clear(&events);
}
END_TEST

/* ---- what is said of a log ---- */

static const struct {
    const char *log, *as_of, *said;
} logs[] = {
    {"2026-01-05 a;2026-01-06 b", "2026-02-01", ""},
    {"2026-01-05 b;2026-01-05 a", "2026-02-01", ""}, /* of one day, in any order */
    {"2026-01-05 a;2026-01-03 b", "2026-02-01", "event-order 3 date\n"},
    {"2026-01-05 a;2026-01-03 b;2026-01-04 c;2026-01-06 b", "2026-02-01",
     "event-order 3 date\nevent-order 4 date\n"},
    {"A/2026-01-05 a;B/2026-01-03 b", "2026-02-01", ""}, /* each case by itself */
    {"2026-01-05 a;2026-02-02 b", "2026-02-01", "event-future 3 date 2026-02-01\n"},
    {"2026-02-02 b;2026-01-05 a", "2026-02-01", "event-future 2 date 2026-02-01\n"},
    {"2026-02-01 b", "2026-02-01", ""},
    {"2026-01-05 a;2026-01-05 a", "2026-02-01", "event-twice 3 type 2\n"},
    {"2026-01-05 d:placed;2026-01-05 d:waiting;2026-01-05 d", "2026-02-01", ""},
    {"2026-01-05 a;2026-01-05 b;2026-01-05 a;2026-01-05 a", "2026-02-01",
     "event-twice 4 type 2\nevent-twice 5 type 4\n"},
    {"A/2026-01-05 a;B/2026-01-05 a", "2026-02-01", ""},
    {"2026-01-05 o;2026-01-07 o", "2026-02-01", "event-once 3 type 2\n"},
    {"2026-01-05 o;2026-01-05 o", "2026-02-01", "event-twice 3 type 2\n"},
    {"2026-01-05 p:placed;2026-01-07 p:waiting", "2026-02-01", ""},
    {"2026-01-05 p:placed;2026-01-07 p:waiting;2026-01-08 p:placed", "2026-02-01",
     "event-once 4 type 2\n"},
    {"2026-01-05 f", "2026-02-01", "event-after 2 type a b\n"},
    {"2026-01-05 a;2026-01-06 f", "2026-02-01", ""},
    {"2026-01-05 f;2026-01-05 b", "2026-02-01", ""}, /* the same day will do */
    {"2026-01-05 f;2026-01-06 b", "2026-02-01", "event-after 2 type a b\n"},
    {"A/2026-01-05 a;B/2026-01-06 f", "2026-02-01", "event-after 3 type a b\n"},
    {"2026-01-05 a:placed", "2026-02-01", "event-detail 2 detail placed a\n"},
    {"2026-01-05 d:health", "2026-02-01", "event-detail 2 detail health d\n"},
};

START_TEST(contradictions)
{
    load();
    for (size_t i = 0; i < COUNT(logs); i++) {
        struct tr_records events, rows;

        read_log(logs[i].log, &events);
        find(&rows, &events, logs[i].as_of, UINT32_MAX);
        ck_assert_msg(tr_str_is(tr_buf_slice(&heard), logs[i].said), "%s:\n%snot\n%s", logs[i].log,
                      tr_buf_z(&heard), logs[i].said);
        tr_records_clear(&rows);
        tr_records_clear(&events);
    }
}
END_TEST

/* ---- any log ---- */

enum { EVENTS = 400, CASES = 13 };

/* A log made up, in some order: one that is not by day. */
static void make_log(struct tr_records *events, uint32_t n, uint32_t days)
{
    static const char *const ids[CASES] = {"C-1", "C-10", "C-2", "c-1", "Å", "A",  "AA",
                                           "B",   "Z",    "0",   "-",   "~", "x y"};

    tr_records_start(events, &tr_event_kind, &profile, "made");
    for (uint32_t i = 0; i < n; i++) {
        struct tr_event *e = tr_records_add(events, i + 2);
        int k = (int)random_below((uint32_t)routine.details->n);

        e->case_id = tr_str(ids[random_below(CASES)]);
        e->type = (int32_t)random_below((uint32_t)routine.types->n);
        e->detail = routine.allowed[e->type] >> k & 1 ? k : -1;
        e->date = day_read("2026-01-01") + (int32_t)random_below(days);
    }
}

static void shuffle(struct tr_records *events)
{
    for (uint32_t k = events->n; k > 1; k--) {
        uint32_t other = random_below(k);
        struct tr_event x = *tr_event(events, k - 1);

        *tr_event(events, k - 1) = *tr_event(events, other);
        *tr_event(events, other) = x;
    }
}

static void expect_same(const struct tr_records *a, const struct tr_records *b)
{
    ck_assert_uint_eq(a->n, b->n);
    ck_assert(a->n == 0 || memcmp(a->record, b->record, a->n * sizeof(struct tr_deadline)) == 0);
}

/* Rows go by case and day; a row is one time of one step. */
static void expect_sound(const struct tr_records *rows, int32_t as_of)
{
    for (uint32_t i = 0; i < rows->n; i++) {
        const struct tr_deadline *d = tr_deadline(rows, i), *before = d - 1;

        ck_assert_int_eq(d->due_working_day, tr_last_day(d->due, routine.step[d->number].off_day));
        ck_assert(d->late < 0 || d->is == TR_DEADLINE_OVERDUE || d->is == TR_DEADLINE_DONE);
        ck_assert(d->late_working < 0 || (d->late_working > 0 && d->late >= 0));
        ck_assert((TR_DEADLINE_OPEN >> d->is & 1) == (d->over_on == TR_NO_DAY));
        ck_assert_int_le(d->over_on, as_of);
        ck_assert_int_le(d->changed_on, as_of);
        ck_assert_uint_ge(d->changes, 1);
        ck_assert((d->is == TR_DEADLINE_DONE) == (d->done_on != TR_NO_DAY));
        ck_assert_int_le(d->since, as_of);
        ck_assert_int_le(d->done_on, as_of);
        ck_assert_uint_ge(d->instance, 1);
        if (d->is == TR_DEADLINE_OVERDUE)
            ck_assert_int_lt(d->due_working_day, as_of);
        if (d->is == TR_DEADLINE_UPCOMING)
            ck_assert_int_gt(d->due, as_of);
        if (i == 0 || !tr_str_eq(d->case_id, before->case_id))
            continue;
        ck_assert_uint_le((uint32_t)before->due, (uint32_t)d->due); /* no day: last */
        if (before->due == d->due)
            ck_assert(before->number < d->number ||
                      (before->number == d->number && before->instance < d->instance));
    }
}

START_TEST(any_order)
{
    load();
    for (int round = 0; round < 60; round++) {
        struct tr_records events, kept, rows, again;
        uint32_t days = 1 + random_below(500);
        const char *as_of = day_shown(day_read("2026-01-01") + (int32_t)random_below(500));
        char day[TR_DATE_LEN + 1];

        strcpy(day, as_of);
        make_log(&events, random_below(EVENTS), days);
        find(&rows, &events, day, UINT32_MAX);
        expect_sound(&rows, day_read(day));

        shuffle(&events);
        find(&again, &events, day, UINT32_MAX);
        expect_same(&rows, &again);
        tr_records_clear(&again);

        /* what comes later, and what stands there twice, changes nothing */
        tr_records_start(&kept, &tr_event_kind, &profile, "kept");
        for (uint32_t i = 0; i < events.n; i++)
            for (int k = 0; k < 2 && tr_event(&events, i)->date <= day_read(day); k++)
                *(struct tr_event *)tr_records_add(&kept, 0) = *tr_event(&events, i);
        find(&again, &kept, day, UINT32_MAX);
        expect_same(&rows, &again);
        tr_records_clear(&again);
        tr_records_clear(&kept);
        tr_records_clear(&rows);
        tr_records_clear(&events);
        heard.len = 0;
    }
}
END_TEST

/* The number of the first event of the case. */
static uint32_t first_of(const struct tr_records *events, struct tr_str id)
{
    uint32_t i = 0;

    while (!tr_str_eq(tr_event(events, i)->case_id, id))
        i++;
    return i;
}

/* Dealt out to their cases, events say the same, and what is wrong with them in the order of the file. */
START_TEST(dealt)
{
    load();
    for (int round = 0; round < 60; round++) {
        struct tr_records events, was, rows, again;
        struct tr_buf said = {0};
        const uint32_t n = random_below(EVENTS);

        make_log(&events, n, 300);
        tr_records_start(&was, &tr_event_kind, &profile, "made");
        for (uint32_t i = 0; i < n; i++)
            *(struct tr_event *)tr_records_add(&was, i + 2) = *tr_event(&events, i);
        heard.len = 0;
        find(&rows, &was, "2026-07-01", UINT32_MAX);
        tr_buf_str(&said, tr_buf_slice(&heard));
        heard.len = 0;
        ck_assert_int_eq(tr_events_deal(&events), 0);
        ck_assert_uint_eq(events.n, n);
        for (uint32_t i = 0; i < n; i++) {
            const struct tr_event *e = tr_event(&events, i), *other = tr_event(&was, (uint32_t)events.line[i] - 2);

            ck_assert_int_eq(memcmp(e, other, sizeof *e), 0);
            if (i > 0 && tr_str_eq(e->case_id, (e - 1)->case_id))
                ck_assert_uint_gt(events.line[i], events.line[i - 1]);
            else if (i > 0)
                ck_assert_uint_gt(first_of(&was, e->case_id), first_of(&was, (e - 1)->case_id));
        }
        find(&again, &events, "2026-07-01", UINT32_MAX);
        expect_same(&rows, &again);
        ck_assert_str_eq(tr_buf_z(&heard), tr_buf_z(&said));
        heard.len = 0;
        tr_buf_clear(&said);
        tr_records_clear(&rows);
        tr_records_clear(&again);
        tr_records_clear(&was);
        tr_records_clear(&events);
    }
}
END_TEST

START_TEST(cases_in_order)
{
    struct tr_records events, rows;

    load();
    read_log("C-2/2026-01-05 d;C-10/2026-01-05 d;C-1/2026-01-07 d;C-1/2026-01-05 "
             "d:placed;c/2026-01-01 d",
             &events);
    find(&rows, &events, "2026-02-01", UINT32_MAX);
    ck_assert_uint_eq(rows.n, 5); /* case C-1 in two steps */
    ck_slice_eq(tr_deadline(&rows, 0)->case_id, "C-1");
    ck_slice_eq(tr_deadline(&rows, 1)->case_id, "C-1");
    ck_slice_eq(tr_deadline(&rows, 2)->case_id, "C-10");
    ck_slice_eq(tr_deadline(&rows, 3)->case_id, "C-2");
    ck_slice_eq(tr_deadline(&rows, 4)->case_id, "c");
    tr_records_clear(&rows);
    tr_records_clear(&events);
}
END_TEST

/* ---- routines that are refused ---- */

static const struct {
    const char *step, *field;
} wrong[] = {
    {STEP("s", "x,P1D,,,b,,,,after", ",bydel,"), "starts"},
    {STEP("s", ",P1D,,,b,,,,after", ",bydel,"), "starts"},
    {STEP("s", "a:nothing,P1D,,,b,,,,after", ",bydel,"), "starts"},
    {STEP("s", "a:placed,P1D,,,b,,,,after", ",bydel,"), "starts"},
    {STEP("s", "d:health,P1D,,,b,,,,after", ",bydel,"), "starts"},
    {STEP("s", "a,P1D,,x,b,,,,after", ",bydel,"), "until"},
    {STEP("s", "a,P1D,,,x,,,,after", ",bydel,"), "done_by"},
    {STEP("s", "a,P1D,,,,,,,after", ",bydel,"), "done_by"},
    {STEP("s", "a,P1D,,,,nei,nei,nei,after", ",bydel,"), "done_by"},
    {STEP("s", "a,,,,b,,,,after", ",bydel,"), "offset"},
    {STEP("s", "a,3,,,b,,,,after", ",bydel,"), "offset"},
    {STEP("s", "a,P1D,often,,b,,,,after", ",bydel,"), "repeat"},
    {STEP("s", "a,P1D,,,b,yes,,,after", ",bydel,"), "early"},
    {STEP("s", "a,P1D,,,b,,Ja,,after", ",bydel,"), "each"},
    {STEP("s", "a,P1D,,,b,,,1,after", ",bydel,"), "passes"},
    {STEP("s", "a,P1D,,,b,,,,", ",bydel,"), "off_day"},
    {STEP_DAY("s", "a,,,,b,,,,after", ",bydel,", "nei,,,"), "offset"},
    {STEP_DAY("s", "a,P1D,,,b,,,,after", ",bydel,", "1,,,"), "day_named"},
    {STEP_DAY("s", "a,P1D,,,b,,,,after", ",bydel,", "ja,x,,"), "ahead_of"},
    {STEP_DAY("s", "a,P1D,,,b,,,,after", ",bydel,", "ja,c,1,"), "ahead"},
    {STEP_DAY("s", "a,P1D,,,b,,,,after", ",bydel,", "ja,c,P1D,yes"), "reminder"},
    {STEP("s", "a,P1D,,,b,,,,no", ",bydel,"), "off_day"},
    {STEP("s", "a,P1D,,,b,,,,after", "soon,bydel,"), "notice"},
    {STEP("s", "a,P1D,,,b,,,,after", ",,"), "responsible"},
    {STEP("s", "a,P1D,,,b,,,,after", ",x,"), "responsible"},
    {STEP("s", "a,P1D,,,b,,,,after", ",bydel,a"), "changes"},
    {STEP("s", "a,P1D,,,b,,,,after", ",bydel,a=x"), "changes"},
    {STEP("s", "a,P1D,,,b,,,,after", ",bydel,x=bydel"), "changes"},
    {STEP("s", "a,P1D,,,b,,,,after", ",bydel,a!=bydel"), "changes"},
    {STEP("s", "a,P1D,,,b,,,,after", ",bydel,a!x=bydel"), "changes"},
    {STEP("s", "a,P1D,,,b,,,,after", ",bydel,!a=bydel"), "changes"},
    {STEP("s", "a|b|c|d|e|f|o|p|a|b|c|d|e,P1D,,,b,,,,after", ",bydel,"), "starts"}, /* thirteen */
    {"s,x,x,x,a,P1D,,,b,,,,after,,bydel,,person|x,,,,,\n", "attendees"},
};

/* An event with a day on which it ends: not one before it began. */
START_TEST(until)
{
    static const struct {
        const char *rows, *said;
    } ends[] = {
        {"A,2026-01-05,a,2026-01-05\nA,2026-01-05,a,2026-02-01\n", ""},
        {"A,2026-01-05,a,\nA,2026-01-05,a,2026-01-04\nB,2026-01-06,b,2025-12-31\n",
         "reversed 3 until\nreversed 4 until\n"},
    };

    load();
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct tr_buf text = {0};
        struct tr_records events;
        struct tr_reader *reader;
        struct tr_err err;

        tr_buf_text(&text, "case_id,date,type,until\n");
        tr_buf_text(&text, ends[i].rows);
        heard.len = 0;
        reader = tr_reader_open(file_of(text.p, text.len),
                                &(struct tr_reader_options){.no_thread = true}, &err);
        ck_assert_ptr_nonnull(reader);
        ck_assert_int_eq(tr_records_read(&events, &tr_event_kind, &profile, reader, &listener),
                         *ends[i].said ? -1 : 0);
        ck_assert_str_eq(tr_buf_z(&heard), ends[i].said);
        tr_reader_close(reader);
        tr_records_clear(&events);
        tr_buf_clear(&text);
    }
}
END_TEST

START_TEST(refusal)
{
    char text[2048];
    const struct made_table made[] = {{"event_types", EVENT_TYPES}, {"steps", text}, {NULL}};
    struct tr_profile p;
    struct tr_routine r;
    struct tr_err err;

    snprintf(text, sizeof text, "%s%s%s", STEPS_HEAD, STEP("ok", "a,P1D,,,b,,,,after", ",bydel,"),
             wrong[_i].step);
    ck_assert_int_eq(made_profile(&p, made, &err), 0);
    ck_assert_msg(tr_routine_load(&r, &p, &err) == -1, "%s is taken", wrong[_i].step);
    ck_assert_int_eq(err.code, TR_E_TABLE_CELL);
    ck_assert_str_eq(err.field, wrong[_i].field);
    ck_assert_uint_eq(err.line, 3);
    tr_routine_clear(&r);
    tr_profile_clear(&p);
}
END_TEST

MAIN("deadline", {columns}, {how_late, COUNT(lateness)}, {version, COUNT(versions)},
     {many_instances}, {the_rest_of_a_row}, {statuses_wanted}, {contradictions}, {until}, {any_order}, {dealt},
     {cases_in_order}, {refusal, COUNT(wrong)})
