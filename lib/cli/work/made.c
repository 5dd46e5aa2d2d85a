#include "cli/work/made.h"

#include <stdlib.h>
#include <string.h>

bool tr_makers_start(struct tr_maker m[TR_THREADS_MAX], enum tr_format format, const struct tr_column *columns, size_t n)
{
    for (int i = 0; i < TR_THREADS_MAX; i++) {
        m[i].cells = calloc(n + 1, sizeof *m[i].cells);
        if (!m[i].cells)
            return false;
        tr_out_init(&m[i].text, -1, NULL);
        tr_writer_start(&m[i].writer, &m[i].text, format, columns, n);
        m[i].text.buf.len = 0; /* the header is the table's own */
    }
    return true;
}

void tr_makers_clear(struct tr_maker m[TR_THREADS_MAX])
{
    for (int i = 0; i < TR_THREADS_MAX; i++) {
        tr_buf_clear(&m[i].text.buf);
        free(m[i].cells);
        m[i].cells = NULL;
    }
}

bool tr_made_keep(struct tr_maker *m, struct tr_made *made)
{
    struct tr_str row = tr_buf_slice(&m->text.buf);

    m->text.buf.len = 0;
    if (m->text.buf.failed || row.len > sizeof made->text)
        return false;
    made->len = (uint16_t)row.len;
    memcpy(made->text, row.p, row.len);
    return true;
}
