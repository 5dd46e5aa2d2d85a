#include "doc/document/odt_own.h"

#include <stdio.h>

enum { LENGTH_LEAST = 10 };

/* In a paragraph, where spaces that XML would take away are elements. */
void tr_odt_put_text(struct tr_buf *to, struct tr_str s)
{
    for (size_t i = 0, n; i < s.len; i += n) {
        const char *space = memchr(s.p + i, ' ', s.len - i);

        n = space ? (size_t)(space - s.p) - i : s.len - i;
        tr_xml_put(to, (struct tr_str){s.p + i, n});
        if (!space)
            continue;
        put(to, n > 0 && i + n + 1 < s.len ? " " : "<text:s/>");
        n++;
    }
}

void tr_odt_put_element(struct tr_buf *to, const char *name, struct tr_str s)
{
    if (s.len == 0)
        return;
    put(to, "<");
    put(to, name);
    put(to, ">");
    tr_xml_put(to, s);
    put(to, "</");
    put(to, name);
    put(to, ">\n");
}

void tr_odt_put_span(struct tr_buf *to, const char *style, struct tr_str s)
{
    put(to, "<text:span text:style-name=\"");
    put(to, style);
    put(to, "\">");
    tr_odt_put_text(to, s);
    put(to, "</text:span>");
}

void tr_odt_put_length(struct tr_buf *to, int length)
{
    char text[32];

    length = length < LENGTH_LEAST ? LENGTH_LEAST : length;
    tr_buf_add(to, text,
               (size_t)snprintf(text, sizeof text, "%d.%03dcm", length / 1000, length % 1000));
}

void tr_odt_put_attribute(struct tr_buf *to, const char *name, const char *value)
{
    if (!value)
        return;
    put(to, " ");
    put(to, name);
    put(to, "=\"");
    put(to, value);
    put(to, "\"");
}
