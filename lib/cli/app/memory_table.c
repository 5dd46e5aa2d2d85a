#define _GNU_SOURCE
#include "cli/app/memory_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/out.h"

static const char table_folder[] = "/proc/self/fd/";

int tr_memory_table_new(const char *label, char **path)
{
    int fd = memfd_create(label, MFD_CLOEXEC);

    if (fd >= 0 && asprintf(path, "%s%d", table_folder, fd) < 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

int tr_memory_table_of(const char *label, struct tr_str text, char **path, struct tr_err *err)
{
    struct tr_out out;
    int fd = tr_memory_table_new(label, path);

    if (fd < 0)
        return tr_err_memory(err);
    tr_out_init(&out, fd, "-");
    tr_out_str(&out, text);
    if (tr_out_close(&out, err) == 0 && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    close(fd);
    free(*path);
    *path = NULL;
    return -1;
}

bool tr_memory_table_is(const char *path)
{
    return strncmp(path, table_folder, strlen(table_folder)) == 0;
}

bool tr_memory_table_is_empty(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 && s.st_size == 0;
}
