/* base/buf.c: growable bytes. */
#include "base/buf.h"

#include "base/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *reserve(struct buf *buf, size_t more)
{
    size_t need = buf->len + more + 1;

    if (need > buf->cap) {
        buf->cap = need < 64 ? 64 : need + need / 2;
        buf->data = alloc_resize(buf->data, buf->cap, 1);
    }
    return buf->data + buf->len;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    char *end = reserve(buf, len);

    if (len)
        memcpy(end, bytes, len);
    end[len] = '\0';
    buf->len += len;
}

void buf_addc(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_adds(struct buf *buf, const char *s)
{
    buf_add(buf, s, strlen(s));
}

void buf_addf(struct buf *buf, const char *fmt, ...)
{
    va_list ap, again;
    int len;

    va_start(ap, fmt);
    va_copy(again, ap);
    len = vsnprintf(NULL, 0, fmt, ap);
    vsnprintf(reserve(buf, (size_t)len), (size_t)len + 1, fmt, again);
    buf->len += (size_t)len;
    va_end(again);
    va_end(ap);
}

void buf_pad(struct buf *buf, size_t from, size_t column)
{
    do {
        buf_addc(buf, ' ');
    } while (buf->len - from < column);
}

void buf_cut(struct buf *buf, size_t len)
{
    if (len >= buf->len)
        return;
    buf->len = len;
    buf->data[len] = '\0';
}

void buf_shift(struct buf *buf, size_t n)
{
    if (n > buf->len)
        n = buf->len;
    if (!n)
        return;
    buf->len -= n;
    memmove(buf->data, buf->data + n, buf->len + 1);
}

const char *buf_str(const struct buf *buf)
{
    return buf->data ? buf->data : "";
}

void buf_reset(struct buf *buf)
{
    buf->len = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}
