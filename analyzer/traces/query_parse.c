/* Reads a query. */
#include "traces/query.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 100
#define TESTS_MAX 1000

struct parser {
	struct arena *arena;
	const char *text, *p;
	const char *error;
	unsigned depth, nr_tests;
};

static const char *const fields[] = {[QUERY_NAME] = "name",
	[QUERY_STATUS] = "status",
	[QUERY_KIND] = "kind",
	[QUERY_SERVICE] = "service",
	[QUERY_SCOPE] = "scope",
	[QUERY_DURATION] = "duration",
	[QUERY_EVENT] = "event",
	[QUERY_TRACE] = "trace"};

#define NR_FIELDS (sizeof(fields) / sizeof(fields[0]))

static void fail(struct parser *p, const char *what)
{
	if (p->error)
		return;
	size_t at = (size_t)(p->p - p->text);
	const char *rest = str_one_line(p->arena, p->p);
	p->error = rest[0] ? arena_printf(p->arena,
				     "the query is not understood at \"%.40s\" (character %zu): %s",
				     rest, at + 1, what)
			   : arena_printf(p->arena, "the query ends too early: %s", what);
}

static void skip_blanks(struct parser *p)
{
	p->p += strspn(p->p, " \t\r\n");
}

/* A bare word ends where the grammar goes on. */
static size_t word_length(const char *s)
{
	return strcspn(s, " \t\r\n\"'()=!<>~,");
}

static bool is_word(struct parser *p, const char *word)
{
	skip_blanks(p);
	size_t n = strlen(word);
	return word_length(p->p) == n && strncmp(p->p, word, n) == 0;
}

static bool take_word(struct parser *p, const char *word)
{
	if (!is_word(p, word))
		return false;
	p->p += strlen(word);
	return true;
}

static bool take(struct parser *p, const char *sign)
{
	skip_blanks(p);
	if (!str_has_prefix(p->p, sign))
		return false;
	p->p += strlen(sign);
	return true;
}

/* A word, or a text in quotes of either kind, in which a backslash stands before what is meant
 * literally. */
static const char *read_text(struct parser *p, bool *is_quoted)
{
	struct strbuf b;
	skip_blanks(p);
	char quote = *p->p;
	*is_quoted = quote == '"' || quote == '\'';
	if (!*is_quoted) {
		size_t n = word_length(p->p);
		const char *word = arena_strndup(p->arena, p->p, n);
		if (!n)
			fail(p, "a word or a text in quotes is expected");
		p->p += n;
		return word;
	}
	const char *start = p->p++;
	strbuf_init(&b, p->arena);
	for (; *p->p && *p->p != quote; p->p++) {
		if (*p->p == '\\' && p->p[1])
			p->p++;
		strbuf_addc(&b, *p->p);
	}
	if (*p->p) {
		p->p++;
	} else {
		p->p = start;
		fail(p, "this text is not closed by another quote");
	}
	return strbuf_str(&b);
}

static struct query_operand read_operand(struct parser *p)
{
	struct query_operand o = {.source = QUERY_ATTRIBUTE};
	bool is_quoted, is_key_quoted;
	skip_blanks(p);
	const char *start = p->p;
	o.key = read_text(p, &is_quoted);
	bool is_up = str_eq(o.key, "up"), is_resource = str_eq(o.key, "resource");
	if (!is_quoted && (is_up || is_resource) && take(p, "(")) {
		o.source = is_up ? QUERY_UP : QUERY_RESOURCE;
		o.key = read_text(p, &is_key_quoted);
		if (!p->error && !take(p, ")"))
			fail(p, "a closing parenthesis is expected");
	} else if (!is_quoted) {
		for (size_t i = 0; i < NR_FIELDS; i++)
			if (str_eq(o.key, fields[i]))
				o.source = (enum query_source)i;
	}
	o.written = arena_strndup(p->arena, start, (size_t)(p->p - start));
	return o;
}

/* "50ms" in nanoseconds; NAN when it is none. */
static double duration(const char *text)
{
	static const struct {
		const char *unit;
		double ns;
	} units[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 6e10}};
	char *end;
	double n = strtod(text, &end);
	for (size_t i = 0; end > text && i < sizeof(units) / sizeof(units[0]); i++)
		if (str_eq(end, units[i].unit))
			return n * units[i].ns;
	return NAN;
}

static double number(const char *text)
{
	char *end;
	double n = strtod(text, &end);
	return end > text && !*end ? n : NAN;
}

static void one_of(struct parser *p, const char *at, const char *what, const char *value,
	const char *const *words, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eq(words[i], value))
			return;
	const char *near = str_nearest(value, words, nr);
	p->p = at;
	fail(p, near ? arena_printf(p->arena, "did you mean %s?", near)
		     : arena_printf(p->arena, "no span has this %s", what));
}

static void check_value(struct parser *p, struct query_node *n, const char *at)
{
	static const char *const kinds[] = {
		"unspecified", "internal", "server", "client", "producer", "consumer"};
	static const char *const statuses[] = {"unset", "ok", "error"};
	bool is_order = n->op != QUERY_EQ && n->op != QUERY_NE && n->op != QUERY_GLOB;
	if (p->error)
		return;
	n->number = n->operand.source == QUERY_DURATION ? duration(n->value) : number(n->value);
	if (n->operand.source == QUERY_DURATION && isnan(n->number)) {
		p->p = at;
		fail(p, "a duration is a number with ns, us, ms, s or m: 50ms");
	} else if (is_order && isnan(n->number)) {
		p->p = at;
		fail(p, "only numbers are larger or smaller than each other");
	} else if (n->op != QUERY_GLOB && n->operand.source == QUERY_KIND) {
		one_of(p, at, "kind", n->value, kinds, 6);
	} else if (n->op != QUERY_GLOB && n->operand.source == QUERY_STATUS) {
		one_of(p, at, "status", n->value, statuses, 3);
	}
}

static struct query_node *read_test(struct parser *p)
{
	static const struct {
		const char *sign;
		enum query_op op;
	} signs[] = {{"!=", QUERY_NE}, {">=", QUERY_GE}, {"<=", QUERY_LE}, {"==", QUERY_EQ},
		{"=", QUERY_EQ}, {">", QUERY_GT}, {"<", QUERY_LT}, {"~", QUERY_GLOB}};
	struct query_node *n = arena_new(p->arena, struct query_node);
	bool is_quoted;
	if (++p->nr_tests > TESTS_MAX)
		fail(p, "it has more than 1000 conditions");
	n->operand = read_operand(p);
	n->op = QUERY_HAS;
	for (size_t i = 0; n->op == QUERY_HAS && i < sizeof(signs) / sizeof(signs[0]); i++)
		if (take(p, signs[i].sign))
			n->op = signs[i].op;
	if (n->op == QUERY_HAS || p->error)
		return n;
	skip_blanks(p);
	const char *at = p->p;
	n->value = read_text(p, &is_quoted);
	check_value(p, n, at);
	return n;
}

static const struct query_node *read_or(struct parser *p);

static const struct query_node *read_one(struct parser *p)
{
	const struct query_node *inner;
	if (++p->depth > DEPTH_MAX) {
		fail(p, "it is nested too deeply");
		return NULL;
	}
	if (take_word(p, "not")) {
		struct query_node *n = arena_new(p->arena, struct query_node);
		n->type = QUERY_NOT;
		n->left = read_one(p);
		inner = n;
	} else if (take(p, "(")) {
		inner = read_or(p);
		if (!p->error && !take(p, ")"))
			fail(p, "a closing parenthesis is expected");
	} else {
		inner = read_test(p);
	}
	p->depth--;
	return inner;
}

static const struct query_node *join(struct parser *p, enum query_node_type type,
	const struct query_node *left, const struct query_node *right)
{
	struct query_node *n = arena_new(p->arena, struct query_node);
	n->type = type;
	n->left = left;
	n->right = right;
	return n;
}

static const struct query_node *read_and(struct parser *p)
{
	const struct query_node *left = read_one(p);
	while (!p->error && take_word(p, "and"))
		left = join(p, QUERY_AND, left, read_one(p));
	return left;
}

static const struct query_node *read_or(struct parser *p)
{
	const struct query_node *left = read_and(p);
	while (!p->error && take_word(p, "or"))
		left = join(p, QUERY_OR, left, read_and(p));
	return left;
}

static bool take_group_by(struct parser *p)
{
	const char *start = p->p;
	if (take_word(p, "group") && take_word(p, "by"))
		return true;
	p->p = start;
	return false;
}

bool query_parse(struct query *q, struct arena *a, const char *text, const char **error)
{
	struct parser p = {.arena = a, .text = text, .p = text};
	*q = (struct query){.where = NULL};
	skip_blanks(&p);
	bool has_where = *p.p && !take_group_by(&p) && !is_word(&p, "count");
	if (has_where) {
		q->where = read_or(&p);
	} else {
		p.p = text;
	}
	if (!p.error && take_group_by(&p)) {
		do {
			struct query_operand by = read_operand(&p);
			vec_push(a, &q->by, by);
		} while (!p.error && take(&p, ","));
	}
	if (!p.error)
		q->is_count = take_word(&p, "count");
	skip_blanks(&p);
	if (!p.error && *p.p)
		fail(&p, "and, or, group by, count or the end is expected");
	*error = p.error;
	return !p.error;
}
