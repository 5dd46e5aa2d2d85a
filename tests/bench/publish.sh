# Sourced by scripts/bench: hiding small numbers in tables, the demonstration's and those of a country.
# shellcheck shell=bash

municipalities=356

install_publish_peers() { need "${build_packages[@]}"; }

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
		for (['type', 8], ['standard', 3], ['group', 7]) {
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
	country) command=("$bin/table-suppress" "--into=$dir/published" "--groups=$country/groups.csv" "$country"/{type,standard,group}.csv) ;;
	esac
}

run_publish() {
	local result command
	publish_command "$1"
	result=$(timed "publish-$1" /dev/null "${command[@]}")
	if ((round > 0)); then printf '%s %s\n' "$1" "$result" >>"$dir/publish-runs.txt"; fi
}

measure_publish() {
	local round by
	make_country
	mkdir -p "$dir/publish"
	for by in standard rop_group housing_type; do
		"$bin/needs-aggregate" --by=bydel,$by share/demo/exports/*.csv >"$dir/publish/$by.csv" 2>/dev/null
	done
	say "one warm-up and $runs runs of hiding"
	: >"$dir/publish-runs.txt"
	for ((round = 0; round <= runs; round++)); do
		run_publish demo
		run_publish country
	done
	{
		printf '| tables | seconds | processor | MiB | promised |\n|---|---:|---:|---:|---|\n'
		while read -r name what seconds mib; do
			sort -k2,2n "$dir/publish-runs.txt" | awk -v name="$name" -v what="${what//_/ }" -v s="$seconds" -v m="$mib" '
				$1 == name { wall[++n] = $2; cpu[n] = $4; peak = $3 > peak ? $3 : peak }
				END {
					i = int((n + 1) / 2)
					printf "| %s | %.3f | %.3f | %.0f | %s s, %s MiB: %s |\n", what, wall[i], cpu[i], peak / 1024, s, m,
						wall[i] <= s && peak / 1024 <= m ? "yes" : "**no**"
				}'
		done <<-END
			demo the_demonstration,_three_linked_tables_by_district 0.1 64
			country ${municipalities}_municipalities_in_counties_of_a_country,_three_linked_tables 10 512
		END
		printf '\n'
		facts < <("$bin/table-suppress" --version | head -n 1; "${CC:-cc}" --version | head -n 1) | sed 's/^/- /'
	} >"$dir/publish.md"
	rm -rf "$dir/published"
}
