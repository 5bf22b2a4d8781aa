#!/usr/bin/env bats
# tests/ci/jobs.bats: the ready jobs for GitHub and GitLab, step by step, in a repository of somebody else's.

load jobs

setup_file()
{
    load jobs
    source_of_sockdrill "$BATS_FILE_TMPDIR/source"
}

# A repository with a server, its makefile and an expectation of its own.
repository()
{
    mkdir -p "$BATS_TEST_TMPDIR/repository/expected"
    cd "$BATS_TEST_TMPDIR/repository" || return 1
    cp "$root/tests/grade/submissions/$1/server.c" .
    printf 'server: server.c\n\tcc -g -o server server.c\n' >Makefile
    cat >expected/my.expect <<'END'
title "A server of mine"

server "./server ${PORT}" {
    socket(AF_INET, SOCK_STREAM)    = $listener
    bind($listener, *:${PORT})      = 0
    listen($listener, > 0)          = 0
    each accept($listener)          = $conn {
        recv($conn, "ping\n")
        send($conn, "ping\n")
        recv($conn)                 = 0
        close($conn)                = 0
    }
}

client "bash -c 'exec 3<>/dev/tcp/127.0.0.1/${PORT}; echo ping >&3; read -r line <&3; test $line = ping'" {
    exit 0
    socket(AF_INET, SOCK_STREAM)    = $s
    connect($s, 127.0.0.1:${PORT})  = 0
    send($s, "ping\n")
    recv($s, "ping\n")
}
END
}

# ends STATUS FILE JOB: it is run in this repository.
ends()
{
    job "$2" "$3"
    [ "$status" = "$1" ]
}

@test "ci: a right program passes, and the reports are kept" {
    repository ada
    ends 0 github.yml sockdrill
    says '✓ my holds'
    "$root/tests/report/validate" junit:sockdrill.xml text:sockdrill.txt
    grep -q 'tests="1" failures="0"' sockdrill.xml
    grep -q '| ✓ | my | holds |' "$BATS_TEST_TMPDIR/summary"
    rm sockdrill.xml
    ends 0 gitlab.yml sockdrill
    says '✓ my holds'
    "$root/tests/report/validate" junit:sockdrill.xml
}

@test "ci: a wrong one fails with 1, and the annotation stands at its line" {
    repository finn
    ends 1 github.yml sockdrill
    says '✗ my does not hold'
    line=$(grep -n 'bind(' server.c | cut -d: -f1)
    grep -q "^::error file=server.c,line=$line,title=server%3A listen is missing::" "$BATS_TEST_TMPDIR/steps/3.out"
    grep -q 'failures="1"' sockdrill.xml
    grep -q 'listen is missing' "$BATS_TEST_TMPDIR/summary"
    ends 1 gitlab.yml sockdrill
    grep -q 'failures="1"' sockdrill.xml
}

@test "ci: one that does not build fails before anything is traced" {
    repository gil
    ends 2 github.yml sockdrill
    says "error: expected"
    [ ! -e sockdrill.xml ]
}

@test "ci: what could not be tested is told as that, and is no pass" {
    repository ada
    printf 'requires linux 99.1\nclient "true" {\n}\n' >expected/my.expect
    ends 3 github.yml sockdrill
    grep -q '^::error .*title=could not test::' "$BATS_TEST_TMPDIR/steps/3.out"
    says 'sockdrill can work here'
    grep -q 'errors="1"' sockdrill.xml
    ends 3 gitlab.yml sockdrill
}

@test "ci: no source of sockdrill, or a wrong expectation, is told" {
    repository ada
    echo 'server {' >expected/my.expect
    ends 2 github.yml sockdrill
    says 'expected/my.expect:1'
    status=0
    env -u SOCKDRILL_SOURCE bash -e "$BATS_TEST_TMPDIR/steps/1.sh" >said 2>&1 || status=$?
    [ "$status" != 0 ]
    grep -q 'set the variable SOCKDRILL_SOURCE of this repository' said
}
