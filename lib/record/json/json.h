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

/* Objects one after another in a text: on lines of their own, or however they are laid out. */
struct tr_json_stream {
    struct tr_str rest;
    uint64_t line;        /* at which rest begins, from 1 */
    const char *path;     /* for errors */
    struct tr_str object; /* the text of the object that was given last */
    bool no_nul;          /* in rest: looked for once */
};

/* The next object, and the line at which it begins: 1; 0 at the end; -1 with err. */
int tr_json_next(struct tr_json_stream *s, struct tr_json **out, uint64_t *line,
                 struct tr_err *err);

/* Where something stands in a text that was parsed: down from the document, each step a member of
 * an object, or a value of an array when key.p is NULL. line: at which text begins. false: it is
 * not there, or its name is written with escapes; then *line and *col are those of the last step
 * found.
 */
struct tr_json_step {
    struct tr_str key;
    size_t index;
};
bool tr_json_place(struct tr_str text, const struct tr_json_step *steps, size_t n, uint64_t *line,
                   uint32_t *col);

/* The member of an object, NULL when there is none or it is no object. */
struct tr_json *tr_json_member(const struct tr_json *object, struct tr_str name);

/* Number of an array's values, or of an object's members; 0 for others. */
size_t tr_json_size(const struct tr_json *value);
struct tr_json *tr_json_at(const struct tr_json *array, size_t i);

/* The values of an array, one after another: start with array set, and the rest zero. 1, or 0 at the end;
 * -1: one is no object. A value lives until the next call. */
struct tr_json_values {
    const struct tr_json *array; /* of the document, or NULL */
    struct tr_str lines;         /* p set: they stand here instead, see json_apart.c */
    size_t next;
    struct tr_json *held;
};
int tr_json_values_next(struct tr_json_values *v, struct tr_json **out);

/* The same document as tr_json_parse gives, but for arrays of these names, in their order, that are written
 * an object a line: of those, values takes the lines, which are parsed in their turn. Borrows text. NULL: it
 * is not written so, or wrong; parse it as a whole. */
struct tr_json *tr_json_parse_apart(struct tr_str text, const char *const *names, size_t n,
                                    struct tr_json_values *values);

/* Goes through the members of an object, in the order in which they were written: *place starts as
 * NULL; false when there are no more. */
bool tr_json_each(const struct tr_json *object, void **place, struct tr_str *name,
                  struct tr_json **value);

enum tr_json_type { TR_JSON_NULL, TR_JSON_OBJECT, TR_JSON_ARRAY, TR_JSON_SCALAR };
enum tr_json_type tr_json_type(const struct tr_json *value); /* TR_JSON_NULL for none */

/* Adds the value as a cell has it; see json_own.h. false: it is no such value. */
bool tr_json_cell(const struct tr_json *value, struct tr_buf *out);

/* The text of a string, empty when it is none; borrowed. */
struct tr_str tr_json_text(const struct tr_json *value);

#endif
