#!/usr/bin/env bats
# tests/cli/grade.bats: sockdrill grade: scores, reports and the summary of a class; stopped, resumed, sharded and merged.

load helpers

setup_file()
{
    load helpers
    export CLASS=$BATS_FILE_TMPDIR/class
    mkdir -p "$CLASS"/{ada,bob,"eve =1+1",nobuild}
    export SLOW=$BATS_FILE_TMPDIR/slow
    mkdir -p "$SLOW"/{hang,runaway}
    cp "$root/scenarios/tcp-echo/tcp-echo-server.c" "$CLASS/ada/server.c"
    cp "$root/scenarios/tcp-echo/tcp-echo-server.c" "$CLASS/eve =1+1/server.c"
    cp "$root/scenarios/broken/no-listen.c" "$CLASS/bob/server.c"
    echo 'int main(void) { retrun 0; }' >"$CLASS/nobuild/server.c"
    printf '#include <unistd.h>\nint main(void) { for (;;) pause(); }\n' >"$SLOW/hang/server.c"
    # What it leaves has its own session, and no parent.
    printf '%s\n' '#include <unistd.h>' 'int main(void) { if (!fork()) { setsid(); if (!fork()) for (;;) pause(); } return 1; }' \
        >"$SLOW/runaway/server.c"
    touch "$CLASS/notes.txt"
}

# graded OUTPUT OPTION…
graded()
{
    sd_ends 1 grade --submissions "$CLASS" --server './server ${PORT}' tcp-echo=2.5 -o "$@"
}

@test "grade: who earns what, who does not build; in CSV, JSON and words" {
    graded "$BATS_TEST_TMPDIR/out" --report text --report junit --report gradescope --report json
    whole "$BATS_TEST_TMPDIR/out"
    says 'Do not build: nobuild' 'notes.txt: left out' '2.5 of 2.5' 'server: listen is missing'
    cd "$BATS_TEST_TMPDIR/out"
    tr -d '\r' <summary.csv >csv
    grep -qx 'ada,2.5,2.5,holds,built,no,2.5,,' csv
    grep -qx 'bob,0,2.5,fails,built,no,0,"tcp-echo: server: listen is missing",SD021' csv
    grep -q '^"eve =1+1",2.5,2.5,holds' csv
    grep -q '^nobuild,0,2.5,fails,fails,no,0,' csv
    [ "$(jq -c .counts summary.json)" = '{"holds":2,"fails":2,"untested":0,"wrong-file":0,"fault":0}' ]
    [ "$(jq '.tests[0].score' reports/ada.gradescope.json)" = 2.5 ]
    grep -q 'failures="1"' reports/bob.junit.xml
    grep -q 'retrun' reports/nobuild.txt
    [ "$(find reports -type f | wc -l)" = 16 ]
    [ ! -e work ]
    # The teacher's folder is as it was.
    [ -z "$(find "$CLASS" -name server)" ]
}

@test "grade: what hangs is told, and nothing that a submission starts is left" {
    sd_ends 1 grade --submissions "$SLOW" --timeout 3 --server './server ${PORT}' tcp-echo -o "$BATS_TEST_TMPDIR/out"
    says 'Hang, or take too long: hang, runaway'
    grep -q '^hang,0,1,fails,built,yes,0,' "$BATS_TEST_TMPDIR/out/summary.csv"
    [ "$(jq -r '.submissions[] | select(.hangs) | .name' "$BATS_TEST_TMPDIR/out/summary.json" | xargs)" = 'hang runaway' ]
    for exe in /proc/[0-9]*/exe; do
        [[ $(readlink "$exe" 2>/dev/null) != "$BATS_TEST_TMPDIR"/* ]] || { echo "$exe is left"; return 1; }
    done
}

@test "grade: the same bytes with one job and four, in shards that are merged, and again" {
    cd "$BATS_TEST_TMPDIR"
    graded one --jobs 1
    graded four --jobs 4
    for k in 1 2 3; do
        sockdrill_grade_shard "$k"
    done
    sd_ends 1 grade --merge part1 part2 part3 -o merged
    for other in four merged; do
        diff -r one/reports "$other/reports"
        cmp one/summary.csv "$other/summary.csv"
        cmp one/summary.json "$other/summary.json"
    done
    graded one
    cmp one/summary.csv four/summary.csv
    sd_ends 1 grade --merge part1 part3 -o some
    says 'shard 2/3 is not there: 1 submission is missing' 'the class is not complete'
}

# Whatever the exit code: a shard may have only submissions that hold.
sockdrill_grade_shard()
{
    "$sockdrill" grade --submissions "$CLASS" --server './server ${PORT}' tcp-echo=2.5 --shard "$1/3" -o "part$1" >/dev/null 2>&1 ||
        [ $? = 1 ]
}

@test "grade: what was graded is kept until it changes, or its assignment does" {
    cd "$BATS_TEST_TMPDIR"
    cp -r "$CLASS" class
    sd_ends 1 grade --submissions class --server './server ${PORT}' tcp-echo -o out
    before=$(stat -c %Y.%i out/records/ada.json)
    cp class/ada/server.c class/bob/server.c
    sd_ends 1 grade --submissions class --server './server ${PORT}' tcp-echo -o out
    [ "$(stat -c %Y.%i out/records/ada.json)" = "$before" ]
    grep -q '^bob,1,1,holds' out/summary.csv
    sd_ends 1 grade --submissions class --server './server ${PORT}' tcp-echo --fresh -o out
    [ "$(stat -c %Y.%i out/records/ada.json)" != "$before" ]
}

@test "grade: results that go into the folder of the class are no submission of it" {
    cd "$BATS_TEST_TMPDIR"
    mkdir class
    cp -r "$CLASS/ada" class
    cd class
    for _ in 1 2; do
        sd_ends 0 grade --submissions . --server './server ${PORT}' tcp-echo -o grades
        says '1 submission: 1 holds'
    done
    says 'grades: left out: results go there'
}

@test "grade: wrong usage is told, with a hint" {
    sd_ends 2 grade tcp-echo
    says '--submissions DIR'
    sd_ends 2 grade --submissions "$CLASS"
    says 'by which scenarios'
    sd_ends 2 grade --submissions "$BATS_TEST_TMPDIR/none" tcp-echo
    says 'No such file'
    sd_ends 2 grade --submissions "$CLASS" --role nobody=x tcp-echo
    says "no scenario has a role 'nobody'"
    sd_ends 2 grade --submissions "$CLASS" --shard 4/3 tcp-echo
    says 'is not K/N'
    sd_ends 2 grade --merge "$BATS_TEST_TMPDIR"
    says 'there are no records'
}
