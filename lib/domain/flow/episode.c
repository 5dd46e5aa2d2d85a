#include "domain/flow/episode.h"

#define AT(member) offsetof(struct tr_episode, member)

static const struct tr_member members[] = {
    {"case_id", TR_M_ID, .at = AT(case_id), .needed = true, .filled = true},
    {"date", TR_M_DATE, .at = AT(date), .needed = true, .filled = true},
    {"episode", TR_M_CODE, .at = AT(episode), .list = "episode", .needed = true, .filled = true},
    {"source", TR_M_TEXT, .at = AT(source)},
};

const struct tr_kind tr_episode_kind = {
    .name = "episode",
    .member = members,
    .n_members = sizeof members / sizeof *members,
    .size = sizeof(struct tr_episode),
};
