#!/usr/bin/env bats
# tests/cli/usage.bats: commands, options, help, streams, colour, and the exit codes that scripts rely on.

load helpers

commands=(trace run check bless grade diff show list explain doctor help)

@test "usage: --help tells every command, on stdout, with 0" {
    sd_ends 0 --help
    says usage "${commands[@]}"
    [ -z "$stderr" ]
}

@test "usage: each command has --help, on stdout, with 0" {
    for command in "${commands[@]}"; do
        sd_ends 0 "$command" --help
        says "sockdrill $command"
        [ -z "$stderr" ]
        sd_ends 0 help "$command"
        says "sockdrill $command"
    done
}

@test "usage: help fits a terminal of 80 columns" {
    for command in "" "${commands[@]}"; do
        sd_ends 0 $command --help
        [ "$(LC_ALL=C.UTF-8 wc -L <<<"$stdout")" -le 80 ]
    done
}

@test "usage: --version tells name and version, before and after a command" {
    sd_ends 0 --version
    [[ $stdout =~ ^sockdrill\ [0-9]+\.[0-9]+\.[0-9]+ ]]
    for command in "${commands[@]}"; do
        sd_ends 0 "$command" --version
        [[ $stdout =~ ^sockdrill\ [0-9]+\.[0-9]+\.[0-9]+ ]]
    done
}

@test "usage: without a command it ends with 2 and says what there is" {
    sd_ends 2
    says usage
    [ -z "$stdout" ]
}

@test "usage: an unknown command ends with 2 and the nearest one is suggested" {
    sd_ends 2 trcae
    says trcae trace
    [ -z "$stdout" ]
}

@test "usage: an unknown option ends with 2, is named, and points to --help" {
    for command in "${commands[@]}"; do
        sd_ends 2 "$command" --no-such-option
        says no-such-option --help
        [ -z "$stdout" ]
    done
}

@test "usage: operands that are missing or too many end with 2" {
    sd_ends 2 trace
    sd_ends 2 run
    sd_ends 2 check
    sd_ends 2 check tcp-echo
    sd_ends 2 show
    sd_ends 2 run tcp-echo --timeout
    sd_ends 2 list what
}

@test "usage: values that an option does not take end with 2 and are named" {
    sd_ends 2 run tcp-echo --timeout soon
    says soon
    sd_ends 2 run tcp-echo --timeout -1
    sd_ends 2 run tcp-echo --color=purple
    says purple
    sd_ends 2 run tcp-echo --set NOVALUE
    says NOVALUE
    sd_ends 2 run tcp-echo --role server
    sd_ends 2 run tcp-echo --findings sure
    says sure
    sd_ends 2 trace --format xml -- true
    says xml
    sd_ends 2 trace -s many -- true
    says many
    sd_ends 2 trace -p me
    sd_ends 2 show x --view cubist
    says cubist
}

@test "usage: a role that the scenario does not have ends with 2 and is named" {
    sd_ends 2 run tcp-echo --role "sevrer=sleep $mark"
    says sevrer server
    nothing_left
}

@test "usage: a scenario that is nowhere ends with 2 and is named" {
    sd_ends 2 run no-such-scenario
    says no-such-scenario
    sd_ends 2 run ./no/such/file.expect
    says ./no/such/file.expect
}

@test "trace: ends as the command did, and its streams stay its own" {
    sd_ends 0 trace -- echo hello
    [ "$stdout" = hello ]
    sd_ends 7 trace -- sh -c 'echo out; echo err >&2; exit 7'
    [ "$stdout" = out ]
    says err
    sd_ends 143 trace -- sh -c 'kill -TERM $$'
    sd_ends 137 trace -- sh -c 'kill -KILL $$'
}

@test "trace: options that belong to the command are the command's" {
    sd_ends 0 trace echo -s --help
    [ "$stdout" = "-s --help" ]
}

@test "traced programs get the descriptors that they would get untraced, and no others" {
    wanted=$(ls /proc/self/fd)
    sd_ends 0 trace -o "$BATS_TEST_TMPDIR/trace" -- ls /proc/self/fd
    [ "$stdout" = "$wanted" ]
    sd run tcp-echo -o "$BATS_TEST_TMPDIR/trace" --client "sh -c 'ls /proc/self/fd >$BATS_TEST_TMPDIR/fds'"
    [ "$(cat "$BATS_TEST_TMPDIR/fds")" = "$wanted" ]
}

@test "trace -o: the trace goes to the file, nothing to stderr" {
    sd_ends 0 trace -o "$BATS_TEST_TMPDIR/trace" -- "$build/tests/probe_socket"
    [ -z "$stderr" ]
    grep -q 'socket(' "$BATS_TEST_TMPDIR/trace"
    sd trace -o /no/such/directory/trace -- true
    [ "$status" -ne 0 ]
    says /no/such/directory/trace
}

@test "trace --format jsonl: every line is JSON, the first names the schema, the last is the end" {
    sd_ends 0 trace --format jsonl -o "$BATS_TEST_TMPDIR/trace" -- "$build/tests/probe_socket"
    jq -es 'first.sockdrill == 1 and last.end == true and last.events == length - 2' "$BATS_TEST_TMPDIR/trace"
    jq -es 'any(.[]; .call == "socket")' "$BATS_TEST_TMPDIR/trace"
}

@test "trace: strace's letters change what strace's letters change" {
    sd_ends 0 trace --format strace -s 3 -e trace=bind,getsockname -- "$build/tests/probe_bind"
    [[ $stderr != *"socket("* ]]
    grep -q 'bind(' <<<"$stderr"
    sd_ends 0 trace --format strace -t -- "$build/tests/probe_socket"
    grep -qE '^([[]pid +[0-9]+] )?[0-9]{2}:[0-9]{2}:[0-9]{2} socket\(' <<<"$stderr"
    sd_ends 0 trace --format strace -r -- "$build/tests/probe_socket"
    grep -qE '^([[]pid +[0-9]+] )? +[0-9]+\.[0-9]{6} socket\(' <<<"$stderr"
    sd_ends 0 trace --format strace -T -- "$build/tests/probe_socket"
    grep -qE 'socket\(.*<[0-9]+\.[0-9]{6}>$' <<<"$stderr"
}

@test "run: holds is 0, does not hold is 1, and the verdict is on stdout" {
    sd_ends 0 run tcp-echo udp-echo
    says tcp-echo udp-echo holds
    [ -z "$stderr" ]
    sd_ends 1 run tcp-echo --server "$broken/no-listen \${PORT}"
    says 'does not hold' listen
    sd_ends 1 run tcp-echo udp-echo --client "$broken/no-shutdown 127.0.0.1 \${PORT}" --timeout 1
}

@test "check: judges a recorded trace as run did" {
    sd_ends 0 run tcp-echo -o "$BATS_TEST_TMPDIR/good.jsonl"
    sd_ends 0 check tcp-echo "$BATS_TEST_TMPDIR/good.jsonl"
    sd_ends 1 run tcp-echo -o "$BATS_TEST_TMPDIR/bad.jsonl" --server "$broken/no-listen \${PORT}"
    sd_ends 1 check tcp-echo "$BATS_TEST_TMPDIR/bad.jsonl"
    sd_ends 1 check udp-echo "$BATS_TEST_TMPDIR/good.jsonl"
}

@test "show: every view shows the trace, no line of the sequence wider than 80 columns" {
    sd_ends 0 run tcp-echo -o "$BATS_TEST_TMPDIR/t.jsonl"
    for view in text sequence sockets strace jsonl; do
        sd_ends 0 show "$BATS_TEST_TMPDIR/t.jsonl" --view "$view"
        says connect
    done
    sd_ends 0 show "$BATS_TEST_TMPDIR/t.jsonl" --view sequence
    says listen accept connect shutdown
    widest=$(LC_ALL=C.UTF-8 wc -L <<<"$stdout")
    echo "widest line: $widest"
    [ "$widest" -le 80 ]
    sd_ends 0 show "$BATS_TEST_TMPDIR/t.jsonl" --view jsonl
    [ "$stdout" = "$(cat "$BATS_TEST_TMPDIR/t.jsonl")" ]
}

@test "doctor: 0 where tracing works, and tells what it looked at" {
    sd_ends 0 doctor
    says ptrace seccomp namespace
}

# Runs with a terminal on stdout; prints what came there.
on_terminal()
{
    script -qec "$*" /dev/null </dev/null
}

@test "colour: never into a file, unless asked for; NO_COLOR and --color are obeyed on a terminal" {
    esc=$'\e['
    sd_ends 0 run tcp-echo
    [[ $output != *"$esc"* ]]
    sd_ends 0 run tcp-echo --color=always
    [[ $output == *"$esc"* ]]
    sd_ends 0 trace --format jsonl --color=always -- "$build/tests/probe_socket"
    [[ $output != *"$esc"* ]]
    on_terminal true || skip "this machine gives no pseudo-terminals"
    [[ $(on_terminal "$sockdrill" run tcp-echo) == *"$esc"* ]]
    [[ $(on_terminal "$sockdrill" run tcp-echo --color=never) != *"$esc"* ]]
    [[ $(NO_COLOR=1 on_terminal "$sockdrill" run tcp-echo) != *"$esc"* ]]
    [[ $(NO_COLOR='' on_terminal "$sockdrill" run tcp-echo) == *"$esc"* ]]
}
