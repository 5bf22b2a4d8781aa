#!/usr/bin/env bats
# tests/cli/install.bats: what `make install` puts down works where it stands, and `make uninstall` takes all of it away.

load helpers

# Compiled files with other places in them are wanted here, and not in the tree that others use meanwhile.
setup_file()
{
    load helpers
    cd "$root" || return 1
    export AT=$BATS_FILE_TMPDIR
    mkdir "$AT/build"
    cp -a "$build"/{obj,scenarios,flags,prefix,sockdrill,libsockdrill.a} "$AT/build"
    make -s install BUILD="$AT/build" PREFIX="$AT/usr" >"$AT/log" 2>&1 || { cat "$AT/log"; return 1; }
}

# A PATH and a pkg-config that know what was installed.
installed()
{
    unset SOCKDRILL_DATA
    export PATH=$AT/usr/bin:$PATH PKG_CONFIG_PATH=$AT/usr/lib/pkgconfig
    sockdrill=$AT/usr/bin/sockdrill
}

@test "install: only what has changed with PREFIX was built again" {
    cat "$AT/log"
    [ "$(grep -c '^  CC ' "$AT/log")" = 1 ]
}

@test "install: the program finds its scenarios, from anywhere" {
    installed
    cd /
    sd_ends 0 run tcp-echo
    [[ $(strings -a "$sockdrill") == *"$AT/usr/share/sockdrill"* ]]
    sd_ends 0 list --json
    [ "$(jq length <<<"$stdout")" = "$(find "$root/expected" -name '*.expect' | wc -l)" ]
}

@test "install: DESTDIR stands in front, and what was put there can be moved" {
    make -s install DESTDIR="$BATS_TEST_TMPDIR/stage" BUILD="$AT/build" PREFIX="$AT/usr"
    [ "$(ls "$BATS_TEST_TMPDIR/stage")" = "$(cut -d / -f 2 <<<"$AT")" ]
    mv "$BATS_TEST_TMPDIR/stage$AT/usr" "$BATS_TEST_TMPDIR/elsewhere"
    sockdrill=$BATS_TEST_TMPDIR/elsewhere/bin/sockdrill
    cd /
    sd_ends 0 list
    says "tcp-echo"
    rm -r "$BATS_TEST_TMPDIR/elsewhere/share/sockdrill/scenarios"
    sd_ends 3 run tcp-echo --no-namespace --server "tcp-echo-server-that-is-nowhere"
}

@test "install: an expectation of one's own, in one's own project" {
    installed
    cp -r "$root/tests/library" "$BATS_TEST_TMPDIR/project"
    cd "$BATS_TEST_TMPDIR/project"
    mkdir expected
    mv greeter.expect expected
    make -s greeter greeter-forgetful
    sd_ends 0 run greeter --server './greeter ${PORT}'
    sd_ends 1 run expected/greeter.expect --server './greeter-forgetful ${PORT}'
    says 'listen is missing' 'greeter.c:'
    sd_ends 0 run tcp-echo
}

@test "library: a Check test of somebody else's project is built and passes" {
    installed
    cp -r "$root/tests/library" "$BATS_TEST_TMPDIR/project"
    cd "$BATS_TEST_TMPDIR/project"
    make check >log 2>&1 || { cat log; return 1; }
    cat log
    grep -qF '100%: Checks: 3, Failures: 0, Errors: 0' log
    grep -qE '^greeter.c:[0-9]+: server: listen is missing\. Call listen' log
    # The line told is the one of the call behind which it is missing.
    line=$(sed -nE 's/^greeter.c:([0-9]+): .*/\1/p' log)
    sed -n "${line}p" greeter.c | grep -q 'bind('
}

@test "library: scenarios that come along are found beside an expected/ of one's own" {
    installed
    mkdir -p "$BATS_TEST_TMPDIR/project"/{build,expected,scenarios}
    cd "$BATS_TEST_TMPDIR/project"
    printf '%s\n' '#include <sockdrill.h>' 'int main(void)' '{' \
        '    struct sockdrill_verdict *verdict = sockdrill_run("tcp-echo", NULL);' \
        '    puts(sockdrill_message(verdict));' '    return sockdrill_result(verdict);' '}' >build/main.c
    read -ra flags < <(pkg-config --cflags --libs sockdrill)
    cc -o build/main build/main.c "${flags[@]}"
    build/main
}

@test "library: the header is C++ as well, and no name but its own is in the way" {
    installed
    cd "$BATS_TEST_TMPDIR"
    printf '#include <sockdrill.h>\nint main(void) { return sockdrill_version()[0] != %d + 0x30; }\n' \
        "$(pkg-config --modversion sockdrill | cut -d . -f 1)" >main.cpp
    cp main.cpp main.c
    read -ra flags < <(pkg-config --cflags --libs sockdrill)
    cc -std=c99 -pedantic -Wall -Wextra -Werror -o main main.c "${flags[@]}"
    ./main
    ! command -v g++ >/dev/null || g++ -Wall -Wextra -Werror -fsyntax-only "${flags[@]}" main.cpp
    nm -g --defined-only "$AT/usr/lib/libsockdrill.a" | awk 'NF == 3 {print $3}' >names
    [ "$(wc -l <names)" -ge 12 ]
    [ -z "$(grep -v "^sockdrill_" names)" ]
    # All that the header promises is there.
    [ "$(grep -oE '\bsockdrill_[a-z_]+\(' "$AT/usr/include/sockdrill.h" | tr -d '(' | sort -u)" = "$(sort names)" ]
}

@test "manual: a page for the program, each command, expectations and traces, which man shows" {
    installed
    command -v lowdown >/dev/null || skip 'lowdown is not installed'
    for page in sockdrill.1 sockdrill-{trace,run,check,bless,grade,diff,show,list,explain,doctor,help}.1 sockdrill-{expect,trace}.5; do
        file=$AT/usr/share/man/man${page##*.}/$page
        [ "$(grep -c '^\.SH NAME$' "$file")" = 1 ]
        ! command -v lexgrog >/dev/null || [[ $(lexgrog "$file") == *": \"${page%.*} - "* ]]
        ! command -v man >/dev/null || [ "$(MANWIDTH=80 man -l "$file" | grep -cE '^NAME$|^SEE ALSO$|^DESCRIPTION$')" -ge 1 ]
    done
    # What --help says of an option stands in the page.
    grep -qF 'run all scenarios of the course' "$AT/usr/share/man/man1/sockdrill-run.1"
    grep -qF 'began_ns' "$AT/usr/share/man/man5/sockdrill-trace.5"
    [ "$(find "$AT/usr/share/man" -type f | wc -l)" = 14 ]
}

@test "completions: they stand where the shells look for them" {
    "$AT/usr/bin/sockdrill" help --completion bash | cmp - "$AT/usr/share/bash-completion/completions/sockdrill"
    "$AT/usr/bin/sockdrill" help --completion zsh | cmp - "$AT/usr/share/zsh/site-functions/_sockdrill"
    "$AT/usr/bin/sockdrill" help --completion fish | cmp - "$AT/usr/share/fish/vendor_completions.d/sockdrill.fish"
}

# Into a root of its own, with the machine's dpkg: what it depends on is the machine's.
@test "deb: it is built, the same again, installed, runs, and is taken away" {
    command -v dpkg-shlibdeps >/dev/null || skip 'there is no dpkg-dev here'
    cd "$BATS_TEST_TMPDIR"
    cp -a "$AT/build" build
    export SOURCE_DATE_EPOCH=1700000000
    for i in 1 2; do
        make -s -C "$root" deb BUILD="$PWD/build" >log 2>&1 || { cat log; return 1; }
        cp build/*.deb "$i.deb"
    done
    cmp 1.deb 2.deb
    dpkg-deb -f 1.deb Depends | grep -q 'libseccomp2'
    mkdir -p root/var/lib/dpkg/{info,updates}
    touch root/var/lib/dpkg/{status,available}
    read -ra dpkg <<<"dpkg --root=$PWD/root --log=/dev/null --force-not-root --force-bad-path --force-depends"
    "${dpkg[@]}" -i 1.deb
    unset SOCKDRILL_DATA
    sockdrill=$PWD/root/usr/bin/sockdrill
    cd /
    sd_ends 0 run tcp-echo
    sd_ends 1 run tcp-echo --server "$broken/no-listen \${PORT}"
    says 'listen is missing'
    cd "$BATS_TEST_TMPDIR"
    [ "$(find root/usr -type f | wc -l)" = "$(wc -l <root/var/lib/dpkg/info/sockdrill.md5sums)" ]
    (cd root && md5sum --quiet -c var/lib/dpkg/info/sockdrill.md5sums)
    "${dpkg[@]}" -r sockdrill
    [ -z "$(find root/usr -type f 2>/dev/null)" ]
}

@test "uninstall: nothing is left, and nothing of others is taken" {
    make -s install DESTDIR="$BATS_TEST_TMPDIR/stage" BUILD="$AT/build" PREFIX="$AT/usr"
    touch "$BATS_TEST_TMPDIR/stage$AT/usr/lib/libother.a" "$BATS_TEST_TMPDIR/stage$AT/usr/bin/other"
    make -s uninstall DESTDIR="$BATS_TEST_TMPDIR/stage" BUILD="$AT/build" PREFIX="$AT/usr"
    left=$(find "$BATS_TEST_TMPDIR/stage" ! -type d -printf '%f\n' | sort | xargs)
    echo "$left"
    [ "$left" = 'libother.a other' ]
}
