// An asynchronous call carries the span through a void pointer, and its callback ends it.
#include <ctel/ctel.h>
#include <pthread.h>
#include <stdlib.h>

struct client;
struct answer {
	int status;
	void *cookie;
};
typedef void (*answer_fn)(const struct answer *answer);
int client_store(struct client *client, const char *key, const char *value, answer_fn then, void *cookie);

extern ctel_tracer *tracer;

static void stored(const struct answer *answer)
{
	ctel_span *span = answer->cookie;

	if (answer->status)
		ctel_span_error(span, "store_failed", NULL);
	ctel_span_end(span);
}

int remember(struct client *client, const char *key, const char *value)
{
	ctel_span *span = ctel_span_start(tracer, "remember", &(ctel_start){.kind = CTEL_CLIENT});
	int rc = client_store(client, key, value, stored, span);

	if (rc)
		return rc; /* the client calls back in this case, too */
	return 0;
}

static void *work(void *argument)
{
	ctel_span *span = argument;
	void *block = malloc(1 << 20);

	free(block);
	ctel_span_end(span);
	return NULL;
}

int work_elsewhere(void)
{
	pthread_t thread;
	ctel_span *span = ctel_span_start(tracer, "work elsewhere", NULL);

	if (pthread_create(&thread, NULL, work, span)) {
		ctel_span_end(span);
		return -1;
	}
	return pthread_detach(thread);
}

static pthread_key_t span_key;

void work_begins(void)
{
	pthread_setspecific(span_key, ctel_span_start(tracer, "work", NULL));
}

void work_ends(void)
{
	ctel_span_end(pthread_getspecific(span_key));
}
