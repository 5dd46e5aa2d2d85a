/* The move-out plan: what is read and refused, that what is read is written again, and what is said
 * to be missing - on a form made up, and on the shipped one. */
#include "made.h"

#include "domain/routine/plan.h"

static const struct made_table tables[] = {
    {"plan_items",
     "point,item,kind,needed,when,responsible,due,label_nb,label_nn,label_en,help_nb,help_nn,help_en\n"
     "p,,,,,,,Punkt,Punkt,Point,,,\n"
     "p,line,line,ja,,,,Linje,Linje,Line,,,\n"
     "p,text,text,nei,,,,Tekst,Tekst,Text,,,\n"
     "p,ask,yesno,ja,,,,Trengs det?,Trengst det?,Needed?,,,\n"
     "p,day,date,ja,ask=ja,,,Dag,Dag,Day,,,\n"
     "p,task,task,ja,,bydel,-P7D,Gjøremål,Gjeremål,Task,,,\n"
     "p,tasks,tasks,ja,ask=nei,,,Tiltak,Tiltak,Measures,,,\n"
     "q,,,,,,,Annet,Anna,Other,,,\n"
     "q,line,line,nei,,,,Linje,Linje,Line,,,\n"},
    {NULL}};

static struct tr_profile made, shipped;
static struct tr_plan_form form, real;

static void load(void)
{
    struct tr_err err;

    if (made.paths)
        return;
    ck_assert_int_eq(made_profile(&made, tables, &err), 0);
    ck_assert_int_eq(tr_plan_form_load(&form, &made, TR_PAPER_PLAN, &err), 0);
    ck_assert_int_eq(tr_profile_load(&shipped, PROFILE, TEXTS, &err), 0);
    ck_assert_int_eq(tr_plan_form_load(&real, &shipped, TR_PAPER_PLAN, &err), 0);
}

#define SCHEMA "\"schema\": \"urn:transition:schema:plan:1\""
#define CASE SCHEMA ", \"case_id\": \"C-1\""
#define HEAD                                                                                       \
    CASE ", \"name\": \"Kari Nordmann\", \"bydel\": \"030103\", \"institution\": \"Solbakken\", "   \
         "\"home\": \"Testveien 1\", \"home_from\": \"2026-12-01\", \"meeting\": \"2026-11-20\", "  \
         "\"follow_up_meeting\": \"2026-12-29\""
#define TASK_OPEN                                                                                  \
    "{\"responsible\": \"person\", \"due\": \"2026-11-24\", \"status\": \"open\"}"
#define POINTS(p) "{" HEAD ", \"points\": {\"p\": " p "}}"

/* Keeps the first fault, and counts them. */
struct said {
    struct tr_err *first;
    int n;
};

static void hear(void *cookie, const struct tr_err *err)
{
    struct said *said = cookie;

    if (said->n++ == 0)
        *said->first = *err;
}

/* Reads a plan; line 7 of "plans". The document is gone after it. */
static int read_plan(struct tr_plan *p, const struct tr_plan_form *of, const char *json,
                     struct tr_err *err)
{
    struct tr_json *document = tr_json_parse(tr_str(json), "plans", err);
    int rc;

    ck_assert_msg(document != NULL, "%s: %s", json, err->arg[0]);
    rc = tr_plan_read(p, of, document, &(struct tr_plan_source){"plans", tr_str(json), 7},
                      &(struct tr_listener){hear, &(struct said){err, 0}});
    tr_json_free(document);
    return rc;
}

static void write_plan(const struct tr_plan *p, struct tr_buf *text)
{
    struct tr_out out;
    struct tr_err err;

    tr_out_init(&out, -1, "text");
    tr_plan_write(p, &out);
    ck_assert(!out.buf.failed);
    tr_buf_str(text, tr_buf_slice(&out.buf));
    out.buf.len = 0;
    ck_assert_int_eq(tr_out_close(&out, &err), 0);
}

/* ---- reading ---- */

START_TEST(every_kind_of_item)
{
    struct tr_plan p;
    struct tr_err err;
    const struct tr_task *task;

    load();
    ck_assert_int_eq(read_plan(&p, &form,
                               POINTS("{\"line\": \"  en linje \", \"text\": \"to\\nlinjer\", "
                                      "\"ask\": false, \"day\": \"1.2.2027\", \"task\": {\"responsible\": "
                                      "\"Bydelen\", \"due\": \"2026-11-24\", \"status\": \"Gjort\", "
                                      "\"follow_up\": \"closed\", \"note\": \"n\"}, \"tasks\": [{\"task\": "
                                      "\"Tur\"}, {\"task\": \"Kor\", \"status\": \"open\"}]}"),
                               &err), 0);
    ck_slice_eq(tr_plan_head(&p)->case_id, "C-1");
    ck_slice_eq(tr_plan_head(&p)->name, "Kari Nordmann");
    ck_slice_eq(tr_plan_head(&p)->home, "Testveien 1");
    ck_assert_int_eq(tr_plan_head(&p)->home_from, day_read("2026-12-01"));
    ck_assert_int_eq(tr_plan_head(&p)->bydel,
                     tr_list_code(tr_profile_list(&made, "bydel"), TR_STR("030103")));
    ck_slice_eq(p.value[1].text, "en linje");
    ck_slice_eq(p.value[2].text, "to\nlinjer");
    ck_assert_int_eq(p.value[3].number, 0);
    ck_assert_int_eq(p.value[4].number, day_read("2027-02-01"));
    ck_assert_uint_eq(p.value[5].n_tasks, 1);
    task = tr_task(&p, p.value[5].first_task);
    ck_assert_int_eq(task->responsible, tr_list_code(form.roles, TR_STR("bydel")));
    ck_assert_int_eq(task->due, day_read("2026-11-24"));
    ck_assert_int_eq(task->status, tr_list_code(form.statuses, TR_STR("done")));
    ck_assert_int_eq(task->follow_up, tr_list_code(form.follow_ups, TR_STR("closed")));
    ck_slice_eq(task->note, "n");
    ck_assert_uint_eq(p.value[6].n_tasks, 2);
    ck_slice_eq(tr_task(&p, p.value[6].first_task + 1)->task, "Kor");
    ck_assert_uint_eq(p.value[8].n_tasks, 0);
    ck_slice_eq(p.value[8].text, "");
    tr_plan_clear(&p);
}
END_TEST

static const struct {
    const char *json;
    enum tr_code code;
    const char *field, *arg;
} wrong[] = {
    /* of another kind, or a newer one */
    {"{}", TR_E_PLAN_SCHEMA, "schema", ""},
    {"{\"case_id\": \"C-1\"}", TR_E_PLAN_SCHEMA, "schema", ""},
    {"{\"schema\": 1, \"case_id\": \"C-1\"}", TR_E_PLAN_SCHEMA, "schema", ""},
    {"{\"schema\": \"urn:transition:schema:plan:2\", \"case_id\": \"C-1\"}", TR_E_PLAN_SCHEMA, "schema",
     "urn:transition:schema:plan:2"},
    {"{\"schema\": \"urn:transition:schema:certificate:1\"}", TR_E_PLAN_SCHEMA, "schema",
     "urn:transition:schema:certificate:1"},
    /* keys */
    {"{" CASE ", \"bydell\": null}", TR_E_PLAN_KEY_NEAR, "", "bydell"},
    {"{" CASE ", \"zzz\": null}", TR_E_PLAN_KEY, "", "zzz"},
    {"{" CASE ", \"\": null}", TR_E_PLAN_KEY, "", ""},
    {"{" CASE ", \"points\": {\"r\": {}}}", TR_E_PLAN_KEY, "", "r"},
    {"{" CASE ", \"points\": {\"\": {}}}", TR_E_PLAN_KEY, "", ""},
    {POINTS("{\"lime\": null}"), TR_E_PLAN_KEY_NEAR, "p", "lime"},
    {POINTS("{\"\": null}"), TR_E_PLAN_KEY, "p", ""},
    {POINTS("{\"task\": {\"dew\": null}}"), TR_E_PLAN_KEY_NEAR, "p.task", "dew"},
    {POINTS("{\"tasks\": [{}, {\"zzz\": null}]}"), TR_E_PLAN_KEY, "p.tasks", "zzz"},
    {POINTS("{\"task\": {\"task\": \"lost\"}}"), TR_E_PLAN_KEY, "p.task", "task"}, /* the form names it */
    /* types */
    {POINTS("[]"), TR_E_PLAN_TYPE, "p", NULL},
    {POINTS("\"x\""), TR_E_PLAN_TYPE, "p", NULL},
    {POINTS("{\"line\": []}"), TR_E_PLAN_TYPE, "p.line", NULL},
    {POINTS("{\"text\": {}}"), TR_E_PLAN_TYPE, "p.text", NULL},
    {POINTS("{\"ask\": \"kanskje\"}"), TR_E_PLAN_TYPE, "p.ask", NULL},
    {POINTS("{\"ask\": [true]}"), TR_E_PLAN_TYPE, "p.ask", NULL},
    {POINTS("{\"task\": \"x\"}"), TR_E_PLAN_TYPE, "p.task", NULL},
    {POINTS("{\"task\": []}"), TR_E_PLAN_TYPE, "p.task", NULL},
    {POINTS("{\"tasks\": {}}"), TR_E_PLAN_TYPE, "p.tasks", NULL},
    {POINTS("{\"tasks\": [\"x\"]}"), TR_E_PLAN_TYPE, "p.tasks", NULL},
    {POINTS("{\"tasks\": [null]}"), TR_E_PLAN_TYPE, "p.tasks", NULL},
    {"{" CASE ", \"points\": []}", TR_E_PLAN_TYPE, NULL, NULL},
    {"{" CASE ", \"points\": \"x\"}", TR_E_PLAN_TYPE, NULL, NULL},
    {"{" CASE ", \"points\": [{\"p\": {\"line\": \"lost\"}}]}", TR_E_PLAN_TYPE, NULL, NULL},
    /* days, codes, ids */
    {POINTS("{\"day\": \"2026-02-29\"}"), TR_E_DATE, "p.day", NULL},
    {POINTS("{\"day\": \"0000-01-01\"}"), TR_E_DATE, "p.day", NULL},
    {POINTS("{\"day\": \"10000-01-01\"}"), TR_E_DATE, "p.day", NULL},
    {POINTS("{\"day\": 20260101}"), TR_E_DATE, "p.day", NULL},
    {POINTS("{\"task\": {\"due\": \"i morgen\"}}"), TR_E_DATE, "p.task.due", NULL},
    {POINTS("{\"task\": {\"responsible\": \"naboen\"}}"), TR_OK, "p.task.responsible", NULL},
    {POINTS("{\"tasks\": [{\"status\": \"snart\"}]}"), TR_OK, "p.tasks.status", NULL},
    {POINTS("{\"task\": {\"note\": {}}}"), TR_E_JSON_NESTED, "p.task.note", NULL},
    {"{" SCHEMA "}", TR_E_VALUE_MISSING, "case_id", NULL},
    {"{" SCHEMA ", \"case_id\": \"  \"}", TR_E_VALUE_MISSING, "case_id", NULL},
    {"{" CASE ", \"home_from\": \"2026-13-01\"}", TR_E_DATE, "home_from", NULL},
    {"{" CASE ", \"bydel\": \"Atlantis\"}", TR_OK, "bydel", NULL},
};

START_TEST(refusal)
{
    struct tr_plan p;
    struct tr_err err;

    load();
    memset(&err, 0, sizeof err);
    ck_assert_msg(read_plan(&p, &form, wrong[_i].json, &err) == -1, "%s is taken", wrong[_i].json);
    if (wrong[_i].code) /* else whatever says it */
        ck_assert_msg(err.code == wrong[_i].code, "%s: %s", wrong[_i].json, tr_code_name(err.code));
    ck_assert(err.source && strcmp(err.source, "plans") == 0);
    ck_assert_uint_eq(err.line, 7);
    if (wrong[_i].field)
        ck_assert_msg(strcmp(err.field, wrong[_i].field) == 0, "%s: %s", wrong[_i].json, err.field);
    if (wrong[_i].arg)
        ck_assert_str_eq(err.arg[0], wrong[_i].arg);
    tr_plan_clear(&p);
}
END_TEST

START_TEST(what_was_meant)
{
    struct tr_plan p;
    struct tr_err err;

    load();
    ck_assert_int_eq(read_plan(&p, &form, "{" CASE ", \"bydell\": null}", &err), -1);
    ck_assert_str_eq(err.arg[1], "bydel");
    tr_plan_clear(&p);
    ck_assert_int_eq(read_plan(&p, &form, POINTS("{\"tekst\": \"x\"}"), &err), -1);
    ck_assert_str_eq(err.arg[1], "text");
    tr_plan_clear(&p);
    ck_assert_int_eq(read_plan(&p, &real, "{" CASE ", \"points\": {\"isolasjon\": {}}}", &err), -1);
    ck_assert_str_eq(err.arg[1], "isolation");
    tr_plan_clear(&p);
}
END_TEST

/* ---- several in a stream ---- */

static const struct {
    const char *text;
    int objects;           /* read before the end */
    uint64_t lines[3];     /* at which they begin */
    uint64_t line;         /* of the fault, 0: none */
    uint32_t col;
} streams[] = {
    {"", 0},
    {" \t\r\n\n ", 0},
    {"{}", 1, {1}},
    {"{}{}{}", 3, {1, 1, 1}},
    {"{}\n{}\n{}\n", 3, {1, 2, 3}},
    {"\n\n{\n\"a\": 1\n}\n\n{}", 2, {3, 7}},
    {"{\"a\": \"}{\"} {}", 2, {1, 1}},
    {"x", 0, {0}, 1, 1},
    {"[1]", 0, {0}, 1, 1},
    {"{}\n[1]", 1, {1}, 2, 1},
    {"{}\n{\"a\":}\n{}", 1, {1}, 2, 6},
    {"{}\n{\n \"a\": 1,\n}\n", 1, {1}, 4, 1},
    {"{\"a\": 1, \"a\": 2}", 0, {0}, 1, 12},
    {"{", 0, {0}, 1, 1},
};

START_TEST(stream)
{
    struct tr_json_stream s = {tr_str(streams[_i].text), 1, "stream"};
    struct tr_json *document;
    struct tr_err err;
    uint64_t line;
    int rc, n = 0;

    while ((rc = tr_json_next(&s, &document, &line, &err)) > 0) {
        ck_assert_int_lt(n, streams[_i].objects);
        ck_assert_uint_eq(line, streams[_i].lines[n]);
        tr_json_free(document);
        n++;
    }
    ck_assert_int_eq(n, streams[_i].objects);
    ck_assert_int_eq(rc, streams[_i].line ? -1 : 0);
    if (rc < 0) {
        ck_assert_int_eq(err.code, TR_E_DOCUMENT);
        ck_assert_str_eq(err.source, "stream");
        ck_assert_msg(err.line == streams[_i].line && err.col == streams[_i].col, "%s: %d:%d",
                      streams[_i].text, (int)err.line, (int)err.col);
    }
}
END_TEST

/* ---- writing ---- */

static void expect_again(const struct tr_plan *p, const struct tr_plan_form *of)
{
    struct tr_buf once = {0}, twice = {0};
    struct tr_plan again;
    struct tr_err err;

    write_plan(p, &once);
    if (read_plan(&again, of, tr_buf_z(&once), &err) < 0)
        ck_abort_msg("%s %s: %s", tr_code_name(err.code), err.field, tr_buf_z(&once));
    write_plan(&again, &twice);
    ck_assert_str_eq(tr_buf_z(&once), tr_buf_z(&twice));
    tr_plan_clear(&again);
    tr_buf_clear(&once);
    tr_buf_clear(&twice);
}

START_TEST(template)
{
    struct tr_plan_head head;
    struct tr_plan p;
    struct tr_err err;
    const struct tr_task *task;

    load();
    tr_plan_head_init(&form, &head);
    head.case_id = TR_STR("C-1");
    head.home_from = day_read("2026-12-01");
    ck_assert_int_eq(tr_plan_template(&p, &form, &head, &err), 0);
    ck_assert_uint_eq(p.tasks.n, 1);
    task = tr_task(&p, p.value[5].first_task);
    ck_assert_int_eq(task->due, day_read("2026-11-24"));
    ck_assert_int_eq(task->status, form.open);
    ck_assert_int_eq(task->responsible, tr_list_code(form.roles, TR_STR("bydel")));
    expect_again(&p, &form);
    tr_plan_clear(&p);

    head.home_from = TR_NO_DAY;
    ck_assert_int_eq(tr_plan_template(&p, &form, &head, &err), 0);
    ck_assert_int_eq(tr_task(&p, 0)->due, TR_NO_DAY);
    expect_again(&p, &form);
    tr_plan_clear(&p);

    head.home_from = day_read("0001-01-01"); /* a week before it, there are no days */
    ck_assert_int_eq(tr_plan_template(&p, &form, &head, &err), 0);
    ck_assert_int_eq(tr_task(&p, 0)->due, TR_NO_DAY);
    expect_again(&p, &form);
    tr_plan_clear(&p);

    head.home_from = day_read("9999-12-31");
    ck_assert_int_eq(tr_plan_template(&p, &real, &head, &err), 0);
    expect_again(&p, &real);
    tr_plan_clear(&p);
}
END_TEST

/* Text with what JSON, the toolkit and people have signs for. */
static struct tr_str any_text(struct tr_arena *arena)
{
    static const char *const parts[] = {"a",  "Å",      "č",    "ŧ",   " ",    "\n",         "\"",
                                        "\\", "</",     "|",    "{",   "}",    "\u2028",     "\U0001F600",
                                        "\t", "\u202E", "\x1B", "nei", "null", "2026-01-01", "\x7F"};
    struct tr_buf b = {0};
    struct tr_str kept;

    for (uint32_t k = random_below(12); k > 0; k--)
        tr_buf_text(&b, parts[random_below(COUNT(parts))]);
    kept = tr_arena_copy(arena, tr_buf_slice(&b));
    tr_buf_clear(&b);
    return kept;
}

static int32_t any_day(void)
{
    static const char *const days[] = {"0001-01-01", "2028-02-29", "2026-11-21", "9999-12-31", "-"};

    return day_read(days[random_below(COUNT(days))]);
}

static int32_t any_code(const struct tr_list *list)
{
    return (int32_t)random_below((uint32_t)list->n + 1) - 1;
}

static void fill_value(struct tr_plan *p, uint32_t i)
{
    enum tr_item_kind kind = p->form->item[i].kind;
    struct tr_plan_value *v = &p->value[i];
    uint32_t n = kind == TR_ITEM_TASK ? random_below(2) : kind == TR_ITEM_TASKS ? random_below(4) : 0;

    if (kind == TR_ITEM_LINE || kind == TR_ITEM_TEXT)
        v->text = any_text(&p->text);
    if (kind == TR_ITEM_YESNO)
        v->number = (int32_t)random_below(3) - 1;
    if (kind == TR_ITEM_DATE)
        v->number = any_day();
    v->first_task = p->tasks.n;
    v->n_tasks = n;
    while (n-- > 0) {
        struct tr_task *t = tr_records_add(&p->tasks, 0);

        ck_assert_ptr_nonnull(t);
        if (kind == TR_ITEM_TASKS)
            t->task = any_text(&p->text);
        t->responsible = any_code(p->form->roles);
        t->status = any_code(p->form->statuses);
        t->follow_up = any_code(p->form->follow_ups);
        t->due = any_day();
        t->note = any_text(&p->text);
    }
}

START_TEST(round_trip)
{
    load();
    for (int round = 0; round < 300; round++) {
        const struct tr_plan_form *of = round % 2 ? &form : &real;
        struct tr_plan_head head, *written;
        struct tr_plan p, again;
        struct tr_buf text = {0};
        struct tr_err err;

        tr_plan_head_init(&form, &head);
        head.case_id = TR_STR("C-1");
        ck_assert_int_eq(tr_plan_template(&p, of, &head, &err), 0);
        written = tr_plan_head(&p);
        written->name = any_text(&p.text);
        written->institution = any_text(&p.text);
        written->home = any_text(&p.text);
        written->bydel = any_code(tr_profile_list(of->profile, "bydel"));
        written->home_from = any_day();
        written->meeting = any_day();
        written->follow_up_meeting = any_day();
        for (uint32_t i = 0; i < of->n; i++)
            fill_value(&p, i);
        write_plan(&p, &text);
        ck_assert_int_eq(read_plan(&again, of, tr_buf_z(&text), &err), 0);
        ck_assert_int_eq(tr_plan_head(&again)->bydel, written->bydel);
        ck_assert_int_eq(tr_plan_head(&again)->meeting, written->meeting);
        for (uint32_t i = 0; i < of->n; i++) {
            ck_assert_int_eq(again.value[i].number, p.value[i].number);
            ck_assert_uint_eq(again.value[i].n_tasks, p.value[i].n_tasks);
            for (uint32_t k = 0; k < p.value[i].n_tasks; k++) {
                const struct tr_task *a = tr_task(&p, p.value[i].first_task + k);
                const struct tr_task *b = tr_task(&again, again.value[i].first_task + k);

                ck_assert(a->responsible == b->responsible && a->due == b->due &&
                          a->status == b->status && a->follow_up == b->follow_up);
            }
        }
        expect_again(&again, of);
        tr_buf_clear(&text);
        tr_plan_clear(&again);
        tr_plan_clear(&p);
    }
}
END_TEST

/* ---- what is missing ---- */

static const struct {
    const char *json, *missing; /* point.item what */
} lacks[] = {
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": " TASK_OPEN "}"), ""},
    {POINTS("{\"line\": \"x\", \"ask\": false, \"task\": " TASK_OPEN ", \"tasks\": [{\"task\": \"t\", "
            "\"status\": \"done\"}]}"), ""},
    {POINTS("{\"line\": \" \", \"ask\": true, \"day\": \"2027-01-01\", \"task\": " TASK_OPEN "}"),
     "p.line value\n"},
    /* the answer decides what applies; an open one is asked for first */
    {POINTS("{\"line\": \"x\", \"ask\": true, \"task\": " TASK_OPEN "}"), "p.day value\n"},
    {POINTS("{\"line\": \"x\", \"ask\": false, \"task\": " TASK_OPEN "}"), "p.tasks value\n"},
    {POINTS("{\"line\": \"x\", \"task\": " TASK_OPEN "}"), "p.ask value\n"},
    {POINTS("{\"line\": \"x\", \"ask\": false, \"task\": " TASK_OPEN ", \"tasks\": []}"), "p.tasks value\n"},
    /* tasks */
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\"}"), "p.task value\n"},
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": null}"), "p.task value\n"},
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": {}}"), "p.task status\n"},
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": {\"status\": \"open\"}}"),
     "p.task responsible\np.task due\n"},
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": {\"status\": \"open\", "
            "\"due\": \"2027-01-01\"}}"), "p.task responsible\n"},
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": {\"status\": \"open\", "
            "\"responsible\": \"person\"}}"), "p.task due\n"},
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": {\"status\": \"done\"}}"), ""},
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": {\"status\": "
            "\"not_needed\"}}"), ""},
    {POINTS("{\"line\": \"x\", \"ask\": false, \"task\": " TASK_OPEN ", \"tasks\": [{\"status\": \"open\"}, "
            "{\"task\": \"t\"}]}"),
     "p.tasks value\np.tasks responsible\np.tasks due\np.tasks status\n"},
    /* tasks that do not apply are not asked about */
    {POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": " TASK_OPEN ", "
            "\"tasks\": [{}]}"), ""},
    /* what it is about, but for the name */
    {"{" CASE ", \"points\": {\"p\": {\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", \"task\": "
     TASK_OPEN "}}}",
     ".bydel value\n.institution value\n.home value\n.home_from value\n.meeting value\n"
     ".follow_up_meeting value\n"},
    {"{" HEAD "}", "p.line value\np.ask value\np.task value\n"},
    {"{" HEAD ", \"points\": null}",
     "p.line value\np.ask value\np.task value\n"},
};

/* Memory that runs out is told: a row of the head was dropped once, and the plan called complete. A
 * record that no memory can hold stands for memory that runs out; a sanitizer would end the test. */
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
START_TEST(missing_without_memory)
{
    struct tr_kind huge = tr_missing_kind;
    struct tr_records out;
    struct tr_plan p;
    struct tr_err err;

    load();
    huge.size = SIZE_MAX / 2 + 1;
    ck_assert_int_eq(
        read_plan(&p, &form,
                  "{" CASE ", \"points\": {\"p\": {\"line\": \"x\", \"ask\": true, "
                  "\"day\": \"2027-01-01\", \"task\": " TASK_OPEN "}}}",
                  &err),
        0);
    tr_records_start(&out, &tr_missing_kind, &made, NULL);
    out.kind = &huge;
    ck_assert_int_eq(tr_plan_missing(&p, TR_NB, &out), -1);
    tr_records_clear(&out);
    tr_plan_clear(&p);
}
END_TEST
#define WITHOUT_MEMORY {missing_without_memory},
#else
#define WITHOUT_MEMORY
#endif

START_TEST(what_applies)
{
    static const struct {
        const char *json;
        bool day, tasks;
    } answers[] = {
        {POINTS("{}"), true, true}, /* both, until it is known */
        {POINTS("{\"ask\": true}"), true, false},
        {POINTS("{\"ask\": false}"), false, true},
    };

    load();
    for (size_t i = 0; i < COUNT(answers); i++) {
        struct tr_plan p;
        struct tr_err err;

        ck_assert_int_eq(read_plan(&p, &form, answers[i].json, &err), 0);
        ck_assert(tr_plan_applies(&p, 1));
        ck_assert(tr_plan_applies(&p, 4) == answers[i].day);
        ck_assert(tr_plan_applies(&p, 6) == answers[i].tasks);
        tr_plan_clear(&p);
    }
}
END_TEST

static const struct tr_missing *missing_at(const struct tr_records *r, uint32_t i)
{
    return (const struct tr_missing *)(const void *)r->record + i;
}

START_TEST(missing)
{
    struct tr_records all;
    struct tr_buf got = {0};
    struct tr_plan p;
    struct tr_err err;

    load();
    ck_assert_int_eq(read_plan(&p, &form, lacks[_i].json, &err), 0);
    tr_records_start(&all, &tr_missing_kind, &made, "plans");
    ck_assert_int_eq(tr_plan_missing(&p, TR_NB, &all), 0);
    for (uint32_t i = 0; i < all.n; i++) {
        const struct tr_missing *m = missing_at(&all, i);

        ck_slice_eq(m->case_id, "C-1");
        ck_assert_uint_gt(m->text.len, 0);
        tr_buf_str(&got, m->point);
        tr_buf_char(&got, '.');
        tr_buf_str(&got, m->item);
        tr_buf_char(&got, ' ');
        tr_buf_str(&got, m->what);
        tr_buf_char(&got, '\n');
    }
    ck_assert_msg(tr_str_is(tr_buf_slice(&got), lacks[_i].missing), "%s\n%snot\n%s", lacks[_i].json,
                  tr_buf_z(&got), lacks[_i].missing);
    tr_buf_clear(&got);
    tr_records_clear(&all);
    tr_plan_clear(&p);
}
END_TEST

START_TEST(missing_in_words)
{
    static const char *const words[TR_N_LANGS] = {
        [TR_NB] = "Punkt: Gjøremål – hvem har ansvaret?",
        [TR_NN] = "Punkt: Gjeremål – kven har ansvaret?",
        [TR_EN] = "Point: Task – who is responsible?",
    };

    load();
    for (int lang = 0; lang < TR_N_LANGS; lang++) {
        struct tr_records all;
        struct tr_plan p;
        struct tr_err err;

        ck_assert_int_eq(read_plan(&p, &form,
                                   POINTS("{\"line\": \"x\", \"ask\": true, \"day\": \"2027-01-01\", "
                                          "\"task\": {\"status\": \"open\", \"due\": \"2027-01-01\"}}"),
                                   &err), 0);
        tr_records_start(&all, &tr_missing_kind, &made, "plans");
        ck_assert_int_eq(tr_plan_missing(&p, (enum tr_lang)lang, &all), 0);
        ck_assert_uint_eq(all.n, 1);
        ck_slice_eq(missing_at(&all, 0)->text, words[lang]);
        tr_records_clear(&all);
        tr_plan_clear(&p);
    }
}
END_TEST

/* ---- forms that are refused ---- */

static const struct {
    const char *row, *field;
} forms[] = {
    {"p,b,words,,,,,B,B,B,,,\n", "kind"},
    {"p,b,,,,,,B,B,B,,,\n", "kind"},
    {"r,,line,,,,,B,B,B,,,\n", "kind"},
    {"p,ask,line,,,,,B,B,B,,,\n", "item"},
    {"p,,,,,,,B,B,B,,,\n", "item"},
    {"r,b,line,,,,,B,B,B,,,\n", "point"},
    {"p,b,task,,,nobody,,B,B,B,,,\n", "responsible"},
    {"p,b,task,,,,soon,B,B,B,,,\n", "due"},
    {"p,b,line,,ask,,,B,B,B,,,\n", "when"},
    {"p,b,line,,ask=kanskje,,,B,B,B,,,\n", "when"},
    {"p,b,line,,what=ja,,,B,B,B,,,\n", "when"},
    {"p,b,line,,line=ja,,,B,B,B,,,\n", "when"},
    {"p,b,line,,b=ja,,,B,B,B,,,\n", "when"},
};

START_TEST(form_refusal)
{
    char text[1024];
    const struct made_table some[] = {{"plan_items", text}, {NULL}};
    struct tr_plan_form f;
    struct tr_profile p;
    struct tr_err err;

    snprintf(text, sizeof text,
             "point,item,kind,needed,when,responsible,due,label_nb,label_nn,label_en,help_nb,help_nn,help_en\n"
             "p,,,,,,,P,P,P,,,\n"
             "p,ask,yesno,,,,,A,A,A,,,\n"
             "p,line,line,,,,,L,L,L,,,\n%s",
             forms[_i].row);
    ck_assert_int_eq(made_profile(&p, some, &err), 0);
    ck_assert_msg(tr_plan_form_load(&f, &p, TR_PAPER_PLAN, &err) == -1, "%s is taken", forms[_i].row);
    ck_assert_int_eq(err.code, TR_E_TABLE_CELL);
    ck_assert_str_eq(err.field, forms[_i].field);
    ck_assert_uint_eq(err.line, 5);
    tr_plan_form_clear(&f);
    tr_profile_clear(&p);
}
END_TEST

MAIN("plan", WITHOUT_MEMORY {every_kind_of_item}, {refusal, COUNT(wrong)}, {what_was_meant}, {stream, COUNT(streams)},
     {template}, {round_trip}, {what_applies}, {missing, COUNT(lacks)}, {missing_in_words}, {form_refusal, COUNT(forms)})
