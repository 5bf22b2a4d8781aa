#!/usr/bin/env bats
# tests/cli/list.bats: the course: its order, what is shown of it, and mistakes in its file.

load helpers

# A directory of data with the scenarios named, in a directory that has no ./expected.
make_data()
{
    data=$BATS_TEST_TMPDIR/data
    mkdir -p "$data/expected" "$BATS_TEST_TMPDIR/here"
    cd "$BATS_TEST_TMPDIR/here" || return 1
    export SOCKDRILL_DATA=$data
    local name
    for name; do
        scenario "$data/expected" "$name"
    done
}

scenario()
{
    printf 'title "About %s"\nshows C1, C22\nr "true" {\n}\n' "$2" >"$1/$2.expect"
}

# The names in the order shown.
names()
{
    sed -nE 's/^ +[0-9]+  ([^ ]+).*/\1/p' <<<"$stdout" | xargs
}

@test "list: names the scenarios that come along, with title and claims" {
    sd_ends 0 list
    says tcp-echo udp-echo 'TCP echo' S4
    [ -z "$stderr" ]
}

@test "list: the order is that of the course file; what it does not name follows by name, under a heading" {
    make_data delta alpha charlie bravo
    printf '# First part\ncharlie\n\n  # Second part  \ndelta\n' >"$data/expected/course"
    sd_ends 0 list
    [ "$(names)" = "charlie delta alpha bravo" ]
    [ "$(grep -n '^[^ ]' <<<"$stdout" | xargs)" = "1:First part 4:Second part 7:More scenarios" ]
    grep -qE '^  2  delta +About delta +C1, C22$' <<<"$stdout"
}

@test "list: scenarios of ./expected come last, and hide others of their name" {
    make_data one two three
    printf '# Part\ntwo\none\n' >"$data/expected/course"
    mkdir expected
    scenario expected two
    scenario expected mine
    printf 'mine\n' >expected/course
    sd_ends 0 list
    [ "$(names)" = "one three mine two" ]
    sd_ends 0 list --json
    [ "$(jq -r '.[] | select(.name == "two").file' <<<"$stdout")" = expected/two.expect ]
    [ "$(jq -r '.[] | select(.name == "mine").section' <<<"$stdout")" = "" ]
}

@test "list: what is wrong in a course file is told with its line, and the list is shown all the same" {
    make_data alpha bravo
    printf '# Part\nalhpa\n#\nbravo\nbravo\nalpha bravo\nxyzzy' >"$data/expected/course"
    sd_ends 2 list
    [ "$(names)" = "bravo alpha" ]
    says "course:2:1: error: there is no scenario 'alhpa'" "did you mean 'alpha'?" \
        'course:3:1: error: this heading has no title' \
        "course:5:1: error: a second 'bravo'" 'the first is on line 4' \
        "course:6:1: error: there is no scenario 'alpha bravo'" "course:7:1: error: there is no scenario 'xyzzy'"
}

@test "list: a scenario that is wrong is told, and the others are shown" {
    make_data alpha bravo
    echo 'titel "x"' >"$data/expected/alpha.expect"
    sd_ends 2 list
    [ "$(names)" = bravo ]
    says alpha.expect 'has errors'
}

@test "list: NAME and --long tell what is learnt" {
    sd_ends 0 list udp-echo
    [ "$(names)" = udp-echo ]
    says 'one datagram each way'
    sd_ends 0 list
    [[ $stdout != *'one datagram each way'* ]]
    sd_ends 0 list -v
    says 'one datagram each way' 'TCP client and a TCP server'
    sd_ends 2 list udp-ehco
    says "no scenario 'udp-ehco'"
}

@test "list: it fits 80 columns, long names, titles and claims included" {
    make_data a-name-that-is-much-longer-than-any-name-should-ever-be b
    {
        printf 'title "A title that goes on and on, %s to its end"\nabout "%s"\nshows S1' \
            "$(yes 'word' | head -30 | xargs)" "$(yes 'text' | head -60 | xargs)"
        printf ', S%s' {2..21}
        printf '\nr "true" {\n}\n'
    } >"$data/expected/b.expect"
    sd_ends 0 list -v
    says 'to its end' S21
    [ "$(LC_ALL=C.UTF-8 wc -L <<<"$stdout")" -le 80 ]
    cd "$root"
    unset SOCKDRILL_DATA
    sd_ends 0 list -v
    [ "$(LC_ALL=C.UTF-8 wc -L <<<"$stdout")" -le 80 ]
}

@test "list: --json is an array of the same scenarios" {
    sd_ends 0 list
    shown=$(names)
    sd_ends 0 list --json
    [ "$(jq -r '.[].name' <<<"$stdout" | xargs)" = "$shown" ]
    [ "$(jq -r '.[0] | keys | join(" ")' <<<"$stdout")" = "about file name number requires section shows title" ]
    [ "$(jq -r '.[] | select(.name == "udp-echo").shows[0]' <<<"$stdout")" = S2 ]
}

@test "list: nothing that a file says moves the cursor" {
    make_data alpha
    printf 'title "\\x1b[2J"\nabout "\\x1b[3J"\nr "true" {\n}\n' >"$data/expected/alpha.expect"
    printf '# \e[4J\nalpha\n\e[5J\n' >"$data/expected/course"
    sd_ends 2 list -v
    [[ $output != *$'\e'* ]]
    says 2J 3J 4J 5J
}
