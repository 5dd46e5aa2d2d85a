#include "base/err_own.h"

#include <errno.h>
#include <stdio.h>

void tr_err_copy(char *to, size_t size, struct tr_str from)
{
    size_t n = from.len < size ? from.len : size - 1;

    if (n < from.len)
        while (n > 0 && ((unsigned char)from.p[n] & 0xC0) == 0x80)
            n--;
    if (n > 0)
        memcpy(to, from.p, n);
    to[n] = '\0';
}

int tr_err_set(struct tr_err *err, enum tr_code code, const char *a, const char *b, const char *c)
{
    const char *arg[3] = {a, b, c};

    err->code = code;
    err->sys = 0;
    err->source = NULL;
    err->line = 0;
    err->col = 0;
    err->column = 0;
    err->field[0] = err->header[0] = err->value[0] = '\0';
    for (int i = 0; i < 3; i++)
        tr_err_copy(err->arg[i], sizeof err->arg[i], tr_str(arg[i]));
    return -1;
}

int tr_err_num(struct tr_err *err, enum tr_code code, unsigned long long a)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", a);
    return tr_err_set(err, code, text, NULL, NULL);
}

int tr_err_sys(struct tr_err *err, enum tr_code code, const char *source)
{
    int sys = errno;

    tr_err_set(err, code, NULL, NULL, NULL);
    err->sys = sys;
    err->source = source;
    return -1;
}

bool tr_err_is_system(const struct tr_err *err)
{
    enum tr_class class = tr_code_class(err->code);

    return class == TR_CLASS_MEMORY || class == TR_CLASS_IO ||
           (class == TR_CLASS_INPUT && err->sys != 0 && err->sys != ENOENT);
}

int tr_err_memory(struct tr_err *err)
{
    return tr_err_set(err, TR_E_MEMORY, NULL, NULL, NULL);
}

void tr_err_field(struct tr_err *err, struct tr_str field)
{
    tr_err_copy(err->field, sizeof err->field, field);
}

void tr_err_column(struct tr_err *err, uint32_t column, struct tr_str header)
{
    err->column = column + 1;
    if (!tr_str_is(header, err->field))
        tr_err_copy(err->header, sizeof err->header, header);
}

void tr_err_value(struct tr_err *err, struct tr_str value)
{
    tr_err_copy(err->value, sizeof err->value, value);
}

const char *tr_code_name(enum tr_code code)
{
    return tr_codes[code].name;
}

const char *tr_code_text(enum tr_code code)
{
    return tr_codes[code].text;
}

enum tr_class tr_code_class(enum tr_code code)
{
    return tr_codes[code].class;
}
