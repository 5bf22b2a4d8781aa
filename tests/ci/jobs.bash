# tests/ci/jobs.bash: runs the jobs of packaging/ci as their runners would, step by step.

load ../cli/helpers

# A repository whose `make install` gives what was built here: that of ours is tests/cli/install.bats' to try.
source_of_sockdrill()
{
    mkdir -p "$1"
    printf 'install:\n\tmkdir -p $(PREFIX)/bin\n\tln -sf %s $(PREFIX)/bin/sockdrill\n' "$sockdrill" >"$1/Makefile"
    (cd "$1" && git -c init.defaultBranch=main init -q && git add . && git -c user.name=x -c user.email=x@example.org commit -qm x)
}

# job FILE NAME [NAME=VALUE…]: its steps, here, until one fails; status and output as `sd` leaves them.
job()
{
    local steps=$BATS_TEST_TMPDIR/steps step
    rm -rf "$steps"
    mkdir -p "$steps" "$BATS_TEST_TMPDIR/home"
    "$root/tests/ci/steps" "$root/packaging/ci/$1" "$2" "$steps" "vars.SOCKDRILL_SOURCE=$BATS_FILE_TMPDIR/source" "${@:3}"
    status=0
    for step in $(seq "$(find "$steps" -name '*.sh' | wc -l)"); do
        # The runner's own: a home, a folder for the job, files that steps write to.
        env -i PATH="$BATS_TEST_TMPDIR/home/.local/bin:$PATH" HOME="$BATS_TEST_TMPDIR/home" RUNNER_TEMP="$(mktemp -d "$BATS_TEST_TMPDIR/temp.XXXXXX")" TMPDIR="$BATS_TEST_TMPDIR" \
            SOCKDRILL_SOURCE="$BATS_FILE_TMPDIR/source" GITHUB_PATH=/dev/null GITHUB_STEP_SUMMARY="$BATS_TEST_TMPDIR/summary" CI=true \
            BASH_ENV="$steps/env" bash -e -o pipefail "$steps/$step.sh" >"$steps/$step.out" 2>&1 </dev/null 3>&- || { status=$?; break; }
    done
    output=$(cat "$steps"/*.out)
    printf '%s\nexit status %d\n' "$output" "$status"
}
