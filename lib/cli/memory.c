#define _GNU_SOURCE
#include "cli/memory.h"

#include <errno.h>
#include <libintl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/app.h"

static char words[512]; /* what is said, ready */
static void (*clean)(void);
static atomic_int remembering;
static atomic_bool out, settled, late;

void tr_memory_prepare(const char *program)
{
    int n = snprintf(words, sizeof words, "%s: %s: %s\n", program, tr_code_name(TR_E_MEMORY),
                     gettext(tr_code_text(TR_E_MEMORY)));

    if (n < 0 || (size_t)n >= sizeof words)
        words[0] = '\0';
}

void tr_memory_at_end(void (*function)(void))
{
    clean = function;
}

/* Whatever lock is held, and whatever thread this is: nothing here allocates or waits. */
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
