#include "cli/app/spelt.h"

#include <stdio.h>

#include "domain/profile/spellings.h"

static void say(struct tr_app *app, const struct tr_spellings *s, int field, enum tr_code code)
{
    struct tr_buf text = {0};
    struct tr_err err;
    char number[24];

    if (s->n[field] == 0)
        return;
    snprintf(number, sizeof number, s->n[field] < TR_SPELLINGS_MAX ? "%u" : "≥ %u", s->n[field]);
    tr_err_set(&err, code, number, NULL, NULL);
    tr_err_field(&err, tr_str(tr_fields[field].name));
    if (app->show_values && s->n[field] < TR_SPELLINGS_MAX) /* more come in no certain order */
        tr_spellings_text(s, field, sizeof err.value - 1, &text);
    tr_err_value(&err, tr_buf_slice(&text));
    tr_buf_clear(&text);
    tr_app_say(app, &err);
}

void tr_app_say_spellings(struct tr_app *app, const struct tr_import *import)
{
    for (int f = 0; import && f < TR_N_FIELDS && app->verbose; f++) {
        say(app, tr_import_beside(import), f, TR_W_SPELLING_BESIDE);
        say(app, tr_import_unread(import), f, TR_W_SPELLING_UNREAD);
    }
}
