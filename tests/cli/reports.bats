#!/usr/bin/env bats
# tests/cli/reports.bats: --report: each kind is what its readers take, whatever programs print; files are whole or as they were.

load helpers

# Bytes that could disturb a reader, in what a client prints.
hostile()
{
    cd "$BATS_TEST_TMPDIR" || return 1
    printf '%b' 'printf "%%b" "\\0033[31m</testcase>]]><script>\\n::error::x\\r\\0001\\0377\\n  ---\\n# skip\\n=1+1\\0357\\0277\\0276"; exit 7' >print
    printf '%s\n' 'title "A <title> & more"' 'client "sh print" {' '    exit 0' '}' >hostile.expect
    printf '%s\n' 'client "true" {' '    exit 0' '}' >fine.expect
    printf '%s\n' 'requires linux 99.1' 'client "true" {' '}' >untested.expect
    sd_ends 1 run hostile.expect fine.expect untested.expect --report "$1"
    "$root/tests/report/validate" "$1:stdout"
}

@test "report: whatever programs do wrong, each kind is as its readers have it" {
    local kinds=(text json junit tap tap13 github gradescope check50 sarif) runs=0 kind to
    while IFS=$'\037' read -r variant scenario role operands _; do
        [[ $variant != '#'* && $role != - ]] && ((++runs % 9 == 0)) || continue
        to=()
        for kind in "${kinds[@]}"; do
            to+=("$kind:$BATS_TEST_TMPDIR/$variant.$kind")
        done
        sd run "$scenario" --role "$role=$broken/$variant $operands" "${to[@]/#/--report=}"
        ((status != 2 && status != 4))
        tests/report/validate "${to[@]}"
    done < <(tr '\t' '\037' <scenarios/broken/cases.tsv)
    [ "$runs" -ge 50 ]
}

@test "report json: the counts" {
    hostile json
    [ "$(jq -c .counts <<<"$stdout")" = '{"holds":1,"fails":1,"untested":1,"wrong-file":0,"fault":0}' ]
}

@test "report junit: a failure and an error" {
    hostile junit
    [[ $stdout == *'tests="3" failures="1" errors="1" skipped="0"'* ]]
}

@test "report tap: prove counts the same" {
    command -v prove >/dev/null || skip 'prove is not installed'
    hostile tap13
    run prove -e cat "$BATS_TEST_TMPDIR/stdout"
    [ "$status" = 1 ]
    [[ $output == *'Failed tests:  1, 3'* ]]
    hostile tap
    [[ $stdout == 'TAP version 14'$'\n''1..3'$'\n'* ]]
}

@test "report github: a runner takes no command but ours" {
    hostile github
    [[ $stdout == *'could not test'* ]]
    export GITHUB_STEP_SUMMARY=$BATS_TEST_TMPDIR/summary
    hostile github
    [ -z "$(grep -F '<script>' summary)" ]
    grep -q 'hostile' summary
}

@test "report gradescope, check50, sarif: what their readers ask for" {
    hostile gradescope
    [ "$(jq -c '[.tests[] | [.status, .score, .max_score]]' <<<"$stdout")" = '[["failed",0,1],["passed",1,1],["failed",0,1]]' ]
    hostile check50
    [ "$(jq -c '[.results[].passed]' <<<"$stdout")" = '[false,true,null]' ]
    hostile sarif
    cd "$root"
    sd_ends 1 run tcp-echo --server "$broken/no-listen \${PORT}" --report sarif
    [ "$(jq -r '[.runs[0].results[].ruleId] | index("SD021") != null' <<<"$stdout")" = true ]
}

@test "report: the same trace gives the same bytes, in files, beside the text" {
    sd_ends 0 run tcp-echo -o "$BATS_TEST_TMPDIR/trace.jsonl"
    cd "$BATS_TEST_TMPDIR"
    for i in 1 2; do
        sd_ends 0 check tcp-echo trace.jsonl --set PORT=7000 --report "json:json$i" --report "junit:junit$i" --report "sarif:sarif$i"
        says '✓ tcp-echo holds'
    done
    cmp json1 json2
    cmp junit1 junit2
    cmp sarif1 sarif2
    [ -z "$(find . -name '*~')" ]
}

@test "report: what can't be written is told before anything runs" {
    sd_ends 2 run tcp-echo --report "json:$BATS_TEST_TMPDIR/none/x"
    says 'cannot write a report to'
    sd_ends 2 run tcp-echo --report xml
    says 'is no kind of report: there are' 'junit' 'sarif'
    sd_ends 2 run tcp-echo --report json --report junit
    says 'a second report to stdout'
    sd_ends 2 run tcp-echo no-such-one --report "json:$BATS_TEST_TMPDIR/x"
    [ "$(jq -c '[.scenarios[].result]' "$BATS_TEST_TMPDIR/x")" = '["holds","wrong-file"]' ]
}
