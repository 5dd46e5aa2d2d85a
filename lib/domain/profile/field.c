#include "domain/profile/field.h"

_Static_assert(TR_N_FIELDS <= 64, "a set of fields is 64 bits wide");

#define TEXT .kind = TR_KIND_TEXT
#define CODE(of) .kind = TR_KIND_CODE, .list = (of)
#define LEVEL(of) CODE(of), .shape = TR_SHAPE_NUMBER
#define WHO .tells = TR_TELLS_WHO
#define BOOL CODE("bool"), .shape = TR_SHAPE_BOOL

const struct tr_field_info tr_fields[TR_N_FIELDS] = {
    [TR_F_REFERRAL_ID] = {"referral_id", .kind = TR_KIND_ID, .required = true},
    [TR_F_RECEIVED] = {"received", .kind = TR_KIND_DATE, .months = true},
    [TR_F_BYDEL] = {"bydel", CODE("bydel"), .required = true, .tells = TR_TELLS_WHERE},
    [TR_F_PERSON_ID] = {"person_id", .kind = TR_KIND_IDNUM, WHO},
    [TR_F_PERSON_ID_KIND] = {"person_id_kind", TEXT, .tells = TR_TELLS_KIND},
    [TR_F_NAME] = {"name", TEXT, WHO},
    [TR_F_SEX] = {"sex", CODE("sex")},
    [TR_F_BIRTH_YEAR] = {"birth_year", .kind = TR_KIND_YEAR, .shape = TR_SHAPE_NUMBER,
                         .tells = TR_TELLS_PART},
    [TR_F_MUNICIPALITY] = {"municipality", .kind = TR_KIND_MUNICIPALITY, .tells = TR_TELLS_WHERE},
    [TR_F_PROTECTION] = {"protection", CODE("protection"), .tells = TR_TELLS_MARK, .lasts = "!" TR_UNPROTECTED},
    [TR_F_SERVICE_LEVEL] = {"service_level", CODE("service_level")},
    [TR_F_STAY_TYPE] = {"stay_type", CODE("stay_type")},
    [TR_F_SUBSTANCE_POLICY] = {"substance_policy", CODE("substance_policy")},
    [TR_F_WISHES] = {"wishes", TEXT, .shape = TR_SHAPE_LIST},
    [TR_F_URGENCY] = {"urgency", LEVEL("urgency")},
    [TR_F_AVAILABLE_FROM] = {"available_from", .kind = TR_KIND_DATE, .months = true, .later = TR_LATER, .lasts = "*"},
    [TR_F_HOUSING_STATUS] = {"housing_status", CODE("housing_status")},
    [TR_F_HOUSING_PATH] = {"housing_path", CODE("housing_path")},
    [TR_F_WHEELCHAIR] = {"wheelchair", BOOL},
    [TR_F_CONSENT] = {"consent", BOOL, .lasts = "nei", .lasts_with = TR_F_CONSENT},
    [TR_F_CONSENT_KIND] = {"consent_kind", CODE("consent_kind"), .lasts = "none",
                            .lasts_with = TR_F_CONSENT},
    [TR_F_CONSENT_ON] = {"consent_on", .kind = TR_KIND_DATE, .lasts = "*",
                          .lasts_with = TR_F_CONSENT},
    [TR_F_CONSENT_BY] = {"consent_by", TEXT, .tells = TR_TELLS_TEXT},
    [TR_F_CONTACT_NAME] = {"contact_name", TEXT, WHO},
    [TR_F_CONTACT_PHONE] = {"contact_phone", TEXT, WHO},
    [TR_F_CONTACT_EMAIL] = {"contact_email", TEXT, WHO},
    [TR_F_COMMENT] = {"comment", TEXT, WHO},
    [TR_F_HF] = {"hf", LEVEL("hf")},
    [TR_F_SUBSTANCE] = {"substance", LEVEL("substance")},
    [TR_F_MENTAL] = {"mental", LEVEL("mental")},
    [TR_F_BEHAVIOUR] = {"behaviour", LEVEL("behaviour")},
    [TR_F_SAFETY_RISK] = {"safety_risk", LEVEL("safety_risk")},
    [TR_F_VULNERABLE] = {"vulnerable", BOOL},
    [TR_F_AUTONOMOUS] = {"autonomous", BOOL},
    [TR_F_VISIBLE_USE] = {"visible_use", BOOL},
    [TR_F_PERSONALITY_DISORDER] = {"personality_disorder", BOOL},
    [TR_F_EXCLUDED_LOW_THRESHOLD] = {"excluded_low_threshold", BOOL},
    [TR_F_SCATTERED] = {"scattered", BOOL},
    [TR_F_SOMATIC] = {"somatic", LEVEL("somatic")},
    [TR_F_COGNITIVE_DECLINE] = {"cognitive_decline", BOOL},
    [TR_F_LOW_SELF_CARE] = {"low_self_care", BOOL},
    [TR_F_JUDGED_GROUP] = {"judged_group", CODE("judged_group")},
    [TR_F_JUDGED_HOUSING_TYPE] = {"judged_housing_type", CODE("housing_type")},
    [TR_F_JUDGED_BY] = {"judged_by", TEXT},
    [TR_F_JUDGED_ON] = {"judged_on", .kind = TR_KIND_DATE},
    [TR_F_JUDGED_REASON] = {"judged_reason", TEXT, .tells = TR_TELLS_TEXT},
    [TR_F_BORN_BETWEEN] = {"born_between", .kind = TR_KIND_BORN},
    [TR_F_QUEUE_NUMBER] = {"queue_number", .kind = TR_KIND_NUMBER, .shape = TR_SHAPE_NUMBER},
    [TR_F_ROP_GROUP] = {"rop_group", LEVEL("rop_group")},
    [TR_F_ROP_SOMATIC] = {"rop_somatic", CODE("rop_somatic")},
    [TR_F_HOUSING_TYPE] = {"housing_type", CODE("housing_type")},
    [TR_F_STANDARD] = {"standard", CODE("standard")},
    [TR_F_LOCATION] = {"location", CODE("location")},
    [TR_F_ROP_BASIS] = {"rop_basis", CODE("rop_basis")},
    [TR_F_ROP_RULE] = {"rop_rule", TEXT, .shape = TR_SHAPE_LIST},
    [TR_F_ROP_POSSIBLE] = {"rop_possible", TEXT, .shape = TR_SHAPE_LIST},
    [TR_F_ROP_ASK] = {"rop_ask", TEXT},
    [TR_F_ROP_JUDGE] = {"rop_judge", TEXT, .shape = TR_SHAPE_LIST},
};

struct tr_column tr_field_column(enum tr_field field)
{
    const struct tr_field_info *f = &tr_fields[field];

    return (struct tr_column){tr_str(f->name), f->shape,
                              .plain = f->kind != TR_KIND_TEXT && f->kind != TR_KIND_ID};
}

int tr_field_find(struct tr_str name)
{
    for (int f = 0; f < TR_N_FIELDS; f++)
        if (tr_str_is(name, tr_fields[f].name))
            return f;
    return -1;
}

int tr_field_find_coded(struct tr_str name, struct tr_near *near)
{
    int field = tr_field_find(name);

    if (field >= 0 && tr_fields[field].list)
        return field;
    *near = (struct tr_near){.wanted = name};
    for (int f = 0; f < TR_N_FIELDS; f++)
        if (tr_fields[f].list)
            tr_near_offer(near, tr_str(tr_fields[f].name));
    return -1;
}
