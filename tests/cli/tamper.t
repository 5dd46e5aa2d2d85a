#!/usr/bin/perl
# Placements and certificates that were tampered with, thousands of them: placement-verify refuses every
# claim that is not itself true, never crashes, and never says so wrongly. What is true is decided by the
# oracle of Placing.pm from the inputs alone. One in twenty is tried, which change with the commit; scripts/fault-test
# claims tries all.
use strict;
use warnings;
use File::Basename 'dirname';
use POSIX ();
use lib dirname(__FILE__);
use Placing;

my $WORKERS = 2;
my $T       = setup();
my %seen;       # how many were refused, and accepted, in all

# ---- rounds to tamper with ----

# An honest round by a policy: inputs, certificate, result, and what the oracle makes of it.
sub honest {
    my ($name, $policy, $r) = @_;
    my $folder = "$T/$name";
    my %case   = (name => $name, policy => $policy, round => $r, folder => $folder, facts => facts($r));

    write_round($r, $folder);
    $case{own} = $policy eq 'own-priorities' ? ["--priority=$folder/own.csv"] : [];
    my $status = run("$folder/match", 'placement-match', "--policy=$policy", "--places=$folder/vacancies.csv",
        "--stays=$folder/stays.csv", @{ $case{own} }, "--certificate=$folder/cert.json", "$folder/referrals.csv");
    $case{text}   = slurp("$folder/cert.json");
    $case{result} = slurp("$folder/match.out");
    $case{tree}   = certificate_of($case{text});
    $case{where}  = [ where_of($case{facts}, $case{tree}) ];
    is($status, 0, "$name: an honest round");
    is(verify(\%case, "$folder/w", $case{text}, $case{result}), 0, "$name: is accepted");
    is(truth(\%case, $case{tree}), '', "$name: is true");
    return \%case;
}

# The institution of each who seeks a place, as a certificate claims it.
sub where_of {
    my ($f, $c) = @_;
    my %at = map { field($_, 'referral_id') => field($_, 'institution_id') } records($c, 'placements');
    return map { $f->{number}{ $at{ $_->{referral_id} } // '' } } @{ $f->{people} }[ 0 .. $f->{seeking} - 1 ];
}

sub verify {
    my ($case, $folder, $certificate, $result, @more) = @_;
    my $at = $case->{folder};
    mkdir $folder;
    spew("$folder/cert.json",      $certificate);
    spew("$folder/placements.csv", $result);
    return run("$folder/verify", 'placement-verify', "--certificate=$folder/cert.json", "--places=$at/vacancies.csv",
        "--referrals=$at/referrals.csv", "--stays=$at/stays.csv", @{ $case->{own} }, @more, "$folder/placements.csv");
}

# ---- what is true ----

# A record as cells; what is unknown is not there.
sub cells {
    my ($record) = @_;
    return 'no record' if !ref $record;
    my %cell = map { $_->[0] => value($_->[1]) } @$record[ 1 .. $#$record ];
    return join ' ', map { "$_=$cell{$_}" } grep { $cell{$_} ne '' } sort keys %cell;
}

sub section_cells {
    my ($c, $name) = @_;
    my $section = member($c, $name) // return 'missing';
    return value($section) if !ref $section || !grep { ref } @$section;
    return join "\n", map { cells($_) } records($c, $name);
}

# What a claim says that is not so; empty when all of it is true.
sub truth {
    my ($case, $c) = @_;
    my ($f, $policy) = ($case->{facts}, value(member($c, 'policy')));
    my @inputs = qw(format version as_of order rules what_if places referrals stays);

    push @inputs, 'priority' if $policy eq 'own-priorities' && $case->{policy} eq $policy;
    for my $name (@inputs) {
        return "other $name" if section_cells($c, $name) ne section_cells($case->{tree}, $name);
    }
    return 'no such policy'        if $policy !~ /^(placed-first|wish-first|own-priorities)$/;
    return 'a section is missing'  if grep { !ref member($c, $_) } qw(priority placements closed_sets inputs);
    $f = { %$f, own => { map { field($_, 'institution_id') . ' ' . field($_, 'referral_id') => field($_, 'rank') }
                records($c, 'priority') } } if $policy ne $case->{policy};
    my @where = where_of($f, $c);
    my $why   = judge($f, $policy, \@where);
    return $why if $why;
    my $is     = join "\n", map { cells($_) } records($c, 'placements');
    my $should = join "\n", map {
        my $row = $_;
        join ' ', map { "$_=$row->{$_}" } grep { $row->{$_} ne '' } sort keys %$row
    } rows_of($f, \@where);
    return 'rows that do not follow' if $is ne $should;
    return records($c, 'closed_sets') ? 'sets where none belong' : '' if $policy ne 'placed-first';
    return judge_sets($f, \@where, sets_of($c));
}

# ---- tampering, made once it is its turn ----

# A copy of a certificate's tree, to change.
sub copy {
    my ($v) = @_;
    return ref $v ? [ map { copy($_) } @$v ] : $v;
}

# The result file that goes with a certificate.
sub result_of {
    my ($c) = @_;
    my @columns = @{ $Placing::columns{placed} };
    return join '', map { join(',', @$_) . "\n" } \@columns, map {
        my $row = $_;
        [ map { ref $row ? field($row, $_) : '' } @columns ]
    } records($c, 'placements');
}

sub with_rows {    # the placements section from rows
    my ($c, @rows) = @_;
    my %number = map { $_ => 1 } qw(wish_rank priority);
    set_value($c, 'placements', [ '[', map {
        my $row = $_;
        [ '{', map { [ $_, $row->{$_} eq '' ? 'null' : $number{$_} ? $row->{$_} : "\"$row->{$_}\"" ] }
                @{ $Placing::columns{placed} } ]
    } @rows ]);
}

sub list { return @_ ? [ '[', map { "\"$_\"" } @_ ] : 'null' }

sub text { return $_[0] eq '' ? 'null' : "\"$_[0]\"" }

sub with_sets {
    my ($c, @sets) = @_;
    set_value($c, 'closed_sets', [ '[', map {
        [ '{', [ institutions => list(@{ $_->{institutions} }) ], [ found => text($_->{found}) ],
            [ since => text($_->{since}) ], [ unplaced => list(@{ $_->{unplaced} }) ] ]
    } @sets ]);
}

sub fill_unplaced {    # so that only what the sets prove can be wrong
    my ($f, $where, @sets) = @_;
    my @unplaced = unplaced_of($f, $where, @sets);
    return map { +{ %{ $sets[$_] }, unplaced => $unplaced[$_] } } 0 .. $#sets;
}

# Runs the jobs: each gives a description, a certificate, a result, and what is wrong with them, for
# which there is no need to say more than "sealed with another seal" or the like. Jobs are shared among
# workers.
sub refuses {
    my ($name, @jobs) = @_;
    my @pipes;

    $seen{made} += @jobs;
    @jobs = sampled(20, @jobs);
    for my $worker (0 .. $WORKERS - 1) {
        pipe my $read, my $write or die;
        my $pid = fork // die "$0: fork: $!\n";
        if ($pid == 0) {
            for my $j (grep { $_ % $WORKERS == $worker } 0 .. $#jobs) {
                my ($case, $what, $certificate, $result, $wrong) = $jobs[$j]->();
                next if !defined $certificate;
                my $status = verify($case, "$T/worker-$worker", $certificate, $result);
                print $write join("\t", $j, $status, map { s/[\t\n]/ /gr } "$case->{name}: $what", $wrong), "\n";
            }
            close $write;
            POSIX::_exit(0);
        }
        close $write;
        push @pipes, [ $read, $pid ];
    }
    my ($n, @bad, %count) = (0);
    for my $pipe (@pipes) {
        my ($read, $pid) = @$pipe;
        while (<$read>) {
            chomp;
            my ($j, $status, $what, $wrong) = split /\t/, $_, -1;
            $n++;
            $count{$status}++;
            push @bad, "$what: exit $status; $wrong" if $status == 0 ? $wrong ne '' : $status != 1 && $status != 65;
        }
        waitpid $pid, 0;
        push @bad, "a worker died: $?" if $?;
    }
    push @bad, 'nothing was tried' if $n == 0;
    $seen{tried} += $n;
    my $said = join ', ', map { "$count{$_} " . ($_ == 0 ? 'true' : "exit $_") } sort { $a <=> $b } keys %count;
    ok(!@bad, "$name: $n ($said)") or comment(scalar(@bad) . ' were not refused:', @bad[ 0 .. ($#bad < 9 ? $#bad : 9) ]);
}

# ---- the result file ----

sub other_cell {    # another plausible value, for each cell
    my ($case, $column, $cell) = @_;
    my $r   = $case->{round};
    my %may = (
        referral_id    => [ map { $_->{referral_id} } @{ $r->{referrals} } ],
        decision       => [qw(placed waiting ask ineligible out)],
        institution_id => [ '', map { $_->{institution_id} } @{ $r->{institutions} } ],
        wish_rank      => [ '', 1, 2, 3 ],
        priority       => [ '', 1 .. @{ $r->{referrals} } ],
        reason         => [ qw(wish place held full facts ended same_person parked state several no_places), @Placing::RULES ],
        detail         => [ '', 'possible=1', 'possible=2', 'ask=sex', 'ask=age|institution.wheelchair', 'opens=sex', 'opens=age|rop_group', 'rules=sex|age', 'rules=sex|age opens=sex', 'counts=R-1', 'counts=R-2' ],
    );
    return one_of(grep { $_ ne $cell } @{ $may{$column} });
}

sub result_jobs {
    my ($case) = @_;
    my @columns = @{ $Placing::columns{placed} };
    my @lines   = split /(?<=\n)/, $case->{result};
    my @jobs;
    my $job = sub {
        my ($what, @changed) = @_;
        push @jobs, sub { ($case, $what, $case->{text}, join('', @changed), 'the result is another') };
    };

    for my $l (1 .. $#lines) {
        for my $c (0 .. $#columns) {
            my @cells = split /,/, $lines[$l] =~ s/\n//r, -1;
            my %tried = ($cells[$c] => 1);
            for (1 .. 2) {
                my @now = @cells;
                $now[$c] = other_cell($case, $columns[$c], $cells[$c]);
                next if $tried{ $now[$c] }++;
                $job->("line $l, $columns[$c]: $cells[$c] to $now[$c]",
                    @lines[ 0 .. $l - 1 ], join(',', @now) . "\n", @lines[ $l + 1 .. $#lines ]);
            }
        }
        $job->("line $l removed", @lines[ 0 .. $l - 1 ], @lines[ $l + 1 .. $#lines ]);
        $job->("line $l doubled", @lines[ 0 .. $l ], @lines[ $l .. $#lines ]);
        $job->("line $l swapped", @lines[ 0 .. $l - 1 ], @lines[ $l + 1, $l ], @lines[ $l + 2 .. $#lines ]) if $l < $#lines;
        $job->("all from line $l on removed", @lines[ 0 .. $l - 1 ]) if $l > 1;
    }
    for my $column (@columns) { $job->("no $column", $lines[0] =~ s/\b$column\b/x_$column/r, @lines[ 1 .. $#lines ]) }
    $job->('another person', @lines, "R-999,waiting,,,999,full,possible=1\n");
    return @jobs;
}

# ---- the certificate ----

# Every value that is no list or object, as [path, place to change it: the array that holds it, index].
sub scalars {
    my ($v, $path) = @_;
    return if !ref $v;
    return map {
        my $at   = $_;
        my $here = $v->[0] eq '{' ? $v->[$at] : $v;
        my $k    = $v->[0] eq '{' ? 1 : $at;
        my $name = $v->[0] eq '{' ? "$path/$here->[0]" : "$path/$at";
        ref $here->[$k] ? scalars($here->[$k], $name) : [ $name, $here, $k, $v, $at ];
    } 1 .. $#$v;
}

sub arrays {
    my ($v, $path) = @_;
    return if !ref $v;
    return $v->[0] eq '[' ? [ $path, $v ] : (), map {
        $v->[0] eq '{' ? arrays($v->[$_][1], "$path/$v->[$_][0]") : arrays($v->[$_], "$path/$_")
    } 1 .. $#$v;
}

sub other_token {
    my ($case, $path, $token) = @_;
    my ($name) = $path =~ m{([a-z_]+)(?:/\d+)*$};
    return one_of(qw("placed-first" "wish-first" "own-priorities")) if $name eq 'policy';
    return $token eq 'true' ? 'false' : 'true' if $token =~ /^(true|false)$/;
    return one_of($token + 1, $token + 1, $token > 0 ? $token - 1 : 7) if $token =~ /^\d+$/;
    return "\"$1-0" . (1 + draw() % 9) . "-$2\"" if $token =~ /^"(\d{4})-\d\d-(\d\d)"$/;
    return '"sha256:' . $1 . '"' if $token =~ /^"sha256:(.*)"$/ && $token =~ tr/0-9a-f/1-9a-f0/;
    my @like = $name =~ /^(declined|held|wishes|institution)/ ? (map { "\"$_->{institution_id}\"" } @{ $case->{round}{institutions} })
        : $name eq 'person' ? ('"p-000000000000000000000000"', 'null', map { text(field($_, 'person')) } records($case->{tree}, 'stays'))
        : $name =~ /^(referral_id|since|unplaced)$/ ? (map { "\"$_->{referral_id}\"" } @{ $case->{round}{referrals} })
        : map { $_->[1][ $_->[2] ] } grep { $_->[0] =~ m{/$name(/\d+)*$} } @{ $case->{scalars} //= [ scalars($case->{tree}, '') ] };
    @like = grep { $_ ne $token && $_ ne 'null' } @like;
    return @like ? one_of(@like) : $token eq 'null' ? one_of('0', '1', '"x"', 'true') : $token =~ s/"$/x"/r;
}

# Changes of the tree one by one: each gets the tree and says what it has done.
sub tree_changes {
    my ($case) = @_;
    my (@changes, $n);

    $n = () = scalars($case->{tree}, '');
    for my $at (0 .. $n - 1) {
        push @changes, sub {
            my ($path, $holder, $k) = @{ (scalars($_[0], ''))[$at] };
            my $was = $holder->[$k];
            $holder->[$k] = other_token($case, $path, $was);
            return "$path: $was to $holder->[$k]";
        };
        push @changes, sub {
            my ($path, $holder, $k, $parent, $index) = @{ (scalars($_[0], ''))[$at] };
            my $was = $holder->[$k];
            splice @$parent, $index, 1;
            return "$path: $was removed";
        };
    }
    $n = () = arrays($case->{tree}, '');
    for my $at (0 .. $n - 1) {
        my (undef, $array) = @{ (arrays($case->{tree}, ''))[$at] };
        for my $i (1 .. $#$array) {
            push @changes, sub {
                my ($path, $array) = @{ (arrays($_[0], ''))[$at] };
                splice @$array, $i, 1;
                return "$path: element $i removed";
            };
            push @changes, sub {
                my ($path, $array) = @{ (arrays($_[0], ''))[$at] };
                @$array[ $i, $i + 1 ] = @$array[ $i + 1, $i ];
                return "$path: elements $i and the next swapped";
            } if $i < $#$array;
            push @changes, sub {
                my ($path, $array) = @{ (arrays($_[0], ''))[$at] };
                splice @$array, $i, 0, copy($array->[$i]);
                return "$path: element $i doubled";
            } if ref $array->[$i];
        }
    }
    return @changes;
}

# With the seal as it was.
sub broken_seal_jobs {
    my ($case) = @_;
    return map {
        my $change = $_;
        sub {
            my $c    = copy($case->{tree});
            my $what = $change->($c);
            my $text = text_of($c);
            return if $text eq $case->{text};
            return ($case, $what, $text, $case->{result}, 'the seal is broken');
        }
    } tree_changes($case);
}

# With hashes, seal and result made to fit.
sub resealed_jobs {
    my ($case, $one_in) = @_;
    return map {
        my $change = $_;
        sub {
            my $c    = copy($case->{tree});
            my $what = $change->($c) . ', resealed';
            # Hashes and seal are made again; a change of those alone is none.
            return if $what =~ m{^/(inputs|seal)};
            return ($case, $what, sealed($c), result_of($c), truth($case, $c));
        }
    } grep { draw() % $one_in == 0 } tree_changes($case);
}

sub flip_jobs {
    my ($case, $n) = @_;
    my @jobs = map {
        my ($at, $bit) = (int($_ * length($case->{text}) / $n), 1 << draw() % 8);
        sub {
            my $text = $case->{text};
            substr($text, $at, 1) = chr(ord(substr $text, $at, 1) ^ $bit);
            return ($case, "byte $at, bits $bit", $text, $case->{result}, 'the seal is broken');
        }
    } 0 .. $n - 1;
    for my $at (map { int($_ * length($case->{text}) / 100) } 0 .. 99) {
        push @jobs, sub { ($case, "cut off at $at", substr($case->{text}, 0, $at), $case->{result}, 'cut off') };
    }
    for my $more ("\n", ' ', "\0", '{}', $case->{text}) {
        push @jobs, sub { ($case, 'something behind it', $case->{text} . $more, $case->{result}, 'more') };
        push @jobs, sub { ($case, 'something before it', $more . $case->{text}, $case->{result}, 'more') };
    }
    return @jobs;
}

# ---- false claims that hang together ----

# Who could be told to have what instead: each gives what it did, and the new @where.
sub other_outcomes {
    my ($case) = @_;
    my ($f, @where) = ($case->{facts}, @{ $case->{where} });
    my @all    = 0 .. $#{ $f->{institutions} };
    my @placed = grep { defined $where[$_] } 0 .. $#where;
    my @outcomes;
    my $add = sub {
        my ($what, %change) = @_;
        my @now = @where;
        @now[ keys %change ] = values %change;
        push @outcomes, [ $what, \@now ];
    };

    for my $p (0 .. $#where) {
        my $at = $where[$p];
        $add->("$p to nowhere", $p => undef) if defined $at;
        for my $i (@all) { $add->("$p to $i", $p => $i) if !defined $at || $i != $at }
        for my $q (@placed) {    # p takes what q has
            next if $p == $q || (defined $at && $at == $where[$q]);
            $add->("$p and $q swapped", $p => $where[$q], $q => $at) if $q > $p || !defined $at;
        }
    }
    # Several moves at once, mostly such as are possible.
    for (1 .. 120) {
        my %change;
        for my $p ((shuffled(0 .. $#where))[ 0 .. draw() % 4 ]) {
            my @options = draw() % 8 ? @{ $f->{options}[$p] } : @all;
            $change{$p} = draw() % 4 && @options ? one_of(@options) : undef;
        }
        $add->('several: ' . join(' ', map { "$_:" . ($change{$_} // '-') } sort keys %change), %change);
    }
    # The other policies' outcomes.
    return @outcomes;
}

# Sets made up: any order, any boundary.
sub sets_made_up {
    my ($f, $where) = @_;
    my @ids = map { $_->{institution_id} } @{ $f->{institutions} };
    my @sets;

    push @{ $sets[ draw() % (1 + draw() % @ids) ]{institutions} }, $_ for shuffled(@ids);
    @sets = grep { $_->{institutions} } @sets;
    push @sets, { institutions => [] } if draw() % 2;
    my @since = sort { $b <=> $a } map { draw() % $f->{seeking} } @sets;
    for my $x (0 .. $#sets) {
        my $highest = $x == $#sets;
        $sets[$x]{institutions} = [ sort @{ $sets[$x]{institutions} } ];
        $sets[$x]{found} = $highest ? '' : one_of('placing', 'wishes');
        $sets[$x]{since} = $highest ? '' : $f->{people}[ draw() % 3 ? $since[$x] : draw() % $f->{seeking} ]{referral_id};
    }
    return fill_unplaced($f, $where, @sets);
}

# Claims about another outcome, everything else made to fit as well as can be.
sub outcome_jobs {
    my ($case) = @_;
    my $f = $case->{facts};
    my @jobs;

    for my $outcome (other_outcomes($case)) {
        my ($what, $where) = @$outcome;
        my @ways = $case->{policy} eq 'placed-first' ? ('the sets as they were', 'no closed set', 'sets made up') : ('');
        for my $way (@ways) {
            push @jobs, sub {
                my $c = copy($case->{tree});
                with_rows($c, rows_of($f, $where));
                with_sets($c, fill_unplaced($f, $where, sets_of($c))) if $way =~ /were/;
                with_sets($c, fill_unplaced($f, $where,
                        { institutions => [ map { $_->{institution_id} } @{ $f->{institutions} } ], found => '', since => '' }))
                    if $way =~ /no closed/;
                with_sets($c, sets_made_up($f, $where)) if $way =~ /made/;
                return ($case, "$what; $way", sealed($c), result_of($c), truth($case, $c));
            };
        }
    }
    return @jobs;
}

# Every outcome of a very small round that is possible and not the right one, with all sets that could
# be claimed to prove it: any order, any boundary, anybody as the one who could not get in.
sub every_proof_jobs {
    my ($case, $one_in) = @_;
    my $f   = $case->{facts};
    my @ids = map { $_->{institution_id} } @{ $f->{institutions} };
    my (@outcomes, @proofs, @jobs, @room, @where, $try);

    @room = @{ $f->{room} };
    $try  = sub {
        my ($p) = @_;
        if ($p == $f->{seeking}) {
            push @outcomes, [@where] if judge($f, $case->{policy}, \@where);
            return;
        }
        for my $i (undef, grep { $room[$_] > 0 } @{ $f->{options}[$p] }) {
            $room[$i]-- if defined $i;
            $where[$p] = $i;
            $try->($p + 1);
            $room[$i]++ if defined $i;
        }
    };
    $try->(0);
    @proofs = ([ [@ids] ]);
    for my $lower (1 .. 2**@ids - 2) {    # one boundary; the rest by sets_made_up
        push @proofs, [ [ map { $ids[$_] } grep { $lower >> $_ & 1 } 0 .. $#ids ], [ map { $ids[$_] } grep { !($lower >> $_ & 1) } 0 .. $#ids ] ];
    }
    if ($case->{policy} ne 'placed-first') {    # they need no proof
        return map {
            my $where = $_;
            sub {
                my $c = copy($case->{tree});
                with_rows($c, rows_of($f, $where));
                return ($case, 'at ' . join(' ', map { $_ // '-' } @$where), sealed($c), result_of($c), truth($case, $c));
            }
        } grep { draw() % $one_in == 0 } @outcomes;
    }
    for my $where (@outcomes) {
        my @all_sets = map { [ sets_made_up($f, $where) ] } 1 .. 8;
        # Who waits, if any does, waits because all is closed.
        my @waits = map { $f->{people}[$_]{referral_id} } grep { !defined $where->[$_] && @{ $f->{options}[$_] } } 0 .. $f->{seeking} - 1;

        for my $last (@waits ? @waits : '') {
            my $top = { found => $last ne '' ? 'placing' : '', since => $last };
            my @open = $last ne '' ? { institutions => [], found => '', since => '' } : ();
            for my $proof (@proofs) {
                my ($lower, $upper) = @$proof;
                push @all_sets, [ { institutions => $lower, %$top }, @open ] if !$upper;
                for my $since ($upper ? map { $_->{referral_id} } @{ $f->{people} } : ()) {
                    push @all_sets, [ { institutions => $lower, found => $_, since => $since }, { institutions => $upper, %$top }, @open ]
                        for 'placing', 'wishes';
                }
            }
        }
        for my $sets (@all_sets) {
            next if draw() % $one_in;
            push @jobs, sub {
                my $c = copy($case->{tree});
                with_rows($c, rows_of($f, $where));
                with_sets($c, fill_unplaced($f, $where, @$sets));
                return ($case, 'at ' . join(' ', map { $_ // '-' } @$where) . ' with '
                        . join(' ', map { "[@{ $_->{institutions} }] $_->{found} $_->{since};" } @$sets),
                    sealed($c), result_of($c), truth($case, $c));
            };
        }
    }
    return @jobs;
}

# The outcome as it was, and other sets to prove it.
sub set_jobs {
    my ($case, $random) = @_;
    my ($f, $where) = @$case{qw(facts where)};
    my @was = sets_of($case->{tree});
    my (@jobs, $job);
    $job = sub {
        my ($what, @sets) = @_;
        for my $filled (0, 1) {
            push @jobs, sub {
                my $c = copy($case->{tree});
                with_sets($c, $filled ? fill_unplaced($f, $where, @sets) : @sets);
                return ($case, $what . ($filled ? '' : ', unplaced as it was'), sealed($c), result_of($c), truth($case, $c));
            };
        }
    };
    my @copy;
    my $fresh = sub { @copy = map { +{ %$_, institutions => [ @{ $_->{institutions} } ], unplaced => [ @{ $_->{unplaced} } ] } } @was };

    for my $x (0 .. $#was) {
        $fresh->();
        splice @copy, $x, 1;
        $job->("set $x dropped", @copy);
        for my $y (0 .. $#was) {
            next if $x == $y;
            $fresh->();
            push @{ $copy[$y]{$_} }, @{ $copy[$x]{$_} } for qw(institutions unplaced);
            splice @copy, $x, 1;
            $job->("set $x merged into $y", @copy);
            for my $k (0 .. $#{ $was[$x]{institutions} }) {
                $fresh->();
                push @{ $copy[$y]{institutions} }, splice @{ $copy[$x]{institutions} }, $k, 1;
                $job->("institution $k of set $x moved to $y", @copy);
                $fresh->();
                push @{ $copy[$y]{institutions} }, $copy[$x]{institutions}[$k];
                $job->("institution $k of set $x is in $y too", @copy);
            }
            for my $k (0 .. $#{ $was[$x]{unplaced} }) {
                $fresh->();
                push @{ $copy[$y]{unplaced} }, splice @{ $copy[$x]{unplaced} }, $k, 1;
                $job->("unplaced $k of set $x moved to $y", @copy);
            }
        }
        for my $k (0 .. $#{ $was[$x]{unplaced} }) {
            $fresh->();
            splice @{ $copy[$x]{unplaced} }, $k, 1;
            $job->("unplaced $k of set $x removed", @copy);
        }
        $fresh->();
        @copy[ $x, $x + 1 ] = @copy[ $x + 1, $x ];
        $job->("sets $x and the next swapped", @copy) if $x < $#was;
        for my $found ('placing', 'wishes', '', 'otherwise') {
            $fresh->();
            $copy[$x]{found} = $found;
            $job->("set $x found $found", @copy) if $found ne $was[$x]{found};
        }
        for my $since ('', 'R-999', map { $_->{referral_id} } @{ $f->{people} }) {
            $fresh->();
            $copy[$x]{since} = $since;
            $job->("set $x since $since", @copy) if $since ne $was[$x]{since};
        }
    }
    for (1 .. $random) {
        push @jobs, sub {
            my $c = copy($case->{tree});
            with_sets($c, sets_made_up($f, $where));
            return ($case, 'sets made up: ' . join(' ', map { "[@{ $_->{institutions} }] $_->{found} $_->{since};" } sets_of($c)),
                sealed($c), result_of($c), truth($case, $c));
        };
    }
    return @jobs;
}

sub stands_open { return !grep { @$_ } values %{ $_[0] } }    # nothing is against it

# Who has no place told something else: refused for want of a fact, for a rule that does not keep them
# out, asked what would not help, or left waiting for nothing.
sub refusal_jobs {
    my ($case) = @_;
    my @jobs;
    for my $p (grep { !defined $case->{where}[$_] } 0 .. $case->{facts}{seeking} - 1) {
        my $job = sub {
            my ($decision, $reason, $detail) = @_;
            push @jobs, sub {
                my $c   = copy($case->{tree});
                my $row = (records($c, 'placements'))[$p];
                set_value($row, 'decision', "\"$decision\"");
                set_value($row, 'reason',   "\"$reason\"");
                set_value($row, 'detail',   $detail ? "\"$detail\"" : 'null');
                return ($case, "row $p: $decision, $reason, $detail", sealed($c), result_of($c), truth($case, $c));
            };
        };
        for my $rule (@Placing::RULES) {
            $job->('ineligible', $rule, $_) for '', "opens=$rule";
            $job->('ineligible', 'several', $_) for "rules=$rule|declined", "rules=sex|$rule opens=$rule";
            $job->('ask', 'facts', "ask=$rule");
        }
        $job->('ask', 'facts', $_) for 'ask=institution.wheelchair', 'ask=sex|age';
        $job->('waiting', 'full', "possible=$_") for 1, 2;
    }
    return @jobs;
}

# What the rule about dates would let happen on another day, all else being as it is.
sub on_day {
    my ($f, $day) = @_;
    my %g = %$f;
    for my $p (0 .. $f->{seeking} - 1) {
        my $received = $f->{people}[$p]{received};
        my $kind     = $received eq '' ? 'not_known' : $received gt $day ? 'broken' : 'holds';
        $g{judged}[$p] = [ map {
            my $of = $_;
            +{ map { $_ => [ ($kind eq $_ ? 0 : ()), grep { $_ != 0 } @{ $of->{$_} } ] } keys %$of }
        } @{ $f->{judged}[$p] } ];
        $g{options}[$p] = [ grep { stands_open($g{judged}[$p][$_]) } 0 .. $#{ $g{judged}[$p] } ];
    }
    return \%g;
}

# Another day on the certificate alone, and what would follow from it.
sub day_jobs {
    my ($case) = @_;
    my %days = map { $_->{received} => 1 } @{ $case->{round}{referrals} };
    return map {
        my $day = $_;
        sub {
            my $c     = copy($case->{tree});
            my $f     = on_day($case->{facts}, $day);
            my @where = map {
                my $i = $case->{where}[$_];
                defined $i && !stands_open($f->{judged}[$_][$i]) ? undef : $i
            } 0 .. $f->{seeking} - 1;
            set_value($c, 'as_of', "\"$day\"");
            with_rows($c, rows_of($f, \@where));
            with_sets($c, fill_unplaced($f, \@where, sets_of($c))) if $case->{policy} eq 'placed-first';
            return ($case, "as of $day", sealed($c), result_of($c), truth($case, $c));
        }
    } '2026-11-20', '2026-11-22', '2027-01-01', sort keys %days;
}

# ---- true certificates of other inputs ----

# What placement-match makes of inputs that differ in one cell, held against the inputs as they are.
sub input_jobs {
    my ($case, $one_in) = @_;
    my %may = (
        wishes => [ '', 'I-1', 'I-2|I-1', 'I-3|I-2|I-1' ], received => [ '2026-01-01', '2026-10-31', '2026-12-31' ],
        urgency => [ 1, 2, 3, '' ], sex => [ 'kvinne', 'mann', '' ], birth_year => [ 1950, 1980, 2000, '' ],
        municipality => [ '0301', '3024', '' ], service_level => [ 'mestring', 'omsorg' ], stay_type => [ 'lang', 'kort', '' ],
        substance_policy => [ 'rus', 'rusfritt', '' ], wheelchair => [ 'ja', 'nei', '' ], somatic => [ 0, 1, 2, '' ],
        rop_group => [ 1 .. 7, '' ], rop_possible => [ '1', '2|3' ], rop_basis => [ 'rules', '' ], name => ['Navn'], bydel => ['030102'],
        stay_types => [ 'lang', 'kort|lang', '' ], sexes => [ 'mann', 'kvinne|mann', '' ], min_age => [ 18, 50, '' ],
        max_age => [ 75, 90, '' ], somatic_max => [ 0, 1, 2, '' ], rop_groups => [ '1|2|3', '4|5', '' ],
        capacity => [ 21, 22 ], vacant => [ 0 .. 4 ], status => [qw(declined moved_in accepted)],
        from => [ '2026-05-05', '2026-11-20' ], to => [ '', '2026-11-20' ], rank => [ 1 .. 9 ],
    );
    my @jobs;
    for my $what (qw(institutions referrals stays), @{ $case->{own} } ? 'own' : ()) {
        my $rows = $case->{round}{$what};
        for my $at (grep { draw() % $one_in == 0 } 0 .. $#$rows * @{ $Placing::columns{$what} }) {
            my ($n, $k) = (int($at / @{ $Placing::columns{$what} }), $at % @{ $Placing::columns{$what} });
            my $column = $Placing::columns{$what}[$k];
            my ($was, $now) = ($rows->[$n]{$column}, one_of(@{ $may{$column} // ['x'] }));
            next if $was eq $now || $column =~ /_id$|as_of/;
            push @jobs, sub {
                my $folder = "$T/other-$$";
                my %round  = %{ $case->{round} };
                $round{$what} = [ map { +{%$_} } @$rows ];
                $round{$what}[$n]{$column} = $now;
                write_round(\%round, $folder);
                my $own = @{ $case->{own} } ? ["--priority=$folder/own.csv"] : [];
                return if run("$folder/match", 'placement-match', "--policy=$case->{policy}", "--places=$folder/vacancies.csv",
                    "--stays=$folder/stays.csv", @$own, "--certificate=$folder/cert.json", "$folder/referrals.csv");
                my $text = slurp("$folder/cert.json");
                return ($case, "$what $n, $column: $was to $now", $text, slurp("$folder/match.out"),
                    $text eq $case->{text} ? '' : 'it is about other inputs');
            };
        }
    }
    return @jobs;
}

# The same with other rules, another order, and places that were added or closed.
sub profile_jobs {
    my ($case) = @_;
    my @jobs;
    my @given = ("--places=$case->{folder}/vacancies.csv", "--stays=$case->{folder}/stays.csv",
        "--policy=$case->{policy}", @{ $case->{own} });
    my $job = sub {
        my ($what, $file, $pattern, $with) = @_;
        push @jobs, sub {
            my $folder = "$T/profile-$$";
            run($folder, 'cp', '-rL', "$T/profile", $folder) if !-d $folder;
            run($folder, 'cp', '-L', "$T/profile/$file", "$folder/$file");
            spew("$folder/$file", slurp("$folder/$file") =~ s/$pattern/$with/r);
            my $status = run("$folder/match", 'placement-match', "--profile=$folder", @given,
                "--certificate=$folder/cert.json", "$case->{folder}/referrals.csv");
            run($folder, 'cp', '-L', "$T/profile/$file", "$folder/$file");
            return if $status;
            return ($case, $what, slurp("$folder/cert.json"), slurp("$folder/match.out"), 'other rules or another order');
        };
    };
    for my $rule (@Placing::RULES) {
        $job->("no rule $rule",       'placement_rules.csv', qr/^$rule,.*\n/m, '');
        $job->("$rule when unknown", 'placement_rules.csv', qr/^$rule,nei/m, "$rule,ja") if $rule !~ /^(wheelchair|somatic)$/;
    }
    $job->("$_ when unknown", 'placement_rules.csv', qr/^$_,ja/m, "$_,nei") for qw(wheelchair somatic);
    for my $order (qw(received|referral_id urgency|referral_id -urgency|received|referral_id urgency|-received|referral_id
        urgency|received|-referral_id referral_id urgency|received|referral_id|sex)) {
        $job->("order $order", 'profile.csv', qr/^priority,.*/m, "priority,$order");
    }
    # What if is told as such: as it is, it is true; told as if it were so, it is not.
    for my $option ('--add=I-1:1', '--add=I-2:2', '--close=I-1', '--close=I-3') {
        for my $way ('told', 'what_if empty', 'another what_if', 'places as they were') {
            push @jobs, sub {
                my $folder = "$T/what-if-$$";
                mkdir $folder;
                run("$folder/match", 'placement-match', @given, $option, "--certificate=$folder/cert.json",
                    "$case->{folder}/referrals.csv");
                my $c      = certificate_of(slurp("$folder/cert.json"));
                my $result = slurp("$folder/match.out");
                set_value($c, 'what_if', ['[']) if $way eq 'what_if empty';
                set_value((records($c, 'what_if'))[0], 'institution_id', '"I-2"') if $way eq 'another what_if';
                return if $way eq 'another what_if' && $option =~ /I-2/;
                set_value($c, 'places', member($case->{tree}, 'places')) if $way eq 'places as they were';
                my $as_is = member($c, 'places') && join("\n", map { cells($_) } records($c, 'places')) eq
                    join("\n", map { cells($_) } records($case->{tree}, 'places'));
                return if $as_is && $way ne 'told';
                return ($case, "$option, $way", sealed($c), $result, $way eq 'told' ? '' : 'the what-if is not told');
            };
        }
    }
    return @jobs;
}

# What could be confused with JSON that is a certificate.
sub hostile_jobs {
    my ($case) = @_;
    my @deep = map { ('[' x $_) . (']' x $_) } 10, 1000, 100_000;
    my ($version) = $case->{text} =~ /"version":(\d+),/;
    my %text = (
        'nothing'              => '',
        'not JSON'             => 'referral_id,decision',
        'a list'               => '[]',
        'an empty object'      => '{}',
        'null'                 => 'null',
        'another document'     => "{\"format\":\"something-else\",\"version\":$version}",
        'the format alone'     => "{\"format\":\"transition-certificate\",\"version\":$version,\"policy\":\"placed-first\"}",
        'a NUL in a text'      => $case->{text} =~ s/"mestring"/"mestr\\u0000ing"/r,
        'no UTF-8'             => $case->{text} =~ s/"Huset/"\xE5/r,
        (map { ("deep " . length $_ => $_, "deep in it " . length $_ => $case->{text} =~ s/"what_if":\[\]/"what_if":$_/r) } @deep),
        'a member twice'       => $case->{text} =~ s/("version":\d+,)/$1$1/r,
    );
    ok(!(grep { $_ eq $case->{text} } values %text), 'each of them is another text');
    my @jobs = map { my ($name, $text) = ($_, $text{$_}); sub { ($case, $name, $text, $case->{result}, $name) } } sort keys %text;

    my %section = map { $_ => 1 } qw(order inputs rules what_if places referrals stays priority placements closed_sets);
    for my $name (sort keys %section, qw(format version as_of policy)) {
        for my $value ('null', '0', '-1', '1e400', '99999999999999999999', '""', '"x"', 'true', '[]', '{}', '[null]', '[[]]', '[{}]', '[1]',
            '{"x":{"y":[]}}', '[{"referral_id":"R-1"}]', '[{"referral_id":"R-1"},{"referral_id":"R-1"}]') {
            push @jobs, sub {
                my $c = copy($case->{tree});
                set_value($c, $name, $value);
                my $text = sealed($c);
                # `[]` and the like may be what was there in other words.
                my $empty = $value =~ /^(null|0|-1|""|"x"|true|\[\]|\{\}|99999999999999999999)$/ && !records($case->{tree}, $name) if ref member($case->{tree}, $name);
                return if $empty || ($name eq 'version' && $value eq '[1]') || ($name eq 'priority' && $case->{policy} ne 'own-priorities');
                return ($case, "$name is $value", $text, $case->{result}, 'a section is something else');
            };
        }
        push @jobs, sub {
            my $c = copy($case->{tree});
            @$c = grep { !ref $_ || $_->[0] ne $name } @$c;
            return ($case, "no $name", sealed($c), $case->{result}, 'a section is missing');
        };
    }
    for my $vacant ('-1', '100001', '2147483648', '4294967297', '1.5', '"many"', '1e3', 'null', '[]', '{}') {
        push @jobs, sub {
            my $c = copy($case->{tree});
            set_value((records($c, 'places'))[0], 'vacant', $vacant);
            return ($case, "vacant is $vacant", sealed($c), $case->{result}, 'no such number');
        };
    }
    for my $n (1, 100, 30_000) {
        push @jobs, sub {
            my $c = copy($case->{tree});
            set_value($c, 'what_if', [ '[', ('{"institution_id":"I-1","add":100000,"close":null}') x $n ]);
            return ($case, "$n what-ifs of 100000 places", sealed($c), $case->{result}, 'places that are not there');
        };
    }
    return @jobs;
}

# Order of people: two change places everywhere.
sub order_jobs {
    my ($case) = @_;
    my $n = @{ $case->{facts}{people} };
    return map {
        my ($p, $q) = @$_;
        sub {
            my $c = copy($case->{tree});
            for my $name (qw(referrals placements)) {
                my $array = member($c, $name);
                @$array[ $p + 1, $q + 1 ] = @$array[ $q + 1, $p + 1 ];
            }
            my @placements = records($c, 'placements');
            my @priority   = map { field($_, 'priority') } @placements;
            if (draw() % 2) {
                my $k = 0;
                for my $row (@placements) { $k++; set_value($row, 'priority', $priority[ $k - 1 ] eq '' ? 'null' : $k) }
            }
            return ($case, "people $p and $q", sealed($c), result_of($c), truth($case, $c));
        }
    } (map { my $p = $_; map { [ $p, $_ ] } grep { $_ == $p + 1 || $_ == $n - 1 || draw() % 6 == 0 } $p + 1 .. $n - 1 } 0 .. $n - 2);
}

# ---- all ----

# Rounds in which much can be told wrongly: several sets, later wishes, people who wait or hold places.
sub rich {
    my ($from) = @_;
    my ($best, $most) = (undef, -1);
    for my $number ($from .. $from + 30) {
        my $r = made_up($number, 25, 6, 12);
        my $f = facts($r);
        my @placed = split / /, best_of($f);
        my $score  = @placed + 3 * grep({ /:[2-9]/ } @placed) + 2 * (@{ $r->{referrals} } - $f->{seeking});
        $score += 3 * grep { my $w = $_; grep { !@$_ } $w } @{ $f->{options} };
        ($best, $most) = ($r, $score) if $score > $most;
    }
    return $best;
}

# A very small round in which everybody could go anywhere: how many places are vacant at each institution,
# and what each wishes, in order of the queue. With a group before a slash, only where that is taken: 1
# and 2 at the first institution, 2 and 3 at the second.
sub small {
    my ($rooms, @wishes) = @_;
    my @groups = map { s{^(\d)/}{} ? $1 : '' } @wishes;
    my $r = made_up(1, scalar @wishes, scalar @$rooms, 1000);

    for my $i (0 .. $#$rooms) {
        @{ $r->{institutions}[$i] }{qw(service_level stay_types wheelchair vacant)} = ('mestring', '', 'ja', $rooms->[$i]);
    }
    for my $p (0 .. $#wishes) {
        @{ $r->{referrals}[$p] }{qw(rop_group rop_possible rop_basis)} = ($groups[$p], $groups[$p], '');
        @{ $r->{referrals}[$p] }{qw(service_level received urgency wishes)} = ('mestring', '2026-01-0' . ($p + 1), 1, $wishes[$p]);
    }
    $_->{rop_groups} = '' for @{ $r->{institutions} };
    ($r->{institutions}[0]{rop_groups}, $r->{institutions}[1]{rop_groups}) = ('1|2', '2|3') if $groups[0] ne '';
    # A file of stays is never empty; this is of somebody who is not there.
    $r->{stays} = [ { stay_id => 'S-1', referral_id => 'R-0', institution_id => 'I-1', from => '2026-01-01', status => 'declined' } ];
    return $r;
}

my @first = map { honest("placed-$_", 'placed-first', rich(100 * $_)) } 1, 2;
my $wish  = honest('wish',   'wish-first',     rich(300));
my $own   = honest('own',    'own-priorities', rich(400));
my $tiny  = honest('tiny',   'placed-first',   made_up(17, 8, 3, 40));
my @other = ($wish, $own);
my @small = (
    honest('small-1', 'placed-first', small([ 1, 1 ],    'I-1|I-2', 'I-1|I-2', 'I-2')),
    honest('small-2', 'placed-first', small([ 1, 1 ],    '',        'I-1',     'I-1|I-2')),
    honest('small-3', 'placed-first', small([ 1, 2 ],    '',        'I-2|I-1', 'I-1|I-2', 'I-1')),
    honest('small-4', 'placed-first', small([ 1, 1 ],    'I-1|I-2', 'I-1|I-2')),
    honest('small-5', 'placed-first', small([ 1, 1 ],    '',        'I-2|I-1', 'I-1|I-2')),
    honest('small-6', 'placed-first', small([ 1, 1 ],    '2/',      '1/',      '3/', '2/I-1')),
    honest('small-7', 'placed-first', small([ 1, 1 ],    '1/',      '2/I-1',   '3/I-2')),
    honest('small-8', 'placed-first', small([ 1, 1, 1 ], 'I-1|I-2', 'I-1|I-3', '', 'I-2|I-1')),
);

refuses('results with other cells and rows',         result_jobs($first[0]));
refuses('results of the other policies',             map { my @j = result_jobs($_); @j[ grep { $_ % 9 == 0 } 0 .. $#j ] } @other);
refuses('certificates changed under their seal',     broken_seal_jobs($first[0]));
refuses('bytes flipped, cut off or added',           flip_jobs($first[0], 450));
refuses('every part changed and sealed again',       resealed_jobs($first[1], 4), map { resealed_jobs($_, 8) } @other);
refuses('people given other places, and all made to fit', map { my @j = outcome_jobs($_); @j[ grep { draw() % @j < 150 } 0 .. $#j ] } @first, $tiny, @other);
refuses('very small rounds, every false outcome',    (map { every_proof_jobs($_, 3) } @small[ 0, 1, 4, 5, 6 ]), every_proof_jobs($small[3], 1), every_proof_jobs($small[2], 5), every_proof_jobs($small[7], 10));
refuses('other closed sets',                         do { my @j = set_jobs($first[0], 60); @j[ grep { draw() % 2 } 0 .. $#j ] }, set_jobs($tiny, 60));
refuses('other reasons, and refusals for want of facts', map { refusal_jobs($_) } $first[0], $tiny);
refuses('another order of people',                   map { order_jobs($_) } $first[1], @other);
refuses('another day',                               map { day_jobs($_) } $first[0], $tiny, $wish);
refuses('true certificates of other inputs',         map { input_jobs($_, 4) } $first[0], @other);
refuses('of other rules, or of what was only asked', map { profile_jobs($_) } $first[0], $own);
refuses('documents of other shapes',                 hostile_jobs($first[1]));

ok($seen{made} >= 8000, "$seen{tried} in all, of $seen{made}");

finish();
