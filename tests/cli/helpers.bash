# tests/cli/helpers.bash: what every bats file here starts with: `load helpers`.

root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
. "$root/tests/keep.bash"
build=${BUILD:-build}
[[ $build == /* ]] || build=$root/$build
sockdrill=$build/sockdrill
broken=$build/scenarios/broken

# Scenario names are looked up in ./expected, so every test runs from the top of the tree.
setup()
{
    cd "$root" || return 1
    unset NO_COLOR
    # An argument for sleep(1) that no other process on this machine has: what a test left behind is found by it.
    mark=61.$RANDOM$RANDOM
}

# Like bats' `run`, with the streams apart: $status, $stdout, $stderr, and all of it in $output.
sd()
{
    status=0
    "$sockdrill" "$@" >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" </dev/null || status=$?
    stdout=$(cat "$BATS_TEST_TMPDIR/stdout")
    stderr=$(cat "$BATS_TEST_TMPDIR/stderr")
    output=$stdout$'\n'$stderr
    keep "cli.$(basename "$BATS_TEST_FILENAME")" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/stderr" $(outputs "$@")
    printf '$ sockdrill %s\n%s\nexit status %d\n' "$*" "$output" "$status"
}

# The files behind -o.
outputs()
{
    while [ $# -gt 1 ]; do
        [ "$1" != -o ] || echo "$2"
        shift
    done
}

# sd_ends STATUS ARG…: runs it and asserts how it ends.
sd_ends()
{
    local wanted=$1
    shift
    sd "$@"
    [ "$status" -eq "$wanted" ]
}

# whole FOLDER: all that `grade` has written there is what its readers ask for.
whole()
{
    local records=("$1"/records/*.json)
    "$root/tests/report/validate" "$1/summary.json" "$1"/reports/* "${records[@]/#/record:}"
}

# says TEXT…: each stands somewhere in what was printed last, whatever the case of its letters.
says()
{
    local text
    for text; do
        grep -qiF -e "$text" <<<"$output" || { echo "does not say: $text"; return 1; }
    done
}

# No rule found anything above style in what was run last.
draws_nothing()
{
    ! grep -E '^  ([^ ]+: )?SD[0-9]{3} \((proved|likely)\)' <<<"$stdout" || { echo 'a finding'; return 1; }
}

# Nothing of what the test started is alive.
nothing_left()
{
    ! pgrep -af "$mark" || { echo "left behind (mark $mark)"; return 1; }
}
