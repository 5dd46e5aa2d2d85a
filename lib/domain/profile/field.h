/* The fields of a referral and of a grouped referral: one table from which import, grouping, output
 * and the manual all work. Meaning and values: transition-formats(5). */
#ifndef TR_DOMAIN_PROFILE_FIELD_H
#define TR_DOMAIN_PROFILE_FIELD_H

#include "base/text.h"
#include "record/writer.h"

enum tr_field {
    TR_F_REFERRAL_ID,
    TR_F_RECEIVED,
    TR_F_BYDEL,
    TR_F_PERSON_ID,
    TR_F_PERSON_ID_KIND,
    TR_F_NAME,
    TR_F_SEX,
    TR_F_BIRTH_YEAR,
    TR_F_MUNICIPALITY,
    TR_F_PROTECTION,
    TR_F_SERVICE_LEVEL,
    TR_F_STAY_TYPE,
    TR_F_SUBSTANCE_POLICY,
    TR_F_WISHES,
    TR_F_URGENCY,
    TR_F_AVAILABLE_FROM,
    TR_F_HOUSING_STATUS,
    TR_F_HOUSING_PATH,
    TR_F_WHEELCHAIR,
    TR_F_CONSENT,
    TR_F_CONSENT_KIND,
    TR_F_CONSENT_ON,
    TR_F_CONSENT_BY,
    TR_F_CONTACT_NAME,
    TR_F_CONTACT_PHONE,
    TR_F_CONTACT_EMAIL,
    TR_F_COMMENT,
    TR_F_HF,
    TR_F_SUBSTANCE,
    TR_F_MENTAL,
    TR_F_BEHAVIOUR,
    TR_F_SAFETY_RISK,
    TR_F_VULNERABLE,
    TR_F_AUTONOMOUS,
    TR_F_VISIBLE_USE,
    TR_F_PERSONALITY_DISORDER,
    TR_F_EXCLUDED_LOW_THRESHOLD,
    TR_F_SCATTERED,
    TR_F_SOMATIC,
    TR_F_COGNITIVE_DECLINE,
    TR_F_LOW_SELF_CARE,
    TR_F_JUDGED_GROUP,
    TR_F_JUDGED_HOUSING_TYPE,
    TR_F_JUDGED_BY,
    TR_F_JUDGED_ON,
    TR_F_JUDGED_REASON,
    TR_F_BORN_BETWEEN,
    TR_F_QUEUE_NUMBER,
    TR_N_REFERRAL_FIELDS,

    TR_F_ROP_GROUP = TR_N_REFERRAL_FIELDS, /* what rop-group adds */
    TR_F_ROP_SOMATIC,
    TR_F_HOUSING_TYPE,
    TR_F_STANDARD,
    TR_F_LOCATION,
    TR_F_ROP_BASIS,
    TR_F_ROP_RULE,
    TR_F_ROP_POSSIBLE,
    TR_F_ROP_ASK,
    TR_F_ROP_JUDGE,
    TR_N_FIELDS
};

/* Bytes of an id, at most. */
enum { TR_ID_MAX = 64 };

/* The largest of TR_KIND_NUMBER. */
enum { TR_NUMBER_MOST = 999999999 };

enum tr_field_kind {
    TR_KIND_TEXT,
    TR_KIND_ID,   /* text of at most 64 bytes that must be there */
    TR_KIND_DATE, /* yyyy-mm-dd */
    TR_KIND_YEAR,
    TR_KIND_MUNICIPALITY, /* four digits */
    TR_KIND_CODE,         /* of the profile's list */
    TR_KIND_IDNUM,        /* identity number or pseudonym */
    TR_KIND_NUMBER,       /* whole, from 1 */
    TR_KIND_BORN          /* two days, see domain/referral/age.h */
};

/* What a field tells of a person. This mark alone decides what the register seals, and what a
 * referral leaves at home when it travels: a new field that identifies somebody needs no other
 * line. */
enum tr_identity_mark {
    TR_TELLS_NOBODY,
    TR_TELLS_WHO,   /* sealed; stays at home, in the identity part */
    TR_TELLS_KIND,  /* says what kind of number a sealed field holds: sealed too, and not kept apart
                     */
    TR_TELLS_TEXT,  /* free text on a person: stays at home; in the register it is sealed, by name,
                       with  the columns that no field claims */
    TR_TELLS_WHERE, /* where the person lives: stays at home when the address is protected */
    TR_TELLS_MARK, /* travels, and stays in the identity part too: who opens the case must see it */
    TR_TELLS_PART  /* could identify somebody together with other facts: not sealed, and kept in
                      the identity part too */
};

struct tr_field_info {
    const char *name;
    enum tr_field_kind kind;
    enum tr_shape shape;
    const char *list; /* the code list of TR_KIND_CODE */
    bool required;    /* the column must be there and its cells filled */
    enum tr_identity_mark tells;
    bool months; /* of TR_KIND_DATE: a month alone may stand for the day, as yyyy-mm */
    const char *later;          /* of TR_KIND_DATE: what a record says of a day that nobody can read; NULL: nothing,
                                   and it is unknown */
    const char *lasts;          /* what an empty cell of a later delivery does not take back: a code, any
                                   but a code (!CODE), or anything (*); NULL: nothing */
    enum tr_field lasts_with;   /* the first of several that say one thing together; 0: it stands alone */
};

/* A cell of a referral, read and checked. */
struct tr_value {
    struct tr_str text; /* as records write it; empty: unknown */
    int num;            /* TR_KIND_CODE: entry of the list; of a date or a year: the year; else 0.
                           -1: unknown */
};

extern const struct tr_field_info tr_fields[TR_N_FIELDS];

/* Whether the register seals the field. Sealed fields stand in the sealed text in the order of
 * enum tr_field. */
static inline bool tr_field_is_sealed(int field)
{
    return tr_fields[field].tells == TR_TELLS_WHO || tr_fields[field].tells == TR_TELLS_KIND;
}

/* Whether the field is a column of the identity part, see domain/referral/identity.h. */
static inline bool tr_field_is_kept(int field)
{
    return tr_fields[field].tells == TR_TELLS_WHO || tr_fields[field].tells == TR_TELLS_PART ||
           tr_fields[field].tells == TR_TELLS_MARK;
}

/* What available_from says of somebody who is to wait until a day that is not known. */
#define TR_LATER "senere"

/* The code of protection that protects nobody. */
#define TR_UNPROTECTED "ingen"

/* Whether a cell of the field protection says that the address is protected. */
static inline bool tr_says_protected(struct tr_str cell)
{
    return cell.len > 0 && !tr_str_is(cell, TR_UNPROTECTED);
}

/* Whether the address of the person is protected. v: index enum tr_field. */
static inline bool tr_is_protected(const struct tr_value v[])
{
    return tr_says_protected(v[TR_F_PROTECTION].text);
}

/* Whether it is certain that the matrix of groups is not about the person, by rules or by judgement, as
 * rop-group writes it: no group, and nothing left to be asked for. v: index enum tr_field; unread: fields
 * whose cells could not be read (bit: enum tr_field). */
static inline bool tr_is_outside(const struct tr_value v[], uint64_t unread)
{
    const uint64_t tell = UINT64_C(1) << TR_F_ROP_GROUP | UINT64_C(1) << TR_F_HOUSING_TYPE |
                          UINT64_C(1) << TR_F_ROP_POSSIBLE;

    if (v[TR_F_ROP_GROUP].num >= 0 || unread & tell)
        return false;
    if (tr_str_is(v[TR_F_ROP_BASIS].text, "judged"))
        return v[TR_F_HOUSING_TYPE].num < 0;
    return v[TR_F_ROP_POSSIBLE].text.len == 0 && tr_str_is(v[TR_F_ROP_BASIS].text, "rules");
}

/* The column of output that holds the field. */
struct tr_column tr_field_column(enum tr_field field);

/* The field called name, or -1. */
int tr_field_find(struct tr_str name);

/* The same among fields that have codes; near offers their names when there is none. */
int tr_field_find_coded(struct tr_str name, struct tr_near *near);

#endif
