#include "doc/content/letter.h"
#include "domain/routine/decision.h"
#include "domain/routine/event.h"

/* What a log says of decisions: an answer, as a placement has it, with the words of the log. */
static int add(struct tr_records *answers, const struct tr_records *events, uint32_t i,
               struct tr_str answer, bool interim)
{
    const struct tr_event *e = tr_event(events, i);
    struct tr_placement *p = tr_records_add(answers, events->line[i]);

    if (!p)
        return -1;
    *p = (struct tr_placement){.wish_rank = -1, .priority = -1, .decision = answer,
                               .reason = interim ? tr_str(TR_LETTER_INTERIM) : TR_STR("")};
    p->id = tr_arena_copy(&answers->text, e->case_id);
    p->detail = tr_arena_copy(&answers->text, e->note);
    return answers->text.failed ? -1 : 0;
}

int tr_letter_logged(struct tr_records *answers, const struct tr_records *events, int kind,
                     int32_t day)
{
    const struct tr_profile *profile = answers->profile;
    const struct tr_list *types = tr_profile_list(profile, "event_type");
    const struct tr_list *details = tr_profile_list(profile, "event_detail");

    for (uint32_t i = 0; i < events->n; i++) {
        const struct tr_event *e = tr_event(events, i);
        struct tr_str answer = {"", 0}, type = types->entry[e->type].code;
        bool interim = tr_decision_is_interim(profile, kind, type);

        if (e->date != day || (!interim && !tr_decision_is_of(profile, kind, type)))
            continue;
        if (e->detail >= 0)
            answer = details->entry[e->detail].code;
        if (tr_list_code(tr_profile_list(profile, "decision"), answer) >= 0)
            continue; /* about a place: a placement tells more of it */
        if (add(answers, events, i, answer, interim) < 0)
            return -1;
    }
    return 0;
}
