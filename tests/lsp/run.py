#!/usr/bin/env python3
"""Drives `otel-tidy lsp` with pygls' client, which refuses answers that are not of the protocol.

    run.py OTEL-TIDY
"""
import asyncio
import json
import pathlib
import subprocess
import sys
import tempfile

from lsprotocol import types
from pygls.lsp.client import BaseLanguageClient

TOP = pathlib.Path(__file__).resolve().parents[2]
TOOL = pathlib.Path(sys.argv[1]).resolve()
SOURCE = """#include <ctel/ctel.h>
#include <unistd.h>

static int leaks(ctel_tracer *t, int fd)
{
	/* gr\u00f6\u00dfer \U0001f6d2 */ ctel_span *span = ctel_span_start(t, "leaks", NULL);
	ctel_set(span, "http.method", "GET");
	if (write(fd, "x", 1) < 0)
		return -1;
	ctel_span_end(span);
	return 0;
}

int run(ctel_tracer *t)
{
	return leaks(t, 1);
}
"""
passed = failed = 0


def check(name, is_good, *seen):
    global passed, failed
    passed, failed = passed + bool(is_good), failed + (not is_good)
    if not is_good:
        print(f"FAIL lsp {name}: {' '.join(map(repr, seen))[:500]} | again: make test-lsp")


class Client(BaseLanguageClient):
    def __init__(self):
        super().__init__("test", "1")
        self.diagnostics, self.messages, self.arrived = {}, [], asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _(params):
            self.diagnostics[params.uri] = params.diagnostics
            self.arrived.set()

        @self.feature(types.WINDOW_SHOW_MESSAGE)
        def _(params):
            self.messages.append(params.message)
            self.arrived.set()

    async def next(self):
        await asyncio.wait_for(self.arrived.wait(), 30)
        await asyncio.sleep(0.2)
        self.arrived.clear()


def applied(text, edits):
    """The text with the edits, whose columns count UTF-16 code units."""
    lines = text.split("\n")

    def offset(position):
        line = lines[position.line].encode("utf-16-le")[:2 * position.character].decode("utf-16-le")
        return sum(len(l) + 1 for l in lines[:position.line]) + len(line)
    for edit in sorted(edits, key=lambda e: offset(e.range.start), reverse=True):
        text = text[:offset(edit.range.start)] + edit.new_text + text[offset(edit.range.end):]
    return text


async def session(root):
    file = root / "a b.c"
    uri = file.as_uri()
    client = Client()
    await client.start_io(str(TOOL), "lsp", "--cache-dir", str(root / "cache"), cwd="/")
    hello = await client.initialize_async(types.InitializeParams(
        capabilities=types.ClientCapabilities(), root_uri=root.as_uri(), process_id=None))
    check("initialize", hello.capabilities.hover_provider and hello.server_info.name == "otel-tidy")
    client.initialized(types.InitializedParams())

    def document(text):
        return types.TextDocumentItem(uri=uri, language_id="c", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document(SOURCE)))
    await client.next()
    found = client.diagnostics.get(uri, [])
    codes = sorted(d.code for d in found)
    check("diagnostics on open", codes == ["deprecated-attribute", "span-leak"], codes, client.messages)
    leak = next(d for d in found if d.code == "span-leak")
    line = SOURCE.split("\n")[5]
    column = len(line[:line.index("ctel_span_start")].encode("utf-16-le")) // 2
    check("columns count UTF-16", leak.range.start == types.Position(5, column), leak.range, column)
    check("severity, source, page", leak.severity == types.DiagnosticSeverity.Error and leak.source == "otel-tidy"
          and leak.code_description.href.endswith("lifetime/span-leak/README.md"), leak)
    check("the path", [r.location.range.start.line for r in leak.related_information] == [5, 7, 8], leak.related_information)

    at = types.TextDocumentIdentifier(uri)
    hover = await client.text_document_hover_async(types.HoverParams(at, types.Position(5, 30)))
    check("hover shows the rule's page", "# span-leak" in hover.contents.value and "## Good" in hover.contents.value)
    hover = await client.text_document_hover_async(types.HoverParams(at, types.Position(0, 1)))
    check("no hover elsewhere", hover is None, hover)

    old = next(d for d in found if d.code == "deprecated-attribute")
    actions = await client.text_document_code_action_async(types.CodeActionParams(
        at, old.range, types.CodeActionContext([old])))
    check("one quick fix", len(actions) == 1 and actions[0].is_preferred and actions[0].diagnostics[0].code == old.code, actions)
    text = applied(SOURCE, actions[0].edit.changes[uri])
    check("it does what it says", text == SOURCE.replace("http.method", "http.request.method"), text)
    nothing = await client.text_document_code_action_async(types.CodeActionParams(
        at, types.Range(types.Position(0, 0), types.Position(1, 0)), types.CodeActionContext([])))
    check("no fix elsewhere", nothing == [], nothing)

    file.write_text(text)
    client.text_document_did_save(types.DidSaveTextDocumentParams(at))
    await client.next()
    check("diagnostics on save", [d.code for d in client.diagnostics[uri]] == ["span-leak"], client.diagnostics[uri])
    file.write_text(text.replace("\t\treturn -1;", "\t\tgoto out;").replace("\tctel_span_end", "out:\n\tctel_span_end"))
    client.text_document_did_save(types.DidSaveTextDocumentParams(at))
    await client.next()
    check("and they go away", client.diagnostics[uri] == [], client.diagnostics[uri])
    file.write_text('#include "not there.h"\n' + text)
    client.text_document_did_save(types.DidSaveTextDocumentParams(at))
    await client.next()
    check("what cannot be analysed is said", any(d.code == "incomplete" and "not there.h" in d.message
                                                 for d in client.diagnostics[uri]), client.diagnostics[uri])
    (root / "compile_commands.json").rename(root / "away.json")
    client.text_document_did_save(types.DidSaveTextDocumentParams(at))
    await client.next()
    check("without a database it says so", any("otel-tidy doctor" in m for m in client.messages), client.messages)
    (root / "away.json").rename(root / "compile_commands.json")
    file.write_text(text)
    client.text_document_did_save(types.DidSaveTextDocumentParams(at))
    await client.next()
    check("and comes back", [d.code for d in client.diagnostics[uri]] == ["span-leak"], client.diagnostics[uri])

    await client.shutdown_async(None)
    client.exit(None)
    server = client._server  # pygls has no other name for the process
    code = await asyncio.wait_for(server.wait(), 10)
    check("shuts down with 0", code == 0, code)


def raw(messages):
    """What the server says to bytes that no client would send, and how it ends."""
    data = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(m), m) for m in messages)
    done = subprocess.run([TOOL, "lsp"], input=data, capture_output=True, timeout=30, check=False)
    return done.returncode, done.stdout.decode()


def main():
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name).resolve() / "my project"
        root.mkdir()
        (root / "a b.c").write_text(SOURCE)
        (root / "compile_commands.json").write_text(json.dumps([{
            "directory": str(root), "file": "a b.c", "arguments": ["cc", "-std=c17", f"-I{TOP}/lab/sdk/include", "-c", "a b.c"]}]))
        asyncio.run(session(root))
    code, out = raw([b"{", b'{"id": 7, "method": "no/such"}', b'{"method": "$/unknown"}', b'[]', b'{"id": "x"}'])
    check("broken messages are refused, one by one", code == 1 and out.count('"error"') == 3 and '"id":7' in out
          and "-32601" in out and "-32700" in out and '"id":"x"' in out, code, out)
    code, _ = raw([b'{"id": 1, "method": "shutdown"}', b'{"method": "exit"}'])
    check("exit after shutdown", code == 0, code)
    code, _ = raw([b'{"method": "exit"}'])
    check("exit without shutdown", code == 1, code)
    done = subprocess.run([TOOL, "lsp"], input=b"garbage\r\n\r\n", capture_output=True, timeout=30, check=False)
    check("garbage ends it", done.returncode == 1 and not done.stdout, done)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
