#!/usr/bin/env bash
# Cases 2026000010 to 2026000019 have one bar code for the ten of them, and case 2026014 is read back as 20260149: they are taken for goods.
#
# Where:   GNU barcode 0.99 and Zint 2.11.1 (Debian 12), which draw bar codes on letters, labels and key tags, read back by zbarimg
#          0.23.92. Which kind of code it shall be is not said, or is one for digits.
# Guess:   a program that is free to choose takes a kind that gives back what was put in, and the same kind for all numbers of a list;
#          a code for digits gives back the digits.
# Seen:    barcode goes by the number of digits. Ten are an ISBN, of which the last digit is left out, as a control digit, without a look
#          at it, and 978 put in front: ten cases come back as one, 9782026000011. Seven, eleven and twelve are EAN-8, UPC-A and
#          EAN-13, to which a control digit is added that comes back as part of the number, and six are UPC-E, which comes back with
#          zeros inside. Four, five and eight digits come back as they were, so a list of cases is right up to the number at
#          which they get longer. Zint's Interleaved 2 of 5 puts a 0 before five digits. No program says a word.
# For us:  no letter of ours has a bar code; whoever prints one says code 128 (-e 128, -b CODE128), and puts a letter into the case number.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get barcode=0.99-6 zint=2.11.1-1 zbar-tools=0.23.92-7+deb12u1 librsvg2-bin=2.54.7+dfsg-1~deb12u2
coders=$(find "$root/usr/lib" -path '*/coders/png.so' | head -1)
[[ -z $coders ]] || export MAGICK_CODER_MODULE_PATH=${coders%/*} MAGICK_CONFIGURE_PATH=$root/etc/ImageMagick-6
scan() { rsvg-convert -z 3 -b white code.svg -o code.png && zbarimg --nodbus -q code.png; }
drawn() { barcode -S "${@:2}" -b "$1" -o code.svg && scan; } # NUMBER [OPTION...]
by_zint() { zint -b "$1" -d "$2" -o code.svg && scan; }      # KIND NUMBER
seen 'barcode: 12345' CODE-128:12345 "$(drawn 12345)"
seen '  123456' EAN-13:0012345000065 "$(drawn 123456)"
seen '  2026014' EAN-8:20260149 "$(drawn 2026014)"
seen '  20260141' CODE-128:20260141 "$(drawn 20260141)"
for case in 2026000010 2026000014 2026000019; do seen "  $case" EAN-13:9782026000011 "$(drawn $case)"; done
seen '  20260012345' EAN-13:0202600123459 "$(drawn 20260012345)"
seen '  202600123456' EAN-13:2026001234563 "$(drawn 202600123456)"
seen '  F-2026-014' CODE-128:F-2026-014 "$(drawn F-2026-014)"
seen '  2026000014 with -e 128' CODE-128:2026000014 "$(drawn 2026000014 -e 128)"
seen 'Zint: 12345 in Interleaved 2 of 5' I2/5:012345 "$(by_zint C25INTER 12345)"
seen '  in code 128' CODE-128:12345 "$(by_zint CODE128 12345)"
finish
