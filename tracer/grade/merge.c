/* grade/merge.c: records from several machines, put together. */
#include "grade/shard.h"
#include "grade/store.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_DEPTH = 4 };

static bool add_record(struct merge *merge, const char *path, struct err *err)
{
    struct err why;
    const struct mark *mark = store_read(path, &merge->arena, &why);

    if (!mark)
        return err_set(err, "%s", why.msg);
    vec_push(&merge->marks, mark);
    return true;
}

static bool is_record_name(const char *name)
{
    size_t len = strlen(name);

    return name[0] != '.' && len > 5 && !strcmp(name + len - 5, ".json");
}

struct names {
    VEC(const char *) list;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool list_dir(struct merge *merge, const char *path, struct names *names, struct err *err)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    if (!dir)
        return err_sys(err, errno, "cannot read folder '%s'", path);
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            vec_push(&names->list, arena_strdup(&merge->arena, entry->d_name));
    closedir(dir);
    if (names->list.len)
        qsort(names->list.items, names->list.len, sizeof(names->list.items[0]), by_text);
    return true;
}

static bool is_dir(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A folder of records has nothing else; of an output folder only its `records` count. */
static bool add_dir(struct merge *merge, const char *path, unsigned depth, struct err *err)
{
    const char *records = arena_printf(&merge->arena, "%s/records", path);
    struct names names = {0};
    bool ok;

    if (depth > MOST_DEPTH)
        return true;
    if (is_dir(records))
        path = records;
    ok = list_dir(merge, path, &names, err);
    vec_each (const char *, name, &names.list) {
        const char *inside = arena_printf(&merge->arena, "%s/%s", path, *name);

        if (!ok)
            break;
        if (is_dir(inside))
            ok = add_dir(merge, inside, depth + 1, err);
        else if (is_record_name(*name))
            ok = add_record(merge, inside, err);
    }
    vec_release(&names.list);
    return ok;
}

bool merge_add(struct merge *merge, const char *path, struct err *err)
{
    size_t before = merge->marks.len;

    if (!is_dir(path))
        return add_record(merge, path, err);
    if (!add_dir(merge, path, 0, err))
        return false;
    return merge->marks.len > before || err_set(err, "there are no records in '%s'", path);
}

/* ---- whether they belong together ---- */

static bool same_json(const struct jnode *a, const struct jnode *b)
{
    const struct jnode *at, *other;

    if (!a || !b || a->kind != b->kind)
        return a == b;
    switch (a->kind) {
    case JNODE_INT: return a->n == b->n;
    case JNODE_STRING:
        return a->text.len == b->text.len && !memcmp(a->text.bytes, b->text.bytes, a->text.len);
    case JNODE_ARRAY:
    case JNODE_OBJECT:
        if (a->items.len != b->items.len)
            return false;
        for (at = a->items.first, other = b->items.first; at; at = at->next, other = other->next)
            if ((at->key && strcmp(at->key, other->key) != 0) || !same_json(at, other))
                return false;
        return true;
    default: return true;
    }
}

/* The first thing by which they are graded otherwise. */
static const char *difference(const struct jnode *a, const struct jnode *b)
{
    if (a->kind != JNODE_OBJECT || b->kind != JNODE_OBJECT)
        return "assignment";
    jnode_each (member, a)
        if (!same_json(member, jnode_get(b, member->key)))
            return member->key;
    jnode_each (member, b)
        if (!jnode_get(a, member->key))
            return member->key;
    return "assignment";
}

static const char *shown(struct merge *merge, const struct mark *mark)
{
    struct buf text = {0};
    const char *kept;

    submission_show(&text, mark->name);
    kept = arena_strdup(&merge->arena, buf_str(&text));
    buf_release(&text);
    return kept;
}

static bool belong_together(struct merge *merge, struct err *err)
{
    const struct mark *first = merge->marks.items[0];

    vec_each (const struct mark *, it, &merge->marks) {
        const struct mark *mark = *it;

        if (strcmp(mark->hash, first->hash) != 0) {
            err_set(err, "'%s' and '%s' were graded by different assignments: they differ in \"%s\"",
                    shown(merge, first), shown(merge, mark), difference(first->assignment, mark->assignment));
            return err_hint(err, "each machine needs the same scenarios, options and version of sockdrill");
        }
        if (strcmp(mark->place.class, first->place.class) != 0 || mark->place.of != first->place.of) {
            err_set(err,
                    "'%s' and '%s' were graded in different classes: one of %llu, one of %llu submissions",
                    shown(merge, first), shown(merge, mark), (unsigned long long)first->place.of,
                    (unsigned long long)mark->place.of);
            return err_hint(err, "each machine needs the same folder of submissions; a record of one that is "
                                 "there no longer is to be removed");
        }
    }
    return true;
}

/* ---- what is there twice, and what is missing ---- */

/* The outcome is what counts: which machine it was is not. */
static bool same_results(const struct mark *a, const struct mark *b)
{
    if (strcmp(a->content, b->content) != 0 || a->nparts != b->nparts || a->earned != b->earned)
        return false;
    for (size_t i = 0; i < a->nparts; i++)
        if (a->parts[i].outcome->result != b->parts[i].outcome->result ||
            strcmp(a->parts[i].outcome->headline, b->parts[i].outcome->headline) != 0)
            return false;
    return true;
}

static bool drop_twice(struct merge *merge, struct err *err)
{
    for (size_t i = 1; i < merge->marks.len;) {
        const struct mark *before = merge->marks.items[i - 1], *mark = merge->marks.items[i];

        if (strcmp(before->name, mark->name) != 0) {
            i++;
            continue;
        }
        if (!same_results(before, mark)) {
            err_set(err, "'%s' was graded twice, with different results", shown(merge, mark));
            return err_hint(err, "leave one of the records out");
        }
        vec_push(&merge->notes,
                 arena_printf(&merge->arena, "%s: graded twice, with the same results", shown(merge, mark)));
        vec_remove(&merge->marks, i);
    }
    return true;
}

static void add_missing(struct merge *merge, uint64_t n, const char *what)
{
    vec_push(&merge->notes, arena_printf(&merge->arena, "%s: %llu submission%s missing", what,
                                         (unsigned long long)n, n == 1 ? " is" : "s are"));
}

/* By shard, where all were graded in the same number of them. */
static void tell_missing(struct merge *merge)
{
    const struct mark *first = merge->marks.items[0];
    uint64_t of = first->place.of, shards = first->place.shards;

    merge->is_complete = merge->marks.len == of;
    if (merge->is_complete)
        return;
    vec_each (const struct mark *, it, &merge->marks)
        if ((*it)->place.shards != shards)
            shards = 1;
    if (shards == 1) {
        add_missing(merge, of - merge->marks.len, "the class");
        return;
    }
    for (uint64_t k = 1; k <= shards; k++) {
        uint64_t want = (of + shards - k) / shards, have = 0;

        vec_each (const struct mark *, it, &merge->marks)
            have += (*it)->place.shard == k;
        if (have < want)
            add_missing(merge, want - have,
                        arena_printf(&merge->arena, have ? "shard %llu/%llu" : "shard %llu/%llu is not there",
                                     (unsigned long long)k, (unsigned long long)shards));
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const struct mark *const *)a)->name, (*(const struct mark *const *)b)->name);
}

bool merge_seal(struct merge *merge, struct err *err)
{
    if (!belong_together(merge, err))
        return false;
    qsort(merge->marks.items, merge->marks.len, sizeof(merge->marks.items[0]), by_name);
    if (!drop_twice(merge, err))
        return false;
    tell_missing(merge);
    return true;
}

void merge_release(struct merge *merge)
{
    vec_release(&merge->marks);
    vec_release(&merge->notes);
    arena_release(&merge->arena);
}
