#!/usr/bin/env bash
# What make install lays out works from there.
. "${0%/*}/tap.sh"
unset TRANSITION_SHARE # but not MAKEFLAGS: other flags would build anew under the other tests

for prefix in /usr/local /opt/our/tools; do
	root=$T/root$prefix
	ok "make install PREFIX=$prefix" make -s install DESTDIR="$T/root" PREFIX=$prefix
	for program in $PROGRAMS; do
		ok "$program runs" bash -c "cd / && $root/bin/$program --version"
		ok "$program has a page" test -s "$root/share/man/man1/$program.1"
		for completion in bash-completion/completions/$program zsh/site-functions/_$program fish/vendor_completions.d/$program.fish; do
			ok "$program has completion: ${completion%%/*}" test -s "$root/share/$completion"
		done
	done
	ok 'they find their data' bash -o pipefail -c "cd / && $root/bin/needs-aggregate $PWD/share/demo/exports/*.csv |
		cmp - $PWD/share/demo/needs-2022.csv"
	ok 'and draw it' bash -o pipefail -c "$root/bin/table-render share/demo/needs-2022.csv | cmp - <(table-render share/demo/needs-2022.csv)"
	is 'the default profile is a link' "$(readlink "$root/share/transition/profiles/default")" "$(readlink share/profiles/default)"
	if [[ -e share/locale/nb.po ]]; then
		like 'in Norwegian too' "$(LC_ALL=nb_NO.UTF-8 "$root/bin/rop-group" --help)" '^Bruk: '
	fi
	is 'jobs for the night name these programs' \
		"$(grep -rhoE '/[a-z/]+/bin\b' "$root/share/transition/systemd" "$root/share/transition/cron" | grep -v '^/usr/bin$' | sort -u)" \
		"$prefix/bin"
	is 'data may be read by all' "$(find "$root/share" -type f ! -perm 644)" ''
	is 'nothing names where it was built' "$(grep -rlF "$T" "$root" | head)" ''
done

installed() { # as a program that uses the library asks
	PKG_CONFIG_PATH=$T/root/usr/local/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$T/root pkg-config "$@"
}
cat >"$T/five.c" <<'END'
#include <stdio.h>
#include <transition.h>
int main(void)
{
    puts(tr_code_name(TR_E_DATE));
}
END
# shellcheck disable=SC2046 # words
ok 'a program compiles and links against the shared library' \
	gcc -o "$T/five" "$T/five.c" $(installed --cflags --libs transition)
is 'and runs' "$(LD_LIBRARY_PATH=$T/root/usr/local/lib "$T/five")" date
like 'with the soname' "$(readelf -d "$T/five")" 'libtransition\.so\.0\]'
# shellcheck disable=SC2046
ok 'and against the static one' gcc -o "$T/static" "$T/five.c" $(installed --cflags transition) \
	"$T/root/usr/local/lib/libtransition.a" $(installed --variable=libs_private transition) -lcsv -ljansson -lunistring -pthread
is 'pkg-config tells the version' "$(installed --modversion transition)" "$(build/bin/rop-group --version | cut -d' ' -f2)"

# The default profile is a setting; installing again keeps it.
ln -sfn ours "$T/root/usr/local/share/transition/profiles/default"
ok 'make install again' make -s install DESTDIR="$T/root"
is 'keeps the choice of profile' "$(readlink "$T/root/usr/local/share/transition/profiles/default")" ours

for prefix in /usr/local /opt/our/tools; do
	ok "make uninstall PREFIX=$prefix" make -s uninstall DESTDIR="$T/root" PREFIX=$prefix
	is 'leaves nothing' "$(find "$T/root$prefix" ! -type d)" ''
done

# configure is optional; where it is used it says what is missing.
ok 'autoconf' autoconf --warnings=all,error -o "$T/configure" configure.ac
ok 'configure' bash -c "cd $T && ./configure --srcdir=$PWD --prefix=/opt/ours"
is 'takes the prefix' "$(sed -n 's/^PREFIX *= //p' "$T/config.mk")" /opt/ours
like 'and finds the libraries' "$(<"$T/config.mk")" '-lcsv.*-ljansson.*-lunistring'
cat >"$T/cc" <<'END'
#!/bin/sh
case " $* " in *" -ljansson "*) exit 1 ;; esac
exec gcc "$@"
END
chmod +x "$T/cc"
like 'or names the package' "$(cd "$T" && ./configure --srcdir="$OLDPWD" CC="$T/cc" 2>&1)" 'libjansson-dev'

finish
