#!/usr/bin/env bats
# tests/grade/hostile.bats: submissions that break, on purpose or not, cost only themselves: each gets its verdict, the right one among
# them all of its points, and nothing of any of them is left.

load ../cli/helpers

# submission NAME: a folder for one, in which what follows is written.
submission()
{
    mkdir -p "$class/$1"
    cd "$class/$1" || return 1
}

# c TEXT…: a server of these lines.
c()
{
    printf '%s\n' '#define _GNU_SOURCE' '#include <signal.h>' '#include <stdio.h>' '#include <stdlib.h>' '#include <string.h>' \
        '#include <sys/mman.h>' '#include <unistd.h>' '#include <fcntl.h>' "int main(int argc, char **argv)" '{' "$@" '}' >server.c
}

# makes LINE…: a makefile whose target `all` has these lines.
makes()
{
    printf 'all:\n' >Makefile
    printf '\t%s\n' "$@" >>Makefile
}

class_of_the_hostile()
{
    submission right && cp "$root/tests/grade/submissions/ada/server.c" .
    submission forks && c 'for (;;) if (fork() == 0 && setsid() < 0) for (;;) pause();'
    submission prints && c 'for (;;) puts("x\033[2J");'
    submission eats && c 'for (;;) { char *p = malloc(1 << 20); if (p) memset(p, 1, 1 << 20); }'
    submission fills && c 'char b[65536] = "x"; int fd = open("big", O_CREAT | O_WRONLY, 0600); signal(SIGXFSZ, SIG_IGN);' \
        'while (write(fd, b, sizeof b) > 0); return 3;'
    submission kills && c 'kill(-1, SIGKILL); kill(getppid(), SIGKILL); kill(1, SIGKILL); for (;;) pause();'
    submission parent && c 'kill(getppid(), SIGUSR1); for (;;) pause();'
    submission stops && c 'kill(getppid(), SIGSTOP); kill(0, SIGSTOP); for (;;) pause();'
    submission crashes && c 'return *(volatile int *)argc;'
    submission removes && c 'return system("chmod -R 0 . ../../.. 2>/dev/null; rm -rf . .. ../../* 2>/dev/null");'
    submission tty && c 'setvbuf(stdout, 0, _IONBF, 0); FILE *f = fopen("/dev/tty", "w"); if (f) fputs("on the terminal", f); return 1;'
    submission make-ends-not && makes 'while :; do :; done'
    submission make-forks && makes 'f() { f | f & }; f; sleep 60'
    submission make-prints && makes 'yes "`printf "\033[31m"` error"'
    submission make-leaves && makes 'setsid sleep 300 >/dev/null 2>&1 &' 'cc -o server ../../server.c || exit 1'
    submission make-lies && makes 'true'
    submission links && ln -s / out && ln -s /etc/passwd server.c && mkfifo pipe
    submission deep && mkdir -p "$(printf 'd/%.0s' $(seq 60))"
    submission empty
    submission $'new\nline' && cp "$root/tests/grade/submissions/ada/server.c" .
    submission $'\xff' && cp "$root/tests/grade/submissions/ada/server.c" .
    submission '--help' && cp "$root/tests/grade/submissions/ada/server.c" .
    mkfifo "$class/fifo"
    cd "$root" || return 1
}

# result NAME: what the summary says of it.
result()
{
    jq -r --arg name "$1" '.submissions[] | select(.name == $name) | "\(.result) \(.points.earned) \(.build.result) \(.hangs)"' "$out/summary.json"
}

# why NAME TEXT: its report says so.
why()
{
    grep -qiE -e "$2" "$out/reports/$1.txt" || { cat "$out/reports/$1.txt"; return 1; }
}

@test "grade: what submissions do to the machine, to each other and to the grader" {
    unshare --pid --fork true 2>/dev/null || unshare --user --pid --fork true 2>/dev/null ||
        skip 'this machine refuses namespaces of processes: what forks without end would be everybody'"'"'s to bear'
    class=$BATS_TEST_TMPDIR/class out=$BATS_TEST_TMPDIR/out
    class_of_the_hostile
    find "$class" -printf '%P %y %m %s\n' | sort >"$BATS_TEST_TMPDIR/before"
    # One after the other: who is right would else be late where another keeps the machine busy.
    sd_ends 1 grade --submissions "$class" --server './server ${PORT}' --build-timeout 3 --timeout 3 --jobs 1 tcp-echo=3 -o "$out"
    says 'fifo: left out'
    find "$class" -printf '%P %y %m %s\n' | sort | diff "$BATS_TEST_TMPDIR/before" -
    whole "$out"
    [ ! -e "$out/work" ]
    for name in right $'new\nline' --help; do
        [ "$(result "$name")" = 'holds 3 built false' ]
    done
    [ "$(jq '[.submissions[] | select(.result == "holds")] | length' "$out/summary.json")" = 4 ]
    for name in forks prints eats fills stops crashes removes tty; do
        [[ $(result "$name") = 'fails 0 built '* ]] || { result "$name"; cat "$out/reports/$name.txt"; return 1; }
    done
    for name in make-ends-not make-forks make-prints make-leaves; do
        [ "$(result "$name")" = 'fails 0 fails false' ] || { result "$name"; cat "$out/reports/$name.txt"; return 1; }
    done
    why forks 'more than 1000 processes'
    why eats 'MiB of memory|its time was up'
    why crashes 'SIGSEGV'
    why make-ends-not 'was not built in 3 s'
    why make-lies 'has no program ./server after it was built'
    why empty 'has no program ./server'
    # Who is not there any more can't judge: neither passed nor failed, and no fault of the program's teacher.
    for name in kills parent deep; do
        [[ $(result "$name") = 'untested 0 '* ]] || { result "$name"; cat "$out/reports/$name.txt"; return 1; }
    done
    [[ $(result links) = 'fails 0 '* ]]
    # Nothing is left, and no byte of theirs moves a cursor.
    for exe in /proc/[0-9]*/exe; do
        [[ $(readlink "$exe" 2>/dev/null) != "$BATS_TEST_TMPDIR"/* ]] || { echo "$exe is left"; return 1; }
    done
    [ -z "$(pgrep -f '^sleep 300$')" ]
    [ -z "$(tr -d '\n\t -~' <"$BATS_TEST_TMPDIR/stdout" | LC_ALL=C tr -d '\200-\377')" ]
}
