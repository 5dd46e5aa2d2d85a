# Sourced by scripts/bench: hiding small numbers in tables, the demonstration's and those of a country.
# shellcheck shell=bash

municipalities=356
glpsol_every=20 # of the numbers: all of them take five minutes

install_publish_peers() {
	local packages
	mapfile -t packages < <(lacking glpsol glpk-utils)
	need "${build_packages[@]}" "${packages[@]}"
}

# Three tables of the same persons by municipality, with counties and the country, and which municipality is in
# which county. The same on every run.
make_country() {
	mkdir -p "$dir/country"
	perl - "$municipalities" "$dir/country" <<-'END'
		use strict;
		use warnings;
		my ($n, $folder) = @ARGV;
		my $seed = 20261128;
		sub random { $seed = ($seed * 16807) % 2147483647; return $seed / 2147483647 }
		my @place = map { { code => sprintf('%02d%03d', 11 + $_ % 15, $_), county => 11 + $_ % 15 } } 0 .. $n - 1;
		$_->{persons} = int exp(2.8 + 1.2 * (random() + random() + random() + random() - 2) * sqrt 3) for @place;
		open my $out, '>', "$folder/groups.csv" or die;
		print $out "code,parent\n", map { "$_->{code},$_->{county}\n" } @place;
		for (['housing_type', 8], ['standard', 3], ['rop_group', 7]) {
			my ($field, $columns) = @$_;
			my (%row, @order);
			for my $p (@place) {
				my @weight = map { random()**2 } 1 .. $columns;
				my $all = 0;
				$all += $_ for @weight;
				for (1 .. $p->{persons}) {
					my ($x, $i) = (random() * $all, 0);
					$x -= $weight[$i++] while $i < $columns - 1 && $x > $weight[$i];
					$row{$_}[$i]++ for $p->{code}, $p->{county}, 'total';
				}
				$row{ $p->{code} } //= [];
			}
			open my $table, '>', "$folder/$field.csv" or die;
			print $table join(',', 'municipality', (map { "$field=$_" } 1 .. $columns), 'total', 'persons'), "\n";
			for my $key (sort grep { $_ ne 'total' } keys %row) { push @order, $key }
			for my $key (@order, 'total') {
				my @count = map { $row{$key}[$_] // 0 } 0 .. $columns - 1;
				my $sum = 0;
				$sum += $_ for @count;
				print $table join(',', $key, @count, $sum, $sum), "\n";
			}
		}
	END
}

publish_command() {
	local demo=$dir/publish country=$dir/country
	case $1 in
	demo) command=("$bin/table-suppress" "--into=$dir/published" "$demo/standard.csv" "$demo/rop_group.csv" "$demo/housing_type.csv") ;;
	demo-attack) command=("$bin/table-attack" --all "$dir"/published/{standard,rop_group,housing_type}.csv) ;;
	country) command=("$bin/table-suppress" "--into=$dir/published" "--groups=$country/groups.csv" "$country"/{housing_type,standard,rop_group}.csv) ;;
	country-attack) command=("$bin/table-attack" --all "--groups=$country/groups.csv" "$dir"/published/{housing_type,standard,rop_group}.csv) ;;
	glpsol) command=("$src/glpsol-bounds" "$glpsol_every" "$country/groups.csv" "$dir"/published/{housing_type,standard,rop_group}.csv) ;;
	esac
}

run_publish() {
	local result command
	publish_command "$1"
	result=$(timed "publish-$1" "$dir/publish-$1.out" "${command[@]}")
	if ((round > 0)); then printf '%s %s\n' "$1" "$result" >>"$dir/publish-runs.txt"; fi
}

# glpsol alone works out the same numbers, in the same run: once, as it takes long.
measure_glpsol() {
	local round=1
	if ! have glpsol; then
		say 'glpsol is left out: not installed'
		return
	fi
	say "every ${glpsol_every}th number by glpsol"
	run_publish glpsol
	tail -n +2 "$dir/publish-country-attack.out" | grep -o '",[^"]*$' | cut -d, -f2,3 |
		awk -v every="$glpsol_every" 'NR % every == 1' >"$dir/ours.bounds"
	expect 'glpsol and table-attack find the same ranges' "$dir/ours.bounds" "$dir/publish-glpsol.out"
}

# What the runs of one command took, as they were measured: wall, peak, processor.
middle_of() {
	sort -k2,2n "$dir/publish-runs.txt" | awk -v name="$1" '
		$1 == name { wall[++n] = $2; cpu[n] = $4; peak = $3 > peak ? $3 : peak }
		END { i = int((n + 1) / 2); if (n) printf "%.3f %.3f %.0f\n", wall[i], cpu[i], peak / 1024 }'
}

# A line of the table: of which commands the times are added, what they do, and what was promised.
tell() {
	local wall=0 cpu=0 mib=0 name w c m
	for name in ${1//+/ }; do
		read -r w c m < <(middle_of "$name")
		wall=$(awk "BEGIN { print $wall + $w }") cpu=$(awk "BEGIN { print $cpu + $c }")
		((m > mib)) && mib=$m
	done
	printf '| %s | %.3f | %.3f | %d | %s s, %s MiB: %s |\n' "$2" "$wall" "$cpu" "$mib" "$3" "$4" \
		"$(awk "BEGIN { print $wall <= $3 && $mib <= $4 ? \"yes\" : \"**no**\" }")"
}

measure_publish() {
	local round by ours theirs
	make_country
	mkdir -p "$dir/publish"
	for by in standard rop_group housing_type; do
		"$bin/needs-aggregate" --by=bydel,$by share/demo/exports/*.csv >"$dir/publish/$by.csv" 2>/dev/null
	done
	say "one warm-up and $runs runs of hiding, and of working out"
	: >"$dir/publish-runs.txt"
	: >"$dir/checks.txt"
	for ((round = 0; round <= runs; round++)); do
		run_publish demo
		run_publish demo-attack
		run_publish country
		run_publish country-attack
	done
	measure_glpsol
	{
		printf '| tables | seconds | processor | MiB | promised |\n|---|---:|---:|---:|---|\n'
		tell demo 'the demonstration, three linked tables by district' 0.1 64
		tell demo+demo-attack 'the same, attack included' 0.1 64
		tell country "$municipalities municipalities in counties of a country, three linked tables" 10 512
		tell country+country-attack 'the same, attack included' 10 512
		if have glpsol; then
			read -r _ ours _ < <(middle_of country-attack)
			read -r _ theirs _ < <(middle_of glpsol)
			awk -v ours="$ours" -v theirs="$theirs" -v every="$glpsol_every" 'BEGIN {
				times = theirs * every / ours
				printf "\nThe attack on the country took %.3f s of processor time. glpsol, started for the least and the most of ", ours
				printf "every %dth number, took %.1f s: for all of them %.0f times as long, where 50 was promised: %s.\n", every,
					theirs, times, (times >= 50 ? "met" : "**missed**") }'
			sed 's/^/- /' "$dir/checks.txt"
		fi
		printf '\n'
		facts < <("$bin/table-suppress" --version | head -n 1; "${CC:-cc}" --version | head -n 1) | sed 's/^/- /'
	} >"$dir/publish.md"
	rm -rf "$dir/published"
}
