#include <stdlib.h>

#include "base/text.h"
#include "domain/referral/import_own.h"

void tr_binding_clear(struct tr_binding *b)
{
    free(b->field);
    free(b->extra);
    free(b->extra_column);
    free(b->plan);
    *b = (struct tr_binding){0};
}

int tr_binding_column(const struct tr_binding *b, enum tr_field field)
{
    for (uint32_t c = 0; c < b->n_columns; c++)
        if (b->field[c] == (int)field)
            return (int)c;
    return -1;
}

/* What a column is that no field claims; referral-import itself adds some to rejected rows. A name in two
 * columns is nothing that is kept. */
static int other_column(const struct tr_profile *p, struct tr_str name)
{
    if (tr_str_is(name, "reject_rest"))
        return TR_COLUMN_REST;
    if (name.len == 0)
        return TR_COLUMN_UNNAMED;
    if (tr_str_is(name, "reject_source") || tr_str_is(name, "reject_line") ||
        tr_str_is(name, "reject_reason"))
        return TR_COLUMN_SKIP;
    if (tr_profile_spells(p, TR_STR("name_part"), name) ||
        tr_profile_spells_noted(p, TR_STR("name_part"), NULL, name))
        return TR_COLUMN_LEFT;
    return TR_COLUMN_EXTRA;
}

/* The number of the extra column called name, added when it is new; -1 when memory is out. */
static int extra_named(struct tr_import *im, struct tr_str name)
{
    struct tr_str *extra;
    char *own;
    int number = (int)im->n_extras, rc = tr_dict_add(&im->extra_number, name, &number);

    if (rc != 0)
        return rc < 0 ? -1 : number;
    extra = realloc(im->extra, (im->n_extras + 1) * sizeof *extra);
    if (extra)
        im->extra = extra;
    own = malloc(name.len + 1);
    if (!extra || !own) {
        free(own);
        return -1;
    }
    memcpy(own, name.p, name.len);
    im->extra[im->n_extras] = (struct tr_str){own, name.len};
    return (int)im->n_extras++;
}

static int column_double(const struct tr_binding *b, int a, uint32_t c, const char *field,
                         struct tr_err *err)
{
    char name[2][64];

    tr_err_copy(name[0], sizeof name[0], tr_header_shown(b->header, b->n_columns, b->header[a]));
    tr_err_copy(name[1], sizeof name[1], tr_header_shown(b->header, b->n_columns, b->header[c]));
    tr_err_set(err, TR_E_COLUMN_DOUBLE, name[0], name[1], NULL);
    err->source = b->source;
    err->line = b->header_line;
    tr_err_field(err, tr_str(field));
    return -1;
}

/* The header nearest to any spelling of a field, among the columns that mean nothing else. */
static struct tr_str nearest_header(const struct tr_import *im, const struct tr_binding *b,
                                    int field)
{
    const struct tr_table *t = &im->profile->table[TR_T_FIELDS];
    int name = tr_table_column(t, "field"), aliases = tr_table_column(t, "aliases");
    struct tr_near best = {0};

    for (uint32_t r = 0; r < t->n_rows; r++) {
        struct tr_str rest = tr_table_cell(t, r, aliases), part;

        if (!tr_str_is(tr_table_cell(t, r, name), tr_fields[field].name))
            continue;
        while (tr_str_part(&rest, '|', &part)) {
            struct tr_near near = {.wanted = part};

            for (uint32_t c = 0; c < b->n_columns; c++)
                if (b->field[c] < 0 && b->header[c].len > 0)
                    tr_near_offer(&near, b->header[c]);
            if (near.best.p && (!best.best.p || near.distance < best.distance))
                best = near;
        }
    }
    return best.best;
}

static int check_required(const struct tr_import *im, const struct tr_binding *b,
                          struct tr_err *err)
{
    for (int f = 0; f < TR_N_FIELDS; f++) {
        char near[128];

        if (!tr_fields[f].required || tr_binding_column(b, (enum tr_field)f) >= 0)
            continue;
        tr_err_copy(near, sizeof near,
                    tr_header_shown(b->header, b->n_columns, nearest_header(im, b, f)));
        tr_err_set(err, b->n_columns == 1 && !b->sheet ? TR_E_COLUMN_ONE : TR_E_COLUMN_MISSING, near, NULL,
                   NULL);
        err->source = b->source;
        err->line = b->header_line;
        tr_err_field(err, tr_str(tr_fields[f].name));
        return -1;
    }
    return 0;
}

/* The extra column for column c; when the header has the name before, "name (2)" and so on. again:
 * how often it had each name. */
static int extra_column(struct tr_import *im, const struct tr_binding *b, uint32_t c, int *again)
{
    struct tr_buf name = {0};
    int first = extra_named(im, b->header[c]), extra = first;

    while (extra >= 0 && b->extra_column[extra] >= 0) { /* that name may be taken as well */
        name.len = 0;
        tr_buf_str(&name, b->header[c]);
        tr_buf_text(&name, " (");
        tr_buf_num(&name, ++again[first] + 1);
        tr_buf_char(&name, ')');
        extra = name.failed ? -1 : extra_named(im, tr_buf_slice(&name));
    }
    tr_buf_clear(&name);
    return extra;
}

/* Whether grouping wrote the columns: others hold a group because somebody judged it. */
static bool is_grouped(const struct tr_binding *b)
{
    for (uint32_t c = 0; c < b->n_columns; c++)
        if (tr_str_is(b->header[c], tr_fields[TR_F_ROP_RULE].name) ||
            tr_str_is(b->header[c], tr_fields[TR_F_ROP_POSSIBLE].name))
            return true;
    return false;
}

/* The field that a header means, by its name or any spelling; or -1. */
static int field_spelled(const struct tr_profile *p, struct tr_str header)
{
    int field = tr_field_find(header);

    return field >= 0 ? field : tr_profile_header(p, header);
}

/* The same, where a note in brackets may stand behind the spelling. */
static int field_meant(const struct tr_profile *p, struct tr_str header)
{
    int field = field_spelled(p, header);

    return field >= 0 ? field : tr_profile_header_noted(p, header);
}

int tr_header_meant(const struct tr_profile *p, const struct tr_str *header, uint32_t n, uint32_t c)
{
    int field = field_spelled(p, header[c]);

    if (field >= 0)
        return field;
    field = tr_profile_header_noted(p, header[c]);
    for (uint32_t i = 0; i < n && field >= 0; i++)
        if (field_spelled(p, header[i]) == field)
            field = -1;
    return field;
}

bool tr_import_fits(const void *profile, const struct tr_str *header, uint32_t n)
{
    uint64_t missing = 0;

    for (int f = 0; f < TR_N_FIELDS; f++)
        missing |= (uint64_t)tr_fields[f].required << f;
    for (uint32_t c = 0; c < n && missing; c++) {
        int field = field_meant(profile, header[c]);

        if (field >= 0)
            missing &= ~(UINT64_C(1) << field);
    }
    return missing == 0;
}

/* The judged group or housing type, where the header means a group or housing type and no column
 * holds the judged one under its own name; or -1. */
static int judged_field(const struct tr_import *im, const struct tr_binding *b,
                        struct tr_str header)
{
    int field = field_meant(im->profile, header);
    int judged = field == TR_F_ROP_GROUP      ? TR_F_JUDGED_GROUP
                 : field == TR_F_HOUSING_TYPE ? TR_F_JUDGED_HOUSING_TYPE
                                              : -1;

    for (uint32_t c = 0; judged >= 0 && c < b->n_columns; c++)
        if (field_meant(im->profile, b->header[c]) == judged)
            judged = -1;
    return judged;
}

/* The field of column c: by any spelling for a referral's own, by its exact name for those that grouping
 * adds. -1: none of the wanted. */
static int field_of_column(const struct tr_import *im, const struct tr_binding *b, uint32_t c,
                           bool grouped, uint64_t wanted)
{
    struct tr_str header = b->header[c];
    int field = grouped ? -1 : judged_field(im, b, header);

    if (field < 0)
        field = tr_field_find(header);
    if (field < 0) {
        field = tr_header_meant(im->profile, b->header, b->n_columns, c);
        if (field >= TR_N_REFERRAL_FIELDS)
            field = -1;
    }
    return field >= 0 && wanted >> field & 1 ? field : -1;
}

/* Gives each column its field, and holds that against what must be there. */
static int bind_fields(const struct tr_import *im, struct tr_binding *b, uint64_t wanted,
                       struct tr_err *err)
{
    int column_of[TR_N_FIELDS];
    bool grouped = is_grouped(b);

    memset(column_of, -1, sizeof column_of);
    for (uint32_t c = 0; c < b->n_columns; c++) {
        int field = field_of_column(im, b, c, grouped, wanted);

        b->field[c] = field >= 0 ? field : other_column(im->profile, b->header[c]);
        if (field >= 0 && column_of[field] >= 0)
            return column_double(b, column_of[field], c, tr_fields[field].name, err);
        if (field >= 0)
            column_of[field] = (int)c;
    }
    return check_required(im, b, err);
}

/* Gives each column that no field claims its place among the extras. */
static int bind_extras(struct tr_import *im, struct tr_binding *b, struct tr_err *err)
{
    size_t most = im->n_extras + b->n_columns;
    int *again = calloc(most + 1, sizeof *again);
    bool ok = again && (b->extra_column = malloc((most + 1) * sizeof *b->extra_column));

    if (ok)
        memset(b->extra_column, -1, (most + 1) * sizeof *b->extra_column);
    memset(b->extra, -1, b->n_columns * sizeof *b->extra);
    for (uint32_t c = 0; ok && c < b->n_columns; c++) {
        if (b->field[c] != TR_COLUMN_EXTRA)
            continue;
        b->extra[c] = extra_column(im, b, c, again);
        ok = b->extra[c] >= 0;
        if (ok)
            b->extra_column[b->extra[c]] = (int)c;
    }
    b->n_extras = im->n_extras;
    free(again);
    return ok ? 0 : tr_err_memory(err);
}

/* Binds the header that the reader has now. */
static int bind_header(const struct tr_import *im, struct tr_binding *b, struct tr_reader *reader,
                       uint64_t wanted, struct tr_err *err)
{
    const struct tr_dialect *dialect = tr_reader_dialect(reader);

    tr_binding_clear(b);
    b->source = tr_reader_name(reader);
    b->wanted = wanted;
    b->number = im->n_sources - 1;
    b->delimiter = dialect->format == TR_FORMAT_JSONL ? '\0' : dialect->delimiter;
    b->sheet = tr_reader_sheet(reader) != NULL;
    b->header = tr_reader_header(reader, &b->n_columns);
    b->header_line = tr_reader_header_line(reader);
    b->field = calloc(b->n_columns, sizeof *b->field);
    b->extra = calloc(b->n_columns, sizeof *b->extra);
    b->plan = calloc(1, sizeof *b->plan + b->n_columns * sizeof b->plan->step[0]);
    if (!b->field || !b->extra || !b->plan)
        return tr_err_memory(err);
    return bind_fields(im, b, wanted, err);
}

/* Looks for a header in the lines below the one that is none; when there is none either, the first
 * is bound again for its fault. */
static int bind_below(const struct tr_import *im, struct tr_binding *b, struct tr_reader *reader,
                      uint64_t wanted, struct tr_err *err)
{
    int rc = 1;

    for (uint32_t k = 1; rc > 0; k++) {
        rc = tr_reader_seek_header(reader, k, err);
        if (rc > 0 && bind_header(im, b, reader, wanted, err) == 0) {
            b->below_title = true;
            return 0;
        }
        if (rc < 0 || (rc > 0 && err->code == TR_E_MEMORY))
            return -1;
    }
    return tr_reader_seek_header(reader, 0, err) < 0 ? -1 : bind_header(im, b, reader, wanted, err);
}

/* The name of a delivery: of its file, without folder and ending. */
static struct tr_str delivery_of(const char *source)
{
    const char *slash = strrchr(source, '/'), *name = slash ? slash + 1 : source;

    return (struct tr_str){name, strcspn(name, ".")};
}

void tr_import_follow(struct tr_import *im, const struct tr_binding *like)
{
    im->like = like;
}

int tr_import_bind(struct tr_import *im, struct tr_binding *b, struct tr_reader *reader,
                   uint64_t wanted, struct tr_err *err)
{
    const char **sources = realloc(im->sources, (im->n_sources + 1) * sizeof *sources);

    *b = (struct tr_binding){.source = tr_reader_name(reader)};
    if (!sources)
        return tr_err_memory(err);
    im->sources = sources;
    im->sources[im->n_sources++] = b->source;
    if (bind_header(im, b, reader, wanted, err) < 0 &&
        ((err->code != TR_E_COLUMN_MISSING && err->code != TR_E_COLUMN_ONE) ||
         bind_below(im, b, reader, wanted, err) < 0))
        return -1;
    b->id_column = tr_binding_column(b, TR_F_REFERRAL_ID);
    if (im->by_delivery)
        b->delivery = delivery_of(b->source);
    if (im->like) {
        memcpy(b->date, im->like->date, sizeof b->date);
        b->delivery = im->like->delivery;
    }
    for (uint32_t c = 0; !im->like && c < b->n_columns; c++)
        if (b->field[c] >= 0 && tr_fields[b->field[c]].kind == TR_KIND_DATE)
            tr_dates_look(reader, c, &b->date[b->field[c]]);
    return bind_extras(im, b, err);
}

size_t tr_import_extras(const struct tr_import *im, const struct tr_str **names)
{
    *names = im->extra;
    return im->n_extras;
}
