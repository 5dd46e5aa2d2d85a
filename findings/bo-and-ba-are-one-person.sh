#!/usr/bin/env bash
# Per Bø and Per Bå are one person, Åse and Øse are alike by 100 of 100, and so are Å and Ø: letters of Norwegian names are thrown away.
#
# Where:   python3-fuzzywuzzy 0.18.0 (Debian 12), which finds names that are nearly the same; beside it fuzzball 2.2.3 (npm), made
#          after it.
# Guess:   another letter costs the same whichever it is: Bø and Bå are alike by 50 of 100, as Bo and Ba are.
# Seen:    ratio says 50. QRatio and WRatio, which process.extract and process.dedupe use, and token_sort_ratio take out every
#          letter outside ASCII before they compare, without a word: B and B are left, 100. Ås is as like Øs as itself. By
#          token_sort_ratio Å and Ø, of which nothing is left, are alike by 100; by WRatio each is not even like itself, 0.
#          dedupe of a list with Per Bø and Per Bå keeps one of them. UWRatio, and fuzzball, keep the letters.
# For us:  ids that look alike are compared with all their letters, and what looks alike is shown, never merged.
# shellcheck source-path=SCRIPTDIR source=common
. "$(dirname "$0")/common"

npm_get fuzzball@2.2.3
deb_get python3-fuzzywuzzy=0.18.0-4
export PYTHONPATH=$root/usr/lib/python3/dist-packages:/usr/lib/python3/dist-packages
cat >alike.py <<'PYTHON'
import sys

from fuzzywuzzy import fuzz, process

if sys.argv[1] == "dedupe":
    print(", ".join(process.dedupe(sys.argv[2:])))
else:
    print(getattr(fuzz, sys.argv[1])(*sys.argv[2:]))
PYTHON
alike() { /usr/bin/python3 -W ignore alike.py "$@"; }
seen 'ratio: Bø and Bå' 50 "$(alike ratio Bø Bå)"
seen 'QRatio' 100 "$(alike QRatio Bø Bå)"
seen 'WRatio' 100 "$(alike WRatio Bø Bå)"
seen 'token_sort_ratio' 100 "$(alike token_sort_ratio Bø Bå)"
seen 'UWRatio' 50 "$(alike UWRatio Bø Bå)"
seen 'WRatio: Bo and Ba' 50 "$(alike WRatio Bo Ba)"
seen 'WRatio: Åse Ås and Øse Øs' 100 "$(alike WRatio 'Åse Ås' 'Øse Øs')"
seen 'token_sort_ratio: Å and Ø' 100 "$(alike token_sort_ratio Å Ø)"
seen 'WRatio: Å and Å' 0 "$(alike WRatio Å Å)"
seen 'dedupe: Per Bø, Per Bå, Kim Li' 'Per Bå, Kim Li' "$(alike dedupe 'Per Bø' 'Per Bå' 'Kim Li')"
seen 'fuzzball, WRatio: Bø and Bå' 50 "$(node -p "require('fuzzball').WRatio('Bø', 'Bå')")"
finish
