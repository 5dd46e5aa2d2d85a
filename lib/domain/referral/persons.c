#include "domain/referral/persons.h"

#include <stdlib.h>

#include "base/dict.h"
#include "base/hash.h"
#include "domain/referral/link.h"
#include "record/seen/repeats.h"

enum { STRIDE = 64 }; /* of each so many referrals, where the first is written */

/* A referral is written as: received, birth_year and name; note; sex and standing; lines since the
 * last one; how much of the last id its own begins with; how much follows; that. Lines of 255 and
 * more stand behind it, and behind that the number in the queue, where one is known (NUMBERED). The
 * first of a stride is whole, as if line and id before it were none. */
enum {
    NOTE_SIZE = 8 + 4 + 4,
    FAR = 255,
    SEX_MOST = 30,
    NUMBERED = 128,
    NOTE_MAX = NOTE_SIZE + TR_ID_MAX + 4 + 4
};
_Static_assert(NOTE_MAX <= (int)TR_SPOOL_PIECE, "a note is written at once");

struct tr_persons {
    enum tr_person_rule rule;
    struct tr_repeats *repeats;
    struct tr_spool notes;
    char last_id[TR_ID_MAX];
    uint32_t last_line;
    uint8_t last_len;
    struct tr_buf strides; /* uint64_t: place of the first of each STRIDE referrals */
    struct tr_buf sources; /* struct part */

    struct tr_link_groups linked; /* referrals that were decided to be of one person as others */
    uint64_t *number;             /* [part][sort]: the key of the first that has one */
    bool refused;
};

/* Referrals from first on are of this source. */
struct part {
    uint64_t first;
    const char *source;
};

struct tr_persons *tr_persons_new(const struct tr_profile *profile, struct tr_scratch *scratch)
{
    struct tr_persons *p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->rule = tr_person_rule_of(profile);
    p->notes.scratch = scratch;
    p->repeats = tr_repeats_new(scratch);
    if (p->repeats)
        return p;
    free(p);
    return NULL;
}

void tr_persons_free(struct tr_persons *p)
{
    if (!p)
        return;
    tr_repeats_free(p->repeats);
    tr_spool_clear(&p->notes);
    tr_buf_clear(&p->strides);
    tr_buf_clear(&p->sources);
    tr_link_groups_clear(&p->linked);
    free(p->number);
    free(p);
}

/* ---- decisions ---- */

int tr_persons_link(struct tr_persons *p, const struct tr_records *decided)
{
    p->number = calloc((2 * (size_t)decided->n + 1) * TR_N_PERSON_SORTS, sizeof *p->number);
    return p->number ? tr_link_groups_make(&p->linked, decided) : -1;
}

bool tr_persons_refused(const struct tr_persons *p)
{
    return p->refused;
}

/* The key by which a referral is known, when it is linked to others. */
static int join_linked(struct tr_persons *p, struct tr_str id, uint8_t sort, uint64_t *key, struct tr_err *err)
{
    int group = tr_link_group(&p->linked, id);
    uint64_t own, *number;

    p->refused = false;
    if (group < 0)
        return 0;
    own = tr_hash((const char *)&group, sizeof group, TR_F_REFERRAL_ID);
    number = &p->number[tr_link_part(&p->linked, id) * TR_N_PERSON_SORTS + sort];
    if (!*key)
        *key = own;
    else if (!*number)
        return *number = *key, tr_repeats_join(p->repeats, own, *key, err);
    else
        p->refused = *number != *key;
    return 0;
}

/* ---- noting ---- */

/* Keeps where the next referral comes from and is written. */
static int mark_place(struct tr_persons *p, const char *source, struct tr_err *err)
{
    const char *end = p->sources.p + p->sources.len;
    uint64_t item = tr_repeats_count(p->repeats), at = tr_spool_size(&p->notes);

    if (item % STRIDE == 0) {
        tr_buf_add(&p->strides, &at, sizeof at);
        p->last_line = p->last_len = 0;
    }
    if (item == 0 || ((const struct part *)(const void *)end)[-1].source != source) {
        tr_buf_add(&p->sources, &(struct part){item, source}, sizeof(struct part));
        p->last_line = 0;
    }
    return p->strides.failed || p->sources.failed ? tr_err_memory(err) : 0;
}

/* How many bytes the id shares with the one before; running numbers share most. */
static uint32_t shared(const struct tr_persons *p, struct tr_str id)
{
    uint32_t n = 0, most = p->last_len < id.len ? p->last_len : (uint32_t)id.len;

    for (; n + 8 <= most; n += 8) {
        uint64_t differ = tr_hash_load(p->last_id + n, 8) ^ tr_hash_load(id.p + n, 8);

        if (differ)
            return n + (uint32_t)__builtin_ctzll(differ) / 8;
    }
    while (n < most && p->last_id[n] == id.p[n])
        n++;
    return n;
}

int tr_persons_add(struct tr_persons *p, const struct tr_person_at *at, struct tr_err *err)
{
    const struct tr_person *who = &at->person;
    struct tr_str id = {at->id.p, at->id.len < TR_ID_MAX ? at->id.len : TR_ID_MAX};
    uint64_t what =
        (uint32_t)who->received | (uint64_t)who->birth_year << 32 | (uint64_t)who->name << 48;
    uint32_t line = (uint32_t)at->line, lines, same, rest;
    uint64_t key = who->key;
    char *to;

    if (join_linked(p, id, who->sort, &key, err) < 0)
        return -1;
    if (!key)
        return 0;
    to = tr_spool_room(&p->notes, err);
    if (!to || mark_place(p, at->source, err) < 0)
        return -1;
    lines = line - p->last_line;
    same = shared(p, id);
    rest = (uint32_t)(who->sex < SEX_MOST ? who->sex + 1 : 0) << 2 | who->standing |
           (who->number > 0 ? NUMBERED : 0) | (lines < FAR ? lines : FAR) << 8 | same << 16 |
           ((uint32_t)id.len - same) << 24;
    memcpy(to, &what, sizeof what);
    memcpy(to + 8, &at->note, sizeof at->note);
    memcpy(to + 12, &rest, sizeof rest);
    memcpy(to + NOTE_SIZE, id.p + same, id.len - same);
    memcpy(p->last_id + same, id.p + same, id.len - same);
    to += NOTE_SIZE + id.len - same;
    if (lines >= FAR) {
        memcpy(to, &line, sizeof line);
        to += sizeof line;
    }
    if (who->number > 0) {
        memcpy(to, &who->number, sizeof who->number);
        to += sizeof who->number;
    }
    p->last_line = line;
    p->last_len = (uint8_t)id.len;
    p->notes.held.len = (size_t)(to - p->notes.held.p);
    return tr_repeats_add(p->repeats, key, err);
}

/* ---- the end ---- */

struct telling {
    const struct tr_persons *p;
    const struct tr_persons_use *use;
    char text[STRIDE * NOTE_MAX]; /* notes as written */
};

static const char *source_of(const struct tr_persons *p, uint64_t item)
{
    const struct part *part = (const struct part *)(const void *)p->sources.p;
    size_t n = p->sources.len / sizeof *part;

    while (n > 1 && part[n - 1].first > item)
        n--;
    return part[n - 1].source;
}

/* Takes a note apart; what it shares with the one before is in out already. Gives where it ends. */
static const char *take_apart(const char *at, char own[TR_ID_MAX], struct tr_person_at *out)
{
    uint64_t what;
    uint32_t rest, line;
    size_t same, more;

    memcpy(&what, at, sizeof what);
    memcpy(&out->note, at + 8, sizeof out->note);
    memcpy(&rest, at + 12, sizeof rest);
    same = rest >> 16 & 255;
    more = rest >> 24;
    at += NOTE_SIZE;
    memcpy(own + same, at, more);
    at += more;
    out->id = (struct tr_str){own, same + more};
    out->line += rest >> 8 & 255;
    if ((rest >> 8 & 255) == FAR) {
        memcpy(&line, at, sizeof line);
        at += sizeof line;
        out->line = line;
    }
    out->person = (struct tr_person){.received = (int32_t)(uint32_t)what,
                                     .birth_year = (uint16_t)(what >> 32),
                                     .name = (uint16_t)(what >> 48),
                                     .sex = (int8_t)((int)(rest >> 2 & 31) - 1),
                                     .standing = rest & 3};
    if (rest & NUMBERED) {
        memcpy(&out->person.number, at, sizeof out->person.number);
        at += sizeof out->person.number;
    }
    return at;
}

/* Reads a referral again, as it was noted; its id goes to own. */
static int read_noted(struct telling *t, uint64_t item, char own[TR_ID_MAX],
                     struct tr_person_at *out, struct tr_err *err)
{
    const uint64_t *stride = (const uint64_t *)(const void *)t->p->strides.p + item / STRIDE;
    const char *at = t->text;
    uint64_t i = item - item % STRIDE;
    size_t got;

    if (tr_spool_read(&t->p->notes, *stride, t->text, sizeof t->text, &got, err) < 0)
        return -1;
    for (out->line = 0, out->source = NULL; i <= item; i++) {
        const char *source = source_of(t->p, i);

        out->line = source == out->source ? out->line : 0;
        out->source = source;
        at = take_apart(at, own, out);
    }
    return 0;
}

static int read_note(struct telling *t, uint64_t item, char own[TR_ID_MAX],
                     struct tr_person_at *out, struct tr_err *err)
{
    if (read_noted(t, item, own, out, err) < 0)
        return -1;
    if (t->use->judge)
        t->use->judge(t->use->cookie, out);
    return 0;
}

static int meet_group(struct telling *t, const uint64_t *item, size_t n, struct tr_err *err)
{
    struct tr_person_at at;
    char own[TR_ID_MAX];

    for (size_t i = 0; t->use->meet && i < n; i++) {
        if (read_noted(t, item[i], own, &at, err) < 0)
            return -1;
        t->use->meet(t->use->cookie, &at, i == 0);
    }
    return 0;
}

static int tell_group(void *cookie, const uint64_t *item, size_t n, struct tr_err *err)
{
    struct telling *t = cookie;
    struct tr_person_at other, speaks;
    char own[2][TR_ID_MAX];
    uint64_t best = item[0];

    if (meet_group(t, item, n, err) < 0 || read_note(t, best, own[0], &speaks, err) < 0)
        return -1;
    for (size_t i = 1; i < n; i++) {
        if (read_note(t, item[i], own[1], &other, err) < 0)
            return -1;
        if (!tr_person_speaks(t->p->rule, &speaks, &other))
            continue;
        best = item[i];
        memcpy(own[0], own[1], sizeof own[0]);
        speaks = other;
        speaks.id.p = own[0];
    }
    for (size_t i = 0; i < n; i++) {
        if (item[i] == best)
            continue;
        if (read_note(t, item[i], own[1], &other, err) < 0)
            return -1;
        t->use->same(t->use->cookie, &other, &speaks);
    }
    return 0;
}

int tr_persons_settle(struct tr_persons *p, const struct tr_persons_use *use, struct tr_err *err)
{
    struct telling t = {.p = p, .use = use};

    return tr_repeats_settle(p->repeats, tell_group, &t, err);
}
