#include "base/date.h"
#include "base/sha256.h"
#include "doc/content/ics_own.h"
#include "doc/text/show.h"

enum { LINE_MAX_OCTETS = 75, UID_DIGITS = 32 };

void tr_ics_fold(struct tr_buf *line, struct tr_out *out)
{
    size_t at = 0, room = LINE_MAX_OCTETS;

    while (line->len - at > room) {
        size_t n = room;

        while (n > 0 && ((unsigned char)line->p[at + n] & 0xC0) == 0x80)
            n--;
        tr_out_add(out, line->p + at, n);
        tr_out_text(out, "\r\n ");
        at += n;
        room = LINE_MAX_OCTETS - 1;
    }
    tr_out_add(out, line->p + at, line->len - at);
    tr_out_text(out, "\r\n");
    out->buf.failed |= line->failed;
    line->len = 0;
}

void tr_ics_plain(struct tr_out *out, const char *line)
{
    tr_out_text(out, line);
    tr_out_text(out, "\r\n");
}

void tr_ics_text(struct tr_buf *line, struct tr_str s)
{
    struct tr_buf shown = {0};

    tr_show_text(s, &shown);
    for (size_t i = 0; i < shown.len; i++) {
        if (strchr("\\;,", shown.p[i]))
            tr_buf_char(line, '\\');
        tr_buf_char(line, shown.p[i]);
    }
    line->failed |= shown.failed;
    tr_buf_clear(&shown);
}

void tr_ics_property(struct tr_out *out, struct tr_buf *line, const char *name, struct tr_str text)
{
    tr_buf_text(line, name);
    tr_buf_char(line, ':');
    tr_ics_text(line, text);
    tr_ics_fold(line, out);
}

void tr_ics_day(struct tr_buf *line, int32_t day)
{
    char iso[TR_DATE_LEN];

    tr_date_iso(tr_date_of(day), iso);
    tr_buf_add(line, iso, 4);
    tr_buf_add(line, iso + 5, 2);
    tr_buf_add(line, iso + 8, 2);
}

void tr_ics_uid(struct tr_buf *line, struct tr_out *out, const struct tr_str *part, int n)
{
    struct tr_buf about = {0};
    char hash[TR_SHA256_LEN];

    for (int i = 0; i < n; i++) {
        if (i > 0)
            tr_buf_char(&about, '\0');
        tr_buf_str(&about, part[i]);
    }
    tr_sha256(tr_buf_slice(&about), hash);
    line->failed |= about.failed;
    tr_buf_clear(&about);
    tr_buf_text(line, "UID:");
    tr_buf_add(line, hash, UID_DIGITS);
    tr_buf_text(line, "@transition");
    tr_ics_fold(line, out);
}
