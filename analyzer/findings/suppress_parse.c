/* Parses `allow(rule, rule) reason: why`, and says what is wrong with anything else. */
#include "findings/suppress_parse.h"

#include "base/str.h"

#include <string.h>

#define EXAMPLE "otel-tidy: allow(span-leak) reason: the pool ends it"

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-' || c == '_';
}

static size_t name_length(const char *s)
{
	size_t n = 0;
	while (is_name_char(s[n]))
		n++;
	return n;
}

/* A few bytes of the text for a message, never half a character. */
static const char *excerpt(struct arena *a, const char *s)
{
	size_t n = strcspn(s, "\r\n");
	if (n > 16) {
		n = 16;
		while (n && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	}
	return arena_strndup(a, s, n);
}

static void fail(
	struct suppress_text *out, enum suppress_fault fault, const char *message, const char *fix)
{
	out->fault = fault;
	out->message = message;
	out->fix = fix;
}

static bool has_rule(const struct suppress_text *out, const char *name)
{
	for (size_t i = 0; i < out->rules.nr; i++) {
		if (str_eq(out->rules.at[i], name))
			return true;
	}
	return false;
}

/* The list after the opening parenthesis; the text behind the closing one, or NULL. */
static const char *parse_list(struct arena *a, const char *s, struct suppress_text *out)
{
	s = skip_blanks(s);
	if (*s == ')') {
		fail(out, SUPPRESS_MALFORMED, "suppression names no rule",
			"name the rule between the parentheses: " EXAMPLE);
		return NULL;
	}
	for (;;) {
		size_t n = name_length(s);
		if (n == 0 && *s) {
			fail(out, SUPPRESS_MALFORMED,
				arena_printf(a, "suppression lacks a rule name before \"%s\"",
					excerpt(a, s)),
				"separate rule names by single commas: " EXAMPLE);
			return NULL;
		}
		const char *name = arena_strndup(a, s, n);
		if (n && !has_rule(out, name))
			vec_push(a, &out->rules, name);
		s = skip_blanks(s + n);
		if (*s == ')')
			return s + 1;
		if (*s != ',') {
			fail(out, SUPPRESS_MALFORMED,
				*s ? arena_printf(a, "suppression has \"%s\" after rule \"%s\"",
					     excerpt(a, s), name)
				   : "suppression's list of rules is not closed",
				"separate rule names by commas and close the list: " EXAMPLE);
			return NULL;
		}
		s = skip_blanks(s + 1);
	}
}

static const char *parse_allow(struct arena *a, const char *text, struct suppress_text *out)
{
	size_t n = name_length(text);
	const char *word = arena_strndup(a, text, n), *rest = skip_blanks(text + n);
	if (str_eq(word, "allow") && *rest == '(')
		return parse_list(a, rest + 1, out);
	const char *allow = "allow";
	if (*text == '\0')
		fail(out, SUPPRESS_MALFORMED, "\"otel-tidy:\" is followed by nothing",
			"write " EXAMPLE ", or remove the comment");
	else if (str_eq(word, "allow"))
		fail(out, SUPPRESS_MALFORMED, "\"allow\" is not followed by a list in parentheses",
			"write " EXAMPLE);
	else if (*rest == '(' && str_nearest(word, &allow, 1))
		fail(out, SUPPRESS_MALFORMED,
			arena_printf(a, "unknown directive \"%s\"; did you mean \"allow\"?", word),
			"write " EXAMPLE);
	else
		fail(out, SUPPRESS_MALFORMED,
			n ? arena_printf(a, "unknown directive \"%s\"; only \"allow\" exists", word)
			  : arena_printf(
				    a, "expected \"allow(rule)\", not \"%s\"", excerpt(a, text)),
			"write " EXAMPLE);
	return NULL;
}

/* Runs of white space become one blank, so that a reason over several lines reads as one. */
static const char *one_line(struct arena *a, const char *s)
{
	struct strbuf b;
	strbuf_init(&b, a);
	for (s = skip_blanks(s); *s;) {
		size_t n = strcspn(s, " \t\r\n");
		strbuf_addn(&b, s, n);
		s = skip_blanks(s + n);
		if (*s)
			strbuf_addc(&b, ' ');
	}
	return strbuf_str(&b);
}

void suppress_parse(struct arena *a, const char *text, struct suppress_text *out)
{
	*out = (struct suppress_text){.reason = "", .message = "", .fix = ""};
	const char *s = parse_allow(a, skip_blanks(text), out);
	if (!s) {
		out->rules.nr = 0;
		return;
	}
	s = skip_blanks(s);
	if (str_has_prefix(s, "reason:")) {
		out->reason = one_line(a, s + strlen("reason:"));
		if (!*out->reason)
			fail(out, SUPPRESS_NO_REASON,
				"suppression has nothing after \"reason:\", so it does not count",
				"say why the finding may stand: reason: the pool ends it");
	} else if (*s) {
		/* Most likely the reason, written without its label or behind another one. */
		s += strspn(s, ":-=/, \t");
		fail(out, SUPPRESS_NO_REASON,
			"suppression does not introduce its reason with \"reason:\", so it does "
			"not count",
			*s ? arena_printf(a, "write reason: %s", one_line(a, s))
			   : "write " EXAMPLE);
	} else {
		fail(out, SUPPRESS_NO_REASON, "suppression gives no reason, so it does not count",
			"say why the finding may stand: reason: the pool ends it");
	}
}
