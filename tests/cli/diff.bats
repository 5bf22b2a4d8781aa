#!/usr/bin/env bats
# tests/cli/diff.bats: two traces as stories: nothing for what another run may have otherwise, and what else differs by name.
load helpers

# record NAME ARG…: the trace of a run, whatever it comes to.
record()
{
    local name=$1
    shift
    "$sockdrill" run -o "$BATS_TEST_TMPDIR/$name" "$@" >"$BATS_TEST_TMPDIR/$name.said" 2>&1 || [ $? = 1 ]
}

# compare STATUS OLD NEW ARG…: of two traces in the folder of the test.
compare()
{
    local wanted=$1 old=$2 now=$3
    shift 3
    sd_ends "$wanted" diff "$BATS_TEST_TMPDIR/$old" "$BATS_TEST_TMPDIR/$now" "$@"
}

@test "a run tells the same story as the run before it" {
    record old tcp-echo
    record new tcp-echo
    compare 0 old new
    says 'tell the same story (17 and 17 calls)'
}

