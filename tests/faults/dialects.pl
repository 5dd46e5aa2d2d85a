#!/usr/bin/env perl
# usage: dialects.pl [--combinations=N] [--seed=N] [--verbose]
# Writes the demonstration's exports as other programs would, and reads each with referral-import: see scripts/fault-test.
# Each form alone, and N combinations of forms for each export, chosen by the seed. What comes is the same table (exact),
# another or none but with words about it (told), or another without a word (silent), which must never be.
use strict;
use warnings;
use Cwd 'getcwd';
use Encode qw(decode encode);
use File::Temp 'tempdir';
use FindBin;
use Getopt::Long;

my %o = (combinations => 40, seed => 1);
GetOptions(\%o, 'combinations=i', 'seed=i', 'verbose') or die "dialects.pl: usage: see its head\n";
chdir "$FindBin::Bin/../.." or die "dialects.pl: $!\n";
my $bin = $ENV{BIN} // 'build/bin';
my $T = tempdir(CLEANUP => 1);
%ENV = (PATH => $ENV{PATH}, LC_ALL => 'C', NO_COLOR => 1, TZ => 'UTC', HOME => $T, TMPDIR => $T, TRANSITION_SHARE => getcwd . '/share');

# ---- forms ----

my %forms = (
	delimiter => [';', ',', "\t", '|'],
	quotes => [qw(needed all text)],
	encoding => [qw(utf-8 utf-8-mark windows-1252 utf-16le-mark utf-16be-mark utf-16le utf-16be macintosh cp865 twice)],
	ends => [qw(lf crlf cr)],
	last => [qw(ended open blank)],
	dates => [qw(iso dd.mm.yyyy d.m.yyyy dd/mm/yyyy dd-mm-yyyy dd.mm.yy yyyymmdd time zone mm/dd/yyyy spaced)],
	above => [qw(nothing title three)],
	below => [qw(nothing total sum end)],
	trailing => [qw(none rows both)],
	sep => [qw(none sep quoted SEP)],
	guard => [qw(none formula apostrophe)],
	padding => [qw(none spaces no-break)],
	header => [qw(label field upper)],
	empty => [qw(nothing NULL dash)],
);
my @kinds = sort keys %forms;
my %plain = map { $_ => $forms{$_}[0] } @kinds;

my %date = (
	'iso' => '%3$s-%2$s-%1$s', 'dd.mm.yyyy' => '%1$s.%2$s.%3$s', 'dd/mm/yyyy' => '%1$s/%2$s/%3$s', 'dd-mm-yyyy' => '%1$s-%2$s-%3$s',
	'yyyymmdd' => '%3$s%2$s%1$s', 'time' => '%3$s-%2$s-%1$s 00:00:00', 'zone' => '%3$s-%2$s-%1$sT00:00:00+01:00',
	'mm/dd/yyyy' => '%2$s/%1$s/%3$s', 'd.m.yyyy' => '%4$d.%5$d.%3$s', 'dd.mm.yy' => '%1$s.%2$s.%6$s', 'spaced' => '%4$d. %5$d. %3$s',
);

sub write_date {
	my ($form, $cell) = @_;
	my ($y, $m, $d) = $cell =~ /^(\d{4})-(\d\d)-(\d\d)$/ or return $cell;
	no warnings 'redundant';
	return sprintf $date{$form}, $d, $m, $y, $d, $m, substr $y, 2;
}

sub write_cell {
	my ($f, $cell) = @_;
	$cell = {nothing => '', NULL => 'NULL', dash => '-'}->{$f->{empty}} if $cell eq '';
	$cell = write_date($f->{dates}, $cell);
	my $guarded = $cell =~ /^0\d+$|^[-+=@]./;
	return '="' . $cell . '"' if $guarded && $f->{guard} eq 'formula' && $cell !~ /["$f->{delimiter}\n]/;
	$cell = "'$cell" if $guarded && $f->{guard} eq 'apostrophe';
	my $quote = $cell =~ /["\n\r\Q$f->{delimiter}\E]|^\s|\s$/ || $f->{quotes} eq 'all' || ($f->{quotes} eq 'text' && $cell =~ /\D/);
	$cell =~ s/"/""/g;
	return qq("$cell") if $quote;
	return $f->{padding} eq 'spaces' ? " $cell " : $f->{padding} eq 'no-break' ? "\x{A0}$cell" : $cell;
}

sub write_table {
	my ($f, @rows) = @_;
	my $width = @{$rows[0]};
	my (@lines, $ids);
	push @lines, {sep => "sep=$f->{delimiter}", quoted => qq("sep=$f->{delimiter}"), SEP => "SEP=$f->{delimiter}"}->{$f->{sep}} if $f->{sep} ne 'none';
	push @lines, 'Henvisninger 2026' if $f->{above} eq 'title';
	push @lines, 'Oslo kommune', '', "Uttrekk$f->{delimiter}2026-11-21" if $f->{above} eq 'three';
	for my $i (0 .. $#rows) {
		my @cells = map { write_cell($i ? $f : {%$f, empty => 'nothing', guard => 'none'}, $_) } @{$rows[$i]};
		my $tail = $f->{trailing} eq 'both' || ($f->{trailing} eq 'rows' && $i) ? $f->{delimiter} : '';
		push @lines, join($f->{delimiter}, @cells) . $tail;
	}
	push @lines, join $f->{delimiter}, 'Totalt', $#rows, ('') x ($width - 2) if $f->{below} eq 'total';
	push @lines, join $f->{delimiter}, 'Sum', ('') x ($width - 1) if $f->{below} eq 'sum';
	push @lines, "#end $#rows" if $f->{below} eq 'end';
	my $end = {lf => "\n", crlf => "\r\n", cr => "\r"}->{$f->{ends}};
	@lines = map { tr/\n/\r/r } @lines if $f->{ends} eq 'cr'; # in cells, too; spreadsheets leave these alone before CR LF
	my $text = join $end, @lines;
	return $text . ($f->{last} eq 'open' ? '' : $f->{last} eq 'blank' ? $end x 3 : $end);
}

sub encoded {
	my ($how, $text) = @_;
	return encode('UTF-8', $text) if $how eq 'utf-8';
	return "\xEF\xBB\xBF" . encode('UTF-8', $text) if $how eq 'utf-8-mark';
	return encode('UTF-8', decode('cp1252', encode('UTF-8', $text))) if $how eq 'twice';
	return encode(uc($1), "\x{FEFF}$text") if $how =~ /^(utf-16.e)-mark/;
	return encode({'windows-1252' => 'cp1252', macintosh => 'MacRoman', cp865 => 'cp865'}->{$how} // uc $how, $text, Encode::FB_DEFAULT);
}

# ---- tables ----

sub run { # FILE: output, words, status
	my ($file) = @_;
	my $status = system("$bin/referral-import --ids=as-written '$file' >$T/out 2>$T/err") >> 8;
	return (map { open my $f, '<:raw', "$T/$_" or die; local $/; scalar <$f> // '' } qw(out err)), $status;
}

sub rows_of { # canonical CSV, as our programs write it
	my ($csv) = @_;
	my @rows = ([]);
	while ($csv =~ /\G(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/gc) {
		my ($quoted, $bare, $end) = ($1, $2, $3);
		push @{$rows[-1]}, defined $quoted ? $quoted =~ s/""/"/gr : $bare;
		push @rows, [] if $end eq "\n";
	}
	pop @rows;
	return @rows;
}

my %label; # of a field, in the profile
open my $fields, '<:encoding(UTF-8)', 'share/profiles/oslo/fields.csv' or die;
my @names = split /,/, <$fields>;
my ($at) = grep { $names[$_] =~ /^label_nb/ } 0 .. $#names;
while (<$fields>) {
	my @cells = map { s/^"|"$//gr } /\G((?:"[^"]*")|[^,\n]*),?/g;
	$label{$cells[0]} //= $cells[$at];
}

sub header {
	my ($how, $field) = @_;
	my $name = $how eq 'field' ? $field : $label{$field} // $field;
	return $how eq 'upper' ? uc $name : $name;
}

# What was said, without where.
sub said { map { s/^\S+\.csv:[\d:]* //r => 1 } split /\n/, $_[0] }

my (%count, %all, @wrong);
sub try {
	my ($name, $f, $want, $before, $rows) = @_;
	my @rows = ([map { header($f->{header}, $_) } @{$rows->[0]}], @$rows[1 .. $#$rows]);
	my $text = write_table($f, @rows);
	my $bytes = encoded($f->{encoding}, $text);
	return if $f->{ends} eq 'cr' && grep { /\r/ } map { @$_ } @rows;
	return if $f->{encoding} !~ /^utf|twice/ && $bytes =~ /\?/ && $text !~ /\?/; # it cannot be said in that encoding
	open my $to, '>:raw', "$T/in.csv" or die;
	print $to $bytes;
	close $to;
	my ($out, $err, $status) = run("$T/in.csv");
	my %said = said($err);
	my @new = grep { !$before->{$_} && !/^referral-import: (rows|cells)/ } sort keys %said;
	my $word = $out eq $want ? 'exact' : $status || @new ? 'told' : 'silent';
	$count{"$_ " . ($f->{$_} eq "\t" ? 'tab' : $f->{$_})}{$word}++ for grep { $f->{$_} ne $plain{$_} } @kinds;
	$all{$word}++;
	my $how = join ' ', map { "$_=$f->{$_}" } grep { $f->{$_} ne $plain{$_} } @kinds;
	push @wrong, "$name: $how" if $word eq 'silent';
	print STDERR "# $word: $name: $how: ", $new[0] // '', "\n" if $o{verbose} && $word ne 'exact';
}

srand $o{seed};
for my $file (glob 'share/demo/exports/*.csv') {
	my ($name) = $file =~ m{([^/]+)\.csv$};
	my ($first) = run($file);
	my @rows = map { [map { decode('UTF-8', $_) } @$_] } rows_of($first);
	my @used = grep { my $c = $_; $label{$rows[0][$c]} && grep { $_->[$c] ne '' } @rows[1 .. $#rows] } 0 .. $#{$rows[0]};
	@rows = map { [@$_[@used]] } @rows;
	open my $to, '>:raw', "$T/plain.csv" or die;
	print $to encoded('utf-8', write_table(\%plain, [map { header('label', $_) } @{$rows[0]}], @rows[1 .. $#rows]));
	close $to;
	my ($want, $words) = run("$T/plain.csv");
	my %before = said($words);
	for my $kind (@kinds) {
		try($name, {%plain, $kind => $_}, $want, \%before, \@rows) for @{$forms{$kind}};
	}
	for (1 .. $o{combinations}) {
		my %f = map { my @f = @{$forms{$_}}; $_ => rand() < 0.4 ? $f[rand @f] : $plain{$_} } @kinds;
		try($name, \%f, $want, \%before, \@rows);
	}
}

my @words = qw(exact told silent);
print "| form | ", join(' | ', @words), " |\n|---|---:|---:|---:|\n";
print "| $_ | ", join(' | ', map { $_ // '' } @{$count{$_}}{@words}), " |\n" =~ s/\Q| |\E/\\|/r for sort keys %count;
print "| all | ", join(' | ', map { $_ // 0 } @all{@words}), " |\n";
print "\n", map { "- $_\n" } @wrong if @wrong;
exit(@wrong ? 1 : 0);
