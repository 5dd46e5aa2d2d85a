#define _GNU_SOURCE
#include "cli/app/sandbox_own.h"

#ifndef TR_NO_SANDBOX

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Calls that do no more than their names say to what is open, or to this process itself. Where a
 * machine lacks one, it is passed over. */
static const char *const harmless[] = {
    /* what is open */
    "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "pwrite64", "pwritev",
    "pwritev2", "lseek", "_llseek", "close", "close_range", "dup", "dup2", "dup3", "fcntl", "fcntl64",
    "flock", "fstat", "fstat64", "fstatfs", "fstatfs64", "ftruncate", "ftruncate64", "fallocate",
    "fadvise64", "fadvise64_64", "fsync", "fdatasync", "syncfs", "fchmod", "fchown", "fchown32",
    "getdents", "getdents64", "poll", "ppoll", "ppoll_time64", "select", "_newselect", "pselect6",
    "pselect6_time64", "sendto", "send",
    /* names; what they may open is Landlock's */
    "stat", "stat64", "lstat", "lstat64", "fstatat64", "newfstatat", "statx", "statfs", "statfs64",
    "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd", "mkdir", "mkdirat",
    "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "umask",
    /* memory */
    "brk", "mmap", "mmap2", "munmap", "mremap", "mprotect", "madvise", "mlock", "mlock2", "munlock",
    "memfd_create", "membarrier",
    /* threads and signals of this process */
    "futex", "futex_time64", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address",
    "rseq", "sched_yield", "sched_getaffinity", "sched_getattr", "sched_setattr",
    "sched_getscheduler", "sched_getparam", "gettid", "getpid", "getppid", "arch_prctl",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigreturn", "rt_sigpending", "rt_sigtimedwait",
    "sigaltstack", "restart_syscall", "exit", "exit_group",
    /* what the machine and the clock say */
    "getuid", "getuid32", "geteuid", "geteuid32", "getgid", "getgid32", "getegid", "getegid32",
    "getrandom", "getrusage", "getcpu", "sysinfo", "uname", "times", "getrlimit", "ugetrlimit",
    "setrlimit", "prlimit64", "clock_gettime", "clock_gettime64", "clock_getres",
    "clock_getres_time64", "gettimeofday", "time", "nanosleep", "clock_nanosleep",
    "clock_nanosleep_time64",
    /* the other lock, which comes later in programs of the register */
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self",
};

/* What a connection to a server takes; the kind of socket is guarded below. */
static const char *const of_server[] = {
    "connect", "getsockopt", "setsockopt", "getsockname", "getpeername", "recvfrom", "recv", "recvmsg",
    "sendmsg", "sendmmsg", "shutdown",
};

/* What nothing here does by mistake: who asks for it is not us, and the process ends. */
static const char *const never[] = {
    "execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev", "bpf", "init_module",
};

static int add_all(scmp_filter_ctx filter, uint32_t action, const char *const *name, size_t n)
{
    int rc = 0;

    for (size_t i = 0; i < n && rc == 0; i++) {
        int call = seccomp_syscall_resolve_name(name[i]);

        if (call >= 0) /* below: this machine, or the library, does not know it */
            rc = seccomp_rule_add_array(filter, action, call, 0, NULL);
    }
    return rc;
}

/* A call that is harmless while an argument, as far as the mask shows it, is the value. */
struct guarded {
    int call;
    unsigned argument;
    scmp_datum_t mask, value;
};

static int add_rows(scmp_filter_ctx filter, const struct guarded *guarded, size_t n)
{
    int rc = 0;

    for (size_t i = 0; i < n && rc == 0; i++) {
        const struct guarded *g = &guarded[i];
        const struct scmp_arg_cmp is = {g->argument, SCMP_CMP_MASKED_EQ, g->mask, g->value};

        if (g->call >= 0)
            rc = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, g->call, 1, &is);
    }
    return rc;
}

/* Sockets of this machine, and of the two kinds of internet. */
static int add_sockets(scmp_filter_ctx filter)
{
    const scmp_datum_t whole = 0xFFFFFFFF;
    const struct guarded sockets[] = {
        {SCMP_SYS(socket), 0, whole, AF_UNIX},
        {SCMP_SYS(socket), 0, whole, AF_INET},
        {SCMP_SYS(socket), 0, whole, AF_INET6},
    };

    return add_rows(filter, sockets, sizeof sockets / sizeof *sockets);
}

static int add_guarded(scmp_filter_ctx filter)
{
#ifdef __s390__ /* where clone has its first two arguments the other way round */
    enum { CLONE_FLAGS = 1 };
#else
    enum { CLONE_FLAGS = 0 };
#endif
    const scmp_datum_t whole = 0xFFFFFFFF;
    const struct guarded guarded[] = {
        /* cutting off is writing, also where Landlock does not know that yet */
        {SCMP_SYS(open), 1, O_TRUNC, 0},
        {SCMP_SYS(openat), 2, O_TRUNC, 0},
        /* threads, no processes; clone3 hides its flags, and the C library does without */
        {SCMP_SYS(clone), CLONE_FLAGS, CLONE_THREAD, CLONE_THREAD},
        /* signals to itself */
        {SCMP_SYS(tgkill), 0, whole, (scmp_datum_t)getpid()},
        /* whether it is a terminal, and how wide; not what puts words into one */
        {SCMP_SYS(ioctl), 1, whole, TCGETS},
        {SCMP_SYS(ioctl), 1, whole, TIOCGWINSZ},
        {SCMP_SYS(ioctl), 1, whole, FIONREAD},
        /* less to be seen, a thread's name; that nothing is gained by another program */
        {SCMP_SYS(prctl), 0, whole, PR_SET_DUMPABLE},
        {SCMP_SYS(prctl), 0, whole, PR_GET_DUMPABLE},
        {SCMP_SYS(prctl), 0, whole, PR_SET_NAME},
        {SCMP_SYS(prctl), 0, whole, PR_SET_NO_NEW_PRIVS},
    };

    return add_rows(filter, guarded, sizeof guarded / sizeof *guarded);
}

#define N(array) (sizeof(array) / sizeof *(array))

int tr_sandbox_calls(bool server)
{
    /* What is not known here "does not exist": then libraries go the older way. */
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    int rc;

    if (!filter)
        return ENOMEM;
    rc = add_all(filter, SCMP_ACT_ALLOW, harmless, N(harmless));
    if (rc == 0)
        rc = add_all(filter, SCMP_ACT_KILL_PROCESS, never, N(never));
    if (rc == 0)
        rc = add_guarded(filter);
    if (rc == 0 && server)
        rc = add_all(filter, SCMP_ACT_ALLOW, of_server, N(of_server));
    if (rc == 0 && server)
        rc = add_sockets(filter);
    if (rc == 0)
        rc = seccomp_load(filter);
    seccomp_release(filter);
    return -rc;
}

#endif
