/* JSON documents read whole: objects, arrays, and values as cells have them. Documents are written
 * with record/writer.h. */
#ifndef TR_RECORD_JSON_H
#define TR_RECORD_JSON_H

#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"

struct tr_json; /* a value of a document; lives as long as the document */

/* The document in text, an object; path is for errors, which tell line and column. */
struct tr_json *tr_json_parse(struct tr_str text, const char *path, struct tr_err *err);
void tr_json_free(struct tr_json *document);

/* The member of an object, NULL when there is none or it is no object. */
struct tr_json *tr_json_member(const struct tr_json *object, struct tr_str name);

/* Number of an array's values, or of an object's members; 0 for others. */
size_t tr_json_size(const struct tr_json *value);
struct tr_json *tr_json_at(const struct tr_json *array, size_t i);

/* Adds the value as a cell has it; see json_own.h. false: it is no such value. */
bool tr_json_cell(const struct tr_json *value, struct tr_buf *out);

/* The text of a string, empty when it is none; borrowed. */
struct tr_str tr_json_text(const struct tr_json *value);

#endif
