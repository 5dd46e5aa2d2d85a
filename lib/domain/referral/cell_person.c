/* Cells that tell who somebody is: a number, a pseudonym, or words for one that is not known. */
#include "base/idnum.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/referral/import_own.h"
#include "domain/referral/person.h"
#include "domain/referral/plain_own.h"

static const struct tr_value unknown = {.num = -1};

const struct tr_str tr_id_kinds[8] = {
    {"fnr", 3},      {"dnr", 3},      {"fnr_syntetisk", 13},      {"dnr_syntetisk", 13},
    {"fnr_2032", 8}, {"dnr_2032", 8}, {"fnr_syntetisk_2032", 18}, {"dnr_syntetisk_2032", 18},
};

static bool is_pseudonym(struct tr_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
              c == '-' || c == '_'))
            return false;
    }
    return s.len > 0 && s.len <= TR_ID_MAX;
}

/* Whether s is written as a number: digits, and between them spaces, no-break spaces, points and
 * hyphens. The digits go to im->digits, at most one more than belong there; *n counts them all. */
static bool is_number(struct tr_import *im, struct tr_str s, size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];

        if (c >= '0' && c <= '9') {
            if (*n < sizeof im->digits)
                im->digits[*n] = c;
            ++*n;
        } else if (c == '\xC2' && i + 1 < s.len && s.p[i + 1] == '\xA0') {
            i++;
        } else if (c != ' ' && c != '-' && c != '.') {
            return false;
        }
    }
    return *n > 0;
}

/* Without the zeros behind a decimal sign that a program writes which takes the number for a quantity:
 * 12345678901,0. */
static struct tr_str without_decimals(struct tr_str s)
{
    size_t whole = tr_str_digits(s);

    if (whole < 10 || whole > 12 || whole + 2 > s.len || !strchr(".,", s.p[whole]))
        return s;
    for (size_t i = whole + 1; i < s.len; i++)
        if (s.p[i] != '0')
            return s;
    return (struct tr_str){s.p, whole};
}

/* Reads a number of n digits in im->digits; *kind becomes its kind, *year the year of birth that it
 * tells, or 0. */
static enum tr_code read_number(const struct tr_import *im, size_t n, struct tr_str *kind,
                                int *year)
{
    struct tr_str digits = {im->digits, n};
    struct tr_idnum number = {0};
    enum tr_code code;

    if (n == 12 && (im->digits[0] == '1' || im->digits[0] == '2')) {
        *kind = TR_STR("duf");
        return tr_idnum_is_duf(digits) ? TR_OK : TR_E_IDNUM_CHECK;
    }
    if (n != 11)
        return n == 10 ? TR_E_IDNUM_ZERO : TR_E_IDNUM_LENGTH;
    if (im->digits[0] >= '8') {
        *kind = TR_STR("fh");
        return tr_idnum_is_fh(digits) ? TR_OK : TR_E_IDNUM_CHECK;
    }
    code = tr_idnum_read(im->digits, &number);
    *kind = tr_id_kinds[number.d_number | number.synthetic << 1 | number.reform << 2];
    *year = number.birth_year;
    return code;
}

/* A sheet keeps a number as a number, so its first zero is gone. Its two check digits tell whether
 * that is what happened; in text it could as well be a digit that was left out. */
static void restore_zero(struct tr_import *im, const struct tr_row *row, size_t *n)
{
    char whole[11] = "0";
    struct tr_idnum number;

    if (!row->sheet || *n != 10)
        return;
    memcpy(whole + 1, im->digits, 10);
    if (tr_idnum_parse((struct tr_str){whole, 11}, &number) != TR_OK)
        return;
    memcpy(im->digits, whole, 11);
    *n = 11;
}

/* Whether it is a word of small letters, such as etterspurt, and no code of letters or name: no list has
 * all words for an identity that is not known, and strangers would share it. */
static bool is_a_word(struct tr_str s)
{
    bool vowel = false;

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] < 'a' || s.p[i] > 'z')
            return false;
        vowel |= strchr("aeiouy", s.p[i]) != NULL;
    }
    return vowel && s.len > 4;
}

/* Whether the cell says what should stand in it, or why nothing does: D-nummer, or that it is still to
 * come. Taken for a pseudonym, it would make one person of strangers. */
static bool is_wordy(const struct tr_import *im, struct tr_str s)
{
    return tr_words_have(&im->unknown, s) || tr_words_only(im->person_words, im->unknown.list, s) ||
           (tr_str_digits(s) == 0 && tr_spelt_in(&im->person_headers, s) >= 0);
}

/* Whether it fills a cell that should not be empty: one letter again and again, as in XXXXXXXXXXX, but not initials such
 * as BB; or the form of a number, DDMMYYXXXXX. */
static bool is_filler(struct tr_str s)
{
    static const char form[] = "ddmm";
    const char first = (char)(s.len > 0 ? s.p[0] | 0x20 : '\0');
    size_t same = 0, like = 0;

    while (same < s.len && (s.p[same] | 0x20) == first)
        same++;
    while (like < s.len && form[like] && (s.p[like] | 0x20) == form[like])
        like++;
    return form[like] == '\0' ||
           (same == s.len && first >= 'a' && first <= 'z' && same > (first == 'x' ? 1U : 2U));
}

/* The number in a cell that has only words such as D-nummer and marks of foot-notes beside it; or the
 * cell. */
static struct tr_str without_words(struct tr_import *im, struct tr_str s)
{
    struct tr_str number = tr_number_beside(im->person_words, tr_without_marks(s));
    size_t n;

    return is_number(im, number, &n) && (n == 11 || n == 12) ? number : s;
}

/* Words that say so: not a number, nor a yes or a cross, and an office that numbers people has a k-6 among
 * them. */
static int mark_of(const struct tr_profile *p, struct tr_str s)
{
    const struct tr_list *list = p->of_field[TR_F_PROTECTION];
    int entry = (s.len == 3 && s.p[1] == '-') || tr_str_digits(s) == s.len ||
                        tr_list_find(tr_profile_list(p, "bool"), s) >= 0
                    ? -1
                    : tr_list_find(list, s);

    return entry >= 0 && tr_says_protected(list->entry[entry].code) ? entry : -1;
}

int tr_protection_word(const struct tr_profile *p, struct tr_str words)
{
    return mark_of(p, tr_text_trim(words));
}

int tr_protection_said(const struct tr_profile *p, struct tr_str cell)
{
    struct tr_str s = tr_text_trim(cell);
    int mark = mark_of(p, s);

    for (size_t from = 0, to; mark < 0 && from < s.len; from = to + 1) {
        for (to = from; to < s.len && !memchr(",;/()-:", s.p[to], 7); to++)
            ;
        mark = mark_of(p, tr_text_trim((struct tr_str){s.p + from, to - from}));
    }
    return mark;
}

static int two_digits(const char *p)
{
    return 10 * (p[0] - '0') + p[1] - '0';
}

/* A day of birth with signs, letters or a word in place of the other digits: 010180xxxxx,
 * 010180-ukjent. It tells when somebody was born, and all who were born then share it. */
static bool is_day_only(struct tr_str s)
{
    size_t n = tr_str_digits(s), at = n;
    bool letters = false;

    for (; at < s.len && (s.p[at] < '0' || s.p[at] > '9'); at++)
        letters |= s.p[at] != 'x' && s.p[at] != 'X' && s.p[at] != '-' && s.p[at] != '_';
    return n == 6 && at == s.len &&
           (!letters || (two_digits(s.p) >= 1 && two_digits(s.p) <= 31 &&
                         two_digits(s.p + 2) >= 1 && two_digits(s.p + 2) <= 12));
}

/* Whether the cell belongs to another column: a yes or a no, or a district. Strangers would share
 * it. */
static bool is_of_another(const struct tr_profile *p, struct tr_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return false;
    return s.len > 1 && (tr_list_find(tr_profile_list(p, "bool"), s) >= 0 ||
                         tr_list_find(p->of_field[TR_F_BYDEL], s) >= 0);
}

enum tr_code tr_cell_person(struct tr_import *im, const struct tr_row *row, struct tr_str cell,
                            struct tr_referral *out)
{
    struct tr_str s = tr_text_trim(cell), all;
    struct tr_value *id = &out->v[TR_F_PERSON_ID];
    enum tr_code code;
    int year = 0;
    size_t n;

    *id = unknown;
    if (s.len == 0)
        return TR_OK;
    if (tr_plain_digits(s, 11)) {
        memcpy(im->digits, s.p, n = 11);
    } else {
        s = without_decimals(without_words(im, tr_cell_code(im, row, s)));
        if (!is_number(im, s, &n))
            n = 0;
    }
    if (n > 0) {
        restore_zero(im, row, &n);
        all = (struct tr_str){im->digits, n < sizeof im->digits ? n : sizeof im->digits};
        code = read_number(im, n, &out->v[TR_F_PERSON_ID_KIND].text, &year);
        if (code && (tr_words_have(&im->unknown, s) || tr_words_have(&im->unknown, all))) { /* eleven zeros, say */
            out->v[TR_F_PERSON_ID_KIND] = unknown;
            return TR_OK;
        }
        if (code)
            return code;
        s = all;
    } else if (is_wordy(im, s) || is_filler(s)) {
        return TR_OK;
    } else if (tr_number_is_rounded(s)) {
        return TR_E_ID_ROUNDED;
    } else if (!is_pseudonym(s) || mark_of(im->profile, s) >= 0 || is_a_word(s) ||
               is_of_another(im->profile, s)) {
        return TR_E_PSEUDONYM;
    } else if (!tr_pseudonym_is_made(s) && (tr_idnum_is_mistyped(s) || is_day_only(s))) {
        return TR_E_IDNUM_TYPED;
    } else {
        out->v[TR_F_PERSON_ID_KIND].text = TR_STR("pseudonym");
    }
    *id = (struct tr_value){.text = s, .num = year};
    out->content += tr_hash(s.p, s.len, im->salt[TR_F_PERSON_ID]);
    return TR_OK;
}
