"""Stands for X-Ray's OTLP endpoint: looks at what its page demands, and passes requests on to a backend."""
import gzip
import http.server
import threading
import urllib.request


class Endpoint:
    """Requests come to http://127.0.0.1:port and go to http://127.0.0.1:backend; what was wrong, in `wrong`."""

    def __init__(self, backend):
        self.backend, self.wrong, self.requests, self.largest = backend, [], 0, 0
        endpoint, self.lock = self, threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                endpoint.look(self.path, self.headers, body)
                answer = endpoint.pass_on(self.headers, body)
                self.send_response(200)
                self.send_header("Content-Type", "application/x-protobuf")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def look(self, path, headers, body):
        plain = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
        with self.lock:
            self.requests += 1
            self.largest = max(self.largest, len(plain))
            if path != "/v1/traces":
                self.wrong.append("path " + path)
            signed = headers.get("Authorization", "")
            if not signed.startswith("AWS4-HMAC-SHA256 Credential=none/") or "/eu-central-1/xray/" not in signed:
                self.wrong.append("signature '%s'" % signed[:60])
            if len(plain) > 5_000_000:
                self.wrong.append("%d bytes in a request" % len(plain))

    def pass_on(self, headers, body):
        kept = {k: headers[k] for k in ("Content-Type", "Content-Encoding") if headers[k]}
        request = urllib.request.Request("http://127.0.0.1:%d/v1/traces" % self.backend, body, kept)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=60) as answer:
            return answer.read()

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
