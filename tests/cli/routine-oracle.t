#!/usr/bin/perl
# Steps made up, logs made up, and a model of the routine that shares nothing with the programs but the
# tables as transition-profile(5) tells them: what deadline-list --all says of every case is what must be
# said, and so is what it finds wrong.
use strict;
use warnings;
use File::Basename 'dirname';
use Time::Local 'timegm';
use lib dirname(__FILE__);
use Placing qw(setup ok is comment finish run spew slurp draw seed one_of shuffled);

my $T = setup();

# ---- days ----

sub day_of { my ($y, $m, $d) = $_[0] =~ /(\d+)/g; return timegm(0, 0, 0, $d, $m - 1, $y) / 86400 }
sub iso { my @t = gmtime $_[0] * 86400; return sprintf '%04d-%02d-%02d', $t[5] + 1900, $t[4] + 1, $t[3] }

# Easter Sundays, from an almanac.
my %off;
for my $easter (qw(2023-04-09 2024-03-31 2025-04-20 2026-04-05 2027-03-28 2028-04-16 2029-04-01 2030-04-21 2031-04-13)) {
    my $sunday = day_of($easter);
    $off{ $sunday + $_ } = 1 for -3, -2, 0, 1, 39, 49, 50;    # Maundy Thursday to Whit Monday
    $off{ day_of(substr($easter, 0, 4) . "-$_") } = 1 for qw(01-01 05-01 05-17 12-25 12-26);
}
sub works { my $weekday = (gmtime $_[0] * 86400)[6]; return $weekday >= 1 && $weekday <= 5 && !$off{ $_[0] } }
sub working_from { my ($day) = @_; $day++ until works($day); return $day }

# A span later, or as much earlier.
sub plus {
    my ($day, $span, $back) = @_;
    my $sign = ($span =~ s/^-// ? -1 : 1) * ($back ? -1 : 1);
    if ($span =~ /^(\d+)wd$/) {
        for (1 .. $1) {
            do { $day += $sign } until works($day);
        }
        return $day;
    }
    my %n = map { substr($_, -1) => substr($_, 0, -1) } $span =~ /(\d+[YMWD])/g;
    my ($y, $m, $d) = iso($day) =~ /(\d+)/g;
    my $months = $y * 12 + $m - 1 + $sign * (12 * ($n{Y} // 0) + ($n{M} // 0));
    ($y, $m) = (int($months / 12), $months % 12 + 1);
    $d-- until $d <= 28 || eval { timegm(0, 0, 0, $d, $m - 1, $y) };
    return day_of(sprintf '%d-%d-%d', $y, $m, $d) + $sign * (7 * ($n{W} // 0) + ($n{D} // 0));
}

# ---- the model ----

# Whether an event is meant by type, or type:detail, among those that are joined.
sub meant {
    my ($signs, $e) = @_;
    return grep { my ($type, $detail) = split /:/; $type eq $e->{type} && ($detail // $e->{detail}) eq $e->{detail} }
        split /\|/, $signs;
}

sub who {    # is responsible on a day
    my ($s, $day, @events) = @_;
    my $role = $s->{responsible};
    for my $e (grep { $_->{day} <= $day } @events) {
        for my $change (split /\|/, $s->{changes}) {
            my ($sign, $to) = split /=/, $change;
            $role = $to if meant($sign, $e);
        }
    }
    return $role;
}

# The last day on which it is not too late.
sub last_of { my ($s, $due) = @_; return $s->{strict} eq 'ja' ? $due : working_from($due) }

# What becomes of a step in a case: one row a time that it is to be done. events: in order.
sub follow {
    my ($s, $as_of, @events) = @_;
    my @times;    # each: the event that began it, the day it is due, and how it ended
    my $open  = sub { return grep { !$_->{end} } @times };
    my $last  = sub { return last_of($s, $_[0]{due}) };
    my $begin = sub {
        my ($n, $e, $span) = @_;
        push @times, { began => $e, n => $n, due => plus($e->{day}, $span), number => 1 + @times };
        return $times[-1];
    };
    my $complete;
    $complete = sub {    # time, by event number n, seen from the event in hand
        my ($time, $n) = @_;
        $events[$n]{used}{ $s->{step} } = 1;
        @$time{qw(end on)} = ('done', $events[$n]{day});
        $begin->($n, $events[$n], $s->{repeat}) if $s->{repeat} ne '';
    };
    for my $n (0 .. $#events) {
        my $e = $events[$n];
        if (meant($s->{until}, $e)) {
            for my $time ($open->()) {
                my $late = $e->{day} > $last->($time);
                @$time{qw(end on)} = (!$late ? 'moot' : $s->{passes} eq 'ja' ? 'passed' : 'missed', $e->{day});
            }
        }
        if (meant($s->{done_by}, $e)) {
            my ($first) = $open->();
            $complete->($first, $n) if $first;
        }
        next if !meant($s->{starts}, $e) || $s->{each} ne 'ja' && $open->();
        my $time = $begin->($n, $e, $s->{offset});
        # It may have been done before: on the same day, or on any where that counts. What both ends it and
        # begins it, such as moving on to another place, begins it anew.
        next if meant($s->{done_by}, $e);
        my ($before) = grep { meant($s->{done_by}, $events[$_]) && !$events[$_]{used}{ $s->{step} }
                && ($s->{early} eq 'ja' || $events[$_]{day} == $e->{day}) } reverse 0 .. $n - 1;
        $complete->($time, $before) if defined $before;
    }
    for my $time ($open->()) {
        my $soon = $as_of >= plus($time->{due}, $s->{notice} || 'P14D', 1);
        my $late = $as_of > $last->($time);
        @$time{qw(end on)} = ($late ? ($s->{passes} eq 'ja' ? 'passed' : 'overdue') : $soon ? 'due' : 'upcoming', $as_of);
    }
    return @times;
}

my @roles;    # as codes.csv has them

# The lines that deadline-list --all must write.
sub expected {
    my ($steps, $types, $as_of, @log) = @_;
    my (%cases, @lines, %rank);
    @rank{ map { $_->{code} } @$types } = 0 .. $#$types;
    push @{ $cases{ $_->{case} } }, $_ for grep { $_->{day} <= $as_of } @log;
    for my $id (sort keys %cases) {
        my (%seen, @rows);
        my @events = sort { $a->{day} <=> $b->{day} || $rank{ $a->{type} } <=> $rank{ $b->{type} } || $a->{rank} <=> $b->{rank} }
            map { +{ %$_, used => {} } } grep { !$seen{"$_->{day} $_->{type} $_->{detail}"}++ } @{ $cases{$id} };
        for my $k (0 .. $#$steps) {
            my $s = $steps->[$k];
            for my $time (follow($s, $as_of, @events)) {
                my %attends = map { $_ => 1 } split /\|/, $s->{attendees};
                push @rows, [$time->{due}, $k, $time->{number}, join ',', $id, $s->{step}, iso($time->{due}),
                    iso(last_of($s, $time->{due})), who($s, $time->{on}, @events), join('|', grep { $attends{$_} } @roles),
                    $time->{end}, $time->{end} eq 'done' ? iso($time->{on}) : '', $s->{source}, iso($time->{began}{day}),
                    $time->{began}{type}];
            }
        }
        push @lines, map { $_->[3] } sort { $a->[0] <=> $b->[0] || $a->[1] <=> $b->[1] || $a->[2] <=> $b->[2] } @rows;
    }
    return @lines;
}

# What is wrong with the log: line and code of each.
sub wrong {
    my ($types, $steps, $as_of, @log) = @_;
    my (%latest, %cases, @said, %with, %without);
    for my $sign (map { split /\|/ } map { @$_{qw(starts until done_by changes)} } @$steps) {
        my ($type, $detail) = $sign =~ /^(\w+)(:\w+)?/;
        ($detail ? \%with : \%without)->{$type} = 1;
    }
    my %of = map { $_->{code} => $_ } @$types;
    my %place = map { $types->[$_]{code} => $_ } 0 .. $#$types;
    my $order = sub { ($_[0]{day} * 1000 + $place{ $_[0]{type} }) * 100_000 + $_[0]{line} };
    for my $e (@log) {
        push @{ $cases{ $e->{case} } }, $e;
        push @said, "$e->{line} event-which" if $e->{detail} eq '' && $with{ $e->{type} } && !$without{ $e->{type} };
        if ($e->{day} > $as_of) { push @said, "$e->{line} event-future" }
        elsif ($e->{day} < ($latest{ $e->{case} } // 0)) { push @said, "$e->{line} event-order" }
        else { $latest{ $e->{case} } = $e->{day} }
    }
    for my $events (values %cases) {
        for my $e (@$events) {
            my @same = grep { $_ != $e && $_->{type} eq $e->{type} && $_->{detail} eq $e->{detail}
                    && ($_->{day} < $e->{day} || $_->{day} == $e->{day} && $_->{line} < $e->{line}) } @$events;
            my @after = split /\|/, $of{ $e->{type} }{after};
            if (grep { $_->{day} == $e->{day} } @same) { push @said, "$e->{line} event-twice" }
            elsif ($of{ $e->{type} }{once} eq 'ja' && grep { my $was = $_; !grep {
                    my $r = $_; $r != $e && $order->($was) < $order->($r) && $order->($r) < $order->($e)
                        && grep { $_ eq $e->{type} } split /\|/, $of{ $r->{type} }{after}
                } @$events } @same) { push @said, "$e->{line} event-once" }
            elsif (@after && !grep { my $o = $_; $o->{day} <= $e->{day} && grep { $_ eq $o->{type} } @after } @$events) {
                push @said, "$e->{line} event-after";
            }
        }
    }
    return sort @said;
}

# ---- made up ----

my @type_columns = qw(code label_nb label_nn label_en aliases details after once taken_from);
my @step_columns = qw(step label_nb label_nn label_en starts offset repeat until done_by early each passes strict notice
    responsible changes attendees source);
my @details = qw(placed waiting akutt kort lang);
my @spans = qw(P0D P1D P3D P14D P28D P4W P1M P3M P6M P1Y P1Y1M P1M10D P2W3D 1wd 3wd 10wd);

sub table {
    my ($columns, @rows) = @_;
    return join '', map { join(',', @$_) . "\n" } $columns, map { my $row = $_; [map { $row->{$_} // '' } @$columns] } @rows;
}
sub some { my ($most, @of) = @_; return (shuffled(@of))[0 .. draw() % ($most + 1) - 1] }

sub types_made_up {
    my @codes = map { "ev_$_" } 'a' .. 'j';
    return map { my $code = $_; +{ code => $code, label_nb => $code, label_nn => $code, label_en => $code, aliases => '',
        details => join('|', draw() % 3 ? () : some(3, @details)), once => draw() % 8 ? 'nei' : 'ja',
        after => join('|', draw() % 5 ? () : some(2, grep { $_ ne $code } @codes)) } } @codes;
}

sub signs {    # not both a type and the same with a detail
    my ($most, @types) = @_;
    return map { my @d = split /\|/, $_->{details}; @d && draw() % 2 ? "$_->{code}:" . one_of(@d) : $_->{code} } some($most, @types);
}

sub step_made_up {
    my ($number, @types) = @_;
    my @until = some(2, @types);
    my %until = map { $_->{code} => 1 } @until;
    my $passes = draw() % 5 ? 'nei' : 'ja';
    my (@starts, @done);
    @starts = signs(2, @types) until @starts;
    do { @done = signs(2, grep { !$until{ $_->{code} } } @types) } until @done || $passes eq 'ja';
    my $flag = sub { draw() % $_[0] ? 'nei' : 'ja' };
    return { step => "step_$number", map({ $_ => "Step $number" } qw(label_nb label_nn label_en)), starts => join('|', @starts),
        offset => (draw() % 12 ? '' : '-') . one_of(@spans), repeat => draw() % 3 ? '' : one_of(grep { !/P0D/ } @spans),
        until => join('|', map { $_->{code} } @until), done_by => join('|', @done), early => $flag->(3), each => $flag->(2),
        passes => $passes, strict => $flag->(3), notice => draw() % 2 ? '' : one_of(@spans), responsible => one_of(@roles),
        changes => join('|', map { "$_=" . one_of(@roles) } signs(3, @types)), attendees => join('|', some(3, @roles)),
        source => "Kilde $number" };
}

sub log_made_up {    # many a case has several events on a day
    my ($cases, $from, @types) = @_;
    my %rank;
    @rank{ '', @details } = 0 .. @details;
    my @log;
    for my $case (1 .. $cases) {
        my @days = map { $from + draw() % 500 } 0 .. draw() % 9;
        for (0 .. draw() % 18) {
            my $type = one_of(@types);
            my @may  = ('', split /\|/, $type->{details});
            my $detail = one_of(@may);
            push @log, { case => sprintf('K-%02d', $case), day => one_of(@days), type => $type->{code}, detail => $detail,
                rank => $rank{$detail} };
        }
    }
    @log = draw() % 2 ? shuffled(@log) : sort { $a->{day} <=> $b->{day} } @log;
    $log[$_]{line} = $_ + 2 for 0 .. $#log;
    return @log;
}

sub log_text {
    return table([qw(case_id date type detail by note)],
        map { +{ case_id => $_->{case}, date => iso($_->{day}), type => $_->{type}, detail => $_->{detail} } } @_);
}

# ---- against the program ----

my $head = 'case_id,step,due,due_working_day,responsible,attendees,status,done_on,source,since,because';
my $profile = "$T/ours";
my (@wrong, %seen);
system('cp', '-r', 'share/profiles/oslo', $profile) == 0 or die;
@roles = map { (split /,/)[1] } grep { /^role,/ } split /\n/, slurp("$profile/codes.csv");

sub difference {
    my ($name, $got, $must) = @_;
    for my $i (0 .. (@$got > @$must ? $#$got : $#$must)) {
        my ($x, $y) = map { $_->[$i] // 'nothing' } $got, $must;
        return "$name: got     $x\n  must be $y" if $x ne $y;
    }
    return '';
}

sub deadlines { my ($as_of, @more) = @_; return run("$T/run", 'deadline-list', "--profile=$profile", "--as-of=$as_of", @more, "$T/log.csv") }

sub wrong_with {
    my ($number) = @_;
    seed($number);
    my @types = types_made_up();
    my @steps = map { step_made_up($_, @types) } 1 .. 4 + draw() % 16;
    my $from  = day_of('2024-01-01') + draw() % 900;
    my $as_of = $from + draw() % 600;
    my @log   = log_made_up(1 + draw() % 25, $from, @types);
    spew("$profile/event_types.csv", table(\@type_columns, @types));
    spew("$profile/steps.csv",       table(\@step_columns, @steps));
    spew("$profile/case_states.csv", "code,label_nb,label_nn,label_en,queue,offer,need,letter,deadlines,keep,person,moves\n"
        . "one,En,Ein,One,waits,ja,ja,ja,ja,nei,nei,\n");
    spew("$T/log.csv",               log_text(@log));
    my @wrong  = wrong(\@types, \@steps, $as_of, @log);
    my $status = deadlines(iso($as_of), '--all');
    my $must   = grep({ !/event-(order|which)/ } @wrong) ? 1 : 0;
    my $said   = slurp("$T/run.err");
    return "status $status, not $must: $said" if $status != $must;
    my @said = sort map { /^\Q$T\E\/log\.csv:(\d+): \w+: ([a-z-]+): / ? "$1 $2" : $_ } split /\n/, $said;
    my $all = slurp("$T/run.out");
    my @all = expected(\@steps, \@types, $as_of, @log);
    my $why = difference('said', \@said, \@wrong) || difference('listed', [split /\n/, $all], [$head, @all]);
    if ($why =~ /^listed/) {    # of one step of one case: what makes the difference
        my (%got, %must);
        $got{$_} = 1 for split /\n/, $all;
        $must{$_} = 1 for $head, @all;
        my @got = sort grep { !$must{$_} } keys %got;
        my @must = sort grep { !$got{$_} } keys %must;
        my ($case, $step) = ($got[0] // $must[0] // $why) =~ /(K-\d+),(step_\d+)/;
        return join "\n", 'as of ' . iso($as_of), map({ "got     $_" } grep { /^$case,$step,/ } @got),
            map({ "must be $_" } grep { /^$case,$step,/ } @must),
            grep({ /^(?:step|\Q$step\E),/ } split /\n/, slurp("$profile/steps.csv")),
            sort grep { /^$case/ } split /\n/, slurp("$T/log.csv");
    }
    return $why if $why;
    $seen{ (split /,/)[6] }++ for @all;

    # Without --all: what is open. One role, one case: the same less the rest.
    my %less = ('' => sub { $_[0] =~ /,(?:overdue|due|upcoming),/ });
    my ($role, $case) = (one_of(@roles), sprintf 'K-%02d', 1 + draw() % 25);
    $less{"--all --responsible=$role"} = sub { (split /,/, $_[0])[4] eq $role };
    $less{"--all --case=$case"} = sub { (split /,/, $_[0])[0] eq $case };
    for my $options (sort keys %less) {
        deadlines(iso($as_of), split / /, $options);
        $why = difference("deadline-list $options", [split /\n/, slurp("$T/run.out")], [$head, grep { $less{$options}($_) } @all]);
        return $why if $why;
    }

    # The same lines in another order: the same.
    spew("$T/log.csv", log_text(shuffled(@log)));
    deadlines(iso($as_of), '--all');
    return 'another order of lines gives something else' if slurp("$T/run.out") ne $all;
    return '';
}

my $rounds = 200;
for my $number (1 .. $rounds) {
    my $wrong = wrong_with($number);
    push @wrong, "round $number: $wrong" if $wrong;
    last if @wrong == 3;
}
ok(!@wrong, "$rounds logs and tables of steps made up") or comment(@wrong);
is(join(' ', sort keys %seen), 'done due missed moot overdue passed upcoming', 'in which every status comes up') if !@wrong;

finish();
