#include "cli/app/dialogue.h"

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

/* The next line, without its end; of one that is too long, a byte more than an answer has. 1; 0:
 * there are no more; -1: said. */
static int next_line(struct tr_dialogue *a, struct tr_buf *line)
{
    int status;
    char c;

    line->len = 0;
    while ((status = next(a, &c)) > 0 && c != '\n')
        if (line->len <= ANSWER_MOST)
            tr_buf_char(line, c);
    if (line->failed)
        return tr_app_no_memory(a->app);
    return status == 0 && line->len > 0 ? 1 : status;
}

/* The text that tells why a line is no answer; NULL: it is one. */
static const char *why_none(const struct tr_buf *line)
{
    bool wide = false, marks = false;

    if (line->len > ANSWER_MOST)
        return "ask.too_long";
    if (tr_utf8_valid(line->p, line->len, &wide, &marks) < line->len ||
        (line->len > 0 && memchr(line->p, '\0', line->len)))
        return "ask.no_text";
    return NULL;
}

int tr_ask(struct tr_dialogue *a, struct tr_str question, struct tr_buf *answer)
{
    const char *why;
    struct tr_str bare;
    int status;

    do {
        tr_tell(a, question);
        status = next_line(a, answer);
        if (status <= 0)
            return status;
        why = why_none(answer);
        if (why)
            tr_tell(a, tr_profile_text(&a->app->profile, why, a->lang));
    } while (why);
    bare = tr_text_trim(tr_buf_slice(answer));
    if (bare.len > 0)
        memmove(answer->p, bare.p, bare.len);
    answer->len = bare.len;
    return 1;
}
