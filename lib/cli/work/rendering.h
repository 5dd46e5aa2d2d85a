/* A table drawn for people: read, compared, looked at before it is published, and written in one of the formats of
 * tables or as a chart. */
#ifndef TR_CLI_RENDERING_H
#define TR_CLI_RENDERING_H

#include "cli/app/output.h"
#include "doc/table/percent.h"
#include "doc/table/table_build.h"
#include "doc/table/table_chart.h"
#include "doc/table/table_format.h"

/* For an option's choices. From TR_AS_SVG on they are charts, files of their own. */
enum tr_rendered { TR_AS_TEXT, TR_AS_TABLE_CSV, TR_AS_HTML = 4, TR_AS_WORKBOOK, TR_AS_SVG, TR_AS_PNG };
extern const char *const tr_rendered_formats[];

struct tr_rendering {
    struct tr_doc_choice choice;
    struct tr_doc_style style;
    int format;              /* enum tr_rendered; -1: not said */
    int chart;               /* enum tr_doc_chart; -1: not said */
    const char *size;        /* of a chart: pixels, WIDTH or WIDTHxHEIGHT; NULL: not said */
    const char *width;       /* of lines of text; NULL: not said */
    int percent;             /* enum tr_percent */
    const char *inhabitants; /* a file; NULL: none */
    bool publish;            /* refuse what tells of a few */
    const char *path;        /* NULL: standard output */
    int pixels;              /* set by tr_rendering_check, from size */
    double height;           /* the same, in units of the picture; 0: as it comes */
};

/* Settles what was not said; a usage error for what does not go together. */
void tr_rendering_check(struct tr_app *app, struct tr_rendering *r);

/* Reads the table and draws it. -1: said, status raised. */
int tr_rendering_draw(struct tr_app *app, struct tr_rendering *r, const char *input);

#endif
