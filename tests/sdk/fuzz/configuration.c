/* Fuzzing of declarative configuration: the input is a file. It is taken, or refused with a
 * message; in both cases the SDK can be used and shut down afterwards. */
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

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	char path[64];
	int fd, rc;

	/* no input may name files that are then made */
	if (n > 1 << 14 || memmem(data, n, "file:", 5))
		return 0;
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
