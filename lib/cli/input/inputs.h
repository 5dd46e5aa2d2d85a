/* The inputs of a program: its arguments, or standard input. All are opened, and their headers
 * read, before the first row is: a file that cannot be used stops the program before it has written
 * anything, so that no number is ever short of a file. */
#ifndef TR_CLI_INPUTS_H
#define TR_CLI_INPUTS_H

#include "cli/app/app.h"
#include "record/table.h"

struct tr_inputs {
    struct tr_reader **reader;
    bool *ended;      /* of each: its end marker was read */
    uint64_t refused; /* rows that the programs before this one refused, as the end markers read so far tell */
    int n;
};

/* Says that the program waits, when path is standard input and that is a terminal. */
void tr_app_await(const struct tr_app *app, const char *path);

/* Opens path, or the arguments when it is NULL; of workbooks, the sheets that have what is sought. -1 when an input cannot be used: said, status
 * raised. */
int tr_inputs_open(struct tr_app *app, struct tr_inputs *in, const char *path,
                   const struct tr_sought *sought);
void tr_inputs_close(struct tr_inputs *in);

/* A file that is no table, opened for reading; "-" is standard input. A directory is refused.
 * Returns the descriptor, to be closed with tr_file_close; -1 and err. */
int tr_file_open(const char *path, struct tr_err *err);
void tr_file_close(int fd);

/* What is no file, such as a pipe, is read once: all of it, into a table in memory that stands for it.
 * Returns fd, or the table's descriptor, with fd closed, and the path under which it opens, which the
 * caller frees. -1 with err: fd is closed. */
int tr_file_hold(int fd, const char *name, char **path, struct tr_err *err);

/* Inputs that a program reads twice, by the tables of two profiles: what can be read once only, such as
 * standard input or a pipe, is kept in memory. */
struct tr_twice {
    struct tr_twice_input {
        const char *path; /* borrowed */
        char *held;
        int fd; /* of the table in memory */
    } *input;
    uint32_t n;
};

/* The path under which the input opens, each time; t NULL: its own. NULL with err. */
const char *tr_twice_path(struct tr_twice *t, const char *path, struct tr_err *err);
void tr_twice_clear(struct tr_twice *t);

/* Adds all of a file that is no table; one that is longer than TR_DOCUMENT_MAX is none of ours, and
 * may have no end. Of text, what follows a NUL byte is left out: its reader refuses that byte. */
#define TR_DOCUMENT_MAX (INT64_C(1) << 30)
int tr_read_all(const char *path, struct tr_buf *out, struct tr_err *err);
int tr_read_text(const char *path, struct tr_buf *out, struct tr_err *err);

/* Says what the input was recognised as. */
void tr_inputs_say_dialect(struct tr_app *app, const struct tr_reader *reader);

/* Says what speaks against the encoding that was recognised, if anything does. */
void tr_inputs_say_doubt(struct tr_app *app, const struct tr_reader *reader);

/* Says how many rows the programs before this one refused: that makes its work as incomplete as what
 * it refuses itself. */
void tr_inputs_say_refused(struct tr_app *app, uint64_t refused);

/* Says a fault of what is right or refused, whatever its fault: the work cannot be done. Returns -1. */
int tr_app_refuse(struct tr_app *app, const struct tr_err *err);

/* Looks for the header below lines of a title, and says so. -1: said, and the exit status is that
 * of unusable data. */
int tr_app_find_header(struct tr_app *app, struct tr_reader *reader,
                       const struct tr_sought *sought);

/* Finds its header so, and reads a table without the remarks below numbers of persons, which it tells.
 * -1: refused. */
int tr_app_read_table(struct tr_app *app, struct tr_reader *reader, const struct tr_sought *sought,
                      struct tr_table *table);

/* Reads a table from path ("-": standard input), and says what is to be said of how. columns: that it must
 * have, with bars; of a workbook, the sheet that has them is read, and of any table what follows its title
 * lines. NULL: those of any table of tables.csv. -1: refused. */
int tr_app_table(struct tr_app *app, const char *path, const char *columns, struct tr_table *table);

/* Gives every row of input i to take, with the cookie; take returns -1 to stop. -1: reading or take
 * failed; reading is said. An end marker is taken off, and one that tells of another number of rows
 * is a fault. An input without rows is said as well, and no failure. */
int tr_inputs_rows(struct tr_app *app, struct tr_inputs *in, int i,
                   int (*take)(void *cookie, const struct tr_row *row), void *cookie);

#endif
