#include "record/writer.h"

#include <stdio.h>

#include "base/utf8.h"

struct tr_writer_format {
    void (*header)(struct tr_writer *w);
    void (*cell)(struct tr_writer *w, struct tr_str cell, bool plain);
};

static bool needs_quotes(struct tr_str cell, char delimiter)
{
    if (cell.len == 0)
        return false;
    if (strchr(" \t", cell.p[0]) || strchr(" \t", cell.p[cell.len - 1]))
        return true;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.p[i];

        if (c == delimiter || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return false;
}

void tr_csv_cell(struct tr_out *out, struct tr_str cell, char delimiter)
{
    const char *quote;

    if (!needs_quotes(cell, delimiter)) {
        tr_out_str(out, cell);
        return;
    }
    tr_out_char(out, '"');
    while (cell.len > 0 && (quote = memchr(cell.p, '"', cell.len))) {
        size_t n = (size_t)(quote - cell.p) + 1;

        tr_out_add(out, cell.p, n);
        tr_out_char(out, '"');
        cell.p += n;
        cell.len -= n;
    }
    tr_out_str(out, cell);
    tr_out_char(out, '"');
}

static void csv_header(struct tr_writer *w)
{
    for (size_t i = 0; i < w->n; i++) {
        if (i > 0)
            tr_out_char(w->out, ',');
        tr_csv_cell(w->out, w->columns[i].name, ',');
    }
    tr_out_char(w->out, '\n');
}

static void csv_cell(struct tr_writer *w, struct tr_str cell, bool plain)
{
    if (plain)
        tr_out_str(w->out, cell);
    else
        tr_csv_cell(w->out, cell, ',');
    if (++w->at == w->n)
        w->at = 0;
    tr_out_char(w->out, w->at ? ',' : '\n');
}

void tr_json_string(struct tr_out *out, struct tr_str s)
{
    tr_out_char(out, '"');
    for (size_t i = 0; i < s.len;) {
        int len = tr_utf8_step(s.p + i, s.len - i);
        unsigned char c = (unsigned char)s.p[i];
        char text[8];

        if (len <= 0)
            tr_out_text(out, "\\ufffd");
        else if (c == '"' || c == '\\' || c < 0x20 || c == 0x7F)
            tr_out_add(out, text,
                       (size_t)snprintf(text, sizeof text,
                                        c == '"' || c == '\\' ? "\\%c" : "\\u%04x", c));
        else
            tr_out_add(out, s.p + i, (size_t)len);
        i += len > 0 ? (size_t)len : 1;
    }
    tr_out_char(out, '"');
}

static void json_header(struct tr_writer *w)
{
    (void)w;
}

/* Digits with an optional sign and no leading zero: what JSON calls an integer. */
static bool is_integer(struct tr_str s)
{
    size_t i = s.len > 0 && s.p[0] == '-';

    if (i == s.len || s.len > 18 || (s.p[i] == '0' && s.len > i + 1))
        return false;
    for (; i < s.len; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return true;
}

static void json_list(struct tr_out *out, struct tr_str cell)
{
    struct tr_str part;
    bool first = true;

    tr_out_char(out, '[');
    while (tr_str_part(&cell, '|', &part)) {
        if (!first)
            tr_out_char(out, ',');
        tr_json_string(out, part);
        first = false;
    }
    tr_out_char(out, ']');
}

static void json_cell(struct tr_writer *w, struct tr_str cell, bool plain)
{
    enum tr_shape shape = w->columns[w->at].shape;

    (void)plain;
    tr_out_char(w->out, w->at ? ',' : '{');
    tr_json_string(w->out, w->columns[w->at].name);
    tr_out_char(w->out, ':');
    if (cell.len == 0)
        tr_out_text(w->out, "null");
    else if (shape == TR_SHAPE_BOOL && tr_str_is(cell, "ja"))
        tr_out_text(w->out, "true");
    else if (shape == TR_SHAPE_BOOL && tr_str_is(cell, "nei"))
        tr_out_text(w->out, "false");
    else if (shape == TR_SHAPE_NUMBER && is_integer(cell))
        tr_out_str(w->out, cell);
    else if (shape == TR_SHAPE_LIST)
        json_list(w->out, cell);
    else
        tr_json_string(w->out, cell);
    if (++w->at == w->n) {
        w->at = 0;
        tr_out_text(w->out, "}\n");
    }
}

static const struct tr_writer_format formats[] = {
    [TR_FORMAT_CSV] = {csv_header, csv_cell},
    [TR_FORMAT_JSONL] = {json_header, json_cell},
};

void tr_writer_start(struct tr_writer *w, struct tr_out *out, enum tr_format format,
                     const struct tr_column *columns, size_t n)
{
    *w = (struct tr_writer){.out = out, .format = &formats[format], .columns = columns, .n = n};
    w->format->header(w);
}

void tr_writer_cell(struct tr_writer *w, struct tr_str cell)
{
    w->format->cell(w, cell, false);
}

void tr_writer_plain(struct tr_writer *w, struct tr_str cell)
{
    w->format->cell(w, cell, true);
}

void tr_writer_raw(struct tr_writer *w, struct tr_str cells, size_t n)
{
    tr_out_str(w->out, cells);
    w->at = (w->at + n) % w->n;
    tr_out_char(w->out, w->at ? ',' : '\n');
}
