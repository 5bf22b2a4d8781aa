#!/usr/bin/env bats
# tests/cli/completions.bats: the shells complete commands, options, values, scenarios and files, by what `help --completion` prints.

load helpers

setup()
{
    export PATH=$build:$PATH
    cd "$BATS_TEST_TMPDIR" || return 1
    touch here.expect
}

# bash_offers WORD…: what bash offers for the last one.
bash_offers()
{
    "$sockdrill" help --completion bash >script
    stdout=$(bash -uc '. ./script; compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sockdrill; echo "${COMPREPLY[*]}"' - "$@")
    echo "$* → $stdout"
}

# fish_offers LINE
fish_offers()
{
    "$sockdrill" help --completion fish >script
    stdout=$(HOME=$BATS_TEST_TMPDIR fish --no-config -c 'source script; complete -C $argv[1]' "$1")
    echo "$1 → $stdout"
}

# zsh_offers LINE
zsh_offers()
{
    "$sockdrill" help --completion zsh >_sockdrill
    stdout=$(HOME=$BATS_TEST_TMPDIR TERM=xterm timeout 30 zsh "$root/tests/cli/complete.zsh" "$BATS_TEST_TMPDIR" "$1")
    echo "$1 → $stdout"
}

@test "completions: bash" {
    bash_offers sockdrill ''
    for command in trace run check bless grade diff show list explain doctor help; do
        [[ " $stdout " == *" $command "* ]]
    done
    bash_offers sockdrill run --fi
    [ "$stdout" = --findings ]
    bash_offers sockdrill run --color ''
    [ "$stdout" = 'auto always never' ]
    bash_offers sockdrill run --color = al
    [ "$stdout" = always ]
    bash_offers sockdrill run --report ju
    [ "$stdout" = junit ]
    bash_offers sockdrill run --report junit : he
    [ "$stdout" = here.expect ]
    bash_offers sockdrill run tcp-echo-s
    [ "$stdout" = tcp-echo-servers ]
    bash_offers sockdrill check he
    [ "$stdout" = here.expect ]
    bash_offers sockdrill help gr
    [ "$stdout" = grade ]
    bash_offers sockdrill trace bas
    [[ $stdout == *bash* ]]
    bash_offers sockdrill no-such-command ''
    [ -z "$stdout" ]
}

@test "completions: fish, with what each is" {
    command -v fish >/dev/null || skip 'fish is not installed'
    fish_offers 'sockdrill gr'
    [[ $stdout == grade$'\t'*class* ]]
    fish_offers 'sockdrill run --fi'
    [[ $stdout == --findings$'\t'*proved* ]]
    fish_offers 'sockdrill run --color '
    [ "$(cut -f 1 <<<"$stdout" | sort | xargs)" = 'always auto never' ]
    fish_offers 'sockdrill run tcp-echo-s'
    [ "$stdout" = tcp-echo-servers ]
    fish_offers 'sockdrill check he'
    [ "$stdout" = here.expect ]
    fish_offers 'sockdrill trace bas'
    [[ $stdout == *bash* ]]
}

@test "completions: zsh" {
    command -v zsh >/dev/null || skip 'zsh is not installed'
    zsh_offers 'sockdrill gr'
    [[ $stdout == *'sockdrill grade'* ]]
    zsh_offers 'sockdrill run --fi'
    [[ $stdout == *'sockdrill run --findings'* ]]
    zsh_offers 'sockdrill run --color al'
    [[ $stdout == *'sockdrill run --color always'* ]]
    zsh_offers 'sockdrill run tcp-echo-s'
    [[ $stdout == *'sockdrill run tcp-echo-servers'* ]]
    zsh_offers 'sockdrill check he'
    [[ $stdout == *'sockdrill check here.expect'* ]]
}

@test "completions: every option of --help, for every shell; another shell is an error" {
    for shell in bash zsh fish; do
        "$sockdrill" help --completion "$shell" >script
        for command in trace run check bless grade diff show list explain doctor help; do
            for option in $("$sockdrill" "$command" --help | grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' | grep -oE '[a-z-]+$' | sed 's/^-*//'); do
                grep -qE -- "(--| -l )$option\b" script || { echo "$shell: $command --$option"; return 1; }
            done
        done
    done
    sd_ends 2 help --completion tcsh
    says 'bash, zsh, fish'
}
