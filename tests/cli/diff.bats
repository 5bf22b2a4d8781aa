#!/usr/bin/env bats
# tests/cli/diff.bats: two traces as stories: nothing for what another run may have otherwise, and what else differs by name.
load helpers

# record NAME ARG…: the trace of a run, whatever it comes to.
record()
{
    local name=$1
    shift
    "$sockdrill" run -o "$BATS_TEST_TMPDIR/$name" "$@" >"$BATS_TEST_TMPDIR/$name.said" 2>&1 </dev/null || [ $? = 1 ]
    keep cli.diff.bats "$BATS_TEST_TMPDIR/$name"
}

# recorded SCENARIO: the file $old: a trace of it, recorded once for all tests.
recorded()
{
    old=$BATS_FILE_TMPDIR/$1
    [ -s "$old" ] || "$sockdrill" run "$1" -o "$old" >"$old.said" 2>&1 </dev/null
}

# change EXPRESSION: what jq makes of each record of $old, as $new.
change()
{
    new=$BATS_TEST_TMPDIR/changed
    jq -c "$1" "$old" | jq -cs '(length - 2) as $n | .[] | if .end then .events = $n else . end' >"$new"
    ! cmp -s "$old" "$new"
}

# differs TEXT…: $old and $new do, each TEXT stands in what is said of it, and the JSON is as its schema has it.
differs()
{
    sd_ends 1 diff "$old" "$new" --json
    "$root/tests/format/diff_schema" "$BATS_TEST_TMPDIR/stdout"
    [ "$(jq -r .result <<<"$stdout")" = differs ]
    json=$stdout
    sd_ends 1 diff "$old" "$new"
    says "$@"
}

# one TEXT…: the same, and it is the only difference.
one()
{
    differs "$@" ': 1 difference in 1 socket '
    [ "$(jq .differences <<<"$json")" = 1 ]
}

# same: $old and $new tell the same story.
same()
{
    sd_ends 0 diff "$old" "$new"
    says 'tell the same story'
    sd_ends 0 diff "$new" "$old"
    sd_ends 0 diff "$old" "$new" --json
    "$root/tests/format/diff_schema" "$BATS_TEST_TMPDIR/stdout"
    [ "$(jq -r '[.result, .differences, (.roles | map(.status) | unique[])] | tostring' <<<"$stdout")" = '["same",0,"same"]' ]
}

@test "the schema of --json tells right from wrong" {
    "$root/tests/format/diff_schema"
}

# ---- the same story ----

@test "a run tells the same story as the run before it" {
    record old tcp-echo
    record new tcp-echo
    old=$BATS_TEST_TMPDIR/old new=$BATS_TEST_TMPDIR/new
    same
}

@test "write, writev, sendto and sendmsg are the same" {
    for way in write writev sendto sendmsg; do
        record "$way" write-is-send --role "client=any-way-client 127.0.0.1 \${PORT} $way"
        old=$BATS_TEST_TMPDIR/write new=$BATS_TEST_TMPDIR/$way
        same
    done
}

@test "an echo in segments of one byte is the same echo" {
    recorded tcp-echo
    awk '{ print } /^server/ { print "    inject recv short 1 every" }' expected/tcp-echo.expect \
        >"$BATS_TEST_TMPDIR/tcp-echo.expect"
    record short "$BATS_TEST_TMPDIR/tcp-echo.expect"
    new=$BATS_TEST_TMPDIR/short
    [ "$(jq -s 'map(select(.role == "server" and .canon == "send")) | length' "$new")" = 5 ]
    same
}

@test "numbers of descriptors, processes, sockets and ports are chance" {
    recorded tcp-echo
    change 'def shift: if type == "object" then (if (.fd | type) == "number" and .fd > 2 then .fd += 4 else . end) | (if (.sock | type) == "number"
            then .sock += 10 else . end) | (if (.port | type) == "number" and .port > 30000 then .port -= 1000 else . end) | map_values(shift)
            elif type == "array" then map(shift) else . end;
            if .pid then shift | .pid += 1000 | .tid += 1000 | (if .made then .made |= map(. + 10) else . end) else . end'
    same
}

@test "the port that the runner chose is a parameter, in addresses and where it is said" {
    old=$BATS_TEST_TMPDIR/old new=$BATS_TEST_TMPDIR/new
    for scenario in tcp-echo http unix-abstract; do
        record old "$scenario" --set PORT=7000
        record new "$scenario" --set PORT=17001
        same
    done
}

# saying PORT TEXT: tcp-echo on that port, as $trace, with the text in place of what it sends: PID in it is the client's, PORT the port.
saying()
{
    record plain tcp-echo --set PORT="$1"
    trace=$BATS_TEST_TMPDIR/said.$1
    jq -c --arg text "$2" --arg port "$1" --arg pid "$(jq -r 'select(.event == "start" and .role == "client") | .pid' "$BATS_TEST_TMPDIR/plain")" '
        ($text | sub("PID"; $pid) | sub("PORT"; $port)) as $said | ($said | length) as $len |
        if (.canon == "send" or .canon == "recv") and .result > 0
        then .args.buf = $said | .args.len = $len | .result = $len | .range = [0, $len] else . end' "$BATS_TEST_TMPDIR/plain" >"$trace"
}

@test "pids and parameters inside of data are chance, other numbers are not" {
    saying 7000 'I am PID at PORT'
    old=$trace
    saying 17001 'I am PID at PORT'
    new=$trace
    same
    saying 17001 'I am PID at 17002'
    new=$trace
    differs 'byte'
    saying 17001 'I am x at PORT'
    new=$trace
    differs 'byte 5' 'now "x"'
}

@test "servers that fork, have threads, or wait for many, tell their own story again" {
    for server in forking threaded preforked select poll epoll epoll-edge; do
        record old tcp-echo-servers --server "tcp-echo-$server \${PORT}"
        old=$BATS_TEST_TMPDIR/old
        for i in 1 2 3; do
            record new tcp-echo-servers --server "tcp-echo-$server \${PORT}"
            new=$BATS_TEST_TMPDIR/new
            same
        done
    done
}

@test "a log of strace tells the same story as another" {
    command -v strace >/dev/null || skip 'strace is not there'
    for name in old new; do
        strace -f -s 100000 -e trace=%network,%desc,%process -o "$BATS_TEST_TMPDIR/$name" "$build/scenarios/socketpair" || skip 'strace can not trace here'
    done
    old=$BATS_TEST_TMPDIR/old new=$BATS_TEST_TMPDIR/new
    same
}

# ---- single changes ----

@test "a port" {
    recorded tcp-echo
    change 'if .role == "server" then walk(if type == "object" and .port == 7000 then .port = 7001 else . end) else . end'
    one '- bind(0.0.0.0:7000)' '+ bind(0.0.0.0:7001)' 'address: 0.0.0.0:7000, now 0.0.0.0:7001'
    [ "$(jq -r '.roles[] | .sockets[].changes[] | [.what, .arguments[0].name, .new.text] | join(" ")' <<<"$json")" = \
        'changed address bind(0.0.0.0:7001) = 0' ]
}

@test "an option, its value, and that it is missing" {
    recorded tcp-echo
    change 'if .call == "setsockopt" then .args.optname = {"name": "SO_REUSEPORT", "n": 15, "of": "SO"} else . end'
    differs '- setsockopt(SOL_SOCKET, SO_REUSEADDR, [1])' '+ setsockopt(SOL_SOCKET, SO_REUSEPORT, [1])' '2 differences in 1 socket'
    change 'if .call == "setsockopt" then .args.optval = [0] else . end'
    one 'value: [1], now [0]'
    change 'select(.call != "setsockopt")'
    one '- setsockopt(SOL_SOCKET, SO_REUSEADDR, [1]) = 0'
}

@test "a flag, of a call and of a stream's calls" {
    recorded tcp-echo
    change 'if .call == "socket" and .role == "client" then .args.type = {"flags": ["SOCK_STREAM", "SOCK_CLOEXEC"], "n": 524289, "of": "SOCK"} else . end'
    one 'client, socket 1 to server' 'type: SOCK_STREAM, now SOCK_STREAM|SOCK_CLOEXEC'
    change 'if .canon == "recv" and .role == "server" and .result > 0
            then .args.flags = {"flags": ["MSG_WAITALL"], "n": 256, "of": "MSG"} else . end'
    [ "$(jq -r 'select(.canon == "recv" and .role == "server" and .result > 0) | .call' "$old")" = recvfrom ]
    one 'server, connection 1 from client' 'flags: 0, now 0, MSG_WAITALL'
}

@test "a backlog, and the direction of a shutdown" {
    recorded tcp-echo
    change 'if .call == "listen" then .args.backlog = 5 else . end'
    one '- listen(16) = 0' '+ listen(5) = 0' 'backlog: 16, now 5'
    change 'if .call == "shutdown" then .args.how = {"name": "SHUT_RDWR", "n": 2, "of": "SHUT"} else . end'
    one 'direction: SHUT_WR, now SHUT_RDWR'
}

@test "a byte of the data, and bytes that are not there" {
    recorded tcp-echo
    change 'if .canon == "send" and .role == "client" then .args.buf = "pinG\n" else . end'
    one 'client, socket 1 to server' 'byte 3: "g", now "G"' '- "ping\n"' '+ "pinG\n"'
    [ "$(jq -c '[.. | .bytes? // empty | .[]]' <<<"$json")" = '[{"old":{"at":3,"len":1,"text":"g"},"new":{"at":3,"len":1,"text":"G"}}]' ]
    change 'if .canon == "send" and .role == "client" then .args.buf = "ping" | .args.len = 4 | .result = 4 | .range = [0, 4] else . end'
    one 'byte 4: "\n", now nothing'
}

@test "bytes that are no text are shown as a hexdump, and can't disturb a terminal" {
    recorded tcp-echo
    change 'if .canon == "send" and .role == "client" then .args.buf = "\u001b[2J\n" else . end'
    one '+ 00000000 [1b 5b 32 4a]0a' '|.[2J.|'
    ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$BATS_TEST_TMPDIR/stdout"
    change '(.role? // empty) |= "se\u001b[2Jrver" | if .canon == "connect" then .addr = {"struct": "sockaddr_un", "path": "\u001b[2J"} | .args.addr = .addr else . end'
    differs 'is new'
    ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$BATS_TEST_TMPDIR/stdout"
    recorded udp-echo
    change 'if .role? then .role = "\u001b[2J" + .role else . end | if .canon == "sendto" then .args.buf = "PING\n" else . end'
    cp "$new" "$BATS_TEST_TMPDIR/old"
    old=$BATS_TEST_TMPDIR/old
    change 'if .canon == "sendto" then .args.buf = "\u001b[2J\n" else . end'
    differs "{port of \\33[2Jclient's socket 1}"
    ! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$BATS_TEST_TMPDIR/stdout"
}

@test "a close that is missing, and one that the exit does" {
    recorded tcp-echo
    change 'select(.call != "close" or .role != "server")'
    one 'server, connection 1 from client' '- close()'
    change 'if .call == "close" and .role == "client" then .event = "closed" | .args = {"fd": .args.fd, "why": "exit"} | del(.call, .canon, .result)
            else . end'
    differs 'client, socket 1'
}

@test "a shutdown before what it stood behind" {
    recorded half-close
    change 'if .call == "shutdown" and .role == "client" then .start_ns = 0 | .end_ns = 0 else . end'
    jq -cs 'map(select(.call == "shutdown" and .role == "client")) as $moved | (map(.canon == "send" and .role == "client") | index(true)) as $at |
            to_entries | map(select(.value.call != "shutdown" or .value.role != "client") | if .key == $at then $moved[0] + {seq: .value.seq, sock: .value.sock}, .value + {seq: (.value.seq)} else .value end)[]' \
        "$old" >"$new"
    jq -cs 'to_entries | map(if .value.seq then .value + {seq: .key} else .value end)[]' "$new" >"$new.numbered"
    mv "$new.numbered" "$new"
    differs 'order: was after' 'bytes sent'
}

@test "one connection more, one less" {
    record three tcp-echo-servers
    record one tcp-echo
    old=$BATS_TEST_TMPDIR/one new=$BATS_TEST_TMPDIR/three
    differs 'server, connection 2' 'is new' '+ accept() = connection 2'
    old=$BATS_TEST_TMPDIR/three new=$BATS_TEST_TMPDIR/one
    differs 'server, connection 2' 'is gone' '- accept() = connection 2'
}

@test "how a role ends" {
    recorded tcp-echo
    change 'if .event == "exit" and .role == "client" then .args.status = 1 else . end'
    differs '- exits 0' '+ exits 1' '1 difference in 0 sockets'
}

@test "one byte among 100 000 events, in little time and memory" {
    "$build/bench/million" 100000 1 none 0 >"$BATS_TEST_TMPDIR/old"
    "$build/bench/million" 100000 1 data 500 >"$BATS_TEST_TMPDIR/new"
    (
        ulimit -v 1000000
        timeout 30 "$sockdrill" diff "$BATS_TEST_TMPDIR/old" "$BATS_TEST_TMPDIR/old"
        ! timeout 30 "$sockdrill" diff "$BATS_TEST_TMPDIR/old" "$BATS_TEST_TMPDIR/new" >"$BATS_TEST_TMPDIR/said"
    )
    grep -F 'differ: 1 difference in 1 socket (99004 and 99004 calls)' "$BATS_TEST_TMPDIR/said"
    grep -F 'byte 2: "n", now "X"' "$BATS_TEST_TMPDIR/said"
    rm "$BATS_TEST_TMPDIR/old" "$BATS_TEST_TMPDIR/new"
}

# ---- what can't be compared, and wrong usage ----

@test "a trace that is cut, or that has not seen all, is not compared" {
    recorded tcp-echo
    head -n 9 "$old" >"$BATS_TEST_TMPDIR/cut"
    sd_ends 3 diff "$old" "$BATS_TEST_TMPDIR/cut"
    says 'cut: it is cut'
    [ -z "$stdout" ]
    change 'if .event == "exit" and .role == "client" then .event = "lost" | .args = {"why": "a storm"} else . end'
    sd_ends 3 diff "$new" "$old" --json
    says 'a storm'
    "$root/tests/format/diff_schema" "$BATS_TEST_TMPDIR/stdout"
    [ "$(jq -r .result <<<"$stdout")" = untested ]
    change 'select(.event != "call")'
    sd_ends 3 diff "$old" "$new"
    says 'has no calls'
}

@test "wrong usage" {
    recorded tcp-echo
    sd_ends 2 diff "$old"
    says 'two traces' 'diff --help'
    sd_ends 2 diff "$old" /nowhere
    says '/nowhere'
    sd_ends 2 diff - -
    sd_ends 2 diff "$old" "$old" --context x
    sd_ends 0 diff --help
    says 'OLD NEW' '--json'
}

@test "colour only where it is asked for" {
    recorded tcp-echo
    change 'if .call == "listen" then .args.backlog = 5 else . end'
    sd_ends 1 diff --color=always "$old" "$new"
    grep -q $'\e\[' <<<"$stdout"
    sd_ends 1 diff "$old" "$new"
    ! grep -q $'\e' <<<"$stdout"
    sd_ends 1 diff --color=always --json "$old" "$new"
    ! grep -q $'\e' <<<"$stdout"
}

@test "diff: the time of day is no difference, another time is" {
    cd "$BATS_TEST_TMPDIR"
    echo 'import socket, sys, time; conn = socket.create_server(("127.0.0.1", int(sys.argv[1]))).accept()[0]; conn.sendall(time.ctime().encode())' >daytime.py
    echo 'import socket, sys; socket.create_connection(("127.0.0.1", int(sys.argv[1]))).recv(99)' >client.py
    printf '%s\n' 'server "python3 daytime.py ${PORT}" {' '}' 'client "python3 client.py ${PORT}" {' '}' >daytime.expect
    sd run daytime.expect -o old.jsonl
    # The same run a day and an hour later; and one that says a time which was not then.
    for which in later wrong; do
        python3 - "$which" >"$which.jsonl" <<'END'
import json, re, sys, time
head = json.loads(open('old.jsonl').readline())
text = open('old.jsonl').read()
if sys.argv[1] == 'later':
    text = text.replace(head['began_ns'], str(int(head['began_ns']) + 90000 * 10**9), 1)
print(re.sub(r'[A-Z][a-z]{2} [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} [0-9]{4}',
             lambda found: time.ctime(time.mktime(time.strptime(found[0])) + 90000), text), end='')
END
    done
    [ "$(cmp old.jsonl later.jsonl)" ]
    sd_ends 0 diff old.jsonl later.jsonl
    says 'tell the same story'
    sd_ends 1 diff old.jsonl wrong.jsonl
    says '2 differences'
}
