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
