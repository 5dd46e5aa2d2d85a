/* The scanner of a processor that this machine is not: random text of what matters, by its vectors and by the
 * portable version. Prints how many texts were the same; ends with 1 at the first that is not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/scan.h"

struct found {
    uint32_t sep[512], row[512], soft[512];
    struct tr_index index;
};

static void scan(enum tr_scan_version version, const char *text, uint32_t from, uint32_t to,
                 struct found *f)
{
    memset(f, 0xAA, sizeof *f);
    f->index = (struct tr_index){.sep = f->sep, .row = f->row, .soft = f->soft};
    if (!tr_scan_with(version, text, from, to, ';', &f->index)) {
        puts("there is no such version");
        exit(2);
    }
}

static int differ(const struct found *a, const struct found *b)
{
    const struct tr_index *x = &a->index, *y = &b->index;

    return x->n_sep != y->n_sep || x->n_row != y->n_row || x->n_soft != y->n_soft ||
           x->ill != y->ill || memcmp(a->sep, b->sep, x->n_sep * sizeof *a->sep) != 0 ||
           memcmp(a->row, b->row, x->n_row * sizeof *a->row) != 0 ||
           memcmp(a->soft, b->soft, x->n_soft * sizeof *a->soft) != 0;
}

static uint32_t below(uint32_t n)
{
    static uint64_t state = 88172645463325252u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % n;
}

int main(void)
{
    static const char bytes[][9] = {"a;\"\n", "aaaa;;;\n", "\"\"\"\";\na", "a;\"\r\n", "abcdefg;", "a;\"\n\r\0"};
    static const uint32_t lengths[] = {4, 8, 7, 5, 8, 6};
    static struct found vector, portable;
    static char text[64 + 300 + TR_SCAN_PAD];
    int n = 0;

    for (int round = 0; round < 40; round++)
        for (uint32_t len = 0; len <= 300; len++, n++) {
            uint32_t kind = below(6), from = below(64);

            for (size_t i = 0; i < sizeof text; i++) /* what stands behind must not matter */
                text[i] = bytes[kind][below(lengths[kind])];
            scan(TR_SCAN_VECTOR, text, from, from + len, &vector);
            scan(TR_SCAN_PORTABLE, text, from, from + len, &portable);
            if (differ(&vector, &portable)) {
                printf("text %d differs\n", n);
                return 1;
            }
        }
    printf("%d texts\n", n);
    return 0;
}
