# tests/keep.bash: keep TEST FILE…: those of the files that are traces are left for tests/format/records to look at.

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
