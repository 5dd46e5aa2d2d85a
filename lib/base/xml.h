/* Reads XML piece by piece, and writes text into it. The only user of Expat. A document type, and with it every entity of
 * its own, is refused. */
#ifndef TR_BASE_XML_H
#define TR_BASE_XML_H

#include "base/buf.h"
#include "base/err.h"

/* What is found, in its order. Names are without their prefix; attributes are pairs of name, with
 * its prefix, and value, up to NULL. Each may be NULL. Valid during the call. */
struct tr_xml_found {
    void (*start)(void *cookie, const char *name, const char *const *attributes);
    void (*end)(void *cookie, const char *name);
    void (*text)(void *cookie, struct tr_str text);
    void *cookie;
};

struct tr_xml; /* opaque */

struct tr_xml *tr_xml_new(const struct tr_xml_found *found); /* NULL: memory */
void tr_xml_free(struct tr_xml *x);

/* The next n bytes. -1 with err (TR_E_SHEET): what is wrong, in the library's words. */
int tr_xml_feed(struct tr_xml *x, const char *p, size_t n, bool last, struct tr_err *err);

/* The value of an attribute, whatever its prefix if name has none; NULL when it is not there. */
const char *tr_xml_get(const char *const *attributes, const char *name);

/* Adds text for an element, or for an attribute in double quotes. What XML does not allow becomes
 * U+FFFD. */
void tr_xml_put(struct tr_buf *to, struct tr_str s);

#endif
