#include "doc/text/escape.h"

#include "doc/text/show.h"

void tr_escape_html(struct tr_str shown, struct tr_out *out)
{
    static const char *const entities[256] = {
        ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;", ['\''] = "&#39;"};
    size_t from = 0;

    for (size_t i = 0; i < shown.len; i++) {
        const char *entity = entities[(unsigned char)shown.p[i]];

        if (!entity)
            continue;
        tr_out_add(out, shown.p + from, i - from);
        tr_out_text(out, entity);
        from = i + 1;
    }
    if (from < shown.len)
        tr_out_add(out, shown.p + from, shown.len - from);
}

void tr_escape_html_input(struct tr_str s, struct tr_out *out)
{
    struct tr_buf shown = {0};

    tr_show_text(s, &shown);
    tr_escape_html(tr_buf_slice(&shown), out);
    out->buf.failed |= shown.failed;
    tr_buf_clear(&shown);
}
