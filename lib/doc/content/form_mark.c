#include "doc/content/form_mark_own.h"

#include "base/sha256.h"

void tr_form_mark(const struct tr_profile *p, enum tr_lang lang, struct tr_str fields,
                  struct tr_buf *out)
{
    enum { DIGITS = 12 };
    char sum[TR_SHA256_LEN];

    tr_sha256(fields, sum);
    tr_buf_str(out, tr_profile_value(p, "name"));
    tr_buf_char(out, '/');
    tr_buf_text(out, tr_lang_names[lang]);
    tr_buf_char(out, '/');
    tr_buf_add(out, sum, DIGITS);
}
