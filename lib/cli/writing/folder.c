/* Documents wait in a ring until they are files. The main thread puts one in; the folder's thread makes
 * them, and so does the main thread when the ring is full or all has been put. Only the main
 * thread opens files and says what failed: it takes them out in the order in which they came in. */
#define _GNU_SOURCE
#include "cli/writing/folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sizes.h"
#include "base/thread.h"
#include "cli/app/memory.h"

enum { NAME_BYTES_MAX = 120 };

/* A document on its way. */
struct waiting {
    struct tr_document d;
    const struct tr_document_format *format;
    struct tr_out made; /* in memory */
    struct tr_err err;
    int rc;
    enum { TO_MAKE, BEING_MADE, MADE } state;
};

struct tr_folder {
    struct tr_app *app;
    const char *path;
    struct waiting ring[TR_SIZE_MADE];
    unsigned put, taken; /* how many came in and went out */
    pthread_mutex_t lock;
    pthread_cond_t moved;
    pthread_t thread;
    bool threaded, stop;
};

/* ---- names ---- */

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

/* The name is fit. */
static int open_file(struct tr_folder *f, struct tr_output *output, struct tr_str name,
                     const char *ending)
{
    struct tr_buf path = {0};
    int rc;

    tr_buf_text(&path, f->path);
    if (path.len > 0 && path.p[path.len - 1] != '/')
        tr_buf_char(&path, '/');
    tr_buf_str(&path, name);
    tr_buf_char(&path, '.');
    tr_buf_text(&path, ending);
    rc = tr_buf_z(&path) ? tr_output_open(f->app, output, tr_buf_z(&path), false)
                         : tr_app_no_memory(f->app);
    if (rc == 0)
        output->together = true;
    tr_buf_clear(&path);
    return rc;
}

int tr_folder_file(struct tr_folder *f, struct tr_output *output, struct tr_str name,
                   const char *ending, const char *source, uint64_t line)
{
    return fit(name) ? open_file(f, output, name, ending)
                     : refuse_name(f->app, name, source, line);
}

/* ---- making, in any thread ---- */

static void make(struct waiting *w)
{
    w->made = (struct tr_out){.fd = -1};
    w->made.buf.failed = w->d.failed;
    w->rc = w->d.failed ? 0 : w->format->write(&w->d, &w->made, &w->err);
}

/* The next that nobody makes yet, which is the caller's now; NULL: there is none. */
static struct waiting *next_to_make(struct tr_folder *f)
{
    for (unsigned i = f->taken; i != f->put; i++) {
        struct waiting *w = &f->ring[i % TR_SIZE_MADE];

        if (w->state == TO_MAKE) {
            w->state = BEING_MADE;
            return w;
        }
    }
    return NULL;
}

/* Makes one, or waits until something moved. The lock is held. */
static void work(struct tr_folder *f)
{
    struct waiting *w = next_to_make(f);

    if (!w) {
        pthread_cond_wait(&f->moved, &f->lock);
        return;
    }
    pthread_mutex_unlock(&f->lock);
    make(w);
    pthread_mutex_lock(&f->lock);
    w->state = MADE;
    pthread_cond_broadcast(&f->moved);
}

static void *make_more(void *cookie)
{
    struct tr_folder *f = cookie;

    pthread_mutex_lock(&f->lock);
    while (!f->stop)
        work(f);
    pthread_mutex_unlock(&f->lock);
    tr_memory_wipe_stack();
    return NULL;
}

/* ---- putting ---- */

struct tr_folder *tr_folder_open(struct tr_app *app, const char *path)
{
    struct tr_folder *f = calloc(1, sizeof *f);
    struct tr_buf plain = {0};
    size_t n = strlen(path);
    int rc;

    while (n > 1 && path[n - 1] == '/') /* the folder itself, not what is in it */
        n--;
    tr_buf_add(&plain, path, n);
    rc = f && !plain.failed ? tr_output_place(app, tr_buf_z(&plain)) : tr_app_no_memory(app);
    tr_buf_clear(&plain);
    if (rc == 0 && tr_output_folder(path, 0700, true) < 0)
        rc = cannot(app, path);
    if (rc < 0) {
        free(f);
        return NULL;
    }
    f->app = app;
    f->path = path;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->moved, NULL);
    return f;
}

static int write_made(struct tr_folder *f, struct waiting *w)
{
    struct tr_output output;
    int rc = open_file(f, &output, w->d.filed, w->format->ending);

    if (rc < 0)
        return -1;
    output.out.buf.failed |= w->made.buf.failed;
    if (w->rc < 0)
        rc = tr_app_fail(f->app, &w->err);
    else
        tr_out_str(&output.out, tr_buf_slice(&w->made.buf));
    return tr_output_close(f->app, &output, rc == 0) < 0 ? -1 : rc;
}

/* Takes the oldest out, and writes its file, unless the program has failed by now. */
static int take_out(struct tr_folder *f)
{
    struct waiting *w = &f->ring[f->taken % TR_SIZE_MADE];
    int rc;

    pthread_mutex_lock(&f->lock);
    while (w->state != MADE)
        work(f);
    pthread_mutex_unlock(&f->lock);
    rc = f->app->status >= TR_EXIT_INTERNAL ? -1 : write_made(f, w);
    tr_buf_clear(&w->made.buf);
    tr_document_clear(&w->d);
    pthread_mutex_lock(&f->lock);
    f->taken++;
    pthread_mutex_unlock(&f->lock);
    return rc;
}

int tr_folder_put(struct tr_folder *f, struct tr_document *d,
                  const struct tr_document_format *format, const char *source, uint64_t line)
{
    int rc = 0;

    if (d->hides || !fit(d->filed)) {
        rc = refuse_name(f->app, d->filed, source, line);
        tr_document_clear(d);
        return rc;
    }
    if (f->put - f->taken == TR_SIZE_MADE)
        rc = take_out(f);
    pthread_mutex_lock(&f->lock);
    f->ring[f->put++ % TR_SIZE_MADE] = (struct waiting){.d = *d, .format = format};
    pthread_cond_broadcast(&f->moved);
    pthread_mutex_unlock(&f->lock);
    *d = (struct tr_document){0};
    /* The second tells that there are several; text is made faster than it is handed over. */
    if (f->put == 2 && format->binary)
        f->threaded = pthread_create(&f->thread, NULL, make_more, f) == 0;
    return rc;
}

int tr_folder_close(struct tr_folder *f)
{
    int rc = 0, fd;
    struct tr_err err;

    if (!f)
        return 0;
    while (f->taken != f->put)
        rc = take_out(f) < 0 ? -1 : rc;
    if (f->threaded) {
        pthread_mutex_lock(&f->lock);
        f->stop = true;
        pthread_cond_broadcast(&f->moved);
        pthread_mutex_unlock(&f->lock);
        pthread_join(f->thread, NULL);
    }
    pthread_cond_destroy(&f->moved);
    pthread_mutex_destroy(&f->lock);
    if ((fd = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0) {
        rc = cannot(f->app, f->path);
    } else {
        if (syncfs(fd) < 0) {
            tr_err_sys(&err, TR_E_WRITE, f->path);
            rc = tr_app_fail(f->app, &err);
        }
        close(fd);
    }
    free(f);
    return rc;
}
