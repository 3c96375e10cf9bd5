/* Plays a script of tracing calls through ctel: the scripts come from calls.py, which knows by
 *itself what must be seen at the other end.
 *
 *	play SCRIPT [--frames FILE] [--stats FILE] [--simple] [--LIMIT N]… [--queue N] [--batch N]
 *
 * Without --frames the environment says where spans go. With it, every batch is written to FILE as
 * protobuf and as JSON: a letter, P or J, four bytes of size (little endian), and the bytes.
 * A line of a script is an operation and its words; strings are hex behind a point, "-" is NULL. */
#include <ctel/ctel.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NR_SLOTS 4096
#define NR_WORDS 4096

static ctel_span *spans[NR_SLOTS];
static ctel_tracer *tracers[NR_SLOTS];
static ctel_ctx contexts[NR_SLOTS];

static char *words[NR_WORDS];
static size_t nr_words, word;
static long line_number;

/* What one line needs; all of it goes at the line's end. */
static void *taken[65536];
static size_t nr_taken;

static void die(const char *why)
{
	fprintf(stderr, "play: line %ld: %s\n", line_number, why);
	exit(2);
}

static void *take(size_t n)
{
	void *p = calloc(1, n ? n : 1);

	if (!p || nr_taken == sizeof(taken) / sizeof(*taken))
		die("too much on one line");
	return taken[nr_taken++] = p;
}

static char *next(void)
{
	if (word == nr_words)
		die("a word is missing");
	return words[word++];
}

static long next_int(void)
{
	return strtol(next(), NULL, 10);
}

static size_t next_slot(void)
{
	long i = next_int();

	if (i < 0 || i >= NR_SLOTS)
		die("no such slot");
	return (size_t)i;
}

static size_t unhex(const char *from, size_t n, unsigned char *to)
{
	for (size_t i = 0; i + 1 < n; i += 2) {
		char pair[3] = {from[i], from[i + 1], 0};

		to[i / 2] = (unsigned char)strtoul(pair, NULL, 16);
	}
	return n / 2;
}

/* The string at `from`, `n` characters of script; NULL for "-". */
static char *string_of(const char *from, size_t n, size_t *size)
{
	char *s;

	if (n == 1 && *from == '-')
		return NULL;
	if (!n || *from != '.')
		die("a string begins with a point");
	s = take(n / 2 + 1);
	*size = unhex(from + 1, n - 1, (unsigned char *)s);
	return s;
}

static char *next_string(void)
{
	const char *w = next();
	size_t n;

	return string_of(w, strlen(w), &n);
}

static double double_of(const char *hex)
{
	uint64_t bits = strtoull(hex, NULL, 16);
	double d;

	memcpy(&d, &bits, sizeof(d));
	return d;
}

static void array_of(ctel_attr *a, char type, char *list)
{
	size_t n = 0;
	char *at;

	for (char *c = list; *c; c++)
		n += *c == ',';
	n += *list != 0;
	char **strings = take(n * sizeof(*strings));
	bool *booleans = take(n * sizeof(*booleans));
	int64_t *integers = take(n * sizeof(*integers));
	double *reals = take(n * sizeof(*reals));

	for (size_t i = 0; (at = strsep(&list, ",")) && i < n; i++) {
		size_t size;

		if (type == 'S')
			strings[i] = string_of(at, strlen(at), &size);
		else if (type == 'D')
			reals[i] = double_of(at);
		else
			booleans[i] = (integers[i] = strtoll(at, NULL, 10)) != 0;
	}
	if (type == 'S')
		*a = ctel_attr_strings(a->key, (const char *const *)strings, n);
	else if (type == 'D')
		*a = ctel_attr_doubles(a->key, reals, n);
	else if (type == 'B')
		*a = ctel_attr_bools(a->key, booleans, n);
	else
		*a = ctel_attr_ints(a->key, integers, n);
}

/* "type:key:value"; changes the word. */
static ctel_attr attribute_of(char *w)
{
	char type = *w, *key = w + 2, *value = strchr(key, ':');
	ctel_attr a = {0};
	size_t n = 0;

	if (w[1] != ':' || !value)
		die("an attribute is type:key:value");
	*value++ = 0;
	a.key = string_of(key, strlen(key), &n);
	switch (type) {
	case 'b':
		return ctel_attr_bool(a.key, *value == '1');
	case 'i':
		return ctel_attr_int(a.key, strtoll(value, NULL, 10));
	case 'u':
		return ctel_attr_uint(a.key, strtoull(value, NULL, 10));
	case 'd':
		return ctel_attr_double(a.key, double_of(value));
	case 's':
		a.v.string = string_of(value, strlen(value), &n);
		return ctel_attr_string_n(a.key, a.v.string, n);
	case 'S':
	case 'B':
	case 'I':
	case 'D':
		array_of(&a, type, value);
		return a;
	}
	die("no such type of attribute");
	return a;
}

/* All words up to the end or to one that begins a link. */
static ctel_attr *next_attributes(size_t *n)
{
	ctel_attr *all = take((nr_words - word) * sizeof(*all));

	for (*n = 0; word < nr_words && *words[word] != '>'; ++*n)
		all[*n] = attribute_of(next());
	return all;
}

static ctel_link next_link(void)
{
	ctel_link link = {0};
	long ctx = strtol(next() + 1, NULL, 10);

	if (ctx < 0 || ctx >= NR_SLOTS)
		die("no such context");
	link.ctx = &contexts[ctx];
	link.attributes = next_attributes(&link.nr_attributes);
	return link;
}

/* Ids are the script's, so that nobody has to ask the SDK for them. */
static unsigned char ids[24];

static void make_ids(void *user, unsigned char *trace_id, unsigned char *span_id)
{
	(void)user;
	if (trace_id)
		memcpy(trace_id, ids, 16);
	memcpy(span_id, ids + 16, 8);
}

static void start(void)
{
	size_t slot = next_slot(), tracer = next_slot();
	const char *id = next(), *parent = next();
	ctel_start opts = {.kind = (ctel_kind)next_int()};
	ctel_ctx of_span, empty = {0};
	ctel_link *links;
	const char *name;

	unhex(id, 48, ids);
	opts.start_ns = strtoull(next(), NULL, 10);
	name = next_string();
	if (*parent == 's') {
		of_span = ctel_ctx_with_span(spans[strtoul(parent + 1, NULL, 10) % NR_SLOTS]);
		opts.parent = &of_span;
	} else if (*parent == 'c') {
		opts.parent = &contexts[strtoul(parent + 1, NULL, 10) % NR_SLOTS];
	} else {
		opts.parent = &empty;
	}
	opts.attributes = next_attributes(&opts.nr_attributes);
	links = take((nr_words - word) * sizeof(*links));
	while (word < nr_words)
		links[opts.nr_links++] = next_link();
	opts.links = links;
	spans[slot] = ctel_span_start(tracers[tracer], name, &opts);
}

/* Each attribute by the call that is made for its type. */
static void set_attributes(void)
{
	ctel_span *s = spans[next_slot()];
	size_t n;
	ctel_attr *all = next_attributes(&n);

	for (ctel_attr *a = all; a < all + n; a++)
		switch (a->type) {
		case CTEL_STRING:
			if (a->v.string && strlen(a->v.string) == a->n)
				ctel_set_string(s, a->key, a->v.string);
			else
				ctel_set_string_n(s, a->key, a->v.string, a->n);
			break;
		case CTEL_BOOL:
			ctel_set_bool(s, a->key, a->v.boolean);
			break;
		case CTEL_INT:
			ctel_set_int(s, a->key, a->v.integer);
			break;
		case CTEL_DOUBLE:
			ctel_set_double(s, a->key, a->v.real);
			break;
		case CTEL_STRINGS:
			ctel_set_strings(s, a->key, a->v.strings, a->n);
			break;
		case CTEL_BOOLS:
			ctel_set_bools(s, a->key, a->v.booleans, a->n);
			break;
		case CTEL_INTS:
			ctel_set_ints(s, a->key, a->v.integers, a->n);
			break;
		case CTEL_DOUBLES:
			ctel_set_doubles(s, a->key, a->v.reals, a->n);
			break;
		}
}

static void make_tracer(void)
{
	size_t slot = next_slot();
	ctel_scope_info info = {.name = next_string()};

	info.version = next_string();
	info.schema_url = next_string();
	info.attributes = next_attributes(&info.nr_attributes);
	tracers[slot] = ctel_tracer_get_scope(&info);
}

static void make_context(void)
{
	size_t slot = next_slot();
	unsigned char both[24];
	const char *hex = next();
	unsigned char flags = (unsigned char)next_int();
	bool is_remote = next_int() != 0;

	unhex(hex, 48, both);
	contexts[slot] = ctel_ctx_make(both, both + 16, flags, next_string(), is_remote);
}

static void event(bool is_exception)
{
	ctel_span *s = spans[next_slot()];
	const char *name = next_string(), *message = NULL, *stack = NULL;
	uint64_t time = 0;
	size_t n;
	ctel_attr *all;

	if (is_exception) {
		message = next_string();
		stack = next_string();
	} else {
		time = strtoull(next(), NULL, 10);
	}
	all = next_attributes(&n);
	if (is_exception)
		ctel_span_exception(s, name, message, stack, all, n);
	else if (!n && !time)
		ctel_event(s, name);
	else
		ctel_event_with(s, name, all, n, time);
}

static void several_attributes(void)
{
	ctel_span *s = spans[next_slot()];
	size_t n;
	ctel_attr *all = next_attributes(&n);

	ctel_set_attributes(s, all, n);
}

static void add_link(void)
{
	ctel_span *s = spans[next_slot()];
	ctel_link link = next_link();

	ctel_span_link(s, &link);
}

static void error(bool is_status)
{
	ctel_span *s = spans[next_slot()];

	if (is_status) {
		ctel_status code = (ctel_status)next_int();

		ctel_span_status(s, code, next_string());
	} else {
		const char *type = next_string();

		ctel_span_error(s, type, next_string());
	}
}

static void end(void)
{
	size_t slot = next_slot();

	ctel_span_end_at(spans[slot], strtoull(next(), NULL, 10));
	spans[slot] = NULL;
}

static void run_line(void)
{
	const char *op = next();
	ctel_span *s;

	switch (*op) {
	case 'T':
		make_tracer();
		break;
	case 'C':
		make_context();
		break;
	case 'S':
		start();
		break;
	case 'A':
		set_attributes();
		break;
	case 'M':
		several_attributes();
		break;
	case 'E':
	case 'Y':
		event(*op == 'Y');
		break;
	case 'K':
		add_link();
		break;
	case 'X':
	case 'U':
		error(*op == 'U');
		break;
	case 'R':
		s = spans[next_slot()];
		ctel_span_rename(s, next_string());
		break;
	case 'Z':
		end();
		break;
	case 'F':
		ctel_flush((int)next_int());
		break;
	case 'W':
		usleep((useconds_t)next_int() * 1000);
		break;
	default:
		die("no such operation");
	}
}

static int export_frames(void *user, const ctel_batch *batch, int timeout_ms)
{
	FILE *out = user;

	(void)timeout_ms;
	for (int i = 0; i < 2; i++) {
		size_t n = 0;
		void *bytes = i ? (void *)ctel_encode_json(batch, &n)
				: (void *)ctel_encode_protobuf(batch, &n);
		unsigned char size[4] = {(unsigned char)n, (unsigned char)(n >> 8),
			(unsigned char)(n >> 16), (unsigned char)(n >> 24)};

		if (!bytes)
			return -ENOMEM;
		fputc("PJ"[i], out);
		fwrite(size, 1, sizeof(size), out);
		fwrite(bytes, 1, n, out);
		free(bytes);
	}
	return fflush(out) ? -errno : 0;
}

/* Returns the option's value; NULL when the argument is another one. */
static const char *option(char **argv, int *i, const char *name)
{
	if (strcmp(argv[*i], name) != 0 || !argv[*i + 1])
		return NULL;
	return argv[++*i];
}

static const struct {
	const char *name;
	size_t at;
} limits[] = {
	{"--attributes", offsetof(ctel_limits, attributes)},
	{"--events", offsetof(ctel_limits, events)},
	{"--links", offsetof(ctel_limits, links)},
	{"--event-attributes", offsetof(ctel_limits, event_attributes)},
	{"--link-attributes", offsetof(ctel_limits, link_attributes)},
	{"--value-length", offsetof(ctel_limits, value_length)},
};

struct settings {
	const char *script, *frames, *stats, *service;
	ctel_config config;
};

static void read_arguments(int argc, char **argv, struct settings *to)
{
	ctel_processor *p = &to->config.processors[0];

	for (int i = 1; i < argc; i++) {
		const char *v = NULL;

		for (size_t k = 0; k < sizeof(limits) / sizeof(*limits) && !v; k++)
			if ((v = option(argv, &i, limits[k].name)))
				*(int *)(void *)((char *)&to->config.limits + limits[k].at) =
					atoi(v);
		if (v)
			continue;
		if ((v = option(argv, &i, "--frames")))
			to->frames = v;
		else if ((v = option(argv, &i, "--stats")))
			to->stats = v;
		else if ((v = option(argv, &i, "--queue")))
			p->max_queue = atoi(v);
		else if ((v = option(argv, &i, "--batch")))
			p->max_batch = atoi(v);
		else if (strcmp(argv[i], "--simple") == 0)
			p->is_simple = true;
		else if (argv[i][0] == '-' || to->script)
			die("no such argument; see the head of play.c");
		else
			to->script = argv[i];
	}
	if (!to->script)
		die("which script?");
}

static bool is_first_word(const char *line, char op)
{
	return line[0] == op && (line[1] == ' ' || line[1] == '\n');
}

static void split(char *line)
{
	char *w;

	word = nr_words = 0;
	while ((w = strsep(&line, " \n")))
		if (*w) {
			if (nr_words == NR_WORDS)
				die("too many words");
			words[nr_words++] = w;
		}
}

static void forget_line(void)
{
	while (nr_taken)
		free(taken[--nr_taken]);
}

static void begin(struct settings *with, size_t nr_resource, ctel_attr *resource)
{
	FILE *out = NULL;
	int rc;

	with->config.resource = resource;
	with->config.nr_resource = nr_resource;
	with->config.make_ids = make_ids;
	if (with->frames) {
		static const ctel_exporter_ops ops = {.export_batch = export_frames};

		if (!(out = fopen(with->frames, "w")))
			die(strerror(errno));
		with->config.processors[0].exporter = ctel_exporter_callback(&ops, out);
		with->config.no_detectors = true;
	}
	rc = ctel_init_with(&with->config);
	if (rc)
		die(strerror(-rc));
}

static void write_stats(const char *path)
{
	FILE *out = fopen(path, "w");
	ctel_stats s;

	if (!out)
		die(strerror(errno));
	ctel_stats_get(&s);
	fprintf(out,
		"{\"started\":%" PRIu64 ",\"ended\":%" PRIu64 ",\"exported\":%" PRIu64
		",\"dropped\":%" PRIu64 ",\"misused\":%" PRIu64 ",\"rejected\":%" PRIu64
		",\"retried\":%" PRIu64 ",\"queued\":%" PRIu64 ",\"bytes\":%" PRIu64 "}\n",
		s.started, s.ended, s.exported, s.dropped, s.misused, s.rejected, s.retried,
		s.queued, s.bytes);
	fclose(out);
}

int main(int argc, char **argv)
{
	struct settings with = {0};
	bool has_begun = false;
	char *line = NULL;
	size_t cap = 0;
	FILE *in;

	read_arguments(argc, argv, &with);
	if (!(in = fopen(with.script, "r")))
		die(strerror(errno));
	while (getline(&line, &cap, in) > 0) {
		line_number++;
		bool is_resource = is_first_word(line, 'P');

		split(line);
		if (!has_begun) { /* a first line P has the resource */
			ctel_attr *resource = NULL;
			size_t n = 0;

			if (is_resource) {
				next();
				resource = next_attributes(&n);
			}
			begin(&with, n, resource);
			has_begun = true;
		}
		if (!is_resource && nr_words)
			run_line();
		forget_line();
	}
	free(line);
	fclose(in);
	int rc = ctel_shutdown(20000);

	if (with.stats)
		write_stats(with.stats);
	for (size_t i = 0; i < NR_SLOTS; i++)
		ctel_ctx_release(&contexts[i]);
	return rc ? 3 : 0;
}
