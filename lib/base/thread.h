/* Threads, in one place: whoever starts one waits for its end, and what two of them see has a lock. Where no
 * thread can be had, the caller does the work. */
#ifndef TR_BASE_THREAD_H
#define TR_BASE_THREAD_H

#include <pthread.h>

#endif
