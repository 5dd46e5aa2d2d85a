/* How much of what tells who somebody is the masks find, and how much they hide that tells nothing.
 * The sets are tests/masks/; what is to be hidden stands in braces there. */
#include "unit.h"

#include <ctype.h>

#include "base/text.h"
#include "domain/referral/mask.h"

enum { WORDS_MAX = 64 };

static struct tr_profile profile;
static struct tr_masks masks;

static void load(const char *folder)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, folder, TEXTS, &err), 0);
    ck_assert_int_eq(tr_masks_load(&masks, &profile, &err), 0);
}

static void unload(void)
{
    tr_masks_clear(&masks);
    tr_profile_clear(&profile);
}

/* Words and numbers of a text; what stands in square brackets is none. */
static size_t cut(struct tr_str s, struct tr_str *word, size_t most)
{
    size_t n = 0, at = 0, from, len;
    enum tr_char kind;

    while (at < s.len) {
        if (s.p[at] == '[' && memchr(s.p + at, ']', s.len - at))
            at = (size_t)((const char *)memchr(s.p + at, ']', s.len - at) - s.p);
        for (from = at; at < s.len && (len = tr_text_char(tr_str_from(s, at), &kind), kind != TR_CHAR_OTHER);)
            at += len;
        if (at > from && n < most)
            word[n++] = (struct tr_str){s.p + from, at - from};
        if (at == from)
            at += tr_text_char(tr_str_from(s, at), &kind);
    }
    return n;
}

static size_t times(struct tr_str word, struct tr_str text)
{
    struct tr_str all[256];
    size_t n = cut(text, all, COUNT(all)), count = 0;

    for (size_t i = 0; i < n; i++)
        count += tr_str_eq(all[i], word);
    return count;
}

/* Whether nothing of the thing is left: no word of it, nor a number, oftener than beside it. */
static bool is_hidden(struct tr_str thing, struct tr_str besides, struct tr_str left)
{
    struct tr_str word[WORDS_MAX];
    size_t n = cut(thing, word, WORDS_MAX);

    if (memmem(left.p, left.len, thing.p, thing.len))
        return false;
    for (size_t i = 0; i < n; i++)
        if (word[i].len > 1 && times(word[i], left) > times(word[i], besides))
            return false;
    return true;
}

static struct tr_str hide(struct tr_str text, const struct tr_str *name, struct tr_buf *out)
{
    out->len = 0;
    ck_assert_int_eq(tr_masks_hide(&masks, TR_NAMES_ALL, text, name, name->len > 0, out), 0);
    return tr_buf_slice(out);
}

static struct found {
    const char *path;
    int things, least;
} const sets[] = {{"tests/masks/comments.txt", 69, 68}, {"tests/masks/held-out.txt", 60, 59}, {"tests/masks/third.txt", 55, 52}, {"tests/masks/fourth.txt", 61, 59}, {"tests/masks/fifth.txt", 72, 70}};

/* What the masks make of a set. */
struct tally {
    int things, hidden;       /* of things to be hidden */
    size_t words, lost; /* of the words beside them */
};

/* Adds the words beside the things, and those of them that are gone. */
static void count_besides(struct tr_str besides, struct tr_str left, struct tally *t)
{
    struct tr_str word[256];
    size_t n = cut(besides, word, COUNT(word));

    t->words += n;
    for (size_t i = 0; i < n; i++) {
        bool lost = times(word[i], left) < times(word[i], besides);

        t->lost += lost;
        if (lost && getenv("SHOW_LEFT"))
            fprintf(stderr, "lost: %.*s\n  in: %.*s\n", (int)word[i].len, word[i].p, (int)left.len, left.p);
    }
}

static void look(char *line, struct tally *t)
{
    struct tr_buf text = {0}, besides = {0}, out = {0};
    struct tr_str thing[WORDS_MAX], name = {NULL, 0}, left;
    char *end;
    int n = 0;

    if (*line == '[' && (end = strchr(line, ']'))) {
        name = (struct tr_str){line + 1, (size_t)(end - line) - 1};
        line = end + 2;
    }
    for (char *at = line; *at; at++) {
        if (*at == '{')
            thing[n] = (struct tr_str){at + 1, (size_t)(strchr(at, '}') - at) - 1};
        n += *at == '{';
        if (*at != '{' && *at != '}')
            tr_buf_char(&text, *at);
        if (n == 0 || at < thing[n - 1].p || at >= thing[n - 1].p + thing[n - 1].len)
            tr_buf_char(&besides, *at == '{' || *at == '}' ? ' ' : *at);
    }
    left = hide(tr_buf_slice(&text), &name, &out);
    for (int i = 0; i < n; i++) {
        bool gone = is_hidden(thing[i], tr_buf_slice(&besides), left);

        t->hidden += gone;
        if (!gone && getenv("SHOW_LEFT"))
            fprintf(stderr, "left: %.*s\n   in: %.*s\n", (int)thing[i].len, thing[i].p, (int)left.len, left.p);
    }
    t->things += n;
    count_besides(tr_buf_slice(&besides), left, t);
    tr_buf_clear(&text);
    tr_buf_clear(&besides);
    tr_buf_clear(&out);
}

static const char *const profiles[] = {"share/profiles/oslo", "share/profiles/sandnes", "share/skeleton"};

START_TEST(found)
{
    const struct found *set = &sets[_i % COUNT(sets)];
    FILE *f = fopen(set->path, "r");
    char line[1024];
    struct tally t = {0};

    load(profiles[_i / COUNT(sets)]);
    ck_assert_ptr_nonnull(f);
    while (fgets(line, sizeof line, f))
        if (*line != '#')
            look(line, &t);
    fclose(f);
    unload();
    ck_assert_int_eq(t.things, set->things);
    ck_assert_msg(t.hidden >= set->least, "%s: %d of %d hidden", set->path, t.hidden, t.things);
    ck_assert_msg(t.lost * 100 <= t.words * 2, "%s: %zu of %zu other words hidden", set->path, t.lost, t.words);
}
END_TEST

static const char *const ordinary[] = {"tests/masks/ordinary.txt", "tests/masks/ordinary-held-out.txt",
                                      "tests/masks/ordinary-third.txt"};

START_TEST(left_alone)
{
    struct tr_str word[512], name = {NULL, 0};
    struct tr_buf out = {0};
    FILE *f = fopen(ordinary[_i % COUNT(ordinary)], "r");
    char line[8192];
    size_t words = 0, left = 0;

    load(profiles[_i / COUNT(ordinary)]);
    ck_assert_ptr_nonnull(f);
    while (fgets(line, sizeof line, f)) {
        if (*line == '#')
            continue;
        words += cut(tr_str(line), word, COUNT(word));
        left += cut(hide(tr_str(line), &name, &out), word, COUNT(word));
        if (getenv("SHOW_LEFT") && strchr(tr_buf_z(&out), '['))
            fprintf(stderr, "%s", tr_buf_z(&out));
    }
    fclose(f);
    unload();
    tr_buf_clear(&out);
    ck_assert_msg((words - left) * 100 <= words * 2, "%s: %zu of %zu words hidden", ordinary[_i % COUNT(ordinary)], words - left, words);
}
END_TEST

MAIN("mask_found", {found, COUNT(sets) * COUNT(profiles)}, {left_alone, COUNT(ordinary) * COUNT(profiles)})
