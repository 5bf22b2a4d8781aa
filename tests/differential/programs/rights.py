# tests/differential/programs/rights.py: descriptors on their way between processes.
import os
import socket

here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
if os.fork() == 0:
    here.close()
    _, fds, _, _ = socket.recv_fds(there, 100, 2)
    with socket.socket(fileno=fds[0]) as passed:
        passed.send(b'through what was passed')
    os._exit(0)
there.close()
mine, given = socket.socketpair()
socket.send_fds(here, [b'take it'], [given.fileno()])
given.close()
mine.recv(100)
mine.recv(100)
os.wait()
