#include "base/date_own.h"

struct word {
    const char *text; /* small letters */
    int number;
};

static const struct word months[] = {
    {"januar", 1},    {"january", 1},  {"jan", 1},       {"februar", 2},  {"february", 2},
    {"feb", 2},       {"mars", 3},     {"march", 3},     {"mar", 3},      {"april", 4},
    {"apr", 4},       {"mai", 5},      {"may", 5},       {"juni", 6},     {"june", 6},
    {"jun", 6},       {"juli", 7},     {"july", 7},      {"jul", 7},      {"august", 8},
    {"aug", 8},       {"september", 9}, {"sept", 9},     {"sep", 9},      {"oktober", 10},
    {"october", 10},  {"okt", 10},     {"oct", 10},      {"november", 11}, {"nov", 11},
    {"desember", 12}, {"december", 12}, {"des", 12},     {"dec", 12},     {NULL, 0},
};

static const struct word weekdays[] = {
    {"mandag", 1},  {"måndag", 1},   {"monday", 1},    {"man", 1}, {"mon", 1}, {"tirsdag", 2},
    {"tysdag", 2},  {"tuesday", 2},  {"tir", 2},       {"tue", 2}, {"onsdag", 3}, {"wednesday", 3},
    {"ons", 3},     {"wed", 3},      {"torsdag", 4},   {"thursday", 4}, {"tor", 4}, {"thu", 4},
    {"fredag", 5},  {"friday", 5},   {"fre", 5},       {"fri", 5}, {"lørdag", 6}, {"laurdag", 6},
    {"saturday", 6}, {"lør", 6},     {"sat", 6},       {"søndag", 7}, {"sundag", 7}, {"sunday", 7},
    {"søn", 7},     {"sun", 7},      {NULL, 0},
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3;
}

/* Letters of ASCII in either case; å and ø are C3 A5 and C3 B8, as capitals C3 85 and C3 98. */
static bool begins_with(struct tr_str s, const char *word, size_t n)
{
    if (s.len < n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (s.p[i] != word[i] && (unsigned char)(s.p[i] ^ 0x20) != (unsigned char)word[i])
            return false;
    return s.len == n || !is_letter(s.p[n]);
}

static int take(struct tr_str *s, const struct word *words)
{
    for (; words->text; words++) {
        size_t n = strlen(words->text);

        if (!begins_with(*s, words->text, n))
            continue;
        n += n < s->len && s->p[n] == '.';
        *s = (struct tr_str){s->p + n, s->len - n};
        return words->number;
    }
    return 0;
}

int tr_word_month(struct tr_str *s)
{
    return take(s, months);
}

int tr_word_weekday(struct tr_str *s)
{
    return take(s, weekdays);
}
