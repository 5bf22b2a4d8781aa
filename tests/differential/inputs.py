# tests/differential/inputs.py: what is traced to compare the tracers: probes, scenarios, and real programs talking on loopback.
"""A server and its client run under one tracer. What they do is the same in every run: one request at a time, servers that answer
in one piece, and files (not pipes) for their input, which are ready at once."""
import fcntl
import glob
import os
import shutil
import socket
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, os.environ.get('BUILD', 'build'))
PATH = '/usr/bin:/bin:/usr/sbin:/sbin'


# compare is run again in a network (and with mounts) of its own, where that is not refused; this says that it has been.
ALONE = 'SOCKDRILL_COMPARE_ALONE'


def isolate():
    """Goes on where nobody else has a port, or changes one's mounts."""
    if ALONE in os.environ:
        with socket.socket() as any_socket:
            fcntl.ioctl(any_socket, 0x8914, struct.pack('16sh14x', b'lo', 1))  # SIOCSIFFLAGS, IFF_UP
        return
    unshare = ['unshare', '-nm' if os.geteuid() == 0 else '-rnm']
    if shutil.which(unshare[0]) and subprocess.run([*unshare, 'true'], capture_output=True).returncode == 0:
        os.environ[ALONE] = 'yes'
        os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])


class Input:
    """needs: programs without which it is skipped. quick: it belongs to `make check`. files: of programs/, copied to where
    it is run. alone: it needs a network of its own. exact: its lines are the same in every run, times included."""
    exact = False

    def __init__(self, name, needs='', quick=False, files='', alone=False):
        self.name, self.needs, self.quick, self.files, self.alone = name, needs.split(), quick, files.split(), alone

    def refusal(self):
        """Why it can't be run here; None: it can."""
        missing = [program for program in self.needs if not shutil.which(program, path=PATH)]
        if missing:
            return f'not installed: {", ".join(missing)}'
        return 'a network of its own is refused here' if self.alone and ALONE not in os.environ else None

    def prepare(self, place):
        """Puts its files there, all of the same age."""
        for name in self.files:
            shutil.copy(os.path.join(HERE, 'programs', name), place)
            os.utime(os.path.join(place, name), (0, 0))


class Probe(Input):
    exact = True

    def __init__(self, name, directory):
        super().__init__(name, quick=True)
        self.program = os.path.join(BUILD, directory, name.partition('/')[0])

    def refusal(self):
        reason = os.path.join(BUILD, 'tests32/refusal')
        if not os.path.exists(self.program) and '/32' in self.name and os.path.exists(reason):
            return 'no 32-bit programs can be made'
        done = subprocess.run([self.program], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return done.stderr.decode().strip() if done.returncode == 77 else None

    def command(self):
        return [self.program]


class Command(Input):
    def __init__(self, command):
        super().__init__(command[0])
        self.given = [os.path.abspath(command[0]) if '/' in command[0] else command[0], *command[1:]]

    def command(self):
        return self.given


class Alone(Input):
    """A shell line."""

    def __init__(self, name, line, **more):
        super().__init__(name, **more)
        self.line = line

    def command(self):
        return ['sh', '-c', self.line]


class Pair(Input):
    """Shell lines of a server and of its client. ready: tcp or udp, where the server is bound to $PORT, else a path that it makes.
    ended: it does not end of its own when the client has. port: not any that is free, but this one."""

    def __init__(self, name, ready, server, client, ended=False, port=None, **more):
        super().__init__(name, **more)
        self.ready, self.server, self.client, self.ended, self.port = ready, server, client, ended, port

    def command(self):
        port = self.port or free_port(socket.SOCK_DGRAM if self.ready == 'udp' else socket.SOCK_STREAM)
        ready = f'{self.ready}:{port}' if self.ready in ('tcp', 'udp') else f'path:{self.ready}'
        return ['env', f'PORT={port}', os.path.join(HERE, 'pair'), *['--end'] * self.ended, ready, self.server, self.client]


def free_port(kind):
    """Below the ephemeral ones, so that its number stands in the lines that are compared."""
    for port in range(20000 + os.getpid() % 1000 * 10, 32000):
        with socket.socket(socket.AF_INET, kind) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(('', port))
                return port
            except OSError:
                continue
    sys.exit('compare: no free port')


SCENARIOS = os.path.join(BUILD, 'scenarios')

# Input for a client whose server polls for more than one thing: what it sees depends on whether it waits already when the data
# comes, and on whether the end is there with the data. The server makes `got` when it is connected, and puts there what it gets.
SLOWLY = (f'{{ until [ -e got ]; do sleep 0.03; done; {HERE}/settled $SERVER; cat request; '
          f'until cmp -s request got; do sleep 0.03; done; {HERE}/settled $SERVER; }} |')

REAL = (
    Pair('tcp-echo', 'tcp', f'exec {SCENARIOS}/tcp-echo-server $PORT', f'{SCENARIOS}/tcp-echo-client 127.0.0.1 $PORT',
         ended=True, quick=True),
    Pair('udp-echo', 'udp', f'exec {SCENARIOS}/udp-echo-server $PORT', f'{SCENARIOS}/udp-echo-client 127.0.0.1 $PORT',
         ended=True, quick=True),
    Pair('nc-tcp', 'tcp', 'exec nc -d -l 127.0.0.1 $PORT >got', f'{SLOWLY} nc -N 127.0.0.1 $PORT', needs='nc', quick=True, files='request'),
    Pair('nc-udp', 'udp', 'exec nc -d -u -l -W 1 127.0.0.1 $PORT', 'nc -u -q 0 127.0.0.1 $PORT <request', needs='nc', files='request'),
    Pair('nc-unix', 'sock', 'exec nc -d -l -U sock >got', f'{SLOWLY} nc -N -U sock', needs='nc', quick=True, files='request'),
    Pair('nc-scan', 'tcp', 'exec nc -d -k -l 127.0.0.1 $PORT',
         'nc -z 127.0.0.1 $PORT; nc -z -w 2 127.0.0.1 $PORT; nc -z 127.0.0.1 9; nc -z -s 127.0.0.2 127.0.0.1 $PORT; '
         'nc -N 127.0.0.1 $PORT </dev/null', ended=True, needs='nc'),
    Pair('bash', 'tcp', 'exec nc -d -l 127.0.0.1 $PORT >got', f'SETTLED={HERE}/settled exec bash redirect.bash', needs='nc bash', files='redirect.bash'),
    Pair('socat-tcp', 'tcp', 'exec socat -u TCP-LISTEN:$PORT,bind=127.0.0.1,reuseaddr CREATE:got',
         f'{SLOWLY} socat -u STDIN TCP:127.0.0.1:$PORT,shut-none', needs='socat', files='request'),
    Pair('socat-unix', 'sock', 'exec socat -u UNIX-LISTEN:sock CREATE:got', f'{SLOWLY} socat -u STDIN UNIX-CONNECT:sock', needs='socat',
         quick=True, files='request'),
    Pair('socat-udp', 'udp', 'exec socat -u UDP-RECVFROM:$PORT,bind=127.0.0.1 CREATE:got',
         'socat -u OPEN:request UDP:127.0.0.1:$PORT', needs='socat', files='request'),
    Pair('socat-options', 'tcp', 'exec socat -u TCP-LISTEN:$PORT,bind=127.0.0.1,reuseaddr,backlog=3,rcvbuf=9000 CREATE:got',
         f'{SLOWLY} socat -u STDIN TCP:127.0.0.1:$PORT,shut-none,nodelay,keepalive,keepidle=10,keepintvl=5,keepcnt=3,sndbuf=9000,'
         'linger=5,tos=16,ttl=9,mss=1000,cork=0,defer-accept=1,syncnt=2,quickack=0,priority=3,ip-mtu-discover=2,broadcast,dontroute',
         needs='socat', files='request'),
    Pair('socat-datagram', 'sock', "exec socat -u UNIX-RECVFROM:sock CREATE:got", 'socat -u OPEN:request UNIX-SENDTO:sock',
         needs='socat', files='request'),
    Pair('curl', 'tcp', 'REQUESTS=3 exec python3 -S http_server.py',
         'curl -s --head http://127.0.0.1:$PORT/request && curl -s http://127.0.0.1:$PORT/request && '
         'curl -s --data @request http://127.0.0.1:$PORT/',
         needs='python3 curl', files='http_server.py request'),
    Pair('urllib', 'tcp', 'REQUESTS=1 exec python3 -S http_server.py',
         "python3 -S -c 'import os, urllib.request as u; u.urlopen(\"http://127.0.0.1:\" + os.environ[\"PORT\"]).read()'",
         needs='python3', files='http_server.py request'),
    Pair('asyncio', 'tcp', 'exec python3 -S asyncio_server.py', f'{SLOWLY} nc -N 127.0.0.1 $PORT', needs='python3 nc',
         files='asyncio_server.py request'),
    Alone('rights', 'exec python3 -S rights.py', needs='python3', quick=True, files='rights.py'),
    Alone('perl', 'exec perl perl.pl', needs='perl', quick=True, files='perl.pl'),
    Alone('threads', 'exec python3 -S threads.py', needs='python3', files='threads.py'),
    Alone('sockets', 'exec python3 -S sockets.py', needs='python3', quick=True, files='sockets.py request'),
    Pair('nginx', 'tcp', 'sed -i s/[$]PORT/$PORT/ nginx.conf; exec nginx -p . -c nginx.conf', 'sh nginx.sh', needs='nginx curl',
         files='nginx.conf nginx.sh request'),
    Pair('redis', 'tcp', "exec redis-server --port $PORT --bind 127.0.0.1 --save '' --appendonly no --unixsocket redis.sock",
         'sh redis.sh', needs='redis-server redis-cli', files='redis.sh'),
    Pair('redis-benchmark', 'redis.sock', "exec redis-server --port 0 --save '' --appendonly no --unixsocket redis.sock",
         'redis-benchmark -s redis.sock -c 1 -n 3 -t set,lpush -q && redis-cli -s redis.sock SHUTDOWN NOSAVE',
         needs='redis-server redis-cli redis-benchmark'),
    Pair('resolver', 'udp', 'exec python3 -S dns_server.py',
         "unshare -m sh -c 'mount --bind resolv.conf /etc/resolv.conf && getent hosts a.test && getent ahosts b.test'",
         ended=True, port=53, alone=True, needs='python3 getent mount unshare',
         files='dns_server.py resolv.conf'),
    Alone('getent', 'getent hosts localhost', needs='getent', quick=True),
    Alone('ss', 'unshare -n ss -4tanp', needs='ss unshare', alone=True),
)


def everything():
    """All inputs, by name."""
    names = [os.path.splitext(os.path.basename(path))[0] for path in sorted(glob.glob(os.path.join(ROOT, 'tests/live/probe_*.c')))]
    probes = [Probe(name, 'tests') for name in names] + [Probe(f'{name}/32', 'tests32') for name in names]
    return {each.name: each for each in (*probes, *REAL)}
