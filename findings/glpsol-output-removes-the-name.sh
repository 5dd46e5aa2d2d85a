#!/usr/bin/env bash
# glpsol removes whatever has the name of its output before it writes a new file.
#
# Where:   GLPK 5.0 (Debian 12 glpk-utils), glpsol --output.
# Guess:   the output is opened and written, as with a redirection: through a link into the file behind it, and
#          a device that is named gets the text.
# Seen:    the name is removed first. A link is replaced by a file, and the file behind it stays as it was. In a
#          container where one is root, naming a device takes the device away from every other program.
# For us:  tests let it write under a new name in a folder of their own, and nowhere else.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get glpk-utils=5.0-1 libglpk40=5.0-1
printf 'var built >= 0, <= 3;\nmaximize homes: built;\nend;\n' >homes.mod
echo before >behind
ln -s behind link
glpsol -m homes.mod -o link >said
seen 'the link afterwards' 'regular file' "$(stat -c %F link)"
seen 'the file behind it' 'before' "$(cat behind)"
finish
