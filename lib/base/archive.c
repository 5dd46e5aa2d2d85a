#include "base/archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/apart.h"
#include "base/archive_own.h"
#include "base/date.h"

/* libzip's calls; -1 with err: it cannot be opened. */
static int find_calls(struct zip_calls *z, struct tr_err *err)
{
    void *library = &zip_close ? NULL : tr_apart_other(TR_LIBZIP, err);
    bool all = true;

    if (!library && !&zip_close)
        return -1;
#define CALL(name) all &= (z->name = TR_APART_OTHER(library, zip_##name)) != NULL;
    ZIP_CALLS(CALL)
#undef CALL
    return all ? 0 : tr_err_set(err, TR_E_LIBRARY, TR_LIBZIP, "", NULL);
}

/* ---- writing ---- */

/* A day as the archive writes it: bits for year (since 1980), month and day; midnight, no time
 * zone. */
static zip_uint16_t dos_day(struct tr_str day)
{
    struct tr_date date;

    if (!tr_date_parse(day, &date) || date.year < 1980 || date.year > 2107)
        date = (struct tr_date){1980, 1, 1};
    return (zip_uint16_t)((date.year - 1980) << 9 | date.month << 5 | date.day);
}

/* What is shorter is not compressed: to start doing so takes longer than all of it. The lowest level
 * takes a third of the time of the usual one, for a quarter more bytes. */
enum { SHORT = 2048, LEVEL = 1 };

/* A part whose text comes piece by piece. */
struct piecewise {
    const struct zip_calls *z;
    struct tr_archive_part *part;
    size_t at; /* bytes of the piece that are read */
    zip_uint64_t size;
    zip_error_t error;
    bool ended;
};

/* The next bytes of the part; -1: memory. */
static zip_int64_t read_piece(struct piecewise *p, char *to, size_t size)
{
    struct tr_buf *text = &p->part->text;

    while (p->at == text->len && !p->ended && !text->failed) {
        p->at = 0;
        p->ended = !p->part->more(p->part->cookie, text);
        text->len = p->ended ? 0 : text->len;
    }
    if (text->failed) {
        p->z->error_set(&p->error, ZIP_ER_MEMORY, 0);
        return -1;
    }
    size = size < text->len - p->at ? size : text->len - p->at;
    memcpy(to, text->p + p->at, size);
    p->at += size;
    p->size += size;
    return (zip_int64_t)size;
}

/* Before its end the part says that it is as long as one may be in an archive of the plain kind: of a part
 * of unknown length, libzip makes the kind for large files, which some programs do not read. */
static void describe_pieces(const struct piecewise *p, zip_stat_t *stat)
{
    enum { PLAIN_MOST = 0x7FFFFFFF };

    p->z->stat_init(stat);
    stat->size = p->ended ? p->size : PLAIN_MOST;
    stat->valid = ZIP_STAT_SIZE;
}

static zip_int64_t serve_pieces(void *cookie, void *data, zip_uint64_t size, zip_source_cmd_t command)
{
    struct piecewise *p = cookie;

    switch (command) {
    case ZIP_SOURCE_OPEN:
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_READ:
        return read_piece(p, data, (size_t)size);
    case ZIP_SOURCE_STAT:
        describe_pieces(p, data);
        return sizeof(zip_stat_t);
    case ZIP_SOURCE_ERROR:
        return p->z->error_to_data(&p->error, data, size);
    case ZIP_SOURCE_FREE:
        free(p);
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return p->z->source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                                ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
    default:
        p->z->error_set(&p->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static zip_source_t *open_pieces(const struct zip_calls *z, zip_t *archive, struct tr_archive_part *part)
{
    struct piecewise *p = calloc(1, sizeof *p);
    zip_source_t *source;

    if (!p) {
        z->error_set(z->get_error(archive), ZIP_ER_MEMORY, 0);
        return NULL;
    }
    p->z = z;
    p->part = part;
    z->error_init(&p->error);
    source = z->source_function(archive, serve_pieces, p);
    if (!source)
        free(p);
    return source;
}

/* Adds a part. Its text is read when the archive is closed. -1: archive has the error. */
static int add_part(const struct zip_calls *z, zip_t *archive, struct tr_archive_part *part,
                    zip_uint16_t day)
{
    zip_source_t *source = part->more ? open_pieces(z, archive, part)
                                      : z->source_buffer(archive, part->text.p, part->text.len, 0);
    zip_int64_t at = source ? z->file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
    bool stored = part->stored || (!part->more && part->text.len < SHORT);
    zip_int32_t method = stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;

    if (at < 0) {
        z->source_free(source);
        return -1;
    }
    if (z->set_file_compression(archive, (zip_uint64_t)at, method, LEVEL) < 0)
        return -1;
    return z->file_set_dostime(archive, (zip_uint64_t)at, 0, day, 0);
}

/* Makes the archive of the parts in store; -1 with error. */
static int fill_archive(const struct zip_calls *z, zip_source_t *store,
                        struct tr_archive_part *part, int n, zip_uint16_t day, zip_error_t *error)
{
    zip_t *archive = z->open_from_source(store, ZIP_TRUNCATE, error);
    int status = archive ? 0 : -1;

    if (!archive)
        return -1;
    z->source_keep(store);
    for (int i = 0; status == 0 && i < n; i++)
        status = add_part(z, archive, &part[i], day);
    if (status == 0)
        status = z->close(archive);
    if (status == 0)
        return 0;
    z->error_set(error, z->error_code_zip(z->get_error(archive)),
                  z->error_code_system(z->get_error(archive)));
    z->discard(archive);
    return -1;
}

/* Adds the bytes of the archive to out. */
static int copy_archive(const struct zip_calls *z, zip_source_t *store, struct tr_out *out)
{
    char bytes[16384];
    zip_int64_t n;

    if (z->source_open(store) < 0)
        return -1;
    while ((n = z->source_read(store, bytes, sizeof bytes)) > 0)
        tr_out_add(out, bytes, (size_t)n);
    z->source_close(store);
    return n < 0 ? -1 : 0;
}

int tr_archive_write(struct tr_archive_part *part, int n, struct tr_str day,
                     struct tr_out *out, struct tr_err *err)
{
    zip_source_t *store;
    struct zip_calls z;
    zip_error_t error;
    int status;

    if (find_calls(&z, err) < 0)
        return -1;
    z.error_init(&error);
    store = z.source_buffer_create(NULL, 0, 0, &error);
    status = store ? fill_archive(&z, store, part, n, dos_day(day), &error) : -1;
    if (status == 0 && copy_archive(&z, store, out) < 0) {
        z.error_set(&error, ZIP_ER_READ, 0);
        status = -1;
    }
    z.source_free(store);
    if (status < 0 && z.error_code_zip(&error) == ZIP_ER_MEMORY) {
        out->buf.failed = true;
        status = 0;
    } else if (status < 0) {
        tr_err_set(err, TR_E_DOCUMENT_FORMAT, "zip", z.error_strerror(&error), NULL);
    }
    z.error_fini(&error);
    return status;
}

/* ---- reading ---- */

struct tr_archive {
    struct zip_calls z;
    zip_t *zip;
    zip_file_t *part;
    struct tr_buf held; /* of what cannot be sought in: all of it */
    uint64_t left;      /* bytes that may still be unpacked */
};

static void say(const struct zip_calls *z, struct tr_err *err, zip_error_t *error)
{
    if (z->error_code_zip(error) == ZIP_ER_MEMORY)
        tr_err_memory(err);
    else
        tr_err_set(err, TR_E_SHEET, z->error_strerror(error), NULL, NULL);
}

/* Adds the rest of what fd gives. */
static int hold_rest(struct tr_archive *a, int fd, struct tr_err *err)
{
    for (;;) {
        ssize_t n;

        if (tr_buf_room(&a->held, 1 << 16) < 0)
            return tr_err_memory(err);
        n = read(fd, a->held.p + a->held.len, 1 << 16);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tr_err_sys(err, TR_E_READ, NULL);
        if (n == 0)
            return 0;
        a->held.len += (size_t)n;
        if (a->held.len > TR_ARCHIVE_HELD)
            return tr_err_num(err, TR_E_SHEET_SIZE, TR_ARCHIVE_HELD >> 20);
    }
}

/* A source of its bytes: the file itself where one can seek in it. */
static zip_source_t *source_of(struct tr_archive *a, int fd, struct tr_str start,
                               zip_error_t *error, struct tr_err *err)
{
    int own = lseek(fd, 0, SEEK_SET) == 0 ? dup(fd) : -1;
    FILE *file = own >= 0 ? fdopen(own, "rb") : NULL;
    zip_source_t *source;

    if (file) {
        source = a->z.source_filep_create(file, 0, -1, error);
        if (!source)
            fclose(file);
        return source;
    }
    if (own >= 0)
        close(own);
    tr_buf_str(&a->held, start);
    return hold_rest(a, fd, err) < 0 ? NULL
                                     : a->z.source_buffer_create(a->held.p, a->held.len, 0, error);
}

struct tr_archive *tr_archive_open(int fd, struct tr_str start, struct tr_err *err)
{
    struct tr_archive *a = calloc(1, sizeof *a);
    zip_source_t *source;
    zip_error_t error;

    if (!a) {
        tr_err_memory(err);
        return NULL;
    }
    a->left = TR_ARCHIVE_UNPACKED;
    if (find_calls(&a->z, err) < 0) {
        free(a);
        return NULL;
    }
    a->z.error_init(&error);
    err->code = TR_OK;
    source = source_of(a, fd, start, &error, err);
    a->zip = source ? a->z.open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (!a->zip) {
        if (source)
            a->z.source_free(source);
        if (err->code == TR_OK)
            say(&a->z, err, &error);
    }
    a->z.error_fini(&error);
    if (a->zip)
        return a;
    tr_archive_close(a);
    return NULL;
}

void tr_archive_close(struct tr_archive *a)
{
    if (!a)
        return;
    if (a->part)
        a->z.fclose(a->part);
    if (a->zip)
        a->z.discard(a->zip);
    tr_buf_clear(&a->held);
    free(a);
}

int tr_archive_part(struct tr_archive *a, const char *name, struct tr_err *err)
{
    zip_int64_t at = a->z.name_locate(a->zip, name, ZIP_FL_NOCASE);
    zip_stat_t stat;

    if (a->part)
        a->z.fclose(a->part);
    a->part = NULL;
    if (at < 0)
        return 0;
    if (a->z.stat_index(a->zip, (zip_uint64_t)at, 0, &stat) == 0 &&
        stat.valid & ZIP_STAT_ENCRYPTION_METHOD && stat.encryption_method != ZIP_EM_NONE)
        return tr_err_set(err, TR_E_SHEET_LOCKED, NULL, NULL, NULL);
    a->part = a->z.fopen_index(a->zip, (zip_uint64_t)at, 0);
    if (a->part)
        return 1;
    say(&a->z, err, a->z.get_error(a->zip));
    return -1;
}

ssize_t tr_archive_read(struct tr_archive *a, char *p, size_t size, struct tr_err *err)
{
    zip_int64_t n = a->z.fread(a->part, p, size);

    if (n < 0) {
        say(&a->z, err, a->z.file_get_error(a->part));
        return -1;
    }
    if ((uint64_t)n > a->left)
        return tr_err_num(err, TR_E_SHEET_SIZE, TR_ARCHIVE_UNPACKED >> 20);
    a->left -= (uint64_t)n;
    return (ssize_t)n;
}
