/* Outside text inside a page. */
#include "traces/html.h"

#include "base/hash.h"
#include "report/utf8.h"

#include <string.h>

void html_text_cut(struct strbuf *out, const char *s, size_t nr)
{
	size_t n = strnlen(s, nr + 1), end = n > nr ? nr : n;
	for (size_t i = 0; i < end;) {
		uint32_t c;
		size_t size = utf8_decode(s + i, n - i, &c);
		if (c == '&')
			strbuf_add(out, "&amp;");
		else if (c == '<')
			strbuf_add(out, "&lt;");
		else if (c == '>')
			strbuf_add(out, "&gt;");
		else if (c == '"')
			strbuf_add(out, "&quot;");
		else if (c == '\'')
			strbuf_add(out, "&#39;");
		else if (c == '\n' || c == '\t' || c == '\r')
			strbuf_addc(out, ' ');
		else if (c == UTF8_REPLACEMENT || utf8_is_unsafe(c))
			strbuf_add(out, "\xef\xbf\xbd");
		else
			strbuf_addn(out, s + i, size);
		i += size;
	}
	if (n > nr)
		strbuf_add(out, "\xe2\x80\xa6");
}

void html_text(struct strbuf *out, const char *s)
{
	html_text_cut(out, s, 64u << 10);
}

unsigned html_color(const char *service)
{
	return (unsigned)(hash_bytes(service, strlen(service)) % 8);
}
