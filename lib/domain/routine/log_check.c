#include <stdio.h>
#include <stdlib.h>

#include "domain/routine/deadline_own.h"

static void say(const struct tr_log *log, uint32_t record, const char *member, enum tr_code code,
                const char *a, const char *b)
{
    struct tr_err err;

    tr_records_fault(log->events, record, member, code, a, b, &err);
    log->listener->say(log->listener->cookie, &err);
}

static struct tr_str code_of(const struct tr_list *list, int32_t entry)
{
    return list->entry[entry].code;
}

/* The codes in mask, joined. */
static void join(const struct tr_list *list, uint64_t mask, char *out, size_t size)
{
    struct tr_buf all = {0};

    for (int i = 0; i < list->n; i++)
        if (mask >> i & 1) {
            tr_buf_text(&all, all.len ? " " : "");
            tr_buf_str(&all, code_of(list, i));
        }
    tr_err_copy(out, size, tr_buf_slice(&all));
    tr_buf_clear(&all);
}

static void check_detail(const struct tr_log *log, uint32_t record)
{
    const struct tr_event *e = tr_event(log->events, record);
    char detail[TR_ID_MAX + 1], type[TR_ID_MAX + 1], all[160];

    if (e->detail < 0 && log->routine->wants_detail >> e->type & 1) {
        join(log->routine->details, log->routine->allowed[e->type], all, sizeof all);
        say(log, record, "detail", TR_W_EVENT_WHICH, all, NULL);
    }
    if (e->detail < 0 || log->routine->allowed[e->type] >> e->detail & 1)
        return;
    tr_err_copy(detail, sizeof detail, code_of(log->routine->details, e->detail));
    tr_err_copy(type, sizeof type, code_of(log->routine->types, e->type));
    say(log, record, "detail", TR_E_EVENT_DETAIL, detail, type);
}

/* The line of the event before i that has its type and detail. */
static const char *earlier_line(const struct tr_log *log, uint32_t i, char text[24])
{
    const struct tr_event *e = tr_log_event(log, i), *other;

    do {
        other = tr_log_event(log, --i);
    } while (other->type != e->type || other->detail != e->detail);
    snprintf(text, 24, "%llu", (unsigned long long)log->events->line[log->order[i]]);
    return text;
}

void tr_log_check_case(const struct tr_log *log, uint32_t from, uint32_t to)
{
    const struct tr_routine *r = log->routine;
    bool had[TR_LIST_MAX][TR_LIST_MAX + 1] = {{false}}; /* seen so far: [type][detail + 1] */
    uint64_t known = 0; /* types up to the end of the day of the event */
    char types[160], line[24];

    for (uint32_t i = from; i < to; i++) {
        const struct tr_event *e = tr_log_event(log, i);
        uint32_t record = log->order[i];

        for (uint32_t j = i; j < to && tr_log_event(log, j)->date == e->date &&
                             (i == from || tr_log_event(log, i - 1)->date != e->date);
             j++)
            known |= UINT64_C(1) << tr_log_event(log, j)->type;
        check_detail(log, record);
        if (log->events->line[record] == 0)
            ; /* taken from a record: no line of the log is at fault */
        else if (i > from && tr_same_event(e, tr_log_event(log, i - 1)))
            say(log, record, "type", TR_E_EVENT_TWICE, earlier_line(log, i, line), NULL);
        else if (r->once[e->type] && had[e->type][e->detail + 1])
            say(log, record, "type", TR_E_EVENT_ONCE, earlier_line(log, i, line), NULL);
        else if (r->after[e->type] && !(r->after[e->type] & known)) {
            join(r->types, r->after[e->type], types, sizeof types);
            say(log, record, "type", TR_E_EVENT_AFTER, types, NULL);
        }
        for (uint64_t types_before = r->after[e->type]; types_before; types_before &= types_before - 1)
            memset(had[__builtin_ctzll(types_before)], 0, sizeof *had); /* they may come again */
        had[e->type][e->detail + 1] = true;
    }
}

/* A line at fault. */
struct stray {
    uint64_t line;
    uint32_t record;
    enum tr_code code;
};

static int by_line(const void *a, const void *b)
{
    const struct stray *x = a, *y = b;

    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* Tells of the lines, which stand case by case, in the order of the file. */
static void say_strays(const struct tr_log *log, struct stray *stray, size_t n)
{
    char iso[TR_DATE_LEN + 1] = "";

    tr_date_iso(tr_date_of(log->as_of), iso);
    if (n > 0)
        qsort(stray, n, sizeof *stray, by_line);
    for (size_t i = 0; i < n; i++)
        say(log, stray[i].record, "date", stray[i].code, stray[i].code == TR_E_EVENT_FUTURE ? iso : NULL,
            NULL);
}

int tr_log_check_lines(const struct tr_log *log, int32_t *latest)
{
    struct tr_buf strays = {0};
    int rc;

    for (uint32_t i = 0; i < log->events->n; i++) {
        int32_t day = tr_event(log->events, i)->date, *last = &latest[log->of[i]];
        struct stray one = {log->events->line[i], i, TR_OK};

        if (one.line == 0)
            continue; /* taken from referrals or stays: no line of the log is at fault */
        if (day > log->as_of)
            one.code = TR_E_EVENT_FUTURE;
        else if (day < *last)
            one.code = TR_W_EVENT_ORDER;
        else
            *last = day;
        if (one.code)
            tr_buf_add(&strays, (const char *)&one, sizeof one);
    }
    rc = strays.failed ? -1 : 0;
    if (rc == 0)
        say_strays(log, (struct stray *)(void *)strays.p, strays.len / sizeof(struct stray));
    tr_buf_clear(&strays);
    return rc;
}
