#define _GNU_SOURCE
#include "record/source.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/sizes.h"
#include "base/utf8.h"
#include "record/untwice.h"
#include "record/windows.h"

static const char *const encodings[TR_N_ENCODINGS] = {
    [TR_ENCODING_AUTO] = "auto",
    [TR_ENCODING_UTF8] = "utf-8",
    [TR_ENCODING_UTF16LE] = "utf-16le",
    [TR_ENCODING_UTF16BE] = "utf-16be",
    [TR_ENCODING_UTF32LE] = "utf-32le",
    [TR_ENCODING_UTF32BE] = "utf-32be",
    [TR_ENCODING_WINDOWS1252] = "windows-1252",
    [TR_ENCODING_TWICE] = "utf-8 encoded twice",
};

int tr_encoding_find(const char *name, struct tr_encoding_choice *out)
{
    iconv_t decoder;

    for (int i = 0; i < TR_ENCODING_NAMED; i++)
        if (strcasecmp(encodings[i], name) == 0) {
            *out = (struct tr_encoding_choice){.encoding = (enum tr_encoding)i};
            return 0;
        }
    decoder = iconv_open("UTF-8", name);
    if (decoder == (iconv_t)-1)
        return -1;
    iconv_close(decoder);
    *out = (struct tr_encoding_choice){TR_ENCODING_NAMED, name};
    return 0;
}

struct tr_source {
    int fd;
    const char *path, *name;
    struct tr_sheet *sheet; /* NULL: the bytes are text as they are */
    struct tr_sheet_options wanted;
    struct tr_encoding_choice choice;
    enum tr_encoding encoding;
    enum tr_doubt doubt;
    bool bom, ended;
    iconv_t decoder; /* (iconv_t)-1 while none is needed */
    uint64_t size;   /* of a regular file when it was opened, else 0 */
    uint64_t taken;  /* bytes read so far */
    char *raw;       /* read and not yet given out */
    size_t raw_at, raw_len;
    size_t hold;  /* bytes at its end that must not go out before more is known */
    char *turned; /* raw text of TR_ENCODING_TWICE as it was before, and not yet given out */
    size_t turned_at, turned_len;
};

/* Up to size bytes as they are, 0 at the end; -1 with err. */
static ssize_t take(struct tr_source *s, char *p, size_t size, struct tr_err *err)
{
    ssize_t n;

    if (s->sheet) {
        size_t given;

        if (tr_sheet_read(s->sheet, p, size, &given, err) < 0) {
            err->source = err->source ? err->source : s->name;
            return -1;
        }
        s->ended |= given == 0;
        return (ssize_t)given;
    }
    do
        n = s->ended ? 0 : read(s->fd, p, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return tr_err_sys(err, TR_E_READ, s->name);
    s->taken += (uint64_t)n;
    s->ended |= n == 0;
    if (!s->ended || s->taken >= s->size)
        return n;
    tr_err_set(err, TR_E_FILE_SHRANK, NULL, NULL, NULL);
    err->source = s->name;
    return -1;
}

/* Fills up the raw buffer as far as the input gives. */
static int fill(struct tr_source *s, struct tr_err *err)
{
    memmove(s->raw, s->raw + s->raw_at, s->raw_len - s->raw_at);
    s->raw_len -= s->raw_at;
    s->raw_at = 0;
    while (!s->ended && s->raw_len < TR_SIZE_RAW) {
        ssize_t n = take(s, s->raw + s->raw_len, TR_SIZE_RAW - s->raw_len, err);

        if (n < 0)
            return -1;
        s->raw_len += (size_t)n;
    }
    return 0;
}

static bool starts(const struct tr_source *s, const char *bytes, size_t n)
{
    return s->raw_len >= n && memcmp(s->raw, bytes, n) == 0;
}

/* What the first bytes of a file that is no table of text give away. */
static const char *workbook(const struct tr_source *s)
{
    static const struct {
        const char *bytes, *kind;
    } magic[] = {
        {"\xD0\xCF\x11\xE0", "xls/doc"},
        {"%PDF", "pdf"},
        {"\x1F\x8B\x08", "gzip"},
        {"SQLite format 3", "SQLite"},
    };

    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (starts(s, magic[i].bytes, strlen(magic[i].bytes)))
            return magic[i].kind;
    return NULL;
}

static void skip_mark(struct tr_source *s, enum tr_encoding encoding, const char *mark, size_t n)
{
    if (s->bom || !starts(s, mark, n) ||
        (s->encoding != TR_ENCODING_AUTO && s->encoding != encoding))
        return;
    s->bom = true;
    s->encoding = encoding;
    s->raw_at = n;
}

/* Letters as Windows-1252 has them. */
static bool is_letter(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0xC0;
}

/* Letters that Norwegian has beside those of ASCII, in three encodings of a byte a character. Left
 * out of the other two are those that stand behind letters in Windows-1252, too, such as quotation
 * marks. */
static const struct {
    const char *small, *capital, *name;
} singles[] = {
    [TR_DOUBT_NONE] = {"\xE6\xF8\xE5", "\xC6\xD8\xC5", "windows-1252"},
    [TR_DOUBT_MACINTOSH] = {"\xBE\xBF\x8C", "\xAF\x81", "macintosh"},
    [TR_DOUBT_DOS] = {"\x9B\x86", "\x9D\x8F", "cp865"},
};

/* Whether p[i] could be a letter of the encoding where it stands: a small one behind another
 * letter, a capital before one and not behind a small one. */
static bool may_be(enum tr_doubt d, const char *p, size_t i, size_t n)
{
    unsigned char before = (unsigned char)p[i - 1];

    if (strchr(singles[d].small, p[i]))
        return is_letter(before);
    return strchr(singles[d].capital, p[i]) && i + 1 < n && is_letter((unsigned char)p[i + 1]) &&
           !(before >= 'a' && before <= 'z');
}

/* What is to be told of bytes taken for Windows-1252. *inside: letters of the encoding that they
 * seem to be in stand between others, where they can be nothing else. */
static enum tr_doubt doubt_single(const char *p, size_t n, bool *inside)
{
    enum { N = sizeof singles / sizeof *singles };
    size_t count[N] = {0}, between[N] = {0};
    enum tr_doubt doubt;

    for (size_t i = 1; i < n; i++) {
        if ((unsigned char)p[i] < 0x80)
            continue;
        count[TR_DOUBT_NONE] += strchr(singles[TR_DOUBT_NONE].small, p[i]) ||
                                strchr(singles[TR_DOUBT_NONE].capital, p[i]);
        for (size_t d = TR_DOUBT_NONE + 1; d < N; d++) {
            bool found = may_be((enum tr_doubt)d, p, i, n);

            count[d] += found;
            between[d] += found && i + 1 < n && is_letter((unsigned char)p[i + 1]);
        }
    }
    if (count[TR_DOUBT_NONE] > 0 || count[TR_DOUBT_MACINTOSH] == count[TR_DOUBT_DOS])
        return TR_DOUBT_NONE;
    doubt = count[TR_DOUBT_MACINTOSH] > count[TR_DOUBT_DOS] ? TR_DOUBT_MACINTOSH : TR_DOUBT_DOS;
    *inside =
        between[doubt] > 0 && count[doubt == TR_DOUBT_DOS ? TR_DOUBT_MACINTOSH : TR_DOUBT_DOS] == 0;
    return doubt;
}

/* Whether one of the texts stands at p. */
static bool stands(const char *const text[], size_t n_texts, const char *p, size_t n)
{
    bool found = false;

    for (size_t k = 0; k < n_texts; k++)
        found |= n >= strlen(text[k]) && memcmp(p, text[k], strlen(text[k])) == 0;
    return found;
}

/* Whether UTF-8 has æøåÆØÅ as what they become when they are encoded twice: of Windows-1252, if
 * they stand there only so; what was encoded more often, or taken for another encoding, is only
 * told. */
static enum tr_doubt doubt_again(const char *p, size_t n)
{
    static const char *const twice[] = {"\xC2\xA6",     "\xC2\xB8", "\xC2\xA5",
                                        "\xE2\x80\xA0", "\xCB\x9C", "\xE2\x80\xA6"};
    static const char *const macintosh[] = {"√¶", "√∏", "√•", "√Ü", "√ò", "√Ö"};
    static const char *const dos[] = {"├ª", "├╕", "├©", "├Ñ", "├å", "├ÿ", "├Ï", "├à"};
    static const char *const thrice[] = {"\xC6\x92", "\xC2\x83"};
    static const char once[] = "\xA6\xB8\xA5\x86\x98\x85";
    const char *end = p + n;
    bool good = false, found = false, other = false;

    for (const char *at = p; (at = memchr(at, '\xE2', (size_t)(end - at))); at++)
        other |= stands(macintosh, sizeof macintosh / sizeof *macintosh, at, (size_t)(end - at)) ||
                 stands(dos, sizeof dos / sizeof *dos, at, (size_t)(end - at));
    for (const char *at = p; (at = memchr(at, '\xC3', (size_t)(end - at))) && at + 1 < end; at++) {
        size_t behind = (size_t)(end - at) - 2;

        good |= at[1] && strchr(once, at[1]);
        found |= at[1] == '\x83' && stands(twice, sizeof twice / sizeof *twice, at + 2, behind);
        other |= at[1] == '\x83' && stands(thrice, sizeof thrice / sizeof *thrice, at + 2, behind);
    }
    if (found && !good && !other)
        return TR_DOUBT_TWICE;
    return found || other ? TR_DOUBT_PARTLY : TR_DOUBT_NONE;
}

/* UTF-8 or an encoding of a byte a character, from the bytes in hand; stays AUTO while they are
 * ASCII. A character that the buffer's end cuts off says nothing yet: it is held back. */
static void decide(struct tr_source *s)
{
    const char *p = s->raw + s->raw_at;
    size_t n = s->raw_len - s->raw_at, good;
    bool wide = false, marks = false;

    good = tr_utf8_valid(p, n, &wide, &marks);
    if (good < n && (tr_utf8_step(p + good, n - good) == 0 || s->ended)) {
        bool inside = false;

        s->encoding = TR_ENCODING_WINDOWS1252;
        s->doubt = doubt_single(p, n, &inside);
        if (inside) {
            s->encoding = TR_ENCODING_NAMED;
            s->choice.name = singles[s->doubt].name;
            s->doubt = TR_DOUBT_READ;
        }
    } else if (wide) {
        s->doubt = doubt_again(p, n);
        s->encoding = s->doubt == TR_DOUBT_TWICE ? TR_ENCODING_TWICE : TR_ENCODING_UTF8;
    }
    s->hold = s->encoding == TR_ENCODING_AUTO ? n - good : 0;
}

/* UTF-16 without a mark: of its first bytes, every other one is mostly zero. UTF-32: of four, the
 * two that are most significant are always zero, and one never is. */
static void find_wide(struct tr_source *s)
{
    size_t n = s->raw_len - s->raw_at, zeros[4] = {0};

    n = n > 4096 ? 4096 : n & ~(size_t)3;
    for (size_t i = 0; i < n; i++)
        zeros[i & 3] += s->raw[s->raw_at + i] == '\0';
    for (int odd = 0; odd < 2 && n >= 8; odd++) {
        size_t most = odd ? 2 : 0, least = odd ? 0 : 3;

        if ((zeros[odd] + zeros[odd + 2]) * 4 >= n && zeros[!odd] + zeros[!odd + 2] == 0)
            s->encoding = odd ? TR_ENCODING_UTF16LE : TR_ENCODING_UTF16BE;
        else if (zeros[most] + zeros[most + 1] == n / 2 && zeros[least] == 0)
            s->encoding = odd ? TR_ENCODING_UTF32LE : TR_ENCODING_UTF32BE;
    }
}

/* Bytes of a unit of the encoding. */
static size_t unit_of(enum tr_encoding encoding)
{
    switch (encoding) {
    case TR_ENCODING_UTF16LE:
    case TR_ENCODING_UTF16BE: return 2;
    case TR_ENCODING_UTF32LE:
    case TR_ENCODING_UTF32BE: return 4;
    default: return 1;
    }
}

static int start_decoder(struct tr_source *s, struct tr_err *err)
{
    if (s->encoding == TR_ENCODING_UTF8 || s->encoding == TR_ENCODING_AUTO ||
        s->encoding == TR_ENCODING_TWICE || s->encoding == TR_ENCODING_WINDOWS1252 ||
        s->decoder != (iconv_t)-1)
        return 0;
    s->decoder = iconv_open("UTF-8", tr_source_encoding_name(s));
    if (s->decoder != (iconv_t)-1)
        return 0;
    tr_err_set(err, TR_E_ENCODING, tr_source_encoding_name(s), NULL, NULL);
    err->source = s->name;
    return -1;
}

/* Excel keeps what has a password in the container of its old files, under this name. */
static bool is_locked(const struct tr_source *s)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    return memmem(s->raw, s->raw_len, name, sizeof name - 1) != NULL;
}

/* A workbook: from now on its sheet is what is read. */
static int open_sheet(struct tr_source *s, struct tr_arena *names, struct tr_err *err)
{
    struct tr_buf name = {0};

    s->sheet = tr_sheet_open(s->fd, (struct tr_str){s->raw, s->raw_len}, &s->wanted, err);
    if (!s->sheet) {
        err->source = s->name;
        return -1;
    }
    s->raw_at = s->raw_len = 0;
    s->ended = false;
    s->size = s->size ? 1 : 0; /* its own is of no use now, but that it is a file */
    s->encoding = TR_ENCODING_UTF8;
    if (names) {
        tr_buf_text(&name, s->name);
        tr_buf_char(&name, '[');
        tr_buf_text(&name, tr_sheet_facts(s->sheet)->name);
        tr_buf_add(&name, "]", 2);
        s->name = tr_arena_copy(names, tr_buf_slice(&name)).p;
        names->failed |= name.failed;
        tr_buf_clear(&name);
        if (names->failed)
            return tr_err_memory(err);
    }
    return fill(s, err);
}

static int look(struct tr_source *s, struct tr_arena *names, struct tr_err *err)
{
    const char *kind;
    enum tr_code code = TR_OK;

    if (fill(s, err) < 0 ||
        (tr_sheet_is((struct tr_str){s->raw, s->raw_len}) && open_sheet(s, names, err) < 0))
        return -1;
    kind = s->sheet ? NULL : workbook(s);
    skip_mark(s, TR_ENCODING_UTF8, "\xEF\xBB\xBF", 3);
    skip_mark(s, TR_ENCODING_UTF32LE, "\xFF\xFE\0", 4); /* before that of UTF-16 */
    skip_mark(s, TR_ENCODING_UTF32BE, "\0\0\xFE\xFF", 4);
    skip_mark(s, TR_ENCODING_UTF16LE, "\xFF\xFE", 2);
    skip_mark(s, TR_ENCODING_UTF16BE, "\xFE\xFF", 2);
    if (s->encoding == TR_ENCODING_AUTO)
        find_wide(s);
    if (kind)
        code = is_locked(s) ? TR_E_SHEET_LOCKED : TR_E_FILE_WORKBOOK;
    else if (s->raw_len == s->raw_at)
        code = TR_E_FILE_EMPTY;
    else if (unit_of(s->encoding) == 1 && s->encoding != TR_ENCODING_NAMED) {
        const char *nul = memchr(s->raw, '\0', s->raw_len);
        const char *feed = memchr(s->raw, '\n', s->raw_len);

        if (nul && (!feed || nul < feed)) /* later ones spoil their rows only */
            code = TR_E_FILE_BINARY;
    }
    if (code) {
        tr_err_set(err, code, kind, NULL, NULL);
        err->source = s->name;
        return -1;
    }
    if (s->encoding == TR_ENCODING_AUTO)
        decide(s);
    else if (s->bom && s->encoding == TR_ENCODING_UTF8 && s->choice.encoding == TR_ENCODING_AUTO &&
             (s->doubt = doubt_again(s->raw + s->raw_at, s->raw_len - s->raw_at)) == TR_DOUBT_TWICE)
        s->encoding = TR_ENCODING_TWICE;
    return start_decoder(s, err);
}

/* Whether standard input is open for reading; if not, errno. */
static bool can_be_read(void)
{
    int flags = fcntl(STDIN_FILENO, F_GETFL);

    if (flags >= 0 && (flags & O_ACCMODE) == O_WRONLY)
        errno = EBADF;
    return flags >= 0 && (flags & O_ACCMODE) != O_WRONLY;
}

struct tr_source *tr_source_open(const char *path, const char *name,
                                 struct tr_encoding_choice encoding,
                                 const struct tr_sheet_options *sheet, struct tr_arena *names,
                                 struct tr_err *err)
{
    bool standard = strcmp(path, "-") == 0;
    struct tr_source *s = calloc(1, sizeof *s);
    struct stat st;

    if (s)
        *s = (struct tr_source){.fd = -1,
                                .decoder = (iconv_t)-1,
                                .choice = encoding,
                                .encoding = encoding.encoding,
                                .path = path,
                                .name = name,
                                .wanted = *sheet,
                                .raw = malloc(TR_SIZE_RAW)};
    if (!s || !s->raw) {
        tr_err_memory(err);
        goto fail;
    }
    s->fd = !standard ? open(path, O_RDONLY | O_CLOEXEC) : can_be_read() ? dup(STDIN_FILENO) : -1;
    if (s->fd < 0 || fstat(s->fd, &st) < 0) {
        bool pattern = errno == ENOENT && strpbrk(path, "*?[");

        tr_err_sys(err, pattern ? TR_E_OPEN_PATTERN : TR_E_OPEN, name);
        err->sys = pattern ? 0 : err->sys;
        goto fail;
    }
    if (S_ISDIR(st.st_mode)) {
        tr_err_set(err, TR_E_DIRECTORY, NULL, NULL, NULL);
        err->source = name;
        goto fail;
    }
    s->size = S_ISREG(st.st_mode) && !standard ? (uint64_t)st.st_size : 0;
#ifdef F_SETPIPE_SZ
    (void)fcntl(s->fd, F_SETPIPE_SZ, TR_SIZE_PIPE); /* fails on what is no pipe: nothing lost */
#endif
    if (look(s, names, err) == 0)
        return s;
fail:
    tr_source_close(s);
    return NULL;
}

void tr_source_close(struct tr_source *s)
{
    if (!s)
        return;
    if (s->decoder != (iconv_t)-1)
        iconv_close(s->decoder);
    tr_sheet_close(s->sheet);
    if (s->fd >= 0)
        close(s->fd);
    free(s->raw);
    free(s->turned);
    free(s);
}

/* Decodes from the raw buffer. A byte that the encoding does not know becomes 0xFF, which is never
 * UTF-8, so that the row that holds it is found. */
static size_t decode(struct tr_source *s, char *p, size_t size)
{
    size_t unit = unit_of(s->encoding);
    char *in = s->raw + s->raw_at, *out = p;
    size_t in_left = s->raw_len - s->raw_at, out_left = size;

    if (s->encoding == TR_ENCODING_WINDOWS1252) {
        s->raw_at += tr_windows1252(in, in_left, p, size, &size);
        return size;
    }
    while (in_left > 0) {
        bool cut;

        if (iconv(s->decoder, &in, &in_left, &out, &out_left) != (size_t)-1 || errno == E2BIG)
            break;
        cut = errno == EINVAL && !s->ended;
        if (cut || out_left == 0)
            break;
        *out++ = (char)0xFF;
        out_left--;
        in += in_left < unit ? in_left : unit;
        in_left -= in_left < unit ? in_left : unit;
    }
    s->raw_at = s->raw_len - in_left;
    return size - out_left;
}

/* As tr_source_read, of text that was encoded twice. */
static int read_turned(struct tr_source *s, char *p, size_t size, size_t *n, struct tr_err *err)
{
    if (!s->turned && !(s->turned = malloc(TR_SIZE_RAW)))
        return tr_err_memory(err);
    if (s->turned_at == s->turned_len) {
        size_t used;

        if (fill(s, err) < 0)
            return -1;
        s->turned_at = 0;
        s->turned_len = tr_untwice(s->raw, s->raw_len, s->ended, s->turned, &used);
        s->raw_at = used;
    }
    *n = s->turned_len - s->turned_at < size ? s->turned_len - s->turned_at : size;
    memcpy(p, s->turned + s->turned_at, *n);
    s->turned_at += *n;
    return 0;
}

int tr_source_read(struct tr_source *s, char *p, size_t size, size_t *n, struct tr_err *err)
{
    size_t have = s->raw_len - s->raw_at;

    if (s->encoding == TR_ENCODING_TWICE)
        return read_turned(s, p, size, n, err);
    if (have < 4 &&
        s->encoding == TR_ENCODING_UTF8) { /* decided: straight into the caller's hands */
        ssize_t got;

        memcpy(p, s->raw + s->raw_at, have);
        s->raw_at = s->raw_len;
        got = take(s, p + have, size - have, err);
        *n = have + (size_t)(got > 0 ? got : 0);
        return got < 0 ? -1 : 0;
    }
    if (have < 4 || have == s->hold) {
        if (fill(s, err) < 0)
            return -1;
        if (s->encoding == TR_ENCODING_AUTO)
            decide(s);
        if (start_decoder(s, err) < 0)
            return -1;
        have = s->raw_len - s->raw_at;
    }
    if (s->encoding == TR_ENCODING_TWICE)
        return read_turned(s, p, size, n, err);
    if (s->decoder != (iconv_t)-1 || s->encoding == TR_ENCODING_WINDOWS1252) {
        *n = decode(s, p, size);
        return 0;
    }
    have -= s->hold;
    *n = have < size ? have : size;
    memcpy(p, s->raw + s->raw_at, *n);
    s->raw_at += *n;
    return 0;
}

size_t tr_source_most(const struct tr_source *s)
{
    static const size_t times[TR_N_ENCODINGS] = {
        [TR_ENCODING_AUTO] = 1,    [TR_ENCODING_UTF8] = 1,    [TR_ENCODING_UTF16LE] = 2,
        [TR_ENCODING_UTF16BE] = 2, [TR_ENCODING_UTF32LE] = 1, [TR_ENCODING_UTF32BE] = 1,
        [TR_ENCODING_TWICE] = 1,   [TR_ENCODING_WINDOWS1252] = 3,
    };

    return s->ended ? times[s->encoding] * (s->raw_len - s->raw_at) : 0;
}

enum tr_encoding tr_source_encoding(const struct tr_source *s)
{
    return s->encoding;
}

const char *tr_source_encoding_name(const struct tr_source *s)
{
    return s->encoding == TR_ENCODING_NAMED ? s->choice.name : encodings[s->encoding];
}

enum tr_doubt tr_source_doubt(const struct tr_source *s)
{
    return s->doubt;
}

bool tr_source_is_file(const struct tr_source *s)
{
    return s->size > 0;
}

bool tr_source_bom(const struct tr_source *s)
{
    return s->bom;
}

const char *tr_source_name(const struct tr_source *s)
{
    return s->name;
}

const char *tr_source_path(const struct tr_source *s)
{
    return s->path;
}

const struct tr_sheet *tr_source_sheet(const struct tr_source *s)
{
    return s->sheet;
}
