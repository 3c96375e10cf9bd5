/* SPDX-License-Identifier: Apache-2.0 */
/* What exporters have in common, and the program's own. */
#include <errno.h>
#include <stdlib.h>

#include "sdk.h"

_Thread_local int exporter_error;

uint64_t exporter_deadline(const struct ctel_exporter *e, uint64_t deadline)
{
	uint64_t stop_at = atomic_load(&e->stop_at);
	return stop_at && stop_at < deadline ? stop_at : deadline;
}

void exporter_free(ctel_exporter *e)
{
	if (e)
		e->destroy(e);
}

void exporter_count(uint32_t nr, uint64_t nr_rejected, int rc, uint64_t since)
{
	static _Atomic uint64_t last_failure;
	uint64_t rejected = nr_rejected < nr ? nr_rejected : nr, took = clock_steady() - since;
	if (rc == 0) {
		count_add(COUNT_EXPORTED, nr - rejected);
		count_add(COUNT_REJECTED, rejected);
		count_add(COUNT_DROPPED, rejected);
		duration_add(nr_rejected ? DURATION_REJECTED : DURATION_SUCCESS, took);
		return;
	}
	count_add(COUNT_DROPPED, nr);
	duration_add(rc == -ETIMEDOUT ? DURATION_TIMEOUT : DURATION_OTHER, took);
	if (log_is_due(&last_failure))
		log_error("export failed, %u spans are lost: %s", nr, strerror(-rc));
}

struct callback {
	struct ctel_exporter base;
	ctel_exporter_ops ops;
	void *user;
};

static int timeout_until(const struct ctel_exporter *e, uint64_t deadline)
{
	return clock_ms_until(exporter_deadline(e, deadline));
}

static int callback_export(struct ctel_exporter *e, const ctel_batch *batch, uint64_t deadline)
{
	struct callback *c = (struct callback *)e;
	return c->ops.export_batch(c->user, batch, timeout_until(e, deadline));
}

static int callback_flush(struct ctel_exporter *e, uint64_t deadline)
{
	struct callback *c = (struct callback *)e;
	return c->ops.flush ? c->ops.flush(c->user, timeout_until(e, deadline)) : 0;
}

static void callback_destroy(struct ctel_exporter *e)
{
	struct callback *c = (struct callback *)e;
	if (c->ops.destroy)
		c->ops.destroy(c->user);
	free(c);
}

ctel_exporter *ctel_exporter_callback(const ctel_exporter_ops *ops, void *user)
{
	struct callback *c = ops && ops->export_batch ? calloc(1, sizeof(*c)) : NULL;
	if (!c)
		return NULL;
	c->base.export_batch = callback_export;
	c->base.flush = callback_flush;
	c->base.destroy = callback_destroy;
	c->ops = *ops;
	c->user = user;
	return &c->base;
}
