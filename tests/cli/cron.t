#!/usr/bin/env bash
# The examples for work at night run as they stand: silent when all is well and nothing is purged; what fails
# leaves what was there. What the units may is little.
. "${0%/*}/tap.sh"

root=$T/root
reg=$root/var/lib/transition/reg.db
# As the comments say: the jobs have a key that audits, in their folder of keys, and the first key is elsewhere.
new_root() {
	local key
	rm -rf "$root" "$T/first.key"
	mkdir -p "$root"/var/{lib/transition,www/html,backups/transition} "$root"/{etc,home}
	(
		export TRANSITION_KEYS=$root/etc/transition/keys
		mkdir -p "$root/etc/transition"
		register-init "$reg" 2>/dev/null
		key=$(echo "$TRANSITION_KEYS"/*.key)
		mv "$key" "$T/first.key"
		register-key --key="$T/first.key" --name=jobs --purpose=audit make "$reg" "$key"
	)
	for f in institutions stays waiting; do
		register-put --key="$T/first.key" --as-of=2026-11-20 "$reg" share/demo/$f.csv 2>/dev/null
	done
}
page=$root/var/www/html/ledig.html

# The commands of a crontab, as cron would hand them to the shell; those of a unit.
cron_commands() {
	sed -E '/^#|^$|^[A-Z_]+=/d; s/^([^ ]+ ){6}//; s/\\%/%/g' "$1"
}
unit_commands() { sed -n 's/^ExecStart=//p' "$1"; }
# What they set in the environment, a line each.
cron_sets() { grep -E '^[A-Z_]+=' "$1" | tr -d '"'; }
unit_sets() { sed -n 's/^Environment=//p' "$1"; }

# here FILE COMMAND: in the scratch folder, with the programs that are tested, and with nothing in the environment
# but what a job gets, and what its file sets.
here() {
	local file=$1 command=${2//\/var\//$root/var/} set=() one
	command=${command//\/usr\/local\/bin\//$BIN/}
	while IFS= read -r one; do
		set+=("${one/=\/etc\//=$root/etc/}")
	done < <(case $file in *cron*) cron_sets "$file" ;; *) unit_sets "$file" ;; esac)
	env -i "${set[@]}" HOME="$root/home" LOGNAME=transition PATH="$PATH" LC_ALL=C TRANSITION_SHARE="$TRANSITION_SHARE" \
		sh -c "$command; echo \$?" 2>&1
}

new_root
is 'a crontab has three lines' "$(cron_commands share/cron/transition | wc -l)" 3
while IFS= read -r command; do
	is "cron: silent: ${command:0:60}..." "$(here share/cron/transition "$command")" 0
done < <(cron_commands share/cron/transition)
like 'the page is there' "$(<"$page")" '</html>'
is 'for all to read' "$(stat -c %a "$page")" "$(printf '%o' $((0666 & ~$(umask))))"
sealed=$(echo "$root"/var/backups/transition/reg-?.sealed)
ok 'the sealed copy can be opened' register-backup --restore --key="$T/first.key" \
	"$sealed" "$T/back.db"
ok 'and is whole' register-check --key="$T/first.key" "$T/back.db"

new_root
for unit in share/systemd/*[a-z].service; do
	ok "${unit##*/} has its timer" test -e "${unit%.service}.timer"
	while IFS= read -r command; do
		is "${unit##*/}: silent: ${command:47:60}..." "$(here "$unit" "$command")" 0
	done < <(unit_commands "$unit")
done
like 'the page is there' "$(<"$page")" '</html>'
ok 'the sealed copy can be opened' register-backup --restore --key="$T/first.key" \
	"$root/var/backups/transition/reg.sealed" "$T/back-too.db"

is 'no key is beside the register, nor in a home' "$(find "$root/var" "$root/home" -name '*.key')" ''
key=$(echo "$root"/etc/transition/keys/*.key)
is 'and the one of the jobs reads no names' "$(grep -c '^read ' "$key")" 0
mv "$key" "$T/away.key"
while IFS= read -r command; do
	case $command in *register-*) like 'without a key they say where it should be' "$(here share/cron/transition "$command")" "etc/transition/keys" ;; esac
done < <(cron_commands share/cron/transition)
mv "$T/away.key" "$key"

# The jobs may little, and who fails is told of. --offline: whatever machine this is.
if command -v systemd-analyze >/dev/null && systemd-analyze security --help | grep -q -- --offline; then
	for unit in share/systemd/*.service; do
		ok "${unit##*/} is open to little: 2.0 at most" systemd-analyze security --offline=true --threshold=20 "$unit"
	done
	is 'nothing in the units is unknown' "$(systemd-analyze verify share/systemd/*[a-z].service share/systemd/*.timer 2>&1 |
		grep -iE 'unknown|ignoring|invalid|missing')" ''
else
	skip 'the jobs may little' 'systemd-analyze is not installed, or too old'
fi
is 'each job says when it fails' "$(grep -L '^OnFailure=transition-failed@%n.service$' share/systemd/*[a-z].service)" ''

# A register that is damaged: all say so, and touch nothing.
before=$(cd "$root/var" && sha256sum www/html/* backups/transition/*)
echo 'no register' >"$reg"
while IFS= read -r command; do
	like "fails and says so: ${command:0:60}..." "$(here share/cron/transition "$command")" $'no-register.*\n65'
	is 'and nothing is touched' "$(cd "$root/var" && sha256sum www/html/* backups/transition/*)" "$before"
done < <(cron_commands share/cron/transition)

# One at a time.
new_root
(
	flock 9
	command=$(cron_commands share/cron/transition | head -1)
	here share/cron/transition "${command/-w 600/-w 0}"
) 9>"$root/var/lib/transition/night.lock" >"$T/out"
is 'who finds the lock taken does nothing and says so' "$(<"$T/out") $(ls "$root/var/www/html")" \
	$'transition: not done, as the lock or the register was in use\n75 '

finish
