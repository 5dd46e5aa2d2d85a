/* Marks of protection in rows that are rejected. The row counts nobody, but its mark is that of the
 * person: of the referral with the same id, which may have been counted before, or be counted yet. */
#ifndef TR_CLI_STRAY_MARKS_H
#define TR_CLI_STRAY_MARKS_H

#include "base/dict.h"
#include "record/seen/spool.h"

struct tr_stray_marks {
    struct tr_spool notes; /* of each referral counted: a hash of its id, and the note of the program */
    struct tr_dict ids;    /* hashes of ids with a mark in a rejected row, to numbers */
    struct tr_buf done;    /* bool, by number: the program has seen to it */
};

/* scratch is borrowed. */
void tr_stray_marks_start(struct tr_stray_marks *m, struct tr_scratch *scratch);
void tr_stray_marks_clear(struct tr_stray_marks *m);

/* Notes a referral that was counted. id: from tr_seen_hash. -1 with err. */
static inline int tr_stray_marks_note(struct tr_stray_marks *m, uint64_t id, uint32_t note,
                                      struct tr_err *err)
{
    char *to = tr_spool_room(&m->notes, err);

    if (!to)
        return -1;
    memcpy(to, &id, sizeof id);
    memcpy(to + sizeof id, &note, sizeof note);
    m->notes.held.len += sizeof id + sizeof note;
    return 0;
}

/* Takes the id of a rejected row that has a mark. -1: memory. */
int tr_stray_marks_add(struct tr_stray_marks *m, uint64_t id);

/* Whether a rejected row of this id has a mark; then it counts as seen to. */
bool tr_stray_marks_meet(struct tr_stray_marks *m, uint64_t id);

/* Gives the notes of referrals with a mark that nobody has seen to. -1 with err. */
int tr_stray_marks_rest(const struct tr_stray_marks *m, void (*use)(void *cookie, uint32_t note), void *cookie,
                        struct tr_err *err);

#endif
