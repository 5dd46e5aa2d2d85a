/* Profiles made for a test: the shipped one with some tables replaced. */
#ifndef MADE_H
#define MADE_H

#include "unit.h"

#include <dirent.h>

#include "base/date.h"
#include "domain/profile/profile.h"

struct made_table {
    const char *file; /* without .csv; NULL ends a list */
    const char *text; /* of the whole file */
};

static inline void copy_file(const char *from, const char *to)
{
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    int c;

    ck_assert(in && out);
    while ((c = getc(in)) != EOF)
        putc(c, out);
    fclose(in);
    ck_assert_int_eq(fclose(out), 0);
}

/* Copies or writes the tables into an empty folder. */
static inline void fill_folder(const char *folder, const struct made_table *tables)
{
    DIR *shipped = opendir(PROFILE);
    char from[512], to[512];

    ck_assert_ptr_nonnull(shipped);
    for (struct dirent *d; (d = readdir(shipped));) {
        snprintf(from, sizeof from, PROFILE "/%s", d->d_name);
        snprintf(to, sizeof to, "%s/%s", folder, d->d_name);
        if (strstr(d->d_name, ".csv"))
            copy_file(from, to);
    }
    closedir(shipped);
    for (; tables->file; tables++) {
        FILE *out;

        snprintf(to, sizeof to, "%s/%s.csv", folder, tables->file);
        out = fopen(to, "w");
        ck_assert(out && fputs(tables->text, out) >= 0 && fclose(out) == 0);
    }
}

/* As tr_profile_load. */
static inline int made_profile(struct tr_profile *p, const struct made_table *tables,
                               struct tr_err *err)
{
    char folder[] = "/tmp/unit-made-XXXXXX", command[64];
    int rc;

    ck_assert_ptr_nonnull(mkdtemp(folder));
    fill_folder(folder, tables);
    rc = tr_profile_load(p, folder, TEXTS, err);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
    return rc;
}

/* A day, yyyy-mm-dd, as a number; "-" is none. */
static inline int32_t day_read(const char *iso)
{
    struct tr_date d;

    if (strcmp(iso, "-") == 0)
        return TR_NO_DAY;
    ck_assert_msg(tr_date_parse(tr_str(iso), &d), "%s", iso);
    return tr_date_number(d);
}

/* And back; valid until four more have been shown. */
static inline const char *day_shown(int32_t day)
{
    static char text[4][TR_DATE_LEN + 1];
    static int at;
    char *to = text[at++ % 4];

    strcpy(to, "-");
    if (day != TR_NO_DAY) {
        tr_date_iso(tr_date_of(day), to);
        to[TR_DATE_LEN] = '\0';
    }
    return to;
}

#endif
