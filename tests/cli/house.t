#!/usr/bin/env bash
# The rules of the house: layers, symbols, headers, scripts.
. "${0%/*}/tap.sh"

ok 'layers' scripts/check-layers
ok 'the library exports what its headers declare' scripts/check-symbols build/lib/libtransition.so

# Headers called *_own.h are a module's own: not installed, not in the umbrella.
for header in lib/transition.h lib/*/*.h; do
	ok "$header can be included by itself" gcc -std=gnu17 -Wall -Wextra -Werror -Ilib -fsyntax-only -x c \
		-include "$header" /dev/null
done
is 'every header is installed' \
	"$(make -s -f Makefile -f - print <<<$'print:\n\t@echo $(HEADERS)' | tr ' ' '\n' | sort)" "$(printf '%s\n' lib/*.h lib/*/*.h | grep -v _own | sort)"
is 'every source is built' \
	"$(make -s -f Makefile -f - print <<<$'print:\n\t@echo $(LIB_SRC) $(PROGRAMS:%=bin/%.c)' | tr ' ' '\n' | sort)" \
	"$(printf '%s\n' lib/*/*.c bin/*.c | sort)"
is 'the umbrella header includes every other' "$(sed -n 's/^#include "\(.*\)"/\1/p' lib/transition.h | sort)" \
	"$(cd lib && printf '%s\n' */*.h | grep -v _own | sort)"

# Every message has its translation, and every translation its message.
xgettext --from-code=UTF-8 --keyword=N_ --keyword=_ --keyword=gettext -o "$T/now.pot" lib/*/*.[ch] bin/*.c
msgmerge --quiet --no-fuzzy-matching -o "$T/now.po" share/locale/nb.po "$T/now.pot"
is 'no message lacks its translation' "$(msgattrib --untranslated --no-wrap "$T/now.po" | sed -n 's/^msgid "\(..*\)"/\1/p')" ''
is 'no translation lacks its message' "$(msgattrib --only-obsolete --no-wrap "$T/now.po" | sed -n 's/^#~ msgid "\(..*\)"/\1/p')" ''

mapfile -t scripts < <(grep -slE '^#!.*\b(ba)?sh$' scripts/* .ci/* tests/*/*)
scripts+=(scripts/packages.sh tests/cli/tap.sh)
for script in "${scripts[@]}"; do
	ok "shellcheck $script" shellcheck -x -P SCRIPTDIR -P SCRIPTDIR/.. "$script"
done
for file in build/share/bash-completion/completions/*; do
	ok "shellcheck ${file##*/} completion" shellcheck -s bash "$file"
done
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
is 'right after the sign too' "$(complete _rop_group rop-group = rop-group --lang =)" $'nb\nnn\nen'

ok 'the demonstration data is what its script makes' bash -c "scripts/make-demo $T/demo &&
	diff -r -x README.md $T/demo share/demo"

finish
