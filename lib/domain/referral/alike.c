#include "domain/referral/alike.h"

/* Its id stands behind it. */
struct place {
    const char *source;
    uint64_t line;
    uint32_t len;
};

void tr_alike_clear(struct tr_alike *n)
{
    tr_twins_clear(&n->twins);
    tr_buf_clear(&n->places);
}

bool tr_alike_is_typed(struct tr_str s)
{
    return s.len > 0 && !tr_pseudonym_is_made(s) && tr_str_digits(s) < s.len;
}

int tr_alike_add(struct tr_alike *n, struct tr_str pseudonym, const struct tr_person_at *at,
                struct tr_err *err)
{
    struct place place = {at->source, at->line, (uint32_t)at->id.len};
    struct tr_person_at first = {0};
    struct tr_str twin;
    uint64_t note = n->places.len;
    size_t known = n->twins.n;
    int rc = tr_twins_note(&n->twins, pseudonym, &twin, &note);

    if (rc == 0 && n->twins.n > known) {
        tr_buf_add(&n->places, &place, sizeof place);
        tr_buf_str(&n->places, at->id);
    }
    if (rc <= 0)
        return rc < 0 || n->places.failed ? -1 : 0;
    memcpy(&place, n->places.p + note, sizeof place);
    first.source = place.source;
    first.line = place.line;
    first.id = (struct tr_str){n->places.p + note + sizeof place, place.len};
    tr_person_near(at, &first, err);
    return 1;
}
