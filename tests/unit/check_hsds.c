/* The package of vacant places: what the tables say, and that they are what datapackage.json tells
 * of them. */
#include "unit.h"

#include "base/date.h"
#include "doc/content/hsds.h"
#include "record/table.h"

enum { ORGANIZATIONS, SERVICES, LOCATIONS, AT_LOCATION, CAPACITY, UNITS, PACKAGE, N_FILES };

/* What must not be told. */
enum { SECRET = 77123 };

#define NASTY "Senter, \"A\" <b>&amp;\r\n=1+1;'\nÆ|{value}\\"

struct package {
    struct tr_buf text[N_FILES];
    struct tr_table table[PACKAGE];
    struct tr_json *json;
};

static struct tr_profile profile;
static struct tr_institution place[4];
static const uint32_t all[COUNT(place)] = {0, 1, 2, 3};

static int code(const char *list, const char *name)
{
    int found = tr_list_code(tr_profile_list(&profile, list), tr_str(name));

    ck_assert_msg(found >= 0, "%s %s", list, name);
    return found;
}

/* Four institutions: an ordinary one, one with a nasty name, a closed one, one barely known. */
static void make(void)
{
    static const char *const ids[COUNT(place)] = {"I-01", "I,\"2\"", "I-03", "I-04"};
    struct tr_err err;

    ck_assert_int_eq(tr_profile_load(&profile, PROFILE, TEXTS, &err), 0);
    for (size_t i = 0; i < COUNT(place); i++) {
        tr_kind_init(&tr_vacancy_kind, &place[i]);
        place[i].id = tr_str(ids[i]);
        place[i].service_level = code("service_level", "mestring");
        place[i].capacity = 12;
        place[i].vacant = 3;
        place[i].as_of = tr_date_number((struct tr_date){2026, 3, 9});
        place[i].waiting = place[i].occupied = place[i].reserved = place[i].over = SECRET;
        place[i].past_expected = place[i].next_places = place[i].self_referred_places = SECRET;
        place[i].phone = TR_STR("77123");
        place[i].next_vacant = tr_date_number((struct tr_date){2031, 7, 7});
    }
    place[0].name = TR_STR("Bakken");
    place[0].stay_types = UINT64_C(3) << 1;
    place[0].substance_policy = code("substance_policy", "rusfritt");
    place[0].sexes = UINT64_C(1) << code("sex", "kvinne");
    place[0].min_age = 18;
    place[0].max_age = 67;
    place[0].wheelchair = 1;
    place[0].somatic_max = code("somatic", "1");
    place[0].rop_groups = 5;
    place[0].municipality = TR_STR("9999");
    place[0].bydel = code("bydel", "030103");
    place[0].address = TR_STR("Veien 1");
    place[1].name = TR_STR(NASTY);
    place[1].address = TR_STR("Gate \"2\",\nbak");
    place[1].wheelchair = 0;
    place[2].name = TR_STR("Stengt");
    place[2].capacity = place[2].vacant = 0;
    place[2].bydel = code("bydel", "030101");
}

/* Writes the package of these rows and reads it again. */
static void pack(struct package *p, const uint32_t *chosen, uint32_t n, enum tr_lang lang)
{
    const struct tr_records records = {&tr_vacancy_kind, &profile, .record = (char *)place,
                                       .n = COUNT(place)};
    const struct tr_hsds h = {&profile, &records, chosen, n, lang};
    const struct tr_reader_options options = {.no_thread = true};
    struct tr_err err;

    for (int f = 0; f < N_FILES; f++) {
        struct tr_out out;

        tr_out_init(&out, -1, "test");
        ck_assert_int_eq(tr_hsds_files[f].write(&h, &out), 0);
        p->text[f] = out.buf;
        if (f == PACKAGE)
            p->json = tr_json_parse(tr_buf_slice(&out.buf), "test", &err);
        else
            ck_assert_msg(
                tr_table_load(&p->table[f], file_of(out.buf.p, out.buf.len), &options, &err) == 0,
                "%s: %s", tr_hsds_files[f].name, tr_code_name(err.code));
    }
    ck_assert_ptr_null(tr_hsds_files[N_FILES].name);
    ck_assert_ptr_nonnull(p->json);
}

static void unpack(struct package *p)
{
    for (int f = 0; f < N_FILES; f++)
        tr_buf_clear(&p->text[f]);
    for (int f = 0; f < PACKAGE; f++)
        tr_table_clear(&p->table[f]);
    tr_json_free(p->json);
}

static struct tr_str cell(const struct package *p, int file, uint32_t row, const char *column)
{
    int c = tr_table_column(&p->table[file], column);

    ck_assert_msg(c >= 0, "%s", column);
    return tr_table_cell(&p->table[file], row, c);
}

static struct tr_json *in(const struct tr_json *object, const char *name)
{
    return tr_json_member(object, tr_str(name));
}

static bool is_true(const struct tr_json *value)
{
    struct tr_buf text = {0};
    bool yes = value && tr_json_cell(value, &text) && tr_str_is(tr_buf_slice(&text), "ja");

    tr_buf_clear(&text);
    return yes;
}

static bool has(const struct tr_table *t, const char *column, struct tr_str value)
{
    for (uint32_t r = 0; r < t->n_rows; r++)
        if (tr_str_eq(tr_table_cell(t, r, tr_table_column(t, column)), value))
            return true;
    return false;
}

/* ---- identifiers ---- */

static void check_uuid(struct tr_str s)
{
    ck_assert_msg(s.len == 36, "%s", show(s));
    for (size_t i = 0; i < s.len; i++)
        if (i == 8 || i == 13 || i == 18 || i == 23)
            ck_assert_msg(s.p[i] == '-', "%s", show(s));
        else
            ck_assert_msg(memchr("0123456789abcdef", s.p[i], 16) != NULL, "%s", show(s));
    ck_assert_msg(s.p[14] == '5', "version of %s", show(s));
    ck_assert_msg(memchr("89ab", s.p[19], 4) != NULL, "variant of %s", show(s));
}

START_TEST(ids)
{
    static const uint32_t other[] = {2, 0};
    struct package p, q;
    struct tr_str seen[PACKAGE * COUNT(place)];
    size_t n = 0;

    make();
    pack(&p, all, COUNT(all), TR_NB);
    for (int f = 0; f < PACKAGE; f++)
        for (uint32_t r = 0; r < p.table[f].n_rows; r++) {
            struct tr_str id = cell(&p, f, r, "id");

            check_uuid(id);
            for (size_t i = 0; i < n; i++)
                ck_assert_msg(!tr_str_eq(seen[i], id), "twice: %s", show(id));
            seen[n++] = id;
        }
    ck_assert_uint_eq(n, 5 * COUNT(place) + 1);

    /* what an id is made of is a promise: another program made these */
    ck_slice_eq(cell(&p, ORGANIZATIONS, 0, "id"), "0b96b4de-9045-5bbd-96f0-e4423354f4ba");
    ck_slice_eq(cell(&p, UNITS, 0, "id"), "d937d4f3-7e6f-5035-931c-e2f8729f63a1");

    /* neither other rows, their order, the language nor what is told of a place changes its ids */
    place[0].name = TR_STR("Nytt navn");
    place[0].vacant = 1;
    pack(&q, other, COUNT(other), TR_EN);
    for (int f = 0; f < UNITS; f++) {
        ck_assert_uint_eq(q.table[f].n_rows, COUNT(other));
        for (uint32_t r = 0; r < COUNT(other); r++)
            ck_assert(tr_str_eq(cell(&q, f, r, "id"), cell(&p, f, other[r], "id")));
    }
    ck_assert(tr_str_eq(cell(&q, UNITS, 0, "id"), cell(&p, UNITS, 0, "id")));
    unpack(&q);
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

/* ---- the tables against the package ---- */

static void check_cell(const struct tr_json *field, struct tr_str value)
{
    const struct tr_json *constraints = in(field, "constraints"),
                         *allowed = in(constraints, "enum");
    struct tr_str name = tr_json_text(in(field, "name"));
    struct tr_str type = tr_json_text(in(field, "type"));
    bool found = tr_json_size(allowed) == 0;

    ck_assert_msg(value.len > 0 || !is_true(in(constraints, "required")), "%s", show(name));
    if (value.len == 0)
        return;
    for (size_t i = 0; i < tr_json_size(allowed); i++)
        found |= tr_str_eq(tr_json_text(tr_json_at(allowed, i)), value);
    ck_assert_msg(found, "%s: %s", show(name), show(value));
    if (tr_str_is(tr_json_text(in(field, "format")), "uuid"))
        check_uuid(value);
    if (tr_str_is(type, "datetime"))
        ck_slice_eq(value, "2026-03-09T00:00:00Z");
    for (size_t i = 0; tr_str_is(type, "number") && i < value.len; i++)
        ck_assert_msg(value.p[i] >= '0' && value.p[i] <= '9', "%s: %s", show(name), show(value));
}

static int file_called(struct tr_str path)
{
    for (int f = 0; f < PACKAGE; f++)
        if (tr_str_is(path, tr_hsds_files[f].name))
            return f;
    ck_abort_msg("%s", show(path));
    return -1;
}

static const struct tr_json *resource_called(const struct tr_json *resources, struct tr_str name)
{
    for (size_t r = 0; r < tr_json_size(resources); r++)
        if (tr_str_eq(tr_json_text(in(tr_json_at(resources, r), "name")), name))
            return tr_json_at(resources, r);
    ck_abort_msg("%s", show(name));
    return NULL;
}

START_TEST(described)
{
    static const size_t keys[PACKAGE] = {
        [SERVICES] = 1, [LOCATIONS] = 1, [AT_LOCATION] = 2, [CAPACITY] = 2};
    struct package p;
    const struct tr_json *resources;

    make();
    pack(&p, all, COUNT(all), (enum tr_lang)_i);
    ck_slice_eq(tr_json_text(in(p.json, "name")), "human_services_data");
    ck_slice_eq(tr_json_text(in(p.json, "profile")), "tabular-data-package");
    ck_assert_uint_gt(tr_json_text(in(p.json, "description")).len, 0);
    resources = in(p.json, "resources");
    ck_assert_uint_eq(tr_json_size(resources), PACKAGE);
    for (size_t r = 0; r < PACKAGE; r++) {
        const struct tr_json *resource = tr_json_at(resources, r), *schema = in(resource, "schema");
        const struct tr_json *fields = in(schema, "fields"), *foreign = in(schema, "foreignKeys");
        int file = file_called(tr_json_text(in(resource, "path")));
        const struct tr_table *t = &p.table[file];

        ck_assert_int_eq(file, (int)r);
        ck_slice_eq(tr_json_text(in(schema, "primaryKey")), "id");
        ck_assert_uint_eq(tr_json_size(fields), t->n_columns);
        ck_assert_uint_eq(t->n_rows, file == UNITS ? 1 : COUNT(all));
        for (uint32_t c = 0; c < t->n_columns; c++) {
            const struct tr_json *field = tr_json_at(fields, c);

            ck_assert(tr_str_eq(tr_json_text(in(field, "name")), t->header[c]));
            ck_assert(is_true(in(in(field, "constraints"), "unique")) == (c == 0));
            for (uint32_t row = 0; row < t->n_rows; row++)
                check_cell(field, tr_table_cell(t, row, (int)c));
        }
        ck_assert_uint_eq(tr_json_size(foreign), keys[file]);
        ck_assert((foreign == NULL) == (keys[file] == 0));
        for (size_t k = 0; k < tr_json_size(foreign); k++) {
            const struct tr_json *reference = in(tr_json_at(foreign, k), "reference");
            const struct tr_json *other =
                resource_called(resources, tr_json_text(in(reference, "resource")));
            struct tr_str column = tr_json_text(in(tr_json_at(foreign, k), "fields"));
            char name[64];

            tr_err_copy(name, sizeof name, column);
            ck_slice_eq(tr_json_text(in(reference, "fields")), "id");
            for (uint32_t row = 0; row < t->n_rows; row++)
                ck_assert_msg(has(&p.table[file_called(tr_json_text(in(other, "path")))], "id",
                                  cell(&p, file, row, name)),
                              "%s", name);
        }
    }
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

/* ---- what is told ---- */

START_TEST(cells)
{
    const struct tr_list *owners;
    struct package p;

    make();
    owners = tr_profile_list(&profile, "owner");
    place[0].owner = owners ? 0 : -1;
    pack(&p, all, COUNT(all), TR_NB);
    ck_slice_eq(cell(&p, ORGANIZATIONS, 0, "name"), "Bakken");
    ck_slice_eq(cell(&p, ORGANIZATIONS, 1, "description"), "Institusjon");
    if (owners)
        ck_assert(
            tr_str_eq(cell(&p, ORGANIZATIONS, 0, "description"), owners->entry[0].label[TR_NB]));
    ck_slice_eq(cell(&p, SERVICES, 0, "name"), "Bakken: Mestringsenhet");
    ck_slice_eq(cell(&p, SERVICES, 0, "description"),
                "Mestringsenhet. Type opphold: Korttidsplass, Langtidsplass.");
    ck_slice_eq(cell(&p, SERVICES, 0, "eligibility_description"),
                "Kjønn: Kvinne. Regler om rus: Rusfritt. Tilrettelagt for rullestol. "
                "Somatiske helseproblemer, høyeste nivå: Lettere. ROP-grupper: Gruppe 1, Gruppe 3. "
                "Bare for dem som bor i kommune 9999.");
    ck_slice_eq(cell(&p, SERVICES, 1, "eligibility_description"),
                "Ikke tilrettelagt for rullestol.");
    ck_slice_eq(cell(&p, SERVICES, 3, "eligibility_description"), "");
    ck_slice_eq(
        cell(&p, SERVICES, 0, "application_process"),
        "Henvisninger går til Felles inntak. Telefon 23 24 23 24.");
    ck_slice_eq(cell(&p, SERVICES, 0, "minimum_age"), "18");
    ck_slice_eq(cell(&p, SERVICES, 0, "maximum_age"), "67");
    ck_slice_eq(cell(&p, SERVICES, 1, "minimum_age"), "");
    ck_slice_eq(cell(&p, SERVICES, 0, "program_id"), "");
    ck_slice_eq(cell(&p, LOCATIONS, 0, "location_type"), "physical");
    ck_slice_eq(cell(&p, LOCATIONS, 0, "description"), "Sagene");
    ck_slice_eq(cell(&p, LOCATIONS, 2, "description"), "Gamle Oslo");
    ck_slice_eq(cell(&p, LOCATIONS, 3, "description"), "");
    ck_slice_eq(cell(&p, LOCATIONS, 1, "external_identifier"), "I,\"2\"");
    ck_slice_eq(cell(&p, CAPACITY, 0, "available"), "3");
    ck_slice_eq(cell(&p, CAPACITY, 0, "maximum"), "12");
    ck_slice_eq(cell(&p, UNITS, 0, "name"), "Plass");
    /* an institution without a name is called by its id */
    ck_slice_eq(cell(&p, ORGANIZATIONS, 3, "name"), "I-04");
    ck_slice_eq(cell(&p, SERVICES, 3, "name"), "I-04: Mestringsenhet");
    unpack(&p);

    pack(&p, all, 1, TR_EN);
    ck_slice_eq(cell(&p, SERVICES, 0, "name"), "Bakken: Mastery unit");
    ck_slice_eq(cell(&p, UNITS, 0, "name"), "Place");
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(closed)
{
    struct package p;

    make();
    pack(&p, all, COUNT(all), TR_NB);
    ck_slice_eq(cell(&p, SERVICES, 0, "status"), "active");
    ck_slice_eq(cell(&p, SERVICES, 2, "status"), "temporarily closed");
    ck_slice_eq(cell(&p, CAPACITY, 2, "available"), "0");
    ck_slice_eq(cell(&p, CAPACITY, 2, "maximum"), "0");
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

/* A name is the same after it was written and read, wherever it stands. */
START_TEST(nasty)
{
    struct package p;

    make();
    pack(&p, all, COUNT(all), TR_NN);
    ck_slice_eq(cell(&p, ORGANIZATIONS, 1, "name"), NASTY);
    ck_slice_eq(cell(&p, SERVICES, 1, "name"), NASTY ": Meistringseining");
    ck_slice_eq(cell(&p, LOCATIONS, 1, "name"), NASTY);
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(nobody)
{
    struct package p;

    make();
    pack(&p, all, COUNT(all), TR_NB);
    for (int f = 0; f < N_FILES; f++) {
        ck_assert_ptr_null(strstr(tr_buf_z(&p.text[f]), "77123"));
        ck_assert_ptr_null(strstr(tr_buf_z(&p.text[f]), "2031"));
    }
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(nothing_chosen)
{
    struct package p, q;

    make();
    pack(&p, NULL, 0, TR_NB);
    pack(&q, all, COUNT(all), TR_NB);
    for (int f = 0; f < PACKAGE; f++) {
        ck_assert_uint_eq(p.table[f].n_rows, f == UNITS);
        ck_assert_uint_eq(p.table[f].n_columns, q.table[f].n_columns);
    }
    ck_assert(tr_str_eq(tr_buf_slice(&p.text[PACKAGE]), tr_buf_slice(&q.text[PACKAGE])));
    unpack(&q);
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

START_TEST(same_bytes)
{
    struct package p, q;

    make();
    pack(&p, all, COUNT(all), TR_NB);
    pack(&q, all, COUNT(all), TR_NB);
    for (int f = 0; f < N_FILES; f++)
        ck_assert(tr_str_eq(tr_buf_slice(&p.text[f]), tr_buf_slice(&q.text[f])));
    unpack(&q);
    unpack(&p);
    tr_profile_clear(&profile);
}
END_TEST

/* Every sentence is there in every language. */
START_TEST(texts)
{
    const struct tr_table *t;
    uint32_t n = 0;

    make();
    t = &profile.table[TR_T_TEXTS];
    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str key = tr_table_cell(t, r, tr_table_column(t, "key"));

        if (key.len < 5 || memcmp(key.p, "hsds.", 5) != 0)
            continue;
        n++;
        for (int l = 0; l < TR_N_LANGS; l++)
            ck_assert_msg(tr_table_cell(t, r, tr_table_column(t, tr_lang_names[l])).len > 0, "%s",
                          show(key));
    }
    ck_assert_uint_gt(n, 0);
    tr_profile_clear(&profile);
}
END_TEST

MAIN("hsds", {ids}, {described, TR_N_LANGS}, {cells}, {closed}, {nasty}, {nobody}, {nothing_chosen},
     {same_bytes}, {texts})
