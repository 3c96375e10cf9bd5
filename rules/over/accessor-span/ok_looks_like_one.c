// Named like getters, and yet they wait: for a lock, for a file, for whoever is behind the pointer.
#include <ctel/ctel.h>
#include <pthread.h>
#include <stdio.h>

extern ctel_tracer *tracer;

struct meter {
	pthread_mutex_t lock;
	long value;
	long (*read)(void *device);
	void *device;
};

long meter_value(struct meter *m)
{
	CTEL_SPAN(span, tracer, "meter value");
	pthread_mutex_lock(&m->lock);
	long value = m->value;
	pthread_mutex_unlock(&m->lock);
	return value;
}

long meter_read(struct meter *m)
{
	CTEL_SPAN(span, tracer, "meter read");
	return m->read(m->device);
}

int meter_get_first_byte(FILE *file)
{
	CTEL_SPAN(span, tracer, "first byte");
	return getc(file);
}
