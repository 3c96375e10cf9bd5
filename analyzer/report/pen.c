/* Text with ink, width and wrapping. */
#include "report/pen.h"

#include "report/utf8.h"

#include <string.h>

const char *pen_ink(const struct pen *p, enum ink ink)
{
	static const char *const codes[] = {
		[INK_PLAIN] = "",
		[INK_BOLD] = "\x1b[1m",
		[INK_DIM] = "\x1b[2m",
		[INK_RED] = "\x1b[31m",
		[INK_YELLOW] = "\x1b[33m",
		[INK_CYAN] = "\x1b[36m",
		[INK_BOLD_RED] = "\x1b[1;31m",
		[INK_BOLD_YELLOW] = "\x1b[1;33m",
		[INK_BOLD_CYAN] = "\x1b[1;36m",
	};
	return p->color ? codes[ink] : "";
}

const char *pen_ink_end(const struct pen *p, enum ink ink)
{
	return p->color && ink != INK_PLAIN ? "\x1b[0m" : "";
}

void pen_addn(struct pen *p, enum ink ink, const char *text, size_t n)
{
	if (!n)
		return;
	strbuf_add(p->out, pen_ink(p, ink));
	utf8_add_safe(p->out, text, n, p->is_unicode);
	strbuf_add(p->out, pen_ink_end(p, ink));
}

void pen_add(struct pen *p, enum ink ink, const char *text)
{
	pen_addn(p, ink, text, strlen(text));
}

void pen_addf(struct pen *p, enum ink ink, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	pen_add(p, ink, arena_vprintf(p->out->arena, fmt, ap));
	va_end(ap);
}

void pen_blanks(struct pen *p, size_t n)
{
	while (n--)
		strbuf_addc(p->out, ' ');
}

void pen_line_end(struct pen *p)
{
	strbuf_addc(p->out, '\n');
}

void pen_clipped(struct pen *p, enum ink ink, const char *text, size_t n, size_t cells)
{
	const char *ellipsis = p->is_unicode ? "\xe2\x80\xa6" : "...";
	size_t mark = p->is_unicode ? 1 : 3;
	if (utf8_width(text, n) <= cells) {
		pen_addn(p, ink, text, n);
		return;
	}
	size_t end = 0, used = 0;
	while (end < n) {
		uint32_t c;
		size_t size = utf8_decode(text + end, n - end, &c);
		size_t width = utf8_width(text + end, size);
		if (used + width + mark > cells)
			break;
		used += width;
		end += size;
	}
	pen_addn(p, ink, text, end);
	if (mark <= cells)
		pen_add(p, ink, ellipsis);
}

void pen_wrapped(struct pen *p, enum ink ink, const char *text, size_t indent)
{
	size_t room = p->width > indent + 20 ? p->width - indent : 20, used = 0;
	strbuf_add(p->out, pen_ink(p, ink));
	for (const char *s = text + strspn(text, " \t\n"); *s;) {
		size_t n = strcspn(s, " \t\n");
		size_t width = utf8_width(s, n);
		if (used && used + 1 + width > room) {
			pen_line_end(p);
			pen_blanks(p, indent);
			used = 0;
		} else if (used) {
			strbuf_addc(p->out, ' ');
			used++;
		}
		utf8_add_safe(p->out, s, n, p->is_unicode);
		used += width;
		s += n;
		s += strspn(s, " \t\n");
	}
	strbuf_add(p->out, pen_ink_end(p, ink));
}

const char *count_of(struct arena *a, size_t n, const char *one, const char *many)
{
	return arena_printf(a, "%zu %s", n, n == 1 ? one : many);
}
