// Short, and worth a span: the call may wait for a disk, a peer, a lock or a clock.
// flags: -std=gnu17
#include <ctel/ctel.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

extern ctel_tracer *tracer;

int ledger_sync(int fd)
{
	CTEL_SPAN(span, tracer, "sync ledger");
	return fsync(fd);
}

long greet(int peer)
{
	CTEL_SPAN(span, tracer, "greet");
	return send(peer, "hello\n", 6, 0);
}

static int append(FILE *ledger, const char *line)
{
	return fputs(line, ledger);
}

int ledger_append(FILE *ledger, const char *line)
{
	CTEL_SPAN(span, tracer, "append to ledger");
	return append(ledger, line) < 0 ? -1 : 0;
}

void back_off(unsigned round)
{
	CTEL_SPAN(span, tracer, "back off");
	usleep(1000u << round);
}

void await_worker(pthread_t worker)
{
	CTEL_SPAN(span, tracer, "await worker");
	pthread_join(worker, NULL);
}
