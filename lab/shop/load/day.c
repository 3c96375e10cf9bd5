/* Plays a day in the shop: starts its services, sends a seed's orders, and writes down what came of
 * each, how long it took, and what the services used.
 *
 *	day --kind right --bin DIR --dir DIR [--orders N] [--warmup N] [--seed N] [--concurrency N]
 *	    [--rate N] [--spans] [--preload LIBRARY]
 *
 * Writes DIR/truth.tsv, a line for each order (id, tenant, flag, result, far, microseconds), and
 * DIR/measured.txt, a line for each number. */
#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "orders.h"
#include "services.h"
#include "web/web.h"

struct options {
	struct setup setup;
	unsigned nr_orders, nr_warmup, nr_workers;
	uint64_t seed;
	double rate; /* orders a second; 0: as fast as the shop answers */
};

struct outcome {
	char result[24];
	uint32_t micros;
};

struct play {
	const char *url;
	const struct planned *orders;
	struct outcome *outcomes;
	atomic_uint next;
	unsigned end;
	double rate;
	uint64_t start_ns;
	unsigned first;
};

static uint64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void wait_until(uint64_t ns)
{
	struct timespec t = {
		.tv_sec = (time_t)(ns / 1000000000u), .tv_nsec = (long)(ns % 1000000000u)};
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static void place(const struct play *play, unsigned i)
{
	struct web_response response;
	struct outcome *outcome = &play->outcomes[i];
	uint64_t start = now_ns();
	int rc = web_post(play->url, play->orders[i].form, &response);
	outcome->micros = (uint32_t)((now_ns() - start) / 1000);
	if (rc != 0 || sscanf(response.body, "result=%23[^&]", outcome->result) != 1)
		snprintf(outcome->result, sizeof(outcome->result), "no_answer");
}

static void *work(void *user)
{
	struct play *play = user;
	unsigned i;
	while ((i = atomic_fetch_add(&play->next, 1)) < play->end) {
		if (play->rate > 0)
			wait_until(
				play->start_ns + (uint64_t)((i - play->first) * 1e9 / play->rate));
		place(play, i);
	}
	return NULL;
}

/* Orders first … end - 1; how many seconds they took. */
static double play_orders(struct play *play, unsigned first, unsigned end, unsigned nr_workers)
{
	pthread_t threads[64];
	unsigned nr = 0;
	play->first = first;
	play->end = end;
	atomic_store(&play->next, first);
	play->start_ns = now_ns();
	while (nr < nr_workers && pthread_create(&threads[nr], NULL, work, play) == 0)
		nr++;
	for (unsigned i = 0; i < nr; i++)
		pthread_join(threads[i], NULL);
	return (double)(now_ns() - play->start_ns) / 1e9;
}

static int by_micros(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static uint32_t quantile(const uint32_t *sorted, unsigned nr, double q)
{
	return nr ? sorted[(unsigned)((nr - 1) * q + 0.5)] : 0;
}

static FILE *create(const struct options *options, const char *name)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/%s", options->setup.dir, name);
	FILE *f = fopen(path, "w");
	if (!f)
		perror(path);
	return f;
}

static int write_truth(
	const struct options *options, const struct planned *orders, const struct outcome *outcomes)
{
	FILE *f = create(options, "truth.tsv");
	if (!f)
		return -1;
	for (unsigned i = 0; i < options->nr_warmup + options->nr_orders; i++)
		fprintf(f, "%s\t%s\t%s\t%s\t%s\t%u\n", orders[i].id, orders[i].tenant,
			orders[i].is_flagged ? "true" : "false", outcomes[i].result,
			orders[i].is_far ? "far" : "near", outcomes[i].micros);
	return fclose(f);
}

/* Latency is that of orders whose goods are near: the wait for the others is the shop's own. */
static int write_measured(const struct options *options, const struct planned *orders,
	const struct outcome *outcomes, double seconds, uint64_t cpu)
{
	uint32_t *sorted = calloc(options->nr_orders, sizeof(*sorted));
	FILE *f = create(options, "measured.txt");
	unsigned nr = 0, end = options->nr_warmup + options->nr_orders, nr_unanswered = 0;
	if (!f || !sorted) {
		free(sorted);
		return f ? fclose(f), -1 : -1;
	}
	for (unsigned i = options->nr_warmup; i < end; i++) {
		nr_unanswered += !strcmp(outcomes[i].result, "no_answer");
		if (!orders[i].is_far)
			sorted[nr++] = outcomes[i].micros;
	}
	qsort(sorted, nr, sizeof(*sorted), by_micros);
	fprintf(f, "orders %u\nunanswered %u\nseconds %.3f\n", options->nr_orders, nr_unanswered,
		seconds);
	fprintf(f, "p50_us %u\np99_us %u\n", quantile(sorted, nr, 0.5), quantile(sorted, nr, 0.99));
	fprintf(f, "cpu_us %.1f\n", (double)cpu / 1000 / options->nr_orders);
	free(sorted);
	return fclose(f);
}

static int play_day(const struct options *options, struct planned *orders, struct outcome *outcomes)
{
	struct play play = {.orders = orders, .outcomes = outcomes, .rate = options->rate};
	unsigned end = options->nr_warmup + options->nr_orders;
	uint64_t before, after;
	orders_plan(options->seed, orders, end);
	play.url = services_start(&options->setup);
	if (!play.url)
		return 1;
	play_orders(&play, 0, options->nr_warmup, options->nr_workers);
	before = services_cpu();
	double seconds = play_orders(&play, options->nr_warmup, end, options->nr_workers);
	/* With what it takes to end, since that is when the last spans are exported. */
	int rc = services_stop(&after);
	if (write_truth(options, orders, outcomes) != 0 ||
		write_measured(options, orders, outcomes, seconds, after - before) != 0)
		rc = -1;
	return rc == 0 ? 0 : 1;
}

static bool read_option(struct options *options, const char *name, const char *value)
{
	char *end = "";
	if (!strcmp(name, "--kind"))
		options->setup.kind = value;
	else if (!strcmp(name, "--bin"))
		options->setup.bin = value;
	else if (!strcmp(name, "--dir"))
		options->setup.dir = value;
	else if (!strcmp(name, "--preload"))
		options->setup.preload = value;
	else if (!strcmp(name, "--orders"))
		options->nr_orders = (unsigned)strtoul(value, &end, 10);
	else if (!strcmp(name, "--warmup"))
		options->nr_warmup = (unsigned)strtoul(value, &end, 10);
	else if (!strcmp(name, "--concurrency"))
		options->nr_workers = (unsigned)strtoul(value, &end, 10);
	else if (!strcmp(name, "--seed"))
		options->seed = strtoull(value, &end, 10);
	else if (!strcmp(name, "--rate"))
		options->rate = strtod(value, &end);
	else
		return false;
	return *value && !*end;
}

static bool read_options(struct options *options, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--spans"))
			options->setup.has_spans = true;
		else if (i + 1 == argc || !read_option(options, argv[i], argv[i + 1]))
			return false;
		else
			i++;
	}
	return options->setup.kind && options->setup.bin && options->setup.dir &&
	       options->nr_orders > 0 && options->nr_workers > 0 && options->nr_workers <= 64;
}

int main(int argc, char **argv)
{
	struct options options = {.nr_orders = 200, .nr_workers = 4, .seed = 42};
	if (!read_options(&options, argc, argv)) {
		fprintf(stderr, "usage: day --kind under|right|over --bin DIR --dir DIR\n"
				"           [--orders N] [--warmup N] [--seed N] [--concurrency N] "
				"[--rate N]\n           [--spans] [--preload LIBRARY]\n");
		return 2;
	}
	size_t nr = options.nr_warmup + options.nr_orders;
	struct planned *orders = calloc(nr, sizeof(*orders));
	struct outcome *outcomes = calloc(nr, sizeof(*outcomes));
	int rc = 1;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (orders && outcomes)
		rc = play_day(&options, orders, outcomes);
	free(orders);
	free(outcomes);
	curl_global_cleanup();
	return rc;
}
