/* SPDX-License-Identifier: Apache-2.0 */
/* What each thread has for itself: free spans, counters, rings of ended spans. These never go away,
 * because exporters look into them at any time: the next new thread takes over what the last one
 * that ended left behind. */
#include <stdlib.h>

#include "sdk.h"

_Thread_local struct thread *thread_self;
_Thread_local volatile sig_atomic_t thread_is_inside;
_Thread_local volatile sig_atomic_t thread_is_at_work;
_Thread_local int thread_is_suppressed;

static struct thread *threads;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t at_exit;
static pthread_once_t at_exit_once = PTHREAD_ONCE_INIT;

/* The spans in the rings are still to be exported; the free ones are for others. */
static void thread_exits(void *argument)
{
	struct thread *t = argument;
	pool_give_back(t);
	thread_self = NULL;
	pthread_mutex_lock(&lock);
	t->is_used = false;
	pthread_mutex_unlock(&lock);
}

static void make_key(void)
{
	pthread_key_create(&at_exit, thread_exits);
}

struct thread *thread_make(void)
{
	pthread_once(&at_exit_once, make_key);
	pthread_mutex_lock(&lock);
	struct thread *t = threads;
	while (t && t->is_used)
		t = t->next;
	if (!t && (t = calloc(1, sizeof(*t)))) {
		t->next = threads;
		threads = t;
	}
	if (t)
		t->is_used = true;
	pthread_mutex_unlock(&lock);
	if (t)
		pthread_setspecific(at_exit, t);
	thread_self = t;
	return t;
}

struct thread *thread_lock_all(void)
{
	thread_enter();
	pthread_mutex_lock(&lock);
	return threads;
}

void thread_unlock_all(void)
{
	pthread_mutex_unlock(&lock);
	thread_leave();
}

uint64_t thread_sum(enum count which)
{
	uint64_t sum = 0;
	for (struct thread *t = thread_lock_all(); t; t = t->next)
		sum += atomic_load_explicit(&t->counts[which], memory_order_relaxed);
	thread_unlock_all();
	return sum;
}

void thread_fork_child(void)
{
	for (struct thread *t = threads; t; t = t->next) {
		t->is_used = t == thread_self;
		for (int i = 0; i < COUNT_NR_LOCAL; i++)
			atomic_store(&t->counts[i], 0);
		/* Another thread may have been at work on its free list when the process forked:
		 * those spans are not to be trusted. */
		if (t != thread_self) {
			t->free_spans = NULL;
			t->nr_free = 0;
		}
	}
	queue_fork_child(threads);
	thread_unlock_all();
}

void ctel_suppress(void)
{
	thread_is_suppressed++;
}

void ctel_unsuppress(void)
{
	if (thread_is_suppressed > 0)
		thread_is_suppressed--;
}
