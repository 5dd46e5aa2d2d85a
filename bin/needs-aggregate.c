/* needs-aggregate: count persons by district and housing type, or by other fields. */
#include "base/text.h"
#include "cli/count.h"
#include "cli/output.h"

static const char *const shapes[] = {"wide", "long", NULL};

static const struct tr_example examples[] = {
    {"needs-aggregate exports/*.csv | table-render", N_("raw exports straight to the report")},
    {"needs-aggregate --shape=long export.csv > our-numbers.csv",
     N_("count at home, and send numbers only")},
    {"needs-aggregate *-numbers.csv | table-render", N_("tables of parts add up to the whole")},
    {"needs-aggregate --by=rop_group,standard grouped.csv", N_("count by other fields")},
    {"needs-aggregate --stock=homes.csv --compare=needs-2020.csv exports/*.csv",
     N_("with existing homes and the gap, an earlier year and the change")},
    {NULL},
};

/* Reads the table at path, when there is one, as out, with the fields of needs. */
static int load_beside(struct tr_app *app, const struct tr_needs *needs, const char *path,
                       struct tr_needs *out, const struct tr_needs **beside)
{
    struct tr_err err;

    if (!path)
        return 0;
    *beside = out;
    if (tr_needs_init(out, needs->profile, needs->row_field, needs->column_field, &err) == 0)
        return tr_count_table(app, out, path);
    return tr_app_fail(app, &err);
}

static int coded_field(const struct tr_app *app, struct tr_str name)
{
    int field = tr_field_find(name);
    struct tr_near near = {.wanted = name};
    char given[64], best[64];

    if (field >= 0 && tr_fields[field].list)
        return field;
    for (int f = 0; f < TR_N_FIELDS; f++)
        if (tr_fields[f].list)
            tr_near_offer(&near, tr_str(tr_fields[f].name));
    tr_err_copy(given, sizeof given, name);
    tr_err_copy(best, sizeof best, near.best);
    tr_app_usage(app, N_("--by takes fields that have codes; ‘%1’ is none, the nearest is ‘%2’"),
                 given, best);
}

/* Reads "row,column" or "row". */
static void read_by(const struct tr_app *app, const char *by, int *row, int *column)
{
    struct tr_str rest = tr_str(by), part;

    tr_str_part(&rest, ',', &part);
    *row = coded_field(app, part);
    *column = -1;
    if (tr_str_part(&rest, ',', &part))
        *column = coded_field(app, part);
    if (rest.p || *row == *column)
        tr_app_usage(app, N_("--by takes one field or two different ones, separated by a comma"),
                     NULL, NULL);
}

int main(int argc, char **argv)
{
    static struct tr_rop rop;
    struct tr_needs needs, stock = {0}, earlier = {0};
    struct tr_needs_beside beside = {0};
    const char *by = "bydel,housing_type", *stock_path = NULL, *earlier_path = NULL, *path = NULL;
    int format = TR_FORMAT_CSV, shape = 0, row, column;
    struct tr_reader_options reading = {0};
    const struct tr_option options[] = {
        {"by", .arg = "ROW[,COLUMN]", .text = &by,
         .help = N_("count by these fields instead of bydel,housing_type")},
        {"compare", .arg = "FILE", .text = &earlier_path,
         .help = N_("a table of an earlier year: add it and the change")},
        {"format", .choice = &format, .choices = tr_format_names, .help = N_("write CSV or JSON Lines")},
        {"output", .letter = 'o', .arg = "FILE", .text = &path,
         .help = N_("write to FILE instead of standard output")},
        {"shape", .choice = &shape, .choices = shapes,
         .help = N_("one column a code, or one row a count")},
        {"stock", .arg = "FILE", .text = &stock_path,
         .help = N_("a table of existing homes: add it and the gap")},
        {NULL},
    };
    struct tr_app app = {
        .name = "needs-aggregate",
        .purpose = N_("count persons by district and housing type, or by other fields"),
        .arguments = "[file ...]",
        .options = options,
        .examples = examples,
        .max_arguments = -1,
        .reading = &reading,
    };
    struct tr_output output;
    struct tr_err err;

    tr_app_start(&app, argc, argv);
    read_by(&app, by, &row, &column);
    if (tr_rop_load(&rop, &app.profile, &err) < 0 ||
        tr_needs_init(&needs, &app.profile, (enum tr_field)row, column, &err) < 0) {
        tr_app_say(&app, &err);
        return tr_app_end(&app);
    }
    if (load_beside(&app, &needs, stock_path, &stock, &beside.stock) == 0 &&
        load_beside(&app, &needs, earlier_path, &earlier, &beside.earlier) == 0 &&
        tr_count_inputs(&app, &rop, &needs) == 0 &&
        tr_output_open(&app, &output, path, false) == 0) {
        tr_needs_write(&needs, &beside, shape == 1, (enum tr_format)format, &output.out);
        tr_output_close(&app, &output, true);
    }
    tr_needs_clear(&needs);
    tr_needs_clear(&stock);
    tr_needs_clear(&earlier);
    return tr_app_end(&app);
}
