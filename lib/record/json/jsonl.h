/* One flat JSON object a line. */
#ifndef TR_RECORD_JSONL_H
#define TR_RECORD_JSONL_H

#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"

/* Reads the object in line and writes it as a plain CSV row (as tr_judge_row does): the values of
 * keys[0..n), each quoted. With keys NULL the object's own keys are written instead, as a header.
 * true and false become ja and nei, null and a missing key empty, an array its parts joined with |.
 * Returns the number of cells, or -1 with err (col is set, in bytes; line is not). */
int tr_jsonl_row(struct tr_str line, const struct tr_str *keys, uint32_t n, struct tr_buf *plain,
                 struct tr_buf *seps, struct tr_err *err);

#endif
