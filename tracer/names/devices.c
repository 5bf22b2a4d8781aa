/* names/devices.c: tables of what ioctl(2) says of interfaces, of the ARP table and of routes: netdevice(7).
 */
#include "names/nametab.h"
#include "names/rows.h"

#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/route.h>

static const struct name iff_rows[] = {
    N(IFF_UP),          N(IFF_BROADCAST),  N(IFF_DEBUG),     N(IFF_LOOPBACK),
    N(IFF_POINTOPOINT), N(IFF_NOTRAILERS), N(IFF_RUNNING),   N(IFF_NOARP),
    N(IFF_PROMISC),     N(IFF_ALLMULTI),   N(IFF_MASTER),    N(IFF_SLAVE),
    N(IFF_MULTICAST),   N(IFF_PORTSEL),    N(IFF_AUTOMEDIA), N(IFF_DYNAMIC),
};

const struct nametab nametab_iff = {.id = "IFF", .unknown = "IFF_???", ROWS(iff_rows), .is_flags = true};

static const struct name atf_rows[] = {
    N(ATF_COM), N(ATF_PERM), N(ATF_PUBL), N(ATF_USETRAILERS), N(ATF_NETMASK), N(ATF_DONTPUB),
};

const struct nametab nametab_atf = {.id = "ATF", .unknown = "ATF_???", ROWS(atf_rows), .is_flags = true};

static const struct name rtf_rows[] = {
    N(RTF_UP),       N(RTF_GATEWAY), N(RTF_HOST),   N(RTF_REINSTATE), N(RTF_DYNAMIC),
    N(RTF_MODIFIED), N(RTF_MTU),     N(RTF_WINDOW), N(RTF_IRTT),      N(RTF_REJECT),
};

const struct nametab nametab_rtf = {.id = "RTF", .unknown = "RTF_???", ROWS(rtf_rows), .is_flags = true};
