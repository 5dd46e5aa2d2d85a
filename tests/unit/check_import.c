/* From a row of anybody's export to a referral. */
#include "unit.h"

#include "domain/referral/import.h"

static struct tr_profile profile;
static struct tr_import *im;
static struct tr_reader *reader;
static struct tr_binding binding;
static struct tr_referral referral;
static struct tr_row row;

static void load(void)
{
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    im = tr_import_new(&profile, &(struct tr_scratch){.folder = "/tmp"});
    ck_assert_ptr_nonnull(im);
}

static void next_file(const char *text)
{
    struct tr_err err = {0};

    tr_binding_clear(&binding);
    tr_reader_close(reader);
    reader = tr_reader_open(file_z(text), &(struct tr_reader_options){.no_thread = true}, &err);
    ck_assert_msg(reader != NULL, "%s: %s", text, tr_code_name(err.code));
    referral.binding = NULL;
    ck_assert_msg(tr_import_bind(im, &binding, reader, TR_WANT_REFERRAL, &err) == 0, "%s: %s %s", text, tr_code_name(err.code), err.field);
}

static int next_row(void)
{
    struct tr_err err;

    ck_assert_int_eq(tr_reader_next(reader, &row, &err), 1);
    return tr_import_row(im, &binding, &row, TR_WANT_REFERRAL, &referral, &err);
}

static void unload(void)
{
    tr_binding_clear(&binding);
    tr_reader_close(reader);
    reader = NULL;
    tr_import_free(im);
    tr_profile_clear(&profile);
}

/* ---- headers ---- */

static const struct {
    const char *header;
    enum tr_code code;
    const char *field, *arg[2];
} headers[] = {
    {"referral_id;bydel", TR_OK},
    {"Henvisnings-ID;Bydel", TR_OK},
    {"HENVISNINGS ID ; bydel ", TR_OK},
    {"saksnr.;Søkerbydel", TR_OK},
    {"Henvisning nr;BYDEL", TR_OK},
    {"bydel;x;referral_id", TR_OK},
    {"bydel;referal_id", TR_E_COLUMN_MISSING, "referral_id", {"referal_id"}},
    {"Henvisnings-ID;Bydell", TR_E_COLUMN_MISSING, "bydel", {"Bydell"}},
    {"Henvisnings-ID;Bydel;Saksnummer", TR_E_COLUMN_DOUBLE, "referral_id", {"Henvisnings-ID", "Saksnummer"}},
    {"referral_id;bydel;Rus;rusbruk", TR_E_COLUMN_DOUBLE, "substance", {"Rus", "rusbruk"}},
    {"referral_id;bydel;bydel", TR_E_COLUMN_DOUBLE, "bydel", {"bydel", "bydel"}},
};

START_TEST(header)
{
    char text[256];
    struct tr_err err = {0};
    int rc;

    load();
    snprintf(text, sizeof text, "%s\n", headers[_i].header);
    reader = tr_reader_open(file_z(text), &(struct tr_reader_options){0}, &err);
    ck_assert_ptr_nonnull(reader);
    rc = tr_import_bind(im, &binding, reader, TR_WANT_REFERRAL, &err);
    ck_assert_int_eq(rc, headers[_i].code ? -1 : 0);
    if (headers[_i].code) {
        ck_assert_int_eq(err.code, headers[_i].code);
        ck_assert_str_eq(err.field, headers[_i].field);
        ck_assert_uint_eq(err.line, 1);
        for (int i = 0; i < 2; i++)
            if (headers[_i].arg[i])
                ck_assert_str_eq(err.arg[i], headers[_i].arg[i]);
    }
    unload();
}
END_TEST

/* Every spelling that the profile has for a field leads to it. */
START_TEST(every_alias)
{
    const struct tr_table *t;
    int aliases, n = 0;

    load();
    t = &profile.table[TR_T_FIELDS];
    aliases = tr_table_column(t, "aliases");
    for (uint32_t r = 0; r < t->n_rows; r++) {
        int field = tr_field_find(tr_table_cell(t, r, 0));
        struct tr_str rest = tr_table_cell(t, r, aliases), part;

        while (field >= 0 && rest.len > 0 && tr_str_part(&rest, '|', &part)) {
            ck_assert_msg(tr_profile_header(&profile, part) == field, "%s", show(part));
            n++;
        }
    }
    ck_assert_int_gt(n, 200);
    unload();
}
END_TEST

/* ---- cells ---- */

/* One field's cell: what it becomes, or its fault. */
static const struct {
    const char *field, *cell, *value;
    enum tr_code code;
} cells[] = {
    {"received", "01.02.2022", "2022-02-01"},
    {"received", "1.2.2022", "2022-02-01"},
    {"received", "2022-02-01", "2022-02-01"},
    {"received", "\xC2\xA0" "1.2.2022 ", "2022-02-01"},
    {"received", "29.02.2023", .code = TR_E_DATE},
    {"received", "2022-2-1", .code = TR_E_DATE},
    {"received", "i går", .code = TR_E_DATE},
    {"received", "'01.02.2022", "2022-02-01"},
    {"received", "\"=\"\"01.02.2022\"\"\"", "2022-02-01"},
    {"received", "=\"01.02.2022\"", "2022-02-01"},
    {"received", "20220201", "2022-02-01"},
    {"received", "2022-02-01T12:30:00", "2022-02-01"},
    {"received", "Ukjent", ""},
    {"received", "-", ""},
    {"received", "?", ""},
    {"received", "#N/A", ""},
    {"birth_year", "NULL", ""},
    {"birth_year", "ukjent", ""},
    {"birth_year", "'1980", "1980"},
    {"birth_year", "1\xC2\xA0" "980", "1980"},
    {"birth_year", "1980,0", "1980"},
    {"birth_year", "1980,5", .code = TR_E_YEAR},
    {"person_id", "Ukjent", ""},
    {"person_id", "mangler", ""},
    {"person_id", "--", ""},
    {"person_id", "'07915438185", "07915438185"},
    {"person_id", "=\"07915438185\"", "07915438185"},
    {"person_id", "\xE2\x80\x8B" "07915438185", "07915438185"},
    {"name", "ukjent", ""},
    {"name", "Ukjent Mann", "Ukjent Mann"},
    {"name", "'t Hooft", "'t Hooft"},
    {"contact_phone", "'+47 22 22 22 22", "+47 22 22 22 22"},
    {"municipality", "0301", "0301"},
    {"municipality", "301", "0301"},
    {"municipality", "'0301", "0301"},
    {"municipality", "301,0", "0301"},
    {"municipality", "Oslo", "0301"},
    {"municipality", "OSLO KOMMUNE", "0301"},
    {"municipality", "0301 Oslo", "0301"},
    {"municipality", "3201 B\xC3\xA6rum", "3201"},
    {"municipality", "3024", "3024"},
    {"municipality", "Ukjent", ""},
    {"municipality", "0000", ""},
    {"municipality", "000", ""},
    {"municipality", "9999", ""},
    {"municipality", "0399", ""},
    {"municipality", "9999 Uoppgitt", ""},
    {"municipality", "0398", "0398"},
    {"municipality", "0300", .code = TR_E_MUNICIPALITY},
    {"municipality", "0012", .code = TR_E_MUNICIPALITY},
    {"municipality", "5701", .code = TR_E_MUNICIPALITY},
    {"municipality", "B\xC3\xA6rum", .code = TR_E_MUNICIPALITY},
    {"municipality", "30", .code = TR_E_MUNICIPALITY},
    {"municipality", "030103", .code = TR_E_MUNICIPALITY},
    {"municipality", "0301 0302", .code = TR_E_MUNICIPALITY},
    {"received", "", ""},
    {"consent", "Ja", "ja"},
    {"consent", "J", "ja"},
    {"consent", "X", "ja"},
    {"consent", "1", "ja"},
    {"consent", "Nei", "nei"},
    {"consent", "n", "nei"},
    {"consent", "0", "nei"},
    {"consent", "vet ikke", ""},
    {"consent", "kanskje", .code = TR_E_CODE},
    {"consent", "2", .code = TR_E_CODE},
    {"substance", "3", "3"},
    {"substance", "3,0", "3"},
    {"substance", "Alvorlig", "3"},
    {"substance", "moderat til  ALVORLIG", "2"},
    {"substance", "4", .code = TR_E_CODE},
    {"substance", "1,5", .code = TR_E_CODE},
    {"substance", "-1", .code = TR_E_CODE},
    {"substance", "Alvorlg", .code = TR_E_CODE_NEAR},
    {"hf", "HF 3", "3"},
    {"housing_status", "Kommunal bolig", "leid_kommunal"},
    {"housing_path", "Kommunal bolig", "kommunal"},
    {"birth_year", "1980", "1980"},
    {"birth_year", "80", .code = TR_E_YEAR},
    {"birth_year", "1849", .code = TR_E_YEAR},
    {"birth_year", "2101", .code = TR_E_YEAR},
    {"name", "  Lang Lyng ", "Lang Lyng"},
    {"name", "Ha\xCC\x8A" "kon", "H\xC3\xA5kon"},
    {"person_id", "p-1_A", "p-1_A"},
    {"person_id", "Per Olsen", .code = TR_E_PSEUDONYM},
    {"person_id", "1234567890", .code = TR_E_IDNUM_ZERO},
    {"person_id", "123456789", .code = TR_E_IDNUM_LENGTH},
    {"person_id", "99999912345", .code = TR_E_IDNUM_CHECK},
    {"person_id", "O1010100131", .code = TR_E_IDNUM_TYPED},
    {"person_id", "1234567891A", .code = TR_E_IDNUM_TYPED},
    {"person_id", "fnr15108695088", .code = TR_E_IDNUM_TYPED},
    {"person_id", "151086-9508B", .code = TR_E_IDNUM_TYPED},
    {"person_id", "P-2026-0000123", "P-2026-0000123"},
    {"person_id", "BYDEL3-00017", "BYDEL3-00017"},
    {"person_id", "p-12345678901abcdefghijkla", "p-12345678901abcdefghijkla"},
    {"person_id", "200205705502", "200205705502"},
    {"person_id", "2002 057055 02", "200205705502"},
    {"person_id", "200205705503", .code = TR_E_IDNUM_CHECK},
    {"person_id", "907915438185", .code = TR_E_IDNUM_LENGTH},
    {"person_id", "07915438185", "07915438185"},
    {"person_id", "079154 38185", "07915438185"},
    {"person_id", "07915438186", .code = TR_E_IDNUM_CHECK},
    {"referral_id", "R 1", "R 1"},
    {"referral_id", "", .code = TR_E_VALUE_MISSING},
    {"referral_id", " \xC2\xA0", .code = TR_E_VALUE_MISSING},
    {"referral_id", "1234567890123456789012345678901234567890123456789012345678901234",
     "1234567890123456789012345678901234567890123456789012345678901234"},
    {"referral_id", "12345678901234567890123456789012345678901234567890123456789012345", .code = TR_E_ID_SIZE},
    {"bydel", "Sagene", "030103"},
    {"bydel", "Bydel Sagene", "030103"},
    {"bydel", "bydel sagene", "030103"},
    {"bydel", "3", "030103"},
    {"bydel", "03", "030103"},
    {"bydel", "Bydel 3", "030103"},
    {"bydel", "030103", "030103"},
    {"bydel", "30103", "030103"},
    {"bydel", "St. Hanshaugen", "030104"},
    {"bydel", "ST HANSHAUGEN", "030104"},
    {"bydel", "S\xC3\xB8ndre Nordstrand", "030115"},
    {"bydel", "Grunerl\xC3\xB8kka", "030102"},
    {"bydel", "16", .code = TR_E_CODE},
    {"bydel", "Sagen", .code = TR_E_CODE_NEAR},
    {"bydel", "", .code = TR_E_VALUE_MISSING},
    {"bydel", "'030103", "030103"},
    {"bydel", "=\"030103\"", "030103"},
    {"bydel", "Ukjent", .code = TR_E_VALUE_MISSING},
    {"referral_id", "'R 1", "R 1"},
    {"referral_id", "=\"R 1\"", "R 1"},
    {"referral_id", "R\xC2\xAD 1\xE2\x80\x8B", "R 1"},
    {"referral_id", "NULL", .code = TR_E_VALUE_MISSING},
    {"wishes", "'A|B\xE2\x80\x8B", "A|B"},
};

/* Fields without which it is not known who somebody is, where, or whether that is a secret. */
static const char *const needed[] = {"referral_id", "bydel", "person_id", "protection"};

/* Whether a cell of the field that cannot be read leaves the person, with the fact unknown. */
static bool may_be_unread(const char *field)
{
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (strcmp(needed[i], field) == 0)
            return false;
    return true;
}

START_TEST(cell)
{
    bool id = strcmp(cells[_i].field, "referral_id") == 0, bydel = strcmp(cells[_i].field, "bydel") == 0;
    char text[512];
    int rc, field = tr_field_find(tr_str(cells[_i].field));

    load();
    /* twice: what is remembered must be what was read */
    for (int k = 0; k < 2; k++) {
        snprintf(text, sizeof text, "%s%s%s;comment\n%s%s%s;x\n", id ? "" : "referral_id;", bydel ? "" : "bydel;",
                 cells[_i].field, id ? "" : k ? "R2;" : "R1;", bydel ? "" : "Bjerke;", cells[_i].cell);
        next_file(text);
        rc = next_row();
        if (cells[_i].code) {
            bool unread = may_be_unread(cells[_i].field);

            ck_assert_int_eq(rc, unread ? TR_IMPORT_GOOD : TR_IMPORT_REJECTED);
            ck_assert_uint_eq(referral.unread, unread ? UINT64_C(1) << field : 0);
            ck_assert(!unread || (referral.v[field].text.len == 0 && referral.v[field].num == -1));
            ck_assert_int_eq(referral.n_faults, 1);
            ck_assert_str_eq(tr_code_name(referral.fault[0].code), tr_code_name(cells[_i].code));
            if (cells[_i].code == TR_E_CODE_NEAR)
                ck_assert_int_eq(referral.fault[0].code, TR_E_CODE_NEAR);
            ck_assert_str_eq(referral.fault[0].field, cells[_i].field);
            ck_assert_uint_eq(referral.fault[0].line, 2);
        } else {
            ck_assert_msg(rc == TR_IMPORT_GOOD || (id && k == 1), "%s", tr_code_name(referral.fault[0].code));
            ck_slice_eq(referral.v[tr_field_find(tr_str(cells[_i].field))].text, cells[_i].value);
        }
    }
    unload();
}
END_TEST

/* A row that adds up others is none of them, wherever the word stands, also when the row is short. */
START_TEST(total_rows)
{
    load();
    next_file("bydel;referral_id;comment\nSagene;R1;\nTotalt;;\nSagene;I alt;\nSum:;2\n\"Sum\";2\nSagene;Sommer;\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(next_row(), TR_IMPORT_ASIDE);
        ck_assert_int_eq(referral.n_faults, 1);
        ck_assert_int_eq(referral.fault[0].code, TR_W_ROW_TOTAL);
        ck_assert_uint_eq(referral.fault[0].line, 3 + (unsigned)i);
    }
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    unload();
}
END_TEST

/* Words for sums with more beside them, and remarks; but ids stay ids, and names names. */
START_TEST(more_rows_that_are_none)
{
    static const char *const total[] = {"** Sum: **", "I alt 2",       "Sum (2)",      "Totalt: 3 personer",
                                        "– Sum –",    "Sagene totalt", "=SUM(A2:A3)",  "=DELSUM(9;A2)",
                                        "Sum Sagene", "'Sum",          "Antall rader", "Summe"};
    static const char *const id[] = {"Sum-2026-1", "Sum 2026/11", "Totalt-1", "S 1", "Sum2026", "Antonsen 3", "=R1"};

    load();
    for (size_t i = 0; i < COUNT(total) + COUNT(id); i++) {
        const bool is_id = i >= COUNT(total);
        char text[160];

        snprintf(text, sizeof text, "referral_id,bydel,comment\n%s,Sagene,\n",
                 is_id ? id[i - COUNT(total)] : total[i]);
        next_file(text);
        ck_assert_msg(next_row() == (is_id ? TR_IMPORT_GOOD : TR_IMPORT_ASIDE), "%s", text);
    }
    next_file("name,bydel,referral_id\nSum Vik,Sagene,R1\nSum Sagene,Sagene,\nSide 1 av 1,,\nSide 1 av 1,Sagene,\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_assert_int_eq(next_row(), TR_IMPORT_ASIDE);
    ck_assert_int_eq(referral.fault[0].code, TR_W_ROW_TOTAL);
    ck_assert_int_eq(next_row(), TR_IMPORT_ASIDE);
    ck_assert_int_eq(referral.fault[0].code, TR_W_ROW_NOTE);
    ck_assert_int_eq(next_row(), TR_IMPORT_REJECTED);
    unload();
}
END_TEST

START_TEST(kinds_and_birth_year)
{
    load();
    next_file("referral_id;bydel;person_id;birth_year\n"
              "R1;Alna;07915438185;\n"
              "R2;Alna;07915438185;1854\n"
              "R3;Alna;07915438185;1954\n"
              "R4;Alna;pseudo-7;1970\n"
              "R5;Alna;;\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_slice_eq(referral.v[TR_F_PERSON_ID_KIND].text, "fnr_syntetisk");
    ck_slice_eq(referral.v[TR_F_BIRTH_YEAR].text, "1954");
    ck_assert_int_eq(next_row(), TR_IMPORT_REJECTED);
    ck_assert_int_eq(referral.n_faults, 1);
    ck_assert_int_eq(referral.fault[0].code, TR_E_BIRTH_YEAR);
    ck_assert_str_eq(referral.fault[0].field, "birth_year");
    ck_assert_uint_eq(referral.fault[0].line, 3);
    ck_assert_uint_eq(referral.fault[0].col, 21);
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_slice_eq(referral.v[TR_F_PERSON_ID_KIND].text, "pseudonym");
    ck_slice_eq(referral.v[TR_F_BIRTH_YEAR].text, "1970");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_slice_eq(referral.v[TR_F_PERSON_ID_KIND].text, "");
    ck_slice_eq(referral.v[TR_F_BIRTH_YEAR].text, "");
    unload();
}
END_TEST

START_TEST(all_faults_at_once)
{
    static const struct {
        enum tr_code code;
        uint64_t line;
        uint32_t col;
        const char *field, *value;
    } expected[] = {
        {TR_E_VALUE_MISSING, 2, 1, "referral_id", ""},
        {TR_E_DATE, 2, 2, "received", "32.01.2022"},
        {TR_E_CODE_NEAR, 2, 13, "bydel", "Sagenee"},
        {TR_E_CODE, 3, 4, "substance", "9"},
        {TR_E_YEAR, 3, 7, "birth_year", "x"},
    };

    load();
    next_file("referral_id;received;bydel;comment;substance;birth_year\n"
              ";32.01.2022;Sagenee;\"a\n\xC3\xA5\";9; x\n"
              "R1;;Sagene;;;\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_REJECTED);
    ck_assert_int_eq(referral.n_faults, (int)COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct tr_err *e = &referral.fault[i];

        ck_assert_msg(e->code == expected[i].code && e->line == expected[i].line && e->col == expected[i].col,
                      "fault %zu: %s at %d:%u", i, tr_code_name(e->code), (int)e->line, e->col);
        ck_assert_str_eq(e->field, expected[i].field);
        ck_assert_str_eq(e->value, expected[i].value);
        for (int a = 0; a < 3; a++)
            ck_assert_msg(!e->value[0] || !strstr(e->arg[a], e->value), "the value is in the message: %s", e->arg[a]);
    }
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    unload();
}
END_TEST

/* Columns of tabs, of which empty ones come before the fault. */
START_TEST(faults_between_tabs)
{
    load();
    next_file("referral_id\treceived\tbydel\tsubstance\n\t\tAlna\t9\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_REJECTED);
    ck_assert_int_eq(referral.n_faults, 2);
    ck_assert_uint_eq(referral.fault[0].col, 1);
    ck_assert_uint_eq(referral.fault[1].col, 8);
    unload();
}
END_TEST

START_TEST(twice)
{
    load();
    next_file("referral_id;bydel;substance;note\n"
              "R1;Alna;3;n\n"
              "R1;Bydel Alna; alvorlig;n\n"
              "R1;Alna;2;n\n"
              "R1;Alna;3;m\n"
              "R1;Alna;3;\n"
              "R2;Alna;3;n\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_assert_int_eq(next_row(), TR_IMPORT_TWICE);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(next_row(), TR_IMPORT_REJECTED);
        ck_assert_int_eq(referral.n_faults, 1);
        ck_assert_int_eq(referral.fault[0].code, TR_E_ID_TWICE);
        ck_assert_str_eq(referral.fault[0].arg[0], tr_reader_name(reader));
        ck_assert_str_eq(referral.fault[0].arg[1], "2");
        ck_assert_uint_eq(referral.fault[0].line, 4 + (uint64_t)i);
    }
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    /* in another file, with the columns in another order and an empty one more; district 12 is Alna */
    next_file("note;received;Rusbruk;Bydel;Henvisnings-ID\nn;;3;11;XX\nn;;3;12;R1\nn;1.1.2022;3;12;R2\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_assert_int_eq(next_row(), TR_IMPORT_TWICE);
    ck_assert_int_eq(next_row(), TR_IMPORT_REJECTED);
    ck_assert_str_eq(referral.fault[0].arg[1], "7");
    unload();
}
END_TEST

START_TEST(blank_rows_and_extras)
{
    const struct tr_str *names;
    size_t n;

    load();
    next_file("referral_id;x y;bydel;Z\n;;;\n \t;\xC2\xA0;;\n;1;;\nR1;\"a;b\";Alna;\"q\"\"q\"\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_BLANK);
    ck_assert_int_eq(next_row(), TR_IMPORT_BLANK);
    ck_assert_int_eq(next_row(), TR_IMPORT_REJECTED);
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    n = tr_import_extras(im, &names);
    ck_assert_uint_eq(n, 2);
    ck_slice_eq(names[0], "x y");
    ck_slice_eq(names[1], "Z");
    ck_slice_eq(tr_row_cell(&row, (uint32_t)binding.extra_column[0]), "a;b");
    ck_slice_eq(tr_row_cell(&row, (uint32_t)binding.extra_column[1]), "q\"q");
    next_file("bydel;Z;referral_id;w\nAlna;1;R2;2\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_assert_uint_eq(tr_import_extras(im, &names), 3);
    ck_assert_int_eq(binding.extra_column[0], -1);
    ck_assert_int_eq(binding.extra_column[1], 1);
    ck_assert_int_eq(binding.extra_column[2], 3);
    unload();
}
END_TEST

/* Two columns that no field claims and that are called the same: neither may vanish. */
START_TEST(extras_of_one_name)
{
    struct tr_err err;
    const struct tr_str *names;
    bool kept;

    load();
    reader = tr_reader_open(file_z("referral_id;bydel;x;x\nR1;Alna;1;2\n"), &(struct tr_reader_options){0}, &err);
    kept = tr_import_bind(im, &binding, reader, TR_WANT_REFERRAL, &err) < 0 || tr_import_extras(im, &names) == 2;
    ck_assert_msg(kept, "of two columns called x one is dropped, and nothing is said");
    unload();
}
END_TEST

/* A column without a name that holds something. */
START_TEST(extra_without_a_name)
{
    load();
    next_file("referral_id;bydel;\nR1;Alna;\nR2;Alna;what is here\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    ck_assert_msg(next_row() == TR_IMPORT_REJECTED || tr_import_extras(im, &(const struct tr_str *){0}) == 1,
                  "a cell under an empty header is dropped, and nothing is said");
    unload();
}
END_TEST

/* The texts of a row stay what they are while its cells are read again and again. */
START_TEST(texts_stay)
{
    struct tr_str name, comment;

    load();
    next_file("referral_id;bydel;name;comment;x\n"
              "R1;Alna;\"a \"\"b\"\" c\";\"d \"\"e\"\" f\";\"0123456789\"\"0123456789\"\"0123456789\"\n");
    ck_assert_int_eq(next_row(), TR_IMPORT_GOOD);
    name = referral.v[TR_F_NAME].text;
    comment = referral.v[TR_F_COMMENT].text;
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(tr_row_cell(&row, 4).len, 32);
    ck_slice_eq(name, "a \"b\" c");
    ck_slice_eq(comment, "d \"e\" f");
    unload();
}
END_TEST

MAIN("import",
     {header, COUNT(headers)},
     {cell, COUNT(cells)},
     {every_alias},
     {total_rows},
     {more_rows_that_are_none},
     {kinds_and_birth_year},
     {all_faults_at_once},
     {faults_between_tabs},
     {twice},
     {blank_rows_and_extras},
     {extras_of_one_name},
     {extra_without_a_name},
     {texts_stay})
