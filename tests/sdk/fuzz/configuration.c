/* Fuzzing of declarative configuration: the input is a file. It is taken, or refused with a
 * message; in both cases the SDK can be used and shut down afterwards. Components named "own" are
 * this program's. */
#include <ctel/ctel.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static unsigned nr_messages;

static void on_log(void *user, ctel_level level, const char *message)
{
	(void)user;
	(void)level;
	for (const char *c = message; *c; c++)
		if ((unsigned char)*c < 0x20 && *c != '\t') {
			fprintf(stderr, "fuzz configuration: a control character in \"%s\"\n",
				message);
			abort();
		}
	nr_messages++;
}

/* Asks for everything there is, down to some depth: a file may lead in circles. */
static void read_all(const ctel_properties *p, const char *key, int depth)
{
	const char *text;
	int64_t integer;
	double real;
	bool truth;

	ctel_property_string(p, key, &text);
	if (ctel_property_int(p, "int", &integer) + ctel_property_double(p, "double", &real) +
			ctel_property_bool(p, "bool", &truth) ==
		3)
		ctel_property_error(p, "int", "all of them");
	if (depth > 4)
		return;
	if (ctel_property_map(p, "map"))
		read_all(ctel_property_map(p, "map"), "text", depth + 1);
	for (size_t i = 0; i < 8 && i < ctel_property_count(p, "list"); i++)
		read_all(ctel_property_item(p, "list", i), depth % 2 ? NULL : "text", depth + 1);
}

static ctel_sampler *own_sampler(void *user, const ctel_properties *p)
{
	(void)user;
	read_all(p, "text", 0);
	return ctel_property_sampler(p, "sampler");
}

static int discard(void *user, const ctel_batch *batch, int timeout_ms)
{
	(void)user;
	(void)batch;
	(void)timeout_ms;
	return 0;
}

static ctel_exporter *own_exporter(void *user, const ctel_properties *p)
{
	static const ctel_exporter_ops ops = {.export_batch = discard};

	(void)user;
	if (!ctel_property_keys(p, "text int double bool map list exporter"))
		return NULL;
	read_all(p, "text", 0);
	ctel_exporter *inner = ctel_property_exporter(p, "exporter");
	return inner ? inner : ctel_exporter_callback(&ops, NULL);
}

static bool own_processor(void *user, const ctel_properties *p, ctel_processor *out)
{
	(void)user;
	read_all(p, "text", 0);
	out->exporter = ctel_property_exporter(p, "exporter");
	return out->exporter;
}

static bool own_propagator(void *user, const ctel_properties *p, ctel_propagator *out)
{
	(void)user;
	(void)out;
	read_all(p, "text", 0);
	return true;
}

static void register_own(void)
{
	static bool is_done;

	if (is_done)
		return;
	is_done = true;
	if (ctel_register_sampler("own", own_sampler, NULL) ||
		ctel_register_exporter("own", own_exporter, NULL) ||
		ctel_register_processor("own", own_processor, NULL) ||
		ctel_register_propagator("own", own_propagator, NULL))
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	char path[64];
	int fd, rc;

	/* no input may name files that are then made */
	if (n > 1 << 14 || memmem(data, n, "file:", 5))
		return 0;
	register_own();
	ctel_log_to(on_log, NULL);
	fd = memfd_create("configuration", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	nr_messages = 0;
	rc = ctel_init_file(path, "fuzz");
	if (rc && rc != -ENOMEM && !nr_messages) {
		fprintf(stderr, "fuzz configuration: refused (%d) without a message\n", rc);
		abort();
	}
	if (rc == 0) {
		ctel_tracer *t = ctel_tracer_get("fuzz", NULL);
		ctel_attr route = ctel_attr_string("http.route", "/healthz");
		ctel_start opts = {.kind = CTEL_SERVER, .attributes = &route, .nr_attributes = 1};

		/* asks the sampler, but is never ended: nothing is to be sent */
		ctel_span_is_recording(ctel_span_start(t, "GET", &opts));
	}
	ctel_shutdown(0);
	close(fd);
	return 0;
}
