#!/usr/bin/env bats
# tests/cli/other-programs.bats: programs that nobody wrote for this project, in other languages too, hold in the roles of scenarios.
load helpers

# Wrappers of version managers stand before the distribution's own interpreters, and start a dozen processes.
PATH=/usr/bin:/bin:$PATH

# need PROGRAM…: skips where one of them is not installed.
need()
{
    local program
    for program; do
        command -v "$program" >/dev/null || skip "$program is not installed"
    done
}

# file NAME: standard input becomes a file of the test's; its path is in $file.
file()
{
    file=$BATS_TEST_TMPDIR/$1
    cat >"$file"
}

# holds SCENARIO ROLE COMMAND: with the command in that role, and no rule finds anything above style.
holds()
{
    sd_ends 0 run "$1" --role "$2=$3"
    says "$1 holds"
    draws_nothing
}

@test "socat: a server for TCP and for UDP" {
    need socat
    holds tcp-echo server 'socat TCP4-LISTEN:${PORT},reuseaddr,fork PIPE'
    holds udp-echo server 'socat UDP4-RECVFROM:${PORT},fork PIPE'
    holds unix-echo server 'socat UNIX-LISTEN:${TMP}/echo,fork PIPE'
}

@test "ncat: a server for TCP" {
    need ncat
    holds tcp-echo server 'ncat -4 -l -k -e /bin/cat ${PORT}'
}

@test "nc: a client for datagrams and for a page; a server whose output is its input" {
    need nc mkfifo
    nc -h 2>&1 | grep -q -- '-N' || skip 'this nc cannot shut down its half (-N)'
    holds http client "sh -c 'printf \"GET / HTTP/1.0\\\\r\\\\n\\\\r\\\\n\" | nc -N 127.0.0.1 \${PORT}'"
    holds udp-echo client "sh -c 'echo ping | nc -u -W 1 127.0.0.1 \${PORT}'"
    mkfifo "$BATS_TEST_TMPDIR/back"
    holds tcp-echo server "sh -c 'nc -N -l 127.0.0.1 \${PORT} <$BATS_TEST_TMPDIR/back | cat >$BATS_TEST_TMPDIR/back'"
}

@test "nc shuts down its half before it listens: that is another order, and is told" {
    need nc
    nc -h 2>&1 | grep -q -- '-N' || skip 'this nc cannot shut down its half (-N)'
    sd_ends 1 run tcp-echo --client 'sh -c "echo ping | nc -N 127.0.0.1 ${PORT}"'
    says 'does not hold: client: ' # before the answer, or once more behind the end of the stream
}

@test "curl asks for a page" {
    need curl
    holds http client "curl -s --noproxy * http://127.0.0.1:\${PORT}/"
}

@test "wget asks for a page" {
    need wget
    holds http client 'wget -q --no-proxy -O - http://127.0.0.1:${PORT}/'
}

@test "Python: servers with threads and with asyncio, datagrams, clients" {
    need python3
    file threads.py <<'END'
import socketserver, sys

class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        while True:
            data = self.request.recv(4096)
            if not data:
                break
            self.request.sendall(data)

socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("", int(sys.argv[1])), Echo).serve_forever()
END
    holds tcp-echo server "python3 $file \${PORT}"
    holds tcp-echo-servers server "python3 $file \${PORT}"
    file asyncio.server.py <<'END'
import asyncio, sys

async def echo(reader, writer):
    while True:
        data = await reader.read(4096)
        if not data:
            break
        writer.write(data)
        await writer.drain()
    writer.close()

async def main():
    server = await asyncio.start_server(echo, "0.0.0.0", int(sys.argv[1]))
    await server.serve_forever()

asyncio.run(main())
END
    holds tcp-echo server "python3 $file \${PORT}"
    file udp.py <<'END'
import socket, sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.bind(("", int(sys.argv[1])))
    while True:
        data, client = sock.recvfrom(65536)
        sock.sendto(data, client)
END
    holds udp-echo server "python3 $file \${PORT}"
    file client.py <<'END'
import socket, sys

with socket.create_connection((sys.argv[1], sys.argv[2])) as server:
    server.sendall(b"ping\n")
    answer = b""
    while len(answer) < 5:
        answer += server.recv(5 - len(answer))
    server.shutdown(socket.SHUT_WR)
    assert answer == b"ping\n" and server.recv(1) == b""
END
    holds tcp-echo client "python3 $file 127.0.0.1 \${PORT}"
}

@test "Python: a server that waits for something else before it listens is not ready yet" {
    need python3
    file late.py <<'END'
import select, socket, sys

listener = socket.socket()
listener.bind(("", int(sys.argv[1])))
select.select([], [], [], 0.4)  # as http.server asks for the name of the machine
listener.listen()
while True:
    conn, client = listener.accept()
    while data := conn.recv(4096):
        conn.sendall(data)
    conn.close()
END
    holds tcp-echo server "python3 $file \${PORT}"
}

@test "Python: reads ahead where messages are framed, and a thread for each who chats" {
    need python3
    file framing.py <<'END'
import socket, struct, sys

listener = socket.create_server(("", int(sys.argv[1])))
while True:
    conn, _ = listener.accept()
    rest = b""
    while True:
        data = conn.recv(4096)
        if not data:
            break
        rest += data
        while len(rest) >= 4 and len(rest) >= 4 + struct.unpack(">I", rest[:4])[0]:
            end = 4 + struct.unpack(">I", rest[:4])[0]
            conn.sendall(rest[:4] + rest[4:end].upper())
            rest = rest[end:]
    conn.close()
END
    holds framing server "python3 $file \${PORT}"
    file chat.py <<'END'
import socketserver, sys, threading

clients = []
lock = threading.Lock()

class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        name = self.rfile.readline().strip()
        with lock:
            clients.append(self)
        self.wfile.write(b"welcome, " + name + b"\n")
        for line in self.rfile:
            with lock:
                for client in clients:
                    if client is not self:
                        client.wfile.write(name + b": " + line)
        with lock:
            clients.remove(self)

socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("", int(sys.argv[1])), Talk).serve_forever()
END
    holds chat server "python3 $file \${PORT}"
}

@test "Python: a server of files, and a client that asks for one" {
    need python3
    mkdir "$BATS_TEST_TMPDIR/pages"
    echo hello >"$BATS_TEST_TMPDIR/pages/index.html"
    file files.py <<'END'
import functools, http.server, socketserver, sys

# Not http.server's own HTTPServer: between bind and listen it asks for the name of the machine.
socketserver.TCPServer.allow_reuse_address = True
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[2])
socketserver.TCPServer(("", int(sys.argv[1])), handler).serve_forever()
END
    holds http server "python3 $file \${PORT} $BATS_TEST_TMPDIR/pages"
    file page.py <<'END'
import http.client, sys

server = http.client.HTTPConnection(sys.argv[1], int(sys.argv[2]))
server.request("GET", "/")
print(server.getresponse().read().decode(), end="")
server.close()
END
    holds http client "python3 $file 127.0.0.1 \${PORT}"
}

@test "Perl: a server and a client" {
    need perl
    perl -MIO::Socket::INET -e 1 2>/dev/null || skip 'Perl has no IO::Socket::INET'
    file server.pl <<'END'
use IO::Socket::INET;
my $listener = IO::Socket::INET->new(LocalPort => $ARGV[0], Listen => 5, ReuseAddr => 1) or die $!;
while (my $conn = $listener->accept) {
    while (sysread $conn, my $bytes, 4096) {
        syswrite $conn, $bytes;
    }
    close $conn;
}
END
    holds tcp-echo server "perl $file \${PORT}"
    holds tcp-echo-servers server "perl $file \${PORT}"
    file client.pl <<'END'
use IO::Socket::INET;
my $server = IO::Socket::INET->new(PeerAddr => $ARGV[0], PeerPort => $ARGV[1], Proto => "tcp") or die $!;
syswrite $server, "ping\n";
my ($answer, $bytes) = ("", "");
while (length $answer < 5 && sysread $server, $bytes, 5) {
    $answer .= $bytes;
}
shutdown $server, 1;
die if $answer ne "ping\n" || sysread $server, $bytes, 1;
close $server;
END
    holds tcp-echo client "perl $file 127.0.0.1 \${PORT}"
}

@test "Rust: a server with threads, and a client" {
    need rustc
    file server.rs <<'END'
use std::{env, io, net::TcpListener, thread};

fn main() -> io::Result<()> {
    let port = env::args().nth(1).unwrap().parse().unwrap();
    for conn in TcpListener::bind(("0.0.0.0", port))?.incoming() {
        let conn = conn?;
        thread::spawn(move || io::copy(&mut &conn, &mut &conn));
    }
    Ok(())
}
END
    rustc -o "$BATS_TEST_TMPDIR/server" "$file" || skip 'rustc does not work here'
    holds tcp-echo server "$BATS_TEST_TMPDIR/server \${PORT}"
    holds tcp-echo-servers server "$BATS_TEST_TMPDIR/server \${PORT}"
    file client.rs <<'END'
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

fn main() -> std::io::Result<()> {
    let address = std::env::args().skip(1).collect::<Vec<_>>().join(":");
    let mut server = TcpStream::connect(address)?;
    let (mut answer, mut rest) = ([0; 5], Vec::new());
    server.write_all(b"ping\n")?;
    server.read_exact(&mut answer)?;
    server.shutdown(Shutdown::Write)?;
    server.read_to_end(&mut rest)?;
    assert!(&answer == b"ping\n" && rest.is_empty());
    Ok(())
}
END
    rustc -o "$BATS_TEST_TMPDIR/client" "$file"
    holds tcp-echo client "$BATS_TEST_TMPDIR/client 127.0.0.1 \${PORT}"
}

@test "Go: a server with goroutines" {
    need go
    file server.go <<'END'
package main

import (
	"io"
	"log"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp4", ":"+os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		conn, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go func() {
			defer conn.Close()
			buffer := make([]byte, 4096)
			for {
				n, err := conn.Read(buffer)
				if _, failed := conn.Write(buffer[:n]); err == io.EOF || failed != nil {
					return
				}
			}
		}()
	}
}
END
    GOCACHE=$BATS_TEST_TMPDIR/cache go build -o "$BATS_TEST_TMPDIR/server" "$file" || skip 'go does not work here'
    holds tcp-echo server "$BATS_TEST_TMPDIR/server \${PORT}"
}
