#!/usr/bin/perl
# Rounds made up, against an oracle that shares nothing with the programs: what placement-match gives is
# what must come out, and placement-verify agrees, by every policy.
# scripts/fault-test claims tries all rounds, a commit an eighth.
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
        if ($policy ne 'placed-first') {
            my @best = best_stable($f, $policy);
            my ($is, $should) = map { join ' ', map { $_ // '-' } @$_ } \@where, \@best;
            return "$policy: $is, and $should would be better" if $is ne $should;
            return "$policy: more are placed than as many as can be" if grep({ defined } @where) > split / /, best_of($f);
        }
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
            # rounds may be made with somebody who lives at two places
            my $told = join '', grep { !/: (?:two-places|accepted-elsewhere): / } split /^/, slurp("$folder/verify.err");
            return "$policy: placement-verify @$stays: $status: $told" if $status || $told ne '' || slurp("$folder/verify.out") ne '';
        }
    }
    return '';
}

my @RULES = @Placing::RULES;

sub outcome { return Placing::outcome_of(@_) }

# ---- one place more ----

sub placed { return scalar split / /, best_of(facts(@_)) }

# The most that so many places more can do at these institutions, by trying every way to spread them.
sub most_with {
    my ($r, $extra, @ids) = @_;
    return placed($r, what_if => []) if $extra == 0 || !@ids;
    my ($id, @rest) = @ids;
    my $most = 0;
    for my $here (0 .. $extra) {
        next if !@rest && $here < $extra;
        my $with = { %$r, institutions => [ map { +{ %$_, vacant => $_->{vacant} + ($_->{institution_id} eq $id ? $here : 0) } }
                    @{ $r->{institutions} } ] };
        my $n = @rest ? most_with($with, $extra - $here, @rest) : placed($with);
        $most = $n if $n > $most;
    }
    return $most;
}

sub wrong_marginals {
    my ($r, $folder) = @_;
    write_round($r, $folder);
    my $status = run("$folder/marginal", 'placement-match', '--marginal', "--places=$folder/vacancies.csv",
        "--stays=$folder/stays.csv", "$folder/referrals.csv");
    return "placement-match: $status" if $status;
    my (%told, $base);
    $base = placed($r);
    for my $line (split /\n/, slurp("$folder/marginal.out") =~ s/^scope.*\n//r) {
        my ($scope, $code, $extra, $more) = split /,/, $line;
        push @{ $told{"$scope $code"} }, $more;
        return "$line: not in order" if @{ $told{"$scope $code"} } != $extra;
    }
    my %of;
    for my $i (@{ $r->{institutions} }) {
        $of{"institution_id $i->{institution_id}"} = [ $i->{institution_id} ];
        push @{ $of{"service_level $i->{service_level}"} }, $i->{institution_id};
    }
    return 'other rows than ' . join(', ', sort keys %of) if join(',', sort keys %of) ne join(',', sort keys %told);
    for my $name (sort keys %told) {
        my @more = @{ $told{$name} };
        for my $extra (1 .. (@more < 3 ? @more : 3)) {
            my $most = most_with($r, $extra, @{ $of{$name} }) - $base;
            return "$name, $extra more places: $more[$extra - 1], not $most" if $most != $more[ $extra - 1 ];
        }
        next if @more >= 3 || (@more == 1 && $more[0] == 0);
        my $next = most_with($r, @more + 1, @{ $of{$name} }) - $base;
        return "$name: ends too early, $next" if $next > $more[-1];
    }
    return '';
}

# ---- which questions to whom ----

# All that may turn out about a person when these rules are answered: [rules asked, institutions that take
# them then], each list of institutions once with the fewest rules.
sub turns_out {
    my ($f, $p) = @_;
    my $c     = $f->{people}[$p];
    my @rules = grep { (my @answers = Placing::answers($c, $RULES[$_], $f->{as_of})) > 1 } 0 .. $#RULES;
    # Of a rule whose answer changes nothing there are no questions; ages are tried at the limits alone.
    my %ages  = map { $_ => 1 } grep { $_ ne '' } map { ($_->{min_age}, $_->{max_age}, $_->{max_age} ne '' ? $_->{max_age} + 1 : '') }
        @{ $f->{institutions} };
    my %least;
    for my $asked (0 .. 2**@rules - 1) {
        my @asked = map { $rules[$_] } grep { $asked >> $_ & 1 } 0 .. $#rules;
        my @facts = ({%$c});
        for my $rule (map { $RULES[$_] } @asked) {
            my @answers = Placing::answers($c, $rule, $f->{as_of});
            @answers = grep { $ages{$_} || $_ == 0 } @answers if $rule eq 'age' && @answers > 2;
            @facts = map { my $one = $_; map { +{ %$one, said => { %{ $one->{said} // {} }, $rule => $_ } } } @answers } @facts;
        }
        for my $one (@facts) {
            my @may = grep { may_go($f, $one, $f->{institutions}[$_]) } 0 .. $#{ $f->{institutions} };
            my $key = join ' ', @may;
            $least{$key} = @asked if !defined $least{$key} || @asked < $least{$key};
        }
    }
    # What takes more questions and gives no other institution is never better.
    return map { [ $least{$_}, split / / ] } keys %least;
}

# Whether an institution takes somebody, the answers being as they are, and its own as it would like.
sub may_go {
    my ($f, $c, $i) = @_;
    for my $rule (@RULES) {
        my $field = $Placing::asked{$rule}[0];
        my %now   = exists $c->{said}{$rule} ? (%$c, $field => $c->{said}{$rule}) : %$c;
        my $there = $rule eq 'wheelchair' && $i->{wheelchair} eq '' ? { %$i, wheelchair => 'ja' } : $i;
        if (exists $c->{said}{$rule}) {
            return 0 if !$Placing::holds{$rule}->(\%now, $there, $f->{as_of});
        } else {
            return 0 if Placing::verdict($rule, $c, $there, $f->{as_of}) ne 'holds';
        }
    }
    return 1;
}

# The most people that answers can place, and the fewest questions that can do it: every way the answers
# may turn out, for everybody.
sub best_asked {
    my ($f) = @_;
    my @ways = map { [ turns_out($f, $_) ] } 0 .. $f->{seeking} - 1;
    my ($most, $fewest) = (-1, 0);
    my $try;
    $try = sub {
        my ($p, $asked, @may) = @_;
        if ($p == @ways) {
            my $placed = split / /, best_of({ %$f, options => \@may, best => undef });
            ($most, $fewest) = ($placed, $asked) if $placed > $most || ($placed == $most && $asked < $fewest);
            return;
        }
        $try->($p + 1, $asked + $_->[0], @may, [ @$_[ 1 .. $#$_ ] ]) for @{ $ways[$p] };
    };
    $try->(0, 0);
    return ($most, $fewest);
}

sub wrong_questions {
    my ($r, $folder) = @_;
    my $f = facts($r);
    my %at = map { $f->{people}[$_]{referral_id} => $_ } 0 .. $f->{seeking} - 1;
    write_round($r, $folder);
    my $status = run("$folder/asked", 'placement-match', '--questions', "--places=$folder/vacancies.csv",
        "--stays=$folder/stays.csv", "$folder/referrals.csv");
    return "placement-match: $status" if $status;
    my ($most, $fewest) = best_asked($f);
    my $placed = my $base = split / /, best_of($f);
    my ($n, $last, @may, %listed) = (0, 0);
    @may = map { [@$_] } @{ $f->{options} // [] };
    my @rows = map { [ split /,/, $_, -1 ] } split /\n/, slurp("$folder/asked.out") =~ s/^rank.*\n//r;
    for my $k (0 .. $#rows) {
        my ($rank, $id, $priority, $ask, $where, $then) = @{ $rows[$k] };
        my ($p, $i) = ($at{$id}, $f->{number}{$where});
        return "$id: place $priority in the queue" if !defined $p || $priority != $p + 1;
        return "$id: twice" if $listed{$id}++;
        return "rank $rank after $last" if $rank != $last && $rank != $last + 1;
        $last = $rank;
        my $of  = $f->{judged}[$p][$i];
        my $why = join '|', (map { $RULES[$_] } @{ $of->{not_known} }), map { "institution.$RULES[$_]" } @{ $of->{not_said} };
        return "$id at $where is asked $ask, not $why" if $ask ne $why || @{ $of->{broken} };
        push @{ $may[$p] }, $i;
        next if $k < $#rows && $rows[ $k + 1 ][0] == $rank;
        # The answers of this rank and those before place so many.
        my $now = split / /, best_of({ %$f, options => [@may], best => undef });
        return "after rank $rank $now are placed, not $then" if $now != $then;
        return "rank $rank places none after all others" if $then != $placed && $then != $placed + 1;
        $n += grep { !/^institution/ } map { split /\|/, $_->[3] } grep { $_->[0] == $rank } @rows if $then > $placed;
        $placed = $then;
    }
    return "$most could be placed, not $placed" if $placed != $most;
    return "$fewest questions would do for $most, not $n" if $n != $fewest;
    for my $p (grep { !@{ $f->{options}[$_] } } 0 .. $f->{seeking} - 1) {
        return "$f->{people}[$p]{referral_id} is not asked"
            if !$listed{ $f->{people}[$p]{referral_id} } && grep { !@{ $_->{broken} } } @{ $f->{judged}[$p] };
    }
    return '';
}

# ---- what is told ----

# Each is told of their wishes, of what they got and, when they wait, of what they could have; never of
# another referral, or another institution; and the numbers of people ahead are right.
sub wrong_explanations {
    my ($r, $folder, $policy) = @_;
    my $f = facts($r);
    write_round($r, $folder);
    my $status = run("$folder/match", 'placement-match', "--policy=$policy", "--places=$folder/vacancies.csv",
        "--stays=$folder/stays.csv", "--certificate=$folder/cert.json", "$folder/referrals.csv");
    return "placement-match: $status" if $status;
    my %got = map { (split /,/)[ 0, 2 ] } split /\n/, slurp("$folder/match.out");
    my @at  = map { $f->{number}{ $got{ $_->{referral_id} } // '' } } @{ $f->{people} }[ 0 .. $f->{seeking} - 1 ];

    for my $p (0 .. $#{ $f->{people} }) {
        my $c  = $f->{people}[$p];
        my $id = $c->{referral_id};
        $status = run("$folder/told", 'placement-explain', '--lang=en', "--certificate=$folder/cert.json", $id);
        return "$id: placement-explain: $status" if $status;
        my $told = slurp("$folder/told.out") =~ s/\n  / /gr;
        my %may  = map { $_ => 1 } split(/\|/, $c->{wishes}), $got{$id} // ();
        if ($p < $f->{seeking} && !defined $at[$p]) {
            $may{ $f->{institutions}[$_]{institution_id} } = 1 for @{ $f->{options}[$p] };
        }
        for my $name ($told =~ /\b(R-\d+)/g) { return "$id: is told of $name" if $name ne $id }
        for my $name ($told =~ /\b(I-\w+)/g) { return "$id: is told of $name" if !$may{$name} }
        return "$id: is told a name" if $told =~ /Navn/;
        while ($told =~ /^- Huset (I-\d+): (\d+|One) .* ahead/mg) {
            my ($i, $n) = ($f->{number}{$1}, lc $2 eq 'one' ? 1 : $2);
            my $ahead = grep { defined $at[$_] ? $at[$_] == $i : grep { $_ == $i } @{ $f->{options}[$_] } } 0 .. $p - 1;
            return "$id at $f->{institutions}[$i]{institution_id}: $n ahead, not $ahead" if $n != $ahead;
        }
    }
    return '';
}

# ---- wishes ----

# How well somebody did, by what they want: less is better.
sub regret {
    my ($folder, $wishes, $id) = @_;
    my ($at) = map { (split /,/)[2] } grep { /^$id,/ } split /\n/, slurp("$folder/match.out");
    my $n = 0;
    return 1000 if $at eq '';
    for my $wish (split /\|/, $wishes) { $n++; return $n if $wish eq $at }
    return 100;
}

# Nobody does better by asking for something else than what they want.
sub wrong_wishes {
    my ($r, $folder, $policy) = @_;
    my @match = ('placement-match', "--policy=$policy", "--places=$folder/vacancies.csv", "--stays=$folder/stays.csv",
        $policy eq 'own-priorities' ? "--priority=$folder/own.csv" : (), "$folder/referrals.csv");
    my @ids = map { $_->{institution_id} } @{ $r->{institutions} };

    for (1 .. 8) {
        my $who = one_of(@{ $r->{referrals} });
        my $wants = $who->{wishes};
        my @regret;
        for my $says ($wants, '', join('|', shuffled(split /\|/, $wants)), join('|', (shuffled(@ids))[ 0 .. draw() % @ids ])) {
            $who->{wishes} = $says;
            write_round($r, $folder);
            my $status = run("$folder/match", @match);
            return "placement-match: $status" if $status;
            push @regret, regret($folder, $wants, $who->{referral_id});
            return "$who->{referral_id} wants $wants, says $says, and has $regret[-1] for $regret[0]" if $regret[-1] < $regret[0];
        }
        $who->{wishes} = $wants;
    }
    return '';
}

# ---- all ----

# So many rounds, each made up by its number; of them an eighth is tried.
sub rounds {
    my ($name, $n, $make, $check) = @_;
    my @wrong;
    my @numbers = sampled(8, 1 .. $n);
    for my $number (@numbers) {
        my ($r, @what) = $make->($number);
        my $wrong = $check->($r, "$T/round", @what);
        push @wrong, "round $number: $wrong" if $wrong;
        last if @wrong == 3;
    }
    ok(!@wrong, @numbers . " of $n rounds, $name") or comment(@wrong);
}

rounds('very small, against all there is', 120, sub { (made_up($_[0], 7, 3, 6), 1) }, \&wrong_with);
rounds('very small, hardly any limits',    100, sub { (made_up(1000 + $_[0], 7, 4, 40), 1) }, \&wrong_with);
rounds('40 referrals, 8 institutions',     150, sub { (made_up(2000 + $_[0], 40, 8, 2 + $_[0] % 12), 0) }, \&wrong_with);
rounds('one institution',                  20,  sub { (made_up(3000 + $_[0], 12, 1, 4), 1) }, \&wrong_with);
rounds(
    'what if',
    40,
    sub {
        my $r   = made_up(4000 + $_[0], 20, 5, 4);
        my @ids = map { $_->{institution_id} } @{ $r->{institutions} };
        # The programs add first and close then, whatever the order of the options.
        return ($r, 0, what_if => [ [ one_of(@ids), 1 + draw() % 3 ], [ one_of(@ids), 2 ], [ one_of(@ids), 'close' ] ]);
    },
    \&wrong_with
);
rounds('one place more', 40, sub { made_up(5000 + $_[0], 16, 4, 12) }, \&wrong_marginals);
rounds('questions, against every way that answers may turn out', 150, sub { made_up(8000 + $_[0], 5, 3, 3 + $_[0] % 3) }, \&wrong_questions);
for my $k (0 .. $#policies) {
    rounds("wishes, $policies[$k]", 3, sub { (made_up(7000 + 10 * $k + $_[0], 30, 6, 10), $policies[$k]) }, \&wrong_wishes);
    rounds("what is told, $policies[$k]", 4, sub { (made_up(6000 + 10 * $k + $_[0], 30, 6, 6), $policies[$k]) }, \&wrong_explanations);
}

finish();
