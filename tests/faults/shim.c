/* Preloaded by scripts/fault-test: makes one call of a program fail, or all from one on, and counts
 * calls.
 *
 *   FAULT=CALL:NUMBER:WHAT   the NUMBERth call fails so; NUMBER+ each from it on; 0 none
 *   FAULT_COUNTS=FILE        counters are kept in it, mapped, so that they outlive any death
 *
 * CALL is alloc, or the name of a call below. WHAT is the name of an errno, or `short`: half of what
 * was asked is written. What fails is not done. Calls that the C library makes inside itself do not
 * come by here, except for memory. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum call {
    ALLOC, READ, PREAD, WRITE, PWRITE, FSYNC, FDATASYNC, SYNCFS, FTRUNCATE, OPEN, RENAME, UNLINK, FCHMOD, MKDIR, N_CALLS
};

static const char *const names[N_CALLS] = {"alloc",     "read",      "pread",  "write",  "pwrite",
                                           "fsync",     "fdatasync", "syncfs", "ftruncate", "open",
                                           "rename",    "unlink",    "fchmod", "mkdir"};

/* As scripts/fault-test reads them. */
struct counts {
    _Atomic unsigned long long calls[N_CALLS];
    _Atomic unsigned long long fired; /* how often something was made to fail */
};

static struct counts none, *counts = &none;
static unsigned long long number; /* 0: no fault */
static enum call which = N_CALLS;
static bool on, half;
static int error;

static const struct {
    const char *name;
    int number;
} errors[] = {{"ENOMEM", ENOMEM}, {"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},
              {"EACCES", EACCES}, {"EMFILE", EMFILE}, {"EPERM", EPERM}};

static void parse(const char *fault)
{
    size_t n = strcspn(fault, ":");
    char *end;

    for (int c = 0; c < N_CALLS; c++)
        if (strlen(names[c]) == n && strncmp(names[c], fault, n) == 0)
            which = (enum call)c;
    if (which == N_CALLS || fault[n] != ':')
        abort();
    number = strtoull(fault + n + 1, &end, 10);
    on = *end == '+';
    end += on;
    if (*end != ':')
        abort();
    half = strcmp(end + 1, "short") == 0;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(errors[i].name, end + 1) == 0)
            error = errors[i].number;
    if (!half && !error)
        abort();
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* ---- places that allocate ---- */

/* FAULT_SITES=FILE: the number of the first allocation from each place, by its callers, is written there. */
static int sites = -1;

static void note_site(unsigned long long n)
{
    static uintptr_t seen[1 << 16];
    static _Thread_local bool noting;
    void *at[12];
    uintptr_t hash = 1;
    int depth;

    if (noting)
        return;
    noting = true;
    depth = backtrace(at, 12);
    for (int i = 2; i < depth; i++)
        hash = (hash ^ (uintptr_t)at[i]) * 0x9E3779B97F4A7C15u;
    hash += hash == 0;
    for (size_t i = hash >> 48;; i = (i + 1) & 0xFFFF) {
        if (seen[i] == hash)
            break;
        if (!seen[i]) {
            seen[i] = hash;
            if (NEXT(write)(sites, &n, sizeof n) < 0)
                abort();
            break;
        }
    }
    noting = false;
}

/* Set when the program's own code is about to begin: what the loader does before is not its. */
static bool begun;

__attribute__((constructor)) static void begin(void)
{
    const char *fault = getenv("FAULT"), *file = getenv("FAULT_COUNTS");
    int fd = file ? NEXT(open)(file, O_RDWR | O_CLOEXEC) : -1;
    void *p = fd < 0 ? MAP_FAILED
                     : mmap(NULL, sizeof *counts, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    if (fd >= 0)
        close(fd);
    if (p != MAP_FAILED)
        counts = p;
    if (fault)
        parse(fault);
    if (getenv("FAULT_SITES")) {
        void *at[1];

        sites = NEXT(open)(getenv("FAULT_SITES"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        backtrace(at, 1); /* loads what it needs */
    }
    begun = true;
}

/* Counts the call, and says whether it is to fail; errno is set then. */
static bool fails(enum call call)
{
    unsigned long long n;

    if (!begun)
        return false;
    n = ++counts->calls[call];
    if (call == ALLOC && sites >= 0)
        note_site(n);
    if (call != which || number == 0 || (on ? n < number : n != number))
        return false;
    counts->fired++;
    errno = error;
    return true;
}

/* ---- memory ---- */

void *malloc(size_t size)
{
    static __typeof__(&malloc) next;

    next = next ? next : NEXT(malloc);
    return fails(ALLOC) ? NULL : next(size);
}

void *realloc(void *p, size_t size)
{
    static __typeof__(&realloc) next;

    next = next ? next : NEXT(realloc);
    return fails(ALLOC) ? NULL : next(p, size);
}

void *calloc(size_t n, size_t size)
{
    static __typeof__(&calloc) next;

    next = next ? next : NEXT(calloc);
    return fails(ALLOC) ? NULL : next(n, size);
}

int posix_memalign(void **p, size_t alignment, size_t size)
{
    static __typeof__(&posix_memalign) next;

    next = next ? next : NEXT(posix_memalign);
    return fails(ALLOC) ? ENOMEM : next(p, alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    static __typeof__(&aligned_alloc) next;

    next = next ? next : NEXT(aligned_alloc);
    return fails(ALLOC) ? NULL : next(alignment, size);
}

/* ---- files ---- */

ssize_t read(int fd, void *p, size_t n)
{
    return !fails(READ) ? NEXT(read)(fd, p, n) : half ? NEXT(read)(fd, p, n / 2 + n % 2) : -1;
}

ssize_t pread(int fd, void *p, size_t n, off_t at)
{
    return !fails(PREAD) ? NEXT(pread)(fd, p, n, at)
           : half        ? NEXT(pread)(fd, p, n / 2 + n % 2, at)
                         : -1;
}

ssize_t pread64(int fd, void *p, size_t n, off64_t at)
{
    return pread(fd, p, n, at);
}

ssize_t write(int fd, const void *p, size_t n)
{
    if (fd == STDERR_FILENO) /* what is said of a fault is not made to fail, too */
        return NEXT(write)(fd, p, n);
    return !fails(WRITE) ? NEXT(write)(fd, p, n) : half ? NEXT(write)(fd, p, n / 2 + n % 2) : -1;
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    return !fails(PWRITE) ? NEXT(pwrite)(fd, p, n, at)
           : half         ? NEXT(pwrite)(fd, p, n / 2 + n % 2, at)
                          : -1;
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    return pwrite(fd, p, n, at);
}

int fsync(int fd)
{
    return fails(FSYNC) ? -1 : NEXT(fsync)(fd);
}

int fdatasync(int fd)
{
    return fails(FDATASYNC) ? -1 : NEXT(fdatasync)(fd);
}

int syncfs(int fd)
{
    return fails(SYNCFS) ? -1 : NEXT(syncfs)(fd);
}

int ftruncate(int fd, off_t size)
{
    return fails(FTRUNCATE) ? -1 : NEXT(ftruncate)(fd, size);
}

int ftruncate64(int fd, off64_t size)
{
    return ftruncate(fd, size);
}

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    va_list list;

    va_start(list, flags);
    if (flags & (O_CREAT | O_TMPFILE))
        mode = va_arg(list, mode_t);
    va_end(list);
    return fails(OPEN) ? -1 : NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    mode_t mode = 0;
    va_list list;

    va_start(list, flags);
    if (flags & (O_CREAT | O_TMPFILE))
        mode = va_arg(list, mode_t);
    va_end(list);
    return open(path, flags, mode);
}

/* As the headers of a hardened build call them. */
int __open_2(const char *path, int flags)
{
    return open(path, flags);
}

int __open64_2(const char *path, int flags)
{
    return open(path, flags);
}

int mkostemp(char *name, int flags)
{
    return fails(OPEN) ? -1 : NEXT(mkostemp)(name, flags);
}

ssize_t __read_chk(int fd, void *p, size_t n, size_t room)
{
    return n > room ? (abort(), -1) : read(fd, p, n);
}

ssize_t __pread_chk(int fd, void *p, size_t n, off_t at, size_t room)
{
    return n > room ? (abort(), -1) : pread(fd, p, n, at);
}

ssize_t __pread64_chk(int fd, void *p, size_t n, off64_t at, size_t room)
{
    return n > room ? (abort(), -1) : pread(fd, p, n, at);
}

int rename(const char *from, const char *to)
{
    return fails(RENAME) ? -1 : NEXT(rename)(from, to);
}

int unlink(const char *path)
{
    return fails(UNLINK) ? -1 : NEXT(unlink)(path);
}

int fchmod(int fd, mode_t mode)
{
    return fails(FCHMOD) ? -1 : NEXT(fchmod)(fd, mode);
}

int mkdir(const char *path, mode_t mode)
{
    return fails(MKDIR) ? -1 : NEXT(mkdir)(path, mode);
}
