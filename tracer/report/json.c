/* report/json.c: members of JSON objects. */
#include "report/json.h"

#include "format/jout.h"

void json_text(struct buf *out, const char *key, const char *text)
{
    jout_key(out, key);
    jout_string(out, text);
}

void json_number(struct buf *out, const char *key, uint64_t n)
{
    jout_key(out, key);
    jout_u64(out, n);
}

void json_bool(struct buf *out, const char *key, bool is)
{
    jout_key(out, key);
    buf_adds(out, is ? "true" : "false");
}

void json_null(struct buf *out, const char *key)
{
    jout_key(out, key);
    buf_adds(out, "null");
}

void json_open(struct buf *out, const char *key, char opening)
{
    jout_key(out, key);
    buf_addc(out, opening);
}

void json_item(struct buf *out, char opening)
{
    jout_next(out);
    buf_addc(out, opening);
}
