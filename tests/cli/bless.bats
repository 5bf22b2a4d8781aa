#!/usr/bin/env bats
# tests/cli/bless.bats: what bless writes, where, and what it refuses.
load helpers

setup()
{
    unset CI
    golden=$BATS_TEST_TMPDIR/golden.expect
    client='client=tcp-echo-client 127.0.0.1 ${PORT}'
}

@test "bless writes a pattern that run and check take, and does not write it again" {
    sd_ends 0 bless tcp-echo -o "$golden"
    grep -qF 'recv($conn, "ping\n", 0)' "$golden"
    grep -qF 'bind($listener, 0.0.0.0:${PORT}) = 0' "$golden"
    sd_ends 0 run "$golden" -o "$BATS_TEST_TMPDIR/trace.jsonl"
    sd_ends 0 check "$golden" "$BATS_TEST_TMPDIR/trace.jsonl"
    before=$(stat -c %i "$golden")
    sd_ends 0 bless tcp-echo -o "$golden"
    says 'stays as it is'
    [ "$(stat -c %i "$golden")" = "$before" ]
}

@test "a pattern that is there is replaced with --update only, and the difference is shown" {
    sd_ends 0 bless tcp-echo -o "$golden"
    sed -i 's/"ping/"pong/' "$golden"
    cp "$golden" "$BATS_TEST_TMPDIR/before"
    sd_ends 1 bless tcp-echo -o "$golden"
    says '-         recv($conn, "pong' '+         recv($conn, "ping' 'nothing is written' '--update'
    cmp "$golden" "$BATS_TEST_TMPDIR/before"
    sd_ends 0 bless "$golden" --update
    grep -qF '"ping' "$golden"
    ! grep -qF '"pong' "$golden"
}

@test "programs are blessed without an expectation" {
    cd "$BATS_TEST_TMPDIR"
    sd_ends 0 bless --role "$client" -o - -- tcp-echo-server '${PORT}'
    says 'tcp_echo_server "tcp-echo-server ${PORT}" {' 'accept($listener, NULL, 0) = $conn {' 'client "tcp-echo-client 127.0.0.1 ${PORT}" {' '    exit 0'
}

@test "what is no run to go by is refused" {
    sd_ends 1 bless -o "$golden" -- false
    says 'exited with 1' 'nothing is blessed'
    sd_ends 1 bless -o "$golden" -- true
    says 'recorded no call'
    sd_ends 1 bless tcp-echo --server 'true' -o "$golden"
    says 'does not hold'
    sd_ends 3 bless -o "$golden" -- no-such-program-anywhere
    says 'could not be tested'
    CI=true sd_ends 2 bless tcp-echo -o "$golden"
    says 'CI is set'
    sd_ends 2 bless
    sd_ends 2 bless tcp-echo -- true
    [ ! -e "$golden" ]
}

@test "ports that the kernel chooses get a name where several lines have them" {
    sd_ends 0 bless udp-echo -o "$golden"
    grep -qF 'recvfrom($s, "ping\n", 0, 127.0.0.1:$port)' "$golden"
    grep -qF 'sendto($s, "ping\n", 0, 127.0.0.1:$port)' "$golden"
}

@test "what programs say of the time of day, and the port, is in no pattern" {
    cd "$BATS_TEST_TMPDIR"
    cat >daytime.py <<'END'
import socket, sys, time
listener = socket.create_server(('127.0.0.1', int(sys.argv[1])))
conn, _ = listener.accept()
conn.sendall(f'Date: {time.ctime()} at {int(time.time())} on port {sys.argv[1]}\r\n'.encode())
END
    echo 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1]))).recv(999)' >client.py
    sd_ends 0 bless --role 'client=python3 client.py ${PORT}' -o "$golden" -- python3 daytime.py '${PORT}'
    grep -qF '"Date: ... at ... on port ${PORT}\r\n"' "$golden"
    grep -qE '    # seen: "[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} [0-9]{4}"; "[0-9]{10}"$' "$golden"
    sd_ends 0 run "$golden"
    sd_ends 0 run --no-namespace "$golden"
}
