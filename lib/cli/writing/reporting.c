#include "cli/writing/reporting.h"

#include "cli/app/output.h"
#include "domain/flow/survival.h"

int tr_report_write(struct tr_app *app, const struct tr_figures *f, enum tr_format format,
                    const char *path)
{
    struct tr_output output;

    if (tr_output_table(app, &output, path, false, format) < 0)
        return -1;
    tr_figures_write(f, format, &output.out);
    return tr_output_close(app, &output, true);
}

void tr_report_say_few(struct tr_app *app, uint32_t n)
{
    char rows[16], few[16];
    struct tr_err err;

    if (n == 0)
        return;
    snprintf(rows, sizeof rows, "%lu", (unsigned long)n);
    snprintf(few, sizeof few, "%lu", (unsigned long)TR_CURVE_FEW);
    tr_err_set(&err, TR_W_FEW, rows, few, NULL);
    tr_app_say(app, &err);
}
