#!/usr/bin/env bats
# tests/cli/copies.bats: several processes that play one role.

load helpers

# file LINE…: tcp-echo with these lines in its client's block.
file()
{
    file=$BATS_TEST_TMPDIR/it.expect
    trace=$BATS_TEST_TMPDIR/t.jsonl
    sed '/^client/,$d' expected/tcp-echo.expect >"$file"
    sed -n '/^client/,$p' expected/tcp-echo.expect | sed "s/^client.*/&\n$(printf '    %s\\n' "$@")/" >>"$file"
}

@test "copies: the pattern holds for each, and each has a name" {
    file 'copies 3'
    sd_ends 0 run "$file" -o "$trace"
    grep -qE '^✓ it holds \(server [0-9]+ calls, 3 × client 21 calls, ' <<<"$stdout"
    [ "$(jq -r 'select(.event == "call" and .canon == "connect").role' "$trace" | sort | xargs)" = "client#1 client#2 client#3" ]
    sd_ends 0 check "$file" "$trace"
    sd_ends 0 show "$trace"
    says 'client#1' 'client#2' 'client#3'
}

@test "copies: one that does something else fails, and is named" {
    file 'copies 3'
    sd_ends 1 run "$file" --role 'client#2=false' -o "$trace"
    says 'client#2: '
    [[ $output != *'client#1: '* ]]
    sd_ends 1 check "$file" "$trace"
    says 'client#2: '
    sd_ends 1 run "$file" --client false
    says 'client#1: ' 'client#3: '
}

@test "copies: \${COPY} is the number, in the file and in a command that is given" {
    file=$BATS_TEST_TMPDIR/it.expect
    printf '%s\n' 'a "printf ${COPY}" {' '    copies 3' '    stdout "${COPY}"' '}' 'b "printf ${COPY}" {' '    stdout "1"' '}' >"$file"
    sd_ends 0 run "$file"
    sd_ends 1 run "$file" --role 'a=printf x${COPY}'
    says 'a#2 printed "x2"'
    sd_ends 0 run "$file" --role 'a=printf x${COPY}' --role 'a=printf ${COPY}' --role 'a#2=printf 2'
    sd_ends 2 run "$file" --role 'c=true'
    says 'its roles: a, b'
    sd_ends 2 run "$file" --role 'a#4=true'
}

@test "copies: they start together, and what they do counts together" {
    file=$BATS_TEST_TMPDIR/it.expect
    trace=$BATS_TEST_TMPDIR/t.jsonl
    sed 's/^server.*/&\n    timeout 1s/; s/^client.*/&\n    copies 2\n    start when server listen/' expected/tcp-echo.expect >"$file"
    printf '%s\n' 'last "true" {' '    exit 0' '    start when client connect x2' '}' >>"$file"
    sd_ends 0 run "$file" -o "$trace"
    # Both had connected when it began.
    [ "$(jq -r 'select(.role == "last" and .event == "start").start_ns as $n | $n' "$trace")" -gt \
        "$(jq -r 'select(.event == "call" and .canon == "connect").end_ns' "$trace" | sort -n | tail -1)" ]
    says 'it holds'
    [[ $output != *'had not become ready'* ]]
}

@test "copies: a pause waits for all of them together" {
    file 'copies 3'
    sed -i 's/^server.*/&\n    pause before accept until client connect x3/' "$file"
    sd_ends 0 run "$file" -o "$trace"
    [ "$(jq -r 'select(.args.what == "released").start_ns' "$trace")" -ge \
        "$(jq -r 'select(.event == "call" and .canon == "connect").start_ns' "$trace" | sort -n | tail -1)" ]
    sd_ends 1 run "$file" --role client#3=false --timeout 2
    says 'was given up'
}

@test "copies: check casts the roles of a trace as copies" {
    file 'copies 2'
    sd_ends 0 run "$file" -o "$trace"
    sed -i 's/"client#/"guest#/' "$trace"
    sd_ends 2 check "$file" "$trace"
    sd_ends 0 check "$file" "$trace" --client guest
    sd_ends 0 check "$file" "$trace" --role 'client#1=guest#2' --role 'client#2=guest#1'
}

@test "copies: points are earned where all earn them" {
    file 'copies 2' 'points 3'
    sd_ends 0 run "$file"
    says '3 of 3 points'
    sd_ends 1 run "$file" --role 'client#2=false'
    says '0 of 3 points'
}
