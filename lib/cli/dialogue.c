#include "cli/dialogue.h"

#include <errno.h>
#include <unistd.h>

#include "base/text.h"
#include "base/utf8.h"

enum { ANSWER_MOST = 1 << 16 };

void tr_tell(struct tr_dialogue *a, struct tr_str line)
{
    struct tr_buf text = {0};

    tr_text_show(line, &text);
    tr_buf_char(&text, '\n');
    for (size_t at = 0; !text.failed && at < text.len;) {
        ssize_t n = write(STDERR_FILENO, text.p + at, text.len - at);

        if (n < 0 && errno != EINTR)
            break; /* as with every message: who cannot hear goes without */
        at += n > 0 ? (size_t)n : 0;
    }
    if (text.failed)
        tr_app_no_memory(a->app);
    tr_buf_clear(&text);
}

/* The next byte; 0: there is none. -1: said. */
static int next(struct tr_dialogue *a, char *c)
{
    struct tr_err err;
    ssize_t n = 1;

    if (a->at == a->n) {
        do
            n = read(STDIN_FILENO, a->held, sizeof a->held);
        while (n < 0 && errno == EINTR);
        a->at = 0;
        a->n = n > 0 ? (size_t)n : 0;
    }
    if (n < 0) {
        tr_err_sys(&err, TR_E_READ, "-");
        return tr_app_fail(a->app, &err);
    }
    if (n > 0)
        *c = a->held[a->at++];
    return n > 0;
}

/* An answer must be text. */
static int check(struct tr_dialogue *a, const struct tr_buf *answer)
{
    bool wide = false, marks = false;
    struct tr_err err;

    if (answer->failed)
        return tr_app_no_memory(a->app);
    if (answer->len <= ANSWER_MOST &&
        tr_utf8_valid(answer->p, answer->len, &wide, &marks) == answer->len &&
        !(answer->len > 0 && memchr(answer->p, '\0', answer->len)))
        return 1;
    tr_err_set(&err, TR_E_ENCODING_MIXED, "UTF-8", NULL, NULL);
    err.source = "-";
    return tr_app_fail(a->app, &err);
}

int tr_ask(struct tr_dialogue *a, struct tr_str question, struct tr_buf *answer)
{
    struct tr_str bare;
    int status;
    char c;

    tr_tell(a, question);
    answer->len = 0;
    while ((status = next(a, &c)) > 0 && c != '\n')
        if (answer->len <= ANSWER_MOST)
            tr_buf_char(answer, c);
    if (status < 0 || (status == 0 && answer->len == 0))
        return status;
    status = check(a, answer);
    bare = tr_text_trim(tr_buf_slice(answer));
    if (bare.len > 0)
        memmove(answer->p, bare.p, bare.len);
    answer->len = bare.len;
    return status;
}
