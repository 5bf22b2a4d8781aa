#!/usr/bin/env bats
# tests/cli/source.bats: what a report names is shown at its place in the program's own source.

load helpers

is_silent_on()
{
    if says "$1" >/dev/null; then
        echo "says: $1"
        return 1
    fi
}

# Its program asks for connections that nobody takes, and is expected to be given one.
expectation()
{
    file=$BATS_TEST_TMPDIR/it.expect
    cat >"$file" <<END
both "$1 \${PORT}" {
    socket(AF_INET, SOCK_STREAM) = \$s
    connect(\$s) = 0
}
END
}

line()
{
    grep -n "line: $1 \*/" tests/live/lines.c | cut -d: -f1
}

# shows PROGRAM KIND PLACE TEXT…: the line of PLACE is named first, with two lines around it.
shows()
{
    local program=$1 kind=$2 place=$3 n
    shift 3
    n=$(line "$place")
    expectation "$program $kind"
    sd_ends 1 run "$file"
    [[ $(sed -n 3p <<<"$stdout") == "  tests/live/lines.c:$n: connect("*" = -1 ECONNREFUSED"* ]]
    around=$(grep -E '^  ( |>) +[0-9]+ \|' <<<"$stdout" | head -n 5)
    [ "$(sed -E 's/^[ >]*([0-9]+) \|.*/\1/' <<<"$around" | xargs)" = "$((n - 2)) $((n - 1)) $n $((n + 1)) $((n + 2))" ]
    [[ $(sed -n 3p <<<"$around") == "  > "*"$n | "*connect* ]]
    output=$(tr -s '\n ' ' ' <<<"$stdout")
    says "$@"
}

compiled()
{
    program=$BATS_TEST_TMPDIR/lines
    "${CC:-cc}" -pthread "$@" -o "$program" tests/live/lines.c || skip "the compiler can't: $*"
}

each_place()
{
    shows "$1" plain dial "called from plain (tests/live/lines.c:$(line plain)), from main (tests/live"
    shows "$1" inlined inlined "in inlined, called from around (tests/live/lines.c:$(line around)), from main (tests/live"
    shows "$1" child dial "from main (tests/live"
    shows "$1" thread dial "in dial, called from plain (tests/live/lines.c:$(line plain)), from thread"
    shows "$1" again dial
}

@test "source: of a plain call, an inlined one, of a child, of a thread, after an exec" {
    each_place "$build/tests/lines"
}

@test "source: without optimisation, and with it" {
    compiled -g -O0
    each_place "$program"
    compiled -g -O2
    each_place "$program"
}

@test "source: of a program with the C library in it" {
    compiled -g -O1 -static
    each_place "$program"
}

@test "source: of a 32-bit program" {
    compiled -g -O1 -m32 -isystem "/usr/include/$("${CC:-cc}" -print-multiarch)"
    "$program" || skip "32-bit programs do not run here"
    each_place "$program"
}

@test "source: of a program with AddressSanitizer" {
    compiled -g -O1 -fsanitize=address
    shows "$program" plain dial
}

@test "source: where a signal came" {
    file=$BATS_TEST_TMPDIR/it.expect
    printf 'both "%s crash ${PORT}" {\n    socket(AF_INET, SOCK_STREAM) = $s\n    connect($s) = -1 ECONNREFUSED\n}\n' \
        "$build/tests/lines" >"$file"
    sd_ends 1 run "$file"
    says 'was killed by SIGSEGV' "tests/live/lines.c:$(line crash)"
}

@test "source: without debug information function and offset, and one hint to compile with -g" {
    compiled -O1
    expectation "$program plain"
    sd_ends 1 run "$file"
    [[ $stdout =~ (dial|plain)\+0x[0-9a-f]+\ \(lines\):\ connect ]]
    [ "$(tr -s '\n ' ' ' <<<"$stdout" | grep -o 'compile it with -g' | wc -l)" = 1 ]
    strip "$program"
    sd_ends 1 run "$file"
    [[ $stdout =~ \ 0x[0-9a-f]+\ \(lines\):\ connect ]]
}

@test "source: a program that comes with the system is not to be compiled anew" {
    command -v nc >/dev/null || skip "nc is not installed"
    file=$BATS_TEST_TMPDIR/it.expect
    printf 'both "nc -n 127.0.0.1 ${PORT}" {\n    socket(AF_INET, SOCK_STREAM) = $s\n    connect($s) = 0\n}\n' >"$file"
    sd_ends 1 run "$file"
    is_silent_on 'compile it with -g'
}

@test "source: where the file can't be read the place alone is shown; where it is newer that is told" {
    cp tests/live/lines.c "$BATS_TEST_TMPDIR/copy.c"
    (cd "$BATS_TEST_TMPDIR" && "${CC:-cc}" -g -pthread -o lines copy.c)
    expectation "$BATS_TEST_TMPDIR/lines plain"
    touch "$BATS_TEST_TMPDIR/copy.c"
    sd_ends 1 run "$file" -o "$BATS_TEST_TMPDIR/trace"
    says "copy.c:$(line dial): connect(" 'sink = connect(sock' 'copy.c was changed after lines was built'
    touch "$BATS_TEST_TMPDIR/copy.c"
    sd_ends 1 check "$file" "$BATS_TEST_TMPDIR/trace"
    says "copy.c:$(line dial): connect("
    is_silent_on 'sink = connect(sock'
    rm "$BATS_TEST_TMPDIR/copy.c"
    sd_ends 1 run "$file"
    says "copy.c:$(line dial): connect("
    is_silent_on 'sink = connect(sock'
}

@test "source: a recorded trace has the places too; --no-source leaves them out" {
    expectation "$build/tests/lines plain"
    sd_ends 1 run "$file" -o "$BATS_TEST_TMPDIR/trace"
    ran=$stdout
    sd_ends 1 check "$file" "$BATS_TEST_TMPDIR/trace"
    [ "$stdout" = "$ran" ]
    sd_ends 0 show "$BATS_TEST_TMPDIR/trace"
    says "ECONNREFUSED" "// lines.c:$(line dial)"
    sd_ends 0 show --view strace "$BATS_TEST_TMPDIR/trace"
    is_silent_on 'lines.c'
    sd_ends 1 run --no-source "$file"
    is_silent_on 'lines.c'
}

@test "source: a finding is at its line, with the lines around it" {
    sd_ends 1 run tcp-echo -v --server "$broken/no-listen \${PORT}"
    n=$(grep -n 'accept(listener' scenarios/broken/no-listen.c | cut -d: -f1)
    grep -q "^  scenarios/broken/no-listen.c:$n: SD021 (proved): accept without listen" <<<"$stdout"
    says "$n |         int conn = accept(listener"
    n=$(grep -n 'bind(listener' scenarios/broken/no-listen.c | cut -d: -f1)
    says "scenarios/broken/no-listen.c:$n: behind bind("
}
