/* SPDX-License-Identifier: Apache-2.0 */
/* The life of the SDK: start, flush, shutdown, forks. There is at most one provider at work; those
 * before it are kept, because a thread may still be looking at one. */
#include <errno.h>
#include <stdlib.h>

#include "sdk.h"

_Atomic(struct provider *) provider_active;

static struct provider *providers;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* start, shutdown, fork */
static _Atomic uint64_t last_generation;

uint64_t provider_generation(void)
{
	return atomic_fetch_add(&last_generation, 1) + 1;
}

/* ---- Forks: nothing is left locked, and what waited is the parent's ------------------------- */

static void fork_prepare(void)
{
	pthread_mutex_lock(&lock);
	tracer_lock();
	struct provider *p = provider_get();
	for (unsigned i = 0; p && i < p->nr_processors; i++)
		worker_fork_lock(&p->processors[i]);
	thread_lock_all();
	pool_fork_lock();
	log_lock();
}

static void fork_parent(void)
{
	log_unlock();
	pool_fork_unlock();
	thread_unlock_all();
	struct provider *p = provider_get();
	for (unsigned i = 0; p && i < p->nr_processors; i++)
		worker_fork_unlock(&p->processors[i]);
	tracer_unlock();
	pthread_mutex_unlock(&lock);
}

static void fork_child(void)
{
	log_unlock();
	pool_fork_child();
	thread_fork_child();
	count_reset();
	id_forked();
	struct provider *p = provider_get();
	if (p)
		p->generation = provider_generation();
	for (unsigned i = 0; p && i < p->nr_processors; i++)
		worker_fork_child(&p->processors[i]);
	tracer_unlock();
	pthread_mutex_unlock(&lock);
}

static void register_fork(void)
{
	pthread_atfork(fork_prepare, fork_parent, fork_child);
}

/* ---- Start ---------------------------------------------------------------------------------- */

static uint32_t limit_of(int given, uint32_t otherwise)
{
	return given == CTEL_NO_LIMIT  ? UINT32_MAX
	       : given == CTEL_LIMIT_0 ? 0
	       : given > 0             ? (uint32_t)given
				       : otherwise;
}

static int positive(int given, int otherwise)
{
	return given > 0 ? given : otherwise;
}

static void set_limits(struct provider *p, const ctel_limits *limits)
{
	uint32_t length = limit_of(limits->value_length, UINT32_MAX);
	p->limits = (struct attribute_limits){limit_of(limits->attributes, 128), length};
	p->event_limits =
		(struct attribute_limits){limit_of(limits->event_attributes, 128), length};
	p->link_limits = (struct attribute_limits){limit_of(limits->link_attributes, 128), length};
	p->max_events = limit_of(limits->events, 128);
	p->max_links = limit_of(limits->links, 128);
}

static int add_processor(struct provider *p, const ctel_processor *config)
{
	struct processor *processor = &p->processors[p->nr_processors];
	processor->provider = p;
	processor->index = p->nr_processors;
	processor->config = *config;
	ctel_processor *c = &processor->config;
	c->max_queue = positive(c->max_queue, 2048);
	if (c->max_queue > 1 << 24)
		c->max_queue = 1 << 24;
	c->max_batch = c->is_simple ? 1 : positive(c->max_batch, 512);
	if (c->max_batch > c->max_queue)
		c->max_batch = c->max_queue;
	c->delay_ms = positive(c->delay_ms, 5000);
	c->export_timeout_ms = positive(c->export_timeout_ms, 30000);
	p->has_on_start |= c->on_start != NULL;
	p->has_on_ending |= c->on_ending != NULL;
	processor->is_simple = c->exporter && c->is_simple;
	processor->is_batch = c->exporter && !c->is_simple;
	p->nr_queues += processor->is_batch;
	p->has_simple |= processor->is_simple;
	p->has_immediate |= c->on_end || processor->is_simple;
	p->nr_processors++;
	return worker_init(processor);
}

static int fill(struct provider *p, const ctel_config *config, const struct resource_plan *plan)
{
	int rc = 0;
	ctel_parent_based default_sampler = {0};
	p->generation = provider_generation();
	p->sampler =
		config->sampler ? config->sampler : ctel_sampler_parent_based(&default_sampler);
	set_limits(p, &config->limits);
	propagators_read(&p->propagators,
		config->propagators ? config->propagators : "tracecontext,baggage");
	p->ids = config->ids;
	p->make_ids = config->make_ids;
	p->ids_user = config->ids_user;
	p->are_ids_random = config->make_ids ? config->are_ids_random : true;
	p->no_thread = config->no_thread;
	const char *schema = resource_schema(config, plan);
	p->resource_schema_url = schema ? strdup(schema) : NULL;
	if (!p->sampler || !resource_make(&p->resource, config, plan))
		rc = -ENOMEM;
	for (int i = 0; i < CTEL_MAX_PROCESSORS && rc == 0; i++) {
		const ctel_processor *c = &config->processors[i];
		if (!c->exporter && !c->on_start && !c->on_ending && !c->on_end)
			break;
		rc = add_processor(p, c);
	}
	return rc;
}

void config_drop(const ctel_config *config)
{
	for (int i = 0; i < CTEL_MAX_PROCESSORS; i++)
		exporter_free(config->processors[i].exporter);
}

int provider_start(const ctel_config *config, const struct resource_plan *plan)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	int rc = -EALREADY;
	pthread_once(&once, register_fork);
	pthread_mutex_lock(&lock);
	struct provider *p = provider_get() ? NULL : calloc(1, sizeof(*p));
	if (p) {
		rc = fill(p, config, plan);
		p->next = providers;
		providers = p;
		if (rc == 0)
			atomic_store(&provider_active, p);
	} else if (!provider_get()) {
		rc = -ENOMEM;
	}
	pthread_mutex_unlock(&lock);
	if (rc)
		config_drop(config);
	return rc;
}

int ctel_init_with(const ctel_config *config)
{
	ctel_config whole = *config;
	if (environment_bool("OTEL_SDK_DISABLED")) {
		config_drop(config);
		return 0;
	}
	int rc = provider_get() ? -EALREADY : 0;
	if (rc == 0 && !config->ignores_environment)
		rc = environment_config(&whole);
	if (rc) {
		config_drop(&whole);
		return rc;
	}
	static const struct resource_plan all = {.host = true, .process = true, .service = true};
	struct resource_plan plan = all;
	if (config->no_detectors)
		plan = (struct resource_plan){0};
	return provider_start(&whole, &plan);
}

int ctel_init(const char *service_name)
{
	const char *file = environment_get("OTEL_CONFIG_FILE");
	if (environment_bool("OTEL_SDK_DISABLED"))
		return 0;
	if (provider_get())
		return -EALREADY;
	if (file)
		return declarative_start(file, service_name);
	if (!environment_is_configured())
		return 0;
	return ctel_init_with(&(ctel_config){.service_name = service_name});
}

int ctel_init_file(const char *path, const char *service_name)
{
	if (environment_bool("OTEL_SDK_DISABLED"))
		return 0;
	return provider_get() ? -EALREADY : declarative_start(path, service_name);
}

/* ---- Flush and shutdown --------------------------------------------------------------------- */

int ctel_flush(int timeout_ms)
{
	struct provider *p = provider_get();
	uint64_t deadline = clock_after(timeout_ms);
	int rc = 0;
	for (unsigned i = 0; p && i < p->nr_processors; i++)
		if (p->processors[i].is_batch || p->processors[i].is_simple) {
			int one = worker_flush(&p->processors[i], deadline);
			rc = rc ? rc : one;
		}
	return rc;
}

int ctel_shutdown(int timeout_ms)
{
	uint64_t deadline = clock_after(timeout_ms);
	int rc = 0;
	pthread_mutex_lock(&lock);
	struct provider *p = atomic_exchange(&provider_active, NULL);
	for (unsigned i = 0; p && i < p->nr_processors; i++)
		if (p->processors[i].is_batch || p->processors[i].is_simple) {
			int one = worker_stop(&p->processors[i], deadline);
			rc = rc ? rc : one;
		}
	if (p)
		tracer_configure(NULL, NULL);
	pthread_mutex_unlock(&lock);
	return rc;
}

int ctel_poll(int timeout_ms)
{
	struct provider *p = provider_get();
	uint64_t deadline = clock_after(timeout_ms);
	int next = -1;
	for (unsigned i = 0; p && p->no_thread && i < p->nr_processors; i++)
		if (p->processors[i].is_batch || p->processors[i].is_simple) {
			int ms = worker_poll(&p->processors[i], deadline);
			if (ms >= 0 && (next < 0 || ms < next))
				next = ms;
		}
	return next;
}
