# tests/differential/programs/http_server.py: answers $REQUESTS requests, each in one piece: it is chance in how many pieces an
# answer that was sent in several arrives.
import http.server
import os


class Handler(http.server.SimpleHTTPRequestHandler):
    wbufsize = -1

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


server = http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler)
for _ in range(int(os.environ['REQUESTS'])):
    server.handle_request()
