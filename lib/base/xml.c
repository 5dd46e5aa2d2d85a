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
    for (; *attributes; attributes += 2)
        if (strcmp(strchr(name, ':') ? *attributes : local(*attributes), name) == 0)
            return attributes[1];
    return NULL;
}
