/* run-timed OUT COMMAND [ARG]... [:: COMMAND [ARG]...]...
 *
 * Runs the commands as one pipe, the last one's output going to OUT, and
 * prints "wall-seconds peak-KiB cpu-seconds status": the wall time from before
 * the first fork until all have ended, the largest resident set that any
 * one process had, the CPU time of all, the last non-zero exit status.
 *
 * A program of its own and in C since the kernel carries the peak of the
 * forking process into the one executed: this one is smaller than any measured.
 */
#define _GNU_SOURCE

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CANNOT_RUN = 127, SIGNALLED = 128 };

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double
now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		err(1, "clock_gettime");
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Takes ownership of in and out. */
static void
start(char **argv, int in, int out)
{
	switch (fork()) {
	case -1:
		err(1, "fork");
	case 0:
		if ((in != STDIN_FILENO && dup2(in, STDIN_FILENO) < 0) ||
		    dup2(out, STDOUT_FILENO) < 0)
			err(1, "dup2");
		execvp(argv[0], argv);
		warn("%s", argv[0]);
		_exit(CANNOT_RUN);
	default:
		if (in != STDIN_FILENO)
			close(in);
		close(out);
	}
}

int
main(int argc, char **argv)
{
	struct rusage use;
	double began, cpu = 0;
	long peak = 0;
	int in, out, next[2], wstatus, status = 0;

	if (argc < 3)
		errx(2, "usage: run-timed OUT COMMAND [ARG]... [:: COMMAND ...]");
	out = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (in < 0 || out < 0)
		err(1, "%s", in < 0 ? "/dev/null" : argv[1]);

	began = now();
	for (char **stage = argv + 2, **end; stage != NULL; stage = end) {
		for (end = stage; *end != NULL && strcmp(*end, "::") != 0; end++)
			;
		if (*end == NULL) {
			end = NULL;
			start(stage, in, out);
		} else {
			*end++ = NULL;
			if (pipe2(next, O_CLOEXEC) != 0)
				err(1, "pipe");
			start(stage, in, next[1]);
			in = next[0];
		}
	}
	while (wait4(-1, &wstatus, 0, &use) > 0) {
		int code = WIFEXITED(wstatus) ? WEXITSTATUS(wstatus)
					      : SIGNALLED + WTERMSIG(wstatus);

		if (code != 0)
			status = code;
		if (use.ru_maxrss > peak)
			peak = use.ru_maxrss;
		cpu += seconds(use.ru_utime) + seconds(use.ru_stime);
	}
	printf("%.4f %ld %.4f %d\n", now() - began, peak, cpu, status);
	return 0;
}
