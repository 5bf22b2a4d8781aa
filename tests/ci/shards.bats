#!/usr/bin/env bats
# tests/ci/shards.bats: a class on more than one machine, by each recipe of packaging/ci: the same bytes as on one.

load jobs

setup_file()
{
    load jobs
    source_of_sockdrill "$BATS_FILE_TMPDIR/source"
    cd "$BATS_FILE_TMPDIR" || return 1
    mkdir submissions
    for name in ada bea finn gil; do
        cp -r "$root/tests/grade/submissions/$name" submissions
    done
    # What every recipe is told.
    printf '%s\n' --submissions submissions --server './server ${PORT}' "$root/expected/tcp-echo.expect=10" >options
    mapfile -t options <options
    # A descriptor of ours is none of theirs: results do not depend on who starts it.
    "$sockdrill" grade "${options[@]}" -o one 5</dev/null >/dev/null 2>&1 || [ $? = 1 ]
}

# In a folder of the test's own, with the class, and sockdrill on the PATH.
begin()
{
    cd "$BATS_TEST_TMPDIR" || return 1
    cp -r "$BATS_FILE_TMPDIR/submissions" .
    PATH=$build:$root/packaging/ci:$PATH
    mapfile -t options <"$BATS_FILE_TMPDIR/options"
}

same_as_one()
{
    diff -r "$BATS_FILE_TMPDIR/one" "$1" -x records
    [ "$(find "$1/reports" -type f | wc -l)" = 4 ]
}

@test "shards: GNU parallel" {
    begin
    status=0
    PARALLEL='--will-cite --jobs 2' grade-parallel 3 grades "${options[@]}" >said 2>&1 3>&- || status=$?
    cat said
    [ "$status" = 1 ]
    grep -q '2 hold, 2 do not hold' said
    same_as_one grades
    # One of its parts failing is a failure of it: nothing is put together.
    status=0
    PARALLEL='--will-cite --jobs 1' grade-parallel 2 others --submissions nowhere tcp-echo >said 2>&1 3>&- || status=$?
    ((status > 1))
    grep -q 'No such file' said
    [ ! -e others ]
}

@test "shards: a Slurm array, and the merge that comes after any end of it" {
    begin
    for k in 1 2 3; do
        SLURM_ARRAY_TASK_ID=$k SLURM_ARRAY_TASK_COUNT=3 bash "$root/packaging/ci/grade.sbatch" parts "${options[@]}" 3>&-
    done
    status=0
    sockdrill grade --merge parts/* -o grades || status=$?
    [ "$status" = 1 ]
    same_as_one grades
    status=0
    SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=3 bash "$root/packaging/ci/grade.sbatch" parts --submissions nowhere tcp-echo 3>&- || status=$?
    [ "$status" = 2 ]
    # One part was lost with its node.
    rm -r parts/2
    status=0
    output=$(sockdrill grade --merge parts/* -o some 2>&1) || status=$?
    says 'shard 2/3 is not there' 'the class is not complete'
}

@test "shards: a matrix of GitHub Actions" {
    begin
    for k in 1 2 3 4; do
        job grade-matrix.yml shard "matrix.shard=$k" strategy.job-total=4 \
            "GRADE=--submissions submissions --server './server \${PORT}' '$root/expected/tcp-echo.expect=10'"
        [ "$status" = 0 ]
        # As the two actions carry it over.
        mkdir -p "parts/part-$k"
        cp -r part/records/. "parts/part-$k"
        rm -r part
    done
    job grade-matrix.yml merge
    [ "$status" = 0 ]
    says '2 hold, 2 do not hold'
    same_as_one grades
    rm -r parts/part-4
    job grade-matrix.yml merge
    [ "$status" = 0 ]
    says 'shard 4/4 is not there'
}
