# tests/differential/programs/threads.py: a server with a thread for each client, and what processes of one program say to one another.
import multiprocessing.connection
import os
import socket
import socketserver
import threading


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.swapcase())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False


def served():
    with Server(('127.0.0.1', 0), Talk) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.2,))
        serving.start()
        for word in b'First\n', b'Second\n':
            with socket.create_connection(server.server_address, 5) as client:
                client.sendall(word)
                client.recv(100)
                client.shutdown(socket.SHUT_WR)
                client.recv(100)
        server.shutdown()
        serving.join()


def connected():
    with multiprocessing.connection.Listener('listener', 'AF_UNIX') as listener:
        if os.fork() == 0:
            with multiprocessing.connection.Client('listener') as to:
                to.send(['of', 'Python', 3])
                to.recv_bytes()
            os._exit(0)
        with listener.accept() as by:
            by.recv()
            by.send_bytes(b'done')
        os.wait()


connected()
served()
