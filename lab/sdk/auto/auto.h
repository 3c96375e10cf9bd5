/* SPDX-License-Identifier: Apache-2.0 */
/* libctel-auto.so, loaded by LD_PRELOAD: functions of other libraries, with spans around them. */
#ifndef CTEL_AUTO_H
#define CTEL_AUTO_H

#include <dlfcn.h>

#include <ctel/ctel.h>

#define AUTO_EXPORT __attribute__((visibility("default")))

/* The function behind ours, looked up once; NULL when the program has no such library. */
void *auto_real(void **slot, const char *name);
#define REAL(function)                                                                             \
	({                                                                                         \
		static void *slot_;                                                                \
		(__typeof__(&function))auto_real(&slot_, #function);                               \
	})

ctel_tracer *auto_tracer(void);

/* What we know of another library's object: one entry for each address. */
struct auto_entry {
	const void *object;
	ctel_span *span;
	void *data, *more; /* as the user of the entry likes */
	int code;
};

/* A copy of the entry; false when there is none. */
bool auto_find(const void *object, struct auto_entry *out);
/* Adds or replaces; false when memory is short. */
bool auto_put(const struct auto_entry *entry);
/* Takes it out; false when there is none. */
bool auto_take(const void *object, struct auto_entry *out);

#endif
