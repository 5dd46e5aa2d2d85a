/* The witness: a second place, of the administrator's choice, that is told where the register
 * stands.
 *
 * Problem: all marks in a file are right again when the whole file is put back as it was. Idea:
 * after each commit a line goes to a place that whoever can put back the file cannot: another
 * machine's share, the system's log. It holds no name and no reason: the register's id, the last
 * line of its log, its last put, and the keyed hash of that line. A register with less than its
 * witness knows is an older copy. What is told follows the commit, and comes before anything is
 * shown: a program that dies in between has shown nothing.
 *
 * Whoever may only add to the file could still add an entry that says less, or one of before again.
 * So each entry is bound under a key, and nothing but a later one that says "restored" takes back
 * what was known: entries count wherever they stand. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "cli/input/inputs.h"
#include "cli/register/register.h"

enum { ENTRY_MAX = 320, CHUNK = 1 << 16 };

static const char system_log[] = "syslog";

/* What an entry says. */
struct entry {
    long long line, put;
    char mark[2 * TR_HASH_LEN + 1];
    char at[TR_MOMENT_LEN + 1];
    char text[2 * ENTRY_MAX]; /* all of it, up to its proof */
    char proof[2 * TR_MARK_LEN + 1];
    bool restored, anew, copy, same;
};

static int fail(struct tr_register *r, enum tr_code code, const char *path)
{
    struct tr_err err;

    tr_err_sys(&err, code, path);
    return tr_app_fail(r->app, &err);
}

/* The witness that the register was given; empty when it has none. */
static int witness_of(struct tr_register *r, struct tr_buf *out)
{
    struct tr_err err;

    return tr_store_setting(r->store, "witness", out, &err) < 0 ? tr_app_fail(r->app, &err) : 0;
}

/* Opens the file of a witness: a regular one, that is there. */
static int open_file(const char *path, int flags)
{
    int fd = open(path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    struct stat st;

    if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        errno = EINVAL;
        return -1;
    }
    return fd;
}

static int fail_place(struct tr_app *app, const char *given)
{
    struct tr_err err;

    tr_err_set(&err, TR_E_OUTPUT_PLACE, NULL, NULL, NULL);
    err.source = given;
    return tr_app_fail(app, &err);
}

int tr_register_make_witness(struct tr_app *app, const char *given, struct tr_buf *out)
{
    char here[4096];
    struct tr_err err;
    int fd;

    if (strcmp(given, system_log) != 0 && given[0] != '/' && getcwd(here, sizeof here)) {
        tr_buf_text(out, here);
        tr_buf_char(out, '/');
    }
    tr_buf_text(out, given);
    if (out->failed)
        return tr_app_no_memory(app);
    if (strcmp(given, system_log) == 0)
        return 0;
    if (!tr_output_folder_is_safe(tr_buf_z(out)))
        return fail_place(app, given);
    fd = open_file(tr_buf_z(out), O_WRONLY | O_APPEND | O_CREAT);
    if (fd >= 0 && close(fd) == 0)
        return 0;
    tr_err_sys(&err, TR_E_CREATE, given);
    return tr_app_fail(app, &err);
}

static int append(const char *path, const char *text, size_t n)
{
    int fd = open_file(path, O_WRONLY | O_APPEND), rc;

    if (fd < 0)
        return -1;
    rc = write(fd, text, n) == (ssize_t)n && fsync(fd) == 0 ? 0 : -1;
    return close(fd) < 0 ? -1 : rc;
}

int tr_register_tell_witness(struct tr_register *r, const char *how)
{
    char text[ENTRY_MAX], proof[2 * TR_MARK_LEN + 1];
    struct tr_store_stand stand;
    struct tr_err err;
    int rc, n;

    if (!r->witness[0])
        return 0;
    rc = tr_store_stand(r->store, &stand, &err) < 0 ? tr_app_fail(r->app, &err) : 0;
    n = snprintf(text, sizeof text,
                 "transition register=%s line=%lld put=%lld mark=%s at=%s%s%s%s%s", stand.reg,
                 (long long)stand.line, (long long)stand.put, stand.mark, r->moment, how ? " " : "",
                 how ? how : "", r->copy[0] ? " copy=" : "", r->copy);
    if (rc == 0 && tr_store_entry_proof(r->store, (struct tr_str){text, (size_t)n}, proof, &err) < 0)
        rc = tr_app_fail(r->app, &err);
    if (rc == 0)
        n += snprintf(text + n, sizeof text - (size_t)n, " proof=%s\n", proof);
    if (rc == 0 && strcmp(r->witness, system_log) == 0) {
        syslog(LOG_AUTHPRIV | LOG_NOTICE, "%.*s", n - 1, text); /* sandbox.c opened it */
    } else if (rc == 0 && append(r->witness, text, (size_t)n) < 0) {
        rc = fail(r, TR_E_WITNESS, r->app->register_name);
    }
    return rc;
}

/* ---- reading one ---- */

/* Reads an entry about this register out of a line, whatever stands before it. */
static bool parse(struct tr_str line, const char *reg, struct entry *out)
{
    char text[2 * ENTRY_MAX], start[80];
    char *at, *proof;

    tr_err_copy(text, sizeof text, line);
    snprintf(start, sizeof start, "transition register=%s line=", reg);
    at = strstr(text, start);
    if (!at || sscanf(at + strlen(start), "%lld put=%lld mark=%64[0-9a-f] at=%20[0-9TZ:-]",
                      &out->line, &out->put, out->mark, out->at) != 4)
        return false;
    out->restored = strstr(at, " restored") != NULL;
    out->anew = strstr(at, " anew") != NULL;
    out->copy = strstr(at, " copy=") != NULL;
    out->proof[0] = '\0';
    proof = strstr(at, " proof=");
    if (proof) {
        sscanf(proof, " proof=%32[0-9a-f]", out->proof);
        *proof = '\0';
    }
    snprintf(out->text, sizeof out->text, "%s", at);
    return true;
}

/* Whether a program wrote it that had a key of the register. */
static bool is_genuine(struct tr_register *r, const struct entry *e)
{
    char proof[2 * TR_MARK_LEN + 1];
    struct tr_err err;

    return tr_store_entry_proof(r->store, tr_str(e->text), proof, &err) == 0 &&
           strcmp(proof, e->proof) == 0;
}

static int read_all(const char *path, struct tr_buf *out)
{
    int fd = open_file(path, O_RDONLY);
    ssize_t n = fd < 0 ? -1 : 1;

    while (n > 0 && tr_buf_room(out, CHUNK) == 0) {
        n = read(fd, out->p + out->len, CHUNK);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n > 0)
            out->len += (size_t)n;
    }
    if (fd >= 0)
        close(fd);
    return n < 0 || out->failed ? -1 : 0;
}

static int fail_ahead(struct tr_register *r, const struct entry *known)
{
    char number[2][24];
    struct tr_err err;

    snprintf(number[0], sizeof number[0], "%lld", known->line);
    snprintf(number[1], sizeof number[1], "%lld", known->put);
    tr_err_set(&err, TR_E_WITNESS_AHEAD, number[0], number[1], NULL);
    err.source = r->app->register_name;
    return tr_app_fail(r->app, &err);
}

/* What a witness knows beyond where the register stands: 1 and the entry, 0. *any: it knows the
 * register at all. */
static int look_ahead(struct tr_register *r, const struct tr_store_stand *stand, struct tr_str text,
                      struct entry *out, bool *any)
{
    struct entry one;
    struct tr_str line;
    bool ahead = false;

    *any = false;
    while (tr_str_part(&text, '\n', &line)) {
        if (!parse(line, stand->reg, &one) || one.copy)
            continue;
        if (one.line > stand->line || one.put > stand->put) {
            if (is_genuine(r, &one)) {
                *out = one;
                *any = ahead = true;
            }
        } else if (ahead && one.restored && strcmp(one.at, out->at) >= 0 && is_genuine(r, &one)) {
            ahead = false;
        } else if (!*any) {
            *any = is_genuine(r, &one);
        }
    }
    return ahead;
}

/* Holds the register against all that a witness knows. */
static int judge(struct tr_register *r, struct tr_str text, bool may_be_silent)
{
    struct tr_store_stand stand;
    struct entry known;
    struct tr_err err;
    bool any;

    if (tr_store_stand(r->store, &stand, &err) < 0)
        return tr_app_fail(r->app, &err);
    if (look_ahead(r, &stand, text, &known, &any))
        return fail_ahead(r, &known);
    if (any || may_be_silent || (stand.line == 0 && stand.put == 0))
        return 0;
    tr_err_set(&err, TR_E_WITNESS_SILENT, NULL, NULL, NULL);
    err.source = r->app->register_name;
    return tr_app_fail(r->app, &err);
}

static int ask(struct tr_register *r, bool may_be_silent)
{
    struct tr_buf witness = {0}, text = {0};
    int rc = witness_of(r, &witness);

    if (rc == 0 && witness.len > 0 && !r->copy[0] && strcmp(tr_buf_z(&witness), system_log) != 0)
        rc = read_all(tr_buf_z(&witness), &text) < 0
                 ? fail(r, TR_E_WITNESS, r->app->register_name)
                 : judge(r, tr_buf_slice(&text), may_be_silent);
    tr_buf_clear(&witness);
    tr_buf_clear(&text);
    return rc;
}

int tr_register_ask_witness(struct tr_register *r)
{
    return ask(r, false);
}

int tr_register_leave_witness(struct tr_register *r)
{
    return ask(r, true);
}

/* Drops the entries that a restored register no longer has: those of lines that came later. */
static size_t drop_later(struct entry *entry, size_t n, long long line)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (entry[i].line < line)
            entry[kept++] = entry[i];
    return kept;
}

/* Says each line of the log that no entry about it knows. */
static int compare(struct tr_register *r, struct entry *entry, size_t n)
{
    char mark[2 * TR_HASH_LEN + 1], number[24];
    struct tr_err err;
    int found = 0;

    for (size_t i = 0; i < n; i++) {
        if (tr_store_line_mark(r->store, entry[i].line, mark, &err) < 0)
            return tr_app_fail(r->app, &err);
        entry[i].same = strcmp(mark, entry[i].mark) == 0;
    }
    for (size_t i = 0; i < n; i++) {
        bool same = false;

        for (size_t k = 0; k < n && !entry[i].same; k++)
            same |= entry[k].line == entry[i].line && (entry[k].same || k < i);
        if (entry[i].same || same)
            continue;
        snprintf(number, sizeof number, "%lld", entry[i].line);
        tr_err_set(&err, TR_E_WITNESS_DIFFERS, number, NULL, NULL);
        err.source = r->app->register_name;
        tr_app_say(r->app, &err);
        found = 1;
    }
    return found;
}

int tr_register_compare_witness(struct tr_register *r, const char *path)
{
    struct tr_store_stand stand;
    struct entry *entry = NULL, one;
    struct tr_buf text = {0};
    struct tr_str rest, line;
    struct tr_err err;
    size_t n = 0, room = 0;
    int rc = tr_store_stand(r->store, &stand, &err) < 0 ? tr_app_fail(r->app, &err) : 0;

    if (rc == 0)
        rc = read_all(path, &text) < 0 ? fail(r, TR_E_READ, path)
                                       : judge(r, tr_buf_slice(&text), false);
    for (rest = tr_buf_slice(&text); rc == 0 && tr_str_part(&rest, '\n', &line);) {
        if (!parse(line, stand.reg, &one) || one.copy)
            continue;
        if (one.anew)
            n = 0;
        if (one.restored)
            n = drop_later(entry, n, one.line);
        if (n == room) {
            struct entry *more = realloc(entry, (room += room + 64) * sizeof *entry);

            if (!more) {
                rc = tr_app_no_memory(r->app);
                break;
            }
            entry = more;
        }
        entry[n++] = one;
    }
    if (rc == 0)
        rc = compare(r, entry, n);
    free(entry);
    tr_buf_clear(&text);
    return rc;
}
