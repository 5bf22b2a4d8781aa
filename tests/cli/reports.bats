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
}

@test "report json: UTF-8 without control characters, and the counts" {
    hostile json
    python3 -c 'import json, sys; text = open(sys.argv[1], "rb").read().decode("utf-8"); json.loads(text)
assert not [c for c in text if ord(c) < 32 and c != "\n"]' "$BATS_TEST_TMPDIR/stdout"
    [ "$(jq -c .counts <<<"$stdout")" = '{"holds":1,"fails":1,"untested":1,"wrong-file":0,"fault":0}' ]
}

@test "report junit: well-formed, with a failure and an error" {
    hostile junit
    python3 -c 'import sys, xml.etree.ElementTree as tree
suite = tree.parse(sys.argv[1]).getroot().find("testsuite")
assert [suite.get(k) for k in ("tests", "failures", "errors", "skipped")] == ["3", "1", "1", "0"]
cases = suite.findall("testcase")
assert len(cases) == 3 and len(cases[0]) >= 1 and cases[0].find("failure") is not None and cases[2].find("error") is not None' \
        "$BATS_TEST_TMPDIR/stdout"
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
    [ "$(grep -c '^::' <<<"$stdout")" = "$(grep -c '' <<<"$stdout")" ]
    [ -z "$(grep -vE '^::(error|warning|notice) ' <<<"$stdout")" ]
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
    cd "$root"
    sd_ends 1 run tcp-echo --server "$broken/no-listen \${PORT}" --report sarif
    [ "$(jq -r '.version, .runs[0].tool.driver.name' <<<"$stdout" | xargs)" = '2.1.0 sockdrill' ]
    [ "$(jq -r '[.runs[0].results[].ruleId] | index("SD021") != null' <<<"$stdout")" = true ]
    [ "$(jq '[.runs[0] | .tool.driver.rules as $rules | .results[] | select(.ruleIndex) | $rules[.ruleIndex].id == .ruleId] | all' <<<"$stdout")" = true ]
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
