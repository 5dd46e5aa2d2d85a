#include "domain/routine/routine.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(TR_N_DEADLINE_STATUS <= 32, "a set of statuses is 32 bits wide");
_Static_assert(TR_LIST_MAX <= 64, "a set of event types is 64 bits wide");

const char *const tr_deadline_status_names[TR_N_DEADLINE_STATUS + 1] = {
    [TR_DEADLINE_OVERDUE] = "overdue",   [TR_DEADLINE_DUE] = "due",
    [TR_DEADLINE_UPCOMING] = "upcoming", [TR_DEADLINE_MISSED] = "missed",
    [TR_DEADLINE_DONE] = "done",         [TR_DEADLINE_PASSED] = "passed",
    [TR_DEADLINE_MOOT] = "moot",
};

/* A table being read. */
struct reading {
    const struct tr_routine *r;
    const struct tr_table *t;
    uint32_t row;
    struct tr_err *err;
};

static struct tr_str cell_of(const struct reading *in, const char *column)
{
    return tr_table_cell(in->t, in->row, tr_table_column(in->t, column));
}

static int fault(const struct reading *in, const char *column, const char *why)
{
    return tr_table_fault(in->t, in->row, tr_table_column(in->t, column), TR_E_TABLE_CELL, why,
                          in->err);
}

/* ---- cells ---- */

static int read_code(const struct reading *in, const char *column, const struct tr_list *list,
                     struct tr_str code, int32_t *out)
{
    *out = tr_list_code(list, code);
    return *out < 0 ? fault(in, column, N_("no such code")) : 0;
}

static int read_codes(const struct reading *in, const char *column, const struct tr_list *list,
                      uint64_t *out)
{
    return tr_list_codes(list, cell_of(in, column), out) ? 0
                                                         : fault(in, column, N_("no such code"));
}

static int read_flag(const struct reading *in, const char *column, bool *out)
{
    struct tr_str s = cell_of(in, column);

    *out = tr_str_is(s, "ja");
    return *out || s.len == 0 || tr_str_is(s, "nei") ? 0 : fault(in, column, N_("not ja or nei"));
}

static int read_duration(const struct reading *in, const char *column, const char *otherwise,
                         struct tr_duration *out)
{
    struct tr_str s = cell_of(in, column);

    if (s.len == 0)
        s = tr_str(otherwise);
    return tr_duration_parse(s, out)
               ? 0
               : fault(in, column, N_("not a duration such as P3M, P4W, P14D or 3wd"));
}

/* sign!type!type, or with another mark: what comes before the first goes back to sign. */
static int read_types(const struct reading *in, const char *column, char mark, struct tr_str *sign,
                      uint64_t *types)
{
    struct tr_str rest = *sign, code;
    int32_t type;

    tr_str_part(&rest, mark, sign);
    for (*types = 0; tr_str_part(&rest, mark, &code); *types |= UINT64_C(1) << type)
        if (read_code(in, column, in->r->types, code, &type) < 0)
            return -1;
    return 0;
}

/* sign&type&type: what comes before the first goes back to sign. */
static int read_during(const struct reading *in, const char *column, struct tr_str *sign,
                       uint64_t *during)
{
    if (read_types(in, column, '&', sign, during) < 0)
        return -1;
    return *during && strcmp(column, "starts") != 0
               ? fault(in, column, N_("only what starts a step can depend on another event"))
               : 0;
}

/* type, type:detail, type&type, or - with roles - type=role or type!type=role. */
static int read_sign(const struct reading *in, const char *column, bool roles, struct tr_str part,
                     struct tr_signs *out)
{
    struct tr_sign *sign = &out->at[out->n];
    struct tr_str type, detail;

    if (out->n == TR_SIGNS_MAX)
        return fault(in, column, N_("too many codes"));
    *sign = (struct tr_sign){-1, -1};
    out->role[out->n] = -1;
    if (roles) {
        tr_str_part(&part, '=', &type);
        if (!part.p)
            return fault(in, column, N_("not written as event=role"));
        if (read_code(in, column, in->r->roles, part, &out->role[out->n]) < 0 ||
            read_types(in, column, '!', &type, &out->unless[out->n]) < 0)
            return -1;
        part = type;
    }
    if (read_during(in, column, &part, &out->during[out->n]) < 0)
        return -1;
    tr_str_part(&part, ':', &type);
    detail = part;
    if (read_code(in, column, in->r->types, type, &sign->type) < 0 ||
        (detail.p && read_code(in, column, in->r->details, detail, &sign->detail) < 0))
        return -1;
    if (detail.p && !(in->r->allowed[sign->type] >> sign->detail & 1))
        return fault(in, column, N_("an event that never has this detail"));
    out->types |= UINT64_C(1) << sign->type;
    out->n++;
    return 0;
}

static int read_signs(const struct reading *in, const char *column, bool roles,
                      struct tr_signs *out)
{
    struct tr_str joined = cell_of(in, column), part;

    while (joined.len > 0 && tr_str_part(&joined, '|', &part))
        if (read_sign(in, column, roles, part, out) < 0)
            return -1;
    return 0;
}

/* ---- rows ---- */

static int read_type(struct tr_routine *r, const struct reading *in)
{
    return read_codes(in, "after", r->types, &r->after[in->row]) < 0 ||
                   read_codes(in, "details", r->details, &r->allowed[in->row]) < 0 ||
                   read_flag(in, "once", &r->once[in->row]) < 0
               ? -1
               : 0;
}

static int read_off_day(const struct reading *in, enum tr_off_day *out)
{
    static const char *const words[] = {
        [TR_OFF_DAY_AFTER] = "after", [TR_OFF_DAY_BEFORE] = "before", [TR_OFF_DAY_SAME] = "same"};
    struct tr_str s = cell_of(in, "off_day");

    for (int i = 0; i <= TR_OFF_DAY_SAME; i++)
        if (tr_str_is(s, words[i])) {
            *out = (enum tr_off_day)i;
            return 0;
        }
    return fault(in, "off_day", N_("not one of: after before same"));
}

/* A step whose day an event gives may go without an offset. */
static int read_spans(const struct reading *in, const char *notice, struct tr_step *s)
{
    bool given = s->day_named || s->ahead_of.n > 0;

    s->has_offset = cell_of(in, "offset").len > 0;
    s->repeats = cell_of(in, "repeat").len > 0;
    return read_duration(in, "offset", given ? "P0D" : "", &s->offset) < 0 ||
                   read_duration(in, "ahead", "P0D", &s->ahead) < 0 ||
                   read_duration(in, "repeat", "P0D", &s->repeat) < 0 ||
                   read_duration(in, "notice", notice, &s->notice) < 0
               ? -1
               : 0;
}

static int read_step(const struct reading *in, const char *notice, struct tr_step *s)
{
    static const struct {
        const char *column;
        size_t at;
        bool roles;
    } signs[] = {
        {"starts", offsetof(struct tr_step, starts), false},
        {"ahead_of", offsetof(struct tr_step, ahead_of), false},
        {"until", offsetof(struct tr_step, until), false},
        {"done_by", offsetof(struct tr_step, done_by), false},
        {"changes", offsetof(struct tr_step, changes), true},
    };
    static const struct {
        const char *column;
        size_t at;
    } flags[] = {
        {"day_named", offsetof(struct tr_step, day_named)},
        {"early", offsetof(struct tr_step, early)},
        {"each", offsetof(struct tr_step, each)},
        {"passes", offsetof(struct tr_step, passes)},
        {"reminder", offsetof(struct tr_step, reminder)},
        {"when_closed", offsetof(struct tr_step, when_closed)},
    };

    s->code = cell_of(in, "step");
    s->source = cell_of(in, "source");
    for (int l = 0; l < TR_N_LANGS; l++)
        s->label[l] = tr_table_cell(in->t, in->row, tr_lang_column(in->t, "label", l));
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (read_signs(in, signs[i].column, signs[i].roles,
                       (struct tr_signs *)(void *)((char *)s + signs[i].at)) < 0)
            return -1;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (read_flag(in, flags[i].column, (bool *)((char *)s + flags[i].at)) < 0)
            return -1;
    if (s->starts.n == 0)
        return fault(in, "starts", N_("the cell is empty"));
    if (s->done_by.n == 0 && !s->passes)
        return fault(in, "done_by", N_("nothing completes the step, and it does not pass"));
    return read_spans(in, notice, s) < 0 || read_off_day(in, &s->off_day) < 0 ||
                   read_code(in, "responsible", in->r->roles, cell_of(in, "responsible"),
                             &s->responsible) < 0 ||
                   read_codes(in, "attendees", in->r->roles, &s->attendees) < 0
               ? -1
               : 0;
}

static int load_lists(struct tr_routine *r, struct tr_err *err)
{
    static const char *const names[] = {"event_type", "event_detail", "role", "deadline_status"};
    const struct tr_table *codes = &r->profile->table[TR_T_CODES];
    const struct tr_list *found[4];

    for (int i = 0; i < 4; i++)
        if (!(found[i] = tr_profile_list(r->profile, names[i])))
            return tr_table_fault(codes, codes->n_rows, tr_table_column(codes, "list"),
                                  TR_E_TABLE_CELL, names[i], err);
    r->types = found[0];
    r->details = found[1];
    r->roles = found[2];
    for (int s = 0; s < TR_N_DEADLINE_STATUS; s++) {
        r->status[s] = tr_list_code(found[3], tr_str(tr_deadline_status_names[s]));
        if (r->status[s] < 0)
            return tr_table_fault(codes, codes->n_rows, tr_table_column(codes, "list"),
                                  TR_E_TABLE_CELL, tr_deadline_status_names[s], err);
    }
    return 0;
}

/* Types that steps name with a detail, and never without. */
static uint64_t wants_detail(const struct tr_routine *r)
{
    uint64_t with = 0, without = 0;

    for (uint32_t i = 0; i < r->n_steps; i++) {
        const struct tr_step *s = &r->step[i];
        const struct tr_signs *const signs[] = {&s->starts, &s->ahead_of, &s->until, &s->done_by,
                                                &s->changes};

        for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
            for (int n = 0; n < signs[k]->n; n++) {
                const struct tr_sign *sign = &signs[k]->at[n];

                *(sign->detail < 0 ? &without : &with) |= UINT64_C(1) << sign->type;
            }
    }
    return with & ~without;
}

int tr_routine_load(struct tr_routine *r, const struct tr_profile *profile, struct tr_err *err)
{
    struct reading in = {.r = r, .t = &profile->table[TR_T_EVENT_TYPES], .err = err};
    struct tr_str given = tr_profile_value(profile, "notice");
    char notice[16] = "P14D";

    *r = (struct tr_routine){.profile = profile};
    if (given.len > 0)
        tr_err_copy(notice, sizeof notice, given);
    if (load_lists(r, err) < 0)
        return -1;
    for (; in.row < in.t->n_rows; in.row++)
        if (read_type(r, &in) < 0)
            return -1;
    in.t = &profile->table[TR_T_STEPS];
    r->step = calloc(in.t->n_rows + (size_t)1, sizeof *r->step);
    if (!r->step)
        return tr_err_memory(err);
    for (in.row = 0; in.row < in.t->n_rows; in.row++)
        if (read_step(&in, notice, &r->step[r->n_steps++]) < 0)
            return -1;
    r->wants_detail = wants_detail(r);
    (void)tr_duration_parse(tr_str(notice), &r->notice); /* each step has checked it */
    return 0;
}

void tr_routine_clear(struct tr_routine *r)
{
    free(r->step);
    *r = (struct tr_routine){0};
}

int tr_routine_step(const struct tr_routine *r, struct tr_str code)
{
    for (uint32_t i = 0; i < r->n_steps; i++)
        if (tr_str_eq(r->step[i].code, code))
            return (int)i;
    return -1;
}
