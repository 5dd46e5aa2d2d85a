#!/usr/bin/env bash
# A strict json_unpack takes a number that does not fit, and gives another.
#
# Where:   jansson 2.14 (Debian 12).
# Guess:   json_unpack with "i" and JSON_STRICT fails when the number is larger than an int, as it fails for
#          a real or a string, and as json_loads refuses an integer that is too large for it.
# Seen:    it succeeds and keeps the low 32 bits: 4294967297 is 1, 2147483648 is negative.
# For us:  numbers are read with json_integer_value (64 bits) and checked against the field's range.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get libjansson-dev=2.14-2 libjansson4=2.14-2
cat >unpack.c <<'C'
#include <jansson.h>
#include <stdio.h>
int main(int argc, char **argv)
{
    json_t *root = json_loads(argv[argc - 1], 0, NULL);
    int number = 0;

    if (!root)
        puts("not read");
    else if (json_unpack_ex(root, NULL, JSON_STRICT, "{s:i}", "n", &number))
        puts("refused");
    else
        printf("%d\n", number);
    json_decref(root);
    return 0;
}
C
cc -I"$root/usr/include" unpack.c -o unpack -L"$root/usr/lib/$(uname -m)-linux-gnu" -ljansson
seen '12' 12 "$(./unpack '{"n":12}')"
seen '1.5' refused "$(./unpack '{"n":1.5}')"
seen '4294967297' 1 "$(./unpack '{"n":4294967297}')"
seen '2147483648' -2147483648 "$(./unpack '{"n":2147483648}')"
seen '9223372036854775808' 'not read' "$(./unpack '{"n":9223372036854775808}')"
finish
