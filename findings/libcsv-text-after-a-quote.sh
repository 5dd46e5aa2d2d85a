#!/usr/bin/env bash
# One cell with text after its closing quote makes libcsv take the rest of the file for that cell.
#
# Where:   libcsv 3.0.3 (Debian 12), with its options as they come, and with CSV_STRICT alone.
# Guess:   '"Fjord" house,2' is the cell 'Fjord house' or '"Fjord" house', or a fault, and the next line is a
#          row. With CSV_STRICT an unterminated quote at the end is a fault.
# Seen:    without CSV_STRICT the cell goes on over the line's end until a quote that closes it: three lines
#          are one row of one cell, and csv_fini() says that all is well. With CSV_STRICT that line is a
#          fault, but a quote that is never closed is not: that takes CSV_STRICT_FINI as well.
#          Blanks around a cell without quotes are cut in every mode, and a line of blanks is no row.
# For us:  libcsv judges with CSV_STRICT | CSV_STRICT_FINI, and rows are counted by ourselves.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libcsv-dev=3.0.3+dfsg-6 libcsv3=3.0.3+dfsg-6
cat >cells.c <<'C'
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int cells, rows;
static void take_cell(void *text, size_t len, void *unused)
{
    (void)text, (void)len, (void)unused;
    cells++;
}
static void take_row(int end, void *unused)
{
    (void)end, (void)unused;
    rows++;
}
int main(int argc, char **argv)
{
    struct csv_parser parser;
    size_t len = strlen(argv[argc - 1]);

    csv_init(&parser, (unsigned char)atoi(argv[1]));
    if (csv_parse(&parser, argv[argc - 1], len, take_cell, take_row, NULL) != len || csv_fini(&parser, take_cell, take_row, NULL))
        puts("fault");
    else
        printf("%d rows, %d cells\n", rows, cells);
    return 0;
}
C
cc -I"$root/usr/include" cells.c -o cells -L"$root/usr/lib/$(uname -m)-linux-gnu" -lcsv
strict=$(printf '#include <csv.h>\nCSV_STRICT CSV_STRICT_FINI\n' | cpp -P -I"$root/usr/include" | tail -n 1)
read -r strict fini <<<"$strict"
after=$'"Fjord" house,2\nb,3\nc,4\n'
open=$'a,"b\nc,4\n'
blanks=$'a,2\n   \nc,4\n'
seen 'text after the quote' '1 rows, 1 cells' "$(./cells 0 "$after")"
seen 'text after the quote, strict' fault "$(./cells "$strict" "$after")"
seen 'never closed' '1 rows, 2 cells' "$(./cells 0 "$open")"
seen 'never closed, strict' '1 rows, 2 cells' "$(./cells "$strict" "$open")"
seen 'never closed, strict at the end too' fault "$(./cells $((strict | fini)) "$open")"
seen 'a line of blanks' '2 rows, 4 cells' "$(./cells $((strict | fini)) "$blanks")"
finish
