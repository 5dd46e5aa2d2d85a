#define _GNU_SOURCE
#include "cli/register/register.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/idnum.h"
#include "cli/app/memory.h"
#include "cli/app/sandbox.h"

enum { TIMEOUT = 10, TIMEOUT_MAX = 3600 };

void tr_register_init(struct tr_app *app, struct tr_register *r)
{
    time_t now = time(NULL);
    struct tm utc;

    *r = (struct tr_register){.app = app};
    gmtime_r(&now, &utc);
    strftime(r->moment, sizeof r->moment, "%Y-%m-%dT%H:%M:%SZ", &utc);
    memcpy(r->day, r->moment, TR_DATE_LEN);
    if (app->user)
        snprintf(r->who, sizeof r->who, "%s", app->user);
    else
        snprintf(r->who, sizeof r->who, "%ld", (long)geteuid());
}

int tr_register_check_profile(struct tr_register *r, const char *path)
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
    made.len = 0;
    if (rc == 0)
        rc = tr_store_setting(r->store, "copy", &made, &err);
    tr_err_copy(r->copy, sizeof r->copy, tr_buf_slice(&made));
    tr_buf_clear(&made);
    return rc < 0 ? tr_app_fail(r->app, &err) : 0;
}

static int fail_older(struct tr_register *r, const char *path)
{
    struct tr_err err;

    tr_err_num(&err, TR_E_REGISTER_OLDER, (unsigned long long)tr_store_version(r->store));
    err.source = path;
    return tr_app_fail(r->app, &err);
}

/* Keeps the process to the files named, and to the witness that the register names. -1: said. */
static int lock_files(struct tr_register *r)
{
    struct tr_buf witness = {0};
    struct tr_err err;
    int rc = tr_store_is_too_old(r->store)
                 ? 0
                 : tr_store_setting(r->store, "witness", &witness, &err);

    if (rc == 0 && witness.failed)
        rc = tr_err_memory(&err);
    if (rc < 0)
        tr_app_say(r->app, &err);
    else /* a file goes by its path from the root */
        rc = tr_sandbox_files(r->app, witness.len > 0 && *witness.p == '/' ? tr_buf_z(&witness) : NULL);
    tr_buf_clear(&witness);
    return rc;
}

int tr_register_expect(struct tr_app *app, const char *path)
{
    struct tr_register r = {.app = app};
    struct tr_err err;
    int rc;

    r.store = tr_store_open(path, TR_STORE_READ, TIMEOUT * 1000, &err);
    rc = r.store ? lock_files(&r) : tr_sandbox_files(app, NULL); /* why not, who opens it says */
    tr_register_close(&r);
    return rc;
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
    r->remembering = true;
    tr_memory_remember();
    app->register_name = path;
    r->store = tr_store_open(path, mode, (int)seconds * 1000, &err);
    if (!r->store)
        return tr_app_fail(app, &err);
    if (tr_store_is_too_old(r->store) && mode == TR_STORE_READ)
        return fail_older(r, path);
    if (lock_files(r) < 0)
        return -1;
    return tr_store_is_too_old(r->store) ? 0 : tr_register_check_profile(r, path);
}

void tr_register_done(struct tr_register *r)
{
    bool late = tr_memory_failed_late();

    tr_store_close(r->store);
    if (!late && tr_memory_failed_late())
        tr_app_no_memory(r->app); /* all is done; a journal may stand, and the next program takes it */
    tr_keys_free(r->keys);
    r->store = NULL;
    r->keys = NULL;
    if (r->remembering)
        tr_memory_forget();
    r->remembering = false;
}

void tr_register_close(struct tr_register *r)
{
    tr_register_done(r);
    while (r->n_tables > 0)
        free(r->table[--r->n_tables]);
}

/* ---- changing it ---- */

int tr_register_commit(struct tr_register *r)
{
    struct tr_buf witness = TR_BUF_IN(r->witness);
    struct tr_err err;
    int rc = tr_store_setting(r->store, "witness", &witness, &err);

    r->witness[witness.len < sizeof r->witness ? witness.len : 0] = '\0';
    if (rc == 0)
        rc = tr_store_ready(r->store, &err);
    if (rc == 0 && tr_memory_out())
        rc = tr_err_memory(&err);
    if (rc == 0 && tr_store_commit(r->store, &err) == 0) {
        tr_memory_settled();
        tr_app_changed(r->app);
        return 0;
    }
    tr_store_rollback(r->store);
    tr_output_throw_away();
    return tr_app_fail(r->app, &err);
}

static int compare(const void *a, const void *b)
{
    const struct tr_str *x = a, *y = b;
    size_t n = x->len < y->len ? x->len : y->len;
    int c = memcmp(x->p, y->p, n);

    return c ? c : (x->len > y->len) - (x->len < y->len);
}

void tr_register_order(struct tr_buf *persons)
{
    size_t n = 0, k = 0;
    struct tr_str rest = tr_buf_slice(persons), one, *all;
    struct tr_buf ordered = {0};

    for (size_t i = 0; i < persons->len; i++)
        n += persons->p[i] == '\n';
    all = calloc(n + 1, sizeof *all);
    while (all && k < n && tr_str_part(&rest, '\n', &one))
        all[k++] = one;
    if (all)
        qsort(all, n, sizeof *all, compare);
    for (size_t i = 0; all && i < n; i++)
        if (i == 0 || !tr_str_eq(all[i], all[i - 1])) {
            tr_buf_str(&ordered, all[i]);
            tr_buf_char(&ordered, '\n');
        }
    ordered.failed |= !all || persons->failed;
    free(all);
    tr_buf_clear(persons);
    *persons = ordered;
}

int tr_register_log(struct tr_register *r, const char *what, const char *why, struct tr_str persons)
{
    char in_copy[32];
    struct tr_access line = {.at = tr_str(r->moment), .who = tr_str(r->who), .why = tr_str(why)};
    struct tr_err err;

    snprintf(in_copy, sizeof in_copy, r->copy[0] ? "%s-copy" : "%s", what);
    line.what = tr_str(in_copy);
    return tr_store_log(r->store, &line, persons, &err) < 0 ? tr_app_fail(r->app, &err) : 0;
}

void tr_register_check_reason(const struct tr_app *app, const char *reason)
{
    for (const char *p = reason; p && *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F ||
            ((unsigned char)*p == 0xC2 && (unsigned char)p[1] < 0xA0))
            tr_app_usage(app, N_("--reason is text, without control characters"), NULL, NULL);
}

void tr_register_check_person(const struct tr_app *app, const char *person)
{
    if (person && tr_idnum_is_in(tr_str(person)))
        tr_app_usage(app, N_("--person takes the pseudonym that register-get writes, not a number"),
                     NULL, NULL);
}
