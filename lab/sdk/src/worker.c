/* SPDX-License-Identifier: Apache-2.0 */
/* What a processor does with its queue: exports a batch when it is full or has waited long enough,
 * on a thread of its own, or on the program's by ctel_poll. One export at a time; whoever has set
 * is_exporting works on the batch, everybody else waits with a deadline. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "sdk.h"

/* ---- Waiting -------------------------------------------------------------------------------- */

static struct timespec as_timespec(uint64_t steady)
{
	return (struct timespec){
		.tv_sec = (time_t)(steady / 1000000000u), .tv_nsec = (long)(steady % 1000000000u)};
}

/* With the lock held; false when the deadline has passed. */
static bool wait_for(pthread_cond_t *cond, struct processor *p, uint64_t deadline)
{
	struct timespec until = as_timespec(deadline);
	return pthread_cond_timedwait(cond, &p->lock, &until) != ETIMEDOUT;
}

/* ---- The lock, on the program's threads ------------------------------------------------------ */

/* A signal handler may interrupt this thread while it has the lock, and an exporter may end spans:
 * they must not wait for it. The SDK's own thread takes no signals. */
static void enter(struct processor *p)
{
	thread_begin_work();
	pthread_mutex_lock(&p->lock);
}

static _Thread_local _Atomic(struct span *) handed_over;

void worker_hand_over(struct span *s)
{
	s->next = atomic_load(&handed_over);
	while (!atomic_compare_exchange_weak(&handed_over, &s->next, s))
		; /* by a handler that interrupted this one */
}

static void leave(struct processor *p)
{
	struct span *s, *next, *in_order = NULL;
	pthread_mutex_unlock(&p->lock);
	if (thread_end_work() || !atomic_load(&handed_over))
		return;
	for (s = atomic_exchange(&handed_over, NULL); s; s = next) {
		next = s->next;
		s->next = in_order;
		in_order = s;
	}
	for (s = in_order; s; s = next) {
		next = s->next;
		worker_export_now(s->provider, s);
		queue_drop_one(s);
	}
}

int worker_init(struct processor *p)
{
	struct ctel_exporter *e = p->config.exporter;
	uint32_t max = (uint32_t)p->config.max_batch, all = (uint32_t)p->config.max_queue;
	pthread_condattr_t steady;
	p->max_take = max;
	if (e) {
		e->request_spans = max;
		p->max_take = max * (e->nr_concurrent > 1 ? e->nr_concurrent : 1);
	}
	if (p->max_take > all)
		p->max_take = all;
	p->spans = malloc(p->max_take * sizeof(*p->spans));
	p->views = malloc(p->max_take * sizeof(*p->views));
	p->view_pointers = malloc(p->max_take * sizeof(*p->view_pointers));
	if (!p->spans || !p->views || !p->view_pointers)
		return -ENOMEM;
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&p->wake, &steady);
	pthread_cond_init(&p->changed, &steady);
	pthread_condattr_destroy(&steady);
	atomic_init(&p->credits, p->config.max_queue);
	p->lot = (uint32_t)p->config.max_queue / 64;
	if (p->lot > max / 8)
		p->lot = max / 8;
	if (p->lot < 1)
		p->lot = 1;
	return 0;
}

/* ---- Exporting ------------------------------------------------------------------------------ */

static int export_spans(struct processor *p, struct span **spans, uint32_t nr, uint64_t deadline)
{
	struct provider *provider = p->provider;
	for (uint32_t i = 0; i < nr; i++) {
		span_view(spans[i], &p->views[i]);
		p->view_pointers[i] = &p->views[i];
	}
	ctel_batch batch = {.spans = p->view_pointers,
		.nr = nr,
		.resource = {provider->resource.data, provider->resource.n},
		.resource_schema_url = provider->resource_schema_url};
	ctel_suppress();
	int rc = p->config.exporter->export_batch(p->config.exporter, &batch, deadline);
	ctel_unsuppress();
	return rc;
}

static void finish_export(struct processor *p, int rc, uint32_t nr, uint64_t since)
{
	struct ctel_exporter *e = p->config.exporter;
	if (rc == -EAGAIN) {
		rc = -ETIMEDOUT;
		if (e->abandon)
			e->abandon(e);
	}
	if (!e->counts_itself)
		exporter_count(nr, 0, rc, since);
	count_sub(COUNT_INFLIGHT, nr);
}

static void finish_batch(struct processor *p, int rc)
{
	finish_export(p, rc, p->nr_pending, p->pending_since);
	queue_release(p->spans, p->nr_pending);
	p->nr_pending = 0;
}

/* Exports one batch, or as many as the exporter sends at once, or goes on with the one in work. 1:
 * it is done, 0: the queue is empty; -EAGAIN: the deadline came first, the batch stays in work.
 * `*failure` is the batch's own result when it is not 0. Only for whoever has set is_exporting. */
static int export_one(struct processor *p, uint64_t deadline, int *failure)
{
	if (!p->nr_pending) {
		p->nr_pending = queue_take(p, p->spans, p->max_take);
		p->pending_since = clock_steady();
		if (!p->nr_pending)
			return 0;
		count_add(COUNT_INFLIGHT, p->nr_pending);
	}
	uint64_t last = p->pending_since + (uint64_t)p->config.export_timeout_ms * 1000000u;
	int rc = export_spans(p, p->spans, p->nr_pending, last < deadline ? last : deadline);
	if (rc == -EAGAIN && clock_steady() < last)
		return -EAGAIN;
	finish_batch(p, rc);
	if (rc)
		*failure = rc == -EAGAIN ? -ETIMEDOUT : rc;
	return 1;
}

static void export_simple(struct processor *p, struct span *s)
{
	enter(p);
	if (!p->is_stopping) {
		uint64_t now = clock_steady();
		uint64_t timeout = (uint64_t)p->config.export_timeout_ms * 1000000u;
		count_add(COUNT_INFLIGHT, 1);
		finish_export(p, export_spans(p, &s, 1, now + timeout), 1, now);
	} else {
		count_add(COUNT_DROPPED, 1);
	}
	leave(p);
}

void worker_export_now(struct provider *provider, struct span *s)
{
	for (unsigned i = 0; i < provider->nr_processors; i++)
		if (provider->processors[i].is_simple)
			export_simple(&provider->processors[i], s);
}

/* ---- The thread ----------------------------------------------------------------------------- */

static uint64_t delay(const struct processor *p)
{
	return (uint64_t)p->config.delay_ms * 1000000u;
}

static bool is_full(struct processor *p)
{
	return queue_length(p) >= (uint32_t)p->config.max_batch;
}

#define AGAIN_NS 100000000u /* until a batch is given to an exporter again */

/* With the lock held, which it gives up meanwhile: empties the queue as it is now, or only whole
 * batches. */
static void work(struct processor *p, bool is_everything)
{
	int failure = 0;
	uint32_t left = queue_length(p) + p->nr_pending;
	p->is_exporting = true;
	pthread_mutex_unlock(&p->lock);
	for (;;) {
		int rc = export_one(p, UINT64_MAX, &failure);
		uint32_t done = p->max_take;
		if (rc == 0 || rc == -EAGAIN)
			break;
		left = left > done ? left - done : 0;
		if (is_everything ? left == 0 : !is_full(p))
			break;
	}
	if (is_everything && p->config.exporter->flush) {
		int rc = p->config.exporter->flush(
			p->config.exporter, clock_after(p->config.export_timeout_ms));
		failure = failure ? failure : rc;
	}
	pthread_mutex_lock(&p->lock);
	p->is_exporting = false;
	if (failure && !p->flush_rc)
		p->flush_rc = failure;
	pthread_cond_broadcast(&p->changed);
}

/* With the lock held: nothing comes in any more; what the deadline leaves over is dropped. */
static void finish(struct processor *p)
{
	while (!atomic_load(&p->config.exporter->stop_at) ||
		clock_steady() < atomic_load(&p->config.exporter->stop_at)) {
		if (!queue_length(p) && !p->nr_pending)
			break;
		work(p, true);
		if (p->nr_pending) /* the exporter wants it again */
			wait_for(&p->wake, p, clock_after(10));
	}
	if (p->nr_pending) {
		p->flush_rc = p->flush_rc ? p->flush_rc : -ETIMEDOUT;
		finish_batch(p, -EAGAIN);
	}
	if (queue_length(p) && !p->flush_rc) /* the deadline came before anything was tried */
		p->flush_rc = -ETIMEDOUT;
	queue_drop_all(p);
	exporter_free(p->config.exporter);
	p->config.exporter = NULL;
	p->is_done = true;
	pthread_cond_broadcast(&p->changed);
}

static void *run(void *argument)
{
	struct processor *p = argument;
	thread_is_suppressed = 1;
	pthread_setname_np(pthread_self(), "ctel");
	pthread_mutex_lock(&p->lock);
	p->due = clock_steady() + delay(p);
	while (!p->is_stopping) {
		bool is_flush = p->flush_wanted != p->flush_done;
		bool is_due = clock_steady() >= p->due;
		bool is_batch = atomic_exchange(&p->is_wanted, false) && is_full(p);
		if (p->nr_pending && !is_due) {
			/* The exporter wants it again: not at once. */
			wait_for(&p->wake, p, p->due);
		} else if (is_flush || is_due || is_batch) {
			uint64_t wanted = p->flush_wanted;
			work(p, is_flush || is_due);
			if (!p->nr_pending)
				p->flush_done = wanted;
			p->due = clock_steady() + (p->nr_pending ? AGAIN_NS : delay(p));
			pthread_cond_broadcast(&p->changed);
		} else {
			wait_for(&p->wake, p, p->due);
		}
	}
	finish(p);
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* With the lock held. Signals are for the program's threads. */
static int start_thread(struct processor *p)
{
	sigset_t all, old;
	if (p->has_thread || p->is_stopping || p->provider->no_thread)
		return 0;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	int rc = pthread_create(&p->thread, NULL, run, p);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	p->has_thread = rc == 0;
	atomic_store(&p->is_started, true); /* or it never will: flush and shutdown do its work */
	return -rc;
}

void worker_wake(struct processor *p, bool is_full_batch)
{
	if (p->provider->no_thread || thread_is_at_work ||
		(is_full_batch ? atomic_load(&p->is_wanted) : atomic_load(&p->is_started)))
		return;
	enter(p);
	start_thread(p);
	if (is_full_batch && !atomic_exchange(&p->is_wanted, true))
		pthread_cond_signal(&p->wake);
	leave(p);
}

/* ---- Asked by the program -------------------------------------------------------------------- */

/* With the lock held: this thread does the work, until the deadline. */
static int work_here(struct processor *p, uint64_t deadline, bool is_everything)
{
	int failure = 0, rc = 1;
	while (p->is_exporting)
		if (!wait_for(&p->changed, p, deadline))
			return -ETIMEDOUT;
	p->is_exporting = true;
	pthread_mutex_unlock(&p->lock);
	while (rc > 0 && (is_everything || p->nr_pending || is_full(p)))
		rc = export_one(p, deadline, &failure);
	if (rc == 0 && is_everything && p->config.exporter->flush)
		failure =
			failure ? failure : p->config.exporter->flush(p->config.exporter, deadline);
	pthread_mutex_lock(&p->lock);
	p->is_exporting = false;
	pthread_cond_broadcast(&p->changed);
	return rc == -EAGAIN ? -ETIMEDOUT : failure;
}

int worker_flush(struct processor *p, uint64_t deadline)
{
	int rc = 0;
	enter(p);
	if (p->is_stopping || p->config.is_simple) {
		/* nothing ever waits */
	} else if (p->provider->no_thread || start_thread(p) != 0) {
		rc = work_here(p, deadline, true);
	} else {
		uint64_t ticket = ++p->flush_wanted;
		p->flush_rc = 0;
		pthread_cond_signal(&p->wake);
		while (p->flush_done < ticket && !p->is_done && rc == 0)
			if (!wait_for(&p->changed, p, deadline) && p->flush_done < ticket)
				rc = -ETIMEDOUT;
		if (rc == 0)
			rc = p->flush_rc;
	}
	leave(p);
	return rc;
}

int worker_stop(struct processor *p, uint64_t deadline)
{
	int rc = 0;
	enter(p);
	p->flush_rc = 0;
	p->is_stopping = true;
	atomic_store(&p->config.exporter->stop_at, deadline ? deadline : 1);
	if (!p->has_thread) {
		while (p->is_exporting && wait_for(&p->changed, p, deadline + 200000000u))
			;
		if (p->is_exporting) { /* by another thread, in an exporter that does not return */
			leave(p);
			return -ETIMEDOUT;
		}
		finish(p);
		rc = p->flush_rc;
		leave(p);
		return rc;
	}
	pthread_cond_signal(&p->wake);
	/* A little beyond the deadline: exporters look at the clock now and then. */
	while (!p->is_done && wait_for(&p->changed, p, deadline + 200000000u))
		;
	bool is_done = p->is_done;
	rc = is_done ? p->flush_rc : -ETIMEDOUT;
	leave(p);
	if (is_done)
		pthread_join(p->thread, NULL);
	else
		pthread_detach(p->thread); /* a program's exporter that does not come back */
	return rc;
}

int worker_poll(struct processor *p, uint64_t deadline)
{
	int ms = -1;
	enter(p);
	if (!p->is_stopping && !p->config.is_simple) {
		uint64_t now = clock_steady();
		if (!p->due)
			p->due = now + delay(p);
		bool is_due = now >= p->due;
		if (is_due || p->nr_pending || is_full(p)) {
			work_here(p, deadline, is_due);
			if (is_due && !p->nr_pending)
				p->due = clock_steady() + delay(p);
		}
		if (p->nr_pending || is_full(p))
			ms = 0;
		else if (queue_length(p))
			ms = clock_ms_until(p->due);
	}
	leave(p);
	return ms;
}

/* ---- Forks ---------------------------------------------------------------------------------- */

void worker_fork_lock(struct processor *p)
{
	pthread_mutex_lock(&p->lock);
}

void worker_fork_unlock(struct processor *p)
{
	pthread_mutex_unlock(&p->lock);
}

/* There is no thread in the child until a span ends there; a batch in work was the parent's. */
void worker_fork_child(struct processor *p)
{
	pthread_condattr_t steady;
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&p->wake, &steady);
	pthread_cond_init(&p->changed, &steady);
	pthread_condattr_destroy(&steady);
	p->has_thread = p->is_exporting = false;
	p->nr_pending = 0; /* these spans stay out of the pool: the exporter may have held them */
	p->due = 0;
	p->flush_done = p->flush_wanted;
	atomic_store(&p->is_wanted, false);
	atomic_store(&p->is_started, false);
	atomic_store(&p->credits, p->config.max_queue);
	if (p->config.exporter && p->config.exporter->forked)
		p->config.exporter->forked(p->config.exporter);
}
