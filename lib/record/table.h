/* A small table held in memory: the profile's files, and tables to draw. */
#ifndef TR_RECORD_TABLE_H
#define TR_RECORD_TABLE_H

#include "base/arena.h"
#include "base/buf.h"
#include "record/reader.h"

struct tr_table {
    const char *source; /* for errors; borrowed */
    struct tr_str *header;
    uint32_t n_columns;
    struct tr_str *cells; /* n_rows x n_columns */
    uint64_t *lines;      /* physical line of each row */
    uint64_t header_line; /* 0: it was made, not read */
    uint32_t n_rows;
    char *text; /* what the slices point into */
    struct tr_arena more; /* the same, of names that were given later */
};

/* The cell of a number that is there and is not told, to protect somebody: never 0, never empty. */
#define TR_HIDDEN ":"

/* Reads all of path ("-": standard input). Any bad row is an error: a table is right or refused. */
int tr_table_load(struct tr_table *t, const char *path, const struct tr_reader_options *options,
                  struct tr_err *err);

/* The same from a reader whose rows have not been read yet. */
int tr_table_read(struct tr_table *t, struct tr_reader *reader, struct tr_err *err);

/* The same without the rows that are set aside, which may be bad. */
int tr_table_read_but(struct tr_table *t, struct tr_reader *reader,
                      bool (*aside)(void *cookie, const struct tr_row *row), void *cookie,
                      struct tr_err *err);
void tr_table_clear(struct tr_table *t);

/* Number of the column called name, or -1. */
int tr_table_column(const struct tr_table *t, const char *name);
int tr_table_column_str(const struct tr_table *t, struct tr_str name);

/* The cell, empty when column is -1. */
struct tr_str tr_table_cell(const struct tr_table *t, uint32_t row, int column);

/* Fills err to point at a cell. */
int tr_table_fault(const struct tr_table *t, uint32_t row, int column, enum tr_code code,
                   const char *a, struct tr_err *err);

#endif
