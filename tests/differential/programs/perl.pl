# tests/differential/programs/perl.pl: a parent that serves what it forked, by Perl's own modules.
use strict;
use IO::Select;
use IO::Socket::INET;
use IO::Socket::UNIX;

my $listener = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5, ReuseAddr => 1) or die;
my $local = IO::Socket::UNIX->new(Local => 'perl.sock', Listen => 1) or die;

if (fork == 0) {
    my $to = IO::Socket::INET->new(PeerAddr => $listener->sockhost, PeerPort => $listener->sockport, Timeout => 5) or die;
    syswrite $to, "a line\n";
    sysread $to, my $answer, 100;
    shutdown $to, 1;
    sysread $to, $answer, 100;
    close $to;
    my $here = IO::Socket::UNIX->new(Peer => 'perl.sock') or die;
    $here->send('by way of a file');
    exit 0;
}
my $from = $listener->accept;
IO::Select->new($from)->can_read(5);
sysread $from, my $line, 100;
syswrite $from, uc $line;
sysread $from, $line, 100;
close $from;
$from = $local->accept;
$from->recv($line, 100);
wait;
