/* The four services as child processes. */
#ifndef SERVICES_H
#define SERVICES_H

#include <stdbool.h>
#include <stdint.h>

/* Where they are and how they run. */
struct setup {
	const char *kind;    /* under, right, over */
	const char *bin;     /* where the programs are */
	const char *dir;     /* where port files and spans go */
	const char *preload; /* a library, or NULL */
	bool has_spans;      /* each service writes DIR/SERVICE.jsonl */
};

/* Starts them; the URL of the storefront, or NULL after a message. */
const char *services_start(const struct setup *setup);

/* What they have used of the processors up to now, in nanoseconds. */
uint64_t services_cpu(void);

/* Ends them and adds up all they ever used. 0, or -1 when one ended badly or was gone before. */
int services_stop(uint64_t *cpu);

#endif
