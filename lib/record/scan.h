/* Where cells and rows end in a block of CSV, found many bytes at a time.
 *
 * The scan starts at the beginning of a row and assumes that quoting is plain: a quotation mark
 * opens only at the start of a cell, closes only at its end, and is doubled inside. It watches that
 * assumption as it goes and stops at the first byte that breaks it (ill); the rows before are
 * right, the row that holds it goes to the judge (judge.h). Carriage returns without a line feed
 * and NUL bytes are ill as well. Cost: a tenth of a nanosecond a byte with AVX2, less with AVX-512; ARM
 * has NEON; a portable version stands behind them and gives the same answer. */
#ifndef TR_RECORD_SCAN_H
#define TR_RECORD_SCAN_H

#include <stdint.h>
#include "base/str.h"

enum { TR_SCAN_PAD = 64 }; /* readable bytes needed behind the text */

struct tr_index {
    uint32_t *sep;  /* offset of each delimiter or line feed that ends a cell */
    uint32_t n_sep; /* the arrays hold one entry a byte of text, and TR_SCAN_PAD more */
    uint32_t *row;  /* place in sep of each line feed that ends a row */
    uint32_t n_row;
    uint32_t *soft; /* offset of each line feed inside quotes */
    uint32_t n_soft;
    uint32_t ill; /* offset of the first ill byte, or TR_SCAN_WELL */
};

#define TR_SCAN_WELL UINT32_MAX

/* Appends what is found in text[from..to) to the index and sets ill. */
void tr_scan(const char *text, uint32_t from, uint32_t to, char delimiter, struct tr_index *index);

/* The versions, of which VECTOR is AVX2 or NEON; the last one that the processor can run is taken. */
enum tr_scan_version { TR_SCAN_PORTABLE, TR_SCAN_VECTOR, TR_SCAN_WIDE, TR_N_SCAN_VERSIONS };

/* One of them, for tests that compare them; false: this processor cannot run it. */
bool tr_scan_with(enum tr_scan_version version, const char *text, uint32_t from, uint32_t to,
                  char delimiter, struct tr_index *index);

#endif
