#include "doc/document/document_own.h"

uint32_t tr_columns_count(const struct tr_node *node, uint32_t table)
{
    uint32_t columns = 0;

    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end) {
        uint32_t n = 0;

        for (uint32_t c = r + 1; c < node[r].end; c = node[c].end)
            n++;
        columns = n > columns ? n : columns;
    }
    return columns;
}

int tr_columns_weight(struct tr_str *weights)
{
    struct tr_str s;
    int weight = 0;

    if (tr_str_part(weights, '|', &s))
        for (size_t i = 0; i < s.len && i < 3 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
            weight = 10 * weight + s.p[i] - '0';
    return weight > 0 ? weight : 1;
}

void tr_columns_share(struct tr_share *column, uint32_t n, double width)
{
    double weights = 0, want = 0, spare = 0;

    for (uint32_t i = 0; i < n; i++)
        weights += column[i].weight;
    for (uint32_t i = 0; i < n; i++) {
        double lacks;

        column[i].width = width * column[i].weight / weights;
        if (column[i].least > width * 0.4)
            column[i].least = width * 0.4;
        lacks = column[i].least - column[i].width;
        want += lacks > 0 ? lacks : 0;
        spare += lacks < 0 ? -lacks : 0;
    }
    for (uint32_t i = 0; i < n && want > 0 && want <= spare; i++)
        if (column[i].width < column[i].least)
            column[i].width = column[i].least;
        else
            column[i].width -= (column[i].width - column[i].least) * want / spare;
}

/* The width of the longest word of the cell. A box belongs to the word after it. */
static int longest_word(const struct tr_node *node, uint32_t cell)
{
    enum { BYTES_MOST = 1500, LETTERS_MOST = 100 };
    size_t most = 0;

    for (uint32_t i = cell + 1; i < node[cell].end; i++) {
        struct tr_str rest = tr_first_bytes(node[i].text, BYTES_MOST), word;
        size_t box = node[i - 1].kind == TR_D_BOX ? 3 : 0;

        for (; tr_node_is_words(node[i].kind) && tr_str_part(&rest, ' ', &word); box = 0) {
            size_t width = tr_text_width(word) + box;

            most = width > most ? width : most;
        }
    }
    return (int)(most < LETTERS_MOST ? most : LETTERS_MOST) * TR_CELL_LETTER + TR_CELL_RIGHT;
}

void tr_columns_measure(const struct tr_node *node, uint32_t table, struct tr_share *column,
                        uint32_t n)
{
    struct tr_str weights = node[table].text;

    for (uint32_t i = 0; i < n; i++)
        column[i] = (struct tr_share){.weight = tr_columns_weight(&weights)};
    for (uint32_t r = table + 1; r < node[table].end; r = node[r].end)
        for (uint32_t c = r + 1, i = 0; c < node[r].end; c = node[c].end, i++) {
            int least = longest_word(node, c);

            column[i].least = least > column[i].least ? least : column[i].least;
        }
}
