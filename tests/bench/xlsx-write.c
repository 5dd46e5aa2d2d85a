/* xlsx-write IN.csv OUT.xlsx: the cells of a plain table, without quotes, by libxlsxwriter with constant
 * memory. A cell of digits is written as a number. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

int main(int argc, char **argv)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    FILE *in = argc == 3 ? fopen(argv[1], "r") : NULL;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    size_t size = 0;
    char *line = NULL;

    if (!in)
        errx(2, "usage: xlsx-write IN.csv OUT.xlsx");
    book = workbook_new_opt(argv[2], &options);
    sheet = workbook_add_worksheet(book, "Henvisninger");
    for (lxw_row_t row = 0; getline(&line, &size, in) > 0; row++) {
        char *rest = line, *cell;

        line[strcspn(line, "\r\n")] = '\0';
        for (lxw_col_t column = 0; (cell = strsep(&rest, ",")); column++) {
            if (*cell && strspn(cell, "0123456789") == strlen(cell))
                worksheet_write_number(sheet, row, column, atof(cell), NULL);
            else if (*cell)
                worksheet_write_string(sheet, row, column, cell, NULL);
        }
    }
    free(line);
    fclose(in);
    return workbook_close(book) != LXW_NO_ERROR;
}
