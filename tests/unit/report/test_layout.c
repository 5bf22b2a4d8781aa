/* unit/report/test_layout.c: widths, cutting, wrapping. */
#include "../suite.h"
#include "report/layout.h"

static const struct {
    const char *text, *cut;
    size_t columns;
} cuts[] = {
    {"", "", 0},       {"abc", "", 0},    {"abc", "…", 1},  {"abc", "a…", 2},
    {"abc", "abc", 3}, {"─▶│", "─▶│", 3}, {"─▶│", "─…", 2}, {"abc", "abc", 9},
};

START_TEST(cut)
{
    struct buf out = {0};
    size_t taken = layout_cut(&out, cuts[_i].text, cuts[_i].columns);

    ck_assert_str_eq(buf_str(&out), cuts[_i].cut);
    ck_assert_uint_eq(taken, layout_width(cuts[_i].cut));
    buf_release(&out);
}
END_TEST

START_TEST(results_stay)
{
    static const struct {
        const char *text, *cut;
        size_t columns;
    } rows[] = {
        {"bind(3, a) = -1 EBADF", "bind(3, a) = -1 EBADF", 21},
        {"bind(3, 0.0.0.0) = -1 EBADF", "bind(3, 0… = -1 EBADF", 21},
        {"send(3, \"a = b\") = 5", "send(3, \"a… = 5", 15},
        {"f() = a very long result", "f() = a…", 8},
        {"listen(3) did not return", "listen(…", 8},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buf out = {0};

        ck_assert_uint_eq(layout_cut_call(&out, rows[i].text, rows[i].columns), layout_width(rows[i].cut));
        ck_assert_str_eq(buf_str(&out), rows[i].cut);
        buf_release(&out);
    }
}
END_TEST

START_TEST(fit_pads)
{
    struct buf out = {0};

    layout_fit(&out, "▶", 3);
    buf_addc(&out, '|');
    ck_assert_str_eq(buf_str(&out), "▶  |");
    buf_release(&out);
}
END_TEST

static const struct {
    const char *text, *para;
} paras[] = {
    {"", ""},
    {"One", "  why  One.\n"},
    {"Done!", "  why  Done!\n"},
    {"one two three four", "  why  one two\n       three\n       four.\n"},
    {"averyveryverylongword so", "  why  averyveryverylongword\n       so.\n"},
};

START_TEST(para)
{
    struct buf out = {0};

    layout_para(&out, 2, "why  ", paras[_i].text, 16);
    ck_assert_str_eq(buf_str(&out), paras[_i].para);
    buf_release(&out);
}
END_TEST

START_TEST(styles)
{
    struct buf out = {0};

    layout_styled(&out, false, STYLE_BAD, "a");
    layout_styled(&out, true, STYLE_PLAIN, "b");
    layout_styled(&out, true, STYLE_BAD, "c");
    ck_assert_str_eq(buf_str(&out), "ab\33[31mc\33[0m");
    buf_release(&out);
}
END_TEST

static void add(Suite *suite)
{
    suite_add_loop(suite, "cut", cut, sizeof(cuts) / sizeof(cuts[0]));
    suite_add(suite, "result", results_stay);
    suite_add(suite, "fit", fit_pads);
    suite_add_loop(suite, "para", para, sizeof(paras) / sizeof(paras[0]));
    suite_add(suite, "styles", styles);
}

SUITE_MAIN("layout", add)
