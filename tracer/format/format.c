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

static const struct format *sniff(FILE *in, const char *name, struct err *err)
{
    char head[HEAD_SIZE];
    size_t len = fread(head, 1, sizeof(head), in);
    const struct format *format = format_sniff(head, len);

    if (ferror(in)) {
        err_sys(err, errno, "cannot read %s", name);
        return NULL;
    }
    if (!len) {
        err_set(err, "%s: empty, no trace", name);
    } else if (!format) {
        err_set(err, "%s: not a trace", name);
        err_hint(err, "traces are written with 'sockdrill trace --format jsonl -o FILE -- COMMAND'");
    }
    return format;
}

bool format_open(struct format_file *file, const char *path, struct err *err)
{
    bool is_stdin = strcmp(path, "-") == 0;

    *file = (struct format_file){.name = is_stdin ? "standard input" : path};
    file->in = is_stdin ? stdin : fopen(path, "re");
    if (!file->in)
        return err_sys(err, errno, "cannot open %s", file->name);
    file->in = make_seekable(file->in, file->name, err);
    if (!file->in)
        return false;
    file->from = ftell(file->in);
    file->format = sniff(file->in, file->name, err);
    if (!file->format)
        format_close(file);
    return file->format != NULL;
}

void format_close(struct format_file *file)
{
    if (file->in)
        fclose(file->in);
    file->in = NULL;
}

bool format_read(struct format_file *file, struct sink *sink, bool *cut, struct err *err)
{
    clearerr(file->in);
    fseek(file->in, file->from, SEEK_SET);
    return file->format->read(file->in, file->name, sink, cut, err);
}

bool format_load(const char *path, struct trace *trace, struct err *err)
{
    struct format_file file;
    bool ok;

    if (!format_open(&file, path, err))
        return false;
    ok = format_read(&file, &trace->sink, &trace->cut, err);
    format_close(&file);
    return ok;
}
