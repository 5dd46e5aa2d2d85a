#!/usr/bin/perl
# The shipped profiles and the skeleton pass profile-check; hundreds of single slips in them are told at
# their place, or do no harm. What may be changed freely, and what may be empty, is listed here: all else
# must be told. That a change does no harm is proved by running the programs with it.
use strict;
use warnings;
use utf8;
use Encode qw(decode_utf8 encode_utf8);
use File::Basename 'dirname';
use File::Copy 'copy';
use POSIX ();
use lib dirname(__FILE__);
use Placing qw(setup ok is comment finish run spew slurp sampled);

my $WORKERS = 2;
my $T       = setup();
binmode STDOUT, ':encoding(UTF-8)';

# ---- tables ----

sub parse {
    my ($text) = @_;
    my @rows;

    for my $line (split /\r?\n/, $text) {
        my @cells;
        pos($line) = 0;
        do {
            $line =~ /\G(?:"((?:[^"]|"")*)"|([^,]*))/gc;
            push @cells, defined $1 ? $1 =~ s/""/"/gr : $2 // '';
        } while $line =~ /\G,/gc;
        push @rows, \@cells;
    }
    return \@rows;
}

sub quoted { return $_[0] =~ /[",]|^\s|\s$/ ? '"' . $_[0] =~ s/"/""/gr . '"' : $_[0] }

sub text_of { return encode_utf8(join '', map { join(',', map { quoted($_) } @$_) . "\n" } @{ $_[0] }) }

# Tables of a folder by name, the header as row 0; so row N is line N + 1.
sub load {
    my ($dir) = @_;
    my %t;
    $t{$_} = parse(decode_utf8(slurp("$dir/$_.csv")) =~ s/^\x{FEFF}//r) for map { m{([^/]+)\.csv$} } glob "$dir/*.csv";
    return \%t;
}

sub column_of {
    my ($t, $name) = @_;
    my ($c) = grep { $t->[0][$_] eq $name } 0 .. $#{ $t->[0] };
    return $c;
}

sub cell {
    my ($t, $row, $name) = @_;
    my $c = column_of($t, $name);
    return defined $c ? $t->[$row][$c] : '';
}

sub rows_with {    # rows in which all columns are so
    my ($t, %wanted) = @_;
    return grep { my $r = $_; !grep { cell($t, $r, $_) ne $wanted{$_} } keys %wanted } 1 .. $#$t;
}

# The first code of a list, for rows that the programs are to read.
sub first_code {
    my ($p, $list) = @_;
    my %own = (bydel => 'districts', event_type => 'event_types', housing_type => 'housing_types', case_state => 'case_states');
    return cell($p->{ $own{$list} }, 1, 'code') if $own{$list};
    my ($r) = rows_with($p->{codes}, list => $list);
    return $r ? cell($p->{codes}, $r, 'code') : '';
}

# ---- what is free ----

# Columns in which people may write what they like (and {names} that the programs know).
my %words = (
    profile          => '',
    districts        => 'name sector municipality aliases',
    fields           => 'label aliases',
    codes            => 'label aliases calendar',
    housing_types    => 'label short',
    rop_rules        => 'matrix_cell why',
    rop_somatic      => 'matrix_cell why',
    rop_matrix       => 'challenges housing_need services specification example second services_note',
    measures         => '',
    column_groups    => 'label short aliases',
    disclosure       => 'source text',
    tables           => 'title source note',
    placement_rules  => 'why ask',
    masks            => 'kind',
    event_types      => 'label aliases',
    case_states      => 'label',
    decline_reasons  => 'label aliases',
    steps            => 'label source',
    plan_items       => 'label help',
    paper_items      => 'label help',
    papers           => 'label source',
    letters          => 'text',
    decisions        => 'label decides law complaint_law complaint_to instance source',
    services         => 'label scope who apply price limit phone email place',
    texts            => 'nb nn en',
    standards        => 'label description measures',
    staffing         => 'label building text',
    modules          => 'label area_m2 home_m2 technical_m2 bra_m2 bta_m2',
    site_rules       => 'building requirements source',
    site_points      => 'text source',
);

# Cells that may be empty, even where they are not; a text in three languages may be empty in all.
my %optional = (
    column_groups => 'short aliases',
    districts     => 'number sector neighbourhood municipality aliases map_row map_column',
    placement_rules => 'ask',
    fields        => 'aliases list',
    codes         => 'aliases covers calendar',
    housing_types => 'rop_groups',
    rop_rules     => 'rop_group housing_type standard location rop_possible matrix_cell',
    rop_somatic   => 'rop_somatic standard location matrix_cell',
    rop_matrix    => 'standard location specification example second services_note',
    tables        => 'aside show chart',
    event_types   => 'aliases details after',
    decline_reasons => 'aliases',
    steps         => 'offset ahead_of ahead repeat until done_by notice changes attendees source',
    plan_items    => 'when responsible due begins',
    paper_items   => 'when responsible due begins',
    papers        => 'signers',
    letters       => 'when',
    decisions     => 'service_levels enkeltvedtak complaint_within complaint_law complaint_to instance steps interim reviewed',
    services      => 'groups needs hours phone email after_hours call_back place',
    standards     => 'rop_groups doubtful',
    staffing      => 'label',
    disclosure    => 'value source',
    modules       => 'rooms modules area_m2 home_m2 technical_m2 bra_m2 bta_m2 rop_groups',
    site_rules    => 'one_room_model two_room_model base_model building requirements source',
    site_points   => 'housing_types standards doubtful',
);

# Columns that give something its name: another name is as good, unless something goes by it.
my %names = (
    districts => 'code',   codes    => 'code', housing_types => 'code', event_types => 'code', decisions => 'code', decline_reasons => 'code', rop_rules => 'rule',
    rop_somatic => 'rule', tables => 'table', steps => 'step', plan_items => 'point item', paper_items => 'point item', services => 'service',
    modules => 'model', site_points => 'point',    staffing => 'cell', case_states => 'code',
);

# Columns that need not be there. Indicators need not either, but without one rules overlap.
my %absent = (codes => 'calendar', districts => 'neighbourhood municipality map_row map_column', placement_rules => 'ask', decisions => 'interim', plan_items => 'begins', services => 'who apply hours phone email after_hours call_back price limit place',
    rop_matrix => 'second services_note', standards => 'measures doubtful', site_points => 'doubtful');
my %other_table = map { $_ => 1 } qw(texts standards staffing modules site_rules site_points papers paper_items);

sub among {
    my ($set, $table, $column) = @_;
    return grep { $_ eq $column =~ s/_(nb|nn|en)$//r } split ' ', $set->{$table} // '';
}

# ---- who goes by what ----

# Where codes of a list stand, whole or joined with | : = ; and those that programs go by.
my %goes_by = (
    bydel          => [],
    case_state     => [qw(case_states.moves)],
    event_type     => [qw(case_states.moves event_types.after steps.starts steps.ahead_of steps.until steps.done_by steps.changes decisions.interim profile.value)],
    event_detail   => [qw(event_types.details steps.starts steps.until steps.done_by letters.decision)],
    role           => [qw(steps.responsible steps.changes steps.attendees plan_items.responsible paper_items.responsible papers.signers)],
    housing_type   => [qw(rop_rules.housing_type site_rules.housing_type)],
    rop_group      => [
        qw(rop_rules.rop_group rop_rules.rop_possible rop_somatic.rop_group rop_matrix.rop_group services.groups
            housing_types.rop_groups)
    ],
    rop_somatic    => [qw(rop_somatic.rop_somatic rop_matrix.rop_group)],
    standard       => [qw(rop_rules.standard rop_somatic.standard rop_matrix.standard standards.standard)],
    location       => [qw(rop_rules.location rop_somatic.location rop_matrix.location)],
    provider       => [qw(services.provider)],
    need           => [qw(services.needs)],
    decision       => [qw(letters.decision)],
    hf             => [qw(rop_matrix.hf)],
    housing_status => [qw(measures.codes)],
    somatic        => [qw(measures.codes rop_somatic.somatic)],
    housing_path   => [qw(profile.value)],
    stay_type      => [qw(profile.value)],
    substance_policy => [qw(codes.covers)],
    map { $_ => ["rop_rules.$_"] } qw(substance mental behaviour safety_risk),
);
my %known = (
    bool            => 'ja nei',
    status          => 'offered accepted declined expired moved_in moved_out kept day_place self_agreed self_referred',
    decision        => 'placed waiting ask ineligible out',
    link            => 'same not_same',
    consent_act     => 'send offer',
    protection      => 'ingen',
    reason          => 'wish place held full facts ended same_person parked state several no_places dates service_level stay_type substance_policy sex age'
        . ' wheelchair somatic rop_group municipality declined',
    policy          => 'placed-first wish-first own-priorities',
    change          => 'placed lost moved decided new gone',
    scope           => 'institution_id service_level',
    deadline_status => 'overdue due upcoming missed done passed moot',
    task_status     => 'open done',
    site_status     => 'new waiting under_way',
    plan_option     => 'join wait standard',
    price_item      => 'area_m2 bra_m2 bta_m2 home site staff_year',
    plan_change     => 'added removed changed',
    join            => 'alone sector neighbours any',
    plan_warning    => 'blend heap',
    caution         => 'few no_control',
    scenario        => 'as_is changed difference',
    flow_measure    => 'wait_mean wait_median waiting placed_a_year occupied',
);

# Whether something goes by the code, or it is the last of its list.
sub is_used {
    my ($p, $list, $code) = @_;
    return 1 if grep { $_ eq $code } split ' ', $known{$list} // '';
    return 1 if !exists $known{$list} && $list !~ /^(bydel|event_type|housing_type|case_state|decision_kind)$/ && rows_with($p->{codes}, list => $list) < 2;
    for my $place (@{ $goes_by{$list} // [] }) {
        my ($table, $column) = split /\./, $place;
        my $t = $p->{$table} or next;
        return 1 if grep { $_ eq $code } map { split /[|:=]/, cell($t, $_, $column) } 1 .. $#$t;
    }
    return 0;
}

my %list_of_table = (districts => 'bydel', event_types => 'event_type', housing_types => 'housing_type', case_states => 'case_state',
    decisions => 'decision_kind');

sub list_of {
    my ($t, $table, $row) = @_;
    return $list_of_table{$table} // cell($t, $row, 'list');
}

# ---- slips ----

# A slip: what it is, its table, the bytes of that table (undef: the file is gone), and what is to come of it:
#   { row => N, column => NAME }  told at that cell, or with no column at that row
#   { table => 1 }                told at the table or its header
#   { names => TEXT }             told somewhere, by that name
#   { harmless => 1 }             not told, and the programs run
#   { either => 1 }               told in this table, or not told and the programs run; either => 'there':
#                                 where somebody goes by it
my @slips;
my ($profile, $p);    # the one in hand, and its tables

sub slip {
    my ($group, $what, $table, $text, $expected) = @_;
    push @slips, { group => $group, what => $what, table => $table, text => $text, expected => $expected, profile => $profile };
}

# A table with one cell changed.
sub with_cell {
    my ($table, $row, $column, $value) = @_;
    my @rows = map { [@$_] } @{ $p->{$table} };
    $rows[$row][ column_of(\@rows, $column) ] = $value;
    return \@rows;
}

sub set_cell {
    my ($group, $table, $row, $column, $value, $expected) = @_;
    my $was  = cell($p->{$table}, $row, $column);
    my $what = "$table.csv:" . ($row + 1) . ", $column: ‘$was’ is ‘$value’";
    return if $was eq $value;
    slip($group, $what, $table, text_of(with_cell($table, $row, $column, $value)), $expected // { row => $row, column => $column });
}

# Some rows of a table whose cell is filled: the first, the last, and one between.
sub filled_rows {
    my ($table, $column, $n) = @_;
    my @rows = grep { cell($p->{$table}, $_, $column) ne '' } 1 .. $#{ $p->{$table} };
    my %seen;
    return grep { !$seen{$_}++ } map { $rows[ $n == 1 ? @rows / 2 : $_ * $#rows / ($n - 1) ] } @rows ? 0 .. $n - 1 : ();
}

sub misspelt {
    my ($word) = @_;
    return length $word > 3 ? substr($word, 0, 2) . 'q' . substr($word, 2) : "${word}q";
}

# What is to come of a name that is gone: told where somebody goes by it.
# Codes that programs go by themselves, by list.
my %program_code = map { my ($list, $codes) = split /,/; map { ("$list $_" => 1) } split /\|/, $codes } split /\n/, slurp('share/schema/profile_codes.csv');

sub without_name {
    my ($table, $row) = @_;
    my $t = $p->{$table};
    my ($code, $service, $model) = map { cell($t, $row, $_) } qw(code service model);

    return { names => $code } if $table eq 'decisions' && grep { cell($p->{letters}, $_, 'when') =~ /\bkind=\Q$code\E\b/ } 1 .. $#{ $p->{letters} };
    return { names => $code } if ($table eq 'codes' || $list_of_table{$table}) && is_used($p, list_of($t, $table, $row), $code);
    return { names => $code } if $table eq 'codes' && $program_code{ cell($t, $row, 'list') . " $code" };
    my $step = cell($t, $row, 'step');
    return { names => $step } if $table eq 'steps' && grep { grep { $_ eq $step } split /\|/, cell($p->{decisions}, $_, 'steps') } 1 .. $#{ $p->{decisions} };
    return { names => $model } if $table eq 'modules' && grep { rows_with($p->{site_rules}, $_ => $model) } qw(one_room_model two_room_model base_model);
    return { names => $service } if $table eq 'services' && rows_with($t, after_hours => $service);
    return { either => 'there' } if $table =~ /^(column_groups|papers|paper_items)$/; # of papers where one begins from them
    return $table eq 'plan_items' ? { either => 1 } : { harmless => 1 };
}

# What is to come of a cell of decisions.csv that is empty: where letters show it, they have a hole.
sub law_is_missing {
    my ($row, $column) = @_;
    my $used = cell($p->{decisions}, $row, 'service_levels') ne '';
    return undef if $column =~ /_(nb|nn|en)$/ || $column =~ /^(code|source)$/;
    return $used && $column eq 'service_levels' ? { names => 'decides' } : $used && $column eq 'complaint_within' ? { names => $column } : { harmless => 1 };
}

sub empty_cells {
    for my $table (sort keys %$p) {
        for my $column (@{ $p->{$table}[0] }) {
            for my $row (filled_rows($table, $column, 2)) {
                my $base = $column =~ s/_(nb|nn|en)$//r;
                my $indicator = $table =~ /^rop_(rules|somatic)$/ && !grep { $_ eq $base } split ' ', "rule $optional{$table} why";
                my $expected = $indicator ? { names => cell($p->{$table}, $row, 'rule') }
                    : "$table.$column" eq 'event_types.taken_from' ? { names => cell($p->{$table}, $row, $column) }
                    : "$table.$column" =~ /^(plan|paper)_items\.item$/ ? { row => $row }
                    : "$table.$column" =~ /^rop_matrix\.(standard|location)$/
                    ? (cell($p->{rop_matrix}, $row, 'rop_group') =~ /S$/ ? { either => 1 } : { names => $column })
                    : $table eq 'decisions' ? law_is_missing($row, $column)
                    : "$table.$column" eq 'housing_types.rop_groups' ? { names => 'housing_type' }    # by the rules
                    : "$table.$column" eq 'fields.list' ? { either => 'there' }    # by the codes of the list
                    : among(\%optional, $table, $column) ? { either => $column eq 'details' ? 'there' : 1 } : undef;
                set_cell('a cell is empty', $table, $row, $column, '', $expected);
            }
        }
    }
}

sub misspell_cells {
    for my $table (sort keys %$p) {
        for my $column (@{ $p->{$table}[0] }) {
            next if $table eq 'profile' && $column eq 'value';
            for my $row (filled_rows($table, $column, 2)) {
                my $was = cell($p->{$table}, $row, $column);
                if (among(\%words, $table, $column)) {
                    set_cell('another word', $table, $row, $column, "$was q", { harmless => 1 });
                } elsif (among(\%names, $table, $column)) {
                    set_cell('another name', $table, $row, $column, misspelt($was), without_name($table, $row));
                } else {
                    set_cell('a slip of the pen', $table, $row, $column, misspelt($was));
                }
            }
        }
    }
}

# Values that a column cannot have.
sub bad_values {
    my %bad = (
        'districts.number'        => [qw(1a -1)],
        'event_types.once'        => [qw(Ja yes)],
        'steps.offset'            => [ 'P3X', '3 wd', 'P', '14', 'P3M2Y', '3 dager' ],
        'steps.repeat'            => [qw(P3X maned)],
        'steps.notice'            => [qw(14d P)],
        'steps.early'             => ['jo'],
        'steps.each'              => ['x'],
        'steps.passes'            => ['1'],
        'steps.off_day'           => [qw(behind true)],
        'steps.day_named'         => ['yes'],
        'steps.reminder'          => ['true'],
        'steps.ahead'             => [qw(1 P1)],
        'steps.ahead_of'          => ['nothing'],
        'steps.changes'           => [ 'moved_in', 'moved_in=nobody', 'nothing=person', 'moved_in!nothing=person', 'moved_in!=person',
            '!moved_in=person' ],
        'plan_items.needed'       => ['kanskje'],
        'plan_items.kind'         => [qw(lines Task)],
        'plan_items.due'          => [qw(P4V 4W)],
        'plan_items.when'         => [ 'need', 'need=yes', 'nothing=ja' ],
        'letters.block'           => [qw(Title para)],
        'letters.when'            => [ 'names', '!nothing', 'reason=wished', 'profile.nothing', 'institution.stay_types=kortt' ],
        'letters.decision'        => ['turned_away'],
        'letters.needs'           => [ 'names', 'profile.nothing' ],
        'decisions.complaint_within' => ['4 uker'],
        'decisions.enkeltvedtak'  => ['Ja'],
        'decisions.service_levels' => ['nothing'],
        'decisions.steps'         => ['nothing'],
        'decisions.reviewed'      => ['i fjor'],
        'services.hours'          => [ 'Man-Fre 09-15', 'Mo-Fr 9:00-15:00', 'Mo-Fr 15:00-09:00', 'Mo-Fr 09:00-25:00', 'åpent' ],
        'services.call_back'      => ['i morgen'],
        'services.after_hours'    => ['legevakt'],
        'services.provider'       => [ 'kommunen', 'bydel|agency' ],
        'masks.pattern'           => [ '(', '[a', '\p{Nothing}', 'a{2,1}' ],
        'placement_rules.unknown' => ['kanskje'],
        'placement_rules.rule'    => ['gender'],
        'tables.chart'            => ['pie'],
        'codes.covers'            => [ 'nothing', 'rus|rus_frit' ],
        'codes.code'              => ['two words'],
        'rop_matrix.hf'           => ['1|4'],
        'measures.field'          => ['name'],
        'measures.codes'          => ['nothing'],
    );
    my %value = (
        language               => 'no',
        needs_path             => 'komunal',
        priority               => 'urgency|recieved',
        offer_days             => '-1',
        public_stay_types      => 'lange',
        public_threshold       => 'fem',
        age_limits             => '18|x',
        retention_days         => '10 år',
        notice                 => '14',
        plan_home_from         => 'moved_home',
        plan_meeting           => 'meeting',
        plan_follow_up_meeting => 'follow_up',
        municipality           => '03 01',
    );

    for my $place (sort keys %bad) {
        my ($table, $column) = split /\./, $place;
        for my $value (@{ $bad{$place} }) {
            set_cell('a value that cannot be', $table, $_, $column, $value) for filled_rows($table, $column, 1);
        }
    }
    for my $key (sort keys %value) {
        set_cell('a value that cannot be', 'profile', $_, 'value', $value{$key}) for rows_with($p->{profile}, key => $key);
    }
    set_cell('an order with equals', 'profile', $_, 'value', 'urgency|received') for rows_with($p->{profile}, key => 'priority');
}

# Rows that must be there, whoever goes by them.
sub is_needed {
    my ($table, $row) = @_;
    my $t = $p->{$table};
    return 1 if $table =~ /^(rop_rules|rop_somatic|rop_matrix|fields)$/ && cell($t, $row, 'field') !~ /^(no_home|in_temporary|somatic_extensive)$/;
    return 1 if $table eq 'letters' && cell($t, $row, 'block') eq 'title';
    return 0 if $table ne 'profile';
    my $key = cell($t, $row, 'key');
    return 1 if grep { $_ eq $key } qw(name municipality language agency intake_name intake_phone intake_hours retention_days
        plan_home_from plan_meeting plan_follow_up_meeting);
    return scalar grep { slurp("share/profiles/$profile/$_.csv") =~ /\{profile\.$key\}/ } qw(letters tables);
}

sub remove_rows {
    for my $table (sort keys %$p) {
        my $t = $p->{$table};
        my $n = $#$t;
        my %one = map { $_ => 1 } $table =~ /^(rop_rules|profile|rop_somatic)$/ ? 1 .. $n : map { 1 + int($_ * ($n - 1) / 9) } 0 .. 9;
        $one{$_} = 1 for $table eq 'codes' ? grep { $known{ cell($t, $_, 'list') } && $_ % 3 == 0 } 1 .. $n : ();
        for my $row (sort { $a <=> $b } keys %one) {
            my @rows = @$t[ grep { $_ != $row } 0 .. $n ];
            my $expected = is_needed($table, $row) ? { table => 1 } : without_name($table, $row);
            $expected = { names => cell($t, $row, 'key') } if $table eq 'profile' && $expected->{table};
            $expected = { names => cell($t, $row, 'taken_from') } if $table eq 'event_types' && cell($t, $row, 'taken_from') ne '';
            $expected = { names => 'decides' } if $table eq 'decisions' && cell($t, $row, 'service_levels') ne '';
            $expected = { names => cell($t, $row, 'measure') } if $table eq 'measures';
            $expected = { names => cell($t, $row, 'field') } if $table eq 'fields';
            my $what = "$table.csv:" . ($row + 1) . " ($t->[$row][0], $t->[$row][1])";
            slip('a row is gone', $what, $table, text_of(\@rows), $expected);
        }
    }
}

sub double_rows {
    for my $table (sort keys %$p) {
        my $t = $p->{$table};
        for my $row (1, $#$t) {
            my $expected = $table =~ /^(letters|masks)$/ ? { harmless => 1 } : { row => scalar @$t };
            slip('a row is there twice', "$table.csv:" . ($row + 1), $table, text_of([ @$t, $t->[$row] ]), $expected);
        }
    }
}

sub change_headers {
    for my $table (sort keys %$p) {
        my $t = $p->{$table};
        for my $c (0 .. $#{ $t->[0] }) {
            my $name    = $t->[0][$c];
            my $without = [ map { my $r = $_; [ @$r[ grep { $_ != $c } 0 .. $#$r ] ] } @$t ];
            my $free    = among(\%absent, $table, $name) || $other_table{$table};
            my $header  = [ map { $_ eq $name ? misspelt($name) : $_ } @{ $t->[0] } ];
            slip('a column is misspelt', "$table.csv: $name", $table, text_of([ $header, @$t[ 1 .. $#$t ] ]),
                { row => 0, names => misspelt($name) });
            slip('a column is gone', "$table.csv: $name", $table, text_of($without), $table eq 'column_groups' ? { either => 'there' } : $free ? { either => 1 } : { table => 1 });
        }
    }
}

# Tables that may hold nothing.
my %may_be_bare = map { $_ => 1 } qw(masks disclosure person_links tables placement_rules services plan_items papers paper_items steps);

# What a spreadsheet or an editor may do to a file.
sub spoil_files {
    for my $table (sort keys %$p) {
        my $text = text_of($p->{$table});
        my @lines = split /^/, $text;
        my $row = $#lines > 3 ? 3 : 1;
        my $line = $lines[$row];
        my $file = sub {    # with that line in place of its own
            my ($what, $new, $expected) = @_;
            my $now = join '', map { $_ == $row ? $new : $lines[$_] } 0 .. $#lines;
            slip('a file is spoilt', "$table.csv: $what", $table, $now, $expected);
        };
        my $gone = $table =~ /^(?:column_groups|papers|paper_items)$/ ? { either => 'there' } : $other_table{$table} ? { harmless => 1 } : { table => 1 };
        my $bare = $table =~ /^(?:column_groups|decisions|measures|steps|papers|paper_items)$/ ? { either => 'there' } : $may_be_bare{$table} || $other_table{$table} ? { either => 1 } : { table => 1 };

        slip('a file is spoilt', "$table.csv is gone", $table, undef, $gone);
        slip('a file is spoilt', "$table.csv is empty", $table, '', { table => 1 });
        slip('a file is spoilt', "$table.csv is a header", $table, $lines[0], $bare);
        slip('a file is spoilt', "$table.csv: semicolons", $table, $text =~ tr/,/;/r, { table => 1 });
        $file->('a quotation mark is open', '"' . $line, { table => 1 });
        $file->('a row is too long', $line =~ s/\n/,x\n/r, { row => $row });
        $file->('a row is too short', $line =~ s/,[^,"]*\n/\n/r, { row => $row }) if $line =~ /,[^,"]*\n/;
        $file->('no UTF-8', $line =~ s/\n/\xE5\n/r, { row => $row });
        $file->('a NUL', $line =~ s/,/\0,/r, { table => 1 });
        slip('a file may look so', "$table.csv: CRLF and a mark", $table, "\xEF\xBB\xBF" . $text =~ s/\n/\r\n/gr, { harmless => 1 });
    }
    slip('a file is spoilt', 'a table of no such name', 'stepz', "step\n", { table => 1 });
}

# {names} in texts.
sub change_names {
    for my $place (qw(letters.text tables.note texts)) {
        my ($table, $column) = split /\./, $place;
        my $t = $p->{$table} or next;
        my %seen;
        for my $row (1 .. $#$t) {
            my ($nb, $nn) = map { defined $column ? "${column}_$_" : $_ } qw(nb nn);
            my $text = cell($t, $row, $nb);
            for my $name ($text =~ /\{([^}]+)\}/g) {
                next if $seen{$name}++ > 2;
                set_cell('a {name} is misspelt', $table, $row, $nb, $text =~ s/\{\Q$name\E\}/'{' . misspelt($name) . '}'/er);
                my $other = cell($t, $row, $nn);
                next if $other !~ s/\{\Q$name\E\}//g;
                set_cell('a {name} is left out in a language', $table, $row, $nn, $other, $name =~ /^profile\./ ? { harmless => 1 } : ());
            }
        }
    }
    my $t = $p->{letters};
    for my $row (grep { cell($t, $_, 'text_nb') =~ /\{(name|wish_rank|to|institution\.(address|phone|stay_types))\}/ } 1 .. $#$t) {
        my $open = with_cell('letters', $row, 'when', '');
        $open->[$row][ column_of($open, 'needs') ] = 'general';
        slip('a letter with a hole', "letters.csv:" . ($row + 1) . ': nothing is needed', 'letters', text_of($open),
            { row => $row, column => 'text_nb' });
    }
    set_cell('a letter with a hole', 'letters', $_, 'text_nb', 'Velkommen til {institution.name}', { row => $_, column => 'text_nb' })
        for (rows_with($t, decision => 'waiting', block => 'title'))[0];
}

# Spellings that two rows would share.
sub share_spellings {
    for my $place (qw(codes.aliases districts.aliases event_types.aliases fields.aliases housing_types.label_en)) {
        my ($table, $column) = split /\./, $place;
        my $t = $p->{$table};
        for my $row (map { int($_) } $#$t * 0.3, $#$t * 0.6, $#$t) {
            next if $row < 2 || ($table eq 'fields' && $row > 30) || list_of($t, $table, $row) ne list_of($t, $table, $row - 1);
            my $other = cell($t, $row - 1, $table eq 'districts' ? 'name' : 'label_nb');
            set_cell('a spelling is shared', $table, $row, $column, uc("$other."));
        }
    }
    my %same_record = (to => 'from', phone => 'address', type => 'date', to_expected => 'to', capacity => 'name');
    for my $field (sort keys %same_record) {
        my ($row, $other) = map { (rows_with($p->{fields}, field => $_))[0] } $field, $same_record{$field};
        my $label = cell($p->{fields}, $other, 'label_nb');
        set_cell('a spelling is shared', 'fields', $row, 'aliases', $label, { names => $label });
    }
}

# What each cell allows and all together do not.
sub change_meaning {
    my ($events, $steps, $services, $rules) = @$p{qw(event_types steps services rop_rules)};

    for my $row (grep { cell($events, $_, 'after') ne '' } 1 .. $#$events) {
        my $code = cell($events, $row, 'code');
        set_cell('an event waits for itself', 'event_types', $row, 'after', $code);
        my ($other) = split /\|/, cell($events, $row, 'after');
        my ($first) = rows_with($events, code => $other);
        set_cell('events wait for each other', 'event_types', $first, 'after', $code, { names => $other })
            if $first && cell($events, $row, 'after') eq $other;
    }
    for my $row (1 .. $#$steps) {
        set_cell('a step without end', 'steps', $row, 'repeat', $_) for qw(P0D -P3M);
        set_cell('a detail that the event never has', 'steps', $row, 'starts', cell($events, 1, 'code') . ':' . first_code($p, 'event_detail'))
            if cell($events, 1, 'details') eq '';
        set_cell('a step that nothing completes', 'steps', $row, 'done_by', '') if cell($steps, $row, 'passes') eq 'nei';
    }
    if (defined column_of($services, 'after_hours')) {
        for my $row (grep { cell($services, $_, 'after_hours') ne '' } 1 .. $#$services) {
            my ($service, $answers) = map { cell($services, $row, $_) } qw(service after_hours);
            set_cell('a service that asks itself', 'services', $row, 'after_hours', $service);
            set_cell('services that ask each other', 'services', $_, 'after_hours', $service, { names => $answers })
                for rows_with($services, service => $answers);
        }
    }
    my @indicators = grep { $_ !~ /^(rule|rop_group|housing_type|standard|location|rop_possible|matrix_cell|why_..)$/ } @{ $rules->[0] };
    for my $row (1 .. $#$rules) {
        for my $column (grep { cell($rules, $row, $_) ne '' } @indicators) {
            next if ($row + length $column) % 3;
            set_cell('a rule is widened', 'rop_rules', $row, $column, '', { names => cell($rules, $row, 'rule') });
        }
        my ($column) = grep { cell($rules, $row, $_) =~ /\|/ } @indicators;
        set_cell('a rule is narrowed', 'rop_rules', $row, $column, cell($rules, $row, $column) =~ s/\|.*//r, { table => 1 }) if $column;
    }
    for my $row (rows_with($p->{plan_items}, item => '')) {
        my @rows = @{ $p->{plan_items} };
        @rows[ $row, $row + 1 ] = @rows[ $row + 1, $row ];
        slip('an item before its point', "plan_items.csv:" . ($row + 1), 'plan_items', text_of(\@rows), { row => $row });
    }
}

# ---- trying them ----

my $all = 0;

# Rows for the programs to read, of codes that the profile has.
sub write_data {
    my ($q, $dir) = @_;
    my @coded  = qw(bydel service_level stay_type urgency housing_path substance mental behaviour safety_risk);
    my %code   = map { $_ => first_code($q, $_) } @coded;
    my @events = grep { cell($q->{event_types}, $_, 'after') eq '' } 1 .. $#{ $q->{event_types} };
    my $write  = sub { my ($name, @rows) = @_; spew("$dir/$name.csv", encode_utf8(join '', map { join(',', @$_) . "\n" } @rows)) };

    $write->('referrals', [ qw(referral_id received), @coded, qw(scattered wishes) ],
        map { [ "R-$_", "2026-11-0$_", @code{@coded}, 'nei', "I-$_" ] } 1 .. 3);
    $write->('institutions', [qw(institution_id name service_level stay_types capacity address phone)],
        [ 'I-1', 'Heim', @code{qw(service_level stay_type)}, 1, '',        '' ],
        [ 'I-2', 'Hus',  @code{qw(service_level stay_type)}, 1, 'Veien 1', '00 00 00 02' ]);
    $write->('stays', [qw(stay_id referral_id institution_id from to status)], [qw(O-1 R-9 I-1 2026-10-01 2026-10-20 moved_out)]);
    $write->('events', [qw(case_id date type)], map { [ 'C-1', '2026-10-01', cell($q->{event_types}, $_, 'code') ] } @events);
}

my @chain = (
    'needs-aggregate %P %D/referrals.csv >%D/needs.csv',
    'table-render %P %D/needs.csv >%D/out',
    'rop-group %P --check-rules',
    'rop-group %P %D/referrals.csv >%D/grouped.csv',
    'rop-group %P --explain %D/referrals.csv >%D/out',
    'vacancy-list %P --as-of=2026-11-21 --institutions=%D/institutions.csv --stays=%D/stays.csv >%D/vacancies.csv',
    'table-render %P %D/vacancies.csv >%D/out',
    'placement-match %P --places=%D/vacancies.csv --certificate=%D/cert.json %D/grouped.csv >%D/placements.csv',
    'letter-export %P --as-of=2026-11-21 --from=2026-12-01 --institutions=%D/institutions.csv'
        . ' --certificate=%D/cert.json %D/placements.csv -o %D/letters/',
    'deadline-list %P --as-of=2026-11-21 --all --format=text %D/events.csv >%D/out',
    'checklist-export %P --template C-1 >%D/plan.json',
    'service-list %P --as-of=2026-11-20T16:30 --format=text >%D/out',
);

# Nothing when all programs run; else the command that failed, and what it said.
sub run_chain {
    my ($dir, $folder) = @_;
    my $q = load($dir);

    write_data($q, $folder);
    my @commands = map { s/%P/--profile=$dir/gr =~ s/%D/$folder/gr } @chain;
    my $script = join "\n", map { "$commands[$_] || { echo '$chain[$_]' >&2; exit 1; }" } 0 .. $#chain;
    return run("$folder/chain", 'sh', '-c', $script) == 0 ? '' : slurp("$folder/chain.err");
}

# In which column of its line a cell begins.
sub place_of {
    my ($text, $row, $column) = @_;
    my $t = parse(decode_utf8($text));
    my $c = column_of($t, $column);
    return 1 + length join '', map { quoted($_) . ',' } @{ $t->[$row] }[ 0 .. $c - 1 ];
}

# What is said but that no lawyer has read the law, which is no fault.
sub without_note { return $_[0] =~ s/^profile-check: \S*decisions\.csv: not yet read by a lawyer: \d+ \(reviewed is empty\)\n//mgr }

# What is wrong with how the slip was met; nothing when it was met well. Counts what came of it.
sub judge {
    my ($s, $dir, $folder) = @_;
    my $expected = $s->{expected};
    my $status   = run("$folder/check", 'profile-check', $dir);
    my $said     = without_note(decode_utf8(slurp("$folder/check.err")));
    my $file     = quotemeta "$dir/$s->{table}.csv";

    return "exit $status: $said" if $status > 1 && !($status == 66 && $s->{table} eq 'profile' && !defined $s->{text});
    return "silent, exit $status" if $status && $said eq '';
    return "exit 0 and said: $said" if !$status && $said ne '';
    if ($status == 0) {
        return 'not told' if !$expected->{harmless} && !$expected->{either};
        my $failed = run_chain($dir, $folder);
        return $failed eq '' ? '' : "not told, and then: $failed";
    }
    return "told: $said" if $expected->{harmless};
    if (exists $expected->{row}) {
        my $line = $expected->{row} + 1;
        my $column = $expected->{column};
        my $at = $column ? place_of($s->{text}, $expected->{row}, $column) . ": $column" : '\d+';
        return "not told at $line:$at: $said" if $said !~ /^$file:$line:$at: /m;
    } elsif ($expected->{table}) {
        my $where = $s->{profile} && !defined $s->{text} && $s->{table} eq 'profile' ? quotemeta "$dir: profile.csv" : $file;
        return "not told of the table: $said" if $said !~ /^$where(:|$)/m;
    } elsif (($expected->{either} // '') eq '1') {
        return "not told of the table: $said" if $said !~ /^$file:/m;
    }
    my $names = quotemeta($expected->{names} // '');
    return "not named: $said" if $names ne '' && $said !~ /[‘ {.]$names[’ ,}]|: $names[: ]/;
    return '';
}

# Of each group as many as there is time for, spread over it; all with SLIPS=all.
sub thinned {
    my (@of) = @_;
    my (%group, @left);

    push @{ $group{ $_->{group} } }, $_ for @of;
    for my $name (sort keys %group) {
        my @all = @{ $group{$name} };
        my $most = ($ENV{SLIPS} // '') eq 'all' ? @all : $all[0]{expected}{harmless} ? 6 : 15;
        push @left, @all > $most ? map { $all[ $_ * $#all / ($most - 1) ] } 0 .. $most - 1 : @all;
    }
    $all += @left;
    return @left;
}

# Tries slips of a profile, each in a copy of it.
sub try_slips {
    my @of = sampled($ENV{TRANSITION_TEST_ALL} ? 1 : 3, @_);
    my @pipes;

    for my $worker (0 .. $WORKERS - 1) {
        pipe my $read, my $write or die;
        my $pid = fork // die "$0: fork: $!\n";
        if ($pid == 0) {
            my ($dir, $folder) = ("$T/worker-$worker/ours", "$T/worker-$worker");
            mkdir $folder;
            system 'rm', '-rf', $dir;
            system 'cp', '-r', "share/profiles/$of[0]{profile}", $dir;
            for my $i (grep { $_ % $WORKERS == $worker } 0 .. $#of) {
                my $s = $of[$i];
                my $file = "$dir/$s->{table}.csv";
                unlink $file if !defined $s->{text};
                spew($file, $s->{text}) if defined $s->{text};
                my $wrong = judge($s, $dir, $folder);
                print $write encode_utf8(join("\t", $i, $wrong =~ s/\Q$dir\E\///gr =~ s/[\t\n]+/ /gr)), "\n";
                my $whole = "share/profiles/$s->{profile}/$s->{table}.csv";
                -e $whole ? copy($whole, $file) : unlink $file;
            }
            close $write;
            POSIX::_exit(0);
        }
        close $write;
        push @pipes, [ $read, $pid ];
    }
    for my $pipe (@pipes) {
        my ($read, $pid) = @$pipe;
        while (my $line = <$read>) {
            my ($i, $wrong) = split /\t/, decode_utf8($line =~ s/\n//r), 2;
            $of[$i]{wrong} = $wrong;
        }
        waitpid $pid, 0;
        ok($? == 0, 'a worker lives to its end');
    }
    my (%group, @order);
    for my $s (@of) {
        push @order, $s->{group} if !$group{ $s->{group} };
        push @{ $group{ $s->{group} } }, $s;
    }
    for my $name (@order) {
        my @bad = grep { !defined $_->{wrong} || $_->{wrong} ne '' } @{ $group{$name} };
        ok(!@bad, "$of[0]{profile}: $name: " . @{ $group{$name} })
            or comment(map { "$_->{what}: " . ($_->{wrong} // 'not tried') } @bad[ 0 .. ($#bad < 9 ? $#bad : 9) ]);
    }
}

# ---- what is shipped ----

ok(system('profile-new', "--output=$T/fresh", 'Fjordby "nord", ved sjøen') == 0, 'profile-new makes a folder');
for my $dir ((grep { !-l } glob 'share/profiles/*'), 'share/skeleton', "$T/fresh") {
    is(run("$T/check", 'profile-check', $dir), 0, "$dir passes");
    is(slurp("$T/check.out") . without_note(slurp("$T/check.err")), '', 'without a fault');
    ok(slurp("$T/check.err") =~ /not yet read by a lawyer/, 'it says that no lawyer has read the law');
    mkdir "$T/data";
    is(run_chain($dir, "$T/data"), '', 'and carries the whole chain');
}
is(cell(load("$T/fresh")->{profile}, 1, 'value'), 'Fjordby "nord", ved sjøen', 'with the name that was given');
is(run("$T/new", 'profile-new', "--output=$T/fresh", 'B'), 73, 'a folder that holds something is refused');
is(run("$T/new", 'profile-new', 'a/b'), 2, 'a name with a slash is no folder');
is(run("$T/new", 'profile-new'), 2, 'a name is needed');
mkdir "$T/empty";
is(run("$T/new", 'profile-new', '-o', "$T/empty/", 'B'), 0, 'a folder that is empty is taken');
is(run("$T/check", 'profile-check', "$T/empty", $T), 66, 'a folder that is no profile');
is(run("$T/check", 'profile-check', "$T/nowhere"), 66, 'or is not there');
is(run("$T/check", 'profile-check'), 2, 'no folder at all');
system('cp', '-rL', 'share/profiles/oslo', "$T/many");
{
    my ($last) = slurp("$T/many/steps.csv") =~ /([^\n]*\n)\z/;
    open my $out, '>>', "$T/many/steps.csv" or die $!;
    print $out map { $last =~ s/^\w+/extra_$_/r } 1 .. 65;
}
is(run("$T/check", 'profile-check', "$T/many"), 1, 'steps that are too many are refused');
ok(slurp("$T/check.err") =~ /steps\.csv:\d+:1: .*too many codes/, 'by the row that is one too many');
my ($names) = join '|', map { quotemeta cell(load($_)->{profile}, 1, 'value') } grep { !-l } glob 'share/profiles/*';
is(join(' ', grep { $names && decode_utf8(slurp($_)) =~ /\b($names)\b/i } glob 'share/skeleton/*'), '', 'the skeleton names no municipality');

# ---- slips in what is shipped ----

for (map { m{([^/]+)$} } grep { !-l } glob 'share/profiles/*') {
    ($profile, $p, @slips) = ($_, load("share/profiles/$_"));
    ok(text_of($p->{$_}) eq slurp("share/profiles/$profile/$_.csv"), "$profile/$_.csv is understood here") for sort keys %$p;
    empty_cells();
    misspell_cells();
    bad_values();
    remove_rows();
    double_rows();
    change_headers();
    spoil_files();
    change_names();
    share_spellings();
    change_meaning();
    try_slips(thinned(@slips));
}
ok($all >= 400, "$all slips in all");

finish();
