# tests/differential/programs/dns_server.py: any name is 192.0.2.7 and 2001:db8::7.
import os
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(('127.0.0.1', int(os.environ['PORT'])))
while True:
    asked, client = server.recvfrom(512)
    end = asked.index(b'\0', 12) + 5
    data = socket.inet_aton('192.0.2.7') if asked[end - 3] == 1 else socket.inet_pton(socket.AF_INET6, '2001:db8::7')
    answer = b'\xc0\x0c' + asked[end - 4:end] + (60).to_bytes(4, 'big') + len(data).to_bytes(2, 'big') + data
    server.sendto(asked[:2] + b'\x81\x80\0\1\0\1\0\0\0\0' + asked[12:end] + answer, client)
