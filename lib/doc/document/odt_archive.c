#include "doc/document/odt_own.h"

#include <zip.h>

#include "base/date.h"

/* A day as the archive writes it: bits for year (since 1980), month and day; midnight, no time
 * zone. */
static zip_uint16_t dos_day(struct tr_str day)
{
    struct tr_date date;

    if (!tr_date_parse(day, &date) || date.year < 1980 || date.year > 2107)
        date = (struct tr_date){1980, 1, 1};
    return (zip_uint16_t)((date.year - 1980) << 9 | date.month << 5 | date.day);
}

/* Adds a part. Its text is read when the archive is closed. -1: archive has the error. */
static int add_part(zip_t *archive, const struct tr_odt_part *part, zip_uint16_t day)
{
    zip_source_t *source = zip_source_buffer(archive, part->text.p, part->text.len, 0);
    zip_int64_t at = source ? zip_file_add(archive, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
    zip_int32_t method = part->stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE;

    if (at < 0) {
        zip_source_free(source);
        return -1;
    }
    if (zip_set_file_compression(archive, (zip_uint64_t)at, method, 6) < 0)
        return -1;
    return zip_file_set_dostime(archive, (zip_uint64_t)at, 0, day, 0);
}

/* Makes the archive of the parts in store; -1 with error. */
static int fill_archive(zip_source_t *store, const struct tr_odt_part *part, int n,
                        zip_uint16_t day, zip_error_t *error)
{
    zip_t *archive = zip_open_from_source(store, ZIP_TRUNCATE, error);
    int status = archive ? 0 : -1;

    if (!archive)
        return -1;
    zip_source_keep(store);
    for (int i = 0; status == 0 && i < n; i++)
        status = add_part(archive, &part[i], day);
    if (status == 0)
        status = zip_close(archive);
    if (status == 0)
        return 0;
    zip_error_set(error, zip_error_code_zip(zip_get_error(archive)),
                  zip_error_code_system(zip_get_error(archive)));
    zip_discard(archive);
    return -1;
}

/* Adds the bytes of the archive to out. */
static int copy_archive(zip_source_t *store, struct tr_out *out)
{
    char bytes[16384];
    zip_int64_t n;

    if (zip_source_open(store) < 0)
        return -1;
    while ((n = zip_source_read(store, bytes, sizeof bytes)) > 0)
        tr_out_add(out, bytes, (size_t)n);
    zip_source_close(store);
    return n < 0 ? -1 : 0;
}

int tr_odt_archive(const struct tr_odt_part *part, int n, struct tr_str day, struct tr_out *out,
                   struct tr_err *err)
{
    zip_source_t *store;
    zip_error_t error;
    int status;

    zip_error_init(&error);
    store = zip_source_buffer_create(NULL, 0, 0, &error);
    status = store ? fill_archive(store, part, n, dos_day(day), &error) : -1;
    if (status == 0 && copy_archive(store, out) < 0) {
        zip_error_set(&error, ZIP_ER_READ, 0);
        status = -1;
    }
    zip_source_free(store);
    if (status < 0 && zip_error_code_zip(&error) == ZIP_ER_MEMORY) {
        out->buf.failed = true;
        status = 0;
    } else if (status < 0) {
        tr_err_set(err, TR_E_DOCUMENT_FORMAT, "ODT", zip_error_strerror(&error), NULL);
    }
    zip_error_fini(&error);
    return status;
}
