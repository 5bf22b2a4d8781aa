#!/usr/bin/env bats
# tests/cli/lint.bats: the checkers of .ci/lint find what is planted for them, and nothing in a clean tree.

setup()
{
    lint=$BATS_TEST_DIRNAME/../../.ci/lint
    export LINT_ROOT=$BATS_TEST_TMPDIR
    mkdir -p "$LINT_ROOT"/tracer/{base,model,engine}
    cp "$BATS_TEST_DIRNAME/../../tracer/layers" "$LINT_ROOT/tracer"
    printf '%s\n' '/* model/a.c: a clean file. */' '#include "base/err.h"' '#include <stdio.h>' \
        'int a(char *to);' 'int a(char *to)' '{' '    return sprintf(to, "printf(1)"); /* never printf(2) */' '}' \
        >"$LINT_ROOT/tracer/model/a.c"
}

# Plants a line in a file and asserts that the check tells it.
finds()
{
    local check=$1 file=$2 line=$3 told=$4
    [ -f "$LINT_ROOT/$file" ] || echo "/* ${file#tracer/}: planted. */" >"$LINT_ROOT/$file"
    echo "$line" >>"$LINT_ROOT/$file"
    run "$lint" "$check"
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"$file:$(wc -l <"$LINT_ROOT/$file"): "*"$told"* ]]
}

@test "lint: a clean tree passes" {
    run "$lint" layers conventions
    echo "$output"
    [ "$status" -eq 0 ]
    [ -z "$output" ]
}

@test "lint: an include of a higher layer is told" {
    finds layers tracer/model/a.c '#include "expect/parse.h"' 'model may not include expect/parse.h'
}

@test "lint: an include of a folder beside is told" {
    finds layers tracer/engine/b.c '#  include "format/format.h"' 'engine may not include format/format.h'
}

@test "lint: a guarded header is told outside its folder, and allowed inside" {
    finds layers tracer/model/a.c '#include <sys/ptrace.h>' 'model may not include <sys/ptrace.h>'
    sed -i '$d' "$LINT_ROOT/tracer/model/a.c"
    printf '%s\n' '/* engine/b.c: x. */' '#include <sys/ptrace.h>' >"$LINT_ROOT/tracer/engine/b.c"
    "$lint" layers
}

@test "lint: an include that is not from the root is told" {
    finds layers tracer/model/a.c '#include "b.h"' 'from the root'
}

@test "lint: a row of tracer/layers that lists a later one is told" {
    finds layers tracer/layers 'extra : later' 'later is not'
}

@test "lint: a folder without a row is told" {
    mkdir "$LINT_ROOT/tracer/stray"
    echo '/* stray/x.c: x. */' >"$LINT_ROOT/tracer/stray/x.c"
    run "$lint" layers
    [ "$status" -eq 1 ]
    [[ $output == *"no row for stray"* ]]
}

@test "lint: output, exits, typedef struct, notes and blanks are told" {
    finds conventions tracer/model/a.c 'void p(void) { printf("x"); }' 'nothing prints'
    finds conventions tracer/model/a.c 'void q(void) { exit(1); }' 'nothing exits'
    finds conventions tracer/model/a.c 'void r(void) { fprintf(stderr, "x"); }' 'nothing prints'
    finds conventions tracer/model/a.c 'typedef struct s { int a; } s;' 'no typedef'
    finds conventions tracer/model/a.c '/* TO''DO: later */' 'a note to oneself'
    finds conventions tracer/model/a.c 'int b; ' 'blank'
}

@test "lint: a file that does not say what it is is told" {
    echo 'int x;' >"$LINT_ROOT/tracer/model/c.c"
    run "$lint" conventions
    [ "$status" -eq 1 ]
    [[ $output == *"tracer/model/c.c:1: begins with"* ]]
}
