/* Sizes of what is read, held and written at once. No output depends on them, but for the order in
 * which persons who come twice are told. `make small` builds programs whose sizes are a few bytes:
 * what happens where one piece ends and the next begins then happens in every test. Limits that the
 * manual promises, such as the longest cell, are not here. */
#ifndef TR_BASE_SIZES_H
#define TR_BASE_SIZES_H

#ifdef TR_SMALL
#define TR_SIZE(large, small) (small)
#else
#define TR_SIZE(large, small) (large)
#endif

enum {
    /* Bytes of output before they are written; what a pipe is asked to hold, at least a page. */
    TR_SIZE_OUT = TR_SIZE(1 << 18, 16),
    TR_SIZE_PIPE = TR_SIZE(1 << 20, 1 << 12),
    /* Bytes of texts that are allocated together; read at once of what is no table. */
    TR_SIZE_ARENA = TR_SIZE(1 << 16, 32),
    TR_SIZE_READ = TR_SIZE(1 << 16, 16),
    /* Bytes of a table before they are UTF-8: they tell the encoding. */
    TR_SIZE_RAW = TR_SIZE(1 << 18, 1 << 10),
    /* Bytes of UTF-8 in which a header and the form of cells are looked for; of later rows that are
     * split together; how many of these are in memory. */
    TR_SIZE_FIRST = TR_SIZE(1 << 17, 1 << 12),
    TR_SIZE_BATCH = TR_SIZE(1 << 17, 32),
    TR_SIZE_BATCHES = TR_SIZE(3, 2),
    /* Cells that rows are lengthened to together, see blocks.c. */
    TR_SIZE_CELLS = TR_SIZE(1 << 20, 64),
    /* Bytes by which libcsv's memory for a row grows; its own 128 copy a long one too often. */
    TR_SIZE_CSV = TR_SIZE(1 << 17, 16),
    /* Rows that are worked on together, at most 64. */
    TR_SIZE_PREPARE = TR_SIZE(64, 3),
    /* Bytes held before they go to a file: at least TR_SPOOL_PIECE. */
    TR_SIZE_SPOOL = TR_SIZE(1 << 16, 128),
    /* Bytes of input up to which what finds no room goes into memory all the same. */
    TR_SIZE_FEW = TR_SIZE(1 << 20, 0),
    /* Ids held before they go to a file, a power of two; of them, written at once. */
    TR_SIZE_SEEN = TR_SIZE(1 << 15, 2),
    TR_SIZE_SEEN_PIECE = TR_SIZE(2048, 2),
    /* Places for ids at first, and words of the filter over keys of persons; powers of two. */
    TR_SIZE_SEEN_FIRST = TR_SIZE(1 << 11, 2),
    TR_SIZE_FILTER = TR_SIZE(1 << 12, 2),
    /* Keys of persons read at once; of those that may come twice, looked for in one reading. */
    TR_SIZE_KEYS = TR_SIZE(4096, 2),
    TR_SIZE_SUSPECTS = TR_SIZE(1 << 17, 64),
    /* Documents that are being made, or wait until their files are written. */
    TR_SIZE_MADE = TR_SIZE(6, 2),
    /* Records that wait until another thread writes them together. */
    TR_SIZE_BEHIND = TR_SIZE(1024, 2),
    /* Cells of a field that are remembered; a power of two. */
    TR_SIZE_MEMOS = TR_SIZE(128, 2),
};

#endif
