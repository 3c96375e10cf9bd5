/* Draws pipelines with what is kept on each edge: `otel-tidy pipeline --graph`. */
#ifndef OTEL_TIDY_CLI_DRAW_H
#define OTEL_TIDY_CLI_DRAW_H

#include "base/str.h"
#include "pipeline/system.h"

void draw_text(struct strbuf *out, const struct system *s);
void draw_dot(struct strbuf *out, const struct system *s);
void draw_svg(struct strbuf *out, const struct system *s);

#endif
