/* format/format.c: the registry, and opening files. */
#include "format/format.h"

#include "base/alloc.h"
#include "format/writers.h"

#include <errno.h>
#include <string.h>

struct entry {
    struct format format;
    bool (*sniff)(const char *head, size_t len);
};

static const struct entry entries[] = {
    {{"text", "for people: who, which call, what came of it, the kernel's state beside it", text_writer,
      NULL},
     NULL},
    {{"strace", "the lines that strace -f prints", strace_writer, NULL}, NULL},
    {{"jsonl", "for programs and for later: JSON Lines, which every command reads back", jsonl_writer,
      jsonl_read},
     jsonl_sniff},
};

enum { HEAD_SIZE = 512 };

const struct format *format_at(size_t i)
{
    return i < ARRAY_LEN(entries) ? &entries[i].format : NULL;
}

const struct format *format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(entries); i++)
        if (strcmp(entries[i].format.name, name) == 0)
            return &entries[i].format;
    return NULL;
}

const struct format *format_sniff(const char *head, size_t len)
{
    for (size_t i = 0; i < ARRAY_LEN(entries); i++)
        if (entries[i].sniff && entries[i].sniff(head, len))
            return &entries[i].format;
    return NULL;
}

static bool copy_all(FILE *in, FILE *out)
{
    char block[16 * 1024];
    size_t len;

    while ((len = fread(block, 1, sizeof(block), in)) > 0)
        if (fwrite(block, 1, len, out) != len)
            return false;
    rewind(out);
    return !ferror(in) && !ferror(out);
}

/* A stream that can be read twice: a pipe goes through a temporary file. NULL with a message; `in` is closed
 * then. */
static FILE *make_seekable(FILE *in, const char *name, struct err *err)
{
    FILE *copy;

    if (fseek(in, 0, SEEK_CUR) == 0)
        return in;
    copy = tmpfile();
    if (copy && copy_all(in, copy)) {
        fclose(in);
        return copy;
    }
    err_sys(err, errno, "cannot copy %s to a temporary file", name);
    if (copy)
        fclose(copy);
    fclose(in);
    return NULL;
}

static bool read_whole(FILE *in, const char *name, struct trace *trace, struct err *err)
{
    char head[HEAD_SIZE];
    long from = ftell(in);
    size_t len = fread(head, 1, sizeof(head), in);
    const struct format *format;

    if (ferror(in))
        return err_sys(err, errno, "cannot read %s", name);
    if (!len)
        return err_set(err, "%s: empty, no trace", name);
    format = format_sniff(head, len);
    if (!format) {
        err_set(err, "%s: not a trace", name);
        return err_hint(err, "traces are written with 'sockdrill trace --format jsonl -o FILE -- COMMAND'");
    }
    fseek(in, from, SEEK_SET);
    return format->read(in, name, &trace->sink, &trace->cut, err);
}

bool format_load(const char *path, struct trace *trace, struct err *err)
{
    bool is_stdin = strcmp(path, "-") == 0, ok;
    const char *name = is_stdin ? "standard input" : path;
    FILE *in = is_stdin ? stdin : fopen(path, "re");

    if (!in)
        return err_sys(err, errno, "cannot open %s", name);
    in = make_seekable(in, name, err);
    if (!in)
        return false;
    ok = read_whole(in, name, trace, err);
    fclose(in);
    return ok;
}
