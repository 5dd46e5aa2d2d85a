#include <stdio.h>

#include "cli/register/register_own.h"

/* Whether a part of a list is a word with a capital and no digit, as a name is and few codes are. */
static bool may_name(struct tr_str s)
{
    struct tr_str part;

    while (s.len > 0 && tr_str_part(&s, '|', &part)) {
        bool digit = false, capital = false;

        for (size_t i = 0; i < part.len; i++) {
            digit |= part.p[i] >= '0' && part.p[i] <= '9';
            capital |= part.p[i] >= 'A' && part.p[i] <= 'Z';
        }
        if (capital && !digit)
            return true;
    }
    return false;
}

bool tr_register_keeps(struct tr_str cell, size_t n)
{
    return tr_masks_codes_only(cell) && (n == 0 || !may_name(cell));
}

int tr_register_hide(struct tr_app *app, struct tr_hiding *h, enum tr_names_of of,
                     struct tr_str *cell, const struct tr_str *names, size_t n)
{
    struct tr_buf *to = &h->text[h->used];
    struct tr_err err;

    if (tr_register_keeps(*cell, n))
        return 0; /* in a log, one word says who of the office did it */
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

/* Whether a cell is the SHA-256 of something, which tells of nobody. */
static bool is_digest(struct tr_str cell)
{
    bool hex = cell.len == 64;

    for (size_t i = 0; hex && i < cell.len; i++)
        hex = (cell.p[i] >= '0' && cell.p[i] <= '9') || (cell.p[i] >= 'a' && cell.p[i] <= 'f');
    return hex;
}

/* Whether the cell is just what the profile calls a unit, a role or the like: such a name tells of nobody, also where
 * it reads as an address. */
static bool is_of_profile(const struct tr_profile *p, struct tr_str cell)
{
    for (int i = 0; i < p->n_lists; i++)
        if (tr_list_find(&p->list[i], cell) >= 0)
            return true;
    return false;
}

int tr_register_hide_free(struct tr_app *app, struct tr_hiding *h, const struct tr_kept_kind *k,
                          struct tr_str *cells)
{
    const int most = sizeof k->free / sizeof *k->free;
    int rc = 0;

    h->used = 0;
    for (int i = 0; i < most && k->free[i] && rc == 0; i++)
        for (uint32_t m = 0; m < k->kind->n_members; m++)
            if (strcmp(k->kind->member[m].name, k->free[i]) == 0 && cells[m].len > 0 &&
                !is_digest(cells[m]) &&
                !is_of_profile(&app->profile, cells[m]))
                rc = tr_register_hide(app, h, TR_NAMES_ALL, &cells[m], NULL, 0);
    return rc;
}

void tr_register_hidden(struct tr_app *app, struct tr_hiding *h)
{
    char number[24], kind[64];

    for (int i = 0; h->loaded && i < tr_masks_kinds(&h->masks); i++) {
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
