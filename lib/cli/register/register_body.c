#include "cli/register/register_own.h"

/* The line that was just written, without its end. */
static struct tr_str line_of(const struct tr_buf *b)
{
    return (struct tr_str){b->len ? b->p : "", b->len ? b->len - 1 : 0};
}

struct tr_str tr_put_form_start(struct tr_put_form *f, size_t n)
{
    f->n = n;
    for (size_t i = 0; i < n; i++)
        f->tag[i] = tr_register_tag(f->column[i].name);
    f->body.fd = -1;
    f->body.buf.len = 0;
    tr_writer_start(&f->writer, &f->body, TR_FORMAT_CSV, f->column, n);
    return line_of(&f->body.buf);
}

void tr_put_form_clear(struct tr_put_form *f)
{
    tr_buf_clear(&f->body.buf);
    tr_buf_wipe(&f->said);
}

struct tr_str tr_put_form_body(struct tr_put_form *f, const struct tr_str *cells)
{
    f->body.buf.len = 0;
    tr_writer_row(&f->writer, cells);
    return line_of(&f->body.buf);
}

void tr_put_form_content(struct tr_put_form *f, const struct tr_key *key,
                         const struct tr_str *cells, struct tr_str open,
                         unsigned char out[TR_MARK_LEN])
{
    tr_register_content(key, f->tag, cells, f->n, open, &f->said, out);
}
