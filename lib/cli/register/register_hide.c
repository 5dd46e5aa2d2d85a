#include <stdio.h>

#include "cli/register/register_own.h"

/* What is no more than codes: letters, digits and marks, in each part of a list fewer digits than a
 * telephone number has. It is kept as it is, without a search. */
static bool is_plain(struct tr_str s)
{
    int digits = 0;

    for (size_t i = 0; i < s.len; i++) {
        const char c = s.p[i];
        const bool digit = c >= '0' && c <= '9';

        digits = digit ? digits + 1 : c == '|' ? 0 : digits;
        if (digits > 7 || !(digit || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '|' ||
                            c == '-' || c == '_'))
            return false;
    }
    return true;
}

int tr_register_hide(struct tr_app *app, struct tr_hiding *h, struct tr_str *cell,
                     const struct tr_str *names, size_t n)
{
    struct tr_buf *to = &h->text[h->used];
    struct tr_err err;

    if (is_plain(*cell))
        return 0;
    if (!h->loaded && tr_masks_load(&h->masks, &app->profile, &err) < 0)
        return tr_app_fail(app, &err);
    h->loaded = true;
    if (h->used == TR_HIDING_MAX)
        return tr_app_no_memory(app);
    to->len = 0;
    if (tr_masks_hide(&h->masks, *cell, names, n, to) < 0)
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
