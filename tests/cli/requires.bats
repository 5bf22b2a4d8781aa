#!/usr/bin/env bats
# tests/cli/requires.bats: where something that a scenario requires is missing, it could not be tested; it never passes.

load helpers

# file REQUIREMENT…: an expectation of a role that does nothing.
file()
{
    file=$BATS_TEST_TMPDIR/it.expect
    printf 'requires %s\nserver "true" {\n    exit 0\n}\n' "$*" >"$file"
}

has_namespaces()
{
    "$sockdrill" run -v tcp-echo | grep -qF 'network namespace of its own'
}

@test "requires: what is there holds, what is not could not be tested, with the reason" {
    file linux 5.3
    sd_ends 0 run "$file"
    file linux 99.1
    sd_ends 3 run "$file"
    says 'could not be tested: it requires linux 99.1' "$(uname -r)"
    [ -z "$(grep 'ran in' <<<"$stdout")" ]
}

@test "requires: all that is missing is told" {
    file linux 99.1, namespace
    sd_ends 3 run --no-namespace "$file"
    says 'requires linux 99.1' 'requires namespace: --no-namespace was given'
}

@test "requires: namespace holds in one" {
    has_namespaces || skip "no network namespaces here"
    file namespace
    sd_ends 0 run "$file"
}

@test "requires: where namespaces are refused, the refusal is told" {
    unshare -rn true || skip "no user namespaces here"
    file namespace
    # No further user or network namespace may be made in this one.
    refused=$(unshare -rn sh -c '
        for max in user net; do echo 0 >/proc/sys/user/max_${max}_namespaces || exit 9; done
        "$0" run "$1"; echo "status $?"' "$sockdrill" "$file") || skip "the number of namespaces can't be limited here"
    [[ $refused == *'requires namespace: no network namespace'* ]]
    [[ $refused == *'status 3' ]]
}

@test "requires: ipv6 is looked for in the network of the run" {
    unshare -rn true || skip "no user namespaces here"
    file ipv6
    # The loopback interface of a new namespace is down.
    said=$(unshare -rn "$sockdrill" run --no-namespace "$file") && return 1
    [[ $said == *'requires ipv6: '* ]]
}

@test "requires: root is user 0 with CAP_NET_ADMIN" {
    file root
    if [ "$(id -u)" != 0 ]; then
        sd_ends 3 run "$file"
        says "requires root: this is user $(id -u)"
        return
    fi
    has_namespaces || skip "no network namespaces here"
    sd_ends 0 run "$file"
    said=$(setpriv --bounding-set=-net_admin --inh-caps=-net_admin "$sockdrill" run "$file") && return 1
    [[ $said == *'requires root: '* ]]
}

@test "requires: a recorded trace says it too" {
    file linux 99.1
    trace=$BATS_TEST_TMPDIR/t.jsonl
    sd_ends 3 run "$file" -o "$trace"
    file linux 5.3
    sd_ends 3 check "$file" "$trace"
    says 'it requires linux 99.1'
}

@test "requires: list tells it" {
    file linux 5.3, namespace
    mkdir "$BATS_TEST_TMPDIR/expected"
    mv "$file" "$BATS_TEST_TMPDIR/expected"
    cd "$BATS_TEST_TMPDIR"
    sd_ends 0 list it
    says 'requires linux 5.3, namespace'
    sd_ends 0 list --json
    [ "$(jq -r '.[] | select(.name == "it").requires | join(" ")' <<<"$stdout")" = "linux 5.3 namespace" ]
}

@test "requires: what did not take place for it is not told as a mistake of the file" {
    file linux 99.1
    printf '%s\n' 'client "true" {' '    pause before connect until server listen' '}' >>"$file"
    sd_ends 3 run "$file"
    says 'it requires linux 99.1'
    [[ $output != *pause* ]]
}
