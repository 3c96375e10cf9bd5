/* The language server: what its parts share. */
#ifndef OTEL_TIDY_CLI_LSP_H
#define OTEL_TIDY_CLI_LSP_H

#include "base/json.h"
#include "cli/setup.h"
#include "report/jsonout.h"
#include "report/source.h"

struct lsp {
	struct options *options; /* of the command line */
	struct arena run;        /* of the last analysis */
	struct arena scratch;    /* of one message */
	struct setup setup;
	struct judgement judgement;
	struct sources sources;
	bool is_analysed, is_shut_down;
	struct arena lasting;
	VEC(const char *) published; /* absolute files that have diagnostics in the editor */
};

/* Analyses the program as it is on disk. False: there is nothing to show. */
bool lsp_analyse(struct lsp *l);
/* Sends the diagnostics of every file that has some, or had. */
void lsp_publish(struct lsp *l);
/* The results of requests, written into `j`. */
void lsp_hover(struct lsp *l, const struct json *params, struct strbuf *out);
void lsp_actions(struct lsp *l, const struct json *params, struct strbuf *out);
/* One message, with its head. */
void lsp_send(const char *body);
/* The file that a URI names, absolute. */
const char *lsp_path(struct arena *a, const char *uri);

#endif
