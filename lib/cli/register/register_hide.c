#include <stdio.h>

#include "cli/register/register_own.h"

int tr_register_hide(struct tr_app *app, struct tr_hiding *h, enum tr_names_of of,
                     struct tr_str *cell, const struct tr_str *names, size_t n)
{
    struct tr_buf *to = &h->text[h->used];
    struct tr_err err;

    if (tr_masks_codes_only(*cell))
        return 0;
    if (!h->loaded && tr_masks_load(&h->masks, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    h->loaded = true;
    if (h->used == TR_HIDING_MAX)
        return tr_app_no_memory(app);
    to->len = 0;
    if (tr_masks_hide(&h->masks, of, *cell, names, n, to) < 0)
        return tr_app_no_memory(app);
    *cell = tr_buf_slice(to);
    h->used++;
    return 0;
}

void tr_register_hidden(struct tr_app *app, struct tr_hiding *h)
{
    char number[24], kind[64];

    for (int i = 0; h->loaded && i <= h->masks.n; i++) {
        if (h->masks.hidden[i] == 0)
            continue;
        snprintf(number, sizeof number, "%llu", (unsigned long long)h->masks.hidden[i]);
        tr_err_copy(kind, sizeof kind, h->masks.kind[i]);
        tr_app_note(app, N_("hidden in free text: %1 of type ‘%2’"), number, kind, NULL);
    }
    if (h->loaded)
        tr_masks_clear(&h->masks);
    for (int i = 0; i < TR_HIDING_MAX; i++)
        tr_buf_wipe(&h->text[i]);
}
