#include "domain/profile/spellings.h"

#include <stdlib.h>

#include "base/secret.h"
#include "base/text.h"

struct met {
    int column;
    size_t from, len; /* in the text */
    enum tr_code code; /* TR_OK: nothing is wrong with it, or it was not asked for */
    char arg[sizeof((struct tr_err *)0)->arg[0]];
};

void tr_spellings_clear(struct tr_spellings *s)
{
    tr_dict_clear(&s->seen);
    tr_buf_wipe(&s->met);
    tr_buf_wipe(&s->text);
    *s = (struct tr_spellings){0};
}

static struct met *met_at(const struct tr_spellings *s, int number)
{
    return (struct met *)(void *)s->met.p + number;
}

/* The spelling, which is added when it is new; NULL: there is no room for it. */
static struct met *meet(struct tr_spellings *s, int column, struct tr_str text)
{
    int number = (int)(s->met.len / sizeof(struct met)), rc;
    char space[TR_SPELLING_LEN + 2];
    struct tr_buf key = TR_BUF_IN(space);
    struct met met = {.column = column};

    if (text.len > TR_SPELLING_LEN)
        return NULL;
    tr_buf_char(&key, (char)('!' + column));
    tr_buf_str(&key, text);
    rc = tr_dict_find(&s->seen, tr_buf_slice(&key));
    if (rc >= 0)
        return met_at(s, rc);
    if (s->n[column] == TR_SPELLINGS_MAX || s->failed)
        return NULL;
    rc = tr_dict_add(&s->seen, tr_buf_slice(&key), &number);
    met.len = text.len;
    met.from = s->text.len;
    tr_buf_str(&s->text, text);
    tr_buf_add(&s->met, &met, sizeof met);
    s->failed |= rc < 0 || s->met.failed || s->text.failed;
    if (s->failed)
        return NULL;
    s->n[column]++;
    return met_at(s, number);
}

void tr_spellings_add(struct tr_spellings *s, int column, struct tr_str text)
{
    (void)meet(s, column, text);
}

void tr_spellings_fault(struct tr_spellings *s, int column, const struct tr_list *list, struct tr_str cell,
                        struct tr_err *err)
{
    struct met *met = meet(s, column, cell);

    if (!met) {
        tr_list_labels(list, err);
        return;
    }
    if (met->code) {
        tr_err_set(err, met->code, met->arg, NULL, NULL);
        return;
    }
    tr_list_fault(list, cell, err);
    met->code = err->code;
    memcpy(met->arg, err->arg[0], sizeof met->arg);
}

static struct tr_str text_of(const struct tr_spellings *s, const struct met *met)
{
    return (struct tr_str){s->text.p + met->from, met->len};
}

void tr_spellings_join(struct tr_spellings *s, const struct tr_spellings *other)
{
    for (size_t i = 0; i < other->met.len / sizeof(struct met); i++) {
        const struct met *met = met_at(other, (int)i);

        tr_spellings_add(s, met->column, text_of(other, met));
    }
}

static int in_order(const void *a, const void *b)
{
    return tr_text_order(*(const struct tr_str *)a, *(const struct tr_str *)b);
}

void tr_spellings_text(const struct tr_spellings *s, int column, size_t room, struct tr_buf *out)
{
    size_t n = s->met.len / sizeof(struct met), k = 0;
    struct tr_str *all = calloc(n + 1, sizeof *all);

    for (size_t i = 0; all && i < n; i++)
        if (met_at(s, (int)i)->column == column)
            all[k++] = text_of(s, met_at(s, (int)i));
    if (all)
        qsort(all, k, sizeof *all, in_order);
    else
        out->failed = true;
    for (size_t i = 0; i < k; i++) {
        if (out->len + all[i].len + 6 > room) {
            tr_buf_text(out, i ? "; …" : "…");
            break;
        }
        tr_buf_text(out, i ? "; " : "");
        tr_buf_str(out, all[i]);
    }
    free(all);
}
