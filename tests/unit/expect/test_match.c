/* unit/expect/test_match.c: patterns against traces, construct by construct; and that alignments agree. */
#include "../suite.h"
#include "fit.h"

struct row {
    const char *pattern, *events;
    bool holds;
};

#define SETUP  "socket tcp =1; bind 1 7000; listen 1 16;"
#define SERVER "socket(AF_INET, SOCK_STREAM) = $l\n bind($l, *:7000) = 0\n listen($l, > 0) = 0\n"
#define ECHO   " { recv($c, \"ping\\n\")\n send($c, \"ping\\n\")\n recv($c) = 0\n close($c) = 0\n }\n"

#define TWO_DATAGRAMS                                                                                        \
    "socket(AF_INET, SOCK_DGRAM) = $s\n sendto($s, \"ab\", 0, *:5)\n sendto($s, \"cd\", 0, *:6)\n"

static const struct row rows[] = {
    /* Lines, in order; what may be passed over. */
    {"", "", true},
    {"", "socket tcp =1", false},
    {SERVER, SETUP, true},
    {SERVER, "socket tcp =1; setsockopt 1; bind 1 7000; wait; listen 1 16", true},
    {SERVER, "socket tcp =1; bind 1 7000", false},
    {SERVER, "socket tcp =1; listen 1 16; bind 1 7000", false},
    {SERVER, "socket tcp =1; bind 1 7001; listen 1 16", false},
    {SERVER, "socket tcp =1; bind 1 7000; listen 1 0", false},
    {SERVER, "socket tcp =1; bind 1 7000 !EADDRINUSE; listen 1 16", false},
    {SERVER, "socket tcp =1; socket tcp =2; bind 2 7000; listen 2 16", false},
    {SERVER, "socket tcp =1; bind 1 7000; listen 1 16; accept 1 !EAGAIN; accept 1 !EINTR", true},
    {SERVER, SETUP "accept 1 ?", true},
    {SERVER "accept($l) = _\n", SETUP "accept 1 ?", false},
    {SERVER "close($l)\n", SETUP "close 1 dup; close 1", true},
    {SERVER "close($l)\n", SETUP "close 1 dup; close 1 !EBADF", true},
    {SERVER, SETUP "close 1", false},
    {"socket(AF_INET, SOCK_STREAM) = $s\n setsockopt($s, SOL_SOCKET, SO_REUSEADDR, [1])\n bind($s, *:7000)\n",
     "socket tcp =1; bind 1 7000; setsockopt 1", false},
    {"socket(AF_INET, SOCK_STREAM) = $s\n setsockopt($s, SOL_SOCKET, SO_REUSEADDR, [1])\n bind($s, *:7000)\n",
     "socket tcp =1; setsockopt 1; setsockopt 1; bind 1 7000", true},
    /* Results. */
    {"socket() = $s\n connect($s, *:7000) = -1 ECONNREFUSED\n", "socket tcp =1; connect 1 7000 !ECONNREFUSED",
     true},
    {"socket() = $s\n connect($s, *:7000) = -1 EPIPE or ECONNREFUSED\n",
     "socket tcp =1; connect 1 7000 !ECONNREFUSED", true},
    {"socket() = $s\n connect($s, *:7000) = -1 EPIPE\n", "socket tcp =1; connect 1 7000 !ECONNREFUSED",
     false},
    {"socket() = $s\n connect($s, *:7000)\n", "socket tcp =1; connect 1 7000 !ECONNREFUSED", false},
    {"socket() = $s\n connect($s, *:7000) = -1\n", "socket tcp =1; connect 1 7000 !ECONNREFUSED", true},
    /* Composition. */
    {"socket() = $s\n optional bind($s, *:7000)\n close($s)\n", "socket tcp =1; bind 1 7000; close 1", true},
    {"socket() = $s\n optional bind($s, *:7000)\n close($s)\n", "socket tcp =1; close 1", true},
    {"socket() = $s\n optional bind($s, *:7000)\n close($s)\n",
     "socket tcp =1; bind 1 7000; bind 1 7000; close 1", false},
    {"repeat 2 {\n socket() = $s\n close($s)\n }\n", "socket tcp =1; close 1; socket tcp =2; close 2", true},
    {"repeat 2 {\n socket() = $s\n close($s)\n }\n", "socket tcp =1; close 1", false},
    {"repeat 2 {\n socket() = $s\n close($s)\n }\n",
     "socket tcp =1; close 1; socket tcp =2; close 2; socket tcp =3; close 3", false},
    {"repeat 2.. {\n socket() = $s\n close($s)\n }\n",
     "socket tcp =1; close 1; socket tcp =2; close 2; socket tcp =3; close 3", true},
    {"repeat 1..2 {\n socket() = $s\n close($s)\n }\n",
     "socket tcp =1; close 1; socket tcp =2; close 2; socket tcp =3; close 3", false},
    {"repeat {\n socket() = $s\n close($s)\n }\n", "", true},
    {"repeat {\n repeat {\n optional socket() = $s\n }\n }\n", "socket tcp =1; socket tcp =2", true},
    {"repeat 3 {\n optional socket() = _\n }\n", "socket tcp =1", true},
    {"socket() = $s\n either {\n bind($s, *:1)\n } or {\n listen($s)\n } or {\n connect($s, *:2)\n }\n",
     "socket tcp =1; listen 1 5", true},
    {"socket() = $s\n either {\n bind($s, *:1)\n } or {\n listen($s)\n } or {\n connect($s, *:2)\n }\n",
     "socket tcp =1; connect 1 2", true},
    {"socket() = $s\n either {\n bind($s, *:1)\n } or {\n listen($s)\n }\n",
     "socket tcp =1; bind 1 1; listen 1 1", false},
    {"socket() = $s\n ...\n close($s)\n", "socket tcp =1; connect 1 1; send 1 'x'; recv 1 'y'; close 1",
     true},
    {"socket() = $s\n ...\n close($s)\n", "socket tcp =1; connect 1 1", false},
    {"...\n", "socket tcp =1; bind 1 !EINVAL; recv 1 'x' ?", true},
    {"never listen(_)\n ...\n", "socket tcp =1; bind 1 1", true},
    {"never listen(_)\n ...\n", "socket tcp =1; listen 1 1; close 1", false},
    {"socket() = $s\n never setsockopt($s)\n close($s)\n", "socket tcp =1; setsockopt 1; close 1", false},
    /* Streams. */
    {"socket() = $s\n recv($s, \"ping\\n\")\n send($s, \"ping\\n\")\n",
     "socket tcp =1; recv 1 'pi'; recv 1 'ng\\n'; send 1 'p'; send 1 'ing\\n'", true},
    {"socket() = $s\n recv($s, \"ping\\n\")\n send($s, \"ping\\n\")\n",
     "socket tcp =1; recv 1 'pi'; send 1 'pi'; recv 1 'ng\\n'; send 1 'ng\\n'", true},
    {"socket() = $s\n recv($s, \"ping\\n\")\n send($s, \"ping\\n\")\n",
     "socket tcp =1; recv 1 'pi'; send 1 'ping\\n'; recv 1 'ng\\n'", false},
    {"socket() = $s\n recv($s, \"ping\\n\")\n", "socket tcp =1; recv 1 'ping\\nx'", false},
    {"socket() = $s\n recv($s, \"ping\\n\")\n", "socket tcp =1; recv 1 'ping'", false},
    {"socket() = $s\n recv($s, \"ping\\n\")\n", "socket tcp =1; recv 1 'pxng\\n'", false},
    {"socket() = $s\n send($s, \"a\")\n send($s, \"bc\")\n", "socket tcp =1; send 1 'abc'", true},
    {"socket() = $s\n send($s, \"a\")\n send($s, \"bc\")\n", "socket tcp =1; send 1 'ab'; send 1 'c'", true},
    {"socket() = $s\n send($s, \"a\")\n recv($s, \"x\")\n send($s, \"bc\")\n",
     "socket tcp =1; send 1 'ab'; recv 1 'x'; send 1 'c'", true},
    {"socket() = $s\n send($s, \"a\")\n recv($s, \"x\")\n send($s, \"bc\")\n",
     "socket tcp =1; send 1 'abc'; recv 1 'x'", false},
    {"socket() = $s\n repeat send($s, \"x\")\n", "socket tcp =1; send 1 'xxxxxxxxxxxxxxxxxxxxxxxxxxxx'",
     true},
    {"socket() = $s\n repeat 3 send($s, \"x\")\n", "socket tcp =1; send 1 'xx'; send 1 'x'", true},
    {"socket() = $s\n repeat 3 send($s, \"x\")\n", "socket tcp =1; send 1 'xx'; send 1 'xx'", false},
    {"socket() = $s\n recv($s, \"GET ...\")\n", "socket tcp =1; recv 1 'GET_/'", true},
    {"socket() = $s\n recv($s, \"GET ...\")\n", "socket tcp =1; recv 1 'GE'; recv 1 'T_'; recv 1 'more'",
     true},
    {"socket() = $s\n recv($s, \"GET ...\")\n", "socket tcp =1; recv 1 'GE'", false},
    {"socket() = $s\n recv($s, \"GET ...\\n\")\n recv($s) = 0\n",
     "socket tcp =1; recv 1 'GET_a\\nb'; recv 1 '\\n'; recv 1 0", true},
    {"socket() = $s\n recv($s, \"GET ...\\n\")\n send($s, \"ok\")\n",
     "socket tcp =1; recv 1 'GET_a\\nb'; send 1 'ok'", false},
    {"socket() = $s\n recv($s, \"...\")\n", "socket tcp =1; recv 1 0", false},
    {"socket() = $s\n recv($s) = 0\n", "socket tcp =1; recv 1 0", true},
    {"socket() = $s\n recv($s) = 0\n", "socket tcp =1; recv 1 'x'", false},
    {"socket() = $s\n recv($s)\n recv($s, \"b\")\n", "socket tcp =1; recv 1 'a'; recv 1 'b'", true},
    {"socket() = $s\n recv($s, \"ab\") = 2\n", "socket tcp =1; recv 1 'ab'", true},
    {"socket() = $s\n recv($s, \"ab\") = 2\n", "socket tcp =1; recv 1 'a'; recv 1 'b'", false},
    {"socket() = $s\n recv($s, $x)\n send($s, $x)\n", "socket tcp =1; recv 1 'ab'; send 1 'a'; send 1 'b'",
     true},
    {"socket() = $s\n recv($s, $x)\n send($s, $x)\n", "socket tcp =1; recv 1 'ab'; send 1 'b'", false},
    {"socket() = $s\n repeat {\n recv($s, $x)\n send($s, $x)\n }\n",
     "socket tcp =1; recv 1 'ab'; send 1 'ab'; recv 1 'c'; send 1 'c'", true},
    {"socket() = $s\n recv($s, \"abcd\")\n", "socket tcp =1; recv 1 'ab~~'", true},
    {"socket() = $s\n recv($s, \"abcd\")\n", "socket tcp =1; recv 1 'ab~~~'", false},
    {"socket() = $s\n send($s, \"ab\") = -1 EPIPE\n", "socket tcp =1; send 1 !EPIPE", false},
    {"socket() = $s\n send($s) = -1 EPIPE\n", "socket tcp =1; send 1 !EPIPE", true},
    /* Datagrams. */
    {"socket(AF_INET, SOCK_DGRAM) = $s\n recvfrom($s, \"ab\", 0, $peer)\n sendto($s, \"ab\", 0, $peer)\n",
     "socket udp =1; recvfrom 1 'ab' 5; sendto 1 'ab' 5", true},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n recvfrom($s, \"ab\", 0, $peer)\n sendto($s, \"ab\", 0, $peer)\n",
     "socket udp =1; recvfrom 1 'ab' 5; sendto 1 'ab' 6", false},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n sendto($s, \"ab\", 0, *:5)\n", "socket udp =1; send 1 'ab'", true},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n sendto($s, \"ab\")\n",
     "socket udp =1; sendto 1 'a' 5; sendto 1 'b' 5", false},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n", "socket udp =1; recvfrom 1 ?", true},
    /* Several in one call. */
    {TWO_DATAGRAMS, "socket udp =1; sendmmsg 1 'ab' 5 'cd' 6", true},
    {TWO_DATAGRAMS, "socket udp =1; sendmmsg 1 'ab' 5; sendto 1 'cd' 6", true},
    {TWO_DATAGRAMS, "socket udp =1; sendmmsg 1 'ab' 5", false},
    {TWO_DATAGRAMS, "socket udp =1; sendmmsg 1 'cd' 6 'ab' 5", false},
    {TWO_DATAGRAMS, "socket udp =1; sendmmsg 1 'ab' 5 'cd' 6 'ef' 7", false},
    {TWO_DATAGRAMS, "socket udp =1; sendmmsg 1; sendmmsg 1 'ab' 5 'cd' 6", true},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n sendto($s, \"abcd\")\n", "socket udp =1; sendmmsg 1 'ab' 5 'cd' 5",
     false},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n sendto($s, \"ab\", 0, *:5) = 2\n sendto($s) = 1\n",
     "socket udp =1; sendmmsg 1 'ab' 5 'c' 5", true},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n sendto($s, \"ab\") = -1 EPERM\n",
     "socket udp =1; sendmmsg 1 'ab' 5 'cd' 6 !EPERM", true},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n recvfrom($s, \"ab\", 0, $a)\n recvfrom($s, \"c\", 0, $a)\n",
     "socket udp =1; recvmmsg 1 'ab' 5 'c' 5", true},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n recvfrom($s, \"ab\", 0, $a)\n recvfrom($s, \"c\", 0, $a)\n",
     "socket udp =1; recvmmsg 1 'ab' 5 'c' 6", false},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n sendmmsg!($s, \"ab\")\n sendmmsg!($s, \"cd\")\n",
     "socket udp =1; sendmmsg 1 'ab' 5 'cd' 6", true},
    /* On a stream the bytes are what counts. */
    {"socket() = $s\n send($s, \"abcd\")\n", "socket tcp =1; sendmmsg 1 'ab' 0 'cd' 0", true},
    {"socket() = $s\n recv($s, \"abc\")\n recv($s, \"d\")\n", "socket tcp =1; recvmmsg 1 'ab' 0 'cd' 0",
     true},
    {"socket() = $s\n", "socket tcp =1; recv 1 ?", false},
    /* In any order. */
    {"socket() = $s\n in any order {\n bind($s, *:1)\n listen($s)\n }\n close($s)\n",
     "socket tcp =1; listen 1 1; bind 1 1; close 1", true},
    {"socket() = $s\n in any order {\n bind($s, *:1)\n listen($s)\n }\n close($s)\n",
     "socket tcp =1; bind 1 1; close 1; listen 1 1", false},
    {"socket() = $s\n in any order {\n bind($s, *:1)\n listen($s)\n }\n",
     "socket tcp =1; listen 1 1; bind 1 1; listen 1 1", false},
    {"in any order {\n {\n socket() = $a\n close($a)\n }\n {\n socket() = $b\n bind($b, *:1)\n }\n }\n",
     "socket tcp =1; socket tcp =2; bind 1 1; close 2", true},
    {"in any order {\n {\n socket() = $a\n close($a)\n }\n {\n socket() = $b\n bind($b, *:1)\n }\n }\n",
     "socket tcp =1; bind 1 1; socket tcp =2; close 2", true},
    {"in any order {\n {\n socket() = $a\n close($a)\n }\n {\n socket() = $b\n bind($b, *:1)\n }\n }\n",
     "socket tcp =1; socket tcp =2; close 2; close 1", false},
    {"socket() = $s\n in any order {\n repeat 2 bind($s)\n optional listen($s)\n close($s)\n }\n",
     "socket tcp =1; bind 1 1; close 1; bind 1 2", true},
    {"socket() = $s\n in any order {\n repeat 2 bind($s)\n optional listen($s)\n close($s)\n }\n",
     "socket tcp =1; bind 1 1; listen 1 1; close 1", false},
    {"repeat 2 {\n in any order {\n socket() = $a\n socket() = $b\n }\n close($a)\n close($b)\n }\n",
     "socket tcp =1; socket tcp =2; close 2; close 1; socket tcp =3; socket tcp =4; close 3; close 4", true},
    {"socket() = $s\n in any order {\n recv($s, \"abc\")\n send($s, \"xyz\")\n }\n",
     "socket tcp =1; recv 1 'a'; send 1 'xy'; recv 1 'bc'; send 1 'z'", true},
    {"socket() = $s\n in any order {\n send($s, \"ab\")\n send($s, \"cd\")\n }\n",
     "socket tcp =1; send 1 'c'; send 1 'dab'", true},
    {"socket() = $s\n in any order {\n send($s, \"ab\")\n send($s, \"cd\")\n }\n",
     "socket tcp =1; send 1 'a'; send 1 'cd'; send 1 'b'", false},
    {"socket() = $s\n in any order {\n in any order {\n bind($s)\n listen($s)\n }\n close($s)\n }\n",
     "socket tcp =1; listen 1 1; close 1; bind 1 1", true},
    {SERVER "in any order {\n accept($l) = $a {\n recv($a, \"a\")\n }\n accept($l) = $b {\n recv($b, "
            "\"b\")\n }\n }\n",
     SETUP "accept 1 =2; accept 1 =3; recv 3 'a'; recv 2 'b'", true},
    {SERVER "in any order {\n accept($l) = $a {\n recv($a, \"a\")\n }\n accept($l) = $b {\n recv($b, "
            "\"b\")\n }\n }\n",
     SETUP "accept 1 =2; accept 1 =3; recv 3 'a'; recv 2 'a'", false},
    {"socket() = $s\n in any order {\n never listen(_)\n bind($s)\n }\n close($s)\n",
     "socket tcp =1; bind 1 1; listen 1 1; close 1", false},
    /* Calls that are not looked at. */
    {"ignore close, listen\n socket() = $s\n bind($s)\n",
     "socket tcp =1; listen 1 1; close 1 dup; bind 1 1; close 1", true},
    {"ignore close\n socket() = $s\n", "socket tcp =1; bind 1 1; close 1", false},
    {"ignore listen\n socket() = $s {\n bind($s)\n }\n", "socket tcp =1; listen 1 1; bind 1 1", true},
    {"socket() = $s {\n ignore listen\n bind($s)\n }\n socket() = $t\n",
     "socket tcp =1; listen 1 1; bind 1 1; socket tcp =2; listen 2 1", false},
    {"ignore write\n socket() = $s\n send($s, \"ab\")\n",
     "socket tcp =1; send 1 'a'; write 1 'x'; send 1 'b'", true},
    {"ignore send!\n socket() = $s\n send($s, \"ab\")\n",
     "socket tcp =1; write 1 'a'; send 1 'x'; write 1 'b'", true},
    /* Strict: everything is looked at, each call is itself. */
    {"strict\n socket() = $s\n bind($s)\n", "socket tcp =1; setsockopt 1; bind 1 1", false},
    {"strict\n socket() = $s\n setsockopt($s)\n bind($s)\n", "socket tcp =1; setsockopt 1; bind 1 1", true},
    {"strict\n socket() = $s\n bind($s) = -1 EINTR\n bind($s)\n", "socket tcp =1; bind 1 1 !EINTR; bind 1 1",
     true},
    {"strict\n socket() = $s\n bind($s)\n", "socket tcp =1; bind 1 1 !EINTR; bind 1 1", false},
    {"strict\n ignore setsockopt\n socket() = $s\n bind($s)\n", "socket tcp =1; setsockopt 1; bind 1 1",
     true},
    {"strict\n socket(AF_INET, SOCK_STREAM) = $s\n", "socket tcp =1", false},
    {"strict\n socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC) = $s\n", "socket tcp =1", true},
    {"strict\n socket(AF_INET, SOCK_STREAM|...) = $s\n", "socket tcp =1", true},
    {"strict\n socket() = $s\n send($s, \"ab\")\n", "socket tcp =1; send 1 'a'; send 1 'b'", true},
    {"strict\n socket() = $s\n send($s, \"ab\")\n", "socket tcp =1; write 1 'ab'", false},
    {"strict\n socket() = $s\n send($s, \"ab\")\n", "socket tcp =1; send 1 'a'; write 1 'b'", false},
    {"strict\n socket() = $s\n write($s, \"ab\")\n", "socket tcp =1; write 1 'a'; write 1 'b'", true},
    {"socket() = $s {\n strict\n bind($s)\n }\n socket() = $t\n bind($t)\n",
     "socket tcp =1; bind 1 1; socket tcp =2; setsockopt 2; bind 2 1", true},
    {"socket() = $s {\n strict\n bind($s)\n }\n", "socket tcp =1; setsockopt 1; bind 1 1", false},
    {"socket() = $s {\n strict\n connect($s) = -1 EINPROGRESS\n getsockopt($s)\n }\n socket() = $t\n "
     "connect($t)\n",
     "socket tcp =1; connect 1 7 !EINPROGRESS; so_error 1 0; socket tcp =2; connect 2 7 !EINPROGRESS; "
     "so_error 2 0",
     true},
    {"socket() = $s {\n strict\n connect($s)\n }\n", "socket tcp =1; connect 1 7 !EINPROGRESS; so_error 1 0",
     false},
    /* This very system call. */
    {"socket() = $s\n send!($s, \"ab\")\n", "socket tcp =1; send 1 'ab'", true},
    {"socket() = $s\n send!($s, \"ab\")\n", "socket tcp =1; write 1 'ab'", false},
    {"socket() = $s\n send!($s, \"ab\")\n", "socket tcp =1; send 1 'a'; send 1 'b'", false},
    {"socket() = $s\n write($s, \"ab\")\n recv!($s, \"c\")\n", "socket tcp =1; write 1 'ab'; recv 1 'c'",
     true},
    /* All bytes of a socket. */
    {"socket() = $s {\n sends \"abcd\"\n }\n", "socket tcp =1; send 1 'ab'; write 1 'c'; send 1 'd'", true},
    {"socket() = $s {\n sends \"abcd\"\n }\n", "socket tcp =1; send 1 'abc'", false},
    {"socket() = $s {\n sends \"abcd\"\n }\n", "socket tcp =1; send 1 'abcde'", false},
    {"socket() = $s {\n sends \"abcd\"\n }\n", "socket tcp =1; send 1 'ab'; send 1 'dc'", false},
    {"socket() = $s {\n sends \"abcd\"\n }\n", "socket tcp =1; send 1 'abcd'; recv 1 'x'", false},
    {"socket() = $s {\n sends \"ab\"\n receives \"x\"\n close($s)\n }\n",
     "socket tcp =1; send 1 'a'; recv 1 'x'; send 1 'b'; recv 1 0; close 1", true},
    {"socket() = $s {\n sends \"ab\"\n close($s)\n }\n", "socket tcp =1; send 1 'ab'; send 1 !EPIPE; close 1",
     false},
    {"socket() = $s {\n sends \"ab\"\n send($s) = -1 EPIPE\n }\n",
     "socket tcp =1; send 1 'ab'; send 1 !EPIPE", true},
    {"socket() = $s {\n sends \"ab\"\n send($s, \"a\")\n recv($s, \"x\")\n send($s, \"b\")\n }\n",
     "socket tcp =1; send 1 'a'; recv 1 'x'; send 1 'b'", true},
    {"socket() = $s {\n sends \"ab\"\n recv($s, \"x\")\n send($s, \"b\")\n }\n",
     "socket tcp =1; send 1 'ab'; recv 1 'x'", false},
    {"socket() = $s {\n sends 5 bytes\n }\n", "socket tcp =1; send 1 'ab'; send 1 'cde'", true},
    {"socket() = $s {\n sends 5 bytes\n }\n", "socket tcp =1; send 1 'ab~~~'", true},
    {"socket() = $s {\n sends 5 bytes\n }\n", "socket tcp =1; send 1 'ab~~~~'", false},
    {"socket() = $s {\n sends 1..3 or > 5 bytes\n }\n", "socket tcp =1; send 1 'abcd'", false},
    {"socket() = $s {\n sends 1..3 or > 5 bytes\n }\n", "socket tcp =1; send 1 'abcdef'", true},
    {"socket() = $s {\n sends \"ab\" x 1000\n }\n", "socket tcp =1; send 1 'ab'", false},
    {"socket() = $s {\n sends \"ab\" x 3\n }\n", "socket tcp =1; send 1 'aba'; send 1 'bab'", true},
    {"socket() = $s {\n sends \"ab\" x3\n }\n", "socket tcp =1; send 1 'aba'; send 1 'baba'", false},
    {"socket() = $s {\n sends \"\"\n }\n", "socket tcp =1", true},
    {"socket() = $s {\n sends \"...\"\n }\n", "socket tcp =1", true},
    {"socket() = $s {\n sends \"a...\"\n }\n", "socket tcp =1", false},
    {"socket() = $s {\n receives \"GET ...\\n...\\n\"\n }\n",
     "socket tcp =1; recv 1 'GE'; recv 1 'T_/\\n'; recv 1 'x\\ny\\n'", true},
    {"socket() = $s {\n receives \"GET ...\\n...\\n\"\n }\n", "socket tcp =1; recv 1 'GET_/\\n'", false},
    {"socket() = $s {\n receives \"a...z\"\n }\n", "socket tcp =1; recv 1 'a~~~'; recv 1 'z'", true},
    {"socket() = $s {\n receives \"a...z\"\n }\n", "socket tcp =1; recv 1 'a~~~'; recv 1 'zy'", false},
    {"socket() = $s {\n receives \"ab\"\n }\n", "socket tcp =1; peek 1 'ab'; recv 1 'ab'", true},
    {SERVER "each accept($l) = $c {\n receives 3 bytes\n sends \"ok\"\n close($c)\n }\n",
     SETUP
     "accept 1 =2; accept 1 =3; recv 2 'a'; recv 3 'xyz'; recv 2 'bc'; send 2 'ok'; send 3 'o'; send 3 'k';"
     "close 2; close 3",
     true},
    {SERVER "each accept($l) = $c {\n receives 3 bytes\n sends \"ok\"\n close($c)\n }\n",
     SETUP "accept 1 =2; accept 1 =3; recv 2 'a'; recv 3 'xyzw'; recv 2 'b'; send 2 'ok'; send 3 'ok'; close "
           "2; close 3",
     false},
    {SERVER
     "either {\n accept($l) = $c {\n sends \"a\"\n }\n } or {\n accept($l) = $c {\n sends \"b\"\n }\n }\n",
     SETUP "accept 1 =2; send 2 'b'", true},
    /* Lives. */
    {SERVER "accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; close 2", true},
    {SERVER "accept($l) = $c" ECHO "close($l)\n",
     SETUP "accept 1 =2; recv 2 'ping\\n'; close 1; send 2 'ping\\n'; recv 2 0; close 2", true},
    {SERVER "accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; closed 2", false},
    /* A process that ends of its own accord closes what it has; one that is made to end does not. */
    {SERVER "each accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; exit; closed 2", true},
    {SERVER "each accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; stopped; exit; closed 2", false},
    {SERVER "close!($l)\n", SETUP "exit; closed 1", false},
    {SERVER, SETUP "exit; closed 1", true},
    /* Cleaning up. */
    {SERVER, SETUP "stopped; shutdown 1 wr; close 1", true},
    {SERVER, SETUP "close -1 !EBADF", true},
    {SERVER, SETUP "close 1 !EBADF", true},
    /* Looked at, and the end found twice. */
    {SERVER "each accept($l) = $c" ECHO,
     SETUP "accept 1 =2; peek 2 'pi'; recv 2 'ping\\n'; send 2 'ping\\n'; peek 2 ''; recv 2 0; close 2",
     true},
    {SERVER "each accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; recv 2 0; close 2", true},
    {SERVER "each accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; recv 2 0; recv 2 0; close 2", false},
    {"socket() = $s\n recv($s, \"a\", MSG_PEEK)\n recv($s, \"a\")\n", "socket tcp =1; recv 1 'a'", false},
    /* What a program says to itself. */
    {SERVER,
     "socketpair =5; socket tcp =1; send 5 'x'; bind 1 7000; recv 6 'x'; listen 1 16; close 5; close 6",
     true},
    {"socketpair()\n send(_, \"x\")\n", "socketpair =5; send 5 'x'", true},
    {"socketpair()\n", "socketpair =5; send 5 'x'", false},
    {"", "socketpair !EMFILE", false},
    {SERVER "accept($l) = $c" ECHO, SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0", false},
    {SERVER "accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; close 2; accept 1 =3", false},
    {SERVER "accept($l) = $c" ECHO,
     SETUP "accept 1 =2; close 2 dup; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; close 2", true},
    {SERVER "each accept($l) = $c" ECHO, SETUP "accept 1 ?", true},
    {SERVER "each accept($l) = $c" ECHO,
     SETUP "accept 1 =2; accept 1 =3; recv 3 'ping\\n'; recv 2 'ping\\n'; send 2 'ping\\n'; send 3 "
           "'ping\\n'; recv 2 0;"
           "close 2; recv 3 0; close 3; accept 1 ?",
     true},
    {SERVER "each accept($l) = $c" ECHO,
     SETUP "accept 1 =2; accept 1 =3; recv 3 'ping\\n'; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0;"
           "close 2; recv 3 0; close 3; accept 1 ?",
     false},
    {SERVER "each 2 accept($l) = $c" ECHO,
     SETUP "accept 1 =2; recv 2 'ping\\n'; send 2 'ping\\n'; recv 2 0; close 2; accept 1 ?", false},
    {SERVER "repeat accept($l) = $c {\n recv($c, \"a\")\n close($c)\n }\n",
     SETUP "accept 1 =2; recv 2 'a'; close 2; accept 1 =3; recv 3 'a'; close 3", true},
    {SERVER "repeat accept($l) = $c {\n recv($c, \"a\")\n close($c)\n }\n",
     SETUP "accept 1 =2; recv 2 'a'; accept 1 =3; close 2; recv 3 'a'; close 3", false},
    {SERVER "either {\n accept($l) = $c {\n recv($c, \"a\")\n close($c)\n }\n } or {\n accept($l) = $c {\n"
            "recv($c, \"b\")\n close($c)\n }\n }\n",
     SETUP "accept 1 =2; recv 2 'b'; close 2", true},
    {SERVER "either {\n accept($l) = $c {\n recv($c, \"a\")\n close($c)\n }\n } or {\n accept($l) = $c\n"
            "recv($c, \"b\")\n close($c)\n }\n",
     SETUP "accept 1 =2; recv 2 'b'; close 2", true},
    {SERVER "either {\n accept($l) = $c {\n recv($c, \"a\")\n close($c)\n }\n } or {\n accept($l) = $c\n"
            "recv($c, \"b\")\n close($c)\n }\n",
     SETUP "accept 1 =2; recv 2 'a'; close 2", true},
    {SERVER "either {\n accept($l) = $c {\n recv($c, \"a\")\n close($c)\n }\n } or {\n accept($l) = $c\n"
            "recv($c, \"b\")\n close($c)\n }\n",
     SETUP "accept 1 =2; recv 2 'c'; close 2", false},
    {"socket() = $l {\n bind($l, *:1)\n listen($l)\n each accept($l) = $c {\n recv($c, \"a\")\n close($c)\n "
     "}\n"
     "close($l)\n }\n",
     "socket tcp =1; bind 1 1; listen 1 1; accept 1 =2; accept 1 =3; recv 3 'a'; close 1; close 3; recv 2 "
     "'a'; close 2",
     true},
    {"socket() = $l {\n bind($l, *:1)\n listen($l)\n each accept($l) = $c {\n recv($c, \"a\")\n close($c)\n "
     "}\n"
     "close($l)\n }\n",
     "socket tcp =1; bind 1 1; listen 1 1; accept 1 =2; accept 1 =3; recv 3 'a'; close 1; close 3; recv 2 "
     "'b'; close 2",
     false},
    {"socket() = $l {\n listen($l)\n accept($l) = $c\n recv($c, \"a\")\n close($c)\n close($l)\n }\n",
     "socket tcp =1; listen 1 1; accept 1 =2; recv 2 'a'; close 2; close 1", true},
    {SERVER "each accept($l) = $c {\n never send($c)\n recv($c, \"a\")\n close($c)\n }\n",
     SETUP "accept 1 =2; recv 2 'a'; close 2", true},
    /* libc's sockets, and connects in two steps. */
    {"socket() = $s\n connect($s, *:7000)\n",
     "socket netlink =1; bind 1 0; send 1 'x'; close 1; socket tcp =2; connect 2 7000", true},
    {"socket() = $s\n connect($s, *:7000)\n",
     "socket udp =1; setsockopt 1; connect 1 53; send 1 'q'; recv 1 'a'; close 1; socket tcp =2; connect 2 "
     "7000",
     true},
    {"socket() = $s\n connect($s, *:7000)\n",
     "socket udp =1; connect 1 7000; close 1; socket tcp =2; connect 2 7000", true},
    {"socket() = $s\n connect($s, *:7000)\n",
     "socket udp =1; connect 1 7000; send 1 'x'; close 1; socket tcp =2; connect 2 7000", false},
    {"socket() = $s\n connect($s, *:7000)\n",
     "socket tcp =1; connect 1 7000 !ECONNREFUSED; close 1; socket tcp =2; connect 2 7000", true},
    {"socket(AF_INET, SOCK_DGRAM) = $s\n connect($s, *:53)\n send($s, \"q\")\n",
     "socket udp =1; connect 1 53; send 1 'q'", true},
    {"socket() = $s\n connect($s, *:7000) = 0\n send($s, \"x\")\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; wait; so_error 1 0; send 1 'x'", true},
    {"socket() = $s\n connect($s, *:7000) = 0\n send($s, \"x\")\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; wait; connect 1 7000 !EISCONN; send 1 'x'", true},
    {"socket() = $s\n connect($s, *:7000) = 0\n send($s, \"x\")\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; send 1 'x'", false},
    {"socket() = $s\n connect($s, *:7000) = 0\n send($s, \"x\")\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; wait; getpeername 1; send 1 'x'", true},
    {"socket() = $s\n connect($s, *:7000) = 0\n send($s, \"x\")\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; getpeername 1 !ENOTCONN; send 1 'x'", false},
    {"socket() = $s\n connect($s, *:7000) = 0\n send($s, \"x\")\n",
     "socket tcp =1; connect 1 7000 !EINTR; wait; so_error 1 0; send 1 'x'", true},
    {"socket() = $s\n connect($s, *:7000) = 0\n send($s, \"x\")\n",
     "socket tcp =1; connect 1 7000 !EINTR; connect 1 7000; send 1 'x'", true},
    {"socket() = $s\n connect($s, *:7000) = -1 ECONNREFUSED\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; wait; so_error 1 111", true},
    {"socket() = $s\n connect($s, *:7000) = -1 EINPROGRESS\n getsockopt($s, SOL_SOCKET, SO_ERROR, [0])\n",
     "socket tcp =1; connect 1 7000 !EINPROGRESS; so_error 1 0", true},
};

START_TEST(pattern_holds)
{
    const struct row *row = &rows[_i];
    struct fit fit;
    const struct alignment *alignment;

    fit_init(&fit, row->pattern, row->events);
    ck_assert_msg(fit_matches(&fit) == row->holds, "row %d: expected %d:\n%s\n%s", _i, row->holds,
                  row->pattern, row->events);
    alignment = fit_align(&fit);
    ck_assert_msg((alignment->cost == 0) == row->holds, "row %d: cost %u, should %shold:\n%s\n%s\n%s", _i,
                  alignment->cost, row->holds ? "" : "not ", row->pattern, row->events,
                  fit_rows(&fit, alignment, true));
    ck_assert_int_eq(alignment->first == NULL, row->holds);
    fit_release(&fit);
}
END_TEST

/* The server of the page, against an echo that is cut into single bytes: all orders of its calls that there
 * are (a bit of `_i` for each: sent, or received). */
START_TEST(an_echo_in_pieces_holds)
{
    enum { BYTES = 5, CALLS = 2 * BYTES };
    static const char *const bytes[BYTES] = {"p", "i", "n", "g", "\\n"};
    int done[2] = {0}; /* received, sent */
    struct buf events = {0};
    struct fit fit;
    bool is_send = false;

    buf_adds(&events, SETUP "accept 1 =2");
    for (int call = 0; call < CALLS; call++) {
        is_send = (_i >> call) & 1;
        if (done[is_send] < BYTES)
            buf_addf(&events, "; %s 2 '%s'", is_send ? "send" : "recv", bytes[done[is_send]]);
        done[is_send]++;
    }
    buf_adds(&events, "; recv 2 0; close 2");
    if (done[0] == BYTES) {
        fit_init(&fit, SERVER "each accept($l) = $c" ECHO, buf_str(&events));
        ck_assert_msg(fit_matches(&fit) == is_send, "should %shold: %s", is_send ? "" : "not ",
                      buf_str(&events));
        ck_assert_int_eq(fit_align(&fit)->cost == 0, is_send);
        fit_release(&fit);
    }
    buf_release(&events);
}
END_TEST

/* Lines that cannot be told apart may be taken by an event in any of their orders. */
START_TEST(many_equal_lines_are_matched_in_time)
{
    enum { LINES = 13 };
    struct buf pattern = {0}, events = {0};
    struct fit fit;

    buf_adds(&pattern, "socket() = $s\n in any order {\n");
    buf_adds(&events, "socket tcp =1");
    for (int i = 0; i < LINES; i++) {
        buf_adds(&pattern, "listen($s)\n");
        buf_adds(&events, _i || i ? "; listen 1 5" : "");
    }
    buf_adds(&pattern, "}\n");
    fit_init(&fit, buf_str(&pattern), buf_str(&events));
    ck_assert_int_eq(fit_matches(&fit), _i);
    fit_release(&fit);
    buf_release(&pattern);
    buf_release(&events);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "rows", pattern_holds, (int)ARRAY_LEN(rows));
    suite_add_loop(suite, "echo in pieces", an_echo_in_pieces_holds, 1 << 10);
    suite_add_loop(suite, "equal lines", many_equal_lines_are_matched_in_time, 2);
}
SUITE_MAIN("match", add)
