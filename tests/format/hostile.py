# tests/format/hostile.py: sends, as a program that is traced, what a trace file must survive; as a module, tells what that is.
import contextlib
import ctypes
import random
import socket

SNAPLEN = 64 * 1024  # TRACE_SNAPLEN: what is kept of a buffer
SIZE_MAX = 2 ** (8 * ctypes.sizeof(ctypes.c_size_t)) - 1


def payloads():
    random_bytes = random.Random(5)
    yield from (bytes([byte]) for byte in range(256))
    yield bytes(range(256))
    # Not quite UTF-8: cut, overlong, surrogates, beyond U+10FFFF.
    yield from (b'\xc3', b'\xe2\x82', b'\xf0\x9f\x98', b'\xc0\x80', b'\xe0\x80\xaf', b'\xed\xa0\x80', b'\xed\xbf\xbf',
                b'\xf4\x90\x80\x80', b'\xfe\xff', b'a\xffb', b'\x80' * 9)
    # UTF-8 that disturbs: NULs, quotes, what ends a line or moves a cursor, noncharacters, a byte order mark.
    yield from (text.encode() for text in (
        '\0', 'a\0b\0', '"', '\\', '\\"', '\\u0000', '"}\n{"end": true}\n', '\n', '\r\n', '\x1b[2J\x1b]0;x\x07', '\x7f', '\x85\x9b',
        '\u2028\u2029', '\ufeff', '\ufffe\uffff', '\ufdd0', '\U0001f600\U0010ffff', '\u202e', 'e\u0301', '</script>', '%s%n'))
    for length in (0, 1, 2, 3, 255, 4096):
        yield random_bytes.randbytes(length)
    for length in (SNAPLEN - 1, SNAPLEN, SNAPLEN + 1, SNAPLEN + 5000):
        yield b'x' * length
        yield random_bytes.randbytes(length)
    yield 'é'.encode() * SNAPLEN  # whole characters up to the cut
    yield b'a' + 'é'.encode() * SNAPLEN  # the cut is inside of one


def names():
    """Addresses of AF_UNIX that are given to bind; those with a folder fail."""
    yield from (b'\0' + name for name in (b'a', b'a\0b', b'\xff\xfe', b'\n"\\', b'\0\0', b'\xed\xa0\x80', '\u2028é'.encode(), b'x' * 107))
    yield from (b'/no/\xff\xfe', b'/no/"\\\n', b'/no/' + 'é\u2028'.encode(), b'/no/' + b'x' * 103)


def arguments():
    return [b'\xff', b'"\\', '\u2028'.encode(), b'\x1b[2J', b'']


def counts():
    """Numbers around those that a double, a signed and an unsigned word can hold."""
    return [2 ** 53 - 1, 2 ** 53, 2 ** 53 + 1, 2 ** 63 - 1, 2 ** 63, SIZE_MAX]


def main():
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for payload in payloads():
        left.send(payload)
        right.recv(len(payload) + 1)
        left.sendmsg([payload[:1], payload[1:3], payload[3:]])
        right.recv(len(payload) + 1)
    for name in names():
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unbound, contextlib.suppress(OSError):
            unbound.bind(name)
    for count in counts():
        ctypes.CDLL(None).send(left.fileno(), None, ctypes.c_size_t(count), socket.MSG_DONTWAIT)


if __name__ == '__main__':
    main()
