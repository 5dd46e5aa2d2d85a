#!/usr/bin/perl
# What is sent is enough to place the same people: the chain with referral-anonymise and without gives the
# same placements, row for row, over the demonstration data and rounds made up. And what is sent is shared by
# as many persons as --k asks for: counted here anew, with every step of the ladder tried.
use strict;
use warnings;
use File::Basename 'dirname';
use JSON::PP;
use lib dirname(__FILE__);
use Placing;

my $T = setup();
spew("$T/key", '0' x 63 . "7\n");
chmod 0600, "$T/key";

sub rows {    # of JSON Lines
    my ($name) = @_;
    return map { decode_json($_) } split /\n/, slurp($name);
}

sub lines { return map { encode_json($_) . "\n" } @_ }

# Own ids by reference code.
sub codes {
    my ($identity) = @_;
    my (undef, @rows) = split /\n(?=h-)/, slurp($identity);
    return map { /^([^,]+),([^,]+),/ ? ($1 => $2) : () } @rows;
}

# Both chains of a folder with referrals.csv, vacancies.csv and stays.csv; what is wrong, or nothing.
sub wrong_with_chain {
    my ($folder, $limits, $how, @profile) = @_;
    my $day = $Placing::AS_OF;
    my $rc  = run("$folder/send", 'referral-anonymise', @profile, "--key=$T/key", "--as-of=$day", "--institutions=$limits",
        @$how, "--identity=$folder/identity.csv", '--format=jsonl', "$folder/referrals.csv");
    return "referral-anonymise: $rc " . slurp("$folder/send.err") if $rc > 1;
    my %own = codes("$folder/identity.csv");
    my %code = reverse %own;
    return 'nobody is sent' if !%own;

    # Without: the same referrals, as they are.
    run("$folder/plain", 'referral-import', @profile, '--format=jsonl', "$folder/referrals.csv");
    spew("$folder/plain.jsonl", join '', lines(grep { $code{ $_->{referral_id} } } rows("$folder/plain.out")));
    run("$folder/without", 'placement-match', @profile, "--places=$folder/vacancies.csv", "--stays=$folder/stays.csv",
        "$folder/plain.jsonl");

    # With: stays have the reference codes too.
    my $stays = slurp("$folder/stays.csv");
    $stays =~ s/(?<=[,;])([^,;\n]+)(?=[,;])/$code{$1} \/\/ $1/ge;
    spew("$folder/stays-coded.csv", $stays);
    run("$folder/with", 'placement-match', @profile, "--places=$folder/vacancies.csv", "--stays=$folder/stays-coded.csv",
        "$folder/send.out");
    my $with = slurp("$folder/with.out") =~ s/(h-[a-z2-7]{24})/$own{$1} \/\/ $1/ger;
    return '' if $with eq slurp("$folder/without.out") && $with =~ /\n./;
    my @a = split /\n/, slurp("$folder/without.out");
    my @b = split /\n/, $with;
    my ($i) = grep { ($a[$_] // '') ne ($b[$_] // '') } 0 .. $#a;
    return 'nothing is placed: ' . slurp("$folder/with.err") . slurp("$folder/without.err") if !defined $i;
    return "without: $a[$i]\nwith:    " . ($b[$i] // 'nothing');
}

# ---- the demonstration ----

for my $profile (qw(oslo sandnes)) {
    my $demo = $profile eq 'oslo' ? 'share/demo' : "share/demo/$profile";
    my $f    = "$T/$profile";
    mkdir $f;
    run("$f/vacancies", 'vacancy-list', "--profile=$profile", "--institutions=$demo/institutions.csv",
        "--stays=$demo/stays.csv", "--as-of=$Placing::AS_OF");
    rename "$f/vacancies.out", "$f/vacancies.csv";
    # Everybody consents, for this.
    run("$f/all", 'referral-import', "--profile=$profile", '--format=jsonl', "$demo/waiting.csv");
    spew("$f/referrals.csv", join '', lines(map { +{ %$_, consent => JSON::PP::true, consent_kind => undef } } rows("$f/all.out")));
    spew("$f/stays.csv", slurp("$demo/stays.csv"));
    my $wrong = wrong_with_chain($f, "$demo/institutions.csv", [], "--profile=$profile");
    ok($wrong eq '', "the demonstration of $profile is placed as before") or comment($wrong);
    my %sent = codes("$f/identity.csv");
    ok(scalar(keys %sent) == scalar(rows("$f/referrals.csv")), "and all of it is sent");
    my @exact = grep { $_->{birth_year} || ($_->{person_id} // '') !~ /^(?:p-[a-z2-7]{24})?$/ || $_->{name} } rows("$f/send.out");
    ok(!@exact, "$profile: without name, number or year of birth");
}

# ---- rounds made up ----

# The referrals of a round as an export has them: what is judged instead of what rules found.
sub write_export {
    my ($r, $folder) = @_;
    my @columns = (grep { !/^rop_/ } @{ $Placing::columns{referrals} });
    write_round($r, $folder);
    spew("$folder/referrals.csv", join '', map { join(',', @$_) . "\n" } [ @columns, 'judged_group', 'consent' ],
        map { [ @$_{@columns}, $_->{rop_group}, 'ja' ] } @{ $r->{referrals} });
}

my @wrong;
for my $n (sampled(3, 1 .. 60)) {
    my $f = "$T/round";
    write_export(made_up($n, 3 + $n % 23, 2 + $n % 5, 2 + $n % 3), $f);
    my $wrong = wrong_with_chain($f, "$f/vacancies.csv", []);
    push @wrong, "round $n: $wrong" if $wrong ne '';
}
ok(!@wrong, 'rounds made up are placed as before') or comment($wrong[0]);

# A ladder that only makes days coarser: the order of the queue stays.
my $travels = slurp("$T/profile/travels.csv");
(my $days = $travels) =~ s/,band\|none,/,band,/;
$days =~ s/,whole\|none,ja/,whole,nei/g;
$days =~ s/^(bydel|municipality|sex|wheelchair|born_between),([^,]*),ja/$1,$2,nei/gm;
spew("$T/profile/travels.csv", $days);
@wrong = ();
my $months = 0;
for my $n (sampled(3, 1 .. 40)) {
    my $f = "$T/round";
    write_export(made_up($n, 8 + $n % 23, 2 + $n % 5, 3), $f);
    my $wrong = wrong_with_chain($f, "$f/vacancies.csv", ['--k=2']);
    push @wrong, "round $n: $wrong" if $wrong ne '' && $wrong ne 'nobody is sent';
    $months += grep { ($_->{received} // '') =~ /^....-..$/ } rows("$f/send.out");
}
ok(!@wrong,      'so are those of whose day only the month is sent') or comment($wrong[0]);
ok($months > 50, "which are many: $months");
spew("$T/profile/travels.csv", $travels);

# ---- k, counted by trying every step ----

# Steps of the ladder, as a table of field to form each; from travels.csv alone.
sub ladder {
    my ($table) = @_;
    my @rows = map { [ split /,/ ] } grep { !/^field/ } split /\n/, $table;
    my %now  = map { $_->[0] => (split /\|/, $_->[1])[0] } @rows;
    my @steps = ({%now});
    for my $row (@rows) {
        my (undef, @coarser) = split /\|/, $row->[1];
        for my $form (@coarser) {
            $now{ $row->[0] } = $form;
            push @steps, {%now};
        }
    }
    return ([ map { $_->[0] } grep { $_->[2] eq 'ja' } @rows ], @steps);
}

sub told {
    my ($row, $forms, @fields) = @_;
    return join '|', map {
        my $cell = $row->{$_} // '';
        $cell = $cell ? 'ja' : 'nei' if ref $cell;
        $forms->{$_} eq 'none' ? '' : $forms->{$_} eq 'month' ? substr($cell, 0, 7) : $cell
    } @fields;
}

# How many persons share each combination.
sub persons_of {
    my ($of, @rows) = @_;
    my (%persons, $n);
    $persons{ $of->($_) }{ $_->{person_id} // 'nobody ' . ++$n } = 1 for @rows;
    return map { $_ => scalar keys %{ $persons{$_} } } keys %persons;
}

sub wrong_with_k {
    my ($folder, $k) = @_;
    my @given = ('referral-anonymise', "--key=$T/key", "--as-of=$Placing::AS_OF", "--institutions=$folder/vacancies.csv",
        '--format=jsonl', "$folder/referrals.csv");
    run("$folder/finest", @given);
    my @finest = rows("$folder/finest.out");
    my ($fields, @steps) = ladder($travels);
    my ($best, %goes);
    for my $step (@steps) {
        my $of      = sub { told($_[0], $step, @$fields) };
        my %persons = persons_of($of, @finest);
        my @goes    = grep { $persons{ $of->($_) } >= $k } @finest;
        ($best, %goes) = ($step, map { $_->{referral_id} => told($_, $step, @$fields) } @goes)
            if !$best || @goes > keys %goes;
    }
    my $rc = run("$folder/k", @given, "--k=$k", "--combinations=$folder/c.csv");
    my @sent = rows("$folder/k.out");
    my %whole = map { $_ => 'whole' } @$fields;
    return 'status ' . $rc if $rc != (@sent < @finest ? 1 : 0);
    my %got = map { $_->{referral_id} => told($_, \%whole, @$fields) } @sent;
    return scalar(keys %got) . ' are sent, not ' . keys %goes if join(' ', sort keys %got) ne join(' ', sort keys %goes);
    for my $id (keys %got) { return "$id: $got{$id}, not $goes{$id}" if $got{$id} ne $goes{$id} }
    my %persons = persons_of(sub { told($_[0], \%whole, @$fields) }, @sent);
    my @few = grep { $_ < $k } values %persons;
    return "a combination is shared by $few[0]" if @few;
    my @held = slurp("$folder/k.err") =~ /: few-share: /g;
    return @held . ' are told to be held back' if @held != @finest - @sent;
    # The table says the same.
    my (undef, @table) = split /\n/, slurp("$folder/c.csv");
    my @told = sort map { s/,nei$// ? (/,(\d+),\d+$/)[0] : () } @table;
    return "the table has @told" if "@told" ne join ' ', sort values %persons;
    return '';
}

@wrong = ();
my $held = 0;
for my $n (sampled(3, 1 .. 40)) {
    my $f = "$T/round";
    my $r = made_up($n, 5 + $n % 40, 2 + $n % 4, 3);
    # Few facts, so that some are shared.
    for (@{ $r->{referrals} }) {
        $_->{bydel} = '030101';
        $_->{municipality} = $n % 2 ? '0301' : $_->{municipality};
        $_->{received} = $_->{received} =~ /^(2026-0[1-3])/ ? "$1-10" : '2026-04-01';
    }
    write_export($r, $f);
    for my $k (1, 2, 3, 5) {
        my $wrong = wrong_with_k($f, $k);
        push @wrong, "round $n, k $k: $wrong" if $wrong ne '';
        $held += slurp("$f/k.err") =~ /: few-share: / ? 1 : 0;
    }
}
ok(!@wrong,    'no combination is shared by fewer than k, and no more is held back or made coarser than must be') or comment($wrong[0]);
ok($held > 20, "somebody is held back in $held of them");

finish();
