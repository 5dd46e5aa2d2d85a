#!/usr/bin/env bash
# Read by the Norwegian model, "§ 27" of a scanned decision is "$ 27", "§ 18" is "8 18", and post@example.no is post&example.no.
#
# Where:   tesseract 5.3.0 with tesseract-ocr-nor 4.1.0 (Debian 12), as scanned letters are made searchable; beside it the English
#          model of tesseract-ocr-eng 4.1.0. A page drawn with clear letters (DejaVu Sans) by Pillow 9.4.0.
# Guess:   the model of a language knows the signs of its letters; the English one reads Norwegian worse.
# Seen:    the Norwegian model knows a hundred signs, and what is not among them is never read: no §, no @, no á of the Sami languages, no °,
#          ², • or dash of an interval, though €, £ and $ are there. § comes out as $ or 8, @ as &, Ánde as Ånde, the bullet as *, 38 m² as
#          38 m?. The English model reads § and @, and loses ø. Both together, nor+eng, still read 8 for one § of three.
# For us:  a scanned letter is no input; a form is read from its fields, and a section of a law is a code of the profile.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

deb_get tesseract-ocr=5.3.0-2 tesseract-ocr-nor=1:4.1.0-2 tesseract-ocr-eng=1:4.1.0-2 tesseract-ocr-osd=1:4.1.0-2 \
	python3-pil=9.4.0-1.1+deb12u1 fonts-dejavu-core=2.37-6
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
export TESSDATA_PREFIX=$root/usr/share/tesseract-ocr/5/tessdata OMP_THREAD_LIMIT=1
combine_tessdata -u "$TESSDATA_PREFIX/nor.traineddata" nor. >unpack.log 2>&1
known() { for sign in "$@"; do grep -qF -e "$sign " <(cut -c1-6 nor.lstm-unicharset) && printf '%s ' "$sign"; done | sed 's/ $//'; }
cat >draw.py <<'PYTHON'
import sys

from PIL import Image, ImageDraw, ImageFont

page = Image.new("L", (1500, 520), 255)
font = ImageFont.truetype(sys.argv[1], 40)
ImageDraw.Draw(page).multiline_text((40, 40), sys.stdin.read(), font=font, fill=0, spacing=24)
page.save("page.png")
PYTHON
printf '%s\n' 'Vedtak etter § 3-2 og § 18 a.' 'Svar til post@alna.example.no innen 14 dager.' 'Ánde og Máret bor i 2. etasje, 38 m² – fra 1. mars.' \
	'• Leie 8 500 kr' '• Strøm 50 °C' 'Kl. 09:00–15:00, jf. § 27 første ledd' |
	/usr/bin/python3 draw.py "$root/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
read_line() { tesseract page.png - -l "$1" 2>/dev/null | sed '/^$/d' | sed -n "$2p"; }
seen 'signs that the model has' 105 "$(head -n 1 nor.lstm-unicharset)"
seen 'of § @ á ° ² • – € £ $' '€ £ $' "$(known § @ á ° ² • – € £ '$')"
seen 'nor: Vedtak etter § 3-2 og § 18 a.' 'Vedtak etter $ 3-2 09 8 18 å.' "$(read_line nor 1)"
seen '  Svar til post@alna.example.no innen 14 dager.' 'Svar til post&alna.example.no innen 14 dager.' "$(read_line nor 2)"
seen '  Ánde og Máret ... 38 m² – fra 1. mars.' 'Ånde og Måret bor i 2. etasje, 38 m? - fra 1. mars.' "$(read_line nor 3)"
seen '  jf. § 27 første ledd' 'jf. $ 27 første ledd' "$(read_line nor 6 | sed 's/^.*, //')"
seen 'eng: the same' 'jf. § 27 forste ledd' "$(read_line eng 6 | sed 's/^.*, //')"
seen '  Svar til post@alna.example.no innen 14 dager.' 'Svar til post@alna.example.no innen 14 dager.' "$(read_line eng 2)"
seen 'nor+eng: og § 18 a' '8 18 a.' "$(read_line nor+eng 1 | sed 's/^.* 0g //')"
finish
