/* Fields and their rules are those of the specification's schemas. Versions 3.1 and 3.2 agree on
 * these resources. Every column of a resource is written, also those that are always empty. */
#include "doc/content/hsds.h"

#include "base/date.h"
#include "base/text.h"
#include "base/uuid.h"
#include "record/writer.h"

enum { FIELDS_MAX = 24 };

/* A row that is being written. */
struct row {
    const struct tr_hsds *h;
    const struct tr_institution *i; /* NULL: the row is not about one */
    struct tr_buf *out;             /* the cells, one after the other */
    size_t from;                    /* where the current cell starts */
};

struct field {
    const char *name;
    const char *type;           /* NULL: string */
    const char *format;         /* NULL: none */
    const char *id_of;          /* the resource that it identifies: its own, or another's */
    const char *const *allowed; /* the values allowed, ends with NULL; NULL: any */
    bool required;
    void (*add)(const struct row *row); /* NULL: nothing is known, or it is an id */
};

struct resource {
    const char *name;
    const struct field *field;
    uint32_t n_fields; /* at most FIELDS_MAX */
    bool once;         /* one row in all, instead of one per institution */
};

/* ---- identifiers ---- */

/* c0d3c450-26f2-57e6-8461-53328ac049c0, the name urn:transition:hsds in the space of URLs. It stays as it
 * is: others know our places by what is made from it. */
static const unsigned char space[TR_UUID_BYTES] = {
    0xc0, 0xd3, 0xc4, 0x50, 0x26, 0xf2, 0x57, 0xe6,
    0x84, 0x61, 0x53, 0x32, 0x8a, 0xc0, 0x49, 0xc0,
};

/* Made from what it identifies: it is the same every time. */
static void add_uuid(const struct row *row, const char *resource)
{
    struct tr_buf name = {0};
    char id[TR_UUID_LEN];

    tr_buf_text(&name, resource);
    tr_buf_char(&name, '/');
    tr_buf_str(&name, tr_profile_value(row->h->profile, "municipality"));
    tr_buf_char(&name, '/');
    /* there is one unit for all */
    tr_buf_str(&name, row->i && strcmp(resource, "unit") != 0 ? row->i->id : TR_STR("place"));
    tr_uuid_of_name(space, tr_buf_slice(&name), id);
    tr_buf_add(row->out, id, sizeof id);
    row->out->failed |= name.failed;
    tr_buf_clear(&name);
}

/* ---- what cells say ---- */

static struct tr_str text(const struct row *row, const char *key)
{
    return tr_profile_text(row->h->profile, key, row->h->lang);
}

/* Adds a sentence to the cell. */
static void sentence(const struct row *row, const char *key, struct tr_str value)
{
    if (row->out->len > row->from)
        tr_buf_char(row->out, ' ');
    tr_text_fill(text(row, key), (struct tr_fill[]){{"value", value}, {NULL}}, row->out);
}

/* Adds a sentence about a value, if the value is known. */
static void say(const struct row *row, const char *key, struct tr_str value)
{
    if (value.len > 0)
        sentence(row, key, value);
}

static struct tr_str label(const struct row *row, const char *list_name, int32_t code)
{
    const struct tr_list *list = tr_profile_list(row->h->profile, list_name);

    return list && code >= 0 ? list->entry[code].label[row->h->lang] : (struct tr_str){0};
}

static void say_labels(const struct row *row, const char *key, const char *list_name, uint64_t bits)
{
    struct tr_buf all = {0};

    for (; bits; bits &= bits - 1) {
        tr_buf_text(&all, all.len ? ", " : "");
        tr_buf_str(&all, label(row, list_name, __builtin_ctzll(bits)));
    }
    say(row, key, tr_buf_slice(&all));
    row->out->failed |= all.failed;
    tr_buf_clear(&all);
}

static void add_name(const struct row *row)
{
    tr_buf_str(row->out, row->i->name.len ? row->i->name : row->i->id);
}

static void add_owner(const struct row *row)
{
    struct tr_str owner = label(row, "owner", row->i->owner);

    tr_buf_str(row->out, owner.len ? owner : text(row, "hsds.organization"));
}

static void add_service_name(const struct row *row)
{
    add_name(row);
    tr_buf_text(row->out, ": ");
    tr_buf_str(row->out, label(row, "service_level", row->i->service_level));
}

static void add_service(const struct row *row)
{
    say(row, "hsds.level", label(row, "service_level", row->i->service_level));
    say_labels(row, "hsds.stays", "stay_type", row->i->stay_types);
}

static void add_status(const struct row *row)
{
    tr_buf_text(row->out, row->i->capacity == 0 ? "temporarily closed" : "active");
}

static void add_intake(const struct row *row)
{
    const struct tr_profile *p = row->h->profile;

    say(row, "hsds.intake", tr_profile_value(p, "intake_name"));
    say(row, "hsds.phone", tr_profile_value(p, "intake_phone"));
    say(row, "hsds.hours", tr_profile_value(p, "intake_hours"));
}

/* Whom it is for. Ages have columns of their own. */
static void add_eligibility(const struct row *row)
{
    const struct tr_institution *i = row->i;

    say_labels(row, "hsds.sexes", "sex", i->sexes);
    say(row, "hsds.substance", label(row, "substance_policy", i->substance_policy));
    if (i->wheelchair >= 0)
        sentence(row, i->wheelchair ? "hsds.wheelchair" : "hsds.no_wheelchair", TR_STR(""));
    say(row, "hsds.somatic", label(row, "somatic", i->somatic_max));
    say_labels(row, "hsds.groups", "rop_group", i->rop_groups);
    say(row, "hsds.municipality", i->municipality);
}

static void add_place(const struct row *row)
{
    tr_buf_str(row->out,
               label(row, "bydel", row->i->bydel)); /* no address: some must not be found */
}

static void add_id(const struct row *row)
{
    tr_buf_str(row->out, row->i->id);
}

static void add_id_type(const struct row *row)
{
    tr_buf_text(row->out, "institution_id");
}

static void add_physical(const struct row *row)
{
    tr_buf_text(row->out, "physical");
}

static void add_number(const struct row *row, int32_t n)
{
    if (n >= 0)
        tr_buf_num(row->out, n);
}

static void add_min_age(const struct row *row)
{
    add_number(row, row->i->min_age);
}

static void add_max_age(const struct row *row)
{
    add_number(row, row->i->max_age);
}

static void add_vacant(const struct row *row)
{
    add_number(row, row->i->vacant);
}

static void add_capacity(const struct row *row)
{
    add_number(row, row->i->capacity);
}

static void add_as_of(const struct row *row)
{
    char iso[TR_DATE_LEN];

    if (row->i->as_of == TR_NO_DAY)
        return;
    tr_date_iso(tr_date_of(row->i->as_of), iso);
    tr_buf_add(row->out, iso, sizeof iso);
    tr_buf_text(row->out, "T00:00:00Z");
}

static void add_vacancies(const struct row *row)
{
    tr_buf_str(row->out, text(row, "hsds.vacant"));
}

static void add_unit(const struct row *row)
{
    tr_buf_str(row->out, text(row, "hsds.unit"));
}

/* ---- resources ---- */

static const char *const statuses[] = {"active", "inactive", "defunct", "temporarily closed", NULL};
static const char *const location_types[] = {"physical", "postal", "virtual", NULL};

#define ID(resource)                                                                               \
    {                                                                                              \
        "id", .format = "uuid", .id_of = (resource), .required = true                              \
    }

static const struct field organization[] = {
    ID("organization"),
    {"name", .required = true, .add = add_name},
    {.name = "alternate_name"},
    {"description", .required = true, .add = add_owner},
    {"email", .format = "email"},
    {"website", .format = "uri"},
    {.name = "tax_status"},
    {.name = "tax_id"},
    {"year_incorporated", .type = "number"},
    {.name = "legal_status"},
    {.name = "logo"},
    {"uri", .format = "uri"},
    {"parent_organization_id", .format = "uuid"},
};

static const struct field service[] = {
    ID("service"),
    {"organization_id", .format = "uuid", .id_of = "organization", .required = true},
    {"program_id", .format = "uuid"}, /* no foreign key: there is no table of programs */
    {"name", .required = true, .add = add_service_name},
    {.name = "alternate_name"},
    {"description", .add = add_service},
    {"url", .format = "uri"},
    {"email", .format = "email"},
    {"status", .allowed = statuses, .required = true, .add = add_status},
    {.name = "interpretation_services"},
    {"application_process", .add = add_intake},
    {.name = "fees_description"},
    {.name = "wait_time"},
    {.name = "fees"},
    {.name = "accreditations"},
    {"eligibility_description", .add = add_eligibility},
    {"minimum_age", .type = "number", .add = add_min_age},
    {"maximum_age", .type = "number", .add = add_max_age},
    {"assured_date", .type = "date"},
    {"assurer_email", .format = "email"},
    {.name = "licenses"},
    {.name = "alert"},
    {"last_modified", .type = "datetime", .add = add_as_of},
};

static const struct field location[] = {
    ID("location"),
    {"location_type", .allowed = location_types, .required = true, .add = add_physical},
    {"url", .format = "uri"},
    {"organization_id", .format = "uuid", .id_of = "organization"},
    {"name", .add = add_name},
    {.name = "alternate_name"},
    {"description", .add = add_place},
    {.name = "transportation"},
    {"latitude", .type = "number"},
    {"longitude", .type = "number"},
    {"external_identifier", .add = add_id},
    {"external_identifier_type", .add = add_id_type},
};

static const struct field service_at_location[] = {
    ID("service_at_location"),
    {"service_id", .format = "uuid", .id_of = "service", .required = true},
    {"location_id", .format = "uuid", .id_of = "location", .required = true},
    {.name = "description"},
};

static const struct field service_capacity[] = {
    ID("service_capacity"),
    {"service_id", .format = "uuid", .id_of = "service", .required = true},
    {"unit_id", .format = "uuid", .id_of = "unit", .required = true},
    {"available", .type = "number", .required = true, .add = add_vacant},
    {"maximum", .type = "number", .add = add_capacity},
    {"description", .add = add_vacancies},
    {"updated", .type = "datetime", .required = true, .add = add_as_of},
};

static const struct field unit[] = {
    ID("unit"),
    {"name", .required = true, .add = add_unit},
    {.name = "scheme"},
    {.name = "identifier"},
    {"uri", .format = "uri"},
};

enum { ORGANIZATION, SERVICE, LOCATION, SERVICE_AT_LOCATION, SERVICE_CAPACITY, UNIT, N_RESOURCES };

#define FIELDS(list) .name = #list, .field = (list), .n_fields = sizeof(list) / sizeof *(list)

static const struct resource resources[N_RESOURCES] = {
    [ORGANIZATION] = {FIELDS(organization)},
    [SERVICE] = {FIELDS(service)},
    [LOCATION] = {FIELDS(location)},
    [SERVICE_AT_LOCATION] = {FIELDS(service_at_location)},
    [SERVICE_CAPACITY] = {FIELDS(service_capacity)},
    [UNIT] = {FIELDS(unit), .once = true},
};

static bool is_key(const struct resource *r, const struct field *f)
{
    return f->id_of && strcmp(f->id_of, r->name) == 0;
}

/* ---- tables ---- */

static void write_row(const struct resource *r, struct row *row, struct tr_writer *writer)
{
    size_t from[FIELDS_MAX + 1];
    struct tr_str cells[FIELDS_MAX];

    row->out->len = 0;
    for (uint32_t f = 0; f < r->n_fields; f++) {
        row->from = from[f] = row->out->len;
        if (r->field[f].id_of)
            add_uuid(row, r->field[f].id_of);
        else if (r->field[f].add)
            r->field[f].add(row);
    }
    from[r->n_fields] = row->out->len;
    for (uint32_t f = 0; f < r->n_fields; f++)
        cells[f] = (struct tr_str){row->out->p ? row->out->p + from[f] : "", from[f + 1] - from[f]};
    tr_writer_row(writer, cells);
}

static int write_table(const struct resource *r, const struct tr_hsds *h, struct tr_out *out)
{
    struct tr_column columns[FIELDS_MAX];
    struct tr_buf cells = {0};
    struct row row = {.h = h, .out = &cells};
    struct tr_writer writer;
    bool failed;

    for (uint32_t f = 0; f < r->n_fields; f++)
        columns[f] = (struct tr_column){.name = tr_str(r->field[f].name)};
    tr_writer_start(&writer, out, TR_FORMAT_CSV, columns, r->n_fields);
    if (r->once)
        write_row(r, &row, &writer);
    for (uint32_t i = 0; !r->once && i < h->n; i++) {
        row.i = tr_institution(h->places, h->chosen[i]);
        write_row(r, &row, &writer);
    }
    failed = cells.failed || out->buf.failed;
    tr_buf_clear(&cells);
    return failed ? -1 : 0;
}

#define TABLE(name, number)                                                                        \
    static int name(const struct tr_hsds *h, struct tr_out *out)                                   \
    {                                                                                              \
        return write_table(&resources[number], h, out);                                            \
    }

TABLE(write_organizations, ORGANIZATION)
TABLE(write_services, SERVICE)
TABLE(write_locations, LOCATION)
TABLE(write_service_at_location, SERVICE_AT_LOCATION)
TABLE(write_service_capacity, SERVICE_CAPACITY)
TABLE(write_units, UNIT)

/* ---- the package ---- */

static void member(struct tr_out *out, const char *name, const char *value)
{
    tr_out_text(out, name);
    tr_json_string(out, tr_str(value));
}

static void describe_field(const struct resource *r, const struct field *f, struct tr_out *out)
{
    member(out, "\n     {\"name\": ", f->name);
    member(out, ", \"type\": ", f->type ? f->type : "string");
    if (f->format)
        member(out, ", \"format\": ", f->format);
    tr_out_text(out, ", \"constraints\": {\"required\": ");
    tr_out_text(out, f->required ? "true" : "false");
    tr_out_text(out, ", \"unique\": ");
    tr_out_text(out, is_key(r, f) ? "true" : "false");
    for (const char *const *value = f->allowed; value && *value; value++)
        member(out, value == f->allowed ? ", \"enum\": [" : ", ", *value);
    tr_out_text(out, f->allowed ? "]}}" : "}}");
}

static void describe_keys(const struct resource *r, struct tr_out *out)
{
    bool any = false;

    for (uint32_t f = 0; f < r->n_fields; f++) {
        if (!r->field[f].id_of || is_key(r, &r->field[f]))
            continue;
        tr_out_text(out, any ? "," : ",\n    \"foreignKeys\": [");
        member(out, "\n     {\"fields\": ", r->field[f].name);
        member(out, ", \"reference\": {\"resource\": ", r->field[f].id_of);
        tr_out_text(out, ", \"fields\": \"id\"}}");
        any = true;
    }
    tr_out_text(out, any ? "]" : "");
}

static void describe(const struct resource *r, const char *path, struct tr_out *out)
{
    member(out, "\n  {\"name\": ", r->name);
    member(out, ", \"path\": ", path);
    tr_out_text(out, ", \"format\": \"csv\", \"mediatype\": \"text/csv\","
                     "\n   \"profile\": \"tabular-data-resource\","
                     "\n   \"schema\": {\"primaryKey\": \"id\",\n    \"fields\": [");
    for (uint32_t f = 0; f < r->n_fields; f++) {
        tr_out_text(out, f ? "," : "");
        describe_field(r, &r->field[f], out);
    }
    tr_out_text(out, "]");
    describe_keys(r, out);
    tr_out_text(out, "}}");
}

/* 3.1.0 is the first version of the specification that has service_capacity and unit. The program
 * that makes the specification's own datapackage.json says 3.0.0, whatever it describes. */
static int write_package(const struct tr_hsds *h, struct tr_out *out)
{
    tr_out_text(out, "{\"name\": \"human_services_data\",\n"
                     "\"title\": \"Human Services Data Specification\",\n\"description\": ");
    tr_json_string(out, tr_profile_text(h->profile, "hsds.package", h->lang));
    tr_out_text(out, ",\n\"profile\": \"tabular-data-package\",\n\"version\": \"3.1.0\",\n"
                     "\"homepage\": \"http://docs.openreferral.org\",\n\"resources\": [");
    for (int r = 0; r < N_RESOURCES; r++) {
        tr_out_text(out, r ? "," : "");
        describe(&resources[r], tr_hsds_files[r].name, out);
    }
    tr_out_text(out, "]}\n");
    return out->buf.failed ? -1 : 0;
}

/* The file of a resource has the number of the resource. */
const struct tr_hsds_file tr_hsds_files[] = {
    [ORGANIZATION] = {"organizations.csv", write_organizations},
    [SERVICE] = {"services.csv", write_services},
    [LOCATION] = {"locations.csv", write_locations},
    [SERVICE_AT_LOCATION] = {"service_at_location.csv", write_service_at_location},
    [SERVICE_CAPACITY] = {"service_capacity.csv", write_service_capacity},
    [UNIT] = {"units.csv", write_units},
    [N_RESOURCES] = {"datapackage.json", write_package},
    {NULL},
};
_Static_assert(sizeof tr_hsds_files / sizeof *tr_hsds_files == N_RESOURCES + 2,
               "a file for each resource, the package, and the end");
