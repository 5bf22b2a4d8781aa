/* unit/report/verdicts.h: verdicts written by hand, for the tests of reports. */
#ifndef UNIT_REPORT_VERDICTS_H
#define UNIT_REPORT_VERDICTS_H

#include "../suite.h"
#include "expect/parse.h"
#include "fixture.h"
#include "verdict/verdict.h"

static const char pattern[] = "# expected/tcp-echo.expect\n"
                              "title \"TCP echo\"\n"
                              "\n"
                              "server \"tcp-echo-server 7000\" {\n"
                              "    socket(AF_INET, SOCK_STREAM)                    = $listener\n"
                              "    bind($listener, *:7000)                         = 0\n"
                              "    listen($listener, > 0)                          = 0\n"
                              "    each accept($listener)                          = $conn {\n"
                              "        recv($conn, \"ping\\n\")\n"
                              "    }\n"
                              "}\n"
                              "client \"tcp-echo-client 127.0.0.1 7000\" {\n"
                              "    socket(AF_INET, SOCK_STREAM) = $s\n"
                              "    connect($s, 127.0.0.1:7000) = 0\n"
                              "}\n";

/* A verdict of a server that never listens, and all that it points into. */
struct page {
    struct fixture f;
    struct source source;
    struct arena arena;
    struct expect *expect;
    struct role_verdict roles[2];
    struct align_row rows[8];
    struct alignment alignment;
    struct cause causes[4];
    const char *notes[2];
    struct findings findings;
    struct verdict verdict;
};

static inline void page_init(struct page *page)
{
    struct diags diags = {.source = &page->source};

    *page = (struct page){0};
    page->source = (struct source){"expected/tcp-echo.expect", pattern, sizeof(pattern) - 1};
    page->expect = expect_parse(&page->arena, NULL, 0, &diags);
    ck_assert_ptr_nonnull(page->expect);
    diags_release(&diags);
    fixture_init(&page->f);
    for (int i = 0; i < 2; i++)
        page->roles[i] = (struct role_verdict){.role = page->expect->roles[i],
                                               .started = true,
                                               .calls_hold = true,
                                               .exited = true,
                                               .stdout_text = "",
                                               .stderr_text = ""};
    page->verdict = (struct verdict){.result = VERDICT_HOLDS,
                                     .name = "tcp-echo",
                                     .expect = page->expect,
                                     .trace = &page->f.trace,
                                     .roles = page->roles,
                                     .nroles = 2,
                                     .causes = page->causes,
                                     .findings = &page->findings,
                                     .notes = page->notes,
                                     .took_ns = 12345678};
}

static inline void page_release(struct page *page)
{
    vec_release(&page->findings.list);
    arena_release(&page->arena);
    fixture_release(&page->f);
}

static inline void no_listen(struct page *page)
{
    struct fixture *f = &page->f;
    const struct steps *steps = &page->expect->roles[0]->body;
    const struct step *each = steps->items[3];
    struct event *const *events;

    call_socket(f, server, 1, SOCK_STREAM, 3);
    call_addr(f, server, 1, "bind", 3, "0.0.0.0", 7000, 0);
    call_accept(f, server, 1, 3, 0, 0, -EINVAL);
    call_addr(f, client, 2, "connect", 3, "127.0.0.1", 7000, -ECONNREFUSED);
    fixture_fold(f);
    events = f->trace.events.items;
    page->rows[0] = (struct align_row){.op = ALIGN_KEPT,
                                       .step = steps->items[0],
                                       .events = (const struct event *const *)&events[0],
                                       .nevents = 1};
    page->rows[1] = (struct align_row){.op = ALIGN_KEPT,
                                       .step = steps->items[1],
                                       .events = (const struct event *const *)&events[1],
                                       .nevents = 1};
    page->rows[2] = (struct align_row){.op = ALIGN_MISSING, .step = steps->items[2]};
    page->rows[3] = (struct align_row){.op = ALIGN_CHANGED,
                                       .step = each->body.items[0],
                                       .events = (const struct event *const *)&events[2],
                                       .nevents = 1,
                                       .what = "result",
                                       .expected = "success",
                                       .seen = "-1 EINVAL"};
    page->rows[4] =
        (struct align_row){.op = ALIGN_MISSING, .depth = 1, .step = each->body.items[0]->life.items[0]};
    page->alignment = (struct alignment){.cost = 8, .rows = page->rows, .nrows = 5, .first = &page->rows[2]};
    page->roles[0].calls_hold = page->roles[1].calls_hold = false;
    page->roles[0].alignment = &page->alignment;
    page->roles[0].stderr_text = "server: first\nserver: accept: Invalid argument\n\33[31mbye";
    page->roles[0].stderr_len = strlen(page->roles[0].stderr_text);
    page->causes[0] = (struct cause){.role = &page->roles[0],
                                     .row = &page->rows[2],
                                     .span = steps->items[2]->span,
                                     .what = "server: listen is missing",
                                     .why = "Only listen opens the port",
                                     .cure = "Call listen after bind"};
    page->causes[1] = (struct cause){.role = &page->roles[1],
                                     .event = events[3],
                                     .what = "client: connect failed with ECONNREFUSED",
                                     .why = "",
                                     .cure = ""};
    page->verdict.ncauses = 2;
    page->verdict.result = VERDICT_FAILS;
    vec_push(&page->findings.list, (struct finding){.code = "SD021",
                                                    .title = "accept without listen",
                                                    .confidence = FINDING_PROVED,
                                                    .event = events[2],
                                                    .what = "accept(3) = -1 EINVAL",
                                                    .why = "No queue",
                                                    .cure = "Call listen",
                                                    .man = "listen(2)"});
    page->notes[0] = "ran in a network namespace of its own";
    page->verdict.nnotes = 1;
}

#endif
