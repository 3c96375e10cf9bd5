// How much, not all of it.
#include <ctel/ctel.h>
#include <stdio.h>
#include <string.h>

struct request {
	char raw[16384];
	char host[1026]; /* getnameinfo(3) wants that much room */
	char path[4096];
	char id[64];
	const char *payload;
	const char *body_type;
	size_t body_size;
};

void handle(ctel_span *span, const struct request *request, int code)
{
	char text[2048];

	ctel_set(span, "app.request.id", request->id);
	ctel_set(span, "server.address", request->host);
	ctel_set(span, "file.path", request->path);
	ctel_set(span, "app.request.size", (int64_t)strlen(request->raw));
	ctel_set(span, "app.body.type", request->body_type);
	ctel_set(span, "app.body.size", (int64_t)request->body_size);
	snprintf(text, sizeof(text), "code %d", code);
	ctel_set(span, "app.code", (const char *)text);
}
