/* SPDX-License-Identifier: Apache-2.0 */
/* The resource: what the spans come from. Detected (service, process, host, SDK), then what the
 * program says, then OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME, each stronger than what came
 * before it (OpenTelemetry specification, "Resource SDK"; names: semantic conventions). */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "sdk.h"

#define FIELD 1 /* Resource.attributes */

/* The semantic conventions whose names the detectors use. */
#define SCHEMA "https://opentelemetry.io/schemas/1.43.0"

static const struct attribute_limits no_limits = {UINT32_MAX, UINT32_MAX};

static void add(struct attribute_set *set, const char *key, const char *value)
{
	if (value && *value) {
		ctel_attr a = ctel_attr_string(key, value);
		attribute_set(set, FIELD, &a, &no_limits);
	}
}

static void add_random_id(struct attribute_set *set)
{
	unsigned char id[16];
	char text[40];
	id_fill(id, sizeof(id));
	id[6] = (unsigned char)((id[6] & 0x0f) | 0x40); /* RFC 9562: version 4 */
	id[8] = (unsigned char)((id[8] & 0x3f) | 0x80);
	int n = 0;
	for (int i = 0; i < 16; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, "%s%02x",
			i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", id[i]);
	add(set, "service.instance.id", text);
}

/* The command, without arguments: those may be secrets. */
static void add_command(struct attribute_set *set)
{
	char command[4096];
	FILE *f = fopen("/proc/self/cmdline", "re"); /* NULs between the arguments */
	size_t n = f ? fread(command, 1, sizeof(command) - 1, f) : 0;
	if (f)
		fclose(f);
	command[n] = '\0';
	add(set, "process.command", command);
}

static void add_process(struct attribute_set *set)
{
	char path[4096];
	struct passwd user, *found = NULL;
	char strings[1024];
	ctel_attr pid = ctel_attr_int("process.pid", getpid());
	attribute_set(set, FIELD, &pid, &no_limits);
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (n > 0) {
		path[n] = '\0';
		add(set, "process.executable.path", path);
		const char *slash = strrchr(path, '/');
		add(set, "process.executable.name", slash ? slash + 1 : path);
	}
	add_command(set);
	if (getpwuid_r(geteuid(), &user, strings, sizeof(strings), &found) == 0 && found)
		add(set, "process.owner", found->pw_name);
}

static void add_host(struct attribute_set *set)
{
	struct utsname u;
	char id[64] = "";
	if (uname(&u) != 0)
		return;
	add(set, "host.name", u.nodename);
	add(set, "host.arch",
		!strcmp(u.machine, "x86_64")    ? "amd64"
		: !strcmp(u.machine, "aarch64") ? "arm64"
						: u.machine);
	add(set, "os.type", "linux");
	add(set, "os.version", u.release);
	FILE *f = fopen("/etc/machine-id", "re");
	if (f && fgets(id, sizeof(id), f)) {
		id[strcspn(id, "\n")] = '\0';
		add(set, "host.id", id);
	}
	if (f)
		fclose(f);
}

/* The id of 64 digits in the name of a control group or of a mount. */
static void add_container(struct attribute_set *set)
{
	static const char *const files[] = {"/proc/self/cgroup", "/proc/self/mountinfo"};
	char line[4096];
	for (int i = 0; i < 2; i++) {
		FILE *f = fopen(files[i], "re");
		while (f && fgets(line, sizeof(line), f)) {
			const char *at = i ? strstr(line, "/containers/") : line;
			for (; at && *at; at += strcspn(at, "0123456789abcdef")) {
				size_t n = strspn(at, "0123456789abcdef");
				if (n == 64) {
					line[at - line + 64] = '\0';
					add(set, "container.id", at);
					fclose(f);
					return;
				}
				at += n;
			}
		}
		if (f)
			fclose(f);
	}
}

static void add_service(struct attribute_set *set, const char *service_name)
{
	char name[300], path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	const char *slash = strrchr(path, '/'), *program = slash ? slash + 1 : path;
	snprintf(name, sizeof(name), *program ? "unknown_service:%.200s" : "unknown_service",
		program);
	add(set, "service.name", service_name && *service_name ? service_name : name);
}

/* ---- OTEL_RESOURCE_ATTRIBUTES --------------------------------------------------------------- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Percent-decoded in place of `out`, with a NUL; false for an escape that is not one. */
static bool decode(struct slice s, char *out)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.s[i];
		if (c == '%') {
			int high = i + 2 < s.n ? hex_digit(s.s[i + 1]) : -1;
			int low = high < 0 ? -1 : hex_digit(s.s[i + 2]);
			if (low < 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		}
		*out++ = c;
	}
	*out = '\0';
	return true;
}

static bool read_pair(struct slice member, char *key, char *value)
{
	const char *equals = memchr(member.s, '=', member.n);
	if (!equals)
		return false;
	size_t key_n = (size_t)(equals - member.s);
	return decode(slice_trim(member.s, key_n), key) &&
	       decode(slice_trim(equals + 1, member.n - key_n - 1), value) && *key;
}

bool resource_add_list(struct attribute_set *set, const char *list)
{
	size_t n = strlen(list) + 1;
	char *key = malloc(2 * n), *value = key + n;
	struct slice member;
	bool is_valid = key != NULL;
	for (const char *rest = list; is_valid && slice_next(&rest, &member);)
		is_valid = !member.n || read_pair(member, key, value);
	for (const char *rest = list; is_valid && slice_next(&rest, &member);)
		if (member.n && read_pair(member, key, value)) {
			ctel_attr a = ctel_attr_string(key, value);
			attribute_set(set, FIELD, &a, &no_limits);
		}
	free(key);
	return is_valid;
}

static bool is_wanted(const struct resource_plan *plan, const char *key)
{
	bool is_in = plan->nr_included == 0;
	for (size_t i = 0; i < plan->nr_included && !is_in; i++)
		is_in = pattern_matches(plan->included[i], key);
	for (size_t i = 0; i < plan->nr_excluded && is_in; i++)
		is_in = !pattern_matches(plan->excluded[i], key);
	return is_in;
}

/* What the detectors find and the plan wants of it. */
static void add_detected(struct attribute_set *set, const struct resource_plan *plan)
{
	struct attribute_set found = {0};
	ctel_attr_view a;
	if (plan->host)
		add_host(&found);
	if (plan->process)
		add_process(&found);
	if (plan->container)
		add_container(&found);
	if (plan->service)
		add_random_id(&found);
	ctel_bytes rest = {found.bytes.data, found.bytes.n};
	while (ctel_next_attribute(&rest, &a)) {
		char key[64];
		snprintf(key, sizeof(key), "%.*s", (int)a.key_n, a.key);
		ctel_attr copy = a.type == CTEL_INT ? ctel_attr_int(key, a.integer)
						    : ctel_attr_string_n(key, a.string, a.n);
		if (is_wanted(plan, key))
			attribute_set(set, FIELD, &copy, &no_limits);
	}
	attribute_set_free(&found);
}

const char *resource_schema(const ctel_config *config, const struct resource_plan *plan)
{
	bool is_detected = plan->host || plan->process || plan->service || plan->container;
	const char *given = config->resource_schema_url;
	if (!given || !*given)
		return is_detected ? SCHEMA : NULL;
	/* Merging two that differ is undefined: "Resource SDK", Merge. */
	if (is_detected && strcmp(given, SCHEMA) != 0)
		log_info("the resource's schema is %s; what is detected follows %s", given, SCHEMA);
	return given;
}

bool resource_make(struct buf *out, const ctel_config *config, const struct resource_plan *plan)
{
	struct attribute_set set = {0};
	bool has_environment = !config->ignores_environment;
	const char *list =
		has_environment ? environment_get("OTEL_RESOURCE_ATTRIBUTES") : plan->list;
	add_detected(&set, plan);
	add_service(&set, config->service_name);
	add(&set, "telemetry.sdk.language", "c");
	add(&set, "telemetry.sdk.name", "ctel");
	add(&set, "telemetry.sdk.version", CTEL_VERSION);
	if (plan->service && !has_environment)
		add(&set, "service.name", environment_get("OTEL_SERVICE_NAME"));
	for (int pass = 0; pass < 2; pass++) {
		/* The environment is stronger than the program, a file's list weaker. */
		bool is_list = has_environment == (pass == 1);
		if (is_list && list && !resource_add_list(&set, list))
			log_warning("resource attributes: not key=value,… with valid %%xx, "
				    "ignored: %s",
				list);
		for (size_t i = 0; !is_list && i < config->nr_resource; i++)
			attribute_set(&set, FIELD, &config->resource[i], &no_limits);
	}
	if (has_environment)
		add(&set, "service.name", environment_get("OTEL_SERVICE_NAME"));
	if (set.cap > NR_INLINE_REFS)
		free(set.refs);
	*out = set.bytes;
	return set.dropped == 0;
}
