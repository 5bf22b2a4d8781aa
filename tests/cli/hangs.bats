#!/usr/bin/env bats
# tests/cli/hangs.bats: when nothing can move any more that is told at once, and who waits for whom; a program that waits for
# something else is left to it.
load helpers

anything=scenarios/broken/anything.expect

# waits KIND ARG…: server and client of tests/live/waits.c, with far more time than they need.
waits()
{
    local kind=$1
    shift
    sd run --timeout 60 --findings none -o "$BATS_TEST_TMPDIR/trace" "$@" --server "$build/tests/waits $kind server \${PORT}" \
        --client "$build/tests/waits $kind client \${PORT}"
}

# tells PATTERN…: wherever lines are broken.
tells()
{
    local pattern
    for pattern; do
        grep -qE "$pattern" <<<"$(tr -s ' \n' ' ' <<<"$output")" || return 1
    done
}

# When the trace says that roles were ended for a hang, in milliseconds since the last call that returned before.
told_after()
{
    jq -s 'map(select(.event == "role" and .args.what == "hung"))[0].start_ns as $told |
        (map(select((.event == "call" or .event == "exit") and .end_ns < $told).end_ns) | max) as $last |
        ($told - $last) / 1000000 | floor' "$BATS_TEST_TMPDIR/trace"
}

# hangs KIND SERVER CLIENT: the call that each is in when nothing moves any more
hangs()
{
    local kind=$1 server=$2 client=$3
    waits "$kind" "${4:-$anything}"
    [ "$status" = 1 ] || return 1
    says 'does not hold: nothing can move any more' 'Who waits for whom:'
    tells " server[ 0-9]* $server" || return 1
    tells " client[ 0-9]* $client" || return 1
    ! grep 'time was up' <<<"$output" || return 1
    # Half a second where the machine is idle; here others may have the CPU.
    [ "$(told_after)" -lt 20000 ]
}

# lives KIND: it takes its time, and comes to its end.
lives()
{
    waits "$1" "$anything"
    [ "$status" = 0 ] && says 'anything holds'
}

@test "both wait in recv" { hangs both-recv 'recv\([0-9]+\) .* 0 bytes to read' 'recv\([0-9]+\) .* 0 bytes to read'; }
@test "the parent has the connection open as well" {
    hangs parent-keeps 'accept\([0-9]+\)' 'recv\([0-9]+\)'
    tells 'the other end \(.*\) is fd [0-9]+ of server'
}
@test "a child has the connection open as well" { hangs child-keeps '(accept|wait4)' 'recv\([0-9]+\)'; }
@test "both send, and nobody receives" {
    hangs both-full 'send\([0-9]+\) .* unsent' 'send\([0-9]+\) .* unsent'
    tells 'no room at the other end' 'a recv on fd [0-9]+ of client'
}
@test "the server never accepts" {
    hangs never-accepts 'recv\([0-9]+\)' 'recv\([0-9]+\)'
    tells 'not accepted yet' 'an accept on fd [0-9]+ of server'
}
@test "a datagram is lost" { hangs reply-lost 'recv' 'recv' scenarios/broken/lost-datagram.expect; }
@test "who asked does not say that it has sent everything" { hangs no-half-close 'recv\([0-9]+\)' 'recv\([0-9]+\)'; }
@test "MSG_WAITALL wants more than comes" {
    hangs takes-all 'recv\([0-9]+\)' 'recv\([0-9]+\)'
    tells '0 bytes to read of 10 asked for with MSG_WAITALL'
}
@test "poll looks at another descriptor" { hangs wrong-fd 'poll without time limit, fd [0-9]+' 'recv\([0-9]+\)'; }
@test "an edge-triggered socket is not drained" {
    hangs edge 'epoll_wait without time limit, fd [0-9]+' 'recv\([0-9]+\)'
    tells '3 bytes to read, but of these it was told before \(EPOLLET\)'
}
@test "two threads wait for each other" {
    printf 'program "%s" {\n    ...\n}\n' "$build/tests/waits threads server 7000" >"$BATS_TEST_TMPDIR/threads.expect"
    sd run --timeout 60 "$BATS_TEST_TMPDIR/threads.expect"
    [ "$status" = 1 ]
    tells 'nothing can move any more: program waits in recv' 'it waits for its own'
}
@test "a thread waits for one that waits" { hangs joins 'recv\([0-9]+\)' '(waits for another thread|recv\([0-9]+\))'; }
@test "the server waits for the next client before it serves this one" { hangs accepts-again 'accept\([0-9]+\)' 'recv\([0-9]+\)'; }

@test "lives: sleeps" { lives sleeps; }
@test "lives: poll with a time limit" { lives poll-limit; }
@test "lives: a timerfd in an epoll" { lives timerfd; }
@test "lives: alarm interrupts recv" { lives alarm; }
@test "lives: an interval timer interrupts recv" { lives itimer; }
@test "lives: a timer of timer_create interrupts recv" { lives posix-timer; }
@test "lives: a child computes" { lives child-computes; }
@test "lives: the peer computes" { lives computes; }
@test "lives: a helper's pipe" { lives pipe; }
@test "lives: SO_RCVTIMEO" { lives rcvtimeo; }
@test "lives: another process sends a signal later" { lives signalled; }
@test "lives: connect is tried again, later each time" { lives tries-again; }
@test "lives: the kernel sends a SYN again, the queue was full" { lives full-queue; }
