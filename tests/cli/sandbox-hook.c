/* A planted defect, for sandbox.t: preloaded into a program, it does in its name what a stranger would who
 * got hold of it, and prints how each try went. HOOK names a folder that the program was not told of, with a
 * file `victim` and a socket `socket` in it. It strikes when the program ends, or with HOOK_READ when it
 * first reads a file whose name holds that. HOOK_ONLY: only this try. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *folder;

static const char *in(const char *name)
{
    static char path[2][4096];
    static int turn;

    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int try_read(void) { return open(in("victim"), O_RDONLY); }
static int try_passwd(void) { return open("/etc/passwd", O_RDONLY); }
static int try_memory(void) { return open("/proc/self/mem", O_RDWR); }
static int try_list(void) { return opendir(folder) ? 0 : -1; }
static int try_write(void) { return open(in("victim"), O_WRONLY); }
static int try_truncate(void) { return truncate(in("victim"), 1); }
static int try_cut(void) { return open(in("victim"), O_RDONLY | O_TRUNC); }
static int try_create(void) { return open(in("new"), O_WRONLY | O_CREAT, 0600); }
static int try_folder(void) { return mkdir(in("folder"), 0700); }
static int try_link(void) { return link(in("victim"), in("link")); }
static int try_symlink(void) { return symlink("victim", in("symlink")); }
static int try_fifo(void) { return mkfifo(in("fifo"), 0600); }
static int try_mode(void) { return chmod(in("victim"), 0666); }
static int try_rename(void) { return rename(in("victim"), in("moved")); }
static int try_remove(void) { return unlink(in("moved")) == 0 ? 0 : unlink(in("victim")); }

static int try_connect(void)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    snprintf(at.sun_path, sizeof at.sun_path, "%s", in("socket"));
    return fd < 0 ? -1 : connect(fd, (struct sockaddr *)&at, sizeof at);
}

static int try_listen(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    return fd < 0 ? -1 : bind(fd, (struct sockaddr *)&at, sizeof at);
}

static int ended(pid_t child)
{
    if (child == 0)
        _exit(0);
    return child < 0 ? -1 : waitpid(child, NULL, 0) == child ? 0 : -1;
}

static int try_fork(void) { return ended(fork()); }
static int try_clone(void) { return ended((pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)); }
static int try_signal(void) { return kill(getppid(), 0); }

/* These end the process. */
static int try_execute(void)
{
    execl("/bin/echo", "echo", "executed", NULL);
    return -1;
}

static int try_trace(void) { return (int)ptrace(PTRACE_TRACEME, 0, 0, 0); }

static const struct {
    const char *name;
    int (*run)(void);
    int deadly;
} tries[] = {
    {"read", try_read, 0},       {"passwd", try_passwd, 0},     {"memory", try_memory, 0},
    {"list", try_list, 0},       {"write", try_write, 0},       {"truncate", try_truncate, 0},
    {"cut", try_cut, 0},         {"create", try_create, 0},     {"folder", try_folder, 0},
    {"link", try_link, 0},       {"symlink", try_symlink, 0},   {"fifo", try_fifo, 0},
    {"mode", try_mode, 0},       {"rename", try_rename, 0},     {"remove", try_remove, 0},
    {"connect", try_connect, 0}, {"listen", try_listen, 0},     {"fork", try_fork, 0},
    {"clone", try_clone, 0},     {"signal", try_signal, 0},     {"execute", try_execute, 1},
    {"trace", try_trace, 1},
};

static void strike(void)
{
    const char *only = getenv("HOOK_ONLY");
    char line[128];

    folder = getenv("HOOK");
    for (size_t i = 0; folder && i < sizeof tries / sizeof *tries; i++) {
        if (only ? strcmp(only, tries[i].name) != 0 : tries[i].deadly)
            continue;
        errno = 0;
        snprintf(line, sizeof line, "%s: %s\n", tries[i].name, tries[i].run() < 0 ? "refused" : "done");
        (void)!write(STDERR_FILENO, line, strlen(line));
    }
}

__attribute__((destructor)) static void at_end(void)
{
    if (!getenv("HOOK_READ"))
        strike();
}

static void look(int fd)
{
    static int struck;
    const char *wanted = getenv("HOOK_READ");
    char link[64], path[4096];
    ssize_t n;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    n = wanted && !struck ? readlink(link, path, sizeof path - 1) : -1;
    if (n < 0)
        return;
    path[n] = '\0';
    if (strstr(path, wanted)) {
        struck = 1;
        strike();
    }
}

ssize_t read(int fd, void *p, size_t n)
{
    static ssize_t (*next)(int, void *, size_t);

    if (!next)
        *(void **)&next = dlsym(RTLD_NEXT, "read");
    look(fd);
    return next(fd, p, n);
}

ssize_t __read_chk(int fd, void *p, size_t n, size_t room)
{
    return n > room ? -1 : read(fd, p, n);
}
