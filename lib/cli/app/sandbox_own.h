/* What sandbox.c asks of sandbox_calls.c; for cli/ only. */
#ifndef TR_CLI_SANDBOX_OWN_H
#define TR_CLI_SANDBOX_OWN_H

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define TR_NO_SANDBOX
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TR_NO_SANDBOX
#endif
#endif

#include <stdbool.h>

/* Leaves this process only the calls that are used; those that go to a server with server. 0, or an
 * error as in errno.h. */
int tr_sandbox_calls(bool server);

#endif
