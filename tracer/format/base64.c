/* format/base64.c: three bytes are four characters. */
#include "format/base64.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buf *out, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i += 3) {
        size_t have = len - i < 3 ? len - i : 3;
        uint32_t group = (uint32_t)bytes[i] << 16;
        char text[4];

        if (have > 1)
            group |= (uint32_t)bytes[i + 1] << 8;
        if (have > 2)
            group |= bytes[i + 2];
        for (size_t k = 0; k < 4; k++)
            text[k] = k <= have ? alphabet[group >> (18 - 6 * k) & 63] : '=';
        buf_add(out, text, sizeof(text));
    }
}

bool base64_decode(struct buf *out, const char *text, size_t len)
{
    if (len % 4)
        return false;
    for (size_t i = 0; i < len; i += 4) {
        size_t padding =
            i + 4 < len ? 0 : (size_t)(text[i + 3] == '=') + (text[i + 3] == '=' && text[i + 2] == '=');
        uint32_t group = 0;
        uint8_t bytes[3];

        for (size_t k = 0; k < 4 - padding; k++) {
            const char *at = text[i + k] ? strchr(alphabet, text[i + k]) : NULL;

            if (!at)
                return false;
            group |= (uint32_t)(at - alphabet) << (18 - 6 * k);
        }
        for (size_t k = 0; k < 3; k++)
            bytes[k] = (uint8_t)(group >> (16 - 8 * k));
        buf_add(out, bytes, 3 - padding);
    }
    return true;
}
