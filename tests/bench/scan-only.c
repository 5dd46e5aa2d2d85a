/* scan-only DELIMITER FILE: our scanner alone over FILE, a block at a time, with nothing done about
 * what it finds. Prints how many cells end. It is the time below which no program of ours can be. */
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/scan.h"

enum { BLOCK = 1 << 17 };

int main(int argc, char **argv)
{
    static char text[BLOCK + TR_SCAN_PAD];
    static uint32_t sep[BLOCK + TR_SCAN_PAD], row[BLOCK + TR_SCAN_PAD], soft[BLOCK + TR_SCAN_PAD];
    struct tr_index index = {.sep = sep, .row = row, .soft = soft};
    unsigned long long cells = 0;
    size_t held = 0;
    ssize_t n;
    int fd;

    if (argc != 3 || strlen(argv[1]) != 1)
        errx(2, "usage: scan-only DELIMITER FILE");
    if ((fd = open(argv[2], O_RDONLY)) < 0)
        err(1, "%s", argv[2]);
    while ((n = read(fd, text + held, BLOCK - held)) > 0) {
        size_t used;

        held += (size_t)n;
        memset(text + held, 0, TR_SCAN_PAD);
        index.n_sep = index.n_row = index.n_soft = 0;
        tr_scan(text, 0, (uint32_t)held, *argv[1], &index);
        if (index.n_row == 0)
            errx(1, "%s: a row is longer than a block", argv[2]);
        cells += index.row[index.n_row - 1] + 1;
        used = sep[index.row[index.n_row - 1]] + 1; /* the row that was cut comes again */
        memmove(text, text + used, held - used);
        held -= used;
    }
    if (n < 0)
        err(1, "%s", argv[2]);
    printf("%llu\n", cells);
    return 0;
}
