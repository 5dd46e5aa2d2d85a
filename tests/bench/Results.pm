# What write-table, write-match and write-register share.
package Results;

use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(lines_of facts_of sorted median largest at_most at_least head checks);

sub lines_of {
    my ($name) = @_;
    open my $file, '<', $name or die "$0: $name: $!\n";
    my @lines = <$file>;
    return @lines;
}

sub facts_of { return map { /^(\S+) (.*)/ } lines_of(@_) }

sub sorted { return sort { $a <=> $b } @_ }

sub median {
    my @v = sorted(@_);
    return ($v[ $#v / 2 ] + $v[ @v / 2 ]) / 2;
}

sub largest { return (sorted(@_))[-1] }

# Whether a promise is met.
sub at_most {
    my ($measured, $limit) = @_;
    return $measured <= $limit ? 'met' : sprintf('**missed** by %.0f %%', 100 * ($measured / $limit - 1));
}

sub at_least {
    my ($measured, $limit) = @_;
    return $measured >= $limit ? 'met' : sprintf('**missed** by %.0f %%', 100 * (1 - $measured / $limit));
}

sub head {
    my (%facts) = @_;
    return "Machine: $facts{machine}. Programs: $facts{versions}.\n\n";
}

sub checks {
    my @checks = lines_of(@_);
    return @checks ? ("\nDo the programs agree?\n\n", map { "- $_" } @checks) : ();
}

1;
