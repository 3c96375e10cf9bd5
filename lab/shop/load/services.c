/* Starts the shop's services, tells them of each other, and ends them. */
#include "services.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NR_SERVICES      4
#define START_TIMEOUT_MS 20000

struct service {
	const char *name;
	const char *told_as; /* the variable by which others find it */
	const char *path;
	pid_t pid;
	char url[64];
};

/* Each after those it calls. */
static struct service services[NR_SERVICES] = {
	{.name = "payment", .told_as = "PAYMENT_URL", .path = "/charge"},
	{.name = "inventory", .told_as = "INVENTORY_URL", .path = ""},
	{.name = "checkout", .told_as = "CHECKOUT_URL", .path = "/checkout"},
	{.name = "storefront", .told_as = "STOREFRONT_URL", .path = "/orders"},
};

static void sleep_ms(long ms)
{
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	nanosleep(&t, NULL);
}

/* In the child; nothing returns from here. */
static void become(const struct setup *setup, const struct service *service, pid_t parent)
{
	char program[512], port_file[512], spans[512];
	bool is_checkout = !strcmp(service->name, "checkout");
	const char *variant = !strcmp(setup->kind, "under") ? "quiet" : "watched";
	prctl(PR_SET_PDEATHSIG, SIGTERM); /* no service outlives whoever started it */
	if (getppid() != parent)
		_exit(1);
	snprintf(program, sizeof(program), "%s/%s-%s", setup->bin, service->name,
		is_checkout ? setup->kind : variant);
	snprintf(port_file, sizeof(port_file), "%s/%s.port", setup->dir, service->name);
	snprintf(spans, sizeof(spans), "%s/%s.jsonl", setup->dir, service->name);
	setenv("OTEL_SERVICE_NAME", service->name, 1);
	setenv("no_proxy", "127.0.0.1", 1);
	if (setup->has_spans)
		setenv("CTEL_FILE", spans, 1);
	if (setup->preload)
		setenv("LD_PRELOAD", setup->preload, 1);
#ifdef __SANITIZE_ADDRESS__
	if (setup->preload) /* the library that is loaded first has the runtime behind it */
		setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
#endif
	execl(program, program, "--port-file", port_file, (char *)NULL);
	fprintf(stderr, "%s: %s\n", program, strerror(errno));
	_exit(127);
}

/* Waits until the service has said where it listens. */
static int find_port(const struct setup *setup, struct service *service)
{
	char path[512];
	unsigned port = 0;
	snprintf(path, sizeof(path), "%s/%s.port", setup->dir, service->name);
	for (int waited = 0; waited < START_TIMEOUT_MS; waited += 5) {
		FILE *f = fopen(path, "r");
		if (f) {
			int nr = fscanf(f, "%u", &port);
			fclose(f);
			unlink(path);
			if (nr != 1)
				break;
			snprintf(service->url, sizeof(service->url), "http://127.0.0.1:%u%s", port,
				service->path);
			setenv(service->told_as, service->url, 1);
			return 0;
		}
		if (waitpid(service->pid, NULL, WNOHANG) == service->pid) {
			service->pid = 0;
			break;
		}
		sleep_ms(5);
	}
	fprintf(stderr, "day: the %s service does not start\n", service->name);
	return -1;
}

const char *services_start(const struct setup *setup)
{
	for (int i = 0; i < NR_SERVICES; i++) {
		struct service *service = &services[i];
		char old[512];
		pid_t parent = getpid();
		snprintf(old, sizeof(old), "%s/%s.port", setup->dir, service->name);
		unlink(old);
		snprintf(old, sizeof(old), "%s/%s.jsonl", setup->dir, service->name);
		if (setup->has_spans)
			unlink(old);
		service->pid = fork();
		if (service->pid == 0)
			become(setup, service, parent);
		if (service->pid < 0 || find_port(setup, service) != 0) {
			uint64_t cpu;
			services_stop(&cpu);
			return NULL;
		}
	}
	return services[NR_SERVICES - 1].url;
}

uint64_t services_cpu(void)
{
	uint64_t sum = 0;
	for (int i = 0; i < NR_SERVICES; i++) {
		clockid_t clock;
		struct timespec t;
		if (services[i].pid > 0 && clock_getcpuclockid(services[i].pid, &clock) == 0 &&
			clock_gettime(clock, &t) == 0)
			sum += (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
	}
	return sum;
}

static uint64_t of(struct timeval t)
{
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_usec * 1000u;
}

/* From the storefront on: who calls ends before whom it calls. */
int services_stop(uint64_t *cpu)
{
	int rc = 0;
	*cpu = 0;
	for (int i = NR_SERVICES - 1; i >= 0; i--) {
		struct service *service = &services[i];
		struct rusage usage;
		int status;
		if (service->pid <= 0)
			continue;
		kill(service->pid, SIGTERM);
		if (wait4(service->pid, &status, 0, &usage) != service->pid || status != 0) {
			fprintf(stderr, "day: the %s service ended with status %d\n", service->name,
				status);
			rc = -1;
		} else {
			*cpu += of(usage.ru_utime) + of(usage.ru_stime);
		}
		service->pid = 0;
	}
	return rc;
}
