#!/usr/bin/env bats
# tests/cli/findings.bats: which findings fail a run, which are not told, and how much is told of them.
load helpers

anything=scenarios/broken/anything.expect
server='tcp-echo-server ${PORT}'

@test "a proved finding fails a run whose pattern holds; --findings none lets it pass, and tells it all the same" {
    local client="$broken/inet-addr localhost \${PORT}"
    sd_ends 1 run "$anything" --client "$client"
    says 'anything does not hold' "inet_addr's error used as an address" 'SD009 (proved)'
    sd_ends 0 run "$anything" --client "$client" --findings none
    says 'anything holds' 'SD009 (proved)'
}

@test "a likely finding is told, and fails with --findings likely" {
    local client="$broken/whole-buffer 127.0.0.1 \${PORT}"
    sd_ends 0 run "$anything" --server "$server" --client "$client"
    says 'anything holds' 'SD015 (likely)'
    sd_ends 1 run "$anything" --server "$server" --client "$client" --findings likely
    says 'anything does not hold' 'SD015 (likely)'
}

@test "a finding of style is told with -v, and fails with --findings style" {
    local client="$broken/connect-again 127.0.0.1 \${PORT}"
    sd_ends 0 run "$anything" --client "$client"
    ! grep SD038 <<<"$output" || return 1
    sd_ends 0 run "$anything" --client "$client" -v
    says 'SD038 (style)'
    sd_ends 1 run "$anything" --client "$client" --findings style
    says 'connect again on the same socket'
}

@test "a role that allows a rule does not draw it, and another role does" {
    local file=$BATS_TEST_TMPDIR/lab.expect
    printf '%s\n' 'server "true" { ... }' 'client "true" {' '    allow SD009' '    ...' '}' >"$file"
    sd_ends 0 run "$file" --client "$broken/inet-addr localhost \${PORT}"
    ! grep SD009 <<<"$output" || return 1
    sd_ends 1 run "$file" --server "$broken/inet-addr localhost \${PORT}"
    says 'SD009 (proved)'
}

@test "a recorded trace draws what the run drew" {
    sd_ends 1 run "$anything" --client "$broken/inet-addr localhost \${PORT}" -o "$BATS_TEST_TMPDIR/trace"
    sd_ends 1 check "$anything" "$BATS_TEST_TMPDIR/trace"
    says 'SD009 (proved)'
    sd_ends 0 check "$anything" "$BATS_TEST_TMPDIR/trace" --findings none
}

@test "--hints: itself, a nudge, its cause, its cure" {
    local nudge='What does inet_addr return' cause='tells of an error with INADDR_NONE' cure='Use inet_pton'
    local run=(run "$anything" --client "$broken/inet-addr localhost \${PORT}" --hints)
    local hints text
    for hints in 0 1 2 3; do
        sd_ends 1 "${run[@]}" $hints
        says 'names 255.255.255.255'
        for text in "1 $nudge" "2 $cause" "3 $cause" "3 $cure"; do
            [ "${text%% *}" = $hints ] || continue
            says "${text#* }"
        done
        [ $hints = 1 ] || ! grep -F "$nudge" <<<"$output" || return 1
        [ $hints -ge 2 ] || ! grep -F "$cause" <<<"$output" || return 1
        [ $hints -ge 3 ] || ! grep -F "$cure" <<<"$output" || return 1
    done
    sd_ends 2 run tcp-echo --hints 4
    says '0, 1, 2 or 3'
}
