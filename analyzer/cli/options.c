/* Parses the command line by the table of options. */
#include "cli/options.h"

#include "base/process.h"
#include "base/str.h"
#include "report/report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct option {
	const char *name;     /* "--profile" */
	const char *letter;   /* "-p", or NULL */
	const char *argument; /* how help calls it; NULL: it takes none */
	const char *commands; /* " check diff link ninja " */
	const char *help;
	bool (*set)(struct options *o, const char *value, const char **error);
};

static bool set_database(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->database = value;
	return true;
}

static bool set_config(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->config = value;
	return true;
}

static bool set_out(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->out = value;
	return true;
}

static bool set_cache_dir(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->cache_dir = value;
	return true;
}

static bool set_profile(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->profile = value;
	return true;
}

static bool set_rule(struct options *o, const char *value, const char **error)
{
	(void)error;
	vec_push(o->arena, &o->rules, value);
	return true;
}

static bool set_flag(bool *flag)
{
	*flag = true;
	return true;
}

static bool set_quiet(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_quiet);
}

static bool set_no_cache(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->no_cache);
}

static bool set_diff(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_diff);
}

static bool set_apply(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_apply);
}

static bool set_unsafe(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_unsafe);
}

static bool set_contract(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->contract = value;
	return true;
}

static bool set_trace(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->trace = value;
	return true;
}

static bool set_query(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->query = value;
	return true;
}

static bool set_html(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->html = value;
	return true;
}

static bool set_service(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->service = value;
	return true;
}

static bool set_tree(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_tree);
}

static bool set_keys_only(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_keys_only);
}

static bool set_slowest(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_slowest);
}

static bool set_errors(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_errors);
}

static bool set_baseline(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->baseline = value;
	return true;
}

static bool set_no_config(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->no_config);
}

static bool set_help(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->wants_help);
}

static bool set_version(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->wants_version);
}

static bool one_of(struct options *o, const char *option, const char *value,
	const char *const *words, size_t nr, const char **error)
{
	for (size_t i = 0; i < nr; i++)
		if (str_eq(words[i], value))
			return true;
	const char *near = str_nearest(value, words, nr);
	struct strbuf text;
	strbuf_init(&text, o->arena);
	strbuf_addf(&text, "%s does not know \"%s\"; ", option, value);
	if (near) {
		strbuf_addf(&text, "did you mean \"%s\"?", near);
	} else {
		strbuf_add(&text, "it is one of ");
		for (size_t i = 0; i < nr; i++)
			strbuf_addf(&text, "%s%s", i ? ", " : "", words[i]);
	}
	*error = strbuf_str(&text);
	return false;
}

static bool set_fail_on(struct options *o, const char *value, const char **error)
{
	static const char *const words[] = {"note", "warning", "error", "never"};
	o->fail_on = value;
	return one_of(o, "--fail-on", value, words, 4, error);
}

static bool set_color(struct options *o, const char *value, const char **error)
{
	static const char *const words[] = {"auto", "always", "never"};
	o->color = value;
	return one_of(o, "--color", value, words, 3, error);
}

static bool set_format(struct options *o, const char *value, const char **error)
{
	static const char *const lists[] = {"text", "json", "weaver"};
	const char *const *words = lists;
	size_t nr = str_eq(o->command, "trace") ? 2 : 3;
	if (nr == 3 && !str_eq(o->command, "attributes")) {
		const char **names = arena_array(o->arena, const char *, report_nr_formats);
		for (nr = 0; nr < report_nr_formats; nr++)
			names[nr] = report_formats[nr].name;
		words = names;
	}
	const char *colon = strchr(value, ':');
	struct output out = {.format = value, .file = ""};
	if (colon) {
		out.format = arena_strndup(o->arena, value, (size_t)(colon - value));
		out.file = colon + 1;
	}
	if (colon && !out.file[0]) {
		*error =
			arena_printf(o->arena, "--format %s names no file behind the colon", value);
		return false;
	}
	vec_push(o->arena, &o->outputs, out);
	return one_of(o, "--format", out.format, words, nr, error);
}

static bool parse_number(struct options *o, const char *option, const char *value, unsigned max,
	unsigned *out, const char **error)
{
	char *end;
	errno = 0;
	unsigned long n = strtoul(value, &end, 10);
	if (value[0] >= '0' && value[0] <= '9' && !*end && !errno && n >= 1 && n <= max) {
		*out = (unsigned)n;
		return true;
	}
	*error = arena_printf(
		o->arena, "%s takes a whole number from 1 to %u, not \"%s\"", option, max, value);
	return false;
}

static bool set_jobs(struct options *o, const char *value, const char **error)
{
	return parse_number(o, "-j", value, 1024, &o->jobs, error);
}

static bool set_width(struct options *o, const char *value, const char **error)
{
	return parse_number(o, "--width", value, 1000, &o->width, error);
}

static bool set_timeout(struct options *o, const char *value, const char **error)
{
	return parse_number(o, "--timeout", value, 86400, &o->timeout, error);
}

static bool set_cache_size(struct options *o, const char *value, const char **error)
{
	return parse_number(o, "--cache-size", value, 1u << 24, &o->cache_size, error);
}

static bool parse_amount(struct options *o, const char *option, const char *value, double least,
	double most, double *out, const char **error)
{
	char *end;
	errno = 0;
	double x = strtod(value, &end);
	if (((value[0] >= '0' && value[0] <= '9') || value[0] == '.') && !*end && !errno &&
		x >= least && x <= most) {
		*out = x;
		return true;
	}
	*error = arena_printf(o->arena, "%s takes a number from %g to %g, not \"%s\"", option,
		least, most, value);
	return false;
}

static bool set_traces_per_second(struct options *o, const char *value, const char **error)
{
	return parse_amount(
		o, "--traces-per-second", value, 0.001, 1e9, &o->traces_per_second, error);
}

static bool set_spans_per_trace(struct options *o, const char *value, const char **error)
{
	return parse_amount(o, "--spans-per-trace", value, 1, 1e6, &o->spans_per_trace, error);
}

static bool set_bytes_per_span(struct options *o, const char *value, const char **error)
{
	return parse_amount(o, "--bytes-per-span", value, 1, 1e7, &o->bytes_per_span, error);
}

static bool set_percent(
	struct options *o, const char *option, const char *value, double *out, const char **error)
{
	bool ok = parse_amount(o, option, value, 0, 100, out, error);
	*out /= 100;
	return ok;
}

static bool set_error_share(struct options *o, const char *value, const char **error)
{
	return set_percent(o, "--errors", value, &o->errors, error);
}

static bool set_slow(struct options *o, const char *value, const char **error)
{
	return set_percent(o, "--slow", value, &o->slow, error);
}

static bool set_replicas(struct options *o, const char *value, const char **error)
{
	return parse_amount(o, "--replicas", value, 1, 1e6, &o->replicas, error);
}

static bool set_graph(struct options *o, const char *value, const char **error)
{
	static const char *const words[] = {"text", "dot", "svg"};
	o->graph = value;
	return one_of(o, "--graph", value, words, 3, error);
}

static bool set_plan(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_plan);
}

static bool set_prices(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->prices = value;
	return true;
}

static bool set_embedded(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_embedded);
}

static bool set_root(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->root = value;
	return true;
}

static bool set_depfile(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->depfile = value;
	return true;
}

static bool set_list(struct options *o, const char *value, const char **error)
{
	(void)error;
	o->list = value;
	return true;
}

static bool set_whole(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_whole);
}

static bool set_incomplete_ok(struct options *o, const char *value, const char **error)
{
	(void)value, (void)error;
	return set_flag(&o->is_incomplete_ok);
}

static const struct option table[] = {
	{"--build-path", "-p", "DIR",
		" check diff fix attributes collect link ninja debug why baseline doctor lsp init "
		"evidence "
		"models ",
		"directory of compile_commands.json, or the file itself", set_database},
	{"--jobs", "-j", "N", " check diff fix attributes why baseline doctor lsp evidence models ",
		"worker processes (default: one per processor)", set_jobs},
	{"--traces-per-second", NULL, "N", " pipeline ",
		"what arrives; without it, rules about amounts say nothing", set_traces_per_second},
	{"--replicas", NULL, "N", " pipeline ",
		"of Collectors that sample tails, where no manifest tells", set_replicas},
	{"--graph", NULL, "FORMAT", " pipeline ",
		"draw the pipelines with what they keep: text, dot or svg", set_graph},
	{"--plan", NULL, NULL, " pipeline ",
		"what is kept of each class, and what it takes; with --format json for programs",
		set_plan},
	{"--prices", NULL, "FILE", " pipeline ", "prices for --plan instead of the built-in ones",
		set_prices},
	{"--spans-per-trace", NULL, "N", " pipeline ", "on average (default: 20)",
		set_spans_per_trace},
	{"--bytes-per-span", NULL, "N", " pipeline ", "on average (default: 1000)",
		set_bytes_per_span},
	{"--errors", NULL, "PERCENT", " pipeline ", "of traces with an error (default: 1)",
		set_error_share},
	{"--slow", NULL, "PERCENT", " pipeline ", "of slow traces (default: 2)", set_slow},
	{"--embedded", NULL, NULL, " pipeline ",
		"lint the YAML blocks of pages (the default for .md files)", set_embedded},
	{"--format", NULL, "FORMAT[:FILE]", " check diff link ninja evidence pipeline ",
		"text, json, sarif, github, gitlab, junit, checkstyle, rdjson, agent; may be given "
		"several times",
		set_format},
	{"--format", NULL, "FORMAT[:FILE]", " attributes ", "text, json or weaver", set_format},
	{"--query", NULL, "QUERY", " trace ",
		"count spans: 'name=pay and status=error group by up(tenant.id)'", set_query},
	{"--tree", NULL, NULL, " trace ",
		"every trace as a text without ids and times, for comparing", set_tree},
	{"--html", NULL, "FILE", " trace ", "write one page: waterfall, flame, table of names",
		set_html},
	{"--keys-only", NULL, NULL, " trace ", "with --tree: attributes without their values",
		set_keys_only},
	{"--trace", NULL, "ID", " trace ", "this trace; the first digits of its id are enough",
		set_trace},
	{"--errors", NULL, NULL, " trace ", "traces with an error only", set_errors},
	{"--slowest", NULL, NULL, " trace ", "the trace that took longest", set_slowest},
	{"--service", NULL, "NAME", " evidence ",
		"only spans of this service: others may use the same names", set_service},
	{"--width", NULL, "COLUMNS", " trace ",
		"of the waterfall (default: the terminal's, or 120)", set_width},
	{"--format", NULL, "FORMAT", " trace ", "of --query's answer: text or json", set_format},
	{"--check", NULL, "FILE", " attributes ",
		"compare with a contract that --format json wrote: exit code 1 when they differ",
		set_contract},
	{"--rule", NULL, "RULE", " check diff fix link ninja baseline evidence pipeline ",
		"run this rule only; may be given several times", set_rule},
	{"--profile", NULL, "NAME",
		" check diff fix link ninja pipeline why baseline doctor lsp rules evidence ",
		"recommended or strict", set_profile},
	{"--fail-on", NULL, "SEVERITY", " check diff fix link ninja evidence pipeline ",
		"least severity that makes exit code 1: note, warning (default), error, never",
		set_fail_on},
	{"--baseline", NULL, "FILE", " check diff link ninja pipeline baseline evidence ",
		"findings that are accepted; instead of what otel-tidy.json names", set_baseline},
	{"--config", NULL, "FILE",
		" check diff fix attributes link ninja pipeline why baseline doctor lsp rules "
		"evidence "
		"models ",
		"configuration instead of the otel-tidy.json found", set_config},
	{"--no-config", NULL, NULL,
		" check diff fix attributes link ninja pipeline why baseline doctor lsp rules "
		"evidence "
		"models ",
		"do not look for otel-tidy.json", set_no_config},
	{"--cache-dir", NULL, "DIR",
		" check diff fix attributes why baseline doctor lsp evidence models ",
		"where facts are kept between runs", set_cache_dir},
	{"--cache-size", NULL, "MIB",
		" check diff fix attributes why baseline doctor lsp evidence ",
		"what is kept at most; the least recently used goes first (default: 5120)",
		set_cache_size},
	{"--no-cache", NULL, NULL,
		" check diff fix attributes why baseline doctor lsp evidence models ",
		"analyse everything anew", set_no_cache},
	{"--timeout", NULL, "SECONDS",
		" check diff fix attributes why baseline doctor lsp evidence models ",
		"for one translation unit (default: 120)", set_timeout},
	{"--diff", NULL, NULL, " fix ", "show what would change (default)", set_diff},
	{"--apply", NULL, NULL, " fix ", "write the changes into the sources", set_apply},
	{"--unsafe", NULL, NULL, " fix ",
		"also those that change what the program does or what else uses a constant",
		set_unsafe},
	{"--output", "-o", "FILE", " collect ", "where the facts go", set_out},
	{"--output", "-o", "DIR", " ninja ", "where all of it goes (default: otel-tidy.build)",
		set_out},
	{"--root", NULL, "DIR", " collect link ", "what paths count from (default: here)",
		set_root},
	{"--depfile", NULL, "FILE", " collect ", "the files that were read, for make and ninja",
		set_depfile},
	{"--incomplete-ok", NULL, NULL, " collect ",
		"exit code 0 for a unit that could not be read whole: link will say so",
		set_incomplete_ok},
	{"--list", NULL, "FILE", " link ", "a file that names facts files, one on each line",
		set_list},
	{"--whole", NULL, NULL, " link ", "these are all units of the program", set_whole},
	{"--quiet", "-q", NULL, " check diff fix link ninja baseline evidence pipeline ",
		"findings only, without the closing summary", set_quiet},
	{"--color", NULL, "WHEN", " check diff link ninja pipeline explain trace evidence ",
		"auto (default), always, never", set_color},
	{"--help", "-h", NULL, NULL, "show the usage of the command", set_help},
	{"--version", "-V", NULL, NULL, "show the version", set_version},
};

#define NR_OPTIONS (sizeof(table) / sizeof(table[0]))

static bool knows(const struct option *opt, const char *command)
{
	if (!opt->commands)
		return true;
	char word[64];
	snprintf(word, sizeof(word), " %s ", command);
	return strstr(opt->commands, word) != NULL;
}

/* The option of this command that `arg` spells; *value is set for "--name=value" and "-xvalue". */
static const struct option *find_option(const char *command, const char *arg, const char **value)
{
	*value = NULL;
	for (size_t i = 0; i < NR_OPTIONS; i++) {
		const struct option *o = &table[i];
		if (!knows(o, command))
			continue;
		size_t n = strlen(o->name);
		if (strncmp(arg, o->name, n) == 0 && (arg[n] == '\0' || arg[n] == '=')) {
			if (arg[n] == '=')
				*value = arg + n + 1;
			return o;
		}
		if (o->letter && strncmp(arg, o->letter, 2) == 0 && arg[1] != '-') {
			if (arg[2] && !o->argument)
				continue;
			if (arg[2])
				*value = arg + 2;
			return o;
		}
	}
	return NULL;
}

static const char *unknown_option(struct options *o, const char *arg)
{
	const char *names[NR_OPTIONS];
	size_t nr = 0;
	for (size_t i = 0; i < NR_OPTIONS; i++)
		if (knows(&table[i], o->command))
			names[nr++] = table[i].name;
	const char *near = str_nearest(arg, names, nr);
	if (near)
		return arena_printf(o->arena, "unknown option %s; did you mean %s?", arg, near);
	return arena_printf(
		o->arena, "unknown option %s; see otel-tidy %s --help", arg, o->command);
}

static bool parse_option(struct options *o, int argc, char **argv, int *at, const char **error)
{
	const char *arg = argv[*at], *value;
	const struct option *opt = find_option(o->command, arg, &value);
	if (!opt) {
		*error = unknown_option(o, arg);
		return false;
	}
	if (value && !opt->argument) {
		*error = arena_printf(o->arena, "%s takes no value", opt->name);
		return false;
	}
	if (opt->argument && !value) {
		if (*at + 1 >= argc) {
			*error = arena_printf(
				o->arena, "%s needs a value: %s %s", arg, arg, opt->argument);
			return false;
		}
		value = argv[++*at];
	}
	return opt->set(o, value, error);
}

static bool is_command(const char *word)
{
	for (const struct command *c = commands; c->name; c++)
		if (str_eq(c->name, word))
			return true;
	return false;
}

#define MAX_COMMANDS 32

const char *options_near_command(const char *word)
{
	const char *names[MAX_COMMANDS];
	size_t nr = 0;
	for (const struct command *c = commands; c->name && nr < MAX_COMMANDS; c++)
		names[nr++] = c->name;
	return str_nearest(word, names, nr);
}

bool options_parse(struct options *o, struct arena *a, int argc, char **argv, const char **error)
{
	*o = (struct options){.arena = a,
		.words = argv + 1,
		.nr_words = argc > 0 ? (size_t)argc - 1 : 0,
		.command = "check",
		.database = "",
		.config = "",
		.profile = "",
		.fail_on = "",
		.cache_dir = "",
		.out = "",
		.contract = "",
		.trace = "",
		.baseline = "",
		.root = "",
		.depfile = "",
		.list = "",
		.service = "",
		.graph = "",
		.prices = "",
		.errors = -1,
		.slow = -1,
		.color = "auto",
		.jobs = process_nr_cpus(),
		.timeout = 120,
		.cache_size = 5120};
	int at = 1;
	if (at < argc && is_command(argv[at]))
		o->command = argv[at++];
	for (; at < argc; at++) {
		if (str_eq(argv[at], "--")) {
			o->has_flags = true;
			while (++at < argc)
				vec_push(a, &o->flags, argv[at]);
		} else if (argv[at][0] == '-' && argv[at][1]) {
			if (!parse_option(o, argc, argv, &at, error))
				return false;
		} else {
			vec_push(a, &o->paths, argv[at]);
		}
	}
	return true;
}

bool options_info(const char *command, size_t i, struct option_info *out)
{
	for (size_t k = 0; k < NR_OPTIONS; k++) {
		const struct option *o = &table[k];
		if (!knows(o, command) || i--)
			continue;
		*out = (struct option_info){o->name, o->letter, o->argument, o->help};
		return true;
	}
	return false;
}
