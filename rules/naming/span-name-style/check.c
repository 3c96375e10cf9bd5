/* span-name-style: a literal name that carries what changes from one call to the next, or that is
 * not in the house's style. */
#include "base/str.h"
#include "engine/tell.h"
#include "flow/strings.h"

#include <ctype.h>
#include <regex.h>
#include <string.h>
#include <strings.h>

void rule_span_name_style(struct rule_run *run);

/* 8-4-4-4-12 hexadecimal digits */
static bool has_uuid(const char *s)
{
	static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	for (; *s; s++) {
		size_t i = 0;
		while (shape[i] && s[i] &&
			(shape[i] == '-' ? s[i] == '-' : isxdigit((unsigned char)s[i])))
			i++;
		if (!shape[i])
			return true;
	}
	return false;
}

static bool has_url(const char *s)
{
	const char *at = strstr(s, "://");
	return at && at > s && isalpha((unsigned char)at[-1]);
}

/* A statement and not only its verb: "SELECT * FROM orders", "DELETE FROM x". */
static bool has_sql(const char *s)
{
	static const struct {
		const char *verb, *then;
	} words[] = {{"select ", " from "}, {"insert into ", " values"}, {"insert into ", "("},
		{"update ", " set "}, {"delete from ", " where "}, {"select ", "*"}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strncasecmp(s, words[i].verb, strlen(words[i].verb)) != 0)
			continue;
		for (const char *rest = s + strlen(words[i].verb) - 1; *rest; rest++)
			if (strncasecmp(rest, words[i].then, strlen(words[i].then)) == 0)
				return true;
	}
	return false;
}

/* A number of its own, "order 4711" or "/users/42"; not the 2 of "http2", "v2", or a status. */
static bool has_number(const char *s)
{
	for (size_t i = 0; s[i]; i++) {
		bool begins =
			isdigit((unsigned char)s[i]) && (!i || strchr(" /#:=_-", s[i - 1]) != NULL);
		if (!begins)
			continue;
		size_t n = strspn(s + i, "0123456789");
		if (n >= 2 && (!s[i + n] || strchr(" /#:=_-", s[i + n])))
			return true;
		i += n - 1;
	}
	return false;
}

static const char *what_is_wrong(const char *name)
{
	if (has_uuid(name))
		return "has a UUID in it";
	if (has_url(name))
		return "has a URL in it";
	if (has_sql(name))
		return "is a statement";
	if (has_number(name))
		return "has a number in it";
	return NULL;
}

static void report(struct rule_run *run, const struct func *f, uint32_t op, const char *name,
	const char *wrong, const char *fix)
{
	tell(run, f, &f->ir->ops[op].loc, name, tell_text(run, "span name \"%s\" %s", name, wrong),
		"a name is the group that a span is counted in: it says what is done, and "
		"attributes say to which one",
		fix, NULL);
}

static void check(struct rule_run *run, const regex_t *style, const struct func *f, uint32_t op,
	const char *name)
{
	const char *wrong = what_is_wrong(name);
	if (wrong)
		report(run, f, op, name, wrong,
			"keep what is the same for every call, and put the rest into an "
			"attribute");
	else if (style && regexec(style, name, 0, NULL, 0) == REG_NOMATCH)
		report(run, f, op, name,
			tell_text(run, "is not in the style of this project, \"%s\"",
				run->program->config->span_names),
			"name it as \"span_names\" in otel-tidy.json says");
}

void rule_span_name_style(struct rule_run *run)
{
	const char *pattern = run->program->config->span_names;
	regex_t style;
	bool has_style = pattern[0] && regcomp(&style, pattern, REG_EXTENDED | REG_NOSUB) == 0;
	for (size_t i = 0; i < run->program->funcs.nr; i++) {
		struct func *f = run->program->funcs.at[i];
		if (f->ir->flags & (IR_FUNC_SYSTEM | IR_FUNC_TEMPLATE))
			continue;
		for (uint32_t k = 0; k < f->nr_sites; k++)
			if (f->sites[k].name)
				check(run, has_style ? &style : NULL, f, f->sites[k].op,
					f->sites[k].name);
		for (uint32_t k = 0; k < f->nr_calls; k++) {
			const struct model_call *m = f->calls[k].model;
			if (!m || m->effect != EFFECT_RENAME || m->name < 0)
				continue;
			const char *name = value_string(values_of(run->program, f),
				ir_call_arg(&f->ir->ops[f->calls[k].op], (unsigned)m->name));
			if (name)
				check(run, has_style ? &style : NULL, f, f->calls[k].op, name);
		}
	}
	if (has_style)
		regfree(&style);
}
