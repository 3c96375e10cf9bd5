/* Terminal: what it can show, and the progress line. */
#include "base/terminal.h"

#include "base/str.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define WIDTH_DEFAULT 80
#define WIDTH_MAX     512

static bool is_progress_shown;

bool terminal_wants_color(FILE *f)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");
	const char *term = getenv("TERM");
	if (no && *no)
		return false;
	if (force && *force && !str_eq(force, "0"))
		return true;
	return term && *term && !str_eq(term, "dumb") && isatty(fileno(f));
}

unsigned terminal_width(FILE *f)
{
	struct winsize size;
	if (ioctl(fileno(f), TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col;
}

/* Bytes of `text` that fill at most `columns`; characters of UTF-8 are not cut in two. */
static size_t fitting(const char *text, unsigned columns)
{
	size_t i = 0;
	for (; text[i]; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80 && columns-- == 0)
			break;
	return i;
}

void terminal_progress(const char *fmt, ...)
{
	const char *term = getenv("TERM");
	if (!isatty(fileno(stderr)) || !term || str_eq(term, "dumb"))
		return;
	char text[WIDTH_MAX * 4];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	text[strcspn(text, "\r\n")] = '\0';
	unsigned width = terminal_width(stderr);
	if (!width || width > WIDTH_MAX)
		width = WIDTH_DEFAULT;
	/* the last column stays free: some terminals wrap as soon as it is filled */
	fprintf(stderr, "\r%.*s\033[K", (int)fitting(text, width - 1), text);
	fflush(stderr);
	is_progress_shown = true;
}

void terminal_progress_clear(void)
{
	if (!is_progress_shown)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	is_progress_shown = false;
}
