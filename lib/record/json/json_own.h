/* The one place that knows jansson. Not for others: see jsonl.h for records, json.h for documents.
 */
#ifndef TR_RECORD_JSON_OWN_H
#define TR_RECORD_JSON_OWN_H

#include <jansson.h>
#include "base/buf.h"

/* Adds a value as a cell has it, without quotes: ja and nei, digits, text; null is empty, the parts
 * of an array are joined with |. false: it is an object, or holds one. */
bool tr_json_flat(json_t *value, struct tr_buf *out);

/* What is wrong with a text, of size bytes at out, without what stood there: that may be a person's
 * data. */
void tr_json_fault(const json_error_t *why, char *out, size_t size);

#endif
