/* format/format.c: the registry, and opening files. */
#include "format/format.h"

#include "base/alloc.h"
#include "format/log_input.h"
#include "format/writers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct entry {
    struct format format;
    bool (*sniff)(const char *head, size_t len);
};

static const struct entry entries[] = {
    {{.name = "text",
      .what = "for people: who, which call, what came of it, the kernel's state beside it",
      .writer = text_writer},
     NULL},
    {{.name = "strace",
      .what = "the lines that strace -f prints",
      .writer = strace_writer,
      .read = log_read,
      .read_all = log_read_all,
      .by_program = true},
     log_line_sniff},
    {{.name = "jsonl",
      .what = "for programs and for later: JSON Lines, which every command reads back",
      .writer = jsonl_writer,
      .read = jsonl_read},
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
        err_hint(err, "traces are written with 'sockdrill trace --format jsonl -o FILE -- COMMAND', or with "
                      "'" LOG_COMMAND "'");
    }
    return format;
}

/* `ROLE=PATH`: where the path begins; 0: the whole is one. */
static size_t role_length(const char *path)
{
    size_t len = strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-#");

    return path[len] == '=' && access(path, F_OK) != 0 ? len : 0;
}

static bool open_one(struct format_file *file, const char *path, struct err *err)
{
    struct format_input *input = &file->inputs[file->len];
    size_t role_len = role_length(path);
    const struct format *format;

    input->role = "";
    if (role_len) {
        input->role = arena_memdup(&file->arena, path, role_len);
        path += role_len + 1;
    }
    input->name = strcmp(path, "-") == 0 ? "standard input" : path;
    input->in = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (!input->in)
        return err_sys(err, errno, "cannot open %s", input->name);
    input->in = make_seekable(input->in, input->name, err);
    if (!input->in)
        return false;
    file->from[file->len] = ftell(input->in);
    format = sniff(input->in, input->name, err);
    file->len++;
    if (!format)
        return false;
    if (file->format && file->format != format)
        return err_set(err, "%s and %s are no parts of one trace", file->name, input->name);
    file->format = format;
    file->name = file->name ? file->name : input->name;
    return true;
}

bool format_open(struct format_file *file, const char *const *paths, size_t len, struct err *err)
{
    bool ok = true;

    *file = (struct format_file){.inputs = alloc_zeroed(len * sizeof(*file->inputs)),
                                 .from = alloc_zeroed(len * sizeof(*file->from))};
    for (size_t i = 0; ok && i < len; i++)
        ok = open_one(file, paths[i], err);
    if (ok && !file->format->read_all && (len > 1 || file->inputs[0].role[0])) {
        ok = err_set(err, "%s: a trace has all of a run, and says itself who is who", file->name);
        err_hint(err, "several files, or ROLE=FILE, are for logs of strace");
    }
    if (!ok)
        format_close(file);
    return ok;
}

void format_close(struct format_file *file)
{
    for (size_t i = 0; i < file->len; i++)
        fclose(file->inputs[i].in);
    free(file->inputs);
    free(file->from);
    arena_release(&file->arena);
    *file = (struct format_file){.len = 0};
}

bool format_read(struct format_file *file, struct sink *sink, bool *cut, struct err *err)
{
    for (size_t i = 0; i < file->len; i++) {
        clearerr(file->inputs[i].in);
        fseek(file->inputs[i].in, file->from[i], SEEK_SET);
    }
    if (file->format->read_all)
        return file->format->read_all(file->inputs, file->len, sink, cut, err);
    return file->format->read(file->inputs[0].in, file->inputs[0].name, sink, cut, err);
}

bool format_load(const char *const *paths, size_t len, struct trace *trace, struct err *err)
{
    struct format_file file;
    bool ok;

    if (!format_open(&file, paths, len, err))
        return false;
    ok = format_read(&file, &trace->sink, &trace->cut, err);
    format_close(&file);
    return ok;
}
