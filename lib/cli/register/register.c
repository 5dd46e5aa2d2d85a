#define _GNU_SOURCE
#include "cli/register/register.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"

enum { TIMEOUT = 10, TIMEOUT_MAX = 3600 };

/* ---- opening ---- */

void tr_register_init(struct tr_app *app, struct tr_register *r)
{
    const struct passwd *user = getpwuid(geteuid());
    time_t now = time(NULL);
    struct tm utc;

    *r = (struct tr_register){.app = app};
    gmtime_r(&now, &utc);
    strftime(r->moment, sizeof r->moment, "%Y-%m-%dT%H:%M:%SZ", &utc);
    memcpy(r->day, r->moment, TR_DATE_LEN);
    if (user)
        snprintf(r->who, sizeof r->who, "%s", user->pw_name);
    else
        snprintf(r->who, sizeof r->who, "%ld", (long)geteuid());
    snprintf(r->sql, sizeof r->sql, "%s/register", app->share ? app->share : ".");
}

/* Codes mean what the municipality means by them. */
static int check_profile(struct tr_register *r, const char *path)
{
    struct tr_str now = tr_profile_value(&r->app->profile, "name");
    struct tr_buf made = {0};
    char name[2][64];
    struct tr_err err;
    int rc = tr_store_setting(r->store, "profile", &made, &err);

    if (rc == 0 && made.len > 0 && !tr_str_eq(tr_buf_slice(&made), now)) {
        tr_err_copy(name[0], sizeof name[0], tr_buf_slice(&made));
        tr_err_copy(name[1], sizeof name[1], now);
        rc = tr_err_set(&err, TR_E_REGISTER_PROFILE, name[0], name[1], NULL);
        err.source = path;
    }
    tr_buf_clear(&made);
    return rc < 0 ? tr_app_fail(r->app, &err) : 0;
}

int tr_register_open(struct tr_app *app, struct tr_register *r, const char *path,
                     enum tr_store_mode mode, const char *timeout)
{
    char *end = NULL;
    long seconds = timeout ? strtol(timeout, &end, 10) : TIMEOUT;
    struct tr_err err;

    if (timeout && (end == timeout || *end || seconds < 0 || seconds > TIMEOUT_MAX))
        tr_app_usage(app, N_("--timeout is a number of seconds, not ‘%1’"), timeout, NULL);
    tr_register_init(app, r);
    app->register_name = path;
    r->store = tr_store_open(path, r->sql, mode, (int)seconds * 1000, &err);
    return r->store ? check_profile(r, path) : tr_app_fail(app, &err);
}

void tr_register_close(struct tr_register *r)
{
    tr_store_close(r->store);
    r->store = NULL;
}

/* ---- keys ---- */

int tr_key_create(struct tr_app *app, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    char text[TR_KEY_TEXT_LEN + 1];
    struct tr_key key;
    struct tr_err err;

    if (fd < 0) {
        tr_err_sys(&err, TR_E_CREATE, path);
        return tr_app_fail(app, &err);
    }
    if (tr_key_make(&key) < 0) {
        close(fd);
        return tr_app_no_memory(app);
    }
    tr_key_text(&key, text);
    text[TR_KEY_TEXT_LEN] = '\n';
    tr_key_clear(&key);
    errno = 0;
    if (write(fd, text, sizeof text) != (ssize_t)sizeof text || fsync(fd) < 0 || close(fd) < 0) {
        tr_err_sys(&err, TR_E_WRITE, path);
        unlink(path);
        return tr_app_fail(app, &err);
    }
    memset(text, 0, sizeof text);
    return 0;
}

int tr_key_read(struct tr_app *app, const char *path, struct tr_key *key)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    char text[TR_KEY_TEXT_LEN + 2];
    struct tr_err err;
    struct stat st;
    ssize_t n;

    if (fd < 0 || fstat(fd, &st) < 0) {
        tr_err_sys(&err, TR_E_OPEN, path);
        return tr_app_fail(app, &err);
    }
    n = read(fd, text, sizeof text);
    close(fd);
    tr_err_set(&err, st.st_mode & 077 ? TR_E_KEY_MODE : TR_E_KEY, NULL, NULL, NULL);
    err.source = path;
    if (n > 0 && text[n - 1] == '\n')
        n--;
    if ((st.st_mode & 077) || n < 0 || !tr_key_parse((struct tr_str){text, (size_t)n}, key))
        return tr_app_fail(app, &err);
    memset(text, 0, sizeof text);
    return 0;
}

/* What the key makes of a word of ours: the register keeps it, to know its key again. */
static struct tr_str key_check(const struct tr_key *key, char out[TR_PSEUDONYM_LEN])
{
    tr_pseudonym(key, TR_STR("transition"), out);
    return (struct tr_str){out, TR_PSEUDONYM_LEN};
}

static int check_key(struct tr_register *r, const struct tr_key *key)
{
    struct tr_buf kept = {0};
    char check[TR_PSEUDONYM_LEN];
    struct tr_err err;
    int rc = tr_store_setting(r->store, "key_check", &kept, &err);

    if (rc == 0 && !tr_str_eq(tr_buf_slice(&kept), key_check(key, check))) {
        tr_err_set(&err, TR_E_WRONG_KEY, NULL, NULL, NULL);
        err.source = r->key_path;
        rc = -1;
    }
    tr_buf_clear(&kept);
    return rc < 0 ? tr_app_fail(r->app, &err) : 0;
}

int tr_register_settle(struct tr_register *r, const char *key_path)
{
    char check[TR_PSEUDONYM_LEN];
    struct tr_key key;
    struct tr_err err;
    int rc = tr_key_read(r->app, key_path, &key);

    if (rc == 0 &&
        (tr_store_set(r->store, "profile", tr_profile_value(&r->app->profile, "name"), &err) < 0 ||
         tr_store_set(r->store, "key_check", key_check(&key, check), &err) < 0))
        rc = tr_app_fail(r->app, &err);
    tr_key_clear(&key);
    return rc;
}

int tr_register_key(struct tr_register *r, const char *register_path, const char *path,
                    struct tr_key *key)
{
    if (path)
        snprintf(r->key_path, sizeof r->key_path, "%s", path);
    else
        snprintf(r->key_path, sizeof r->key_path, "%s.key", register_path);
    return tr_key_read(r->app, r->key_path, key) < 0 ? -1 : check_key(r, key);
}

/* ---- getting out ---- */

struct getting {
    struct tr_register *r;
    const struct tr_key *identity;
    struct tr_buf *persons;
    struct tr_out *out;
    enum tr_format format;
    int64_t first, layout; /* of the columns written, and of the row before */
    bool started;
    struct tr_writer writer;
    struct tr_column *columns;
    struct tr_str *cells, *cut; /* as written, and of a row */
    int *from;                  /* of each column written: the cell of a row, or -1 */
    size_t n, n_cut;
    struct tr_buf header, other, row, sealed, open;
    struct tr_err err;
    int failed;
};

/* The fields of a referral that tell who somebody is: their place in the sealed part. */
static const char *const identity_fields[] = {"person_id",    "person_id_kind", "name",
                                              "contact_name", "contact_phone",  "contact_email",
                                              "comment",      "other"};
enum { N_IDENTITY = sizeof identity_fields / sizeof *identity_fields, COLUMNS_MAX = 256 };

/* Starts the output with the columns of a header. */
static int start(struct getting *g, struct tr_str header)
{
    g->header.len = 0;
    tr_buf_str(&g->header, header);
    g->cells = calloc(COLUMNS_MAX + 1, sizeof *g->cells);
    g->cut = calloc(COLUMNS_MAX + 1, sizeof *g->cut);
    g->columns = calloc(COLUMNS_MAX + 1, sizeof *g->columns);
    g->from = calloc(COLUMNS_MAX + 1, sizeof *g->from);
    if (!g->cells || !g->cut || !g->columns || !g->from || g->header.failed)
        return tr_err_memory(&g->err);
    g->n = COLUMNS_MAX;
    tr_csv_cut(g->header.p, g->header.len, g->cells, &g->n);
    for (size_t i = 0; i < g->n; i++) {
        int field = tr_field_find(g->cells[i]);

        g->columns[i] = field < 0 ? (struct tr_column){.name = g->cells[i]}
                                  : tr_field_column((enum tr_field)field);
        g->columns[i].plain = false;
    }
    if (g->identity)
        g->columns[g->n++].name = TR_STR("other");
    tr_writer_start(&g->writer, g->out, g->format, g->columns, g->n);
    g->started = true;
    return 0;
}

/* Finds the columns written among those of a layout. */
static int use_layout(struct getting *g, int64_t layout)
{
    struct tr_str names[COLUMNS_MAX];
    size_t n = COLUMNS_MAX;

    g->other.len = 0;
    if (tr_store_columns(g->r->store, layout, &g->other, &g->err) < 0)
        return -1;
    if (!g->started) {
        g->first = layout;
        if (start(g, tr_buf_slice(&g->other)) < 0)
            return -1;
    }
    tr_csv_cut(g->other.p, g->other.len, names, &n);
    g->n_cut = n;
    for (size_t i = 0; i < g->n; i++) {
        g->from[i] = -1;
        for (size_t c = 0; c < n; c++)
            if (tr_str_eq(g->columns[i].name, names[c]))
                g->from[i] = (int)c;
    }
    g->layout = layout;
    return 0;
}

/* Puts what was sealed into the cells. */
static int unseal(struct getting *g, int64_t record)
{
    struct tr_str rest, part;

    g->sealed.len = g->open.len = 0;
    if (tr_store_sealed(g->r->store, record, &g->sealed, &g->err) < 0)
        return -1;
    if (g->sealed.len == 0)
        return 0;
    if (tr_unseal(g->identity, tr_buf_slice(&g->sealed), &g->open) < 0) {
        tr_err_set(&g->err, TR_E_SEALED, NULL, NULL, NULL);
        return -1;
    }
    rest = tr_buf_slice(&g->open);
    for (int i = 0; i < N_IDENTITY && tr_str_part(&rest, '\x1F', &part); i++)
        for (size_t c = 0; c < g->n; c++)
            if (tr_str_is(g->columns[c].name, identity_fields[i]))
                g->cells[c] = part;
    return 0;
}

static int write_found(void *cookie, const struct tr_store_found *found)
{
    struct getting *g = cookie;
    size_t n;

    if ((!g->started || found->layout != g->layout) && use_layout(g, found->layout) < 0)
        goto failed;
    if (g->persons && found->person.len > 0) {
        tr_buf_str(g->persons, found->person);
        tr_buf_char(g->persons, '\n');
    }
    if (g->format == TR_FORMAT_CSV && !g->identity && g->layout == g->first) {
        tr_out_str(g->out, found->body);
        tr_out_char(g->out, '\n');
        return 0;
    }
    g->row.len = 0;
    tr_buf_str(&g->row, found->body);
    n = g->n_cut;
    tr_csv_cut(g->row.p, g->row.len, g->cut, &n);
    for (size_t i = 0; i < g->n; i++)
        g->cells[i] =
            g->from[i] >= 0 && (size_t)g->from[i] < n ? g->cut[g->from[i]] : (struct tr_str){"", 0};
    if (g->identity && unseal(g, found->record) < 0)
        goto failed;
    tr_writer_row(&g->writer, g->cells);
    return 0;
failed:
    g->failed = -1;
    return -1;
}

int tr_register_get(struct tr_register *r, const struct tr_store_query *query,
                    enum tr_format format, const struct tr_key *identity, struct tr_buf *persons,
                    struct tr_out *out)
{
    struct getting g = {
        .r = r, .identity = identity, .persons = persons, .out = out, .format = format};
    struct tr_buf header = {0};

    if (tr_store_get(r->store, query, write_found, &g, &g.err) < 0)
        g.failed = -1;
    if (!g.failed && !g.started) { /* no record: a header all the same */
        tr_record_header(query->kind, &header);
        g.failed = start(&g, tr_buf_slice(&header));
    }
    if (g.failed)
        tr_app_say(r->app, &g.err);
    free(g.cells);
    free(g.cut);
    free(g.columns);
    free(g.from);
    tr_buf_clear(&header);
    tr_buf_clear(&g.header);
    tr_buf_clear(&g.other);
    tr_buf_clear(&g.row);
    tr_buf_clear(&g.sealed);
    tr_buf_clear(&g.open);
    return g.failed;
}

static const char table_folder[] = "/proc/self/fd/";

bool tr_register_is_table(const char *path)
{
    return strncmp(path, table_folder, strlen(table_folder)) == 0;
}

const char *tr_register_table(struct tr_register *r, enum tr_record_kind kind)
{
    const struct tr_store_query query = {.kind = tr_str(tr_record_kind_names[kind])};
    int fd = memfd_create(tr_record_kind_names[kind], MFD_CLOEXEC);
    struct tr_out out;
    struct tr_err err;
    char *path = NULL;
    int rc;

    if (fd < 0 || asprintf(&path, "%s%d", table_folder, fd) < 0) {
        tr_app_no_memory(r->app);
        return NULL;
    }
    tr_out_init(&out, fd, path);
    rc = tr_register_get(r, &query, TR_FORMAT_CSV, NULL, NULL, &out);
    if (tr_out_close(&out, &err) < 0)
        rc = tr_app_fail(r->app, &err);
    return rc < 0 ? NULL : path; /* kept open: it is the table */
}

int tr_register_tables(struct tr_app *app, struct tr_register *r, const char *path,
                       const tr_wanted_tables wanted)
{
    if (tr_register_open(app, r, path, TR_STORE_READ, NULL) < 0)
        return -1;
    for (int k = 0; k < TR_N_RECORD_KINDS; k++)
        if (wanted[k] && !*wanted[k] &&
            !(*wanted[k] = tr_register_table(r, (enum tr_record_kind)k)))
            return -1;
    return 0;
}
