#include "cli/writing/documents.h"

#include <unistd.h>

#include "cli/input/inputs.h"

const char *const tr_record_formats[] = {[TR_AS_CSV] = "csv",
                                         [TR_AS_JSONL] = "jsonl",
                                         [TR_FORMAT_JSON] = "json",
                                         [TR_FORMAT_XLSX] = "xlsx",
                                         [TR_AS_DOCUMENT] = "text",
                                         "markdown",
                                         "html",
                                         "odt",
                                         "docx",
                                         "pdf",
                                         NULL};

static int write_document(struct tr_app *app, struct tr_output *output, const struct tr_document *d,
                          const struct tr_document_format *format)
{
    struct tr_err err;
    int rc = 0;

    output->out.buf.failed |= d->failed;
    if (!d->failed && format->write(d, &output->out, &err) < 0)
        rc = tr_app_fail(app, &err);
    return tr_output_close(app, output, rc == 0) < 0 ? -1 : rc;
}

int tr_document_put(struct tr_app *app, const struct tr_document *d,
                    const struct tr_document_format *format, const char *path, bool public_file)
{
    struct tr_output output;

    if (format->binary)
        tr_app_no_terminal(app, format->name, path);
    return tr_output_open(app, &output, path, public_file) < 0
               ? -1
               : write_document(app, &output, d, format);
}

void tr_app_form_format(const struct tr_app *app, const char *format)
{
    if (strcmp(format, "html") != 0 && strcmp(format, "pdf") != 0)
        tr_app_usage(app, N_("--form is for HTML and PDF; ODT and Word always have fields"), NULL, NULL);
}

int tr_filled_open(struct tr_app *app, const char *path, char **held)
{
    struct tr_err err;
    int fd = tr_file_open(path, &err);

    *held = NULL;
    if (fd >= 0)
        fd = tr_file_hold(fd, path, held, &err);
    return fd < 0 ? tr_app_fail(app, &err) : fd;
}

int tr_filled_take(struct tr_app *app, struct tr_filled *filled, int fd, const char *path)
{
    struct tr_err err;

    if (tr_filled_read(filled, fd, &err) == 0)
        return 0;
    if (err.code == TR_E_FILLED_KIND)
        return lseek(fd, 0, SEEK_SET) == 0 ? 1 : tr_app_fail(app, &err); /* a table begins there */
    err.source = path;
    return tr_app_fail(app, &err);
}
