/* A mark on one referral protects the person: by number, by decision, and the strictest of all. */
#include "made.h"

#include "domain/referral/guarded.h"

enum { NONE, CLIENT, CODE_7, CODE_6 }; /* as the list has them, the least strict first */

static struct tr_profile profile;

static void load(void)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
}

static struct tr_guarded started(const struct tr_link_groups *linked)
{
    struct tr_guarded g;

    tr_guarded_start(&g, &profile, linked);
    return g;
}

static int add(struct tr_guarded *g, const char *id, const char *person, int mark)
{
    return tr_guarded_add(g, tr_str(id), tr_str(person), mark);
}

static const char *of(const struct tr_guarded *g, const char *id, const char *person)
{
    return show(tr_guarded_code(g, tr_str(id), tr_str(person)));
}

START_TEST(the_strictest_of_a_person)
{
    struct tr_guarded g;

    load();
    g = started(NULL);
    ck_assert_int_eq(add(&g, "S-1", "p-1", CODE_7), 1);
    ck_assert_int_eq(add(&g, "S-2", "p-1", CODE_6), 1);
    ck_assert_int_eq(add(&g, "S-3", "p-1", CLIENT), 1); /* known by its id from now on */
    ck_assert_int_eq(add(&g, "S-3", "p-1", NONE), 0);
    ck_assert_str_eq(of(&g, "S-9", "p-1"), "strengt_fortrolig");
    ck_assert_str_eq(of(&g, "S-3", ""), "strengt_fortrolig");
    ck_assert_str_eq(of(&g, "S-9", "p-2"), "");
    tr_guarded_clear(&g);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(nobody_is_everybody)
{
    struct tr_guarded g;

    load();
    g = started(NULL);
    ck_assert_int_eq(add(&g, "S-1", "", CODE_7), 1);
    ck_assert_int_eq(add(&g, "S-2", "", NONE), 0);
    ck_assert_int_eq(add(&g, "S-3", "", -1), 0);
    ck_assert_str_eq(of(&g, "S-1", ""), "fortrolig");
    ck_assert_str_eq(of(&g, "S-2", ""), "");
    ck_assert_str_eq(of(&g, "", "S-1"), ""); /* a number like an id is none */
    tr_guarded_clear(&g);
    tr_profile_clear(&profile);
}
END_TEST

static void decide(struct tr_records *links, const char *one, const char *other, const char *link)
{
    struct tr_link *l = tr_records_add(links, 0);

    ck_assert_ptr_nonnull(l);
    l->referral_id = tr_str(one);
    l->other_id = tr_str(other);
    l->link = tr_list_code(tr_profile_list(&profile, "link"), tr_str(link));
    ck_assert_int_ge(l->link, 0);
}

START_TEST(one_by_decision)
{
    struct tr_link_groups linked = {0};
    struct tr_records links = {0};
    struct tr_guarded g;
    int news;

    load();
    tr_records_start(&links, &tr_link_kind, &profile, NULL);
    decide(&links, "S-2", "S-3", "same");
    decide(&links, "S-4", "S-1", "not_same");
    ck_assert_int_eq(tr_link_groups_make(&linked, &links), 0);
    g = started(&linked);
    do {
        news = add(&g, "S-3", "", -1) + add(&g, "S-2", "p-1", -1) + add(&g, "S-1", "p-1", CODE_6) +
               add(&g, "S-4", "", -1);
    } while (news > 0);
    ck_assert_str_eq(of(&g, "S-3", ""), "strengt_fortrolig");
    ck_assert_str_eq(of(&g, "S-4", ""), "");
    tr_guarded_clear(&g);
    tr_link_groups_clear(&linked);
    tr_records_clear(&links);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("guarded", {the_strictest_of_a_person}, {nobody_is_everybody}, {one_by_decision})
