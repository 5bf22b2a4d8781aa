#!/usr/bin/env bats
# tests/cli/hint.bats: what the author of a lab has to say stands under the difference that it is about.

load helpers

# file SED-SCRIPT: tcp-echo with other lines.
file()
{
    file=$BATS_TEST_TMPDIR/it.expect
    sed -E "$1" expected/tcp-echo.expect >"$file"
}

@test "hint: the first cause comes with the hint of its line, and no other does" {
    file 's/^( *listen.*)/\1 hint "Who opens the port?"/; s/^( *(bind|connect).*)/\1 hint "Never shown"/'
    sd_ends 0 run "$file"
    [[ $output != *'Who opens'* ]]
    sd_ends 1 run "$file" --server "$broken/no-listen \${PORT}"
    [ "$(grep -c 'hint Who opens the port?' <<<"$stdout")" = 1 ]
    [[ $output != *'Never shown'* ]]
}

@test "hint: a further difference has its hint under its row" {
    file 's/^( *each accept.*[^ ]) *\{/\1 hint "Whom does it wait for?" {/; s/^( *connect.*)/\1 hint "Is anybody there?"/'
    sd_ends 1 run -v "$file" --server "$broken/no-listen \${PORT}"
    grep -A2 -E '^ +1[0-9] ~ accept' <<<"$stdout" | grep -qE '^ +hint Whom does it wait for\?$'
    grep -qE '^ +hint Is anybody there\?$' <<<"$stdout"
}

@test "hint: of a line that must not be, of an exit and of what is printed" {
    file=$BATS_TEST_TMPDIR/it.expect
    printf '%s\n' 'a "sh -c '"'echo x; exit 3'"'" {' '    exit 0 hint "See its status"' '    stdout "y" hint "See what it prints"' '}' >"$file"
    sd_ends 1 run "$file"
    says 'hint See its status'
    sed -i 's/exit 3/exit 0/' "$file"
    sd_ends 1 run "$file"
    says 'hint See what it prints'
    file '0,/^ *close\(.conn/s//        never close($conn) hint "Keep it open"\n&/'
    sed -i '/^        close/d' "$file"
    sd_ends 1 run "$file"
    says 'hint Keep it open' 'close was not expected' 'never close($conn)'
}
