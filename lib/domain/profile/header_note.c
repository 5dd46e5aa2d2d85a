/* Headers with a note in brackets: "Kjønn (M/K)", "Mottatt (dd.mm.åååå)", "Rus (0-3)". The note is passed
 * over where it says no more than the field's own codes do, or is of words that change nothing. */
#include "base/text.h"
#include "domain/profile/profile.h"

bool tr_header_cut(struct tr_str header, struct tr_str *bare, struct tr_str *note)
{
    struct tr_str s = tr_without_marks(tr_text_trim(header));
    char open = s.len == 0 ? 0 : s.p[s.len - 1] == ')' ? '(' : s.p[s.len - 1] == ']' ? '[' : 0;
    size_t at = s.len;

    while (open && at > 0 && s.p[at - 1] != open)
        at--;
    if (!open || at < 2)
        return false;
    *note = tr_text_trim((struct tr_str){s.p + at, s.len - 1 - at});
    *bare = tr_text_trim((struct tr_str){s.p, at - 1});
    return bare->len > 0 && note->len > 0;
}

static bool is_number(struct tr_str s)
{
    return s.len > 0 && tr_str_digits(s) == s.len;
}

/* The entries that are numbers, bit i: entry i. */
static uint64_t numbered(const struct tr_list *list)
{
    uint64_t numbers = 0;

    for (int i = 0; i < list->n; i++)
        numbers |= (uint64_t)is_number(list->entry[i].code) << i;
    return numbers;
}

/* "0-3", from the first number of the list to the last. */
static bool is_range(const struct tr_list *list, struct tr_str note)
{
    static const struct tr_str to[] = {{"-", 1}, {"–", 3}, {"—", 3}};
    uint64_t numbers = numbered(list);
    size_t n = tr_str_digits(note);
    struct tr_str first = {note.p, n}, last = tr_text_trim(tr_str_from(note, n));

    for (size_t i = 0; i < 3 && numbers; i++)
        if (last.len > to[i].len && memcmp(last.p, to[i].p, to[i].len) == 0) {
            last = tr_text_trim(tr_str_from(last, to[i].len));
            return is_number(last) && tr_list_code(list, first) == __builtin_ctzll(numbers) &&
                   tr_list_code(list, last) == 63 - __builtin_clzll(numbers);
        }
    return false;
}

/* "M/K", "ja/nei", "1 = haster, 2 = snarlig, 3 = ordinær": all that there is. */
static bool is_all(const struct tr_list *list, struct tr_str note)
{
    uint64_t all = list->n == 64 ? UINT64_MAX : (UINT64_C(1) << list->n) - 1, have = 0;

    while (note.len > 0) {
        size_t n = 0;
        bool beside;
        int entry;

        while (n < note.len && !memchr(",;/|", note.p[n], 4))
            n++;
        entry = tr_list_read(list, (struct tr_str){note.p, n}, &beside);
        if (entry < 0)
            return false;
        have |= UINT64_C(1) << entry;
        note = tr_str_from(note, n + (n < note.len));
    }
    return have == all || have == numbered(list);
}

bool tr_header_note_is_plain(const struct tr_profile *p, const struct tr_list *codes, struct tr_str note)
{
    const struct tr_list *words = tr_profile_list(p, "beside_header");

    return (words && (tr_list_spells(words, note) || tr_words_only(words, NULL, note))) ||
           (codes && (is_range(codes, note) || is_all(codes, note)));
}

int tr_profile_header_noted(const struct tr_profile *p, struct tr_str header)
{
    struct tr_str note, bare;
    int field = tr_header_cut(header, &bare, &note) ? tr_profile_header(p, bare) : -1;

    return field >= 0 && tr_header_note_is_plain(p, p->of_field[field], note) ? field : -1;
}

bool tr_profile_spells_noted(const struct tr_profile *p, struct tr_str name, const struct tr_list *codes,
                             struct tr_str header)
{
    struct tr_str note, bare;

    return tr_header_cut(header, &bare, &note) && tr_profile_spells(p, name, bare) && tr_header_note_is_plain(p, codes, note);
}
