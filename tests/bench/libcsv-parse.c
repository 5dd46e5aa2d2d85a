/* libcsv-parse DELIMITER FILE: libcsv alone over FILE, in strict mode, with
 * callbacks that only count. Prints the rows and the fields. It is the time
 * that any program costs which has every byte go through libcsv. */

#include <csv.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 256 * 1024 };

struct tally {
	unsigned long long rows, fields;
};

static void
on_field(void *text, size_t len, void *cookie)
{
	struct tally *t = cookie;

	(void)text;
	(void)len;
	t->fields++;
}

static void
on_row(int end, void *cookie)
{
	struct tally *t = cookie;

	(void)end;
	t->rows++;
}

int
main(int argc, char **argv)
{
	static char block[BLOCK];
	struct csv_parser parser;
	struct tally tally = { 0, 0 };
	ssize_t got;
	int fd;

	if (argc != 3 || strlen(argv[1]) != 1)
		errx(2, "usage: libcsv-parse DELIMITER FILE");
	if ((fd = open(argv[2], O_RDONLY)) < 0)
		err(1, "%s", argv[2]);
	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL))
		errx(1, "csv_init");
	csv_set_delim(&parser, (unsigned char)argv[1][0]);
	csv_set_blk_size(&parser, 64 * 1024);
	while ((got = read(fd, block, sizeof block)) > 0)
		if (csv_parse(&parser, block, (size_t)got, on_field, on_row,
			&tally) != (size_t)got)
			errx(1, "%s: %s", argv[2],
			    csv_strerror(csv_error(&parser)));
	if (got < 0)
		err(1, "%s", argv[2]);
	if (csv_fini(&parser, on_field, on_row, &tally) != 0)
		errx(1, "%s: %s", argv[2], csv_strerror(csv_error(&parser)));
	csv_free(&parser);
	close(fd);
	printf("%llu %llu\n", tally.rows, tally.fields);
	return 0;
}
