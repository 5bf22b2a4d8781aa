#!/usr/bin/env python3
"""tests/golden/mutate.py TRACE DIRECTORY [STRIDE]: the trace again and again, each time with one argument of one call changed.

What is changed is what a pattern can say: lengths follow from values, flags that change nothing on the wire are passed over, and
so are calls that wait, try again or work on nothing. Each file of DIRECTORY is a trace; its name says what was changed. With
STRIDE only every so many.
"""
import copy
import json
import os
import sys

RETRIED = {"EAGAIN", "EINTR", "EALREADY", "EBADF"}
F_SETFL = 4
MSG_DONTROUTE, MSG_PEEK = 4, 2


def other_text(text):
    return ("Y" if text[0] == "X" else "X") + text[1:]


def other_address(addr):
    """One with another port, and one with another host or path."""
    if "port" in addr and addr["port"]:
        yield "port", {**addr, "port": addr["port"] % 65535 + 1}
    if addr.get("family") == "AF_INET":
        yield "host", {**addr, "host": "127.0.0.9" if addr["host"] != "127.0.0.9" else "127.0.0.8"}
    if isinstance(addr.get("path"), str) and addr["path"]:
        yield "path", {**addr, "path": addr["path"] + "x"}


SYMBOLS = {
    "domain": [{"name": "AF_INET6", "n": 10, "of": "AF"}, {"name": "AF_INET", "n": 2, "of": "AF"}],
    "type": [{"flags": ["SOCK_DGRAM"], "n": 2, "of": "SOCK"}, {"flags": ["SOCK_STREAM"], "n": 1, "of": "SOCK"}],
    "how": [{"name": "SHUT_RD", "n": 0, "of": "SHUT"}, {"name": "SHUT_WR", "n": 1, "of": "SHUT"}],
    "level": [{"name": "SOL_IP", "n": 0, "of": "SOL"}],
    "protocol": [{"name": "IPPROTO_UDP", "n": 17, "of": "IPPROTO"}],
}


def changes(event):
    """(what, argument, new value) for each single change."""
    call, args = event["call"], event["args"]
    for name, value in args.items():
        if name in SYMBOLS and isinstance(value, dict):
            other = next(o for o in SYMBOLS[name] if o["n"] != value.get("n", -1) & 0xF)
            yield name, name, other
        elif name == "backlog":
            yield name, name, value + 1
        elif name == "buf" and isinstance(value, str) and value and event.get("result", -1) > 0:
            yield "data", name, other_text(value)
        elif name == "flags" and call in ("sendto", "recvfrom", "sendmsg", "recvmsg"):
            yield name, name, {"flags": ["MSG_DONTROUTE"], "n": MSG_DONTROUTE, "of": "MSG"}
        elif name in ("addr", "dest_addr") and call in ("bind", "connect", "sendto") and isinstance(value, dict):
            for what, other in other_address(value):
                yield what, name, other
        elif name == "optval" and call == "setsockopt" and isinstance(value, list) and isinstance(value[0], int):
            yield name, name, [value[0] + 1]


def is_told(event):
    """A call that a pattern looks at."""
    if event.get("event") != "call" or event.get("unfinished") or (event.get("errno") or {}).get("name") in RETRIED:
        return False
    flags = event["args"].get("flags")
    return not (isinstance(flags, dict) and flags.get("n", 0) & MSG_PEEK)


def libc_socks(events):
    """Those of libc's own making: netlink, nscd, and the datagram sockets with which getaddrinfo sorts addresses."""
    asked = {}
    for event in events:
        if event.get("call") == "socket" and event.get("made"):
            asked[event["made"][0]] = [event["args"]["domain"].get("name"), event["args"]["type"]["n"] & 0xF, True]
        sock = asked.get(event.get("sock"))
        if sock and event.get("canon") not in ("connect", "close", "getsockname", "getpeername"):
            sock[2] = False
        if sock and event.get("canon") == "connect" and "nscd" in str(event["args"]["addr"]):
            sock[0] = "AF_NETLINK"
    return {id for id, (domain, kind, idle) in asked.items() if domain == "AF_NETLINK" or (kind == 2 and idle)}


def main():
    trace, directory = sys.argv[1:3]
    stride = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with open(trace, encoding="utf-8") as file:
        lines = file.read().splitlines()
    count = 0
    stopped = set()
    libc = libc_socks([json.loads(line) for line in lines])
    for at, line in enumerate(lines):
        event = json.loads(line)
        if event.get("event") == "role" and event["args"].get("what") == "stopped":
            stopped.add(event["role"])
        if libc & {event.get("sock"), *(event.get("made") or [])}:
            continue
        if event.get("role") in stopped or not is_told(event):
            continue
        for what, name, value in changes(event):
            count += 1
            if count % stride:
                continue
            changed = copy.deepcopy(event)
            changed["args"][name] = value
            if name in ("addr", "dest_addr") and changed.get("addr"):
                changed["addr"] = value
            path = os.path.join(directory, f"{at + 1:05d}-{event['role']}-{event['call']}-{what}.jsonl")
            with open(path, "w", encoding="utf-8") as file:
                file.write("\n".join([*lines[:at], json.dumps(changed), *lines[at + 1 :]]) + "\n")


main()
