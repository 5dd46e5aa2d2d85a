# What tamper.t and placement-oracle.t share: small rounds of placements made up, an oracle that knows
# what must come out of them, and certificates taken apart and put together again. The oracle shares
# nothing with the programs but the rules as transition-formats(5) tells them; it tries and counts
# where they are clever.
package Placing;

use strict;
use warnings;
use feature 'state';
use Cwd 'getcwd';
use Digest::SHA 'sha256_hex';
use Exporter 'import';
use File::Basename 'dirname';
use File::Temp 'tempdir';

our @EXPORT = qw(setup ok is comment finish run spew slurp draw seed one_of shuffled sampled
    made_up write_round facts rows_of judge best_of best_stable brute_force judge_sets unplaced_of
    certificate_of text_of sealed value set_value member records field sets_of);

our $T;

# ---- TAP ----

my ($tests, $failures) = (0, 0);

# A scratch folder, and the programs in the PATH, from the project's root.
sub setup {
    chdir dirname(__FILE__) . '/../..' or die "$0: $!\n";
    delete @ENV{qw(LANGUAGE LC_MESSAGES LANG TRANSITION_PROFILE)};
    @ENV{qw(LC_ALL NO_COLOR TRANSITION_SHARE)} = ('C', 1, getcwd() . '/share');
    # Where memory is watched, a fault must not look like a refusal.
    $ENV{$_} = join ':', $ENV{$_} // (), 'exitcode=99' for qw(ASAN_OPTIONS UBSAN_OPTIONS);
    my $bin = $ENV{BIN} || 'build/bin';
    $bin = getcwd() . "/$bin" if $bin !~ m{^/};
    $ENV{PATH} = "$bin:$ENV{PATH}";
    $T = tempdir(CLEANUP => 1);
    $| = 1;
    profile_of_rounds();
    return $T;
}

# The shipped profile, but with a district of which nobody knows where it lies.
sub profile_of_rounds {
    system('cp', '-rL', 'share/profiles/oslo', "$T/profile") == 0 or die "$0: cp\n";
    my $districts = slurp("$T/profile/districts.csv");
    $districts =~ s/^(030102,.*),0301,/$1,,/m or die "$0: districts.csv\n";
    spew("$T/profile/districts.csv", $districts);
    $ENV{TRANSITION_PROFILE} = "$T/profile/";
}

sub ok {
    my ($good, $name) = @_;
    $tests++;
    $failures++ if !$good;
    print $good ? '' : 'not ', "ok $tests - $name\n";
    return $good;
}

# One in so many, and at least one: which, the commit chooses. SAMPLE=1 takes all.
sub sampled {
    my ($one_in, @of) = @_;
    state $seed = `tests/seed`;

    $one_in = $ENV{SAMPLE} // $one_in || 1;
    $one_in = @of if $one_in > @of;
    return @of[ grep { ($_ + $seed) % $one_in == 0 } 0 .. $#of ];
}

sub comment { print map { "# $_\n" } map { split /\n/ } @_ }

sub is {
    my ($got, $expected, $name) = @_;
    ok($got eq $expected, $name) or comment("expected: $expected", "got:      $got");
}

sub finish {
    print "1..$tests\n";
    exit($failures ? 1 : 0);
}

# Runs a program; its exit status, 128 and the signal when one ended it, and what it printed.
sub run {
    my ($out, @command) = @_;
    my $pid = fork // die "$0: fork: $!\n";
    if ($pid == 0) {
        open STDOUT, '>', "$out.out" or die;
        open STDERR, '>', "$out.err" or die;
        exec @command or die "$0: $command[0]: $!\n";
    }
    waitpid $pid, 0;
    return $? & 127 ? 128 + ($? & 127) : $? >> 8;
}

sub spew {
    my ($name, $text) = @_;
    open my $file, '>:raw', $name or die "$0: $name: $!\n";
    print $file $text;
    close $file or die "$0: $name: $!\n";
}

sub slurp {
    my ($name) = @_;
    open my $file, '<:raw', $name or die "$0: $name: $!\n";
    local $/ = undef;
    return <$file> // '';
}

# ---- numbers that are the same on every run ----

my $state = 1;

sub seed { $state = $_[0] * 2654435761 % 2**31 + 1; draw() for 1 .. 4 }

sub draw {    # 31 bits
    use integer;
    $state = $state * 6364136223846793005 + 1442695040888963407;
    return ($state >> 33) & 0x7fffffff;
}

sub below { return draw() % $_[0] }

sub one_of { return $_[ draw() % @_ ] }

sub some_of {    # each with a chance of one in $n
    my ($n, @list) = @_;
    return grep { below($n) == 0 } @list;
}

sub shuffled {
    my @list = @_;
    for my $i (reverse 1 .. $#list) {
        my $j = below($i + 1);
        @list[ $i, $j ] = @list[ $j, $i ];
    }
    return @list;
}

# ---- rounds made up ----

our $AS_OF = '2026-11-21';

our %columns = (
    institutions => [
        qw(institution_id name service_level stay_types substance_policy sexes min_age max_age wheelchair
            somatic_max rop_groups municipality capacity vacant as_of)
    ],
    referrals => [
        qw(referral_id received bydel person_id name sex birth_year municipality service_level stay_type
            substance_policy wishes urgency wheelchair somatic rop_group rop_possible rop_basis)
    ],
    stays  => [qw(stay_id referral_id institution_id from to status)],
    own    => [qw(institution_id referral_id rank)],
    placed => [qw(referral_id decision institution_id wish_rank priority reason detail)],
);

# One in $n a value of the list, else nothing.
sub sometimes {
    my ($n, @list) = @_;
    return below($n) == 0 ? one_of(@list) : '';
}

sub institution_made_up {
    my ($id, $strict) = @_;
    my ($low, $high) = (sometimes($strict, 18, 30, 50), sometimes($strict, 40, 60, 75));
    ($low, $high) = ($high, $low) if $low && $high && $low > $high;
    return {
        institution_id   => $id,
        name             => "Huset $id",
        service_level    => one_of('mestring', 'mestring', 'mestring', 'omsorg'),
        stay_types       => below($strict) ? '' : one_of('lang', 'kort', 'kort|lang'),
        substance_policy => sometimes($strict, 'rus', 'rusfritt', 'rus_og_rusfritt'),
        sexes            => sometimes($strict, 'kvinne', 'mann', 'kvinne|mann'),
        min_age          => $low,
        max_age          => $high,
        wheelchair       => one_of('ja', 'ja', 'ja', 'nei', ''),
        somatic_max      => sometimes($strict, 0, 1, 2),
        rop_groups       => sometimes($strict, '1|2|3', '3|4|5', '5|6|7', '1|2|3|4|5|6', '1|2|3|4|5|6|7'),
        municipality     => sometimes($strict, '0301', '3024'),
        capacity         => 20,
        vacant           => one_of(0, 1, 1, 1, 2, 2, 3),
        as_of            => $AS_OF,
    };
}

sub day { return sprintf '2026-%02d-%02d', @_ }

sub referral_made_up {
    my ($id, $strict, @institutions) = @_;
    my @groups = below(6) ? (one_of(1 .. 7)) : below(2) ? (sort { $a <=> $b } (shuffled(1 .. 7))[ 0, 1 ]) : ();
    my @wishes = (shuffled(@institutions))[ 0 .. below(5) - 1 ];
    splice @wishes, below(@wishes + 1), 0, one_of('I-unknown', $wishes[0] // 'I-unknown') if below(12) == 0;
    return {
        referral_id      => $id,
        received         => below(25) ? day(1 + below(10), 1 + below(28)) : one_of('', '2026-12-24'),
        bydel            => one_of(('030101') x 3, '030102'),
        person_id        => below(4) ? '' : 'p-' . below(6),
        name             => "Navn $id",
        sex              => one_of(('kvinne', 'mann') x 6, ''),
        birth_year       => below(10) ? 1940 + below(70) : '',
        municipality     => one_of(('0301') x 5, '3024', '', ''),
        service_level    => one_of(('mestring') x 12, 'omsorg', 'omsorg', ''),
        stay_type        => one_of(('lang', 'kort') x 5, 'akutt', ''),
        substance_policy => one_of(('rus', 'rusfritt', 'rus_og_rusfritt') x 3, ''),
        wishes           => join('|', grep { defined } @wishes),
        urgency          => one_of(1, 2, 3, 3, ''),
        wheelchair       => one_of('ja', 'nei', 'nei', ''),
        somatic          => one_of(0, 0, 1, 2, ''),
        rop_group        => @groups == 1 ? $groups[0] : '',
        rop_possible     => join('|', @groups),
        rop_basis        => @groups == 1 ? 'rules' : @groups ? '' : one_of('rules', ''),    # rules: of no group
    };
}

# What stays say of some of the referrals.
sub stays_made_up {
    my ($r) = @_;
    my @institutions = map { $_->{institution_id} } @{ $r->{institutions} };
    for my $referral (@{ $r->{referrals} }) {
        my $what = below(16);
        my @stay
            = $what == 0 ? [ 'moved_in',  day(3,  1),  '' ]
            : $what == 1 ? [ 'offered',   day(11, 18), '' ]
            : $what == 2 ? [ 'moved_out', day(1,  2),  day(6, 1) ]
            : $what == 3 ? ([ 'declined', day(4, 1), '' ], [ 'declined', day(6, 3), '' ])
            : $what == 4 ? [ 'declined', day(5,  6), '' ]
            : $what == 5 ? [ 'offered',  day(9,  9), '' ]                                              # long gone
            : $what == 6 ? [ 'moved_in', day(12, 1), '' ]                                              # to come
            : $what == 7 && below(3) == 0
            ? ([ 'moved_out', day(1, 2), day(6, 1) ], [ 'accepted', day(11, 1), '' ])
            : ();
        for my $stay (@stay) {
            push @{ $r->{stays} },
                {
                stay_id        => 'S-' . (1 + @{ $r->{stays} }),
                referral_id    => $referral->{referral_id},
                institution_id => one_of(@institutions),
                status         => $stay->[0],
                from           => $stay->[1],
                to             => $stay->[2],
                };
        }
    }
    # One of somebody who is not there, so that there is a row.
    push @{ $r->{stays} },
        { stay_id => 'S-0', referral_id => 'R-0', institution_id => $institutions[0], status => 'moved_out',
            from => day(1, 2), to => day(6, 1) };
}

# A round of so many referrals and institutions. strict: one in so many of an institution's limits is
# there at all; few limits make many options.
sub made_up {
    my ($number, $referrals, $institutions, $strict) = @_;
    my $r = { referrals => [], institutions => [], stays => [], own => [] };

    seed($number);
    # Ids whose order is not that of numbers.
    push @{ $r->{institutions} }, institution_made_up("I-$_", $strict) for 1 .. $institutions;
    my @ids = map { $_->{institution_id} } @{ $r->{institutions} };
    push @{ $r->{referrals} }, referral_made_up("R-$_", $strict, @ids) for shuffled(1 .. $referrals);
    stays_made_up($r);
    for my $i (@ids) {
        push @{ $r->{own} }, map {
            { institution_id => $i, referral_id => $_->{referral_id}, rank => 1 + below(9) }
        } grep { below(3) > 0 } @{ $r->{referrals} };
    }
    return $r;
}

sub csv {
    my ($what, @rows) = @_;
    my @columns = @{ $columns{$what} };
    return join '', map { join(',', @$_) . "\n" } \@columns, map {
        my $row = $_;
        [ map { $_ // '' } @$row{@columns} ]
    } @rows;
}

sub write_round {
    my ($r, $folder) = @_;
    mkdir $folder;
    spew("$folder/vacancies.csv", csv('institutions', @{ $r->{institutions} }));
    spew("$folder/$_.csv", csv($_, @{ $r->{$_} })) for qw(referrals stays own);
}

# ---- the oracle: who could go where ----

our @RULES = qw(dates service_level stay_type substance_policy sex age wheelchair somatic rop_group municipality
    declined);

# Whether a rule holds between a referral and an institution when all that it needs is known.
our %holds = (
    dates            => sub { my ($c, $i, $day) = @_; $c->{received} le $day },
    service_level    => sub { $_[0]{service_level} eq $_[1]{service_level} },
    stay_type        => sub { among($_[0]{stay_type},    $_[1]{stay_types}) },
    sex              => sub { among($_[0]{sex},          $_[1]{sexes}) },
    municipality     => sub { among($_[0]{municipality}, $_[1]{municipality}) },
    substance_policy => sub {
        my ($asked, $has) = ($_[0]{substance_policy}, $_[1]{substance_policy});
        return $has eq '' || $asked eq $has || $asked eq 'rus_og_rusfritt' || $has eq 'rus_og_rusfritt';
    },
    age => sub {
        my ($c, $i) = @_;
        return ($i->{min_age} eq '' || $c->{age} >= $i->{min_age}) && ($i->{max_age} eq '' || $c->{age} <= $i->{max_age});
    },
    wheelchair => sub { $_[1]{wheelchair} eq 'ja' || $_[0]{wheelchair} eq 'nei' },
    somatic    => sub { $_[1]{somatic_max} eq '' || $_[0]{somatic} <= $_[1]{somatic_max} },
    rop_group  => sub { among($_[0]{rop_group}, $_[1]{rop_groups}) || $_[1]{rop_groups} eq '1|2|3|4|5|6|7' },
    declined   => sub { !$_[0]{declined}{ $_[1]{institution_id} } },
);
our %holds_unknown = (wheelchair => 1, somatic => 1);
our %left_out;    # rules without a row: they are not applied

sub among {
    my ($one, $list) = @_;
    return $list eq '' || scalar grep { $_ eq $one } split /\|/, $list;
}

# What may turn out of a referral, for each rule: the field, and the values that it may have.
our %asked = (
    dates            => [ 'received',         '2000-01-01', '2099-01-01' ],
    service_level    => [ 'service_level',    qw(akutt mestring ressurs omsorg forsterket) ],
    stay_type        => [ 'stay_type',        qw(akutt kort lang) ],
    substance_policy => [ 'substance_policy', qw(rus rusfritt rus_og_rusfritt) ],
    sex              => [ 'sex',              qw(kvinne mann) ],
    age              => [ 'age',              0 .. 120 ],
    wheelchair       => [ 'wheelchair',       qw(ja nei) ],
    somatic          => [ 'somatic',          0 .. 2 ],
    rop_group        => [ 'rop_group',        1 .. 7 ],
    municipality     => [ 'municipality',     qw(0301 3024 1103) ],
    declined         => ['referral_id'],
);

sub answers {
    my ($c, $rule, $day) = @_;
    my ($field, @all) = @{ $asked{$rule} };
    if ($rule eq 'age') {
        my $oldest = $c->{birth_year} eq '' ? return @all : substr($day, 0, 4) - $c->{birth_year};
        return ($oldest - 1, $oldest);
    }
    return '0301' if $rule eq 'municipality' && $c->{municipality} eq '' && $c->{bydel} eq '030101';
    return $c->{$field} if $c->{$field} ne '';
    return 'none' if $rule eq 'rop_group' && $c->{rop_basis} eq 'rules';
    return split /\|/, $c->{rop_possible} if $rule eq 'rop_group' && $c->{rop_possible} ne '';
    return @all;
}

# What a rule says: 'holds', 'broken', 'not_known' when the answer of the referral decides, and 'not_said'
# when that of the institution does.
sub verdict {
    my ($rule, $c, $i, $day) = @_;
    return 'holds' if $left_out{$rule};
    my ($field) = @{ $asked{$rule} };
    my @answers = answers($c, $rule, $day);
    my @of_i    = $rule eq 'wheelchair' && $i->{wheelchair} eq '' ? qw(ja nei) : ();
    my %said;

    for my $answer (@answers) {
        for my $there (@of_i ? map { +{ %$i, wheelchair => $_ } } @of_i : $i) {
            $said{ $holds{$rule}->({ %$c, $field => $answer }, $there, $day) ? 'holds' : 'broken' } = 1;
        }
    }
    return (keys %said)[0] if keys %said == 1;
    return 'not_said'      if @answers == 1;
    return $holds_unknown{$rule} ? 'holds' : 'not_known';
}

# Numbers of the rules that say so: broken => [...], not_known => [...], not_said => [...].
sub judged {
    my ($c, $i, $day) = @_;
    my %of = (holds => [], broken => [], not_known => [], not_said => []);
    push @{ $of{ verdict($RULES[$_], $c, $i, $day) } }, $_ for 0 .. $#RULES;
    delete $of{holds};
    return \%of;
}

sub stands {
    my ($s, $day) = @_;
    return $s->{from} le $day && $s->{status} ne 'declined'
        && ($s->{to} ? $s->{to} gt $day : $s->{status} eq 'offered' ? $s->{from} gt '2026-11-14' : 1);
}

# One bed a person at one institution: living there before an offer, then what began last.
sub once_a_bed {
    my ($day, $referrals, @stays) = @_;
    my %person = map { $_->{referral_id} => $_->{person_id} || $_->{referral_id} } @$referrals;
    my ($n, %bed) = (0);
    for my $s (@stays) {
        my $rank = sprintf '%d %s %06d', $s->{status} =~ /^(?:moved|kept)/ ? 1 : 0, $s->{from}, $n++;
        my $of   = $bed{ ($person{ $s->{referral_id} } // "? $s->{referral_id}") . " $s->{institution_id}" } //= {};
        next if !stands($s, $day);
        $of->{$rank} = $s;
    }
    my %taken;
    for my $of (values %bed) {
        my (undef, @others) = sort { $b cmp $a } keys %$of;
        $taken{ $of->{$_} } = 1 for @others;
    }
    return \%taken;
}

# What stays say of a referral on the day: where it is held, whether it ended, what was declined.
sub standing {
    my ($c, $day, $taken, @stays) = @_;
    for my $s (grep { $_->{referral_id} eq $c->{referral_id} && $_->{from} le $day } @stays) {
        my $stands = stands($s, $day) && !$taken->{$s};
        if ($s->{status} eq 'declined') {
            $c->{declined}{ $s->{institution_id} } = 1;
        } elsif ($stands) {
            $c->{held} = $s->{institution_id} if !$c->{held} || $s->{institution_id} lt $c->{held};
        } elsif ($s->{status} =~ /^moved/) {
            $c->{ended} = 1;
        }
    }
    return $c;
}

# One referral counts for each person: one that holds a place before all others, one whose stay has ended
# after them, then the one received last, then the last id. It has declined what any of them has.
sub one_a_person {
    my (@all) = @_;
    my $rank = sub {
        my ($c) = @_;
        return sprintf '%d %10s %s', $c->{held} ? 2 : $c->{ended} ? 0 : 1, $c->{received}, $c->{referral_id};
    };
    my %referrals;
    push @{ $referrals{ $_->{person_id} } }, $_ for grep { $_->{person_id} ne '' } @all;
    for my $of (values %referrals) {
        my ($one, @others) = sort { $rank->($b) cmp $rank->($a) } @$of;
        for my $other (@others) {
            $other->{same_person} = $one->{referral_id};
            $one->{declined}{$_} = 1 for keys %{ $other->{declined} // {} };
        }
    }
    return @all;
}

sub seeks { return !($_[0]{held} || $_[0]{ended} || $_[0]{same_person}) }

sub unknown_last {
    my ($a, $b) = @_;
    return $a eq '' || $b eq '' ? ($a eq '') - ($b eq '') : $a cmp $b;
}

# All that follows from a round before anybody is placed. People and institutions are numbered in
# order. %how: as_of, what_if => [[id, places or 'close'], ...].
sub facts {
    my ($r, %how) = @_;
    my $day   = $how{as_of} // $AS_OF;
    my $taken = once_a_bed($day, $r->{referrals}, @{ $r->{stays} });
    my @all   = one_a_person(map { standing({%$_}, $day, $taken, @{ $r->{stays} }) } @{ $r->{referrals} });
    my %f     = (round => $r, as_of => $day);
    my @where = sort { $a->{institution_id} cmp $b->{institution_id} } map { +{%$_} } @{ $r->{institutions} };

    for my $change (@{ $how{what_if} // [] }) {
        my ($i) = grep { $_->{institution_id} eq $change->[0] } @where;
        $i->{vacant} = $change->[1] eq 'close' ? 0 : $i->{vacant} + $change->[1];
    }
    $f{institutions} = \@where;
    $f{number}       = { map { $where[$_]{institution_id} => $_ } 0 .. $#where };
    $f{room}         = [ map { $_->{vacant} } @where ];
    $f{people} = [
        sort {
            !!seeks($b) <=> !!seeks($a)
                || unknown_last($a->{urgency}, $b->{urgency})
                || unknown_last($a->{received}, $b->{received})
                || $a->{referral_id} cmp $b->{referral_id}
        } @all
    ];
    $f{place}   = { map { $f{people}[$_]{referral_id} => $_ } 0 .. $#all };
    $f{seeking} = grep { seeks($_) } @all;
    for my $c (@{ $f{people} }[ 0 .. $f{seeking} - 1 ]) {
        my @judged = map { judged($c, $_, $day) } @where;
        push @{ $f{judged} }, \@judged;
        push @{ $f{options} }, [ grep { my $of = $judged[$_]; !grep { @$_ } values %$of } 0 .. $#where ];
        my ($n, %rank) = (0);
        for my $id (split /\|/, $c->{wishes}) { $n++; $rank{$id} //= $n }
        push @{ $f{rank} }, [ map { $rank{ $_->{institution_id} } } @where ];
    }
    $f{own} = { map { ("$_->{institution_id} $_->{referral_id}" => $_->{rank}) } @{ $r->{own} } };
    return \%f;
}

# ---- the oracle: what must come out ----

# Whether all people of $who can be placed at once, each at one of their institutions in %$may.
sub fits {
    my ($f, $may, @who) = @_;
    my @held = map { [] } @{ $f->{room} };
    my $try;
    $try = sub {
        my ($p, $seen) = @_;
        for my $i (@{ $may->[$p] }) {
            next if $seen->{$i}++;
            if (@{ $held[$i] } < $f->{room}[$i]) {
                push @{ $held[$i] }, $p;
                return 1;
            }
            for my $k (0 .. $#{ $held[$i] }) {
                next if !$try->($held[$i][$k], $seen);
                $held[$i][$k] = $p;
                return 1;
            }
        }
        return 0;
    };
    for my $p (@who) { return 0 if !$try->($p, {}) }
    return 1;
}

# Placed first: who is placed, and with which rank of their wishes (0: none of them), as a text.
sub best_of {
    my ($f) = @_;
    return $f->{best} if $f->{best};
    my @may = map { [@$_] } @{ $f->{options} // [] };
    my @placed;

    for my $p (0 .. $f->{seeking} - 1) {
        push @placed, $p;
        pop @placed if !fits($f, \@may, @placed);
    }
    my %rank;
    for my $p (@placed) {
        my @options = @{ $f->{options}[$p] };
        my @wished  = sort { $f->{rank}[$p][$a] <=> $f->{rank}[$p][$b] } grep { $f->{rank}[$p][$_] } @options;
        for my $wish (@wished) {
            $may[$p] = [$wish];
            $rank{$p} = $f->{rank}[$p][$wish], last if fits($f, \@may, @placed);
        }
        $may[$p] = [ grep { !$f->{rank}[$p][$_] } @options ] if !$rank{$p};
    }
    return $f->{best} = join ' ', map { my $p = $_; $p . ':' . ($rank{$p} // 0) } @placed;
}

# The same for a claim: @$where is the institution of each, or undef.
sub outcome_of {
    my ($f, $where) = @_;
    return join ' ', map { "$_:" . ($f->{rank}[$_][ $where->[$_] ] // 0) } grep { defined $where->[$_] } 0 .. $f->{seeking} - 1;
}

# The same by trying all there is; for very small rounds. Also the largest number that can be placed.
sub brute_force {
    my ($f) = @_;
    my ($best, $best_key, $most) = ('', undef, 0);
    my @room = @{ $f->{room} };
    my @where;
    my $try;
    $try = sub {
        my ($p) = @_;
        if ($p == $f->{seeking}) {
            my $placed = grep { defined } @where;
            my $key = join('', map { defined $where[$_] ? 0 : 1 } 0 .. $p - 1) . join ' ',
                map { sprintf '%03d', defined $where[$_] ? $f->{rank}[$_][ $where[$_] ] // 999 : 0 } 0 .. $p - 1;
            $most = $placed if $placed > $most;
            ($best, $best_key) = (outcome_of($f, \@where), $key) if !defined $best_key || $key lt $best_key;
            return;
        }
        for my $i (undef, @{ $f->{options}[$p] }) {
            next if defined $i && $room[$i] == 0;
            $room[$i]-- if defined $i;
            $where[$p] = $i;
            $try->($p + 1);
            $room[$i]++ if defined $i;
        }
    };
    $try->(0);
    return ($best, $most);
}

# Whether p would rather have i than j (undef: nothing).
sub rather {
    my ($f, $p, $i, $j) = @_;
    return 1 if !defined $j;
    my ($x, $y) = ($f->{rank}[$p][$i] // 1e9, $f->{rank}[$p][$j] // 1e9);
    return $x < $y || ($x == $y && $i < $j);
}

# Whether institution i would rather have p than q.
sub would_take {
    my ($f, $policy, $i, $p, $q) = @_;
    return $p < $q if $policy ne 'own-priorities';
    my ($x, $y) = map { $f->{own}{"$f->{institutions}[$i]{institution_id} $f->{people}[$_]{referral_id}"} // 1e12 } $p, $q;
    return $x < $y || ($x == $y && $p < $q);
}

# What is wrong with who got what; empty when nothing is.
sub judge {
    my ($f, $policy, $where) = @_;
    my @count = map { 0 } @{ $f->{room} };

    for my $p (0 .. $f->{seeking} - 1) {
        my $i = $where->[$p] // next;
        return "$p is at $i and must not" if !grep { $_ == $i } @{ $f->{options}[$p] };
        return "$i is over full"          if ++$count[$i] > $f->{room}[$i];
    }
    if ($policy eq 'placed-first') {
        return outcome_of($f, $where) eq best_of($f) ? '' : 'not the best: ' . outcome_of($f, $where) . ' for ' . best_of($f);
    }
    for my $p (0 .. $f->{seeking} - 1) {
        for my $i (@{ $f->{options}[$p] }) {
            next if !rather($f, $p, $i, $where->[$p]) || (defined $where->[$p] && $i == $where->[$p]);
            return "$p could have $i" if $count[$i] < $f->{room}[$i];
            for my $q (0 .. $f->{seeking} - 1) {
                return "$p comes before $q at $i"
                    if defined $where->[$q] && $where->[$q] == $i && would_take($f, $policy, $i, $p, $q);
            }
        }
    }
    return '';
}

# Own priorities: of all stable outcomes the one that is best for everybody, found by moving up from any
# outcome that is: everybody asks in order, and asks again when sent on, until nobody is.
sub best_stable {
    my ($f, $policy) = @_;
    my @room = @{ $f->{room} };
    my @list = map { my $p = $_; [ sort { rather($f, $p, $a, $b) ? -1 : 1 } @{ $f->{options}[$p] } ] } 0 .. $f->{seeking} - 1;
    my @where;

    for (my $again = 1; $again;) {
        $again = 0;
        for my $p (reverse 0 .. $#list) {
            next if defined $where[$p] || !@{ $list[$p] };
            my $i = shift @{ $list[$p] };
            $again = 1;
            $where[$p] = $i;
            my @there = sort { would_take($f, $policy, $i, $a, $b) ? -1 : 1 } grep { defined $where[$_] && $where[$_] == $i } 0 .. $#list;
            $where[ $_ ] = undef for splice @there, $room[$i] < @there ? $room[$i] : scalar @there;
        }
    }
    $#where = $#list;
    return @where;
}

# The rules that decide together that somebody fits nowhere; one, where it does by itself: it is against
# every place, and at some place nothing else is. Of several, those that are alone against some place,
# and all of a place that none of these is against. Who comes after the day fits nowhere for that.
sub deciding {
    my @all = map { $_->{broken} } @_;
    my ($dates) = grep { $RULES[$_] eq 'dates' } 0 .. $#RULES;

    return ($dates) if grep { $_ == $dates } map { @$_ } @all;
    for my $rule (0 .. $#RULES) {
        my $everywhere = !grep { my $broken = $_; !grep { $_ == $rule } @$broken } @all;
        return ($rule) if $everywhere && grep { @$_ == 1 } @all;
    }
    my %single = map { $_->[0] => 1 } grep { @$_ == 1 } @all;
    my %needed = %single;
    for my $broken (@all) {
        next if grep { $single{$_} } @$broken;
        $needed{$_} = 1 for @$broken;
    }
    return sort { $a <=> $b } keys %needed;
}

# The rows that say so, as cells.
sub rows_of {
    my ($f, $where) = @_;
    my @rows;

    for my $p (0 .. $#{ $f->{people} }) {
        my $c   = $f->{people}[$p];
        my %row = map { $_ => '' } @{ $columns{placed} };
        $row{referral_id} = $c->{referral_id};
        $row{priority} = $p + 1 if $p < $f->{seeking};
        if ($c->{same_person}) {
            @row{qw(decision reason detail)} = ('ineligible', 'same_person', "counts=$c->{same_person}");
        } elsif ($c->{held}) {
            @row{qw(decision institution_id reason)} = ('placed', $c->{held}, 'held');
        } elsif ($c->{ended}) {
            @row{qw(decision reason)} = ('ineligible', 'ended');
        } elsif (defined(my $i = $where->[$p])) {
            @row{qw(decision institution_id reason)} = ('placed', $f->{institutions}[$i]{institution_id}, 'place');
            @row{qw(wish_rank reason)} = ($f->{rank}[$p][$i], 'wish') if $f->{rank}[$p][$i];
        } elsif (my $n = @{ $f->{options}[$p] }) {
            @row{qw(decision reason detail)} = ('waiting', 'full', "possible=$n");
        } else {
            my @all  = @{ $f->{judged}[$p] };
            my @open = grep { !@{ $_->{broken} } } @all;
            if (@open) {
                my (%known, %said);
                $known{$_} = 1 for map { @{ $_->{not_known} } } @open;
                $said{$_}  = 1 for map { @{ $_->{not_said} } } @open;
                @row{qw(decision reason)} = qw(ask facts);
                $row{detail} = 'ask=' . join '|', (map { $RULES[$_] } sort { $a <=> $b } keys %known),
                    map { "institution.$RULES[$_]" } sort { $a <=> $b } keys %said;
                push @rows, \%row;
                next;
            }
            my @deciding = deciding(@all);
            my %alone = map { $_->{broken}[0] => 1 }
                grep { @{ $_->{broken} } == 1 && !@{ $_->{not_known} } && !@{ $_->{not_said} } } @all;
            my @detail;
            push @detail, 'rules=' . join '|', map { $RULES[$_] } @deciding if @deciding > 1;
            push @detail, 'opens=' . join '|', map { $RULES[$_] } sort { $a <=> $b } keys %alone if %alone;
            @row{qw(decision reason)} = ('ineligible', @deciding > 1 ? 'several' : $RULES[ $deciding[0] ]);
            $row{detail} = join ' ', @detail;
        }
        push @rows, \%row;
    }
    return @rows;
}

# ---- the oracle: closed sets ----

# Who waits because of which set: the text of each set's `unplaced`.
sub unplaced_of {
    my ($f, $where, @sets) = @_;
    my @level = map { undef } @{ $f->{room} };
    my @list  = map { [] } @sets;

    for my $x (0 .. $#sets) { $level[$_] = $x for grep { defined } map { $f->{number}{$_} } @{ $sets[$x]{institutions} } }
    for my $p (grep { !defined $where->[$_] && @{ $f->{options}[$_] } } 0 .. $f->{seeking} - 1) {
        my ($x) = sort { $b <=> $a } map { $level[$_] // $#sets } @{ $f->{options}[$p] };
        my $closing = $x;
        $closing++ while $closing < $#sets && $sets[$closing]{found} ne 'placing';
        $x = $closing if $closing < $#sets;
        push @{ $list[$x] }, $f->{people}[$p]{referral_id};
    }
    return @list;
}

# What is not true about the sets; empty when all is.
sub judge_sets {
    my ($f, $where, @sets) = @_;
    my (%below, %seen);
    my @unplaced = unplaced_of($f, $where, @sets);
    my @count    = map { 0 } @{ $f->{room} };

    $count[$_]++ for grep { defined } @$where[ 0 .. $f->{seeking} - 1 ];
    for my $x (0 .. $#sets) {
        my $set = $sets[$x];
        for my $id (@{ $set->{institutions} }) {
            my $i = $f->{number}{$id} // return "no $id";
            return "$id twice" if $seen{$id}++;
            return "$id is in a closed set, and not full" if $x < $#sets && $count[$i] < $f->{room}[$i];
            $below{$i} = 1;
        }
        return "set $x lists other people" if "@{ $unplaced[$x] }" ne join ' ', sort_by($f, @{ $set->{unplaced} });
        my $says = "$set->{found} $set->{since}";
        return "set $x: $says" if $x == $#sets ? $says ne ' ' : $set->{found} !~ /^(placing|wishes)$/;
        last if $x == $#sets;
        my $since = $f->{place}{ $set->{since} } // return "no $set->{since}";
        for my $p (grep { defined $where->[$_] && $below{ $where->[$_] } } 0 .. $f->{seeking} - 1) {
            my $above = grep { !$below{$_} } @{ $f->{options}[$p] };
            return "$p is in set $x, and comes after $set->{since}" if $set->{found} eq 'placing' && $p >= $since;
            return "$p could leave set $x" if $above && ($set->{found} eq 'placing' || $p >= $since);
        }
    }
    return keys %seen == @{ $f->{room} } ? '' : 'not all institutions are there';
}

sub sort_by {
    my ($f, @ids) = @_;
    return sort { ($f->{place}{$a} // -1) <=> ($f->{place}{$b} // -1) } @ids;
}

# ---- certificates ----

# JSON as a tree that keeps every token as it was: an object is ['{', [key, value], ...], an array
# ['[', value, ...], all else its text.
sub certificate_of {
    my ($text) = @_;
    my $value = parse(\$text);
    $text =~ /\G\s*\z/gc or die "$0: something stands behind the certificate\n";
    return $value;
}

sub parse {
    my ($t) = @_;
    $$t =~ /\G\s*/gc;
    return $1 if $$t =~ /\G("(?:[^"\\]|\\.)*"|[-+.0-9eE]+|true|false|null)/gc;
    if ($$t =~ /\G\{/gc) {
        my @object = ('{');
        until ($$t =~ /\G\s*\}/gc) {
            $$t =~ /\G\s*"([^"]*)":/gc or die "$0: no key\n";
            my $key = $1;
            push @object, [ $key, parse($t) ];
            $$t =~ /\G,/gc;
        }
        return \@object;
    }
    $$t =~ /\G\[/gc or die "$0: no JSON\n";
    my @array = ('[');
    until ($$t =~ /\G\s*\]/gc) {
        push @array, parse($t);
        $$t =~ /\G,/gc;
    }
    return \@array;
}

sub flat {
    my ($v) = @_;
    return $v if !ref $v;
    my ($kind, @of) = @$v;
    return $kind eq '{'
        ? '{' . join(',', map { "\"$_->[0]\":" . flat($_->[1]) } @of) . '}'
        : '[' . join(',', map { flat($_) } @of) . ']';
}

# A section as the program lays it out: records one a line.
sub section_text {
    my ($v) = @_;
    return flat($v) if !ref $v;
    my ($kind, @of) = @$v;
    return "{\n  " . join(",\n  ", map { "\"$_->[0]\":" . flat($_->[1]) } @of) . "\n}" if $kind eq '{';
    return flat($v) if !grep { ref } @of;
    return "[\n  " . join(",\n  ", map { flat($_) } @of) . "\n]";
}

sub text_of {
    my ($c) = @_;
    my (undef, @members) = @$c;
    return '{' . join(",\n", map { "\"$_->[0]\":" . section_text($_->[1]) } @members) . "}\n";
}

# The text with hashes and seal made anew.
sub sealed {
    my ($c) = @_;
    my $inputs = member($c, 'inputs');

    if (ref $inputs) {
        for my $name (qw(places referrals stays priority rules)) {
            my $text = join '', map { section_text(member($c, $_) // '') } $name eq 'rules' ? qw(order rules) : $name;
            set_value($inputs, $name, '"sha256:' . sha256_hex($text) . '"') if defined member($inputs, $name);
        }
    }
    my $text = text_of($c);
    $text =~ s/"[^"]*"\}\n\z// or return $text;
    return $text . '"sha256:' . sha256_hex($text) . "\"}\n";
}

sub member {
    my ($object, $name) = @_;
    for my $m (@$object[ 1 .. $#$object ]) { return $m->[1] if $m->[0] eq $name }
    return undef;
}

sub set_value {
    my ($object, $name, $value) = @_;
    for my $m (@$object[ 1 .. $#$object ]) { return $m->[1] = $value if $m->[0] eq $name }
    push @$object, [ $name, $value ];
}

# A token as a cell has it.
sub value {
    my ($token) = @_;
    return join '|', map { value($_) } @$token[ 1 .. $#$token ] if ref $token;
    return ''     if !defined $token || $token eq 'null';
    return 'ja'   if $token eq 'true';
    return 'nei'  if $token eq 'false';
    return $token =~ s/^"(.*)"$/$1/r;
}

sub records {
    my ($c, $name) = @_;
    my $array = member($c, $name);
    return @$array[ 1 .. $#$array ];
}

sub field {
    my ($record, $name) = @_;
    return value(member($record, $name));
}

# The closed sets of a certificate, as the oracle has them.
sub sets_of {
    my ($c) = @_;
    my @sets;
    for my $set (records($c, 'closed_sets')) {
        my %set = map { $_ => field($set, $_) } qw(institutions found since unplaced);
        $set{$_} = [ split /\|/, $set{$_} ] for qw(institutions unplaced);
        push @sets, \%set;
    }
    return @sets;
}

1;
