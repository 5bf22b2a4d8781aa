/* model/order.c: one chain of points per task; a search backwards along edges, no farther back in time than
 * needed. */
#include "model/order.h"

#include <sched.h>
#include <string.h>

void order_release(struct order *order)
{
    vec_each (struct order_thread, thread, &order->threads)
        vec_release(&thread->ends_ns);
    vec_release(&order->threads);
    vec_release(&order->nodes);
    vec_release(&order->process);
    vec_release(&order->derived);
    vec_release(&order->sorted);
    intmap_release(&order->by_tid);
}

static uint32_t thread_new(struct order *order, int tid, int pid)
{
    vec_push(&order->threads, (struct order_thread){.tid = tid, .pid = pid});
    intmap_set(&order->by_tid, (uint64_t)tid, (void *)(uintptr_t)order->threads.len);
    return (uint32_t)order->threads.len - 1;
}

static bool thread_find(const struct order *order, int tid, uint32_t *thread)
{
    uintptr_t at = (uintptr_t)intmap_get(&order->by_tid, (uint64_t)tid);

    *thread = (uint32_t)at - 1;
    return at != 0;
}

/* A child's first events may be seen before its making. A number that belonged to a dead task makes a new
 * one. */
static void add_fork(struct order *order, const struct event *event, struct order_point end)
{
    int64_t tid, flags = 0;
    uint32_t child;

    if (!value_number(event_arg(event, "child"), &tid))
        return;
    value_number(event_arg(event, "flags"), &flags);
    if (!thread_find(order, (int)tid, &child) || order->threads.items[child].ended)
        child = thread_new(order, (int)tid, flags & CLONE_THREAD ? event->pid : (int)tid);
    vec_push(&order->process, (struct order_edge){end, {child, 0}});
}

/* The other threads of a process die before its exec succeeds. */
static void add_exec(struct order *order, const struct event *event, struct order_point start)
{
    for (uint32_t i = 0; i < order->threads.len; i++) {
        const struct order_thread *thread = &order->threads.items[i];
        struct order_point last = {i, (uint32_t)thread->ends_ns.len * 2 - 1};

        if (i != start.thread && thread->pid == event->pid && thread->ends_ns.len)
            vec_push(&order->process, (struct order_edge){last, start});
    }
}

/* A call that a signal handler's calls interrupted starts before they do, though it is complete after them.
 */
static uint32_t points_until_start(const struct order_thread *thread, const struct event *event)
{
    size_t n = thread->ends_ns.len;

    if (!n || thread->ends_ns.items[n - 1] <= event->start_ns)
        return (uint32_t)n * 2 + 1;
    while (n && thread->ends_ns.items[n - 1] > event->start_ns)
        n--;
    return (uint32_t)n * 2;
}

size_t order_add(struct order *order, const struct event *event)
{
    struct order_node node = {.seq = event->seq, .start_ns = event->start_ns, .end_ns = event->end_ns};
    struct order_thread *thread;

    if (event->kind == EVENT_LOST || event->kind == EVENT_ROLE)
        return 0;
    if (!thread_find(order, event->tid, &node.thread))
        node.thread = thread_new(order, event->tid, event->pid);
    thread = &order->threads.items[node.thread];
    node.pos = (uint32_t)thread->ends_ns.len;
    node.start = points_until_start(thread, event);
    vec_push(&thread->ends_ns, event->end_ns);
    thread->ended = thread->ended || event->kind == EVENT_EXIT;
    vec_push(&order->nodes, node);
    order->is_sorted = order->is_linked = false;
    if (event->kind == EVENT_FORK)
        add_fork(order, event, (struct order_point){node.thread, node.pos * 2 + 1});
    if (event->kind == EVENT_EXEC)
        add_exec(order, event, (struct order_point){node.thread, node.pos * 2});
    return order->nodes.len;
}

void order_edge(struct order *order, size_t from, size_t to)
{
    const struct order_node *a = &order->nodes.items[from - 1], *b = &order->nodes.items[to - 1];

    if (a->thread != b->thread && a->start)
        vec_push(&order->derived,
                 (struct order_edge){{a->thread, a->start - 1}, {b->thread, b->pos * 2 + 1}});
}

void order_forget(struct order *order)
{
    order->derived.len = 0;
    order->is_sorted = false;
}

static int by_target(const void *a, const void *b)
{
    const struct order_point *x = &((const struct order_edge *)a)->to,
                             *y = &((const struct order_edge *)b)->to;

    if (x->thread != y->thread)
        return x->thread < y->thread ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static void sort_edges(struct order *order)
{
    order->sorted.len = 0;
    vec_each (struct order_edge, edge, &order->process)
        vec_push(&order->sorted, *edge);
    vec_each (struct order_edge, edge, &order->derived)
        vec_push(&order->sorted, *edge);
    if (order->sorted.len)
        qsort(order->sorted.items, order->sorted.len, sizeof(struct order_edge), by_target);
    vec_each (struct order_thread, thread, &order->threads)
        thread->nedges = 0;
    for (size_t i = 0; i < order->sorted.len; i++) {
        struct order_thread *thread = &order->threads.items[order->sorted.items[i].to.thread];

        if (!thread->nedges++)
            thread->first_edge = i;
    }
    order->is_sorted = true;
}

static const struct order_node *node_of(const struct order *order, uint64_t seq)
{
    size_t from = 0, to = order->nodes.len;

    while (from < to) {
        size_t mid = from + (to - from) / 2;

        if (order->nodes.items[mid].seq < seq)
            from = mid + 1;
        else
            to = mid;
    }
    return from < order->nodes.len && order->nodes.items[from].seq == seq ? &order->nodes.items[from] : NULL;
}

/* The index behind the last edge into the thread's first `points` points. */
static size_t edges_into(const struct order *order, const struct order_thread *thread, uint32_t points)
{
    size_t from = thread->first_edge, to = from + thread->nedges;

    while (from < to) {
        size_t mid = from + (to - from) / 2;

        if (order->sorted.items[mid].to.at < points)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

/*
 * Follow the edges into what was reached of this thread since it was looked at last. What was complete before
 * `since_ns` cannot lie behind an event that started then.
 */
static void search_thread(struct order *order, struct order_thread *thread, uint64_t since_ns)
{
    size_t low = edges_into(order, thread, thread->searched), i = edges_into(order, thread, thread->reached);

    thread->searched = thread->reached;
    while (i-- > low) {
        const struct order_edge *edge = &order->sorted.items[i];
        struct order_thread *source = &order->threads.items[edge->from.thread];

        if (edge->to.at / 2 < thread->ends_ns.len && thread->ends_ns.items[edge->to.at / 2] < since_ns)
            break;
        if (source->reached <= edge->from.at)
            source->reached = edge->from.at + 1;
    }
}

bool order_before(struct order *order, uint64_t a, uint64_t b)
{
    const struct order_node *first = node_of(order, a), *last = node_of(order, b);
    uint32_t goal;
    bool moved = true;

    if (!first || !last || first->thread == last->thread)
        return first && last && first->pos < last->pos;
    if (first->start_ns > last->end_ns)
        return false;
    if (!order->is_sorted)
        sort_edges(order);
    vec_each (struct order_thread, thread, &order->threads)
        thread->reached = thread->searched = 0;
    order->threads.items[last->thread].reached = last->pos * 2 + 2;
    goal = first->pos * 2;
    while (moved && order->threads.items[first->thread].reached <= goal) {
        moved = false;
        vec_each (struct order_thread, thread, &order->threads) {
            if (thread->reached <= thread->searched)
                continue;
            search_thread(order, thread, first->start_ns);
            moved = true;
        }
    }
    return order->threads.items[first->thread].reached > goal;
}
