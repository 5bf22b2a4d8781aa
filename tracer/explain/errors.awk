# explain/errors.awk: errors.txt as the C table that explain/meaning.h declares.
function fail(what) { printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"; bad = 1; exit 1 }
function quoted(s) { gsub(/["\\]/, "\\\\&", s); return "\"" s "\"" }
function condition(s) { gsub(/-/, "_", s); return "WHEN_" toupper(s) }
BEGIN { print "#include \"explain/meaning.h\"\n#include <errno.h>\nconst struct meaning meanings[] = {" }
length($0) > 118 { fail("longer than 118 bytes") }
/^#/ || /^$/ { next }
/^[a-z_]+$/ { if (error) fail("the row before has no cure"); canon = $0 == "any" ? "NONE" : toupper($0); next }
/^E[A-Z0-9]+( when [a-z-]+)?$/ {
    if (error || canon == "") fail("an error without a call, or in a row")
    error = $1; why = ""; when = $3 ? condition($3) : "WHEN_EVER"; next
}
/^  [^ ]/ {
    if (!error) fail("a sentence without an error")
    if (why == "") { why = substr($0, 3); next }
    printf "    {CANON_%s, %s, %s, %s, %s},\n", canon, error, when, quoted(why), quoted(substr($0, 3))
    error = ""; next
}
{ fail("no call, error or sentence") }
END { if (bad || error) exit 1; print "    {CANON_NONE, 0, WHEN_EVER, 0, 0},\n};" }
