#include "domain/cases/consent_log.h"

#include <stdlib.h>

/* Types of events (bits) after which somebody has to ask for consent. */
static uint64_t types_without(const struct tr_routine *routine, int32_t given)
{
    uint64_t types = 0;

    for (uint32_t s = 0; s < routine->n_steps; s++)
        if (routine->step[s].done_by.types >> given & 1)
            types |= routine->step[s].starts.types;
    return types;
}

/* Whether a word of the same day counts before the other. */
static bool outweighs(enum tr_consent is, enum tr_consent other)
{
    return is == TR_CONSENT_REFUSED || other == TR_CONSENT_UNKNOWN;
}

static int note(struct tr_consent_log *log, const struct tr_event *e, enum tr_consent is)
{
    const size_t known = log->cases.n;
    int number = (int)known;

    if (tr_dict_add(&log->cases, e->case_id, &number) < 0)
        return -1;
    if (number == (int)known || e->date > log->last[number].day ||
        (e->date == log->last[number].day && outweighs(is, log->last[number].is)))
        log->last[number] = (struct tr_consent_word){e->date, is};
    return 0;
}

int tr_consent_log_read(struct tr_consent_log *log, const struct tr_routine *routine,
                        const struct tr_records *events)
{
    const int32_t given = tr_event_taken_from(routine->profile, "consent_given");
    const int32_t missing = tr_event_taken_from(routine->profile, "consent_missing");
    const uint64_t without = given < 0 ? 0 : types_without(routine, given);

    *log = (struct tr_consent_log){.last = calloc(events->n + (size_t)1, sizeof *log->last)};
    for (uint32_t i = 0; log->last && i < events->n; i++) {
        const struct tr_event *e = tr_event(events, i);
        enum tr_consent is = e->type == given     ? TR_CONSENT_GIVEN
                             : e->type == missing ? TR_CONSENT_UNKNOWN
                                                  : TR_CONSENT_REFUSED;

        if (e->type >= 0 && (e->type == given || without >> e->type & 1) && note(log, e, is) < 0)
            return -1;
    }
    return log->last ? 0 : -1;
}

void tr_consent_log_clear(struct tr_consent_log *log)
{
    tr_dict_clear(&log->cases);
    free(log->last);
    *log = (struct tr_consent_log){.last = NULL};
}

enum tr_consent tr_consent_holds(const struct tr_consent_log *log, struct tr_str id,
                                 enum tr_consent said, int32_t day)
{
    int number = tr_dict_find(&log->cases, id);
    const struct tr_consent_word *last = number < 0 ? NULL : &log->last[number];

    if (!last || (said != TR_CONSENT_UNKNOWN && day != TR_NO_DAY &&
                  (day > last->day || (day == last->day && outweighs(said, last->is)))))
        return said;
    return last->is == TR_CONSENT_GIVEN ? TR_CONSENT_GIVEN : TR_CONSENT_REFUSED;
}
