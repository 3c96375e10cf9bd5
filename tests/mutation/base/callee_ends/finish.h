/* How this program ends its spans. */
#ifndef FINISH_H
#define FINISH_H

#include <ctel/ctel.h>

extern ctel_tracer *tracer;

/* Notes the result and ends the span. */
int finish(ctel_span *span, int rc);
void note_size(ctel_span *span, const char *path, long size);
int mail_fetch(int peer, const char *folder);
int mail_store(const char *path, const char *text);
long mail_count(const char *path);

#endif
