#!/usr/bin/env bash
# The Debian packages: lintian finds nothing wrong with them; installed into a bare root, they work from there; removed,
# they leave nothing.
. "${0%/*}/tap.sh"
unset TRANSITION_SHARE

needs dpkg-buildpackage dh lintian
ok 'they are made, and lintian finds nothing' env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s deb OPT='-O1 -g1'
shopt -s extglob
packages=(build/deb/!(*-dbgsym_*).deb)
mkdir -p "$T/root/var/lib/dpkg/info" "$T/root/var/lib/dpkg/updates"
touch "$T/root/var/lib/dpkg/status"
# What they depend on is the machine's: only the files are tried here.
into_root=(dpkg --root="$T/root" --log="$T/log" --force-depends --force-not-root --force-script-chrootless)
status 'they are installed' 0 "${into_root[@]}" --unpack "${packages[@]}"
for program in $PROGRAMS; do
	ok "$program runs" "$T/root/usr/bin/$program" --version
	ok "$program has a page" test -s "$T/root/usr/share/man/man1/$program.1.gz"
done
status 'all is there for them to work' 0 "$T/root/usr/bin/transition" doctor
ok 'a table of needs' bash -o pipefail -c "'$T/root/usr/bin/needs-aggregate' share/demo/exports/*.csv | cmp - share/demo/needs-2022.csv"
ok 'the library' compgen -G "$T/root/usr/lib/*/libtransition.so.0"
ok 'the header' test -s "$T/root/usr/include/transition/transition.h"
ok 'units of systemd' test -s "$T/root/usr/lib/systemd/system/transition-purge.timer"
like 'which name these programs' "$(<"$T/root/usr/lib/systemd/system/transition-purge.service")" '/usr/bin/register-purge'
for shell in bash-completion/completions/rop-group zsh/vendor-completions/_rop-group fish/vendor_completions.d/rop-group.fish; do
	ok "completion: ${shell%%/*}" test -s "$T/root/usr/share/$shell"
done
status 'they are removed' 0 "${into_root[@]}" --purge transition libtransition-dev libtransition0
is 'and leave nothing' "$(find "$T/root" -path "$T/root/var/lib/dpkg" -prune -o ! -type d -print | head)" ''
finish
