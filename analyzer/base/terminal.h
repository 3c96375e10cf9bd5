/* Terminal: colour, width, and a line of progress that never reaches a file. */
#ifndef OTEL_TIDY_BASE_TERMINAL_H
#define OTEL_TIDY_BASE_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

/* Is colour wanted there? $NO_COLOR (not empty) says no to all; $CLICOLOR_FORCE (not empty, not
 * "0") says yes to all; else a terminal whose $TERM is neither unset nor "dumb". */
bool terminal_wants_color(FILE *f);

/* Columns; 0 when `f` is no terminal or does not tell. */
unsigned terminal_width(FILE *f);

/* Replaces the progress line of stderr, cut to its width; nothing when stderr is no terminal. Clear
 * it before anything else is written. */
void terminal_progress(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void terminal_progress_clear(void);

#endif
