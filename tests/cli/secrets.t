#!/usr/bin/env perl
# A secret that stands anywhere in an input comes out only where it is asked for: not in a message, not in
# a list that is for everybody, not in a file. Each program gets each of its inputs with an identity number
# and a name in every cell in turn, as every header, and in files that are broken in many ways, and all that
# it says is searched. A name that stands as a header is a column's, and told, unless numbers or days beside
# it show a row of data; and where an institution is meant, its name is told. A third of the ways is tried, which the
# commit chooses; scripts/fault-test claims tries all.
use strict;
use warnings;
use Cwd 'abs_path';
use File::Basename 'dirname';
use File::Copy 'copy';
use File::Temp 'tempdir';

chdir dirname(abs_path($0)) . '/../..' or die;
my $bin = abs_path($ENV{BIN} // 'build/bin');
my $demo = abs_path('share/demo');
$ENV{TRANSITION_SHARE} = abs_path('share');
delete @ENV{qw(LANGUAGE LC_MESSAGES LANG TRANSITION_PROFILE)};
@ENV{qw(LC_ALL PATH)} = ('C', "$bin:$ENV{PATH}");
my ($one_in, $turn) = ($ENV{SAMPLE} // 3 || 1, `tests/seed`);
my $at = tempdir(CLEANUP => 1);
chdir $at or die;

# Invented: month + 80, and a name that stands in no table.
my ($number, $name) = ('12838510068', 'Qvistulf Zzyborg');
my $told = qr/12838510068|128385.?10068|Qvistulf|Zzyborg/i;
my @ways = ($number, $name, "$name $number", "128385 10068", "$name\@example.no");

my ($tests, $failed) = (0, 0);
sub result {
	my ($good, $what, @said) = @_;
	$tests++;
	$failed += !$good;
	print $good ? 'ok' : 'not ok', " $tests - $what\n", map { "# $_\n" } @said;
}

sub text { open my $in, '<:raw', $_[0] or die "$_[0]: $!"; local $/; return scalar <$in> // '' }
sub put { open my $out, '>:raw', $_[0] or die "$_[0]: $!"; print $out $_[1]; close $out or die }
sub run { system('sh', '-c', join ' ', @_) == 0 or $? >> 8 == 1 or die "@_: $?" }

# ---- inputs that are as they should be ----

copy($_, '.') for glob("$demo/*.csv $demo/*.json $demo/*.jsonl");
copy("$demo/exports/03-sagene.csv", 'export.csv') or copy((glob "$demo/exports/*.csv")[2], 'export.csv');
run('rop-group waiting.csv >grouped.csv 2>/dev/null');
run('vacancy-list --as-of=2026-11-21 --institutions=institutions.csv --stays=stays.csv >places.csv 2>/dev/null');
run('placement-match --places=places.csv --stays=stays.csv --certificate=cert.json grouped.csv >placed.csv 2>/dev/null');
run('register-init --key=empty.db.key empty.db');
run('register-init --key=full.db.key full.db');
run("register-put full.db $_ 2>/dev/null") for qw(institutions.csv stays.csv waiting.csv);
run('needs-plan --certificate=homes-proof.csv needs-2022.csv >homes.csv');
run('checklist-export --as-of=2026-11-21 --format=docx --output=plan.docx plan.json');
run('referral-import --format=jsonl waiting.csv >waiting.jsonl 2>/dev/null');
run('referral-anonymise --key=full.db.key --identity=identity.csv waiting.csv >/dev/null 2>&1');

# ---- what is run; X stands for the input that is changed ----

my @work = (
	['referral-import', 'X', qw(export.csv waiting.csv waiting.jsonl)],
	['referral-anonymise', '--key=full.db.key X', qw(waiting.csv waiting.jsonl)],
	['referral-link', 'X', 'waiting.csv'],
	['rop-group', 'X', qw(export.csv waiting.csv)],
	['rop-group', '--explain X', 'waiting.csv', 'free'],
	['needs-aggregate', 'X', qw(export.csv waiting.csv), 'shut'],
	['needs-aggregate', '--stock=X', 'stock.csv', 'shut'],
	['needs-aggregate', '--compare=X needs-2022.csv', 'needs-2020.csv', 'shut'],
	['needs-aggregate', '--links=X waiting.csv', 'links.csv', 'shut'],
	['needs-forecast', 'needs-2022.csv X', 'needs-2020.csv', 'shut'],
	['needs-plan', 'X', 'needs-2022.csv', 'shut'],
	['plan-diff', 'homes.csv X', 'homes.csv'],
	['site-inspect', 'X', 'homes.csv'],
	['plan-verify', '--certificate=X homes.csv', 'homes-proof.csv', 'shut'],
	['plan-verify', '--certificate=homes-proof.csv X', 'homes.csv', 'shut'],
	['table-render', 'X', qw(needs-2022.csv places.csv)],
	['table-suppress', 'X', 'needs-2022.csv'],
	['table-suppress', '--published=X needs-2022.csv', 'needs-2022.csv', 'shut'],
	['vacancy-list', '--as-of=2026-11-21 --institutions=X --stays=stays.csv', 'institutions.csv'],
	['vacancy-list', '--as-of=2026-11-21 --institutions=institutions.csv --stays=X', 'stays.csv', 'shut'],
	['vacancy-list', '--as-of=2026-11-21 --institutions=institutions.csv --stays=stays.csv --referrals=X', 'waiting.csv', 'shut'],
	['placement-match', '--places=X grouped.csv', 'places.csv'],
	['placement-match', '--places=places.csv --stays=stays.csv X', 'grouped.csv'],
	['placement-match', '--places=places.csv --stays=X grouped.csv', 'stays.csv'],
	['placement-match', '--places=places.csv --stays=stays.csv --events=X grouped.csv', 'events.csv'],
	['placement-verify', '--places=places.csv --stays=stays.csv --certificate=cert.json --referrals=grouped.csv X', 'placed.csv'],
	['placement-verify', '--places=places.csv --stays=stays.csv --certificate=X --referrals=grouped.csv placed.csv', 'cert.json'],
	['placement-explain', '--cutoffs --certificate=X', 'cert.json', 'free'],
	['placement-diff', 'placed.csv X', 'placed.csv'],
	['offer-make', '--register=full.db --as-of=2026-11-21 X', 'placed.csv', 'free'],
	['deadline-list', '--as-of=2026-11-21 X', 'events.csv'],
	['deadline-list', '--as-of=2026-11-21 --referrals=X events.csv', 'waiting.csv'],
	['deadline-list', '--as-of=2026-11-21 --identity=X events.csv', 'identity.csv'],
	['effect-report', '--as-of=2026-11-21 --whole --events=X', 'events.csv'],
	['flow-simulate', '--places=places.csv --stay=30 --runs=2 X', 'waiting.csv'],
	['routine-report', '--as-of=2026-11-21 --what=longest X', 'events.csv'],
	['letter-export', '--as-of=2026-11-21 --kind=avslag --institutions=institutions.csv --certificate=cert.json --output=/dev/null X', 'placed.csv'],
	['letter-export', '--as-of=2026-11-21 --kind=avslag --institutions=institutions.csv --identity=X --output=/dev/null placed.csv', 'identity.csv'],
	['checklist-export', 'X', qw(plan.json plans.jsonl)],
	['checklist-export', '--check X', 'plan.json', 'free'],
	['checklist-edit', 'X', 'plan.json', 'free'],
	['meeting-invite', 'X', 'papers.jsonl', 'free'],
	['checklist-import', '--onto=X plan.docx', 'plan.json', 'free'],
	['register-put', 'empty.db X', qw(waiting.csv institutions.csv stays.csv events.csv placed.csv), 'shut'],
);

# ---- ways to plant it ----

# Cells of simple CSV: our own demonstration files.
sub cells { my @c; push @c, $1 while $_[0] =~ /\G((?:"(?:[^"]|"")*"|[^,;\t"]*))(?:[,;\t]|$)/gc && (pos $_[0] < length $_[0] || do { push @c, $1; last }); return @c }
sub plant_csv {
	my ($text, $add) = @_;
	my @line = split /\r?\n/, $text;
	my ($delimiter) = sort { ($line[0] =~ s/\Q$b\E/$b/g) <=> ($line[0] =~ s/\Q$a\E/$a/g) } ',', ';', "\t";
	my @head = split /\Q$delimiter\E/, $line[0], -1;
	my @rows = map { [split /\Q$delimiter\E/, $_, -1] } @line[1 .. ($#line < 3 ? $#line : 3)];
	splice @rows, 1 if grep { /"/ } @line[1 .. ($#line < 3 ? $#line : 3)]; # cut otherwise
	my $few = join "\n", @line[0 .. ($#line < 6 ? $#line : 6)], '';
	my $with = sub { my ($n, @cells) = @_; my @l = split /\n/, $few, -1; $l[$n] = join $delimiter, @cells; return join "\n", @l };
	for my $i (0 .. $#head) {
		my @told = grep { !(/$name/ && $head[$i] =~ /instit|_id$/i) } @ways[0 .. 2]; # institutions and ids are named
		while (my @now = splice @told, 0, scalar @rows) { # a row is judged by itself: as many ways in a run as there are rows
			my @l = split /\n/, $few, -1;
			for my $k (0 .. $#now) {
				my @cells = @{ $rows[$k] };
				$cells[$i] = $now[$k];
				$l[1 + $k] = join $delimiter, @cells;
			}
			$add->("$head[$i] is " . join(' or ', @now), join "\n", @l);
		}
		my @heads = @head;
		$heads[$i] = $number;
		$add->("a header $number for $head[$i]", $with->(0, @heads));
	}
	my $all = join $delimiter, map { $_ % 2 ? $number : $name } 0 .. $#head;
	my %broken = (
		'a row of it' => "$few$all\n",
		'no header' => "$all\n$all\n",
		'nothing else' => "$number\n",
		'a row too long' => "$few$all$delimiter$name\n",
		'a row too short' => "$few$name\n",
		'an open quote' => "$few\"$name $number",
		'a stray quote' => "$few$name\"$number\"$delimiter\n",
		'text after a quote' => "$few\"$name\"$number\n",
		'a NUL' => "$few$name\0$number\n",
		'bytes that are no text' => "$few$name\xFF\xFE$number\xC3\n",
		'a bare CR' => "$few$name\r$number\n",
		'a line of half a megabyte' => $few . ("$name $number " x 18000) . "\n",
		'an end marker' => "$few#end $number\n",
		'an end marker of words' => "$few#end $name\n",
		'a title above' => "$name $number\n$few",
		'JSON' => "{\"referral_id\": \"$name\", \"$number\": \"$name\"}\n",
		'JSON that is cut' => "{\"referral_id\": \"$number $name",
		'a header twice' => join($delimiter, ($number) x 3) . "\n",
	);
	$add->($_, $broken{$_}) for sort keys %broken;
}

sub plant_json {
	my ($text, $add, $lines) = @_;
	my @strings;
	push @strings, [$-[0], $+[0]] while $text =~ /"(?:[^"\\]|\\.)*"/g;
	my $step = @strings > 90 ? int(@strings / 90) + 1 : 1;
	for (my $i = 0; $i < @strings; $i += $step) {
		my ($from, $to) = @{ $strings[$i] };
		for my $way ("\"$ways[2]\"", $number, "[\"$name\", {\"$number\": null}]") {
			next if $way =~ /$name/ && substr($text, $to, 3) =~ /^\s*:/; # a key
			next if $way =~ /$name/ && substr($text, $from, $to - $from) =~ /^"[A-Z]+-[-0-9]+"$/; # an id, which is named
			my $with = $text;
			substr $with, $from, $to - $from, $way;
			$add->('in place of ' . substr($text, $from, $to - $from) . ": $way", $with);
		}
	}
	my %broken = (
		'a text that is cut' => substr($text, 0, 60) . "\"$name $number",
		'text behind' => "$text $name $number",
		'a second line' => "$text\n$name $number\n",
		'a number too large' => "{\"$name\": ${number}e99999}",
		'an escape that is none' => "{\"referral_id\": \"$name \\q $number\"}",
		'a NUL' => "{\"referral_id\": \"$name\\u0000$number\"}\n",
		'a key twice' => "{\"$name\": 1, \"$name\": 2}\n",
		'bare words' => "$name $number\n",
		'deep' => ('[' x 300) . "\"$name\"",
	);
	$add->($_, $broken{$_}) for sort keys %broken;
}

# ---- each ----

my $files = join ' ', sort(glob '*'), 'changed', 'said', 'shown';
for my $work (@work) {
	my ($program, $line, @inputs) = @$work;
	my $shut = $inputs[-1] eq 'shut'; # what it shows is for everybody as well
	pop @inputs if $inputs[-1] =~ /^(shut|free)$/;
	for my $input (@inputs) {
		my (@found, $n);
		my $try = sub {
			my ($what, $text) = @_;
			return if $turn++ % $one_in;
			put('changed', $text);
			copy('empty.db', 'tried.db') if $line =~ /empty/;
			(my $command = "$program --verbose $line") =~ s/\bX\b/changed/;
			$command =~ s/empty\.db/--key=empty.db.key tried.db/;
			system "timeout 600 $command >shown 2>said </dev/null";
			$n++;
			push @found, "$what: ended by signal " . ($? & 127) if $? & 127 || $? >> 8 > 123;
			my $said = text('said');
			push @found, "$what: $1" if $said =~ /^(.*$told.*)$/m;
			push @found, "$what: shown: $1" if $shut && text('shown') =~ /^(.*$told.*)$/m;
			if (my @new = grep { index(" $files ", " $_ ") < 0 && !/^tried\.db/ } glob '*') {
				push @found, "$what: left @new";
				unlink @new;
			}
		};
		my $text = text($input);
		$input =~ /json/ ? plant_json($text, $try) : plant_csv($text, $try);
		my %seen;
		@found = map { substr $_, 0, 300 } grep { my ($m) = /: (?:changed[:\d]*)?(.*)/; !$seen{ $m =~ s/\d+//gr }++ } @found;
		result(!@found, "$program $line: $input: $n secrets stay", @found > 12 ? (@found[0 .. 11], '...') : @found);
	}
}
print "1..$tests\n";
exit($failed > 0);
