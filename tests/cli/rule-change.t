#!/usr/bin/perl
# Who would gain and who would lose by a change of rules, over rounds and changes made up: what
# placement-match --against says is what two results worked out here say, and so is why.
use strict;
use warnings;
use File::Basename 'dirname';
use lib dirname(__FILE__);
use Placing;

my $T = setup();
my @RULES = @Placing::RULES;
my $rules = slurp("$T/profile/placement_rules.csv");

# Rules as made up: some left out, some that hold when a fact is not known.
sub rules_made_up {
    my %how = (left_out => {}, holds => { wheelchair => 1, somatic => 1 });
    for my $rule (grep { $_ ne 'declined' } @RULES) {
        my $what = draw() % 6;
        $how{left_out}{$rule} = 1 if $what == 0;
        $how{holds}{$rule} = !$how{holds}{$rule} if $what == 1;
    }
    $how{left_out}{declined} = 1 if draw() % 8 == 0;
    return \%how;
}

sub write_profile {
    my ($folder, $how) = @_;
    system('cp', '-rL', "$T/profile", $folder) == 0 or die "cp\n" if !-e $folder;
    my @lines = grep { !/^(\w+),/ || !$how->{left_out}{$1} } split /^/, $rules;
    s/^(\w+),(?:ja|nei),/"$1," . ($how->{holds}{$1} ? 'ja' : 'nei') . ','/e for @lines[ 1 .. $#lines ];
    spew("$folder/placement_rules.csv", join '', @lines);
}

# By those rules: the facts of a round, and of each referral its outcome, its reason and itself.
sub results {
    my ($r, $how) = @_;
    local %Placing::holds_unknown = map { $_ => 1 } grep { $how->{holds}{$_} } @RULES;
    local %Placing::left_out = %{ $how->{left_out} };
    my $f = facts($r);
    my %of;
    for my $row (rows_of($f, [ best_stable($f, 'wish-first') ])) {
        $of{ $row->{referral_id} } = [ $row->{institution_id} || $row->{decision}, $row->{institution_id}, $row->{reason} ];
    }
    my %person = map { $_->{referral_id} => $_ } @{ $f->{people} };
    my %there  = map { $_->{institution_id} => $_ } @{ $f->{institutions} };
    return { of => \%of, against => sub {
        my ($id, $where) = @_;
        return () if $where eq '' || !$there{$where};
        local %Placing::holds_unknown = map { $_ => 1 } grep { $how->{holds}{$_} } @RULES;
        local %Placing::left_out = %{ $how->{left_out} };
        return grep { Placing::verdict($_, $person{$id}, $there{$where}, $Placing::AS_OF) ne 'holds' } @RULES;
    } };
}

sub expected {
    my ($before, $after) = @_;
    my @rows;
    for my $id (sort keys %{ $before->{of} }) {
        my ($was, $is) = ($before->{of}{$id}, $after->{of}{$id});
        next if $was->[0] eq $is->[0];
        my $change = $was->[1] && $is->[1] ? 'moved' : $was->[1] ? 'lost' : $is->[1] ? 'placed' : 'decided';
        my %why = map { $_ => 1 } $before->{against}->($id, $is->[1]), $after->{against}->($id, $was->[1]);
        my $why = join '|', grep { $why{$_} } @RULES;
        $why = $was->[1] || $is->[1] ? 'full' : $is->[2] if $why eq '';
        push @rows, "$id,$change,$was->[0],$is->[0],$why";
    }
    return @rows;
}

my (@wrong, %seen);
for my $n (1 .. 120) {
    my $r = made_up($n, 3 + $n % 17, 2 + $n % 5, 2 + $n % 4);
    my $f = "$T/round";
    my ($old, $new) = (rules_made_up(), rules_made_up());
    write_round($r, $f);
    write_profile("$T/old", $old);
    write_profile("$T/new", $new);
    my @must = expected(results($r, $old), results($r, $new));
    my $rc = run("$f/against", 'placement-match', '--policy=wish-first', "--profile=$T/new/", "--against=$T/old/",
        "--places=$f/vacancies.csv", "--stays=$f/stays.csv", "$f/referrals.csv");
    my ($header, @got) = split /\n/, slurp("$f/against.out");
    @got = sort @got;
    @must = sort @must;
    push @wrong, "round $n: $rc\nmust be: @must\nis:      @got" if $rc || "@got" ne "@must";
    $seen{ (split /,/)[1] }++ for @must;
    push @wrong, "round $n: rules against themselves change something"
        if $n % 10 == 0 && (run("$f/same", 'placement-match', "--profile=$T/new/", "--against=$T/new/",
            "--places=$f/vacancies.csv", "--stays=$f/stays.csv", "$f/referrals.csv") || slurp("$f/same.out") =~ /\n./);
}
ok(!@wrong, 'who gains and who loses, and why') or comment(scalar(@wrong) . ' are wrong', $wrong[0]);
ok((grep { ($seen{$_} // 0) > 10 } qw(placed lost moved decided)) == 4, 'changes of every kind: ' . join ' ', map { "$_ $seen{$_}" } sort keys %seen);

# Placed first: at least who has a place, whatever the way to it.
@wrong = ();
for my $n (1 .. 60) {
    my $r = made_up($n, 3 + $n % 12, 2 + $n % 4, 2 + $n % 4);
    my $f = "$T/round";
    my @how = (rules_made_up(), rules_made_up());
    write_round($r, $f);
    write_profile("$T/old", $how[0]);
    write_profile("$T/new", $how[1]);
    my @placed = map {
        my $how = $_;
        local %Placing::holds_unknown = map { $_ => 1 } grep { $how->{holds}{$_} } @RULES;
        local %Placing::left_out = %{ $how->{left_out} };
        my $facts = facts($r);
        +{ map { $facts->{people}[ (split /:/)[0] ]{referral_id} => 1 } split / /, best_of($facts) };
    } @how;
    my @must = sort +(map { "$_ lost" } grep { !$placed[1]{$_} } keys %{ $placed[0] }),
        (map { "$_ placed" } grep { !$placed[0]{$_} } keys %{ $placed[1] });
    run("$f/against", 'placement-match', "--profile=$T/new/", "--against=$T/old/", "--places=$f/vacancies.csv",
        "--stays=$f/stays.csv", "$f/referrals.csv");
    my @got = sort map { /^([^,]+),(lost|placed),/ ? "$1 $2" : () } split /\n/, slurp("$f/against.out");
    push @wrong, "round $n: must be: @must\nis: @got" if "@got" ne "@must";
}
ok(!@wrong, 'placed first: who gains a place and who loses one') or comment($wrong[0]);

finish();
