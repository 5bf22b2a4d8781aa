# tests/differential/programs/sockets.py: calls and options that servers and clients seldom make.
import selectors
import socket
import struct

RECEIVE = 13, 12, 8  # IP_RECVTOS, IP_RECVTTL, IP_PKTINFO


def datagrams():
    to, by = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
    to.bind(('127.0.0.1', 0))
    for option in RECEIVE:
        to.setsockopt(socket.IPPROTO_IP, option, 1)
    by.setsockopt(socket.IPPROTO_IP, socket.IP_TOS, 16)
    by.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 9)
    by.sendto(b'to an address', to.getsockname())
    to.recvmsg(100, 256)
    by.connect(to.getsockname())
    by.sendmsg([b'in ', b'pieces'])
    to.recvmsg_into([bytearray(4), bytearray(40)], 256)
    by.send(b'only looked at')
    to.recvfrom(4, socket.MSG_PEEK | socket.MSG_TRUNC)
    to.recvfrom_into(bytearray(40))
    to.close()
    by.send(b'nobody is there')
    try:
        by.send(b'as is known by now')
    except ConnectionRefusedError:
        by.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)


def multicast():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as to, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as by:
        to.bind(('239.1.2.3', 0))
        group = socket.inet_aton('239.1.2.3') + socket.inet_aton('127.0.0.1')
        to.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        by.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b'lo\0')
        by.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        by.sendto(b'to a group', to.getsockname())
        to.recv(100)
        to.setsockopt(socket.IPPROTO_IP, socket.IP_DROP_MEMBERSHIP, group)


def streams():
    with socket.create_server(('127.0.0.1', 0)) as listener:
        for option, value in ((socket.SO_RCVBUF, 8192), (socket.SO_KEEPALIVE, 1), (socket.SO_LINGER, struct.pack('ii', 1, 5)),
                              (socket.SO_OOBINLINE, 1)):
            listener.setsockopt(socket.SOL_SOCKET, option, value)
            listener.getsockopt(socket.SOL_SOCKET, option, 8)
        near = socket.create_connection(listener.getsockname(), 5)
        far, _ = listener.accept()
    for option in socket.TCP_NODELAY, socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT:
        near.setsockopt(socket.IPPROTO_TCP, option, 7)
        near.getsockopt(socket.IPPROTO_TCP, option)
    with open('request', 'rb') as file:
        near.sendfile(file)
    far.recv_into(bytearray(100), 0)
    near.send(b'!', socket.MSG_OOB)
    far.recv(1)
    near.settimeout(0)
    try:
        near.recv(1)
    except BlockingIOError:
        pass
    for kind in selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector:
        with kind() as selector:
            selector.register(far, selectors.EVENT_READ | selectors.EVENT_WRITE)
            selector.select(0)
            selector.modify(far, selectors.EVENT_READ)
            selector.select(0)
    near.getpeername()
    near.shutdown(socket.SHUT_WR)
    far.recv(1)
    again = far.dup()
    far.close()
    again.close()
    near.close()


def local():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener, socket.socket(socket.AF_UNIX) as near:
        listener.bind(b'\0sockdrill')
        listener.listen()
        near.connect(listener.getsockname())
        far, _ = listener.accept()
        far.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        far.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        near.send(b'by whom')
        far.recvmsg(100, 100)
        far.close()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as by:
        to.bind('to')
        by.bind('by')
        by.sendto(b'a datagram', 'to')
        to.recvfrom(100)
    try:
        socket.socket(socket.AF_UNIX).connect('nowhere')
    except FileNotFoundError:
        pass


datagrams()
multicast()
streams()
local()
