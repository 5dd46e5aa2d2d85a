/* What must hold of any document, for the targets that make some. */
#ifndef FUZZ_DOCUMENT_H
#define FUZZ_DOCUMENT_H

#include "fuzz_profile.h"

#include "base/utf8.h"
#include "doc/document/document_writer.h"

/* The library of fonts keeps what it has read until the program ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

/* Those that are made in a moment; fonts take too long. */
static const int fast_formats[] = {TR_DOCUMENT_TEXT, TR_DOCUMENT_MARKDOWN, TR_DOCUMENT_HTML, TR_DOCUMENT_ODT,
                                   TR_DOCUMENT_DOCX};

static int holds(struct tr_str s, const char *what)
{
    return s.len > 0 && memmem(s.p, s.len, what, strlen(what)) != NULL;
}

/* Text of a document: UTF-8, without control characters or marks that turn it around. */
static void check_text(struct tr_str s)
{
    bool wide = false, marks = false;

    CLAIM(s.len == 0 || tr_utf8_valid(s.p, s.len, &wide, &marks) == s.len);
    for (size_t i = 0; i < s.len; i++)
        CLAIM(((unsigned char)s.p[i] >= ' ' || s.p[i] == '\n') && s.p[i] != 0x7F);
    CLAIM(!holds(s, "\u202E") && !holds(s, "\u2066") && !holds(s, "\xC2\x9B"));
}

static void write_document(const struct tr_document *d, int format, struct tr_out *out)
{
    struct tr_err err;

    tr_out_init(out, -1, "document");
    CLAIM(tr_document_formats[format].write(d, out, &err) == 0);
    CLAIM(!out->buf.failed && out->buf.len > 0);
}

/* Writes it twice, and clears it. */
static void check_document(struct tr_document *d)
{
    CLAIM(!d->failed && d->depth == 0);
    for (size_t i = 0; i < sizeof fast_formats / sizeof *fast_formats; i++) {
        int format = fast_formats[i];
        struct tr_out once, twice;
        struct tr_str s;

        write_document(d, format, &once);
        write_document(d, format, &twice);
        s = tr_buf_slice(&once.buf);
        CLAIM(tr_str_eq(s, tr_buf_slice(&twice.buf)));
        if (!tr_document_formats[format].binary)
            check_text(s);
        CLAIM(format != TR_DOCUMENT_HTML || (!holds(s, "<script") && !holds(s, "<img")));
        CLAIM(format != TR_DOCUMENT_MARKDOWN || (!holds(s, "<script") && !holds(s, "](")) || holds(s, "\\]("));
        tr_buf_clear(&once.buf);
        tr_buf_clear(&twice.buf);
    }
    tr_document_clear(d);
}

#endif
