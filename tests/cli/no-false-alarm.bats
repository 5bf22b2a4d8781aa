#!/usr/bin/env bats
# tests/cli/no-false-alarm.bats: no rule finds anything above style in real servers and clients.
load helpers

# Wrappers of version managers stand before the distribution's own interpreters, and start a dozen processes.
PATH=/usr/bin:/bin:/usr/sbin:$PATH

# need PROGRAM…: skips where one of them is not installed.
need()
{
    local program
    for program; do
        command -v "$program" >/dev/null || skip "$program is not installed"
    done
}

# session SERVER CLIENT: commands of a shell, in a network of their own. The client begins when the server is ready.
session()
{
    printf '%s\n' "exec $1" >"$BATS_TEST_TMPDIR/server"
    printf '%s\n' "$2" >"$BATS_TEST_TMPDIR/client"
    sd_ends 0 run scenarios/broken/anything.expect -v --set "PORT=7000" \
        --server "sh $BATS_TEST_TMPDIR/server \${PORT}" --client "sh $BATS_TEST_TMPDIR/client \${PORT}"
    says 'anything holds'
    draws_nothing
}

# Pages, in $pages: a short one and one that fills every buffer on the way.
pages()
{
    pages=$BATS_TEST_TMPDIR/pages
    mkdir "$pages"
    echo hello >"$pages/index.html"
    head -c 300000 /dev/zero >"$pages/big"
}

# What curl can ask for: several pages on one connection, none, the head, a part, with an old protocol.
curls()
{
    cat <<'END'
curl -s --noproxy '*' http://127.0.0.1:$1/ http://127.0.0.1:$1/big http://127.0.0.1:$1/none >/dev/null
curl -sI --noproxy '*' http://127.0.0.1:$1/big >/dev/null
curl -s --noproxy '*' -r 0-99 http://127.0.0.1:$1/big >/dev/null
curl -s --http1.0 --noproxy '*' http://127.0.0.1:$1/big >/dev/null
END
}

@test "nginx and curl, through a proxy too" {
    need nginx curl
    pages
    cat >"$BATS_TEST_TMPDIR/nginx.conf" <<END
daemon off; pid $BATS_TEST_TMPDIR/nginx.pid; error_log stderr;
events {}
http {
    access_log off;
    client_body_temp_path $BATS_TEST_TMPDIR/body; proxy_temp_path $BATS_TEST_TMPDIR/proxy;
    fastcgi_temp_path $BATS_TEST_TMPDIR/fastcgi; uwsgi_temp_path $BATS_TEST_TMPDIR/uwsgi; scgi_temp_path $BATS_TEST_TMPDIR/scgi;
    server { listen 7000; root $pages; location /other/ { proxy_pass http://127.0.0.1:7000/; } }
}
END
    session "nginx -p $BATS_TEST_TMPDIR -c $BATS_TEST_TMPDIR/nginx.conf" "$(curls)
curl -s --noproxy '*' http://127.0.0.1:\$1/other/big >/dev/null"
}

@test "redis-server and its clients" {
    need redis-server redis-cli
    session "redis-server --port \$1 --save '' --dir $BATS_TEST_TMPDIR" '
until redis-cli -p $1 ping >/dev/null; do :; done
redis-cli -p $1 set a b >/dev/null
printf "PING\nSET x 1\nINCR x\nQUIT\n" | redis-cli -p $1 >/dev/null'
}

@test "http.server of Python, with curl and urllib" {
    need python3 curl
    pages
    session "python3 -m http.server \$1 --directory $pages" "$(curls)
python3 -c 'import sys, urllib.request; urllib.request.urlopen(\"http://127.0.0.1:\" + sys.argv[1]).read()' \$1"
}

@test "nc at both ends, for streams and for datagrams" {
    need nc
    nc -h 2>&1 | grep -q -- '-N' || skip 'this nc cannot shut down its half (-N)'
    session 'nc -l 127.0.0.1 $1' 'echo hi | nc -N 127.0.0.1 $1'
    session 'nc -u -l 127.0.0.1 $1' 'echo hi | nc -u -w 1 127.0.0.1 $1'
}

@test "socat at both ends: streams, datagrams, a program behind it" {
    need socat
    session 'socat TCP4-LISTEN:$1,reuseaddr,fork PIPE' 'echo hi | socat -t 2 - TCP4:127.0.0.1:$1
head -c 200000 /dev/zero | socat -t 5 - TCP4:127.0.0.1:$1 >/dev/null'
    session 'socat TCP4-LISTEN:$1,reuseaddr,fork SYSTEM:cat' 'echo hi | socat -t 2 - TCP4:127.0.0.1:$1'
    session 'socat UDP4-RECVFROM:$1,fork PIPE' 'echo hi | socat -t 1 - UDP4:127.0.0.1:$1'
}

@test "git fetches from its daemon" {
    need git
    git daemon --help 2>&1 | grep -q base-path || [ -x "$(git --exec-path)/git-daemon" ] || skip 'git has no daemon'
    git init -q "$BATS_TEST_TMPDIR/origin"
    git -C "$BATS_TEST_TMPDIR/origin" -c user.email=a@example.org -c user.name=a commit -q --allow-empty -m first
    session "git daemon --port=\$1 --base-path=$BATS_TEST_TMPDIR --export-all --reuseaddr" "
git clone -q git://127.0.0.1:\$1/origin $BATS_TEST_TMPDIR/clone"
}

@test "Python: a thread and a process for each client" {
    need python3 nc
    nc -h 2>&1 | grep -q -- '-N' || skip 'this nc cannot shut down its half (-N)'
    cat >"$BATS_TEST_TMPDIR/echo.py" <<'END'
import socketserver, sys

class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)

server = getattr(socketserver, sys.argv[1])
server.allow_reuse_address = True
server(("", int(sys.argv[2])), Echo).serve_forever()
END
    for kind in ThreadingTCPServer ForkingTCPServer; do
        session "python3 $BATS_TEST_TMPDIR/echo.py $kind \$1" 'echo a | nc -N 127.0.0.1 $1
printf "b\nc\n" | nc -N 127.0.0.1 $1'
    done
}

@test "ssh and its server" {
    need sshd ssh ssh-keygen
    [[ $(getent passwd "$(id -un)" | cut -d: -f7) != */nologin ]] || skip "$(id -un) has no shell"
    local made=
    if [ "$(id -u)" = 0 ] && [ ! -d /run/sshd ]; then # what sshd wants of root, and a service would have made
        mkdir /run/sshd
        made=yes
    fi
    ssh-keygen -q -t ed25519 -N '' -f "$BATS_TEST_TMPDIR/host"
    ssh-keygen -q -t ed25519 -N '' -f "$BATS_TEST_TMPDIR/key"
    cat >"$BATS_TEST_TMPDIR/sshd.conf" <<CONF
HostKey $BATS_TEST_TMPDIR/host
AuthorizedKeysFile $BATS_TEST_TMPDIR/key.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
CONF
    session "$(command -v sshd) -D -e -f $BATS_TEST_TMPDIR/sshd.conf -p \$1" "head -c 200000 /dev/zero |
ssh -F none -i $BATS_TEST_TMPDIR/key -p \$1 -o UserKnownHostsFile=/dev/null -o StrictHostKeyChecking=no $(id -un)@127.0.0.1 'wc -c; echo done'"
    [ -z "$made" ] || rmdir /run/sshd
}

@test "Python: asyncio, and connections that are kept" {
    need python3
    cat >"$BATS_TEST_TMPDIR/asyncio.py" <<'END_OF_PYTHON'
import asyncio, sys

async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()

async def ask(port, n):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for i in range(n):
        writer.write(b"%d\n" % i)
        assert await reader.readline() == b"%d\n" % i
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()

async def main():
    port = int(sys.argv[2])
    if sys.argv[1] == "server":
        await (await asyncio.start_server(serve, "127.0.0.1", port)).serve_forever()
    await asyncio.gather(*(ask(port, n) for n in (1, 5, 20)))

asyncio.run(main())
END_OF_PYTHON
    session "python3 $BATS_TEST_TMPDIR/asyncio.py server \$1" "python3 $BATS_TEST_TMPDIR/asyncio.py client \$1"
    pages
    session "python3 -m http.server \$1 --protocol HTTP/1.1 --directory $pages" "python3 -c '
import http.client, sys
kept = http.client.HTTPConnection(\"127.0.0.1\", int(sys.argv[1]))
for path in \"/\", \"/big\", \"/none\", \"/\":
    kept.request(\"GET\", path)
    kept.getresponse().read()
kept.close()' \$1"
}

@test "node: a server of HTTP" {
    need node curl
    echo 'require("http").createServer((q, a) => a.end("hello\n")).listen(+process.argv[2], "127.0.0.1")' >"$BATS_TEST_TMPDIR/http.js"
    session "node $BATS_TEST_TMPDIR/http.js \$1" 'curl -s --noproxy "*" http://127.0.0.1:$1/ http://127.0.0.1:$1/ >/dev/null'
}
