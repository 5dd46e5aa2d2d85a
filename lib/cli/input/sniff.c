#include "cli/input/sniff.h"

#include <stdio.h>

#include "cli/app/output.h"
#include "domain/referral/unread.h"

enum { SOURCE, WHAT, FOUND, WHY, DETAIL, N_CELLS };

static const struct tr_column columns[N_CELLS] = {
    [SOURCE] = {{"source", 6}}, [WHAT] = {{"what", 4}},     [FOUND] = {{"found", 5}},
    [WHY] = {{"why", 3}},       [DETAIL] = {{"detail", 6}},
};

struct sniffing {
    const struct tr_referrals *r;
    struct tr_reader *reader;
    struct tr_writer writer;
};

static void put(struct sniffing *s, const char *what, struct tr_str found, const char *why,
                struct tr_str detail)
{
    const struct tr_str cells[N_CELLS] = {tr_str(tr_reader_name(s->reader)), tr_str(what), found,
                                          tr_str(why), detail};

    tr_writer_row(&s->writer, cells);
}

static void put_number(struct sniffing *s, const char *what, uint64_t found, const char *why)
{
    char text[24];

    snprintf(text, sizeof text, "%llu", (unsigned long long)found);
    put(s, what, tr_str(text), why, (struct tr_str){"", 0});
}

static const char *why_encoding(const struct tr_dialect *d, const struct tr_reader_options *given)
{
    return given && given->encoding.encoding != TR_ENCODING_AUTO ? "option"
           : d->doubt == TR_DOUBT_TWICE                          ? "encoded-twice"
           : d->doubt == TR_DOUBT_READ                           ? "letters"
           : d->bom                                              ? "byte-order-mark"
           : d->encoding == TR_ENCODING_AUTO                     ? "all-ascii"
           : d->encoding == TR_ENCODING_UTF8                     ? "valid-utf-8"
           : d->encoding == TR_ENCODING_WINDOWS1252              ? "no-utf-8"
                                                                 : "zeros";
}

static void put_dialect(struct sniffing *s, const struct tr_reader_options *given)
{
    const struct tr_dialect *d = tr_reader_dialect(s->reader);
    static const char *const whys[] = {
        [TR_SHEET_FIRST] = "first-filled", [TR_SHEET_FITS] = "header", [TR_SHEET_NAMED] = "option"};
    const struct tr_sheet_facts *sheet = tr_reader_sheet(s->reader);
    struct tr_str none = {"", 0}, delimiter = {&d->delimiter, 1};

    if (sheet) {
        put(s, "format", TR_STR("workbook"), "first-bytes", none);
        put(s, "sheet", tr_str(sheet->name), whys[sheet->why], sheet->alike.len > 0 ? sheet->alike : sheet->other);
        return;
    }

    put(s, "encoding", tr_str(d->encoding == TR_ENCODING_AUTO ? "ascii" : d->encoding_name),
        why_encoding(d, given), none);
    put(s, "line_end",
        tr_str(d->cr     ? "CR"
               : d->crlf ? "CRLF"
                         : "LF"),
        d->cr ? "no-line-feed" : "first-line", none);
    put(s, "format", tr_str(tr_format_names[d->format]), "first-line", none);
    if (d->format == TR_FORMAT_JSONL)
        return;
    put(s, "separator", d->delimiter == '\t' ? TR_STR("tab") : delimiter,
        given && given->delimiter ? "option"
        : d->sep_line             ? "sep-line"
        : d->by_rows              ? "rows"
                                  : "header",
        none);
}

/* The column as a spreadsheet letters it. */
static const char *letters(uint32_t column, char text[16])
{
    char *p = text + 15;

    *p = '\0';
    for (uint32_t c = column + 1; c > 0; c = (c - 1) / 26)
        *--p = (char)('A' + (c - 1) % 26);
    return p;
}

static void put_column(struct sniffing *s, struct tr_unread_look *look, uint32_t c)
{
    const struct tr_binding *b = look->binding;
    char text[16], what[32], why[48] = "none";
    struct tr_str found = {"", 0};

    snprintf(what, sizeof what, "column %s", letters(c, text));
    if (b->field[c] >= 0) {
        found = tr_str(tr_fields[b->field[c]].name);
        snprintf(why, sizeof why, "%s", tr_str_eq(found, b->header[c]) ? "name" : "spelling");
    } else if (b->field[c] == TR_COLUMN_LEFT) {
        snprintf(why, sizeof why, "left-out");
    } else if (b->field[c] == TR_COLUMN_EXTRA) {
        struct tr_unread u = tr_unread_column(look, c);

        if (u.field >= 0)
            snprintf(why, sizeof why, "%s %zu/%zu %s",
                     u.code == TR_W_COLUMN_WORDS ? "words" : "near", u.known, u.cells,
                     tr_fields[u.field].name);
    }
    put(s, what, found, why, b->header[c]);
}

static void put_dates(struct sniffing *s, const struct tr_binding *b)
{
    static const char *const orders[] = {[TR_ORDER_NONE] = "both",
                                         [TR_ORDER_DAY_FIRST] = "day-first",
                                         [TR_ORDER_MONTH_FIRST] = "month-first"};

    for (uint32_t c = 0; c < b->n_columns; c++) {
        const struct tr_date_column *d = b->field[c] < 0 ? NULL : &b->date[b->field[c]];
        char why[32] = "nothing-tells";

        if (!d || tr_fields[b->field[c]].kind != TR_KIND_DATE)
            continue;
        if (d->line)
            snprintf(why, sizeof why, "line %llu", (unsigned long long)d->line);
        put(s, "dates", tr_str(orders[d->order]), why, tr_str(tr_fields[b->field[c]].name));
    }
}

static void sniff(struct tr_referrals *r, enum tr_format format, struct tr_out *out)
{
    struct sniffing s = {.r = r};

    tr_writer_start(&s.writer, out, format, columns, N_CELLS);
    for (int i = 0; i < r->inputs.n; i++) {
        const struct tr_binding *b = &r->binding[i];
        struct tr_unread_look look;
        bool bound;

        s.reader = r->inputs.reader[i];
        bound = tr_referrals_bind(r, i, TR_WANT_REFERRAL) == 0; /* it may find the header below */
        put_dialect(&s, r->app->reading);
        if (!bound)
            continue;
        put_number(&s, "header_line", b->header_line,
                   r->app->reading && r->app->reading->skip ? "option"
                   : b->below_title                         ? "required-columns"
                                                            : "first-line");
        tr_unread_start(&look, &r->app->profile, b, s.reader);
        for (uint32_t c = 0; c < b->n_columns && !out->buf.failed; c++)
            put_column(&s, &look, c);
        if (tr_unread_end(&look) < 0)
            out->buf.failed = true;
        put_dates(&s, b);
    }
}

void tr_sniff_all(struct tr_app *app, enum tr_format format, const char *path)
{
    struct tr_referrals referrals;
    struct tr_output output;

    if (tr_referrals_open(app, &referrals, NULL) == 0 &&
        tr_output_table(app, &output, path, false, format) == 0) {
        sniff(&referrals, format, &output.out);
        tr_output_close(app, &output, true);
    }
    tr_referrals_close(&referrals, false);
}
