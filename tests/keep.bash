# tests/keep.bash: what tests leave for others to look at.

# keep TEST FILE…: those of the files that are traces are left for tests/format/records.

keep()
{
    local test=$1 file
    shift
    [ -d "${TRACES-}" ] || return 0
    for file; do
        [ -f "$file" ] && head -c 12 "$file" | grep -qF '{"sockdrill"' || continue
        cp "$file" "$(mktemp "$TRACES/$test.XXXXXX")"
    done
    return 0
}

# keep_report TEST TEXT: what a run printed is left for tests/cli/words.
keep_report()
{
    [ ! -d "${REPORTS-}" ] || printf '%s\n' "$2" >"$(mktemp "$REPORTS/$1.XXXXXX")"
}
