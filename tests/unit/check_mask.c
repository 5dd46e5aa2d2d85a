/* What is hidden in free text, and what is left as it stands. */
#include "unit.h"

#include "base/pattern.h"
#include "domain/referral/mask.h"

static struct tr_profile profile;
static struct tr_masks masks;

static void load(void)
{
    struct tr_err err;

    if (masks.profile)
        return;
    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    ck_assert_int_eq(tr_masks_load(&masks, &profile, &err), 0);
}

static const struct row {
    const char *text, *hidden;
    const char *names[2];
} rows[] = {
    {"", ""},
    {"Ingenting å skjule.", "Ingenting å skjule."},
    /* telephone numbers */
    {"22334455", "[telefon]"},
    {"22 33 44 55", "[telefon]"},
    {"912 34 567", "[telefon]"},
    {"91 23 45 67", "[telefon]"},
    {"+4791234567", "[telefon]"},
    {"+47 912 34 567", "[telefon]"},
    {"0047 912 34 567", "[telefon]"},
    {"004791234567", "[telefon]"},
    {"(+47) 22 33 44 55", "(+47) [telefon]"},
    {"tlf.22334455.", "tlf.[telefon]."},
    {"tlf:22334455,mob:91234567", "tlf:[telefon],mob:[telefon]"},
    {"22334455/91234567", "[telefon]/[telefon]"},
    /* identity numbers */
    {"10839421953", "[fødselsnummer]"},
    {"108394 21953", "[fødselsnummer]"},
    {"108394-21953", "[fødselsnummer]"},
    {"108394.21953", "[fødselsnummer]"},
    {"fnr10839421953.", "fnr[fødselsnummer]."},
    {"(10839421953)", "([fødselsnummer])"},
    {"410101 12345 og 10839421953", "[fødselsnummer] og [fødselsnummer]"},
    /* e-mail */
    {"kari@example.no", "[e-post]"},
    {"Kari.Nordmann+x@post.example.no.", "[e-post]."},
    {"<bjørk@blåbær.no>", "<[e-post]>"},
    {"a_b%c@x-y.no, d@e.no", "[e-post], [e-post]"},
    {"@hjemme", "[brukernavn]"},
    /* addresses */
    {"Storgata 12", "[adresse]"},
    {"Bor i Storgata 12B.", "Bor i [adresse]."},
    {"Karl Johans gate 1", "[adresse]"},
    {"Trondheimsveien 100 C", "[adresse]"},
    {"Åsveien 3", "[adresse]"},
    {"Maridalsveien ", "Maridalsveien "},
    {"Postadresse Fjellgrenda 7", "Postadresse [adresse]"},
    {"Sover hos en venn i Nedre Åsen vei 3", "Sover hos en venn i [adresse]"},
    {"Leier hybel i Kirkegata 9A", "Leier hybel i [adresse]"},
    {"Bor på nr. 14 i Storgata nå", "Bor på [adresse] nå"},
    {"bor i gata 12", "bor i [adresse]"},
    {"bor ved torget 3", "bor ved [adresse]"},
    {"Bor i torget 2B", "Bor i [adresse]"},
    {"flyttet til veien 17, og", "flyttet til [adresse], og"},
    {"Han bor i gt. 5", "Han bor i [adresse]"},
    {"Hans Nielsen Hauges gate 12B", "[adresse]"},
    {"levde på gata 3 år", "levde på gata 3 år"},
    /* coordinates */
    {"posisjon 59.9139, 10.7522", "posisjon [koordinater]"},
    {"posisjonen N 59.9139, E 10.7522", "posisjonen [koordinater]"},
    {"ved 59°54' nord, 10°44' øst.", "ved [koordinater]."},
    {"59°54' nordlig bredde, 10°45' østlig lengde", "[koordinater] bredde, [koordinater] lengde"},
    {"59°54'12\" nordlig bredde", "[koordinater] bredde"},
    /* numbers by their own name, and dates in words */
    {"Sak 2021/12345-7 er åpen", "Sak [nummer] er åpen"},
    {"ref. 3011 7782 1102", "ref. [nummer]"},
    {"kom den andre juni totusenogfjorten", "kom den [fødselsdato]"},
    {"andre juni måned er det ferie", "andre juni måned er det ferie"},
    {"den andre mai hadde han møte", "den andre mai hadde han møte"},
    {"vakt kl 0800-1600 0800", "vakt kl 0800-1600 0800"},
    {"Den første mai 1983 ble hun født", "Den [fødselsdato] ble hun født"},
    {"den andre i femte totusen og to", "den [fødselsdato] og to"},
    {"den første mai to tusen og fjorten", "den [fødselsdato] og fjorten"},
    {"0155 Oslo", "[postadresse]"},
    {"1344 Nordre Land", "[postadresse]"},
    /* what is none of these */
    {"01.02.2022", "01.02.2022"},
    {"2022-02-01", "2022-02-01"},
    {"1.2.2022 kl. 14.30", "1.2.2022 kl. 14.30"},
    {"12.03.2022-15.03.2022", "12.03.2022-15.03.2022"},
    {"2022 ble et år", "2022 ble et år"},
    {"12 500 kr", "12 500 kr"},
    {"12345678901234", "12345678901234"},
    {"2021/12345", "2021/12345"},
    {"R-2022-0255", "R-2022-0255"},
    /* names */
    {"Kari er her", "[navn] er her", {"Kari Nordmann"}},
    {"KARI, kari og nordmann", "[navn], [navn] og [navn]", {"Kari Nordmann"}},
    {"Karis mor, Nordmanns far", "[navn] mor, [navn] far", {"Kari Nordmann"}},
    {"Karin og Okari", "Karin og Okari", {"Kari Nordmann"}},
    {"Kari-Anne", "[navn]-[navn]", {"Kari-Anne Ås"}},
    {"Kari's", "[navn]'s", {"Kari"}},
    {"ås, ÅS og øys, ikke påås", "[navn], [navn] og [navn], ikke påås", {"Ås", "Øy"}},
    {"A. Kari x", "[navn] x", {"A. (Kari) [x]"}},
    {"a.*+?^${}()|[]\\ er her", "a.*+?^${}()|[]\\ er her", {".*", "(["}},
    {"Ola|Per \\E", "[navn]|[navn] \\E", {"Ola|Per", "\\Q(?i)"}},
    {"alt står", "alt står", {"", ""}},
    {"Per og Ola", "[navn] og [navn]", {"Per", "Ola"}},
    {"Kari 22334455 kari@example.no", "[navn] [telefon] [e-post]", {"Kari"}},
};

START_TEST(hidden)
{
    const struct row *r = &rows[_i];
    struct tr_str names[2];
    struct tr_buf out = {0};
    size_t n = 0;

    load();
    while (n < COUNT(r->names) && r->names[n]) {
        names[n] = tr_str(r->names[n]);
        n++;
    }
    tr_buf_text(&out, ">");
    ck_assert_int_eq(tr_masks_hide(&masks, TR_NAMES_OWN, tr_str(r->text), names, n, &out), 0);
    ck_assert_str_eq(tr_buf_z(&out) + 1, r->hidden);

    /* what is hidden is hidden: a second time changes nothing but names of kinds */
    struct tr_buf again = {0};

    ck_assert_int_eq(tr_masks_hide(&masks, TR_NAMES_OWN, tr_str(r->hidden), NULL, 0, &again), 0);
    ck_assert_str_eq(again.len ? tr_buf_z(&again) : "", r->hidden);
    tr_buf_clear(&out);
    tr_buf_clear(&again);
}
END_TEST

/* Names of anybody, where a sentence is read. */
static const struct row anybody[] = {
    {"Snakket med Fatima i dag.", "Snakket med [navn] i dag."},
    {"Fatima ringte.", "[navn] ringte."},
    {"fatima ringte. FATIMA kom.", "[navn] ringte. [navn] kom."},
    {"Ring Pawels sjef", "Ring [navn] sjef"},
    {"Hun bor i Oslo, på Grorud.", "Hun bor i Oslo, på Grorud."},
    {"Ring NAV eller DPS.", "Ring NAV eller DPS."},
    {"Inga Nes kom", "[navn] [navn] kom"},
    {"Xyl Abcde kom", "[navn] [navn] kom"},
    {"Det var Xyl-Abc og al-Xyl.", "Det var [navn] og [navn]."},
    {"Dr. Xylen og T. Xylen", "Dr. [navn] og [navn]"},
    {"Trine kom, trine for trine", "[navn] kom, trine for trine"},
    {"Plan: Bolig. Mål: Egen bolig!", "Plan: Bolig. Mål: Egen bolig!"},
    {"Møte på Xylsenteret og i Xyl kommune", "Møte på Xylsenteret og i [navn] kommune"},
    {"Rom A4 og A_b, B2b", "Rom A4 og A_b, B2b"},
    {"[navn] Xyl", "[navn] [navn]"},
};

START_TEST(names_of_anybody)
{
    struct tr_buf out = {0};

    load();
    ck_assert_int_eq(tr_masks_hide(&masks, TR_NAMES_ALL, tr_str(anybody[_i].text), NULL, 0, &out), 0);
    ck_assert_str_eq(tr_buf_z(&out), anybody[_i].hidden);
    tr_buf_clear(&out);
}
END_TEST

START_TEST(counted)
{
    const struct tr_str name = TR_STR("Kari");
    struct tr_buf out = {0};
    uint64_t all = 0;

    load();
    memset(masks.hidden, 0, sizeof masks.hidden);
    ck_assert_int_eq(tr_masks_hide(&masks, TR_NAMES_OWN, TR_STR("Kari 22334455 Kari 91234567 a@b.no"), &name, 1, &out), 0);
    for (int i = 0; i < tr_masks_kinds(&masks); i++)
        all += masks.hidden[i];
    ck_assert_uint_eq(all, 5);
    ck_assert_uint_eq(masks.hidden[masks.n], 2);
    tr_buf_clear(&out);
}
END_TEST

/* Names of places, of somebody whose address is protected. */
static const struct {
    const char *text, *hidden;
} places[] = {
    {"Bor i Bydel Sagene.", "Bor i [bydel]."},
    {"fra st. hanshaugen til BJERKE", "fra [bydel] til [bydel]"},
    {"NAV Grünerløkka og NAV-kontoret på Lillehammer ringte", "[bydel] og [bydel] ringte"},
    {"Alnabru, Sagenes beste", "[bydel], [bydel] beste"},
    {"NAV ringte, og bydelen svarte", "NAV ringte, og bydelen svarte"},
    {"ingen steder", "ingen steder"},
    {"", ""},
};

START_TEST(places_hidden)
{
    struct tr_buf out = {0};

    load();
    ck_assert_int_eq(tr_masks_hide_places(&masks, tr_str(places[_i].text), &out), 0);
    ck_assert_str_eq(tr_buf_z(&out), places[_i].hidden);
    tr_buf_clear(&out);
}
END_TEST

/* The time that a text takes grows with its length alone, whatever stands in it. */
static const char *const units[] = {"a", "a-", "a ", "1", "1 ", "a.", "@", "a@", "a@a.", "Å", "2 2", "vei 1", "A a ", "0155 A",
    "ni ", "A. ", "A.", "Aa 1 ", "født ", "12.", "1-", "første ", "Lia Lia ", "konto ", "mor til ", "snap ", "59.9999 ", "Å-Å", "[", "///a."};

START_TEST(long_texts)
{
    struct tr_buf text = {0}, out = {0};

    load();
    while (text.len < 60000)
        tr_buf_text(&text, units[_i]);
    tr_buf_text(&text, " tlf 22334455 slutt");
    alarm(600); /* it hangs: a pattern that goes back and forth without end */
    ck_assert_int_eq(tr_masks_hide(&masks, TR_NAMES_ALL, tr_buf_slice(&text), NULL, 0, &out), 0);
    alarm(0);
    ck_assert_msg(strstr(tr_buf_z(&out), "22334455") == NULL, "\"%s\", often: not hidden", units[_i]);
    tr_buf_clear(&text);
    tr_buf_clear(&out);
}
END_TEST

START_TEST(patterns)
{
    struct tr_buf bad = {0};
    struct tr_pattern *p = tr_pattern_new(TR_STR("(a"), &bad);
    size_t start, end;

    ck_assert_ptr_null(p);
    ck_assert_uint_gt(bad.len, 0);
    p = tr_pattern_new(TR_STR("\\bå*b"), &bad);
    ck_assert_ptr_nonnull(p);
    ck_assert(tr_pattern_find(p, TR_STR("x ÅåB åb"), 0, &start, &end));
    ck_assert_uint_eq(start, 2);
    ck_assert_uint_eq(end, 7);
    ck_assert(tr_pattern_find(p, TR_STR("x ÅåB åb"), end, &start, &end));
    ck_assert_uint_eq(start, 8);
    ck_assert(!tr_pattern_find(p, TR_STR("x ÅåB åb"), end, &start, &end));
    ck_assert(!tr_pattern_find(p, TR_STR("b"), 2, &start, &end));
    ck_assert(!tr_pattern_find(p, (struct tr_str){NULL, 0}, 0, &start, &end));
    tr_pattern_free(p);
    tr_pattern_free(NULL);
    tr_buf_clear(&bad);
}
END_TEST

MAIN("mask", {hidden, COUNT(rows)}, {names_of_anybody, COUNT(anybody)}, {counted}, {places_hidden, COUNT(places)}, {long_texts, COUNT(units)}, {patterns})
