#!/usr/bin/env bash
# transition: the programs, the doctor; completions as their shells ask for them; a pager at a terminal.
. "${0%/*}/tap.sh"

status 'transition lists the programs' 0 transition
is 'all of them, each with what it is for' "$(sed -E 's/ +.*//' "$T/out" | xargs)" "$(xargs -n 1 <<<"$PROGRAMS" | grep -vx transition | xargs)"
is 'as each says itself' "$(sed -nE 's/^rop-group +//p' "$T/out")" "$(rop-group --help | sed -n 3p)"
is 'help of one' "$(transition help rop-group)" "$(rop-group --help)"
is 'one by its name' "$(transition rop-group --version)" "$(rop-group --version)"
status 'what is no program' 2 transition help nonsense
status 'what is no command' 2 transition nonsense
like 'in Norwegian' "$(LC_ALL=nb_NO.UTF-8 transition)" 'rop-group +finn'

status 'the doctor finds all well' 0 transition doctor
is 'and says so' "$(grep -c '^BAD' "$T/out")" 0
like 'which profile' "$(<"$T/out")" 'profile: Oslo, nb, '
register-init "$T/reg.db" 2>"$T/err"
status 'a register that can be used' 0 transition doctor --register="$T/reg.db"
chmod 755 "$T/keys"
status 'a folder of keys that all can read' 1 transition doctor --register="$T/reg.db"
like 'is told' "$(<"$T/out")" 'BAD   the folder of keys'
chmod 700 "$T/keys"
chmod 644 "$T/reg.db"
status 'one that all can read' 1 transition doctor --register="$T/reg.db"
chmod 600 "$T/reg.db"
status 'one that is not there' 66 transition doctor --register="$T/none.db"
like 'is told' "$(<"$T/out")" "BAD   the register opens: $T/none.db"
key=$(find "$T/keys" -name '*.key')
for at in "$key" "$T/reg.db.key"; do
	[[ -e $at ]] || mv "$key" "$at"
	status "a key at ${at#"$T/"}" 0 transition doctor --register="$T/reg.db"
	like 'can be used' "$(<"$T/out")" "ok    its key can be used: $at"
	like 'and nobody else can read it' "$(<"$T/out")" "ok    the key is its owner’s alone: $at"
	chmod 644 "$at"
	status 'one that all can read' 77 transition doctor --register="$T/reg.db"
	is 'is told where it lies' "$(grep '^BAD' "$T/out")" "$(printf '%s\n' "BAD   its key can be used: $at" "BAD   the key is its owner’s alone: $at")"
	chmod 600 "$at"
done
rm "$T/reg.db.key"
status 'a key that is nowhere' 1 transition doctor --register="$T/reg.db"
is 'is told where it should be' "$(grep '^BAD' "$T/out")" "BAD   its key can be used: $key"
mkdir "$T/bin" && cp "$BIN/transition" "$T/bin"
status 'programs that are missing' 1 "$T/bin/transition" doctor
like 'are named' "$(<"$T/out")" 'BAD   programs that are missing: checklist-edit, checklist-export, '

# Without the library that programs open when they need more than they are linked with.
cp "$BIN/table-render" "$BIN/register-get" "$T/bin"
if [[ $(readelf -dW "$BIN/register-get" 2>/dev/null) == *libpq* ]]; then
	skip 'a library that is missing' 'these programs have it in them'
else
	export TRANSITION_SHARE=$PWD/share
	status 'what needs no more than a program has works without the library' 0 "$T/bin/table-render" share/demo/needs-2022.csv
	status 'a picture needs it' 70 "$T/bin/table-render" --format=png -o "$T/a.png" share/demo/needs-2022.csv
	like 'and the program says which' "$(<"$T/err")" 'library: libtransition\.so\.[0-9.]*, a part of these programs, cannot be opened: '
	status 'so does a server' 70 "$T/bin/register-get" postgresql://nowhere/x stay
	unset TRANSITION_SHARE
fi

if ! command -v fish >"$T/said"; then
	lacks 'fish' 'there is no fish'
else
	for file in build/share/fish/vendor_completions.d/*.fish; do
		ok "fish reads ${file##*/}" fish -n "$file"
	done
	is 'fish completes choices' "$(fish -c 'source build/share/fish/vendor_completions.d/rop-group.fish; complete -C "rop-group --lang=n"' | cut -f1)" $'--lang=nb\n--lang=nn'
fi
if ! command -v zsh >"$T/said"; then
	lacks 'zsh' 'there is no zsh'
else
	for file in build/share/zsh/site-functions/_*; do
		ok "zsh reads ${file##*/}" zsh -n "$file"
	done
	like 'zsh has choices' "$(<build/share/zsh/site-functions/_rop-group)" "'--lang=\[[^]]*\]:value:\(nb nn en\)'"
fi

needs-aggregate share/demo/exports/*.csv >"$T/needs.csv" 2>"$T/err"
at_terminal() { # ROWS: what a terminal of so many rows shows
	python3 -c 'import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    os.read(0, 1)
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", int(sys.argv[1]), 100, 0, 0))
os.write(fd, b"\n")
try:
    while data := os.read(fd, 4096):
        sys.stdout.buffer.write(data)
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))' "$@" | tr -d '\r'
}
is 'a table longer than the terminal goes to the pager' "$(PAGER='sed s/^/P/' at_terminal 10 table-render "$T/needs.csv" | grep -c ^P)" "$(table-render "$T/needs.csv" | wc -l)"
is 'one that fits does not' "$(PAGER='sed s/^/P/' at_terminal 200 table-render "$T/needs.csv" | grep -c ^P)" 0
is 'nor with an empty PAGER' "$(PAGER='' at_terminal 10 table-render "$T/needs.csv" | grep -c Sagene)" 1
is 'nor into a pipe' "$(PAGER='sed s/^/P/' table-render "$T/needs.csv" | grep -c ^P)" 0
is 'a pager that is not there loses nothing' "$(PAGER=/none/such at_terminal 10 table-render "$T/needs.csv" | grep -c Sagene)" 1
finish
