#define _GNU_SOURCE
#include "cli/app/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Where it reads, and what it holds as long as it runs; -1: there is none. */
static int to_pager = -1, from_pager = -1;

static void page(const char *command, int fd)
{
    struct pollfd input = {.fd = fd, .events = POLLIN};
    static const char *const usual[][2] = {{"LESS", "FRX"}, {"LV", "-c"}};
    char *line;

    while (poll(&input, 1, -1) < 0 && errno == EINTR)
        ;
    if (!(input.revents & POLLIN)) /* nothing came */
        _exit(TR_EXIT_DONE);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        setenv(usual[i][0], usual[i][1], 0);
    setenv("LESSSECURE", "1", 1); /* what is shown may be a stranger's: no commands, no other files */
    dup2(fd, STDIN_FILENO);
    if (asprintf(&line, "%s\n[ $? != 127 ] || cat", command) > 0) /* 127: there is no such command */
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(TR_EXIT_INTERNAL);
}

void tr_pager_start(void)
{
    const char *command = getenv("PAGER");
    int in[2], life[2];

    command = command ? command : "less";
    if (!isatty(STDOUT_FILENO) || !*command || pipe2(in, O_CLOEXEC) < 0)
        return;
    if (pipe(life) < 0) {
        close(in[0]);
        close(in[1]);
        return;
    }
    switch (fork()) {
    case 0:
        close(in[1]);
        close(life[0]);
        page(command, in[0]);
        break;
    case -1:
        close(in[1]);
        close(life[0]);
        break;
    default:
        to_pager = in[1];
        from_pager = life[0];
        fcntl(from_pager, F_SETFD, FD_CLOEXEC);
        break;
    }
    close(in[0]);
    close(life[1]);
}

static bool fits(struct tr_str text)
{
    struct winsize window;
    size_t lines = 0;

    for (size_t i = 0; i < text.len; i++)
        lines += text.p[i] == '\n';
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) < 0 || window.ws_row == 0 ||
           lines < window.ws_row;
}

bool tr_pager_show(struct tr_str text)
{
    ssize_t n = 0;
    char end;

    if (to_pager < 0 || fits(text))
        return false;
    signal(SIGPIPE, SIG_IGN); /* who has seen enough ends the pager */
    signal(SIGINT, SIG_IGN);  /* in a pager it is a key */
    while (text.len > 0 && (n >= 0 || errno == EINTR)) {
        n = write(to_pager, text.p, text.len);
        if (n > 0)
            text = tr_str_from(text, (size_t)n);
    }
    close(to_pager);
    to_pager = -1;
    do /* it holds the other end as long as it runs */
        n = read(from_pager, &end, 1);
    while (n > 0 || (n < 0 && errno == EINTR));
    return true;
}
