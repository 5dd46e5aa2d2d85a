#define _GNU_SOURCE
#include "cli/documents.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/inputs.h"

enum { NAME_BYTES_MAX = 120 };

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

bool tr_is_folder(const char *path)
{
    size_t n = path ? strlen(path) : 0;
    struct stat st;

    return n > 0 && (path[n - 1] == '/' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode)));
}

static int cannot(struct tr_app *app, const char *path)
{
    struct tr_err err;

    tr_err_sys(&err, TR_E_CREATE, path);
    return tr_app_fail(app, &err);
}

int tr_folder_open(struct tr_app *app, const char *path)
{
    struct tr_buf plain = {0};
    size_t n = strlen(path);
    int rc;

    while (n > 1 && path[n - 1] == '/') /* the folder itself, not what is in it */
        n--;
    tr_buf_add(&plain, path, n);
    rc = plain.failed ? tr_app_no_memory(app) : tr_output_place(app, tr_buf_z(&plain));
    tr_buf_clear(&plain);
    if (rc < 0)
        return -1;
    return tr_output_folder(path, 0700, true) < 0 ? cannot(app, path) : 0;
}

/* A reference that is a file's name on every system, and hides nothing. */
static bool fit(struct tr_str s)
{
    if (s.len == 0 || s.len > NAME_BYTES_MAX || *s.p == '.' || *s.p == '-')
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] < ' ' || strchr("/\\:*?\"<>|", s.p[i]))
            return false;
    return s.p[s.len - 1] != '.' && s.p[s.len - 1] != ' ';
}

static int refuse_name(struct tr_app *app, struct tr_str name, const char *source, uint64_t line)
{
    struct tr_err err;
    char text[TR_ID_MAX + 1];

    tr_err_copy(text, sizeof text, name);
    tr_err_set(&err, TR_E_FILE_NAME, text, NULL, NULL);
    err.source = source;
    err.line = line;
    return tr_app_fail(app, &err);
}

int tr_folder_file(struct tr_app *app, struct tr_output *output, const char *folder, struct tr_str name,
                   const char *ending, const char *source, uint64_t line)
{
    struct tr_buf path = {0};
    int rc;

    if (!fit(name))
        return refuse_name(app, name, source, line);
    tr_buf_text(&path, folder);
    if (path.len > 0 && path.p[path.len - 1] != '/')
        tr_buf_char(&path, '/');
    tr_buf_str(&path, name);
    tr_buf_char(&path, '.');
    tr_buf_text(&path, ending);
    rc = tr_buf_z(&path) ? tr_output_open(app, output, tr_buf_z(&path), false) : tr_app_no_memory(app);
    if (rc == 0)
        output->together = true;
    tr_buf_clear(&path);
    return rc;
}

int tr_folder_put(struct tr_app *app, const char *folder, const struct tr_document *d,
                  const struct tr_document_format *format, const char *source, uint64_t line)
{
    struct tr_output output;

    if (d->hides)
        return refuse_name(app, d->filed, source, line);
    return tr_folder_file(app, &output, folder, d->filed, format->ending, source, line) < 0
               ? -1
               : write_document(app, &output, d, format);
}

int tr_folder_close(struct tr_app *app, const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc;
    struct tr_err err;

    if (fd < 0)
        return cannot(app, path);
    rc = syncfs(fd);
    close(fd);
    if (rc < 0) {
        tr_err_sys(&err, TR_E_WRITE, path);
        return tr_app_fail(app, &err);
    }
    return 0;
}
