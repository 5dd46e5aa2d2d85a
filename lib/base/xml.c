#include "base/xml.h"

#include <expat.h>
#include <stdlib.h>

struct tr_xml {
    XML_Parser parser;
    struct tr_xml_found found;
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

static void XMLCALL start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    const struct tr_xml *x = data;

    x->found.start(x->found.cookie, local(name), (const char *const *)attributes);
}

static void XMLCALL end(void *data, const XML_Char *name)
{
    const struct tr_xml *x = data;

    x->found.end(x->found.cookie, local(name));
}

static void XMLCALL text(void *data, const XML_Char *p, int n)
{
    const struct tr_xml *x = data;

    x->found.text(x->found.cookie, (struct tr_str){p, (size_t)n});
}

static void XMLCALL refuse(void *data, const XML_Char *name, const XML_Char *system,
                           const XML_Char *public, int internal)
{
    const struct tr_xml *x = data;

    (void)name, (void)system, (void)public, (void)internal;
    XML_StopParser(x->parser, XML_FALSE);
}

struct tr_xml *tr_xml_new(const struct tr_xml_found *found)
{
    struct tr_xml *x = calloc(1, sizeof *x);

    if (x)
        x->parser = XML_ParserCreate(NULL);
    if (!x || !x->parser) {
        free(x);
        return NULL;
    }
    x->found = *found;
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, found->start ? start : NULL, found->end ? end : NULL);
    XML_SetCharacterDataHandler(x->parser, found->text ? text : NULL);
    XML_SetStartDoctypeDeclHandler(x->parser, refuse);
    return x;
}

void tr_xml_free(struct tr_xml *x)
{
    if (!x)
        return;
    XML_ParserFree(x->parser);
    free(x);
}

int tr_xml_feed(struct tr_xml *x, const char *p, size_t n, bool last, struct tr_err *err)
{
    enum XML_Error error;

    if (XML_Parse(x->parser, p, (int)n, last) != XML_STATUS_ERROR)
        return 0;
    error = XML_GetErrorCode(x->parser);
    if (error == XML_ERROR_NO_MEMORY)
        return tr_err_memory(err);
    return tr_err_set(err, TR_E_SHEET,
                      error == XML_ERROR_ABORTED ? "document type" : XML_ErrorString(error), NULL,
                      NULL);
}

const char *tr_xml_get(const char *const *attributes, const char *name)
{
    const bool whole = strchr(name, ':') != NULL;

    for (; *attributes; attributes += 2) {
        const char *is = whole ? *attributes : local(*attributes);

        if (*is == *name && strcmp(is, name) == 0)
            return attributes[1];
    }
    return NULL;
}

/* How many bytes at p are a character that XML does not allow: a control character, U+FFFE, U+FFFF. */
static size_t refused(const char *p, size_t n)
{
    unsigned char c = (unsigned char)*p;

    if (c < 32 && c != '\t' && c != '\n' && c != '\r')
        return 1;
    return n >= 3 && memcmp(p, "\xEF\xBF", 2) == 0 && (unsigned char)p[2] >= 0xBE ? 3 : 0;
}

void tr_xml_put(struct tr_buf *to, struct tr_str s)
{
    static const char *const entity[128] = {
        ['<'] = "&lt;", ['>'] = "&gt;", ['&'] = "&amp;", ['"'] = "&quot;", ['\r'] = "&#13;"};
    size_t from = 0;

    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.p[i];
        size_t out = c < 32 || c == 0xEF ? refused(s.p + i, s.len - i) : 0;
        const char *as = out > 0 ? "\uFFFD" : c < 128 ? entity[c] : NULL;

        i += out > 0 ? out : 1;
        if (!as)
            continue;
        tr_buf_add(to, s.p + from, i - (out > 0 ? out : 1) - from);
        tr_buf_text(to, as);
        from = i;
    }
    if (from < s.len)
        tr_buf_add(to, s.p + from, s.len - from);
}
