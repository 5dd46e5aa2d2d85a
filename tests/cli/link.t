#!/usr/bin/perl
# Thousands of invented persons with planted doubles, against a model that shares nothing with the programs:
# every pair that shares a number is found, none is merged without one, and the probable ones are told with
# a precision and a recall that are measured here.
use strict;
use warnings;
use utf8;
use File::Basename 'dirname';
use lib dirname(__FILE__);
use Placing;

binmode STDOUT, ':utf8';
my $T = setup();
my (@rows, %pair);    # what is written, and which two referrals are of one person

my @first = qw(Åsvor Ølvor Alva Brynja Disel Eldrid Frøya Gyda Idunn Jorid Ljota Magnhild Norunn Oddlaug Ragndis Sunnøv
    Aslak Brage Dagfinn Eilev Fartein Gaute Hallvard Ivar Jostein Ketil Leidulv Håkon Narve Torgrim);
my @half = qw(Skinn Prøve Lyng Granne Furu Stein Vass Tind Hegg Rogne Selje Bjørke Myr Fjell Skog);
my @end  = qw(haug nes vik dal stad rud bø lund moen bakken);

sub pick { return $_[ draw() % @_ ] }

sub line {
    my ($p, $id, %other) = @_;
    my %row = (%$p, id => $id, day => sprintf('2026-%02d-%02d', 1 + draw() % 12, 1 + draw() % 28), %other);
    push @rows, join ';', @row{qw(id day bydel number name sex year)};
    return \%row;
}

# How the same person is written by another district.
my @slips = (
    sub { my %p = %{ $_[0] }; $p{name} = uc $p{name}; return %p },
    sub { my %p = %{ $_[0] }; my ($a, $b) = split / /, $p{name}; $p{name} = "$b, $a"; return %p },
    sub { my %p = %{ $_[0] }; $p{name} =~ s/(.)(.)$/$2$1/; return %p },        # two letters swapped
    sub { my %p = %{ $_[0] }; substr($p{name}, length($p{name}) - 2, 1) = 'e'; return %p },
    sub { my %p = %{ $_[0] }; $p{sex} = ''; return %p },
    sub { my %p = %{ $_[0] }; $p{name} =~ s/å/aa/gi; $p{name} =~ s/ø/oe/gi; $p{name} =~ s/Æ|æ/ae/g; return %p },
    sub { my %p = %{ $_[0] }; $p{name} =~ tr/åøÅØ/aoAO/; return %p },
    sub { return %{ $_[0] } },
);

seed(12);
my $n = 0;
for my $i (1 .. 4000) {
    my %p = (name => pick(@first) . ' ' . pick(@half) . pick(@end), sex => pick('kvinne', 'mann'),
        year => 1940 + draw() % 65, bydel => pick('Sagene', 'Alna', 'Bjerke', 'Frogner'),
        number => draw() % 2 ? "k-$i" : '');
    line(\%p, sprintf('R-%05d', ++$n));
    my $first = sprintf 'R-%05d', $n;
    next if draw() % 8;    # one in eight has another referral
    my %again = $slips[ draw() % @slips ]->(\%p);
    $again{number} = '' if $p{number} ne '' && draw() % 2;
    line(\%again, sprintf('R-%05d', ++$n), bydel => pick('Sagene', 'Alna', 'Bjerke', 'Frogner'));
    $pair{"$first " . sprintf('R-%05d', $n)} = $p{number} ne '' && $again{number} ne '' ? 'number' : 'none';
}
my $text = join("\n", 'Saksnr;Mottatt;Bydel;Personnummer;Navn;Kjønn;Fødselsår', shuffled(@rows)) . "\n";
utf8::encode($text);
spew("$T/all.csv", $text);

# ---- those with a number ----

my @sharing = grep { $pair{$_} eq 'number' } keys %pair;
is(run("$T/import", 'referral-import', "$T/all.csv"), 0, 'all are imported');
my %told = map { /‘(R-\d+)’ is about the same person as ‘(R-\d+)’/ ? (join(' ', sort $1, $2) => 1) : () }
    map { utf8::decode(my $l = $_); $l } split /\n/, slurp("$T/import.err");
is(scalar(grep { !$told{$_} } @sharing), 0, scalar(@sharing) . ' pairs that share a number are found');
is(scalar(grep { ($pair{$_} // '') ne 'number' } keys %told), 0, 'and no other');
is(scalar(split /\n/, slurp("$T/import.out")) - 1, $n, 'none is merged');
is(run("$T/needs", 'needs-aggregate', '--by=bydel', "$T/all.csv"), 0, 'all are counted');
my ($total) = slurp("$T/needs.out") =~ /^total,(\d+)/m;
is($total, $n - @sharing, 'one for each person that a number tells');

# ---- those without ----

sub pairs_of { return map { my ($a, $b) = split /,/; join(' ', sort $a, $b) => 1 } grep { /^R-/ } split /\n/, slurp($_[0]) }

is(run("$T/link", 'referral-link', "$T/all.csv"), 0, 'pairs are listed');
my %found  = pairs_of("$T/link.out");
my @probable = grep { $pair{$_} eq 'none' } keys %pair;
my $right  = grep { $found{$_} } @probable;
my ($precision, $recall) = ($right / (keys(%found) || 1), $right / @probable);
comment(sprintf '%d probable doubles planted, %d listed, %d of them right: precision %.3f, recall %.3f',
    scalar(@probable), scalar(keys %found), $right, $precision, $recall);
ok($precision > 0.8, 'four of five that are listed are doubles');
ok($recall > 0.95,   'nineteen of twenty doubles are listed');
ok(!grep({ $told{$_} } keys %found), 'what a number tells is not listed');
ok(slurp("$T/link.out") !~ /k-\d/, 'no number is shown');
is(run("$T/again", 'referral-link', "$T/all.csv") . slurp("$T/again.out"), '0' . slurp("$T/link.out"), 'the same again');

# ---- decisions ----

my @decided = map { my ($a, $b) = split / /; "$a,$b,same,Gul Dal,2026-11-21" } sort grep { $found{$_} } @probable;
spew("$T/decided.csv", join("\n", 'referral_id,other_id,link,by,date', @decided) . "\n");
is(run("$T/rest", 'referral-link', "--links=$T/decided.csv", "$T/all.csv"), 0, 'decisions are read');
my %rest = pairs_of("$T/rest.out");
is(scalar(keys %rest), keys(%found) - @decided, 'what is decided is not listed again');
is(run("$T/linked", 'needs-aggregate', '--by=bydel', "--links=$T/decided.csv", "$T/all.csv"), 0, 'they count');
($total) = slurp("$T/linked.out") =~ /^total,(\d+)/m;
is($total, $n - @sharing - @decided, 'one for each person that a number or a decision tells');

# One that joins two numbers, and one that parts a number.
my %number = map { my @c = split /;/; ($c[0] => $c[3]) } @rows;
my ($x, $y) = (grep { $number{$_} ne '' } sort keys %number)[ 0, 1 ];
my ($p, $q) = split / /, (sort @sharing)[0];
spew("$T/wrong.csv", "referral_id,other_id,link,by,date\n$x,$y,same,Gul Dal,2026-11-21\n$p,$q,not_same,Gul Dal,2026-11-21\n");
is(run("$T/wrong", 'referral-link', "--links=$T/wrong.csv", '--output=/dev/null', "$T/all.csv"), 1, 'decisions against numbers are refused');
is(scalar(() = slurp("$T/wrong.err") =~ /link-contradicts/g), 2, 'each of them');
is(run("$T/wrong", 'needs-aggregate', '--by=bydel', "--links=$T/wrong.csv", "$T/all.csv"), 1, 'also in a count');
($total) = slurp("$T/wrong.out") =~ /^total,(\d+)/m;
is($total, $n - @sharing, 'which they do not change');

# Who had a D-number, and has a fødselsnummer since, is listed: two numbers of different kinds say nothing, those of one kind do.
spew("$T/kinds.csv", <<'END');
Saksnr;Mottatt;Bydel;Fødselsnummer;Navn;Fødselsår
D-1;2026-08-01;Sagene;41828010067;Gul Dal;
F-1;2026-10-05;Alna;01828010073;Dal, Gul;
F-2;2026-10-05;Alna;01828010154;Gul Dal;
P-1;2026-10-05;Alna;k-17;Stiv Berg;1975
F-3;2026-10-05;Alna;05867520009;Stiv Berg;
END
is(run("$T/kinds", 'referral-link', "$T/kinds.csv"), 0, 'numbers of two kinds');
is(join(' ', sort map { join('-', (split /,/)[ 0, 1 ]) } grep { /^[DFP]-/ } split /\n/, slurp("$T/kinds.out")),
    'D-1-F-1 D-1-F-2 P-1-F-3', 'pairs whose numbers are of two kinds are listed, and those of one kind are not');
# Who was given another number: one person by a decision, where a D-number and the birth number after it
# are listed, and where two birth numbers are.
spew("$T/numbers.csv", "Saksnr;Mottatt;Bydel;Fnr;Navn\nD-1;2025-11-01;Sagene;41838000094;Gul Dal\nD-2;2026-11-02;Alna;01838000181;Gul Dal\n"
        . "D-3;2026-11-02;Alna;01838000262;Gul Dal\nD-4;2026-11-03;Alna;05869000045;Lun Eng\nD-5;2026-11-03;Alna;P-17;Lun Eng\n");
run("$T/numbers", 'referral-link', "$T/numbers.csv");
is(join(',', sort map { /^(D-\d,D-\d)/ ? "($1)" : () } split /\n/, slurp("$T/numbers.out")), '(D-1,D-2),(D-1,D-3)',
    'numbers of two sorts are asked about, where the names and years are one');
for my $case (
    [ 'D-1,D-2,same',                  0, 4, 'a D-number and a birth number' ],
    [ 'D-1,D-2,new_number',            0, 4, 'the same, as what it is' ],
    [ 'D-2,D-3,same',                  1, 5, 'two birth numbers are not joined' ],
    [ 'D-2,D-3,new_number',            0, 4, 'unless one followed the other' ],
    [ 'D-4,D-5,same',                  0, 4, 'a number and a pseudonym' ],
    [ 'D-1,D-2,same;D-1,D-3,same',     1, 4, 'nor are they by a D-number' ],
    [ 'D-1,D-2,same;D-3,D-1,new_number;D-4,D-5,same', 0, 2, 'all of them' ],
    )
{
    my ($rows, $status, $persons, $what) = @$case;
    spew("$T/new.csv", "referral_id,other_id,link,by,date\n" . join('', map { "$_,Lun Eng,2026-11-21\n" } split /;/, $rows));
    is(run("$T/new", 'needs-aggregate', '--by=bydel', "--links=$T/new.csv", "$T/numbers.csv"), $status, $what);
    ($total) = slurp("$T/new.out") =~ /^total,(\d+)/m;
    is($total, $persons, '- counted');
}

# A decision that was changed: of rows about the same two, the one of the latest day stands, and of one day the last.
spew("$T/one.csv", "Saksnr;Bydel;Navn\nA-1;Sagene;Gul Dal\nA-2;Alna;Gul Dal\n");
for my $case (
    [ 'A-1,A-2,same,Lun Eng,2026-10-01;A-2,A-1,not_same,Lun Eng,2026-10-05',     2, 'parted again' ],
    [ 'A-2,A-1,not_same,Lun Eng,2026-10-05;A-1,A-2,same,Lun Eng,2026-10-01',     2, 'whichever row comes first' ],
    [ 'A-2,A-1,not_same,Lun Eng,2026-10-05;A-1,A-2,same,Lun Eng,2026-10-05',     1, 'of one day the last' ],
    [ 'A-1,A-2,same,Lun Eng,2026-10-05;A-1,A-2,,,',                              1, 'a row that is not decided is none' ],
    )
{
    my ($rows, $persons, $what) = @$case;
    spew("$T/changed.csv", "referral_id,other_id,link,by,date\n" . join('', map { "$_\n" } split /;/, $rows));
    run("$T/changed", 'needs-aggregate', '--by=bydel', "--links=$T/changed.csv", "$T/one.csv");
    ($total) = slurp("$T/changed.out") =~ /^total,(\d+)/m;
    is($total, $persons, $what);
}
spew("$T/changed.csv", "referral_id,other_id,link,by,date\nD-2,D-3,same,Lun Eng,2026-10-01\nD-3,D-2,new_number,Lun Eng,2026-10-02\n");
is(run("$T/changed", 'referral-link', "--links=$T/changed.csv", "$T/numbers.csv"), 0, 'what no longer stands contradicts nothing');

# A place for one person whom only a decision tells.
spew("$T/two.csv", "Saksnr;Mottatt;Bydel;Tjenestenivå;Navn\nA-1;2026-11-01;Sagene;mestring;Gul Dal\nA-2;2026-11-02;Alna;mestring;Gul Dal\n");
spew("$T/two-decided.csv", "referral_id,other_id,link,by,date\nA-2,A-1,same,Lun Eng,2026-11-21\n");
spew("$T/places.csv", "institution_id,service_level,capacity,vacant,as_of\nI-1,mestring,4,4,2026-11-21\n");
is(run("$T/match", 'placement-match', "--places=$T/places.csv", "--links=$T/two-decided.csv", "--certificate=$T/cert.json", "$T/two.csv"), 0,
    'a round with decisions');
is(scalar(() = slurp("$T/match.out") =~ /,placed,/g), 1, 'one place');
is(run("$T/verify", 'placement-verify', "--places=$T/places.csv", "--links=$T/two-decided.csv", "--certificate=$T/cert.json",
        "--referrals=$T/two.csv", "$T/match.out"), 0, 'verified with the decisions');
is(run("$T/verify", 'placement-verify', "--places=$T/places.csv", "--certificate=$T/cert.json", "--referrals=$T/two.csv", "$T/match.out"), 1,
    'and not without');

finish();
