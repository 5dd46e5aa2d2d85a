#!/usr/bin/env perl
# usage: run.pl [--memory] [--calls] [--only=PATTERN] [--points=N] [--cases=N] [--seed=N] [--jobs=N] [--verbose]
# Lets one call of a program fail, or all from one on, over and over, and judges what is left: see scripts/fault-test.
# --cases: so many of the cases; --points: so many places of each call in a case, and four times as many of memory;
# both chosen by the seed. All by default.
#
# A run whose call number N failed and that did not make this call again is not run with "all from N on": it would be the
# same run, step by step. The table counts it in a column of its own.
use strict;
use warnings;
use Cwd 'getcwd';
use File::Path qw(make_path remove_tree);
use File::Temp 'tempdir';
use FindBin;
use Getopt::Long;
use POSIX ();
use lib $FindBin::Bin;
use Cases;

my %o = (jobs => 1, seed => 1, points => 0, cases => 0, only => '.', within => 600);
GetOptions(\%o, 'memory', 'calls', 'only=s', 'points=i', 'cases=i', 'seed=i', 'jobs=i', 'within=i', 'verbose') or die "run.pl: usage: see its head\n";
$o{memory} = $o{calls} = 1 unless $o{memory} || $o{calls};
chdir "$FindBin::Bin/../.." or die "run.pl: $!\n";
my $top = getcwd;
my $shim = "$top/" . ($ENV{FAULT_SHIM} // 'build/tests/faults.so');
-e $shim or die "run.pl: $shim is not there: run make faults\n";
my $bin = $ENV{BIN} // 'build/bin';
$bin = "$top/$bin" unless $bin =~ m{^/};
my $T = tempdir(CLEANUP => 1);
my $main = $$;
%ENV = (PATH => "$bin:$ENV{PATH}", LC_ALL => 'C', NO_COLOR => 1, TZ => 'UTC', HOME => $T, TMPDIR => $T, TRANSITION_SHARE => "$top/share");

# The order in which the shim keeps its counters.
my @calls = qw(alloc read pread write pwrite fsync fdatasync syncfs ftruncate open rename unlink fchmod mkdir);
my %errors = (
	alloc => ['ENOMEM'], read => [qw(EIO EINTR short)], pread => [qw(EIO EINTR)], write => [qw(ENOSPC EIO EINTR short)],
	pwrite => [qw(ENOSPC EIO EINTR)], fsync => ['EIO'], fdatasync => ['EIO'], syncfs => ['EIO'], ftruncate => ['EIO'],
	open => [qw(EACCES EMFILE)], rename => [qw(EIO ENOSPC)], unlink => ['EIO'], fchmod => ['EPERM'], mkdir => ['ENOSPC'],
);

# ---- what is read and run ----

sub slurp {
	open my $f, '<:raw', $_[0] or return;
	local $/;
	return scalar <$f>;
}

# All that lies in a folder: names and contents.
sub files {
	my ($dir, %all) = @_;
	for my $path (glob("$dir/*"), glob("$dir/.[!.]*")) {
		my ($name) = $path =~ m{([^/]+)$};
		if (-d $path && !-l $path) {
			$all{"$name/"} = '';
			my %in = files($path);
			$all{"$name/$_"} = $in{$_} for keys %in;
		} else {
			$all{$name} = slurp($path) // 'cannot be read';
		}
	}
	return %all;
}

# Runs a command, with its output in $T/$$.out and .err. Gives the status: 0 to 255, or a word.
sub run {
	my ($env, $in, @command) = @_;
	my $pid = fork // die "fork: $!";
	unless ($pid) {
		open STDIN, '<', $in // '/dev/null' or POSIX::_exit(126);
		open STDOUT, '>', "$T/$main.$o{worker}.out" or POSIX::_exit(126);
		open STDERR, '>', "$T/$main.$o{worker}.err" or POSIX::_exit(126);
		$ENV{$_} = $env->{$_} for keys %$env;
		exec @command or POSIX::_exit(126);
	}
	my $hung = 0;
	local $SIG{ALRM} = sub { $hung = 1; kill 'KILL', $pid };
	alarm $o{within};
	waitpid $pid, 0;
	alarm 0;
	return 'hang' if $hung;
	return 'signal ' . ($? & 127) if $? & 127;
	return $? >> 8;
}
sub out { slurp("$T/$main.$o{worker}.out") // '' }
sub err { slurp("$T/$main.$o{worker}.err") // '' }

# What a register holds, however it is sealed: records as they are and were, the log, what its check says. A key lies beside it.
sub state_of {
	my ($db, $key, $profile, @all) = @_;
	local $ENV{TRANSITION_PROFILE} = $profile;
	my $look = "$T/look.$o{worker}";
	push @all, run({}, undef, 'register-get', $db, $_), out() for qw(referral institution stay event decision passed_on);
	push @all, run({}, undef, 'register-get', '--as-of=2026-01-15', $db, $_), out() for qw(referral stay);
	push @all, run({}, undef, 'register-check', $db), err(), run({}, undef, 'register-log', '--verify', $db), err();
	run({}, undef, 'register-log', $db);
	push @all, out() =~ s/^(\d+),[^,]*,/$1,/gmr;
	unlink glob "$look*";
	run({}, undef, 'register-backup', $db, $look);
	push @all, run({}, undef, 'register-get', '--with-identity', "--key=$key", '--reason=state', $look, 'referral'), out();
	unlink glob "$look*";
	return join "\n", map { s/\Q$db\E/DB/gr } @all;
}

# ---- what is made once ----

my %inputs;
sub prepare {
	my ($profile) = @_;
	my $demo = $profile eq 'oslo' ? "$top/share/demo" : "$top/share/demo/sandnes";
	my $i = "$T/made-$profile";
	my @exports = $profile eq 'oslo' ? ('share/demo/exports/03-sagene.csv', 'share/demo/exports/15-sondre-nordstrand.csv')
		: ('share/demo/sandnes/exports/03-andre-enheter.csv', 'share/demo/sandnes/exports/02-sandnesveien-299.csv');
	my $plans = $profile eq 'oslo' ? "$demo/needs-2022.csv" : "$demo/needs.csv";
	make_path($i);
	local %ENV = (%ENV, TRANSITION_PROFILE => $profile, d => $demo, i => $i, share => "$top/share", waiting => "$demo/waiting.csv",
		events => "$demo/events.csv", export => "$top/$exports[0]", rows => "$top/$exports[0]", plans => $plans);
	for my $line (@Cases::made) {
		system('bash', '-c', "cd '$i' && { $line; } >>'$T/made.out' 2>>'$T/made.err'");
		die "run.pl: cannot make inputs: $line: " . slurp("$T/made.err") if $? >> 8 > 1;
	}
	my ($person) = (slurp("$i/reg.db") // '') =~ /(p-[a-z2-7]{24})/;
	my ($offered) = (slurp("$i/first.csv") // '') =~ /\n([^,]+),/;
	my ($institution) = (slurp("$i/stays.csv") // '') =~ /\n[^,]*,[^,]*,([^,]+),/;
	my %f = (institution => $institution, d => $demo, i => $i, profile => $profile, export => $exports[0], export2 => $exports[1], person => $person, offered => $offered, plans => $plans);
	$inputs{$profile} = \%f;
}

# ---- one case ----

my (%table, @wrong);

# A fresh folder for a run, with a copy of the register when the case wants one.
sub fresh {
	my ($case) = @_;
	my $w = "$T/w.$o{worker}";
	remove_tree($w);
	make_path($w);
	if ($case->{reg}) {
		system('cp', $case->{base}, "$case->{base}.key", "$w/") == 0 or die 'cp';
	}
	return $w;
}

# Runs the case with a fault ('' for none); gives all that can be seen of it.
sub attempt {
	my ($case, $fault) = @_;
	my $w = fresh($case);
	my $counts = "$T/counts.$o{worker}";
	my %env = (TRANSITION_PROFILE => $case->{f}{profile}, LD_PRELOAD => $shim, FAULT_COUNTS => $counts, FAULT => $fault || 'alloc:0:ENOMEM');
	@env{qw(LC_ALL LC_MESSAGES)} = ('', $case->{lang}) if $case->{lang};
	$env{FAULT_SITES} = "$T/sites.$o{worker}" unless $fault;
	open my $c, '>:raw', $counts or die;
	print $c "\0" x 4096;
	close $c;
	my $status = run(\%env, $case->{in}, map { s/\{w\}/$w/gr } @{$case->{command}});
	my @n = unpack 'Q*', slurp($counts);
	my %r = (status => $status, out => out(), err => err() =~ s/\Q$w\E/W/gr, calls => [@n[0 .. $#calls]], fired => $n[@calls], files => {files($w)});
	if ($case->{reg}) {
		my $same = ($r{files}{$case->{db}} // '') eq $case->{before}{db} && !grep { /^\Q$case->{db}\E-/ } keys %{$r{files}};
		$r{register} = $same ? $case->{before}{state} : state_of("$w/$case->{db}", "$case->{base}.key", $case->{f}{profile}) if $case->{before}{state};
	}
	my @beside = grep { /\.db-(wal|shm|journal)$/ } keys %{$r{files}};
	$r{left} = [grep { !/-shm$/ && length $r{files}{$_} } @beside]; # an empty journal goes with the next program
	if ($case->{made} && exists $r{files}{$case->{made}}) { # another each time: what matters is that it is whole
		my $ok = run({TRANSITION_PROFILE => $case->{f}{profile}}, undef, 'register-check', "$w/$case->{made}");
		$r{files}{$case->{made}} = "register-check: $ok";
		$r{files}{"$case->{made}.key"} = 'a key' if exists $r{files}{"$case->{made}.key"};
	}
	$r{files}{$case->{random}} = length $r{files}{$case->{random}} if $case->{random} && exists $r{files}{$case->{random}};
	delete @{$r{files}}{$case->{db}, "$case->{db}.key", @beside};
	return \%r;
}

sub begin_case {
	my ($row, $profile) = @_;
	my ($name, $command, %more) = @$row;
	my $f = $inputs{$profile};
	my $case = {%more, name => $name, f => $f};
	my $fill = sub { $_[0] =~ s/\{(\w+)\}/$1 eq 'w' ? '{w}' : $f->{$1} \/\/ "{$1}"/ger };
	$case->{command} = [map { $fill->($_) } split / /, $command];
	$case->{in} = $fill->($more{in}) if $more{in};
	$case->{db} = (($more{reg} // 1) eq '1' ? 'reg' : $more{reg}) . '.db';
	$case->{base} = "$f->{i}/$case->{db}";
	$case->{before} = {db => slurp($case->{base}), state => undef};
	$case->{before}{state} = state_of($case->{base}, "$case->{base}.key", $profile) if $more{reg};
	$case->{after} = attempt($case, '');
	die "run.pl: $name is used wrongly: $case->{after}{err}" if $case->{after}{status} eq '2';
	$case->{sites} = [unpack 'Q*', slurp("$T/sites.$o{worker}") // ''];
	return $case;
}

# Where and how a case is disturbed: [CALL, NUMBER, WHAT], each once and from there on.
sub faults_of {
	my ($case) = @_;
	my @all;
	my $few = sub {
		my ($most, @at) = @_;
		return @at unless $most && @at > $most;
		my @chosen = map { $at[int rand @at] } 1 .. $most;
		return do { my %s; grep { !$s{$_}++ } @chosen };
	};
	if ($o{memory}) {
		my @at = @{$case->{sites}} ? @{$case->{sites}} : 1 .. $case->{after}{calls}[0];
		push @all, ['alloc', $_, 'ENOMEM'] for $few->(4 * $o{points}, @at);
		push @all, ['alloc', "$_+", 'ENOMEM'] for $few->(4 * $o{points}, @at);
	}
	for my $c (1 .. ($o{calls} ? $#calls : 0)) {
		my $n = $case->{after}{calls}[$c] or next;
		for my $what (@{$errors{$calls[$c]}}) {
			push @all, [$calls[$c], $_, $what] for $few->($o{points}, 1 .. $n);
			push @all, [$calls[$c], "$_+", $what] for $what eq 'EINTR' ? () : $few->($o{points}, 1 .. $n);
		}
	}
	return @all;
}

# What a run that was disturbed came to: a word for the table, 'same' and 'told' being right.
sub judge {
	my ($case, $fault, $r) = @_;
	my $a = $case->{after};
	my %want = %{$a->{files}};
	my $memory = $fault->[0] eq 'alloc';
	my $as_after = $r->{out} eq $a->{out} && join("\0", map { "$_\1$want{$_}" } sort keys %want) eq join("\0", map { "$_\1$r->{files}{$_}" } sort keys %{$r->{files}});
	my ($changed, $settled) = (0, '');
	if ($case->{reg}) {
		$changed = $a->{register} ne $case->{before}{state};
		$settled = $r->{register} eq $a->{register} ? 'after' : $r->{register} eq $case->{before}{state} ? 'before' : 'neither';
	}
	return 'hang' if $r->{status} eq 'hang';
	return 'not fired' unless $r->{fired};
	my $ended = $memory && $case->{ends} && $r->{status} =~ /signal|^127$/; # by a library, or by who loads it
	return 'crash' if $r->{status} =~ /signal/ && !$ended;
	return 'register' if $settled eq 'neither';
	my $done = $as_after && (!$changed || $settled eq 'after');
	if ($r->{status} eq $a->{status}) {
		return 'left' if $memory && $done && @{$r->{left}};
		return 'other output' unless $done;
		return 'other words' if $memory && $r->{err} ne $a->{err};
		return 'same';
	}
	# What follows a change failed: done, and said.
	return 'told' if $memory && $done && ($changed || $case->{made}) && $r->{status} == 1 && $r->{err} =~ /: memory: /;
	my $fits = $ended || $memory ? $ended || $r->{status} == 70 : $r->{status} =~ /^(66|70|73|74|77)$/;
	return 'other status' unless $fits;
	return 'told' if $fault->[0] eq 'unlink' && $fault->[1] =~ /\+/; # what cannot be removed stays
	return 'unsaid' unless $ended ? $r->{err} =~ /\S/ : $memory ? $r->{err} =~ /out of memory|mer minne/ : $r->{err} =~ /\S/;
	# A file is whole or absent; nothing is under another name than the run without a fault has.
	for my $name (sort keys %{$r->{files}}) {
		next if defined $want{$name} && $want{$name} eq $r->{files}{$name};
		return defined $want{$name} ? 'half file' : 'left';
	}
	# A disk that stays full or broken, and memory that stays out, leave the journal of the register where it is: SQLite
	# cannot take it back, the next program does.
	return 'left' if $memory && @{$r->{left}} && $fault->[1] !~ /\+/;
	return 'told' if $case->{report};
	return 'half output' if $r->{out} ne '' && $r->{out} ne $a->{out};
	return 'told' if $case->{parts} || $r->{err} =~ /is written and whole|is changed all the same|er skrevet/; # says what stands
	return 'told, done' if $changed && $settled eq 'after';
	my $stands = grep { defined $r->{files}{$_} && !m{/$} } keys %want;
	return 'told, done' if $done && ($a->{out} ne '' || grep { !m{/$} } keys %want);
	return 'stands' if $stands;
	return 'told, done' if $r->{out} ne '';
	return 'told';
}

my @right = ('told', 'same');
my @words = (@right, 'as once', 'told, done', 'stands', 'other output', 'half file', 'half output', 'left', 'other words', 'other status', 'unsaid', 'register', 'crash', 'hang', 'not fired');

sub work {
	my ($case) = @_;
	my (%place, %last); # the place of a call in the shim's counters; faults after which that call was not made again
	@place{@calls} = 0 .. $#calls;
	for my $fault (faults_of($case)) {
		my $text = join ':', @$fault;
		my $kind = $fault->[0] eq 'alloc' ? 'memory' : 'calls';
		if ($last{$text =~ s/\+//r}) {
			print {$o{pipe}} join("\t", $kind, $case->{name}, 'as once'), "\n";
			next;
		}
		my $r = attempt($case, $text);
		my $word = judge($case, $fault, $r);
		$last{$text} = 1 if (grep { $_ eq $word } @right) && $r->{calls}[$place{$fault->[0]}] eq $fault->[1];
		print {$o{pipe}} join("\t", $kind, $case->{name}, $word), "\n";
		next if grep { $_ eq $word } @right, 'not fired';
		my ($said) = $r->{err} =~ /(.*)\Z/;
		print {$o{pipe}} join("\t", 'wrong', $case->{name}, "$case->{f}{profile}: $text: $word, status $r->{status} for $case->{after}{status}: " . ($said // '') =~ s/[\t\n]/ /gr), "\n";
	}
}

# ---- all ----

srand $o{seed};
$o{worker} = 0;
prepare($_) for qw(oslo sandnes);
my @todo;
for my $row (@Cases::cases) {
	my %more = @{$row}[2 .. $#$row];
	next unless $row->[0] =~ /$o{only}/;
	push @todo, [$row, $_] for @{$more{profiles} // ['oslo', 'sandnes']};
}
die "run.pl: no case is named so: $o{only}\n" unless @todo;
if ($o{cases}) {
	for my $i (reverse 1 .. $#todo) {
		my $k = int rand($i + 1);
		@todo[$i, $k] = @todo[$k, $i];
	}
	splice @todo, $o{cases} if @todo > $o{cases};
}
pipe my $in, my $pipe or die;
for my $worker (1 .. $o{jobs}) {
	next if fork // die;
	close $in;
	$o{pipe} = $pipe;
	$pipe->autoflush(1);
	$o{worker} = $worker;
	for my $n (grep { $_ % $o{jobs} == $worker - 1 } 0 .. $#todo) {
		srand $o{seed} + $n;
		my $case = begin_case(@{$todo[$n]});
		work($case);
		print {$pipe} "done\t$case->{name}\t$case->{f}{profile}\n";
	}
	POSIX::_exit(0);
}
close $pipe;
my %runs;
while (<$in>) {
	chomp;
	my ($kind, $name, $word) = split /\t/;
	if ($kind eq 'wrong') {
		push @wrong, "$name $word";
		print STDERR "# $name $word\n" if $o{verbose};
	} elsif ($kind eq 'done') {
		next unless $o{verbose};
		my %count;
		for my $row (grep { $_ } map { $_->{$name} } values %table) {
			$count{$_} += $row->{$_} for keys %$row;
		}
		print STDERR "# $name $word done: ", join(', ', map { "$count{$_} $_" } grep { $count{$_} } @words), "\n";
	} else {
		$table{$kind}{$name}{$word}++;
		$runs{$kind}++;
	}
}
1 while wait != -1;

for my $kind (sort keys %table) {
	my %sum;
	my @used = grep { my $w = $_; grep { $_->{$w} } values %{$table{$kind}} } @words;
	print "\n| $kind | runs | ", join(' | ', @used), " |\n|---|---:|", '---:|' x @used, "\n";
	for my $name (sort keys %{$table{$kind}}) {
		my $row = $table{$kind}{$name};
		my $n = 0;
		$n += $_ for values %$row;
		$sum{$_} += $row->{$_} // 0 for @used;
		print "| $name | $n | ", join(' | ', map { $row->{$_} // '' } @used), " |\n";
	}
	print "| all | $runs{$kind} | ", join(' | ', map { $sum{$_} } @used), " |\n";
}
print "\n", map { "- $_\n" } @wrong if @wrong;
my %few;
for my $word (@words) {
	$few{$word} += $_->{$word} // 0 for map { values %$_ } values %table;
}
exit((grep { my $w = $_; $few{$w} && !grep { $_ eq $w } @right, 'as once', 'not fired', 'told, done' } @words) ? 1 : 0);
