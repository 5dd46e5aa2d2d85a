/* A form in a PDF: the page that it keeps, filled in with what is in its fields. */
#include "doc/filled/filled_own.h"

#include "base/apart.h"
#include "doc/document/pdf_form.h"

#pragma weak tr_pdf_form_read

/* The fields come in the order of the page, so the next one is looked at first. */
struct values {
    const struct tr_pdf_value *value;
    size_t n, next;
};

static bool find(void *cookie, struct tr_str name, struct tr_str *value, uint32_t *page)
{
    struct values *v = cookie;

    for (size_t i = 0; i < v->n; i++) {
        const struct tr_pdf_value *at = &v->value[(v->next + i) % v->n];

        if (!tr_str_eq(at->name, name))
            continue;
        v->next = (v->next + i + 1) % v->n;
        *value = at->value;
        *page = at->page;
        return true;
    }
    return false;
}

int tr_filled_pdf(struct reading *in, struct tr_str pdf, struct tr_err *err)
{
    struct tr_buf values = {0};
    struct tr_str page;
    struct values v;
    const struct tr_filled_values from = {find, &v};
    __typeof__(&tr_pdf_form_read) read_form = TR_APART(tr_pdf_form_read);
    int status = read_form ? read_form(pdf, TR_FILLED_BYTES, &page, &values, &in->f->text, err)
                           : tr_apart_missing(err);

    v = (struct values){(const void *)values.p, values.len / sizeof *v.value, 0};
    if (status == 0)
        tr_filled_page(in, page, &from);
    tr_buf_clear(&values);
    return status;
}
