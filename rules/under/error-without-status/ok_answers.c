/* What is not success and no failure either. */
#include <ctel/ctel.h>
#include <errno.h>
#include <otel-tidy/annotations.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

extern ctel_tracer *tracer;
const char *table_at(int i);

OTEL_HANDLED_ERROR(ENOENT)
int cache_find(const char *key);
int receive(int fd, char *bytes, size_t size);
bool is_known(const char *key);
int place_of(const char *key);
int retried(int fd);

/* a miss is an answer: the annotation says so */
int cache_find(const char *key)
{
	CTEL_SPAN(span, tracer, "find in cache");
	for (int i = 0; table_at(i); i++)
		if (strcmp(table_at(i), key) == 0)
			return 0;
	return -ENOENT;
}

/* nothing to read yet */
int receive(int fd, char *bytes, size_t size)
{
	CTEL_SPAN(span, tracer, "receive");
	ssize_t n = read(fd, bytes, size);
	if (n < 0 && errno == EAGAIN)
		return -1;
	if (n < 0 && errno == EINTR)
		return -EINTR;
	if (n < 0) {
		ctel_span_error(span, "read", strerror(errno));
		return -errno;
	}
	return (int)n;
}

/* a question */
bool is_known(const char *key)
{
	CTEL_SPAN(span, tracer, "is known");
	return cache_find(key) == 0;
}

/* a search: nobody knows whether -1 is bad news */
int place_of(const char *key)
{
	CTEL_SPAN(span, tracer, "place of");
	for (int i = 0; table_at(i); i++)
		if (strcmp(table_at(i), key) == 0)
			return i;
	return -1;
}

/* overcome: the operation succeeds in the end */
int retried(int fd)
{
	CTEL_SPAN(span, tracer, "send one byte");
	for (int attempt = 0; attempt < 3; attempt++)
		if (write(fd, "x", 1) == 1)
			return 0;
	ctel_span_error(span, "write", "three times");
	return -EIO;
}
