#!/usr/bin/env bats
# tests/cli/set.bats: parameters that a file sets, and what wins over them.

load helpers

file()
{
    file=$BATS_TEST_TMPDIR/it.expect
    printf '%s\n' 'set WORD=hello' 'set TEXT="${WORD} world"' 'client "printf ${WORD}" {' '    stdout "${WORD}"' '}' >"$file"
}

@test "set: a file's value stands in commands and strings; --set wins" {
    file
    sd_ends 0 run -v "$file"
    says 'client printed "hello"'
    sd_ends 0 run -v "$file" --set WORD=bye
    says 'client printed "bye"'
    sd_ends 0 run -v "$file" --client 'printf hello'
    sd_ends 1 run -v "$file" --client 'printf "${TEXT}"'
    says 'client printed "hello world"'
}

@test "set: a recorded trace is judged with the values of its run" {
    file
    sd_ends 0 run "$file" --set WORD=bye -o "$BATS_TEST_TMPDIR/t.jsonl"
    sd_ends 0 check "$file" "$BATS_TEST_TMPDIR/t.jsonl"
    sd_ends 1 check "$file" "$BATS_TEST_TMPDIR/t.jsonl" --set WORD=hello
}

@test "set: a file may say which port it is" {
    "$sockdrill" run -v tcp-echo | grep -qF 'network namespace of its own' || skip "no network namespaces here"
    file=$BATS_TEST_TMPDIR/it.expect
    sed 's/^title.*/set PORT=7345/' expected/tcp-echo.expect >"$file"
    sd_ends 0 run "$file" -o "$BATS_TEST_TMPDIR/t.jsonl"
    grep -q '"port": *7345' "$BATS_TEST_TMPDIR/t.jsonl"
    sd_ends 0 check "$file" "$BATS_TEST_TMPDIR/t.jsonl"
}
