#!/usr/bin/env bash
# The examples for work at night run as they stand: silent when all is well and nothing is purged; what fails
# leaves what was there. What the units may is little.
. "${0%/*}/tap.sh"

root=$T/root
new_root() {
	rm -rf "$root"
	mkdir -p "$root"/var/{lib/transition,www/html,backups/transition}
	register-init --key="$root/var/lib/transition/reg.db.key" "$root/var/lib/transition/reg.db"
	for f in institutions stays waiting; do
		register-put --as-of=2026-11-20 "$root/var/lib/transition/reg.db" share/demo/$f.csv 2>/dev/null
	done
}
page=$root/var/www/html/ledig.html

# The commands of a crontab, as cron would hand them to the shell; those of a unit.
cron_commands() {
	sed -E '/^#|^$|^[A-Z_]+=/d; s/^([^ ]+ ){6}//; s/\\%/%/g' "$1"
}
unit_commands() { sed -n 's/^ExecStart=//p' "$1"; }

# here COMMAND: in the scratch folder, with the programs that are tested.
here() {
	local command=${1//\/var\//$root/var/}
	command=${command//\/usr\/local\/bin\//$BIN/}
	sh -c "$command; echo \$?" 2>&1
}

new_root
is 'a crontab has three lines' "$(cron_commands share/cron/transition | wc -l)" 3
while IFS= read -r command; do
	is "cron: silent: ${command:0:60}..." "$(here "$command")" 0
done < <(cron_commands share/cron/transition)
like 'the page is there' "$(<"$page")" '</html>'
is 'for all to read' "$(stat -c %a "$page")" "$(printf '%o' $((0666 & ~$(umask))))"
sealed=$(echo "$root"/var/backups/transition/reg-?.sealed)
ok 'the sealed copy can be opened' register-backup --restore --key="$root/var/lib/transition/reg.db.key" \
	"$sealed" "$T/back.db"
ok 'and is whole' register-check "$T/back.db"

new_root
for unit in share/systemd/*[a-z].service; do
	ok "${unit##*/} has its timer" test -e "${unit%.service}.timer"
	while IFS= read -r command; do
		is "${unit##*/}: silent: ${command:47:60}..." "$(here "$command")" 0
	done < <(unit_commands "$unit")
done
like 'the page is there' "$(<"$page")" '</html>'
ok 'the sealed copy can be opened' register-backup --restore --key="$root/var/lib/transition/reg.db.key" \
	"$root/var/backups/transition/reg.sealed" "$T/back-too.db"

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
echo 'no register' >"$root/var/lib/transition/reg.db"
while IFS= read -r command; do
	like "fails and says so: ${command:0:60}..." "$(here "$command")" $'no-register.*\n65'
	is 'and nothing is touched' "$(cd "$root/var" && sha256sum www/html/* backups/transition/*)" "$before"
done < <(cron_commands share/cron/transition)

# One at a time.
new_root
(
	flock 9
	command=$(cron_commands share/cron/transition | head -1)
	here "${command/-w 600/-w 0}"
) 9>"$root/var/lib/transition/night.lock" >"$T/out"
is 'who finds the lock taken does nothing and says so' "$(<"$T/out") $(ls "$root/var/www/html")" \
	$'transition: not done, as the lock or the register was in use\n75 '

finish
