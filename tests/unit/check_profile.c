/* The shipped profile loads; every kind of broken table is refused, with file, line and field.
 * Small decision tables have their gaps and overlaps found. */
#include "unit.h"

#include <sys/stat.h>

#include "domain/survey/rop.h"

static char folder[] = "/tmp/unit-profile-XXXXXX";

/* A copy of the shipped profile; in file, the first `from` is replaced by `to`. */
static void make_profile(const char *file, const char *from, const char *to)
{
    static const char *const files[] = {
        "profile",         "districts",   "fields",       "codes",       "housing_types",
        "rop_rules",       "rop_somatic", "rop_matrix",   "measures",    "tables",
        "placement_rules", "masks", "travels", "person_links", "event_types", "case_states",
        "decline_reasons", "steps",       "plan_items",   "decisions",   "letters", "services",
        "disclosure"};

    strcpy(folder, "/tmp/unit-profile-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[256], *text = calloc(1, 1 << 20), *at;
        FILE *f;

        snprintf(path, sizeof path, "%s/%s.csv", PROFILE, files[i]);
        f = fopen(path, "r");
        ck_assert_ptr_nonnull(f);
        ck_assert_uint_gt(fread(text, 1, (1 << 20) - 1, f), 0);
        fclose(f);
        snprintf(path, sizeof path, "%s/%s.csv", folder, files[i]);
        if (strcmp(files[i], file) == 0 && !to) {
            free(text);
            continue; /* the file is missing */
        }
        f = fopen(path, "w");
        at = strcmp(files[i], file) == 0 ? strstr(text, from ? from : "") : NULL;
        ck_assert_msg(at || strcmp(files[i], file) != 0, "%s is not in %s", from ? from : "",
                      file);
        if (at)
            fprintf(f, "%.*s%s%s", (int)(at - text), text, to ? to : "",
                    at + strlen(from ? from : ""));
        else
            fputs(text, f);
        fclose(f);
        free(text);
    }
}

static void remove_profile(void)
{
    char command[64];

    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

static int load(struct tr_profile *p, struct tr_rop *rop, struct tr_err *err)
{
    memset(err, 0, sizeof *err);
    if (tr_profile_load(p, folder, TEXTS, err) < 0)
        return -1;
    return tr_rop_load(rop, p, err);
}

START_TEST(shipped)
{
    static struct tr_rop rop;
    struct tr_profile p;
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&p, PROFILE, TEXTS, &err), 0);
    ck_assert_int_eq(tr_rop_load(&rop, &p, &err), 0);
    ck_assert_int_eq(tr_profile_list(&p, "bydel")->n, 15);
    ck_assert_int_eq(tr_profile_list(&p, "housing_type")->n, 7);
    ck_assert_ptr_null(tr_profile_list(&p, "nothing"));
    ck_slice_eq(tr_profile_value(&p, "municipality"), "0301");
    ck_slice_eq(tr_profile_value(&p, "nothing"), "");
    ck_slice_eq(tr_profile_label(&p, TR_STR("total"), TR_EN), "Total");
    ck_assert_int_eq(p.n_measures, 3);
    for (int i = 0; i < p.n_lists; i++)
        for (int e = 0; e < p.list[i].n; e++) { /* codes and labels find themselves */
            ck_assert_int_eq(tr_list_code(&p.list[i], p.list[i].entry[e].code), e);
            ck_assert_int_eq(tr_list_find(&p.list[i], p.list[i].entry[e].code), e);
            for (int l = 0; l < TR_N_LANGS; l++)
                ck_assert_msg(tr_list_find(&p.list[i], p.list[i].entry[e].label[l]) == e, "%s",
                              show(p.list[i].entry[e].label[l]));
        }
    tr_profile_clear(&p);
}
END_TEST

/* Sentences in the municipality's own words, where it has any. */
START_TEST(own_texts)
{
    struct tr_profile p;
    struct tr_err err;
    char path[64];
    FILE *f;

    for (int own = 0; own < 3; own++) {
        make_profile("", NULL, NULL);
        snprintf(path, sizeof path, "%s/texts.csv", folder);
        if (own) {
            f = fopen(path, "w");
            fprintf(f, own == 1 ? "key,nb,nn,en\nplan.title,Flytteplan,,Plan\n"
                                : "key,nb\nplan.title,x\n");
            fclose(f);
        }
        ck_assert_int_eq(tr_profile_load(&p, folder, TEXTS, &err), own == 2 ? -1 : 0);
        if (own == 2)
            ck_assert_int_eq(err.code, TR_E_TABLE_CELL);
        if (own < 2) {
            ck_slice_eq(tr_profile_text(&p, "plan.title", TR_NB),
                        own ? "Flytteplan" : "Utflyttingsplan");
            ck_slice_eq(tr_profile_text(&p, "plan.title", TR_NN), "Utflyttingsplan");
            ck_slice_eq(tr_profile_text(&p, "plan.title", TR_EN), own ? "Plan" : "Move-out plan");
            ck_slice_eq(tr_profile_text(&p, "plan.no", TR_NB), "Nei");
        }
        tr_profile_clear(&p);
        remove_profile();
    }
}
END_TEST

static const struct {
    const char *file, *from, *to; /* to NULL: no such file */
    enum tr_code code;
    uint64_t line; /* 0: any */
    const char *field;
} broken[] = {
    {"codes", "", NULL, TR_E_OPEN},
    {"tables", "", NULL, TR_E_OPEN},
    {"event_types", "", NULL, TR_E_OPEN},
    {"steps", "", NULL, TR_E_OPEN},
    {"plan_items", "", NULL, TR_E_OPEN},
    {"letters", "", NULL, TR_E_OPEN},
    {"services", "", NULL, TR_E_OPEN},
    {"event_types", "code,label_nb", "kode,label_nb", TR_E_TABLE_CELL},
    {"event_types", "\nwithdrawn,", "\nclosed,", TR_E_TABLE_CELL},
    {"event_types", "\nwithdrawn,", "\n,", TR_E_TABLE_CELL, 12, "code"},
    {"steps", "starts,offset", "starts,ofset", TR_E_TABLE_CELL},
    {"steps", "\nanswer,", "\n,", TR_E_TABLE_CELL, 3, "step"},
    {"plan_items", "point,item,kind", "point,item,sort", TR_E_TABLE_CELL},
    {"letters", "decision,block,when", "decision,block,if", TR_E_TABLE_CELL},
    {"services", "service,groups,provider", "service,groups,giver", TR_E_TABLE_CELL},
    {"codes", "bool,ja,", "bool,ja,\"", TR_E_QUOTE_STRAY},
    {"codes", "bool,nei,", "bool,nei,x,", TR_E_ROW_LONG, 3},
    {"codes", "bool,nei,Nei", "bool,nei,Ja", TR_E_TABLE_CELL, 3},
    {"codes", "|false|", "|JA!|", TR_E_TABLE_CELL, 3},
    {"codes", "sex,kvinne", "gender,kvinne", TR_OK}, /* another list besides: no harm */
    {"codes", "bool,nei,", "bool,ja,", TR_E_TABLE_CELL, 3},
    {"codes", "list,code,", "liste,code,", TR_E_TABLE_CELL},
    {"codes", "list,code,", "list,kode,", TR_E_TABLE_CELL},
    {"codes", "bool,ja,", "bool,,", TR_E_TABLE_CELL, 2},
    {"districts", "code,number,name", "kode,number,name", TR_E_TABLE_CELL},
    {"districts", "030102,2,", "030101,2,", TR_E_TABLE_CELL, 3},
    {"districts", "030102,2,", "030102,1,", TR_E_TABLE_CELL, 3},
    {"districts", "030102,2,", ",2,", TR_E_TABLE_CELL, 3},
    {"housing_types", "ordinaer_ikke_heleid,", "ordinaer,", TR_E_TABLE_CELL, 3},
    {"fields", "received,Mottatt,", "received,Bydel,", TR_E_TABLE_CELL},
    {"fields", "field,label_nb", "name,label_nb", TR_E_TABLE_CELL},
    {"measures", "housing_status", "housing_stauts", TR_E_TABLE_CELL, 2},
    {"measures", "uten_bolig", "uten_boligg", TR_E_TABLE_CELL, 2, "codes"},
    {"measures", "measure,field,codes", "measure,field,code", TR_E_TABLE_CELL},
    {"rop_rules", "G7A,7,", "G7A,8,", TR_E_TABLE_CELL, 2, "rop_group"},
    {"rop_rules", "G7A,7,samlok_doegn_skjermet", "G7A,7,samlok", TR_E_TABLE_CELL, 2,
     "housing_type"},
    {"rop_rules", "randsone,7,3,2|3", "randsone,7,3,2|4", TR_E_TABLE_CELL, 2, "mental"},
    {"rop_rules", "randsone,7,3,", "randsone,9,3,", TR_E_TABLE_CELL, 2, "rop_possible"},
    {"rop_somatic", "1-5S,ordinaer", "1-6S,ordinaer", TR_E_TABLE_CELL, 5, "rop_somatic"},
    {"rop_matrix", "\n1,", "\n9,", TR_E_TABLE_CELL, 2, "rop_group"},
};

START_TEST(refusal)
{
    static struct tr_rop rop;
    struct tr_profile p;
    struct tr_err err;
    char path[64];
    int rc;

    make_profile(broken[_i].file, broken[_i].from, broken[_i].to);
    snprintf(path, sizeof path, "%s/%s.csv", folder, broken[_i].file);
    rc = load(&p, &rop, &err);
    ck_assert_msg(rc == (broken[_i].code ? -1 : 0), "%s taken", broken[_i].to);
    if (rc < 0) {
        ck_assert_msg(err.code == broken[_i].code, "%s: %s %s", tr_code_name(err.code), err.field,
                      err.arg[0]);
        ck_assert_msg(err.source && strcmp(err.source, path) == 0, "%s", err.source);
        if (broken[_i].line)
            ck_assert_uint_eq(err.line, broken[_i].line);
        if (broken[_i].field)
            ck_assert_str_eq(err.field, broken[_i].field);
        if (err.code == TR_E_TABLE_CELL)
            ck_assert_str_ne(err.field, "");
    }
    tr_profile_clear(&p);
    remove_profile();
}
END_TEST

/* ---- rules ---- */

struct said {
    int gaps, overlaps;
    char rules[8][160], example[8][160];
};

static void hear(void *cookie, const struct tr_err *err)
{
    struct said *s = cookie;
    int n = s->gaps + s->overlaps;

    ck_assert_int_lt(n, 8);
    if (err->code == TR_E_RULE_GAP) {
        s->gaps++;
        strcpy(s->example[n], err->arg[0]);
    } else {
        ck_assert_int_eq(err->code, TR_E_RULE_OVERLAP);
        s->overlaps++;
        snprintf(s->rules[n], sizeof s->rules[n], "%.60s %.60s", err->arg[0], err->arg[1]);
        strcpy(s->example[n], err->arg[2]);
        ck_assert_uint_gt(err->line, 2);
    }
}

/* A table with two indicators instead of the shipped rules. */
static const struct {
    const char *rules;
    int gaps, overlaps;
    const char *names, *example;
} small[] = {
    {"A,1,ja,\nB,2,nei,\n", 0, 0},
    {"A,1,,\n", 0, 0},
    {"A,1,ja,0|1\nB,2,ja,2\nC,3,nei,\n", 0, 0},
    {"A,1,ja,\n", 1, 0, NULL, "vulnerable=nei"},
    {"A,1,ja,\nB,2,nei,0|2\n", 1, 0, NULL, "vulnerable=nei, somatic=1"},
    {"A,1,ja,0\nB,2,nei,0\nC,3,,2\n", 1, 0, NULL, "somatic=1"},
    {"A,1,ja,0\nB,2,nei,2\nC,3,,1\n", 2, 0},
    {"A,1,ja,\nB,2,nei,\nC,3,nei,1\n", 0, 1, "B C", "vulnerable=nei, somatic=1"},
    {"A,1,,\nB,2,,\nC,3,,\n", 0, 3, "A B"},
    {"A,1,ja,0|1\nB,2,ja,1\nC,2,nei,\n", 1, 1, "A B", "vulnerable=ja, somatic=1"},
};

START_TEST(gaps_and_overlaps)
{
    static struct tr_rules rules;
    static const enum tr_field outcomes[] = {TR_F_ROP_GROUP};
    struct said said = {0};
    struct tr_profile p;
    struct tr_err err;
    char path[64];
    FILE *f;

    make_profile("", NULL, NULL);
    snprintf(path, sizeof path, "%s/rop_rules.csv", folder);
    f = fopen(path, "w");
    fprintf(f, "rule,rop_group,vulnerable,somatic\n%s", small[_i].rules);
    fclose(f);
    ck_assert_int_eq(tr_profile_load(&p, folder, TEXTS, &err), 0);
    ck_assert_int_eq(tr_rules_load(&rules, &p, TR_T_ROP_RULES, outcomes, 1, &err), 0);
    ck_assert_int_eq(rules.n_conditions, 2);
    ck_assert_int_eq(tr_rules_check(&rules, hear, &said), small[_i].gaps + small[_i].overlaps);
    ck_assert_int_eq(said.gaps, small[_i].gaps);
    ck_assert_int_eq(said.overlaps, small[_i].overlaps);
    for (int i = 0; i < said.gaps + said.overlaps; i++) {
        if (said.rules[i][0] && !said.rules[0][0] && i == 0)
            continue;
        if (small[_i].names && said.rules[i][0] && said.overlaps == 1)
            ck_assert_str_eq(said.rules[i], small[_i].names);
        if (small[_i].example && said.gaps + said.overlaps == 1)
            ck_assert_str_eq(said.example[i], small[_i].example);
    }
    tr_profile_clear(&p);
    remove_profile();
}
END_TEST

START_TEST(sixty_four_rules_and_no_more)
{
    static struct tr_rules rules;
    static const enum tr_field outcomes[] = {TR_F_ROP_GROUP};

    for (int n = 64; n <= 65; n++) {
        struct tr_profile p;
        struct tr_err err;
        char path[64];
        uint64_t any[TR_CONDITIONS_MAX] = {TR_ANY, TR_ANY};
        FILE *f;
        int rc;

        make_profile("", NULL, NULL);
        snprintf(path, sizeof path, "%s/rop_rules.csv", folder);
        f = fopen(path, "w");
        fprintf(f, "rule,rop_group,vulnerable\n");
        for (int i = 0; i < n; i++)
            fprintf(f, "R%d,1,%s\n", i, i % 2 ? "ja" : "nei");
        fclose(f);
        ck_assert_int_eq(tr_profile_load(&p, folder, TEXTS, &err), 0);
        rc = tr_rules_load(&rules, &p, TR_T_ROP_RULES, outcomes, 1, &err);
        ck_assert_int_eq(rc, n > 64 ? -1 : 0);
        if (rc < 0)
            ck_assert_int_eq(err.code, TR_E_RULE_COUNT);
        else
            ck_assert_uint_eq(tr_rules_possible(&rules, any), UINT64_MAX);
        tr_profile_clear(&p);
        remove_profile();
    }
}
END_TEST

MAIN("profile", {shipped}, {own_texts}, {refusal, COUNT(broken)}, {gaps_and_overlaps, COUNT(small)},
     {sixty_four_rules_and_no_more})
