#!/usr/bin/env bash
# Kåre is scanned as K疇re and Åse as Åse, from the same kind of code; drawn by another program Åse is 彎e and Strandgata 2 Bø is right.
#
# Where:   qrencode 4.1.1 and Zint 2.11.1, which draw the square codes (QR) of letters, labels and contact cards, read by zbarimg 0.23.92
#          and, beside it, ZXingReader 1.4.0 (all Debian 12).
# Guess:   writer and reader agree about the letters æ, ø and å, or disagree about each of them, so that one try shows it.
# Seen:    zbar tries the bytes as Chinese before it takes them for what they are, and keeps whatever can be read so. In UTF-8, which
#          qrencode writes, that goes by the letters: ø, å and ü fit, Å and Ø do not, and one that does not fit saves all others:
#          Bjørn is Bj繪rn, Bjørn Ås is right. In Latin-1, which Zint writes, it goes by what follows the letter: Gjøvik and Ås are
#          Chinese, Tromsø and Strandgata 2 Bø right, as nothing that fits stands behind the ø; a lone Å is the Japanese ﾅ. ZXing
#          reads all of them. With Zint's --eci=26, which says in the code that UTF-8 follows, zbar does, too.
# For us:  no letter of ours has such a code; one that has holds a case number, in ASCII. Whoever needs a name or an address in it has the kind of letters said in the
#          code, and tries a name with each letter.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get qrencode=4.1.1-1 zint=2.11.1-1 zbar-tools=0.23.92-7+deb12u1 librsvg2-bin=2.54.7+dfsg-1~deb12u2 zxing-cpp-tools=1.4.0-3+b1
coders=$(find "$root/usr/lib" -path '*/coders/png.so' | head -1)
[[ -z $coders ]] || export MAGICK_CODER_MODULE_PATH=${coders%/*} MAGICK_CONFIGURE_PATH=$root/etc/ImageMagick-6
draw() { # PROGRAM TEXT
	case $1 in
	qrencode) qrencode -s 6 -o code.png "$2" ;;
	zint) zint -b QRCODE -d "$2" -o code.svg && rsvg-convert -z 3 -b white code.svg -o code.png ;;
	eci) zint -b QRCODE --eci=26 -d "$2" -o code.svg && rsvg-convert -z 3 -b white code.svg -o code.png ;;
	esac
}
by_zbar() { draw "$1" "$2" && zbarimg --nodbus --raw -q code.png; }
by_zxing() { draw "$1" "$2" && ZXingReader code.png | sed -n 's/^Text: *"\(.*\)"$/\1/p'; }
of() { # TEXT, AS SEEN FROM QRENCODE, FROM ZINT
	seen "$1: qrencode and zbar" "$2" "$(by_zbar qrencode "$1")"
	seen '  Zint and zbar' "$3" "$(by_zbar zint "$1")"
	seen '  both, and ZXing' "$1, $1" "$(by_zxing qrencode "$1"), $(by_zxing zint "$1")"
	seen '  Zint with --eci=26, and zbar' "$1" "$(by_zbar eci "$1")"
}
of Kåre K疇re K緳e
of Åse Åse 彎e
of Bjørn Bj繪rn Bj鷨n
of 'Bjørn Ås' 'Bjørn Ås' 'Bj鷨n 彎'
of Gjøvik Gj繪vik Gj黲ik
of Tromsø Troms繪 Tromsø
of 'Strandgata 2 Bø' 'Strandgata 2 B繪' 'Strandgata 2 Bø'
of Å Å ﾅ
finish
