/* Letters: every name that a text may hold is filled in, conditions are kept, and no letter goes out
 * with a hole; on a letter made up, and on the shipped ones. */
#include "made.h"

#include "doc/content/letter.h"
#include "doc/content/letter_check.h"
#include "doc/text/show.h"

#define HEAD "decision,block,when,needs,text_nb,text_nn,text_en\n"

static struct tr_profile shipped;

static void load(void)
{
    struct tr_err err;

    if (!shipped.paths)
        ck_assert_int_eq(tr_profile_load(&shipped, PROFILE, TEXTS, &err), 0);
}

/* A letter with all that there is to know, but for its end and its explanation. */
static struct tr_placement placement;
static struct tr_institution institution;
static struct tr_letter letter;

static void start_letter(void)
{
    placement = (struct tr_placement){.id = TR_STR("R-2026-0001"),
                                      .decision = TR_STR("placed"),
                                      .institution_id = TR_STR("I-1"),
                                      .wish_rank = 2,
                                      .priority = 5,
                                      .reason = TR_STR("wish")};
    institution = (struct tr_institution){.id = TR_STR("I-1"),
                                          .name = TR_STR("Solbakken"),
                                          .address = TR_STR("Testveien 1"),
                                          .phone = TR_STR("00 00 00 01"),
                                          .stay_types = 3};
    letter = (struct tr_letter){.placement = &placement,
                                .says = placement.decision,
                                .institution = &institution,
                                .name = TR_STR("Kari Nordmann"),
                                .day = day_read("2026-11-21"),
                                .from = day_read("2026-12-01"),
                                .to = TR_NO_DAY,
                                .received = TR_NO_DAY};
}

/* Each node, and its text, behind the head of the letter. */
static void dump(const struct tr_document *d, struct tr_buf *out)
{
    static const char *const names[] = {
        [TR_D_HEADING] = "h", [TR_D_PARAGRAPH] = "p", [TR_D_LIST] = "list", [TR_D_ITEM] = "item",
        [TR_D_FRAME] = "frame", [TR_D_BREAK] = "break"};

    for (uint32_t i = 0; i < d->n; i++) {
        if (d->node[i].kind == TR_D_PAIRS) { /* the head of the letter */
            i = d->node[i].end - 1;
            continue;
        }
        if (d->node[i].kind == TR_D_TEXT) {
            tr_buf_char(out, '"');
            tr_buf_str(out, d->node[i].text);
            tr_buf_text(out, "\" ");
            continue;
        }
        ck_assert(d->node[i].kind < COUNT(names) && names[d->node[i].kind]);
        tr_buf_text(out, names[d->node[i].kind]);
        if (d->node[i].kind == TR_D_HEADING)
            tr_buf_num(out, d->node[i].level);
        tr_buf_char(out, ' ');
    }
}

static void start_document(struct tr_document *d, const struct tr_profile *p, enum tr_lang lang)
{
    char iso[TR_DATE_LEN + 1];

    strcpy(iso, day_shown(letter.day));
    tr_document_start(d, p, lang, letter.placement->id, TR_STR("Etaten"), tr_str(iso));
}

/* Makes the letter of these rows, below a title; its dump, or the name that is not known. */
static void make(const char *rows, struct tr_buf *got)
{
    struct tr_buf text = {0};
    struct tr_profile p;
    struct tr_document d;
    struct tr_err err;

    tr_buf_text(&text, HEAD "placed,title,,general,Brev,x,x\n");
    tr_buf_text(&text, rows);
    const struct made_table tables[] = {{"letters", tr_buf_z(&text)}, {NULL}};

    ck_assert_int_eq(made_profile(&p, tables, &err), 0);
    start_document(&d, &p, TR_NB);
    if (tr_letter_make(&d, &letter, &err) < 0) {
        ck_assert_int_eq(err.code, TR_E_LETTER);
        tr_buf_text(got, "no ");
        tr_buf_text(got, err.arg[0]);
    } else {
        ck_assert(!d.failed);
        dump(&d, got);
    }
    tr_document_clear(&d);
    tr_profile_clear(&p);
    tr_buf_clear(&text);
}

/* want: what stands below the title, or "no" and a name. */
static void expect(const char *rows, const char *want)
{
    struct tr_buf got = {0}, all = {0};

    make(rows, &got);
    tr_buf_text(&all, strncmp(want, "no ", 3) == 0 ? "" : "h1 \"Brev\" ");
    tr_buf_text(&all, want);
    ck_assert_msg(tr_str_eq(tr_buf_slice(&got), tr_buf_slice(&all)), "%s: %s, not %s", rows,
                  tr_buf_z(&got), tr_buf_z(&all));
    tr_buf_clear(&got);
    tr_buf_clear(&all);
}

/* ---- names ---- */

static const struct {
    const char *name, *value; /* NULL: the labels of the profile */
} facts[] = {
    {"referral_id", "R-2026-0001"},
    {"day", "21.11.2026"},
    {"decision", NULL},
    {"reason", NULL},
    {"wish_rank", "2"},
    {"institution.name", "Solbakken"},
    {"institution.address", "Testveien 1"},
    {"institution.phone", "00 00 00 01"},
    {"institution.stay_types", NULL},
    {"from", "01.12.2026"},
    {"name", "Kari Nordmann"},
    {"complaint_by", "21.12.2026"}, /* four weeks end on a Saturday */
    {"complaint_within", "fire uker"},
    {"complaint_law", "pasient- og brukerrettighetsloven § 7-5"},
    {"complaint_to", "Velferdsetaten, Felles inntak, Postboks 30 Sentrum, 0101 Oslo"},
    {"instance", "Statsforvalteren"},
    {"decides", "Felles inntak i Velferdsetaten"},
    {"kind", "Plass på institusjon"},
};

static struct tr_str label_of(const char *list, const char *code)
{
    const struct tr_list *l = tr_profile_list(&shipped, list);

    ck_assert(l && tr_list_code(l, tr_str(code)) >= 0);
    return l->entry[tr_list_code(l, tr_str(code))].label[TR_NB];
}

START_TEST(names)
{
    load();
    start_letter();
    for (size_t i = 0; i < COUNT(facts); i++) {
        const struct tr_list *stays = tr_profile_list(&shipped, "stay_type");
        char row[128], want[256], value[128];

        snprintf(value, sizeof value, "%s", facts[i].value ? facts[i].value : "");
        if (strcmp(facts[i].name, "decision") == 0)
            strcpy(value, show(label_of("decision", "placed")));
        if (strcmp(facts[i].name, "reason") == 0)
            strcpy(value, show(label_of("reason", "wish")));
        if (strcmp(facts[i].name, "institution.stay_types") == 0)
            snprintf(value, sizeof value, "%s, %s", show(stays->entry[0].label[TR_NB]),
                     show(stays->entry[1].label[TR_NB]));
        ck_assert_str_ne(value, "");
        snprintf(row, sizeof row, "placed,paragraph,,general,({%s}),x,x\n", facts[i].name);
        snprintf(want, sizeof want, "p \"(%s)\" ", value);
        expect(row, want);
    }
    letter.day = day_read("2026-11-27"); /* four weeks later is Christmas Day, a Friday */
    expect("placed,paragraph,,general,{complaint_by},x,x\n", "p \"28.12.2026\" ");
    letter.day = day_read("9999-12-31");
    expect("placed,paragraph,,general,{complaint_by},x,x\n", "no complaint_by");
}
END_TEST

START_TEST(why)
{
    const struct tr_table *rules;
    char want[512];

    load();
    rules = &shipped.table[TR_T_PLACEMENT_RULES];
    start_letter();
    snprintf(want, sizeof want, "p \"%s\" ", show(tr_profile_text(&shipped, "letter.why.wish", TR_NB)));
    expect("placed,paragraph,,general,{why},x,x\n", want);
    snprintf(want, sizeof want, "p \"Fordi: %s\" ",
             show(tr_profile_text(&shipped, "letter.why.wish", TR_NB)));
    expect("placed,paragraph,,general,Fordi: {why},x,x\n", want);
    for (uint32_t r = 0; r < rules->n_rows; r++) { /* a rule says itself why */
        placement.reason = tr_table_cell(rules, r, tr_table_column(rules, "rule"));
        snprintf(want, sizeof want, "p \"Fordi: %s\" ",
                 show(tr_table_cell(rules, r, tr_table_column(rules, "why_nb"))));
        expect("placed,paragraph,,general,Fordi: {why},x,x\n", want);
    }
    placement.reason = TR_STR("nonsense");
    expect("placed,paragraph,,general,Fordi: {why},x,x\n", "no why");
}
END_TEST

/* Where several rules decide together, none is given as the reason. */
START_TEST(why_several)
{
    static const char *const several[][2] = {
        {"several", "rules=sex|age opens=sex"},
        {"sex", "opens=sex|age"}, /* of before there was that reason */
        {"sex", "opens=age"},
    };
    const struct tr_table *rules;
    char want[1024], sex[256] = "", age[256] = "";

    load();
    rules = &shipped.table[TR_T_PLACEMENT_RULES];
    for (uint32_t r = 0; r < rules->n_rows; r++) {
        struct tr_str name = tr_table_cell(rules, r, tr_table_column(rules, "rule")),
                      text = tr_table_cell(rules, r, tr_table_column(rules, "why_nb"));

        if (tr_str_is(name, "sex"))
            snprintf(sex, sizeof sex, "%.*s", (int)text.len, text.p);
        if (tr_str_is(name, "age"))
            snprintf(age, sizeof age, "%.*s", (int)text.len, text.p);
    }
    snprintf(want, sizeof want, "p \"%s %s %s\" ",
             show(tr_profile_text(&shipped, "letter.why.several", TR_NB)), sex, age);
    for (size_t i = 0; i < COUNT(several); i++) {
        start_letter();
        placement.reason = tr_str(several[i][0]);
        placement.detail = tr_str(several[i][1]);
        expect("placed,paragraph,reason=several&rules=sex&rules=age,general,{why},x,x\n"
               "placed,paragraph,reason=sex,general,no,x,x\nplaced,paragraph,rules=somatic,general,no,x,x\n",
               want);
    }
    placement.reason = TR_STR("sex");
    placement.detail = TR_STR("opens=sex");
    snprintf(want, sizeof want, "p \"%s\" ", sex);
    expect("placed,paragraph,reason=sex,general,{why},x,x\n", want);
}
END_TEST

/* What is not known makes no letter; and nothing that is filled in is looked at again. */
START_TEST(holes)
{
    load();
    start_letter();
    expect("placed,paragraph,,general,Til {to}.,x,x\n", "no to");
    expect("placed,paragraph,,general,{explanation},x,x\n", "no explanation");
    expect("placed,paragraph,,general,{nobody},x,x\n", "no nobody");
    expect("placed,paragraph,,general,{profile.nothing},x,x\n", "no profile.nothing");
    expect("placed,paragraph,,general,{profile.},x,x\n", "no profile.");
    expect("placed,paragraph,,general,{},x,x\n", "no ");
    expect("placed,paragraph,,general,{ name},x,x\n", "no  name");
    expect("placed,paragraph,,general,{name}{name} og {to},x,x\n", "no to");
    expect("placed,paragraph,,general,fint,x,x\nplaced,item,,general,{to},x,x\n", "no to");
    expect("waiting,paragraph,,general,{to},x,x\nplaced,paragraph,,general,fint,x,x\n", "p \"fint\" ");
    expect("placed,paragraph,,general,a { b,x,x\n", "p \"a { b\" ");
    expect("placed,paragraph,,general,a } b,x,x\n", "p \"a } b\" ");

    letter.name = TR_STR("{to} {profile.agency} {");
    expect("placed,paragraph,,general,Hei {name}!,x,x\n", "p \"Hei {to} {profile.agency} {!\" ");
    letter.name = (struct tr_str){NULL, 0};
    expect("placed,paragraph,,general,Hei {name}!,x,x\n", "no name");
    letter.institution = NULL;
    expect("placed,paragraph,,general,{institution.name},x,x\n", "no institution.name");
    expect("placed,paragraph,,general,{institution.stay_types},x,x\n", "no institution.stay_types");
    placement.wish_rank = -1;
    expect("placed,paragraph,,general,{wish_rank},x,x\n", "no wish_rank");
    letter.from = TR_NO_DAY;
    expect("placed,paragraph,,general,{from},x,x\n", "no from");
}
END_TEST

/* ---- conditions ---- */

static const struct {
    const char *when;
    bool applies;
} conditions[] = {
    {"", true},
    {"name", true},
    {"!name", false},
    {"to", false},
    {"!to", true},
    {"reason=wish", true},
    {"reason=place", false},
    {"!reason=place", true},
    {"!reason=wish", false},
    {"decision=placed", true},
    {"wish_rank=2", true},
    {"wish_rank=1", false},
    {"name&!to", true},
    {"name&to", false},
    {"to&name", false},
    {"reason=wish&wish_rank&!explanation", true},
    {"reason=wish&wish_rank&explanation", false},
    {"profile.agency", true},
    {"profile.nothing", false},
    {"!profile.nothing", true},
    {"from=01.12.2026", true},
    {"reason=", false},
    {"to=", true},
    {"kind=institution_place", true},
    {"kind=municipal_home", false},
};

START_TEST(whens)
{
    load();
    start_letter();
    for (size_t i = 0; i < COUNT(conditions); i++) {
        char row[128];

        snprintf(row, sizeof row, "placed,paragraph,%s,general,ja,x,x\n", conditions[i].when);
        expect(row, conditions[i].applies ? "p \"ja\" " : "");
    }
}
END_TEST

/* Of several stay types, each is there. */
START_TEST(when_of_several)
{
    const struct tr_list *stays;
    char row[128];

    load();
    stays = tr_profile_list(&shipped, "stay_type");
    start_letter();
    for (int i = 0; i < stays->n; i++)
        for (int not = 0; not < 2; not++) {
            snprintf(row, sizeof row, "placed,paragraph,%sinstitution.stay_types=%s,general,ja,x,x\n", not ? "!" : "",
                     show(stays->entry[i].code));
            expect(row, (i < 2) != not ? "p \"ja\" " : "");
        }
    letter.institution = NULL;
    snprintf(row, sizeof row, "placed,paragraph,institution.stay_types=%s,general,ja,x,x\n", show(stays->entry[0].code));
    expect(row, "");
}
END_TEST

START_TEST(blocks)
{
    load();
    start_letter();
    expect("placed,heading,,general,Mer,x,x\nplaced,paragraph,,general,Ord,x,x\n"
           "placed,item,,general,en,x,x\nplaced,item,,general,to,x,x\nplaced,frame,,general,Sett av,x,x\n"
           "placed,item,,general,tre,x,x\n",
           "h2 \"Mer\" p \"Ord\" list item \"en\" item \"to\" frame p \"Sett av\" "
           "list item \"tre\" ");
    expect("placed,explain,explanation,general,,,\nplaced,item,,general,siste,x,x\n", "list item \"siste\" ");
    letter.explanation = TR_STR("Først.\n\n- en\n- to\nSå.\n- tre\n");
    expect("placed,explain,explanation,general,,,\nplaced,item,,general,siste,x,x\n",
           "p \"Først.\" list item \"en\" item \"to\" p \"Så.\" list item \"tre\" item \"siste\" ");
}
END_TEST

/* A row that claims something unknown is left out; what it shows itself must be known. */
START_TEST(needs)
{
    load();
    start_letter();
    expect("placed,paragraph,,name,ja,x,x\n", "p \"ja\" ");
    expect("placed,paragraph,,name|reason,ja,x,x\n", "p \"ja\" ");
    expect("placed,paragraph,,to,ja,x,x\n", "");
    expect("placed,paragraph,,name|to,ja,x,x\n", "");
    expect("placed,paragraph,,to,Til {to},x,x\n", "");
    expect("placed,paragraph,,nobody,ja,x,x\n", "");
    expect("waiting|placed,paragraph,,general,ja,x,x\n", "p \"ja\" ");
    expect("waiting|ask,paragraph,,general,ja,x,x\n", "");
    letter.name.len = 0;
    expect("placed,paragraph,,name|reason,ja,x,x\n", "");
}
END_TEST

START_TEST(questions)
{
    load();
    start_letter();
    placement.detail = TR_STR("ask=sex|institution.age|wheelchair");
    expect("placed,questions,,questions,,,\nplaced,item,,general,slutt,x,x\n",
           "list item \"Er du kvinne eller mann?\" "
           "item \"Bruker du rullestol?\" item \"slutt\" ");
    placement.detail = TR_STR("ask=hf"); /* no sentence of its own: what people call the field */
    expect("placed,paragraph,,questions,({questions}),x,x\n", "p \"(Hovedforløp)\" ");
    placement.detail = TR_STR("possible=3");
    expect("placed,questions,,questions,,,\n", "");
    expect("placed,questions,,general,,,\n", "no questions");
    expect("placed,paragraph,,general,{questions},x,x\n", "no questions");
}
END_TEST

START_TEST(no_such_block)
{
    static const struct made_table tables[] = {
        {"letters", HEAD "placed,paragraph,,general,a,b,c\nplaced,table,,general,a,b,c\n"}, {NULL}};
    struct tr_profile p;
    struct tr_document d;
    struct tr_err err;

    start_letter();
    ck_assert_int_eq(made_profile(&p, tables, &err), 0);
    start_document(&d, &p, TR_NB);
    ck_assert_int_eq(tr_letter_make(&d, &letter, &err), -1);
    ck_assert_int_eq(err.code, TR_E_TABLE_CELL);
    ck_assert_uint_eq(err.line, 3);
    ck_assert_str_eq(err.field, "block");
    tr_document_clear(&d);
    tr_profile_clear(&p);
}
END_TEST

/* ---- the shipped letters ---- */

static void check_names(const char *text, const char *unknown, bool when)
{
    struct tr_err err;
    int rc = when ? tr_letter_check_when(&shipped, tr_str(text), &err)
                  : tr_letter_check_text(&shipped, tr_str(text), &err);

    ck_assert_msg(rc == (unknown ? -1 : 0), "%s", text);
    if (unknown)
        ck_assert_str_eq(err.arg[0], unknown);
}

START_TEST(checking_a_profile)
{
    load();
    check_names("", NULL, false);
    check_names("Hei {name}, {profile.agency}, {institution.address}", NULL, false);
    check_names("Hei {navn}", "navn", false);
    check_names("{name} {profile.nothing}", "profile.nothing", false);
    check_names("", NULL, true);
    check_names("name&!to&reason=wish", NULL, true);
    check_names("name&navn", "navn", true);
    check_names("!navn=x", "navn", true);
}
END_TEST

static const char *const decisions[] = {"placed", "waiting", "ineligible"};

/* The text of a whole document; -1: there is no letter, and out has the name that is not known. */
static int text_of(enum tr_lang lang, struct tr_buf *out)
{
    struct tr_document d;
    struct tr_err err;
    int rc;

    start_document(&d, &shipped, lang);
    rc = tr_letter_make(&d, &letter, &err);
    for (uint32_t i = 0; rc == 0 && i < d.n; i++) {
        tr_buf_str(out, d.node[i].text);
        tr_buf_char(out, '\n');
    }
    if (rc < 0) {
        ck_assert_int_eq(err.code, TR_E_LETTER);
        tr_buf_text(out, err.arg[0]);
    }
    ck_assert(rc < 0 || (d.n > 0 && d.node[0].kind == TR_D_HEADING && d.node[0].level == 1));
    tr_document_clear(&d);
    return rc;
}

/* Whatever is known or not: a letter is whole, or there is none; all that must be known is. */
START_TEST(shipped_letters)
{
    load();
    for (uint32_t known = 0; known < 1u << 8; known++)
        for (size_t k = 0; k < COUNT(decisions) * TR_N_LANGS; k++) {
            struct tr_buf text = {0};
            int rc;

            start_letter();
            placement.decision = letter.says = tr_str(decisions[k / TR_N_LANGS]);
            placement.reason = tr_str(k / TR_N_LANGS == 0 ? (known & 1 ? "wish" : "place") : "full");
            letter.name.len *= known >> 1 & 1;
            letter.from = known >> 2 & 1 ? letter.from : TR_NO_DAY;
            letter.to = known >> 3 & 1 ? day_read("2027-03-01") : TR_NO_DAY;
            institution.address.len *= known >> 4 & 1;
            institution.phone.len *= known >> 5 & 1;
            institution.name.len *= known >> 6 & 1;
            letter.explanation = known >> 7 & 1 ? TR_STR("Forklaring.\n- en\n") : TR_STR("");
            rc = text_of((enum tr_lang)(k % TR_N_LANGS), &text);
            if (k / TR_N_LANGS > 0 || (known & 0x44) == 0x44) /* the name and the day of the place */
                ck_assert_msg(rc == 0, "%s, %x: no %s", decisions[k / TR_N_LANGS], known,
                              tr_buf_z(&text));
            if (rc == 0) {
                ck_assert(!strpbrk(tr_buf_z(&text), "{}"));
                ck_assert(strstr(tr_buf_z(&text), "R-2026-0001"));
            } else {
                ck_assert(k / TR_N_LANGS == 0);
            }
            tr_buf_clear(&text);
        }
}
END_TEST

START_TEST(shipped_names)
{
    const struct tr_table *t;
    struct tr_err err;

    load();
    t = &shipped.table[TR_T_LETTERS];
    ck_assert_uint_gt(t->n_rows, 50);
    for (uint32_t r = 0; r < t->n_rows; r++) {
        ck_assert_int_eq(
            tr_letter_check_when(&shipped, tr_table_cell(t, r, tr_table_column(t, "when")), &err), 0);
        for (int lang = 0; lang < TR_N_LANGS; lang++)
            ck_assert_int_eq(
                tr_letter_check_text(
                    &shipped, tr_table_cell(t, r, tr_lang_column(t, "text", (enum tr_lang)lang)), &err),
                0);
    }
}
END_TEST

MAIN("letter", {names}, {why}, {why_several}, {holes}, {whens}, {when_of_several}, {blocks}, {needs}, {questions}, {no_such_block}, {checking_a_profile},
     {shipped_letters}, {shipped_names})
