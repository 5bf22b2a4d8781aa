#!/usr/bin/env bats
# tests/grade/class.bats: a class of ten, five of them right and five wrong in different ways: its summary is the golden one, however it
# is graded: side by side, on three machines, or stopped and gone on with.

load ../cli/helpers

setup_file()
{
    load ../cli/helpers
    cd "$root" || return 1
    # The copy has what git would give: nothing that somebody has built there.
    cp -r tests/grade/submissions "$BATS_FILE_TMPDIR/class"
}

# In the background of `&`, or of ( ).
grade_class()
{
    cd "$root" || return
    exec "$sockdrill" grade --submissions "$BATS_FILE_TMPDIR/class" --server './server ${PORT}' tcp-echo=4 tcp-echo-servers=6 "$@"
}

# golden FOLDER: its summary is the one that stands beside this file.
golden()
{
    diff "$BATS_TEST_DIRNAME/summary.csv" <(tr -d '\r' <"$1/summary.csv")
    diff "$BATS_TEST_DIRNAME/summary.json" "$1/summary.json"
}

# Nothing that was started from a folder of this file runs any more.
nothing_runs()
{
    local exe
    for exe in /proc/[0-9]*/exe; do
        [[ $(readlink "$exe" 2>/dev/null) != "$BATS_FILE_TMPDIR"/* ]] || { echo "$exe is left"; return 1; }
    done
}

# is_worth FILE POINTS: what a student's report for Gradescope has earned.
is_worth()
{
    [ "$(jq '[.tests[].score] | add' "$1")" = "$2" ]
}

@test "grade: ten submissions come to what the golden summary says, and every report is what its reader takes" {
    kinds=(text json junit tap tap13 github gradescope check50 sarif)
    status=0
    output=$(grade_class -o "$BATS_TEST_TMPDIR/out" "${kinds[@]/#/--report=}" 2>&1) || status=$?
    [ "$status" = 1 ]
    golden "$BATS_TEST_TMPDIR/out"
    says '5 hold, 5 do not hold' 'Do not build: gil' 'Hang, or take too long: hana, ivo'
    cd "$BATS_TEST_TMPDIR/out"
    [ "$(find reports -type f | wc -l)" = 90 ]
    whole .
    is_worth reports/ada.gradescope.json 10
    is_worth reports/hana.gradescope.json 6
    grep -q "expected ‘;’\|expected ';'" reports/gil.txt
    # What it says is where the mistake is.
    grep -q '^::error file=server.c,line=' reports/finn.github.txt
    diff -r "$root/tests/grade/submissions" "$BATS_FILE_TMPDIR/class"
    nothing_runs
}

@test "grade: the same on three machines, one of them slow, put together" {
    cd "$BATS_TEST_TMPDIR"
    for k in 1 2 3; do
        (grade_class -o "$PWD/part$k" --shard "$k/3" --jobs "$k") >/dev/null 2>&1 || [ $? = 1 ]
        [ "$(find "part$k/records" -type f | wc -l)" = $((k == 1 ? 4 : 3)) ]
    done
    sd_ends 1 grade --merge part3 part1 part2 -o merged
    golden merged
    (grade_class -o "$PWD/one") >/dev/null 2>&1 || [ $? = 1 ]
    diff -r one/reports merged/reports
    # One machine's records, put together alone, have nothing to say of the others.
    sd_ends 1 grade --merge part2 -o alone
    says 'the class is not complete'
}

@test "grade: Ctrl-C keeps what was graded, leaves nothing running, and the same command goes on from there" {
    cd "$BATS_TEST_TMPDIR"
    set -m # or the shell lets it pass over SIGINT
    grade_class -o "$BATS_TEST_TMPDIR/out" --jobs 1 >said 2>&1 3>&- &
    pid=$!
    set +m
    for _ in $(seq 600); do
        [ ! -e out/records/bea.json ] || break
        sleep 0.05
    done
    kill -INT "$pid"
    status=0
    wait "$pid" || status=$?
    cat said
    [ "$status" = 130 ]
    nothing_runs
    [ ! -e out/work ]
    graded=$(find out/records -type f | wc -l)
    ((graded >= 2 && graded < 10))
    grep -q "interrupted: $graded of 10 are graded; the same command goes on" said
    # What there is is whole.
    whole out
    [ "$(jq '.complete' out/summary.json)" = false ]
    before=$(stat -c %i out/records/ada.json out/records/bea.json)
    (grade_class -o "$PWD/out") >said 2>&1 || [ $? = 1 ]
    golden out
    [ "$(stat -c %i out/records/ada.json out/records/bea.json)" = "$before" ]
}
