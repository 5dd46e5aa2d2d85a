#!/usr/bin/perl
# Rounds made up, against an oracle that shares nothing with the programs: what placement-match gives is
# what must come out, and placement-verify agrees, by every policy.
use strict;
use warnings;
use File::Basename 'dirname';
use lib dirname(__FILE__);
use Placing;

my $T = setup();
my @policies = qw(placed-first wish-first own-priorities);

# The first difference between what a program wrote and what must come, as a text.
sub difference {
    my ($got, @rows) = @_;
    my @lines    = split /\n/, $got;
    my @expected = (join(',', @{ $Placing::columns{placed} }), map { join ',', @$_{ @{ $Placing::columns{placed} } } } @rows);
    for my $i (0 .. (@lines > @expected ? $#lines : $#expected)) {
        my ($x, $y) = ($lines[$i] // 'nothing', $expected[$i] // 'nothing');
        return "line " . ($i + 1) . ": $x\nmust be: $y" if $x ne $y;
    }
    return '';
}

# Everything about one round; what is wrong, or nothing.
sub wrong_with {
    my ($r, $folder, $brute, %how) = @_;
    my $f = facts($r, %how);
    my @what_if = map { $_->[1] eq 'close' ? "--close=$_->[0]" : "--add=$_->[0]:$_->[1]" } @{ $how{what_if} // [] };

    write_round($r, $folder);
    for my $policy (@policies) {
        my @own   = $policy eq 'own-priorities' ? "--priority=$folder/own.csv" : ();
        my @given = ("--places=$folder/vacancies.csv", "--stays=$folder/stays.csv", @own);
        my $status = run("$folder/match", 'placement-match', "--policy=$policy", @given, @what_if,
            "--certificate=$folder/cert.json", "$folder/referrals.csv");
        return "$policy: placement-match: $status: " . slurp("$folder/match.err") if $status;
        my (%got, @where);
        for my $line (split /\n/, slurp("$folder/match.out")) {
            my @cell = split /,/, $line;
            $got{ $cell[0] } = $cell[2];
        }
        for my $p (0 .. $f->{seeking} - 1) {
            my $id = $got{ $f->{people}[$p]{referral_id} } // '';
            push @where, $id eq '' ? undef : $f->{number}{$id};
        }
        my $why = judge($f, $policy, \@where);
        return "$policy: $why" if $why;
        $why = difference(slurp("$folder/match.out"), rows_of($f, \@where));
        return "$policy: $why" if $why;
        if ($policy eq 'placed-first') {
            my $c = certificate_of(slurp("$folder/cert.json"));
            $why = judge_sets($f, \@where, sets_of($c));
            return "closed sets: $why" if $why;
            return 'a certificate that is put together again is another' if sealed($c) ne slurp("$folder/cert.json");
        }
        if ($brute && $policy eq 'placed-first') {
            my ($best, $most) = brute_force($f);
            return 'not what trying all gives: ' . outcome($f, \@where) . " for $best" if outcome($f, \@where) ne $best;
            return "$most could be placed" if $most != grep { defined } @where;
        }
        for my $stays ([], ["--stays=$folder/stays.csv"]) {
            $status = run("$folder/verify", 'placement-verify', "--certificate=$folder/cert.json",
                "--places=$folder/vacancies.csv", "--referrals=$folder/referrals.csv", @$stays, @own, "$folder/match.out");
            return "$policy: placement-verify @$stays: $status: " . slurp("$folder/verify.err")
                if $status || slurp("$folder/verify.err") ne '' || slurp("$folder/verify.out") ne '';
        }
    }
    return '';
}

sub outcome { return Placing::outcome_of(@_) }

# So many rounds, each made up by its number.
sub rounds {
    my ($name, $n, $make, %how) = @_;
    my @wrong;
    for my $number (1 .. $n) {
        my ($r, %what) = $make->($number);
        my $wrong = wrong_with($r, "$T/round", $how{brute}, %what);
        push @wrong, "round $number: $wrong" if $wrong;
        last if @wrong == 3;
    }
    ok(!@wrong, "$n rounds, $name") or comment(@wrong);
}

rounds('very small, against all there is', 150, sub { made_up($_[0], 7, 3, 3) }, brute => 1);
rounds('very small, hardly any limits',    100, sub { made_up(1000 + $_[0], 7, 4, 40) }, brute => 1);
rounds('40 referrals, 8 institutions',     150, sub { made_up(2000 + $_[0], 40, 8, 1 + $_[0] % 12) });
rounds('one institution',                  20,  sub { made_up(3000 + $_[0], 12, 1, 4) }, brute => 1);
rounds(
    'what if',
    40,
    sub {
        my $r = made_up(4000 + $_[0], 20, 5, 4);
        my @ids = map { $_->{institution_id} } @{ $r->{institutions} };
        # The programs add first and close then, whatever the order of the options.
        return ($r, what_if => [ [ one_of(@ids), 1 + draw() % 3 ], [ one_of(@ids), 2 ], [ one_of(@ids), 'close' ] ]);
    }
);

finish();
