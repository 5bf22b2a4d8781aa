/* bless/bytes.c: bytes that several runs had become the inside of a string. */
#include "bless/value.h"

#include "base/quote.h"
#include "event/moment.h"

#include <ctype.h>
#include <string.h>

void value_note(const struct value_writer *w, const char *const *texts, size_t len)
{
    size_t told = 0;

    if (!w->note)
        return;
    buf_adds(w->note, w->note->len ? "; " : "");
    for (size_t i = 0; i < len && told < DIFFERENT_MOST; i++) {
        bool again = false;

        for (size_t j = 0; j < i; j++)
            again = again || !strcmp(texts[i], texts[j]);
        if (!again)
            buf_addf(w->note, "%s%s", told++ ? ", " : "", texts[i]);
    }
}

/* A cell is a byte, or what stands for a parameter's value. */
enum { CELL_PARAM = 256, CELL_ANY = 0xffff };
static const char *const param_names[] = {"TMP", "PORT"};

struct cells {
    uint16_t *items;
    size_t len;
};

static bool stands_alone(const uint8_t *bytes, size_t len, size_t at, size_t n)
{
    return (at == 0 || !isdigit(bytes[at - 1])) && (at + n == len || !isdigit(bytes[at + n]));
}

/* The length of what strerror(3) says of an error: each libc has words of its own. 0: there is none here. */
static size_t libc_text(const uint8_t *bytes, size_t len)
{
    enum { ERRORS = 134 };
    size_t most = 0;

    for (int err = 0; err < ERRORS; err++) {
        const char *text = strerrordesc_np(err);
        size_t n = text ? strlen(text) : 0;

        if (n > most && n <= len && !memcmp(bytes, text, n))
            most = n;
    }
    return most;
}

static size_t moment_at(const struct seen_bytes *seen, size_t at)
{
    struct moments moments = moments_of(seen->sample->run->trace);
    bool in_word = at && isalnum(seen->bytes[at - 1]);

    return in_word ? 0 : moment_len(&moments, seen->bytes + at, seen->len - at);
}

/* What no other run says again stands for anything: how many bytes of it begin here; 0: none. */
static size_t never_again(const struct value_writer *w, const struct seen_bytes *seen, size_t at)
{
    size_t n = w->is_printed ? libc_text(seen->bytes + at, seen->len - at) : 0;

    return n ? n : moment_at(seen, at);
}

static struct cells cells_of(const struct value_writer *w, const struct seen_bytes *seen, bool params)
{
    struct cells cells = {ARENA_ARRAY(w->arena, uint16_t, seen->len + 1), 0};

    for (size_t at = 0; at < seen->len;) {
        size_t step = never_again(w, seen, at);

        if (step)
            cells.items[cells.len++] = CELL_ANY;
        for (size_t p = 0; params && !step && p < ARRAY_LEN(param_names); p++) {
            const char *value = trace_param(seen->sample->run->trace, param_names[p]);
            size_t n = value ? strlen(value) : 0;

            if (n && n <= seen->len - at && !memcmp(seen->bytes + at, value, n) &&
                stands_alone(seen->bytes, seen->len, at, n)) {
                cells.items[cells.len++] = (uint16_t)(CELL_PARAM + p);
                step = n;
            }
        }
        if (!step)
            cells.items[cells.len++] = seen->bytes[at];
        at += step ? step : 1;
    }
    return cells;
}

static bool is_dots(uint16_t cell, bool is_any)
{
    return is_any || cell == '.' || cell == CELL_ANY;
}

/* Dots are escaped where more of them, or a wildcard, stand beside; so is what would begin a parameter. */
static void write_cells(struct buf *out, const uint16_t *cells, size_t len, bool any_before, bool any_behind)
{
    uint8_t *plain = alloc_zeroed(len + 1);
    size_t n = 0;

    for (size_t i = 0; i <= len; i++) {
        bool is_dot = i < len && cells[i] == '.' &&
                      (is_dots(i ? cells[i - 1] : 0, any_before && !i) ||
                       is_dots(i + 1 < len ? cells[i + 1] : 0, any_behind && i + 1 == len));
        bool is_dollar = i + 1 < len && cells[i] == '$' && cells[i + 1] == '{';

        if (i < len && cells[i] < CELL_PARAM && !is_dot && !is_dollar) {
            plain[n++] = (uint8_t)cells[i];
            continue;
        }
        quote_c(out, plain, n);
        n = 0;
        if (i < len && cells[i] == CELL_ANY)
            buf_adds(out, "...");
        else if (i < len && cells[i] >= CELL_PARAM)
            buf_addf(out, "${%s}", param_names[cells[i] - CELL_PARAM]);
        else if (i < len)
            buf_adds(out, is_dot ? "\\." : "\\$");
    }
    free(plain);
}

static bool all_equal(const struct cells *all, size_t len)
{
    for (size_t i = 1; i < len; i++)
        if (all[i].len != all[0].len ||
            memcmp(all[i].items, all[0].items, all[0].len * sizeof(uint16_t)) != 0)
            return false;
    return true;
}

/* Part of a word or number: where it ends by chance, the next run may end it elsewhere. */
static bool is_of_word(uint16_t cell)
{
    return cell < CELL_PARAM && isalnum((int)cell);
}

static size_t common_head(const struct cells *all, size_t len)
{
    size_t n = 0;
    bool same = true;

    while (same) {
        for (size_t i = 0; i < len; i++)
            same = same && n < all[i].len && all[i].items[n] == all[0].items[n];
        n += same;
    }
    while (n && is_of_word(all[0].items[n - 1]))
        n--;
    return n;
}

static size_t common_tail(const struct cells *all, size_t len, size_t head)
{
    const struct cells *first = &all[0];
    size_t n = 0;
    bool same = true;

    while (same) {
        for (size_t i = 0; i < len; i++)
            same = same && head + n < all[i].len &&
                   all[i].items[all[i].len - 1 - n] == first->items[first->len - 1 - n];
        n += same;
    }
    while (n && is_of_word(first->items[first->len - n]))
        n--;
    return n;
}

static void note_bytes(const struct value_writer *w, const struct seen_bytes *all, size_t len)
{
    const char **texts = ARENA_ARRAY(w->arena, const char *, len);

    for (size_t i = 0; i < len; i++) {
        struct buf text = {0};

        buf_addc(&text, '"');
        quote_c(&text, all[i].bytes, all[i].len < 24 ? all[i].len : 24);
        buf_adds(&text, all[i].len < 24 ? "\"" : "\"...");
        texts[i] = arena_strdup(w->arena, buf_str(&text));
        buf_release(&text);
    }
    value_note(w, texts, len);
}

/* The moments that are left open, as one run had them. */
static void note_moments(const struct value_writer *w, const struct seen_bytes *seen)
{
    for (size_t at = 0, n; at < seen->len; at += n ? n : 1) {
        struct buf text = {0};
        const char *quoted;

        n = moment_at(seen, at);
        if (!n)
            continue;
        buf_addc(&text, '"');
        quote_c(&text, seen->bytes + at, n);
        buf_addc(&text, '"');
        quoted = buf_str(&text);
        value_note(w, &quoted, 1);
        buf_release(&text);
    }
}

void bytes_write(const struct value_writer *w, const struct seen_bytes *all, size_t len)
{
    struct cells *cells = ARENA_ARRAY(w->arena, struct cells, len);
    size_t head, tail;

    /* A parameter that is the same in all runs may stand in the text by chance. */
    for (int params = 0; params < 2; params++) {
        for (size_t i = 0; i < len; i++)
            cells[i] = cells_of(w, &all[i], params);
        if (all_equal(cells, len)) {
            write_cells(w->out, cells[0].items, cells[0].len, false, false);
            note_moments(w, &all[0]);
            return;
        }
    }
    head = common_head(cells, len);
    tail = common_tail(cells, len, head);
    write_cells(w->out, cells[0].items, head, false, true);
    buf_adds(w->out, "...");
    write_cells(w->out, cells[0].items + cells[0].len - tail, tail, true, false);
    note_bytes(w, all, len);
}
