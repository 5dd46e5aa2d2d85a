#!/usr/bin/env bash
# The rules of the house: layers, symbols, headers, scripts.
. "${0%/*}/tap.sh"

ok 'layers' scripts/check-layers
# A wall that nothing runs into is not known to stand: bad files in a copy of the house.
mkdir "$T/house" "$T/house/share" && cp -r lib bin scripts "$T/house" && cp -r share/profiles "$T/house/share"
cp -r build/obj "$T/obj"
plant() { # FILE TEXT
	mkdir -p "$T/house/${1%/*}" "$T/obj/${1%/*}"
	printf '%s\n' "$2" >"$T/house/$1"
	[[ $1 == *.h ]] || gcc -std=gnu17 -I"$T/house/lib" -c -o "$T/obj/${1%.c}.o" "$T/house/$1"
}
planted() { # FILE TEXT: what check-layers says of that file
	plant "$1" "$2"
	"$T/house/scripts/check-layers" "$T/obj" | sed "s|$1:[0-9 :]*||"
	rm "$T/house/$1"
}
is 'a new folder is walked, and must be a room' "$(planted lib/domain/x/bad.c '#include "cli/app/app.h"
int x(void); int x(void) { return puts("x"); }')" '#include "cli/app/app.h": domain/ may include base|record|domain only
lib/domain/x is no room: give it a row in scripts/check-layers
puts: only cli/ and bin/ may use this'
is 'a room holds out those that are not its neighbours' "$(planted lib/domain/profile/bad.c '#include "domain/survey/needs.h"')" \
	'#include "domain/survey/needs.h": domain/profile may include these rooms only: profile'
is 'a room may not keep what changes' "$(planted lib/doc/content/bad.c 'int kept = 1;')" \
	'kept: what can change must belong to somebody'
plant lib/record/bad_b.c 'int bad_c(void); int bad_b(void); int bad_b(void) { return bad_c(); }'
plant lib/record/bad_c.c 'int bad_a(void); int bad_c(void); int bad_c(void) { return bad_a(); }'
is 'files may not call each other in a circle, though it be a long one' \
	"$(planted lib/record/bad_a.c 'int bad_b(void); int bad_a(void); int bad_a(void) { return bad_b(); }')" \
	'lib/record/bad_a.c lib/record/bad_b.c lib/record/bad_c.c: these call each other in a circle'
rm "$T/house/lib/record/bad_c.c"
parts() { # COMMENT: what is said of two files that call each other and include a header with this comment
	plant lib/record/bad_own.h "/* $1 */"
	plant lib/record/bad_b.c '#include "record/bad_own.h"
int bad_a(void); int bad_b(void); int bad_b(void) { return bad_a(); }'
	planted lib/record/bad_a.c '#include "record/bad_own.h"
int bad_a(void); int bad_b(void); int bad_a(void) { return bad_b(); }'
}
is 'unless their own header says that they are parts of one' "$(parts 'bad_a.c does this, bad_b.c that.')" ''
is 'all of them' "$(parts 'What bad_a.c shares.')" \
	'lib/record/bad_a.c lib/record/bad_b.c: these call each other in a circle'
rm "$T/house/lib/record/bad_b.c" "$T/house/lib/record/bad_own.h"

ok 'the library exports what its headers declare' scripts/check-symbols build/lib/libtransition.so

read -ra doc_flags < <(pkg-config --cflags pangocairo libpq) # as the Makefile has them
mapfile -t headers < <(find lib -name '*.h' | sort)
for header in "${headers[@]}"; do
	ok "$header can be included by itself" gcc -std=gnu17 -Wall -Wextra -Werror -Ilib -Ibuild/gen "${doc_flags[@]}" \
		-fsyntax-only -x c -include "$header" /dev/null
done
is 'the umbrella header includes every other' "$(sed -n 's/^#include "\(.*\)"/\1/p' lib/transition.h | sort)" \
	"$(cd lib && find ./*/ -name '*.h' ! -name '*_own.h' | sed 's|^./||' | sort)"
is 'no file of code is longer than 600 lines' "$(find lib bin -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 600 { print $2 }')" ''
is 'no two files of the library have one name' "$(find lib -name '*.[ch]' -printf '%f\n' | sort | uniq -d)" ''

# A table of a profile that no program reads would be kept for nothing: each is known, and used outside its checks.
unread=
while read -r table file; do
	grep -rhw --include='*.[ch]' --exclude-dir=check "$table" lib bin | grep -qvE "^ *(\\[$table\\] =|$table,)" || unread+=" $file"
done < <(sed -nE 's/^ *\[(TR_T_[A-Z_]+)\] = "([a-z_]+\.csv)",/\1 \2/p' lib/domain/profile/profile.c)
is 'every table of a profile is read' "$unread" ''
is 'no profile has a table that no program knows' \
	"$(find share/profiles share/skeleton -name '*.csv' -printf '%f\n' | sort -u | while read -r file; do
		grep -q "\"$file\"" lib/domain/profile/profile.c || echo "$file"
	done)" ''

# Every message has its translation, and every translation its message.
mapfile -t sources < <(find lib bin -name '*.[ch]' | sort)
xgettext --from-code=UTF-8 --keyword=N_ --keyword=_ --keyword=gettext -o "$T/now.pot" "${sources[@]}"
msgmerge --quiet --no-fuzzy-matching -o "$T/now.po" share/locale/nb.po "$T/now.pot"
is 'no message lacks its translation' "$(msgattrib --untranslated --no-wrap "$T/now.po" | sed -n 's/^msgid "\(..*\)"/\1/p')" ''
is 'no translation lacks its message' "$(msgattrib --only-obsolete --no-wrap "$T/now.po" | sed -n 's/^#~ msgid "\(..*\)"/\1/p')" ''

is 'every test may be run' "$(find tests -name '*.t' ! -perm -u+x)" ''
mapfile -t scripts < <(grep -slE '^#!.*\b(ba)?sh$' scripts/* .ci/* tests/seed tests/*/* findings/*)
scripts+=(scripts/packages.sh tests/cli/tap.sh tests/cli/edit.sh)
[[ ${TRANSITION_TEST_ALL-} ]] || mapfile -t scripts < <(SAMPLE=4 sampled "${scripts[@]}")
ok "shellcheck of ${#scripts[@]} scripts" shellcheck -x -P SCRIPTDIR -P SCRIPTDIR/.. "${scripts[@]}"
ok 'shellcheck of the completions' shellcheck -s bash build/share/bash-completion/completions/*
while IFS= read -r script; do
	ok "perl -c $script" perl -c "$script"
done < <(grep -slE '^#!.*perl' scripts/* tests/*/*)

# Completion, as bash would ask for it.
# shellcheck disable=SC2016 # the dollars are for that bash
complete() { # FUNCTION WORD PREVIOUS WORDS...
	bash -c 'compopt() { :; }; . "$0"; function=$1 word=$2; shift 2; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
		$function x "$word" x; printf "%s\n" "${COMPREPLY[@]}"' "build/share/bash-completion/completions/${2}" "$1" "${@:3}"
}
is 'options are completed' "$(complete _rop_group rop-group --ex rop-group --ex)" --explain
is 'so are choices' "$(complete _rop_group rop-group n rop-group --lang = n)" $'nb\nnn'
is 'right after the sign too' "$(complete _rop_group rop-group '' rop-group --lang =)" $'nb\nnn\nen'
like 'as they are when somebody types' "$(printf '. build/share/bash-completion/completions/rop-group\nrop-group --lang=\t\t\nexit\n' |
	TERM=dumb script -qec 'bash --norc --noprofile -i' /dev/null | tr -d '\r')" $'\n(en  nb  nn|nb  nn  en) *\n'

ok 'the demonstration data is what its script makes' bash -c "scripts/make-demo $T/demo &&
	diff -r -x README.md -x attack $T/demo share/demo"

is 'the parts of scripts/bench, which sources them all, define no function twice' \
	"$(cat scripts/bench tests/bench/*.sh | sed -n 's/^\([a-z_]*\)() {.*/\1/p' | sort | uniq -d)" ''

finish
