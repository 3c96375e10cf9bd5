/* `otel-tidy lsp`: the Language Server Protocol 3.17 on standard input and output. It speaks of
 * what is on disk: files are analysed when the editor opens the first one and whenever it saves
 * one. */
#include "cli/lsp.h"

#include "base/path.h"
#include "cli/commands.h"
#include "cli/gather.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define MESSAGE_BYTES ((size_t)64 << 20)

enum { METHOD_NOT_FOUND = -32601, INVALID_REQUEST = -32600, PARSE_ERROR = -32700 };

void lsp_send(const char *body)
{
	printf("Content-Length: %zu\r\n\r\n%s", strlen(body), body);
	fflush(stdout);
}

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;
	if (c >= '0' && c <= '9')
		return c - '0';
	return at ? (int)(at - digits) : -1;
}

const char *lsp_path(struct arena *a, const char *uri)
{
	struct strbuf b;
	strbuf_init(&b, a);
	if (!uri || !str_has_prefix(uri, "file://"))
		return "";
	for (const char *s = uri + strlen("file://"); *s; s++) {
		bool is_code = s[0] == '%' && hex_digit(s[1]) >= 0 && hex_digit(s[2]) >= 0;
		strbuf_addc(&b, is_code ? (char)(hex_digit(s[1]) * 16 + hex_digit(s[2])) : *s);
		s += is_code ? 2 : 0;
	}
	return path_normalize(a, strbuf_str(&b));
}

bool lsp_analyse(struct lsp *l)
{
	if (l->run.head)
		arena_fini(&l->run);
	arena_init(&l->run);
	struct options o = *l->options;
	o.arena = &l->run;
	o.is_quiet = true;
	int failed = gather(&l->setup, &o);
	if (!failed) {
		setup_judge(&l->setup, &o, &l->judgement);
		failed = setup_accept(&l->setup, &o, &l->judgement, true);
	}
	l->is_analysed = !failed;
	if (l->is_analysed)
		sources_init(&l->sources, &l->run, l->setup.root);
	return l->is_analysed;
}

/* ---- messages ---- */

static void reply(struct lsp *l, const struct json *id, const char *member, const char *value)
{
	lsp_send(arena_printf(&l->scratch, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"%s\":%s}",
		id ? json_source(id, &l->scratch) : "null", member, value));
}

static void refuse(struct lsp *l, const struct json *id, int code, const char *text)
{
	struct strbuf b;
	struct jsonout j;
	strbuf_init(&b, &l->scratch);
	jsonout_init(&j, &b);
	jsonout_object(&j, NULL);
	jsonout_int(&j, "code", code);
	jsonout_string(&j, "message", text);
	jsonout_object_end(&j);
	reply(l, id, "error", strbuf_str(&b));
}

static void initialize(struct lsp *l, const struct json *id, const struct json *params)
{
	const char *root = lsp_path(&l->scratch, json_string(json_get(params, "rootUri")));
	const struct json *folders = json_get(params, "workspaceFolders");
	if (!root[0] && json_size(folders))
		root = lsp_path(&l->scratch, json_string(json_get(json_at(folders, 0), "uri")));
	if (root[0] && chdir(root) != 0)
		fprintf(stderr, "otel-tidy: %s: %s\n", root, strerror(errno));
	reply(l, id, "result",
		"{\"capabilities\":{\"positionEncoding\":\"utf-16\",\"textDocumentSync\":{"
		"\"openClose\":true,\"change\":0,\"save\":{\"includeText\":false}},"
		"\"hoverProvider\":true,\"codeActionProvider\":{\"codeActionKinds\":[\"quickfix\"]}"
		"},\"serverInfo\":{\"name\":\"otel-tidy\",\"version\":\"" OTEL_TIDY_VERSION "\"}}");
}

static void analyse_and_publish(struct lsp *l)
{
	bool had = l->is_analysed;
	if (lsp_analyse(l)) {
		lsp_publish(l);
		return;
	}
	/* once, and again only after it had worked */
	if (had || !l->published.nr)
		lsp_send("{\"jsonrpc\":\"2.0\",\"method\":\"window/"
			 "showMessage\",\"params\":{\"type\":"
			 "1,\"message\":\"otel-tidy cannot analyse this project; otel-tidy doctor, "
			 "run "
			 "in its folder, tells what is in the way\"}}");
}

static void request(
	struct lsp *l, const char *method, const struct json *id, const struct json *params)
{
	struct strbuf b;
	strbuf_init(&b, &l->scratch);
	if (str_eq(method, "initialize")) {
		initialize(l, id, params);
	} else if (str_eq(method, "shutdown")) {
		l->is_shut_down = true;
		reply(l, id, "result", "null");
	} else if (l->is_shut_down) {
		refuse(l, id, INVALID_REQUEST, "the server was told to shut down");
	} else if (str_eq(method, "textDocument/hover")) {
		lsp_hover(l, params, &b);
		reply(l, id, "result", strbuf_str(&b));
	} else if (str_eq(method, "textDocument/codeAction")) {
		lsp_actions(l, params, &b);
		reply(l, id, "result", strbuf_str(&b));
	} else {
		refuse(l, id, METHOD_NOT_FOUND,
			arena_printf(&l->scratch, "%s is not known here", method));
	}
}

static void notice(struct lsp *l, const char *method)
{
	if (str_eq(method, "textDocument/didSave") ||
		str_eq(method, "workspace/didChangeWatchedFiles") ||
		(str_eq(method, "textDocument/didOpen") && !l->is_analysed))
		analyse_and_publish(l);
	else if (str_eq(method, "textDocument/didOpen"))
		lsp_publish(l);
}

/* False: the client is done. */
static bool handle(struct lsp *l, const char *text)
{
	unsigned line;
	const char *error;
	const struct json *message = json_parse(&l->scratch, text, &line, &error);
	if (!message) {
		refuse(l, NULL, PARSE_ERROR, error);
		return true;
	}
	const char *method = json_string(json_get(message, "method"));
	const struct json *id = json_get(message, "id"), *params = json_get(message, "params");
	if (method && str_eq(method, "exit"))
		return false;
	if (method && id)
		request(l, method, id, params);
	else if (method)
		notice(l, method);
	else if (id && !json_get(message, "result") && !json_get(message, "error"))
		refuse(l, id, INVALID_REQUEST, "a request has a method");
	return true;
}

/* The next message; NULL at the end of the input, or when its head makes no sense. */
static const char *receive(struct arena *a)
{
	char line[512];
	size_t n = 0;
	while (fgets(line, sizeof(line), stdin)) {
		if (str_eq(line, "\r\n") || str_eq(line, "\n")) {
			if (!n || n > MESSAGE_BYTES)
				return NULL;
			char *body = arena_alloc(a, n + 1);
			return fread(body, 1, n, stdin) == n ? body : NULL;
		}
		if (strncasecmp(line, "Content-Length:", 15) == 0)
			n = (size_t)strtoull(line + 15, NULL, 10);
	}
	return NULL;
}

int command_lsp(struct options *o)
{
	struct lsp l = {.options = o};
	const char *text;
	if (o->paths.nr)
		return cli_fail("lsp takes no path: the editor says what is open");
	arena_init(&l.scratch);
	arena_init(&l.lasting);
	bool goes_on = true;
	while (goes_on && (text = receive(&l.scratch))) {
		goes_on = handle(&l, text);
		arena_reset(&l.scratch);
	}
	if (l.run.head)
		arena_fini(&l.run);
	arena_fini(&l.lasting);
	arena_fini(&l.scratch);
	return l.is_shut_down ? EXIT_CLEAN : EXIT_FINDINGS;
}
