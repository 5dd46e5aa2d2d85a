#include "doc/content/form_mark_own.h"

#include "base/sha256.h"
#include "base/text.h"

enum { ABOUT = ':' }; /* before what a document is about; no name of a municipality has one */

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

void tr_form_put_mark(struct tr_document *d, tr_form_marks add, struct tr_str about)
{
    struct tr_buf mark = {0};

    add(d->profile, d->lang, &mark);
    if (about.len > 0)
        tr_buf_char(&mark, ABOUT);
    tr_buf_str(&mark, about);
    d->form = tr_arena_copy(&d->text, tr_buf_slice(&mark));
    d->failed |= mark.failed;
    tr_buf_clear(&mark);
}

bool tr_form_known(const struct tr_profile *p, struct tr_str mark, tr_form_marks add, struct tr_str *about,
                   struct tr_err *err)
{
    const char *colon = mark.len > 0 ? memchr(mark.p, ABOUT, mark.len) : NULL;
    const size_t n = colon ? (size_t)(colon - mark.p) : mark.len;
    struct tr_buf now = {0}, was = {0};
    bool known = mark.len == 0;

    *about = tr_str_from(mark, colon ? n + 1 : n);
    mark.len = n;
    for (int l = TR_N_LANGS; l-- > 0 && !known;) {
        now.len = 0;
        add(p, (enum tr_lang)l, &now);
        known = tr_str_eq(mark, tr_buf_slice(&now));
    }
    if (!known) {
        tr_text_show(mark, &was);
        tr_err_set(err, TR_E_FILLED_FORM, tr_buf_z(&was), tr_buf_z(&now), NULL);
    }
    tr_buf_clear(&now);
    tr_buf_clear(&was);
    return known;
}

bool tr_form_same(struct tr_str a, struct tr_str b, struct tr_buf *one, struct tr_buf *other)
{
    one->len = other->len = 0;
    tr_text_fold(a, one);
    tr_text_fold(b, other);
    return one->len > 0 && tr_str_eq(tr_buf_slice(one), tr_buf_slice(other));
}

bool tr_form_is_word(const struct tr_profile *p, struct tr_str s, const char *key, struct tr_buf *one,
                     struct tr_buf *other)
{
    for (int l = 0; l < TR_N_LANGS; l++)
        if (tr_form_same(s, tr_profile_text(p, key, (enum tr_lang)l), one, other))
            return true;
    return false;
}
