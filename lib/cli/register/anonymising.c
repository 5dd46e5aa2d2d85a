#include "cli/register/anonymising.h"

#include <stdio.h>

#include "base/text.h"
#include "cli/input/records.h"

/* The code that a word of consent stands for, of those that count in its column alone, too; empty: none. */
static struct tr_str code_of(const struct tr_profile *p, struct tr_str word)
{
    const struct tr_list *const lists[] = {p->of_field[TR_F_CONSENT], tr_profile_list(p, "also_consent")};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        int entry = lists[i] ? tr_list_find(lists[i], word) : -1;

        if (entry >= 0)
            return lists[i]->entry[entry].code;
    }
    return (struct tr_str){"", 0};
}

/* What a column says that is headed by a no to consent, as "Samtykke trukket" is: a day or a yes in it takes consent
 * back, and beside other words nobody knows. TR_CONSENT_GIVEN: it says nothing. */
static enum tr_consent taken_back(const struct tr_anonymising *a, const struct tr_row *row)
{
    const struct tr_profile *p = &a->app->profile;
    const struct tr_binding *b = a->referrals.now;
    enum tr_consent said = TR_CONSENT_GIVEN;

    for (uint32_t c = 0; c < b->n_columns && c < row->n && said != TR_CONSENT_REFUSED; c++) {
        struct tr_str cell = b->field[c] < 0 ? tr_text_trim(tr_row_cell(row, c)) : (struct tr_str){"", 0};
        bool digit = false, letter = false;

        if (cell.len == 0 || !tr_str_is(code_of(p, b->header[c]), "nei") || tr_str_is(code_of(p, cell), "nei"))
            continue;
        for (size_t i = 0; i < cell.len; i++) {
            digit |= cell.p[i] >= '0' && cell.p[i] <= '9';
            letter |= (cell.p[i] | 0x20) >= 'a' && (cell.p[i] | 0x20) <= 'z';
        }
        if (digit || code_of(p, cell).len > 0)
            said = TR_CONSENT_REFUSED;
        else if (letter)
            said = TR_CONSENT_UNKNOWN;
    }
    return said;
}

/* What the referral says of consent, unless the log has a later word. */
static enum tr_consent consent_of(const struct tr_anonymising *a, const struct tr_row *row)
{
    const struct tr_value *v = a->referrals.referral.v;
    const struct tr_value *on = v[TR_F_CONSENT_ON].text.len ? &v[TR_F_CONSENT_ON] : &v[TR_F_RECEIVED];
    struct tr_date date;
    int32_t day = tr_date_parse(on->text, &date) ? tr_date_number(date) : TR_NO_DAY;
    enum tr_consent said = tr_consent_of(&a->app->profile, v[TR_F_CONSENT].num, v[TR_F_CONSENT_KIND].num);
    enum tr_consent back = said == TR_CONSENT_GIVEN ? taken_back(a, row) : said;

    if (a->parting.travels.as_of != TR_NO_DAY && day > a->parting.travels.as_of)
        day = TR_NO_DAY; /* a slip: a day to come goes before no withdrawal */
    return tr_consent_holds(
        &a->consents, v[TR_F_REFERRAL_ID].text, back == TR_CONSENT_GIVEN ? said : back, day);
}

/* The state of the case by the log. A referral that was received after it is the next word. */
static const struct tr_case_state *state_of(const struct tr_anonymising *a, const struct tr_value v[])
{
    const struct tr_case_standing *at = tr_cases_of(&a->cases, v[TR_F_REFERRAL_ID].text);
    const int32_t type = a->states.type_of[TR_FACT_RECEIVED];
    const struct tr_case_state *state;
    struct tr_date day;

    if (!at)
        return NULL;
    state = &a->states.state[at->state];
    return type >= 0 && state->to[type] >= 0 && tr_date_parse(v[TR_F_RECEIVED].text, &day) &&
                   tr_date_number(day) > at->since
               ? &a->states.state[state->to[type]]
               : state;
}

/* Whether the case is over, so that nobody needs the referral any more; that is said. */
static bool is_over(struct tr_anonymising *a, const struct tr_row *row)
{
    const struct tr_value *v = a->referrals.referral.v;
    const struct tr_case_state *state = state_of(a, v);
    char id[TR_ID_MAX + 1], code[64];
    struct tr_err err;

    if (!state || state->need)
        return false;
    tr_err_copy(id, sizeof id, v[TR_F_REFERRAL_ID].text);
    tr_err_copy(code, sizeof code, state->code);
    tr_err_set(&err, TR_W_CASE_OVER, id, code, NULL);
    err.source = a->referrals.now->source;
    err.line = row->line;
    tr_app_say(a->app, &err);
    a->n_over++;
    return true;
}

/* Whether the referral in hand may leave the office; when not, that is said. */
static bool may_go(struct tr_anonymising *a, const struct tr_row *row)
{
    const struct tr_value *v = a->referrals.referral.v;
    enum tr_consent consent = consent_of(a, row);
    char id[TR_ID_MAX + 1];
    struct tr_err err;

    if (consent == TR_CONSENT_GIVEN)
        return true;
    tr_err_copy(id, sizeof id, v[TR_F_REFERRAL_ID].text);
    tr_err_set(&err, consent == TR_CONSENT_REFUSED ? TR_E_CONSENT_REFUSED : TR_E_CONSENT_UNKNOWN,
               id, NULL, NULL);
    err.source = a->referrals.now->source;
    err.line = row->line;
    tr_app_say(a->app, &err);
    a->n_held++;
    return false;
}

/* Whom a row is about, by its number and by what was decided. */
struct whose {
    struct tr_str id, person;
};
static const struct tr_kind whose_kind = {.name = "whose", .size = sizeof(struct whose)};

static struct whose *whose(const struct tr_anonymising *a, uint32_t i)
{
    return (struct whose *)(void *)a->whose.record + i;
}

static bool is_linked(const struct tr_anonymising *a)
{
    return a->linked.ids.n > 0;
}

static int note_whose(struct tr_anonymising *a, const struct tr_value v[])
{
    struct whose *w = is_linked(a) ? tr_records_add(&a->whose, 0) : NULL;

    if (!is_linked(a))
        return 0;
    if (!w)
        return -1;
    w->id = tr_arena_copy(&a->whose.text, v[TR_F_REFERRAL_ID].text);
    w->person = tr_arena_copy(&a->whose.text, v[TR_F_PERSON_ID].text);
    return a->whose.text.failed ? -1 : 0;
}

/* Notes that the address is protected, for all referrals of the person, whatever becomes of this one. */
static int note_mark(struct tr_anonymising *a, const struct tr_value v[])
{
    return note_whose(a, v) < 0 ||
                   tr_guarded_add(&a->guarded, v[TR_F_REFERRAL_ID].text, v[TR_F_PERSON_ID].text,
                                  v[TR_F_PROTECTION].num) < 0
               ? tr_app_no_memory(a->app)
               : 0;
}

/* Takes what free text says of the address for the mark of the referral in hand, and says so. */
static void hear_text(struct tr_anonymising *a, const struct tr_row *row)
{
    struct tr_err err;

    if (tr_guarded_hear(&a->words, a->referrals.now, row, a->referrals.referral.v, &err))
        tr_app_say(a->app, &err);
}

/* Its text speaks, too: its other referrals may go. */
static void note_rejected(void *cookie, const struct tr_value v[])
{
    struct tr_anonymising *a = cookie;
    enum tr_field field;
    const int32_t said = v ? tr_guarded_said(&a->words, v, &field) : -1;

    if (v && note_mark(a, v) == 0 && said >= 0 &&
        tr_guarded_add(&a->guarded, v[TR_F_REFERRAL_ID].text, v[TR_F_PERSON_ID].text, said) < 0)
        tr_app_no_memory(a->app);
}

/* Passes marks on to all who were decided to be of the person, by one after another. */
static int spread_marks(struct tr_anonymising *a)
{
    int news;

    do {
        news = 0;
        for (uint32_t i = 0; i < a->whose.n && news >= 0; i++) {
            int32_t mark = tr_guarded_of(&a->guarded, whose(a, i)->id, whose(a, i)->person);
            int raised = mark < 0 ? 0 : tr_guarded_add(&a->guarded, whose(a, i)->id, whose(a, i)->person, mark);

            news = raised < 0 ? -1 : news | raised;
        }
    } while (news > 0);
    return news;
}

/* Gives the referrals of a person one pseudonym, as it was decided. */
static int join_persons(struct tr_anonymising *a)
{
    const struct tr_key *key = &a->keys->secret[TR_SECRET_PSEUDONYM];
    const uint32_t *row = (const uint32_t *)(const void *)a->rows.p;

    if (tr_link_groups_number(&a->linked, &a->whose, offsetof(struct whose, id), offsetof(struct whose, person)) < 0)
        return -1;
    for (uint32_t i = 0; i < a->parting.shares.n; i++) {
        struct tr_str person = whose(a, row[i])->person;
        char code[TR_PSEUDONYM_LEN];

        if (person.len == 0)
            continue;
        tr_pseudonym(key, person, code);
        tr_shares_join(&a->parting.shares, i, person,
                       tr_arena_copy(&a->whose.text, (struct tr_str){code, sizeof code}));
    }
    return a->whose.text.failed ? -1 : 0;
}

/* Gives what goes the marks of its persons: now that all is read, also those that came after it. */
static void guard(struct tr_anonymising *a)
{
    const struct tr_part_columns *columns = &a->parting.columns;
    struct tr_part_cells cells;
    size_t person = 0;

    while (!tr_str_is(columns->stays[person].name, tr_fields[TR_F_PERSON_ID].name))
        person++;
    for (uint32_t i = 0; i < a->parting.shares.n; i++) {
        struct tr_share *share = &a->parting.shares.share[i];

        tr_shares_cells(&a->parting.shares, i, columns->n_stays, &cells);
        share->mark = tr_guarded_code(&a->guarded, cells.stays[1], cells.stays[person]);
        a->n_protected += share->mark.len > 0;
    }
}

/* Parts the current referral. */
static int part(void *cookie, const struct tr_row *row)
{
    struct tr_anonymising *a = cookie;

    hear_text(a, row);
    if (note_mark(a, a->referrals.referral.v) < 0)
        return -1;
    if (is_over(a, row) || !may_go(a, row))
        return 0;
    if (tr_part_split(&a->cells, &a->masks, &a->keys->secret[TR_SECRET_PSEUDONYM],
                      &a->parting.travels, a->referrals.referral.v) < 0)
        return tr_app_no_memory(a->app);
    if (tr_reviewing_apply(&a->review, &a->cells, &a->masks, &a->keys->secret[TR_SECRET_PSEUDONYM],
                           a->referrals.referral.v) < 0)
        return -1;
    if (is_linked(a))
        tr_buf_add(&a->rows, &(uint32_t){a->whose.n - 1}, sizeof(uint32_t));
    return a->rows.failed ||
                   tr_shares_add(&a->parting.shares, &a->cells, a->parting.columns.n_stays,
                                 a->referrals.referral.v, a->referrals.now->source, row->line) < 0
               ? tr_app_no_memory(a->app)
               : 0;
}

/* Where each case stands by its events, up to the day of the round or, without one, all of them. */
static int find_cases(struct tr_anonymising *a)
{
    const struct tr_case_sources in = {.events = &a->events};
    int32_t last = a->parting.travels.as_of;
    struct tr_err err;

    if (tr_case_states_load(&a->states, &a->app->profile, &err) < 0)
        return tr_app_fail(a->app, &err);
    for (uint32_t i = 0; a->parting.travels.as_of == TR_NO_DAY && i < a->events.n; i++)
        if (last == TR_NO_DAY || tr_event(&a->events, i)->date > last)
            last = tr_event(&a->events, i)->date;
    return tr_cases_find(&a->cases, &a->states, &in, last, &tr_listener_deaf, &err) < 0
               ? tr_app_fail(a->app, &err)
               : 0;
}

static int read_log(struct tr_anonymising *a, const char *path)
{
    struct tr_routine routine = {0};
    struct tr_err err;
    int rc = tr_app_records(a->app, &tr_event_kind, path, &a->events);

    if (rc == 0 && (rc = tr_routine_load(&routine, &a->app->profile, &err)) < 0)
        tr_app_fail(a->app, &err);
    if (rc == 0 && (rc = tr_consent_log_read(&a->consents, &routine, &a->events)) < 0)
        tr_app_no_memory(a->app);
    tr_routine_clear(&routine);
    return rc == 0 ? find_cases(a) : rc;
}

/* Lets decisions count; what contradicts a number is told as it is read. */
static int read_links(struct tr_anonymising *a, const char *path)
{
    struct tr_records decided = {0};
    int rc = tr_referrals_persons(&a->referrals) < 0 ? -1 : tr_app_records(a->app, &tr_link_kind, path, &decided);

    if (rc == 0 && (tr_link_groups_make(&a->linked, &decided) < 0 ||
                    tr_persons_link(a->referrals.persons, &decided) < 0))
        rc = tr_app_no_memory(a->app);
    tr_records_clear(&decided);
    return rc;
}

static int read_all(struct tr_anonymising *a, const char *links)
{
    if (tr_referrals_open(a->app, &a->referrals, NULL) < 0 || (links && read_links(a, links) < 0))
        return -1;
    a->referrals.all_columns = true; /* what is not read, as that consent was taken back, may decide what may go */
    if (tr_referrals_bind_all(&a->referrals, TR_WANT_REFERRAL) < 0)
        return -1;
    tr_guarded_start(&a->guarded, &a->app->profile, &a->linked);
    tr_records_start(&a->whose, &whose_kind, &a->app->profile, NULL);
    tr_guarded_words_start(&a->words, &a->app->profile);
    a->referrals.rejected = note_rejected;
    a->referrals.rejected_cookie = a;
    if (tr_referrals_read(&a->referrals, 0, TR_WANT_REFERRAL, true, part, a) < 0)
        return -1;
    if (is_linked(a) && (spread_marks(a) < 0 || join_persons(a) < 0))
        return tr_app_no_memory(a->app);
    guard(a);
    return tr_parting_settle(&a->parting);
}

/* How many things of each kind were hidden; never what. */
static void say_hidden(const struct tr_anonymising *a)
{
    char number[24], kind[64];

    snprintf(number, sizeof number, "%llu", (unsigned long long)a->n_held);
    if (a->n_held > 0)
        tr_app_note(a->app, N_("held back for want of consent: %1"), number, NULL);
    snprintf(number, sizeof number, "%llu", (unsigned long long)a->n_over);
    if (a->n_over > 0)
        tr_app_note(a->app, N_("left out, as their cases are over: %1"), number, NULL);
    snprintf(number, sizeof number, "%llu", (unsigned long long)a->n_protected);
    if (a->n_protected > 0)
        tr_app_note(a->app, N_("protected addresses: %1; where they live is left out"), number,
                    NULL);
    for (int i = 0; i < tr_masks_kinds(&a->masks); i++) {
        if (a->masks.hidden[i] == 0)
            continue;
        snprintf(number, sizeof number, "%llu", (unsigned long long)a->masks.hidden[i]);
        tr_err_copy(kind, sizeof kind, a->masks.kind[i]);
        tr_app_note(a->app, N_("hidden in free text: %1 of type ‘%2’"), number, kind, NULL);
    }
}

static int work(struct tr_anonymising *a, const struct tr_anonymising_paths *paths)
{
    struct tr_err err;

    if (tr_masks_load(&a->masks, &a->app->profile, &err) < 0)
        return tr_app_fail(a->app, &err);
    a->parting.masks = &a->masks;
    if (tr_key_read_for(a->app, paths->key, TR_SECRET_PSEUDONYM, &a->keys) < 0 ||
        (paths->events && read_log(a, paths->events) < 0) ||
        tr_reviewing_open(a->app, &a->review) < 0 || read_all(a, paths->links) < 0 ||
        tr_parting_write(&a->parting, paths->format, paths->to_send, paths->identity,
                         paths->combinations) < 0)
        return -1;
    say_hidden(a);
    return 0;
}

void tr_anonymising_run(struct tr_app *app, struct tr_anonymising *a,
                        const struct tr_anonymising_paths *paths)
{
    int rc = -1;

    a->app = app;
    if (tr_parting_start(app, &a->parting, &a->how) == 0) {
        rc = work(a, paths);
        if (tr_reviewing_close(&a->review, rc == 0) < 0)
            rc = -1;
    }
    tr_referrals_close(&a->referrals, rc == 0);
    tr_parting_clear(&a->parting);
    tr_masks_clear(&a->masks);
    tr_part_clear(&a->cells);
    tr_consent_log_clear(&a->consents);
    tr_cases_clear(&a->cases);
    tr_records_clear(&a->events);
    tr_guarded_clear(&a->guarded);
    tr_link_groups_clear(&a->linked);
    tr_records_clear(&a->whose);
    tr_buf_clear(&a->rows);
    tr_keys_free(a->keys);
}
