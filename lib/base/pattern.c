#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.h"

#include <pcre2.h>
#include <stdlib.h>

struct tr_pattern {
    pcre2_code *code;
    pcre2_match_data *found;
};

struct tr_pattern *tr_pattern_new(struct tr_str pattern, struct tr_buf *bad)
{
    struct tr_pattern *p = calloc(1, sizeof *p);
    PCRE2_UCHAR why[128];
    PCRE2_SIZE at;
    int error;

    if (!p)
        return NULL;
    p->code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.len,
                            PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &error, &at, NULL);
    if (!p->code) {
        pcre2_get_error_message(error, why, sizeof why);
        tr_buf_text(bad, (const char *)why);
    } else {
        p->found = pcre2_match_data_create(1, NULL);
    }
    if (p->found) {
        pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* where it cannot, it is but slower */
        return p;
    }
    tr_pattern_free(p);
    return NULL;
}

void tr_pattern_free(struct tr_pattern *p)
{
    if (!p)
        return;
    pcre2_match_data_free(p->found);
    pcre2_code_free(p->code);
    free(p);
}

int tr_pattern_find(const struct tr_pattern *p, struct tr_str text, size_t from, size_t *start,
                    size_t *end)
{
    const PCRE2_SIZE *ends;
    int rc;

    if (from > text.len)
        return 0;
    rc = pcre2_match(p->code, (PCRE2_SPTR)(text.len ? text.p : ""), text.len, from, PCRE2_NOTEMPTY,
                     p->found, NULL);
    if (rc < 0)
        return rc == PCRE2_ERROR_NOMATCH ? 0 : -1;
    ends = pcre2_get_ovector_pointer(p->found);
    *start = ends[0];
    *end = ends[1];
    return 1;
}
