# explain/topics.awk: topics/*.txt as the C table that explain/topic.h declares. README.md tells their form.
function fail(what) { printf "%s:%d: %s\n", FILENAME, FNR, what > "/dev/stderr"; bad = 1; exit 1 }
function quoted(s) { gsub(/["\\]/, "\\\\&", s); gsub(/\n/, "\\n", s); return "\"" s "\"" }
function finish() {
    if (names == "") return
    if (text == "") fail("a topic without a text: " names)
    printf "    {%s, %s, %s, %s, %s, %s, %s},\n", kind, quoted(names), quoted(text), quoted(field["line"]),
        quoted(field["course"]), quoted(field["rules"]), quoted(field["man"])
    names = text = ""
    split("", field)
}
BEGIN { print "#include \"explain/topic.h\"\nconst struct topic topics[] = {" }
FNR == 1 { finish(); kind = FILENAME; gsub(/.*\/|\.txt$/, "", kind); kind = "TOPIC_" toupper(kind) }
length($0) > 118 { fail("longer than 118 bytes") }
/^#/ { next }
/^$/ { is_new = 1; next }
/^[^ ]/ { finish(); names = $0; is_new = 0; next }
names == "" { fail("a text without a topic") }
/^  @(line|course|rules|man) / {
    key = substr($1, 2)
    if (field[key] != "") fail("a second @" key)
    field[key] = substr($0, length(key) + 5)
    next
}
/^  [^ @]/ {
    if (field["line"] field["course"] field["rules"] field["man"] != "") fail("a text behind an @")
    text = text (text == "" ? "" : is_new ? "\n" : " ") substr($0, 3)
    is_new = 0
    next
}
{ fail("no name, text or @field") }
END { if (!bad) finish(); if (bad) exit 1; print "    {TOPIC_CALLS, 0, 0, 0, 0, 0, 0},\n};" }
