#include "cli/app/drawing.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/app/memory_table.h"
#include "doc/table/table_build.h"
#include "doc/table/table_format.h"
#include "record/table.h"

static int draw(struct tr_app *app, enum tr_format format, const char *path, struct tr_out *out,
                struct tr_err *err)
{
    const struct tr_reader_options ours = {.delimiter = ',', .no_thread = true};
    const struct tr_doc_choice choice = {.lang = tr_app_language(app, -1), .empty = format == TR_FORMAT_XLSX};
    const struct tr_doc_style style = {.width = 80};
    struct tr_doc_table doc;
    struct tr_table table;
    int rc = tr_table_load(&table, path, &ours, err);

    if (rc < 0)
        return -1;
    rc = tr_doc_table_build(&doc, &table, &app->profile, &choice, err);
    if (rc == 0) {
        rc = tr_doc_draw(tr_doc_format_find(tr_format_names[format]), &doc, &style, out, err);
        tr_doc_table_clear(&doc);
    }
    tr_table_clear(&table);
    return rc;
}

int tr_app_draw(struct tr_app *app, enum tr_format format, struct tr_str text, struct tr_out *out)
{
    struct tr_err err = {.code = TR_OK};
    char *path = NULL;
    int fd = tr_memory_table_of("table", text, &path, &err);
    int rc = fd < 0 ? -1 : draw(app, format, path, out, &err);

    if (fd >= 0)
        close(fd);
    if (rc < 0) {
        err.source = NULL; /* no file of the user's */
        tr_app_say(app, &err);
    }
    free(path);
    return rc;
}
