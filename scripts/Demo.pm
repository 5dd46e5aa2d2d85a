# What the makers of demonstration data share: chance that is the same every time, days, synthetic identity
# numbers, the decision table, files.
package Demo;

use strict;
use warnings;
use utf8;
use Exporter 'import';

our @EXPORT = qw(seed chance pick percent between shuffle
    @calendar $today days_in show_date dated weekday day_of
    identity @adjective
    slurp_table read_rules @rules %hf %domain @indicators decide indicators_for
    $out put);

# ---- chance ---------------------------------------------------------------------

my $state;

sub seed { ($state) = @_; return }

sub chance {    # 0 .. $n-1, xorshift over 32 bits
    my ($n) = @_;
    $state = ($state ^ ($state << 13)) & 0xffffffff;
    $state ^= $state >> 17;
    $state = ($state ^ ($state << 5)) & 0xffffffff;
    return ($state >> 4) % $n;
}
sub pick    { return $_[chance(scalar @_)] }
sub percent { return chance(100) < $_[0] }
sub between { my ($from, $to) = @_; return $from + chance($to - $from + 1) }

sub shuffle {
    my @list = @_;
    for my $i (reverse 1 .. $#list) {
        my $j = chance($i + 1);
        @list[$i, $j] = @list[$j, $i];
    }
    return @list;
}

# ---- days -----------------------------------------------------------------------

my @month_days = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

sub leap { my ($y) = @_; return $y % 4 == 0 && ($y % 100 != 0 || $y % 400 == 0) }
sub days_in { my ($y, $m) = @_; return $month_days[$m - 1] + ($m == 2 && leap($y) ? 1 : 0) }

sub show_date {
    my ($how, $y, $m, $d) = @_;
    return sprintf '%02d.%02d.%04d', $d, $m, $y if $how eq 'dd.mm.yyyy';
    return "$d.$m.$y"                           if $how eq 'd.m.yyyy';
    return sprintf '%04d-%02d-%02d', $y, $m, $d;
}

# Days are counted from 21 November 2026, a Saturday: -1 is the day before.
our @calendar = map { my $y = $_; map { my $m = $_; map { [$y, $m, $_] } 1 .. days_in($y, $m) } 1 .. 12 } 2025 .. 2028;
our ($today) = grep { "@{ $calendar[$_] }" eq '2026 11 21' } 0 .. $#calendar;

sub dated { my ($how, $n) = @_; return $n eq '' ? '' : show_date($how, @{ $calendar[$today + $n] }) }

# Saturdays become Fridays, Sundays Wednesdays.
sub weekday { my ($n) = @_; return $n - ((1, 4)[$n % 7] // 0) }

sub day_of {    # of yyyy-mm-dd
    my ($day) = map { join ' ', map { $_ + 0 } split /-/ } @_;
    my ($n) = grep { "@{ $calendar[$_] }" eq $day } 0 .. $#calendar;
    return $n - $today;
}

# ---- people ---------------------------------------------------------------------

my %taken;

sub check_digits {    # both, or nothing where a remainder makes the number unusable
    my @d = split //, $_[0];
    for my $weights ([3, 7, 6, 1, 8, 9, 4, 5, 2], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) {
        my $sum = 0;
        $sum += $weights->[$_] * $d[$_] for 0 .. $#$weights;
        my $k = (11 - $sum % 11) % 11;
        return '' if $k == 10;
        push @d, $k;
    }
    return "$d[9]$d[10]";
}

# Number, with month + 80, and year of birth of an adult of that sex, born from $first to 2003, on that day
# of a month when it is given. Never the same number twice.
sub identity {
    my ($sex, $first, $day) = @_;
    while (1) {
        my $year       = $first + chance(2004 - $first);
        my $month      = 1 + chance(12);
        my $d          = $day // 1 + chance(days_in($year, $month));
        my $individual = chance(500) + ($year >= 2000 ? 500 : 0);
        $individual ^= 1 if ($individual % 2 == 1) != ($sex eq 'mann');
        my $nine  = sprintf '%02d%02d%02d%03d', $d, $month + 80, $year % 100, $individual;
        my $check = check_digits($nine);
        next if $check eq '' || $taken{"$nine$check"}++;
        return ("$nine$check", $year);
    }
}

# First names; last names are each maker's own.
our @adjective = qw(Blid Rolig Rask Klok Glad Stille Munter Lun Varm Kvikk Snill Lett Myk Trygg Stødig Våken Ærlig
    Høflig Grønn Blå Gul Rød Hvit Rund Smal Bred Lang Tidlig Sen Ny Moden Frisk Kjølig Solrik Tålmodig);

# ---- the decision table ---------------------------------------------------------

sub slurp_table {    # our own profile: no newline inside a cell
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "$file: $!\n";
    my ($head, @rows);
    while (my $line = <$in>) {
        chomp $line;
        $line .= ',';
        my @cells;
        push @cells, defined $1 ? $1 =~ s/""/"/gr : $2 while $line =~ /\G(?:"((?:[^"]|"")*)"|([^",]*)),/g;
        if (!$head) { $head = \@cells; next }
        my %row;
        @row{@$head} = @cells;
        push @rows, \%row;
    }
    close $in;
    return @rows;
}

our %domain = (
    substance => [0 .. 3], mental => [0 .. 3], behaviour => [0 .. 3], safety_risk => [0 .. 2],
    map { $_ => ['ja', 'nei'] }
        qw(vulnerable autonomous visible_use personality_disorder excluded_low_threshold scattered)
);
our @indicators = sort keys %domain;
our (@rules, %hf);
my @now;    # the rules of the profile

# What the people of the demonstration are drawn from: group, housing type, and who is in them. These are not
# the rules of a profile, so that other rules do not make everybody somebody else; settle() then gives each
# person the answers that the rules of today ask for.
for my $line (split /\n/, <<'END') {
7 samlok_doegn_skjermet substance=3 mental=2|3 safety_risk=2 excluded_low_threshold=ja
7 samlok_doegn_skjermet substance=3 mental=2|3 behaviour=3 safety_risk=2 excluded_low_threshold=nei
6 samlok_doegn_skjermet substance=3 mental=2|3 behaviour=0|1|2 safety_risk=2 excluded_low_threshold=nei
6 samlok_doegn_skjermet substance=3 mental=2|3 safety_risk=1
6 samlok_doegn_skjermet substance=3 mental=2|3 behaviour=3 safety_risk=0
5 samlok_delvis_skjermet substance=3 mental=2|3 behaviour=2 safety_risk=0
5 samlok_delvis_skjermet substance=3 mental=2|3 behaviour=1 safety_risk=0 personality_disorder=ja
4 samlok_delvis_ordinaert substance=3 mental=2|3 behaviour=1 safety_risk=0 vulnerable=ja personality_disorder=nei
3 smaahus_uten_base substance=3 mental=2|3 behaviour=1 safety_risk=0 vulnerable=nei autonomous=ja personality_disorder=nei
5 samlok_delvis_skjermet substance=3 mental=2|3 behaviour=1 safety_risk=0 vulnerable=nei autonomous=nei visible_use=ja personality_disorder=nei
4 samlok_delvis_ordinaert substance=3 mental=2|3 behaviour=1 safety_risk=0 vulnerable=nei autonomous=nei visible_use=nei personality_disorder=nei
4 samlok_delvis_ordinaert substance=3 mental=2|3 behaviour=0 safety_risk=0 vulnerable=ja
2 ordinaer_heleid substance=3 mental=2|3 behaviour=0 safety_risk=0 vulnerable=nei autonomous=ja
4 samlok_delvis_ordinaert substance=3 mental=2|3 behaviour=0 safety_risk=0 vulnerable=nei autonomous=nei
2 ordinaer_heleid substance=2 behaviour=0|1 safety_risk=0
2 ordinaer_heleid substance=3 mental=0|1 behaviour=0|1 safety_risk=0
2 ordinaer_heleid substance=1 mental=3 behaviour=0|1 safety_risk=0
1 ordinaer substance=1 mental=0|1|2 behaviour=0|1 safety_risk=0 scattered=nei
1 ordinaer_ikke_heleid substance=1 mental=0|1|2 behaviour=0|1 safety_risk=0 scattered=ja
- - substance=1 mental=0|1|2 behaviour=2 safety_risk=0
- - substance=1 mental=0|1|2 behaviour=3 safety_risk=0
- - substance=1 mental=0|1|2 safety_risk=1
- - substance=1 mental=0|1|2 safety_risk=2
- - substance=1 mental=3 behaviour=2 safety_risk=0
- - substance=1 mental=3 behaviour=3 safety_risk=0
- - substance=1 mental=3 safety_risk=1
- - substance=1 mental=3 safety_risk=2
- - substance=2 behaviour=2 safety_risk=0
- - substance=2 behaviour=3 safety_risk=0
- - substance=2 safety_risk=1
- - substance=2 safety_risk=2
- - substance=3 mental=0|1 behaviour=2 safety_risk=0
- - substance=3 mental=0|1 behaviour=3 safety_risk=0
- - substance=3 mental=0|1 safety_risk=1
- - substance=3 mental=0|1 safety_risk=2
- - substance=0
END
    my ($group, $type, @who) = map { $_ eq '-' ? '' : $_ } split / /, $line;
    my %who = map { split /=/ } @who;
    push @rules, { rop_group => $group, housing_type => $type,
        allow => { map { $_ => { map { $_ => 1 } split /\|/, $who{$_} } } keys %who } };
}

sub read_rules {    # of the profile in that folder
    my ($profile) = @_;
    @now = slurp_table("$profile/rop_rules.csv");
    %hf  = map { $_->{rop_group} => [split /\|/, $_->{hf}] } slurp_table("$profile/rop_matrix.csv");
    for my $rule (@now) {
        $rule->{allow} = { map { my $f = $_; $f => { map { $_ => 1 } split /\|/, $rule->{$f} } }
                grep { $rule->{$_} ne '' } @indicators };
    }
    return;
}

# Answers what the profile's rules ask for, so that they give the group and type of $like as well: the fewest
# answers, and "nei" before "ja". $like: whose group it is to be.
sub settle {
    my ($p, $like) = @_;
    my $wanted = join ' ', decide($like);
    my @changes = map { my $f = $_; map { [$f, $_] } reverse @{ $domain{$f} } } qw(vulnerable autonomous visible_use
        personality_disorder);
    for my $change ([], (map { [$_] } @changes), (map { my $a = $_; map { [$a, $_] } @changes } @changes)) {
        my %q = (%$p, map { @$_ } @$change);
        next if join(' ', decide(\%q, \@now)) ne $wanted;
        $p->{$_} = $q{$_} for @indicators;
        return;
    }
    die "nothing settles $wanted\n";
}

# Group and housing type that every completion of the blanks gives, or nothing.
sub decide {
    my ($p, $rules) = @_;
    my %found;
    for my $rule (@{ $rules // \@rules }) {
        my $allow = $rule->{allow};
        next if grep { $p->{$_} ne '' && !$allow->{$_}{ $p->{$_} } } keys %$allow;
        $found{"$rule->{rop_group} $rule->{housing_type}"} = 1;
        return if keys %found > 1;
    }
    my ($one) = keys %found;
    return $one =~ /^(\d) (\w+)$/ ? ($1, $2) : ();
}

# Indicators of somebody who needs that type; those in $missing are blank. So are others: not known, and not
# needed either.
sub indicators_for {
    my ($type, $missing) = @_;
    my @fits = grep { $_->{housing_type} eq $type } @rules;
    while (1) {
        my $rule = pick(@fits);
        my %p;
        for my $f (@indicators) {
            my @values = grep { !$rule->{allow}{$f} || $rule->{allow}{$f}{$_} } @{ $domain{$f} };
            $p{$f} = pick(@values);
            $p{$f} = 'nei' if @values == 2 && $p{$f} eq 'ja' && percent(40);    # most people, most things: no
        }
        $p{$_} = '' for @$missing;
        next unless decide(\%p);
        for my $f (shuffle(@indicators)) {
            next unless percent(30);
            my $was = $p{$f};
            $p{$f} = '';
            $p{$f} = $was unless decide(\%p);
        }
        settle(\%p, {%p});
        return \%p;
    }
}

# ---- files ----------------------------------------------------------------------

our $out;    # the folder that they go to

sub put {
    my ($file, $bytes) = @_;
    open my $fh, '>:raw', "$out/$file" or die "$out/$file: $!\n";
    print {$fh} $bytes;
    close $fh or die "$out/$file: $!\n";
    return;
}

1;
