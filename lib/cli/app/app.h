/* What every program shares: options and help from one table, the profile, inputs, diagnostics,
 * output that is whole or absent, and the exit status. Only this layer reads the environment,
 * writes to standard error or ends the process.
 *
 * A program's shape:
 *
 *     struct tr_app app = {.name = ..., .options = options, ...};
 *
 *     tr_app_start(&app, argc, argv); // may end the process: --help, misuse, a profile that is unfit
 *     ... work; tr_app_say for every diagnostic ...
 *     return tr_app_end(&app);
 *
 * Files call those before them only: memory.c, say.c, options.c, output.c, sandbox.c, start.c, inputs.c,
 * records.c, referrals.c, and what is made of these. scripts/check-layers proves that there is no circle.
 */
#ifndef TR_CLI_APP_H
#define TR_CLI_APP_H

#include <stdio.h>
#include "base/date.h"
#include "base/err.h"
#include "base/out.h"
#include "domain/profile/profile.h"
#include "record/seen/spool.h"

enum tr_exit {
    TR_EXIT_DONE = 0,
    TR_EXIT_FOUND = 1, /* done, but something was rejected or found */
    TR_EXIT_USAGE = 2,
    TR_EXIT_DATA = 65,
    TR_EXIT_INPUT = 66,
    TR_EXIT_INTERNAL = 70,
    TR_EXIT_CREATE = 73,
    TR_EXIT_IO = 74,
    TR_EXIT_BUSY = 75,
    TR_EXIT_DENIED = 77
};

/* What was given to an option that can be given several times. */
enum { TR_TEXTS_MAX = 64 };
struct tr_texts {
    const char *at[TR_TEXTS_MAX];
    int n;
};

/* One row per option: parsing, --help, the synopsis and completions are made from it. Exactly one of
 * flag, text, texts and choice is set. */
struct tr_option {
    const char *name; /* without the dashes */
    char letter;      /* 0: none */
    const char *arg;  /* FILE, NAME …; NULL for a flag */
    const char *help; /* msgid */
    bool *flag;
    const char **text;
    struct tr_texts *texts;
    int *choice;                /* index among choices */
    const char *const *choices; /* NULL-terminated */
    bool writes;                /* the FILE is written; --output is by itself */
};

struct tr_example {
    const char *command; /* long ones end a line with a backslash and go on in the next */
    const char *what;    /* msgid */
};

struct tr_app {
    const char *name;
    const char *purpose;               /* msgid: one line, as in the manual's NAME */
    const char *arguments;             /* as in the synopsis: "[file ...]" */
    const struct tr_option *options;   /* ends with a row whose name is NULL */
    const struct tr_example *examples; /* ends with a row whose command is NULL */
    int max_arguments;                 /* -1: any number */
    bool no_profile;                   /* it needs none */
    bool writes_file;                  /* the file among the arguments is written */
    bool reads_forms;                  /* documents that were filled in, PDF among them */
    bool pages;                        /* what is longer than a terminal goes to a pager */
    struct tr_reader_options *reading; /* set: offer --delimiter and --encoding, and fill it */
    bool spills;                       /* set: reads tables of a register as others read files */

    /* set by tr_app_start, but where another is named */
    char **arguments_given;
    int n_arguments;
    struct tr_twice *twice; /* set by who reads its inputs twice, see inputs.h; NULL: once */
    struct tr_dict *said;   /* lines, set by the same: each is said once; NULL: always */
    bool verbose, show_values;
    bool hold; /* set by who commits later: standard output gets nothing before tr_app_end */
    const char *register_name; /* set by tr_register_open: its tables are said to be of it */
    bool committed;            /* the register was changed */
    const char *profile_name;  /* --profile */
    struct tr_profile profile;
    char *share;          /* folder of the shipped data */
    char *profile_folder; /* NULL: none is loaded */
    char *user;           /* who is at work, where a register is named; NULL: without a name */
    char *key_folder;     /* where keys of registers are kept by default; NULL: no place is known */
    bool makes_key;       /* set by the program: it puts one there */
    bool files_locked;    /* of sandbox.c */
    struct tr_scratch *scratch; /* also of a copy of this, which reads by other rules */
    struct tr_arena names; /* of sheets, for messages */
    int status;
    int64_t started; /* seconds, for the progress line */
    bool progress_shown;
};

/* Parses the command line, answers --help and --version, and loads the profile. Exits on misuse and
 * when the profile cannot be read. The options --help, --version, --verbose, --show-values and
 * --profile come by themselves. */
void tr_app_start(struct tr_app *app, int argc, char **argv);

/* The folder of the program that runs, with a slash behind; false: nobody knows it. */
bool tr_program_folder(char *folder, size_t size);

/* Loads another profile than that of the command line, by name or folder. -1: said, status raised. */
int tr_app_other_profile(struct tr_app *app, const char *name, struct tr_profile *out);

/* How a source is called in messages: a table of the register goes by the register's name, not by
 * that of a file in memory. */
const char *tr_app_source_name(const struct tr_app *app, const char *source);

/* Prints "source:line:col: field: CODE: message" and raises the exit status to what the code means.
 */
void tr_app_say(struct tr_app *app, const struct tr_err *err);

/* Adds the message alone, in the language of the user, without the contents of a cell. */
void tr_app_sentence(const struct tr_app *app, const struct tr_err *err, struct tr_buf *b);

/* Prints "name: message" for what is no diagnostic of data: msgid with %1 %2 … as in err.h, then
 * the texts for them, at most TR_NOTE_MAX, and NULL. */
enum { TR_NOTE_MAX = 6 };
void tr_app_note(const struct tr_app *app, const char *msgid, ...) __attribute__((sentinel));

/* The same, and -1, so that a failing call can end with it; that memory is out. */
int tr_app_fail(struct tr_app *app, const struct tr_err *err);
int tr_app_no_memory(struct tr_app *app);

/* The register was changed: whatever fails from now on, that is said. */
void tr_app_changed(struct tr_app *app);

void tr_app_raise(struct tr_app *app, int status);

/* Shows how many rows have come by, when standard error is a terminal and the work takes long. */
void tr_app_progress(struct tr_app *app, uint64_t rows);

/* Ends on a usage error: prints the message and how to get help, exits with 2. */
void tr_app_usage(const struct tr_app *app, const char *msgid, const char *a, const char *b)
    __attribute__((noreturn));

/* The language asked for (-1: none), or the profile's, or Bokmål. */
enum tr_lang tr_app_language(const struct tr_app *app, int asked);

/* The day in the text of an option, as tr_date_number has it; a usage error when it is none. */
int32_t tr_app_day(const struct tr_app *app, const char *option, const char *text);

/* The same as yyyy-mm-dd, in out, which is given back; NULL, and nothing done, when text is. */
const char *tr_app_iso_day(const struct tr_app *app, const char *option, const char *text,
                           char out[TR_DATE_LEN + 1]);

/* A whole number between the bounds; a usage error when it is none: misuse, a msgid, with the text. */
long long tr_app_whole(const struct tr_app *app, const char *text, long long least, long long most,
                       const char *misuse);

/* The number that an option gives, from 0 to most; a usage error when it is none. */
double tr_app_count(const struct tr_app *app, const char *option, const char *text, long long most);

/* A whole number from 1 to most; 0 when text is NULL, a usage error when it is none. */
int32_t tr_app_number(const struct tr_app *app, const char *option, const char *text, int32_t most);

/* One of the choices, as given in an argument; a usage error when it is none. */
const char *tr_app_choice(const struct tr_app *app, const char *const *choices, const char *given);

/* The entry of a list that is called so; a usage error when there is none. */
int tr_app_code(const struct tr_app *app, const char *list, const char *given);

/* The code of the district called so; empty for NULL, a usage error when there is none. */
struct tr_str tr_app_district(const struct tr_app *app, const char *given);

/* Lets the outputs go (output.h), frees what tr_app_start made and gives the exit status. */
int tr_app_end(struct tr_app *app);

#endif
