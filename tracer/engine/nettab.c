/* engine/nettab.c: /proc/net/tcp and its like, line by line. */
#include "engine/nettab.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Words of an address are written as numbers of this machine. */
static bool read_address(const char *text, uint8_t address[18])
{
    static const uint8_t v4[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const char *colon = strchr(text, ':');
    size_t words = colon ? (size_t)(colon - text) / 8 : 0;
    uint32_t word;
    unsigned port;
    uint16_t net;

    if ((words != 1 && words != 4) || sscanf(colon + 1, "%x", &port) != 1)
        return false;
    memcpy(address, v4, sizeof(v4));
    for (size_t i = 0; i < words; i++) {
        if (sscanf(text + 8 * i, "%8" SCNx32, &word) != 1)
            return false;
        memcpy(address + 16 - 4 * (words - i), &word, 4);
    }
    net = htons((uint16_t)port);
    memcpy(address + 16, &net, 2);
    return true;
}

static bool read_row(const char *line, struct nettab_row *row)
{
    char local[48], remote[48];
    unsigned state, timer;

    if (sscanf(line, " %*u: %47[0-9A-F:] %47[0-9A-F:] %x %" SCNx32 ":%" SCNx32 " %x:%*x %*x %*u %*u %" SCNu64,
               local, remote, &state, &row->unsent, &row->unread, &timer, &row->inode) != 7)
        return false;
    row->state = (uint8_t)state;
    row->timer = (uint8_t)timer;
    return read_address(local, row->local) && read_address(remote, row->remote);
}

bool nettab_read(struct nettab *tab)
{
    static const char *const names[] = {"tcp", "tcp6", "udp", "udp6"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[64], line[512];
        FILE *file;

        snprintf(path, sizeof(path), "/proc/thread-self/net/%s", names[i]);
        file = fopen(path, "re");
        if (!file && strchr(names[i], '6'))
            continue; /* a kernel without IPv6 */
        if (!file)
            return false;
        while (fgets(line, sizeof(line), file)) {
            struct nettab_row row = {.is_tcp = names[i][0] == 't'};

            if (read_row(line, &row))
                vec_push(&tab->rows, row);
        }
        fclose(file);
    }
    return true;
}

void nettab_release(struct nettab *tab)
{
    vec_release(&tab->rows);
}

/* The twelfth word of a CPU's line is the length of its queue; older kernels do not tell (Linux 5.10). */
bool nettab_any_under_way(void)
{
    FILE *file = fopen("/proc/thread-self/net/softnet_stat", "re");
    bool any = false;
    char line[512];
    unsigned queued;

    while (file && fgets(line, sizeof(line), file))
        any = any || (sscanf(line, "%*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %*x %x", &queued) == 1 && queued);
    if (file)
        fclose(file);
    return any;
}
