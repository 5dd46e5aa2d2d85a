#define _GNU_SOURCE
#include "cli/app/memory.h"

#include <errno.h>
#include <libintl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/app/app.h"

enum { STACK = 1 << 17 }; /* bytes: deeper than calls go */

static char words[512], more[512]; /* what is said, ready */
static void (*clean)(void);
static atomic_int remembering;
static atomic_bool out, settled, late;
static bool secrets; /* set before there are threads */

void tr_memory_prepare(const char *program)
{
    int n = snprintf(words, sizeof words, "%s: %s: %s\n", program, tr_code_name(TR_E_MEMORY),
                     gettext(tr_code_text(TR_E_MEMORY)));

    if (n < 0 || (size_t)n >= sizeof words)
        words[0] = '\0';
}

void tr_memory_add(const char *line)
{
    snprintf(more, sizeof more, "%s", line);
}

void tr_memory_at_end(void (*function)(void))
{
    clean = function;
}

/* Whatever lock is held, and whatever thread this is: nothing here allocates, or waits for more than a file of
 * the main thread. */
__attribute__((noreturn)) static void end(void)
{
    static const char plain[] = ": memory: out of memory\n";

    if (clean)
        clean();
    if (!words[0]) {
        strncpy(words, program_invocation_short_name ? program_invocation_short_name : "", 64);
        memcpy(words + strlen(words), plain, sizeof plain);
    }
    (void)!write(STDERR_FILENO, words, strlen(words));
    (void)!write(STDERR_FILENO, more, strlen(more));
    _exit(TR_EXIT_INTERNAL);
}

void tr_memory_failed(void)
{
    late = late || settled;
    if (settled)
        return;
    if (!remembering)
        end();
    out = true;
}

void tr_memory_remember(void)
{
    remembering++;
}

void tr_memory_forget(void)
{
    if (--remembering == 0 && tr_memory_out())
        end();
}

bool tr_memory_out(void)
{
    return out && !settled;
}

void tr_memory_settled(void)
{
    settled = true;
}

void tr_memory_unsettled(void)
{
    settled = false;
}

bool tr_memory_is_settled(void)
{
    return settled;
}

bool tr_memory_failed_late(void)
{
    return late;
}

void tr_memory_hold_secrets(void)
{
    secrets = true;
}

bool tr_memory_holds_secrets(void)
{
    return secrets;
}

void tr_memory_wipe_stack(void)
{
    static void *(*volatile const copy)(void *, const void *, size_t) = memmove;
    char below[STACK]; /* where the calls before this one were */

    if (!secrets)
        return;
    explicit_bzero(below, sizeof below);
    /* The wide registers hold what was copied last; what loads libraries lays them on the stack. */
    for (size_t n = 32; n <= sizeof below / 2; n *= 2)
        copy(below, below + n, n);
}
