#include "domain/places/institution.h"

enum { PLACES_MAX = 100000, AGE_MAX = 130, COUNT_MAX = INT32_MAX };

/* Higher than any real number of vacant places, as what-ifs add places. */
enum { VACANT_MAX = 100 * PLACES_MAX };

#define AT(member) offsetof(struct tr_institution, member)

/* A file of vacancies has the members of an institution, then its own. */
/* clang-format off */
#define INSTITUTION_MEMBERS \
    {"institution_id", TR_M_ID, .at = AT(id), .needed = true, .filled = true}, \
    {"name", TR_M_TEXT, .at = AT(name)}, \
    {"owner", TR_M_CODE, .at = AT(owner), .list = "owner"}, \
    {"service_level", TR_M_CODE, .at = AT(service_level), .list = "service_level", \
        .needed = true, .filled = true}, \
    {"stay_types", TR_M_CODES, .at = AT(stay_types), .list = "stay_type"}, \
    {"substance_policy", TR_M_CODE, .at = AT(substance_policy), .list = "substance_policy"}, \
    {"sexes", TR_M_CODES, .at = AT(sexes), .list = "sex"}, \
    {"min_age", TR_M_NUMBER, .at = AT(min_age), .most = AGE_MAX}, \
    {"max_age", TR_M_NUMBER, .at = AT(max_age), .most = AGE_MAX}, \
    {"wheelchair", TR_M_BOOL, .at = AT(wheelchair)}, \
    {"somatic_max", TR_M_CODE, .at = AT(somatic_max), .list = "somatic"}, \
    {"rop_groups", TR_M_CODES, .at = AT(rop_groups), .list = "rop_group"}, \
    {"municipality", TR_M_MUNICIPALITY, .at = AT(municipality)}, \
    {"bydel", TR_M_CODE, .at = AT(bydel), .list = "bydel"}, \
    {"capacity", TR_M_NUMBER, .at = AT(capacity), .most = PLACES_MAX, \
        .needed = true, .filled = true}, \
    {"address", TR_M_TEXT, .at = AT(address)}, \
    {"phone", TR_M_TEXT, .at = AT(phone)}, \
    {"self_referred_places", TR_M_NUMBER, .at = AT(self_referred_places), .most = PLACES_MAX}
/* clang-format on */

static const struct tr_member institution_members[] = {INSTITUTION_MEMBERS};

/* clang-format off */
#define VACANCY_MEMBERS \
    INSTITUTION_MEMBERS, \
    {"occupied", TR_M_NUMBER, .at = AT(occupied), .most = COUNT_MAX}, \
    {"reserved", TR_M_NUMBER, .at = AT(reserved), .most = COUNT_MAX}, \
    {"vacant", TR_M_NUMBER, .at = AT(vacant), .most = VACANT_MAX, \
        .needed = true, .filled = true}, \
    {"over", TR_M_NUMBER, .at = AT(over), .most = COUNT_MAX}, \
    {"past_expected", TR_M_NUMBER, .at = AT(past_expected), .most = COUNT_MAX}, \
    {"waiting", TR_M_NUMBER, .at = AT(waiting), .most = COUNT_MAX}, \
    {"next_vacant", TR_M_DATE, .at = AT(next_vacant)}, \
    {"next_places", TR_M_NUMBER, .at = AT(next_places), .most = COUNT_MAX}, \
    {"as_of", TR_M_DATE, .at = AT(as_of), .needed = true, .filled = true}
/* clang-format on */

static const struct tr_member vacancy_members[] = {VACANCY_MEMBERS};

/* What a list of vacancies tells besides, and matching does not read. */
static const struct tr_member listed[] = {
    VACANCY_MEMBERS,
    {"self_referred_taken", TR_M_NUMBER, .at = AT(self_referred_taken)},
    {"self_referred_agreed", TR_M_NUMBER, .at = AT(self_referred_agreed)},
};

/* The columns of a list of vacancies that may be published: none is about a person. */
static const struct tr_member published[] = {
    {"institution_id", TR_M_ID, .at = AT(id)},
    {"name", TR_M_TEXT, .at = AT(name)},
    {"owner", TR_M_CODE, .at = AT(owner), .list = "owner"},
    {"service_level", TR_M_CODE, .at = AT(service_level), .list = "service_level"},
    {"substance_policy", TR_M_CODE, .at = AT(substance_policy), .list = "substance_policy"},
    {"sexes", TR_M_CODES, .at = AT(sexes), .list = "sex"},
    {"wheelchair", TR_M_BOOL, .at = AT(wheelchair)},
    {"vacant", TR_M_NUMBER, .at = AT(vacant)},
    {"waiting", TR_M_NUMBER, .at = AT(waiting)},
    {"as_of", TR_M_DATE, .at = AT(as_of)},
};

/* A row that sums up a group of institutions. */
#define SUMS                                                                                       \
    {"institutions", TR_M_NUMBER, .at = AT(institutions)},                                         \
        {"capacity", TR_M_NUMBER, .at = AT(capacity)},                                             \
        {"occupied", TR_M_NUMBER, .at = AT(occupied)},                                             \
        {"reserved", TR_M_NUMBER, .at = AT(reserved)}, {"vacant", TR_M_NUMBER, .at = AT(vacant)},  \
        {"over", TR_M_NUMBER, .at = AT(over)},                                                     \
        {"past_expected", TR_M_NUMBER, .at = AT(past_expected)},                                   \
        {"waiting", TR_M_NUMBER, .at = AT(waiting)},                                               \
        {"next_vacant", TR_M_DATE, .at = AT(next_vacant)},                                         \
        {"next_places", TR_M_NUMBER, .at = AT(next_places)},                                       \
        {"as_of", TR_M_DATE, .at = AT(as_of)},                                                     \
        {"self_referred_places", TR_M_NUMBER, .at = AT(self_referred_places)},                     \
        {"self_referred_taken", TR_M_NUMBER, .at = AT(self_referred_taken)},                       \
        {"self_referred_agreed", TR_M_NUMBER, .at = AT(self_referred_agreed)},

static const struct tr_member by_service_level[] = {
    {"service_level", TR_M_CODE, .at = AT(service_level), .list = "service_level"}, SUMS};
static const struct tr_member by_stay_type[] = {
    {"stay_types", TR_M_CODES, .at = AT(stay_types), .list = "stay_type"}, SUMS};
static const struct tr_member by_owner[] = {{"owner", TR_M_CODE, .at = AT(owner), .list = "owner"},
                                            SUMS};

_Static_assert(sizeof listed / sizeof *listed <= TR_MEMBERS_MAX,
               "a set of members is 64 bits wide");

static enum tr_code check(const void *record, const char **member)
{
    const struct tr_institution *i = record;

    *member = "min_age";
    return i->min_age >= 0 && i->max_age >= 0 && i->min_age > i->max_age ? TR_E_REVERSED : TR_OK;
}

#define KIND(label, list, count, with)                                                             \
    {                                                                                              \
        .name = (label), .member = (list), .n_members = (count),                                   \
        .size = sizeof(struct tr_institution), .keyed = (with), .check = (with) ? check : NULL     \
    }
#define ALL(list) sizeof(list) / sizeof *(list)

const struct tr_kind tr_institution_kind =
    KIND("institution", institution_members, ALL(institution_members), true);
const struct tr_kind tr_vacancy_kind = KIND("vacancy", vacancy_members, ALL(vacancy_members), true);
const struct tr_kind tr_listed_kind = KIND("listed", listed, ALL(listed), false);
const struct tr_kind tr_public_kind = KIND("public", published, ALL(published), false);

const char *const tr_vacancy_by_names[TR_N_BY + 1] = {
    [TR_BY_INSTITUTION] = "institution",
    [TR_BY_SERVICE_LEVEL] = "service_level",
    [TR_BY_STAY_TYPE] = "stay_type",
    [TR_BY_OWNER] = "owner",
};

const struct tr_kind *tr_vacancy_kind_by(enum tr_vacancy_by by)
{
    static const struct tr_kind kinds[TR_N_BY] = {
        [TR_BY_SERVICE_LEVEL] = KIND("level", by_service_level, ALL(by_service_level), false),
        [TR_BY_STAY_TYPE] = KIND("stay", by_stay_type, ALL(by_stay_type), false),
        [TR_BY_OWNER] = KIND("owner", by_owner, ALL(by_owner), false),
    };

    return by == TR_BY_INSTITUTION ? &tr_listed_kind : &kinds[by];
}
