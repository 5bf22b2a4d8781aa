#!/usr/bin/env bats
# tests/cli/other-ways.bats: bytes and descriptors that reach a socket by other ways than through the program's memory.
load helpers

# of_call CALL N EXPRESSION: what jq makes of the N-th successful call of this name.
of_call()
{
    jq -r "select(.call == \"$1\" and .result >= 0) | $3" "$trace" | sed -n "$2p"
}

@test "a server that echoes with splice follows the pattern of TCP echo, and its bytes are counted" {
    trace=$BATS_TEST_TMPDIR/trace.jsonl
    sd_ends 0 run tcp-echo -o "$trace" --server "$build/tests/splice_echo \${PORT}"
    says 'tcp-echo holds'
    [ "$(of_call splice 1 '[.canon, .range, .args.fd_in.sock == .sock] | tostring')" = '["recv",[0,5],true]' ]
    [ "$(of_call splice 2 '[.canon, .range, .args.fd_out.sock == .sock] | tostring')" = '["send",[0,5],true]' ]
    [ "$(of_call splice 3 '[.canon, .range] | tostring')" = '["recv",[5,5]]' ]
}

@test "a socket that pidfd_getfd takes from another process is the same socket" {
    trace=$BATS_TEST_TMPDIR/trace.jsonl
    for mode in '' --no-filter --no-kernel; do
        sd_ends 0 trace $mode --format jsonl -o "$trace" -- "$build/tests/probe_pidfd"
        [ -n "$(of_call pidfd_getfd 1 .result)" ] || skip 'pidfd_getfd is not allowed here'
        [ "$(of_call pidfd_getfd 1 .ret.sock)" = "$(of_call socketpair 1 '.args.sv[0].sock')" ]
        [ "$(of_call pidfd_getfd 2 .ret.sock)" = null ] # /dev/null
        [ "$(of_call pidfd_getfd 3 .ret.sock)" = "$(of_call socket 1 .ret.sock)" ]
    done
}

@test "a line may name the control part of a message, and the sockets in it" {
    sd_ends 0 run pass-fd
    sed '/sendmsg/s/\[$conn\]/[$listener]/' expected/pass-fd.expect >"$BATS_TEST_TMPDIR/another.expect"
    sd_ends 1 run "$BATS_TEST_TMPDIR/another.expect"
    says 'front: send: data is {msg_name=NULL' 'expected {msg_control=[{cmsg_type=SCM_RIGHTS, cmsg_data=[$listener]'
}
