/* grade/grade.c: the loop that keeps workers busy, and writes down what each says. */
#include "grade/grade.h"

#include "grade/store.h"
#include "grade/tree.h"
#include "grade/warden.h"
#include "grade/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURN_MS = 200 };

/* One that is under way. */
struct slot {
    struct warden warden; /* pid 0: the place is free */
    struct worker worker;
    struct mark_place place;
    char content[HASH_TEXT];
    struct buf said;
};

struct grader {
    struct grade *grade;
    struct slot *slots;
    struct pollfd *polls;
    size_t next; /* submission */
    size_t busy;
    enum isolate_way way;
    char class[HASH_TEXT];
    bool is_stopped;
    struct err *err;
    bool ok;
};

static void fail(struct grader *grader, const struct err *err)
{
    if (grader->ok)
        *grader->err = *err;
    grader->ok = false;
}

static void keep(struct grader *grader, const struct submission *submission, const struct mark *mark)
{
    vec_push(&grader->grade->marks.list, mark);
    grader->grade->changed(grader->grade->arg, submission, mark);
}

/* The record as it is now written. */
static void write_record(struct grader *grader, const struct submission *submission, const struct buf *text)
{
    struct arena *arena = &grader->grade->arena;
    const char *path = store_record_path(grader->grade->dir, submission->stem, arena);
    const struct mark *mark;
    struct err err;

    if (!store_write(path, text, &err) || !(mark = store_read(path, arena, &err)))
        fail(grader, &err);
    else
        keep(grader, submission, mark);
}

/* ---- what was graded before ---- */

/* true: the submission has a record, by the same assignment, and is as it was. */
static bool take_record(struct grader *grader, const struct slot *slot)
{
    struct grade *grade = grader->grade;
    const struct submission *submission = slot->worker.submission;
    const char *path = store_record_path(grade->dir, submission->stem, &grade->arena), *text;
    const struct mark *mark;
    struct buf moved = {0};
    struct err err;
    size_t len;

    if (grade->is_fresh || !(text = store_load(path, &len, &grade->arena)))
        return false;
    mark = mark_read(text, len, &grade->arena, &err);
    if (!mark || strcmp(mark->name, submission->name) != 0 ||
        strcmp(mark->hash, grade->assignment->hash) != 0 || strcmp(mark->content, slot->content) != 0)
        return false;
    grade->nkept++;
    if (mark_place_is(&mark->place, &slot->place)) {
        keep(grader, submission, mark);
        return true;
    }
    mark_replace_place(&moved, text, mark, &slot->place);
    write_record(grader, submission, &moved);
    buf_release(&moved);
    return true;
}

/* ---- workers ---- */

static struct slot *free_slot(struct grader *grader)
{
    for (size_t i = 0; i < grader->grade->at_once; i++)
        if (!grader->slots[i].warden.pid)
            return &grader->slots[i];
    return NULL;
}

/* A submission that can't be read is for the worker to tell. */
static void tell_content(struct slot *slot)
{
    struct hash hash = hash_new();
    struct err err;

    if (!tree_hash(slot->worker.submission->path, &hash, &err))
        hash_adds(&hash, err.msg);
    hash_text(&hash, slot->content);
}

static void begin(struct grader *grader, struct slot *slot, size_t index)
{
    struct grade *grade = grader->grade;
    const struct submission *submission = &grade->submissions->list.items[index];
    struct err err;

    slot->worker = (struct worker){.assignment = grade->assignment,
                                   .submission = submission,
                                   .dir = store_work_path(grade->dir, index, &grade->arena),
                                   .way = grader->way,
                                   .keep = {grade->submissions->path, grade->dir}};
    slot->place = (struct mark_place){.index = index,
                                      .of = grade->submissions->list.len,
                                      .shard = grade->shard.k,
                                      .shards = grade->shard.n};
    memcpy(slot->place.class, grader->class, sizeof(slot->place.class));
    tell_content(slot);
    if (take_record(grader, slot))
        return;
    grade->changed(grade->arg, submission, NULL);
    if (!warden_start(&slot->warden, grader->way, worker_most_ms(grade->assignment), worker_run,
                      &slot->worker, &err)) {
        fail(grader, &err);
        return;
    }
    grader->busy++;
}

/* What is told of the scenarios that the worker did not come to. */
static const char *why_lost(const struct ward *ward, struct arena *arena)
{
    const char *excess = ward_excess_text(ward->excess);

    if (excess)
        return excess;
    if (!ward->ended)
        return "its worker was ended from outside";
    if (WIFSIGNALED(ward->status))
        return arena_printf(arena, "its grading was ended by signal %d: its own, or the machine's",
                            WTERMSIG(ward->status));
    return arena_printf(arena, "its worker ended too early, with %d", WEXITSTATUS(ward->status));
}

/* What it did itself is its own failure. Who killed its worker nobody knows: kill(-1, …), or a machine that
 * ran out of memory. */
static enum outcome_result result_lost(const struct ward *ward)
{
    bool is_killed = ward->ended && WIFSIGNALED(ward->status) && WTERMSIG(ward->status) == SIGKILL;

    if (ward->excess == WARD_TASKS || ward->excess == WARD_MEMORY)
        return OUTCOME_FAILS;
    return is_killed || ward->excess == WARD_OWN_MEMORY ? OUTCOME_UNTESTED : OUTCOME_FAULT;
}

static void finish(struct grader *grader, struct slot *slot)
{
    struct grade *grade = grader->grade;
    struct buf record = {0};
    struct ward ward;

    warden_finish(&slot->warden, &ward);
    grader->busy--;
    tree_remove(slot->worker.dir);
    if (!grader->is_stopped) {
        mark_write(&record, &(struct mark_input){.assignment = grade->assignment,
                                                 .submission = slot->worker.submission,
                                                 .place = slot->place,
                                                 .content = slot->content,
                                                 .said = buf_str(&slot->said),
                                                 .said_len = slot->said.len,
                                                 .lost = why_lost(&ward, &grade->arena),
                                                 .as = result_lost(&ward)});
        write_record(grader, slot->worker.submission, &record);
    }
    buf_release(&record);
    buf_reset(&slot->said);
}

/* true: there may be more. */
static bool listen_to(struct slot *slot)
{
    char piece[65536];
    ssize_t n = read(slot->warden.fd, piece, sizeof(piece));

    if (n > 0)
        buf_add(&slot->said, piece, (size_t)n);
    return n > 0 || (n < 0 && errno == EINTR);
}

static void stop_all(struct grader *grader)
{
    grader->is_stopped = true;
    for (size_t i = 0; i < grader->grade->at_once; i++)
        if (grader->slots[i].warden.pid)
            warden_stop(&grader->slots[i].warden);
}

static void turn(struct grader *grader)
{
    size_t n = grader->grade->at_once;

    for (size_t i = 0; i < n; i++)
        grader->polls[i] = (struct pollfd){
            .fd = grader->slots[i].warden.pid ? grader->slots[i].warden.fd : -1, .events = POLLIN};
    if (poll(grader->polls, n, TURN_MS) <= 0)
        return;
    for (size_t i = 0; i < n; i++)
        if (grader->polls[i].revents && !listen_to(&grader->slots[i]))
            finish(grader, &grader->slots[i]);
}

static void start_more(struct grader *grader)
{
    const struct grade *grade = grader->grade;
    struct slot *slot;

    while (grader->ok && grader->next < grade->submissions->list.len && grade->goes_on(grade->arg) &&
           (slot = free_slot(grader))) {
        size_t index = grader->next++;

        if (shard_has(&grade->shard, index))
            begin(grader, slot, index);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const struct mark *const *)a)->name, (*(const struct mark *const *)b)->name);
}

bool grade_run(struct grade *grade, struct err *err)
{
    struct grader grader = {.grade = grade, .way = isolate_way_here(), .err = err, .ok = true};

    grader.slots = alloc_zeroed(grade->at_once * sizeof(*grader.slots));
    grader.polls = alloc_zeroed(grade->at_once * sizeof(*grader.polls));
    hash_text(&grade->submissions->names, grader.class);
    for (size_t i = 0; i < grade->submissions->list.len; i++)
        grade->total += shard_has(&grade->shard, i);
    for (;;) {
        start_more(&grader);
        if (!grader.busy)
            break;
        if (!grader.is_stopped && (!grader.ok || !grade->goes_on(grade->arg)))
            stop_all(&grader);
        turn(&grader);
    }
    if (grade->marks.list.len)
        qsort(grade->marks.list.items, grade->marks.list.len, sizeof(grade->marks.list.items[0]), by_name);
    for (size_t i = 0; i < grade->at_once; i++)
        buf_release(&grader.slots[i].said);
    free(grader.slots);
    free(grader.polls);
    return grader.ok;
}

void grade_release(struct grade *grade)
{
    vec_release(&grade->marks.list);
    arena_release(&grade->arena);
}
