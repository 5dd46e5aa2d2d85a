/* Cells as strangers write them: what is certain is read, what merely contains a known word is not. */
#include "unit.h"

#include "domain/profile/reading.h"
#include "domain/profile/spellings.h"

static struct tr_profile profile;

static void load(const char *path)
{
    struct tr_err err;

    tr_profile_clear(&profile);
    ck_assert_int_eq(tr_profile_load(&profile, path, TEXTS, &err), 0);
}

struct cell {
    const char *list, *cell, *code; /* NULL: unread */
};

static void check_cells(const struct cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct tr_list *list = tr_profile_list(&profile, cells[i].list);
        bool beside;
        int found = tr_list_read(list, tr_str(cells[i].cell), &beside);

        ck_assert_msg(cells[i].code ? found == tr_list_code(list, tr_str(cells[i].code)) && found >= 0
                                    : found < 0,
                      "%s: %s", cells[i].list, cells[i].cell);
    }
}

START_TEST(words_beside_a_code)
{
    static const struct cell oslo[] = {
        {"bydel", "NAV Sagene", "030103"}, {"bydel", "3 Sagene", "030103"},
        {"bydel", "03 - Sagene", "030103"}, {"bydel", "Sagene bydel", "030103"},
        {"bydel", "Gamle Oslo (0301)", "030101"}, {"bydel", "Sagene (3)", "030103"},
        {"bydel", "Bydel 3 Sagene", "030103"}, {"bydel", "Sagene - 030103", "030103"},
        {"bydel", "NAV-kontor Søndre Nordstrand", "030115"}, {"bydel", "Oslo kommune, bydel Alna", "030112"},
        {"bydel", "Sagene*", "030103"}, {"bydel", "Sagene¹", "030103"},
        {"bydel", "NAV\xC2\xA0St. Hanshaugen", "030104"}, {"bydel", "NORDRE AKER BYDEL (8)", "030108"},
        {"bydel", "ikke Sagene", NULL}, {"bydel", "tidl. Sagene", NULL}, {"bydel", "Sagene eller Alna", NULL},
        {"bydel", "nei til Sagene", NULL}, {"bydel", "3 Alna", NULL}, {"bydel", "Sagene/Alna", NULL},
        {"bydel", "Sagene?", NULL}, {"bydel", "Sagene + Alna", NULL}, {"bydel", "Gamle Oslo (1108)", NULL},
        {"bydel", "Oslo", NULL}, {"bydel", "Oslo 3", NULL}, {"bydel", "NAV", NULL}, {"bydel", "Bydel 1.5", NULL},
        {"bydel", "1,5", NULL}, {"bydel", "1.5", NULL}, {"bydel", "1 024", NULL}, {"bydel", "1 5", NULL},
        {"bydel", "Bydel 1 5", NULL}, {"bydel", "Sagene Sagene og Alna", NULL},
        {"bydel", "bor i Sagene hos sin mor og far i en liten leilighet", NULL},
    };
    static const struct cell both[] = {
        {"bool", "Ja, muntlig", "ja"}, {"bool", "ja (skriftlig)", "ja"}, {"bool", "Ja - munnleg", "ja"},
        {"bool", "Muntlig", NULL}, {"bool", "Nei, muntlig", NULL}, {"bool", "nei, ikke ennå", NULL},
        {"bool", "Ja/Nei", NULL}, {"bool", "Ja?", NULL}, {"bool", "nei, ja", NULL}, {"bool", "ja, men", NULL},
        {"sex", "Mann (M)", "mann"}, {"sex", "K - kvinne", "kvinne"}, {"sex", "K/M", NULL},
        {"substance", "2 - Moderat til alvorlig", "2"}, {"substance", "Alvorlig (3)", "3"},
        {"substance", "3: Alvorlig", "3"}, {"substance", "3 = alvorlig", "3"}, {"substance", "2 alvorlig", NULL},
        {"substance", "ikke alvorlig", NULL}, {"substance", "1-2", NULL}, {"substance", "1½", NULL},
        {"substance", "<3", NULL}, {"substance", "2+", NULL}, {"substance", "3¹", "3"},
        {"urgency", "1 - Haster", "1"}, {"urgency", "Haster (ja)", NULL}, {"urgency", "Ja", NULL},
        {"protection", "Ja, kode 7", "fortrolig"}, {"protection", "Nei (0)", "ingen"},
    };

    load(PROFILE);
    check_cells(oslo, COUNT(oslo));
    check_cells(both, COUNT(both));
    load("share/profiles/sandnes");
    check_cells(both, COUNT(both));
    check_cells((const struct cell[]){{"bydel", "2 Fagteam rus", "fagteam_rus"},
                                      {"bydel", "Enhet: Fagteam rus", "fagteam_rus"},
                                      {"bydel", "Fagteam rus (1108)", "fagteam_rus"},
                                      {"bydel", "NAV Fagteam rus", NULL},
                                      {"bydel", "Sandnesveien 299", "hus299"}},
                5);
}
END_TEST

START_TEST(boxes_that_are_ticked)
{
    static const struct cell cells[] = {
        {"bool", "☒ Ja ☐ Nei", "ja"}, {"bool", "☐ Ja ☒ Nei", "nei"}, {"bool", "[x] Ja [ ] Nei", "ja"},
        {"bool", "( ) Ja (X) Nei", "nei"}, {"bool", "Ja ☐ Nei ☑", "nei"}, {"bool", "☑️ Ja / ☐ Nei", "ja"},
        {"bool", "☑ Ja", "ja"}, {"bool", "● Ja ○ Nei", "ja"}, {"bool", "☒ Ja, muntlig ☐ Nei", "ja"},
        {"bool", "☒", "ja"}, {"bool", "[x]", "ja"}, {"bool", "✓", "ja"},
        {"bool", "☐ Ja", NULL}, {"bool", "[ ] Ja", NULL}, {"bool", "Ja ( )", NULL}, {"bool", "( ) Ja, muntlig", NULL},
        {"bool", "[x] Ja [x] Nei", NULL}, {"bool", "☐ Ja ☐ Nei", NULL}, {"bool", "☒ Ja ☐", NULL},
        {"bool", "☒ Kanskje ☐ Nei", NULL}, {"bool", "☐", NULL}, {"bool", "[ ]", NULL},
        {"urgency", "☐ Haster ☒ Snarlig ☐ Ordinær", "2"}, {"sex", "☐ K ☒ M", "mann"},
        {"substance", "☐ 0 ☐ 1 ☒ 2 ☐ 3", "2"}, {"substance", "☐ 0 ☒ 1 ☒ 2 ☐ 3", NULL},
    };

    load(PROFILE);
    check_cells(cells, COUNT(cells));
    load("share/profiles/sandnes");
    check_cells(cells, COUNT(cells));
}
END_TEST

static void check_municipality(const char *cell, const char *number)
{
    char out[TR_MUNICIPALITY_LEN];
    enum tr_code code = tr_read_municipality(&profile, tr_str(cell), out);

    ck_assert_msg(number ? code == TR_OK && memcmp(out, number, sizeof out) == 0 : code != TR_OK, "%s", cell);
}

START_TEST(municipalities)
{
    load(PROFILE);
    for (const char *const *s = (const char *const[]){"0301", "301", "K-0301", "0301 Oslo", "Oslo (0301)", "Oslo",
                                                     "Oslo kommune", "knr. 0301", "0301*", "301,0", NULL};
         *s; s++)
        check_municipality(*s, "0301");
    check_municipality("3024 Bærum", "3024");
    check_municipality("Bærum (3024)", "3024");
    for (const char *const *s = (const char *const[]){"Bærum", "Utlandet", "Oslo (1108)", "0301 Bærum", "ikke 0301",
                                                     "3024 Oslo", "0301?", "03011", "0301 1108", NULL};
         *s; s++)
        check_municipality(*s, NULL);
}
END_TEST

static int noted(const char *header)
{
    return tr_profile_header_noted(&profile, tr_str(header));
}

START_TEST(notes_in_headers)
{
    static const char *const profiles[] = {PROFILE, "share/profiles/sandnes"};

    for (size_t i = 0; i < COUNT(profiles); i++) {
        load(profiles[i]);
        ck_assert_int_eq(noted("Kjønn (M/K)"), TR_F_SEX);
        ck_assert_int_eq(noted("Kjønn [K/M] *"), TR_F_SEX);
        ck_assert_int_eq(noted("Mottatt (dd.mm.åååå)"), TR_F_RECEIVED);
        ck_assert_int_eq(noted("Rus (0-3)"), TR_F_SUBSTANCE);
        ck_assert_int_eq(noted("Rus (0–3)"), TR_F_SUBSTANCE);
        ck_assert_int_eq(noted("Rus (0/1/2/3)"), TR_F_SUBSTANCE);
        ck_assert_int_eq(noted("Samtykke (ja/nei)"), TR_F_CONSENT);
        ck_assert_int_eq(noted("Fødselsnr. (11 siffer)"), TR_F_PERSON_ID);
        ck_assert_int_eq(noted("Hastegrad (1 = haster, 2 = snarlig, 3 = ordinær)"), TR_F_URGENCY);
        /* another scale, one of the values, another person, another order of days */
        ck_assert_int_eq(noted("Rus (0-2)"), -1);
        ck_assert_int_eq(noted("Rus (1-3)"), -1);
        ck_assert_int_eq(noted("Kjønn (M)"), -1);
        ck_assert_int_eq(noted("Rus (3)"), -1);
        ck_assert_int_eq(noted("Telefon (bruker)"), -1);
        ck_assert_int_eq(noted("Mottatt (mm/dd/yyyy)"), -1);
        ck_assert_int_eq(noted("Haster (ja/nei)"), -1);
        ck_assert_int_eq(noted("(0-3)"), -1);
        ck_assert_int_eq(noted("Rus ()"), -1);
    }
}
END_TEST

/* However many spellings a column has, only some are remembered, and looked for among the near ones. */
START_TEST(spellings_without_end)
{
    const struct tr_list *list;
    struct tr_spellings met = {0};
    struct tr_buf text = {0};
    struct tr_err err;

    load(PROFILE);
    list = tr_profile_list(&profile, "bydel");
    tr_spellings_fault(&met, 3, list, tr_str("Sagenne"), &err);
    ck_assert_int_eq(err.code, TR_E_CODE_NEAR);
    for (int i = 0; i < 2 * TR_SPELLINGS_MAX; i++) {
        char cell[32];

        snprintf(cell, sizeof cell, "Alnna%d", i);
        tr_spellings_fault(&met, 3, list, tr_str(cell), &err);
    }
    ck_assert_int_eq(err.code, TR_E_CODE);
    ck_assert_uint_eq(met.n[3], TR_SPELLINGS_MAX);
    tr_spellings_fault(&met, 3, list, tr_str("Sagenne"), &err);
    ck_assert_int_eq(err.code, TR_E_CODE_NEAR);
    ck_assert_str_eq(err.arg[0], "Sagene");
    tr_spellings_fault(&met, 4, list, tr_str("Bjerkke"), &err);
    ck_assert_str_eq(err.arg[0], "Bjerke");
    tr_spellings_text(&met, 4, 80, &text);
    ck_assert_str_eq(tr_buf_z(&text), "Bjerkke");
    tr_buf_clear(&text);
    tr_spellings_clear(&met);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("spelling", {words_beside_a_code}, {boxes_that_are_ticked}, {municipalities}, {notes_in_headers},
     {spellings_without_end})
