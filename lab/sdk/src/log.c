/* SPDX-License-Identifier: Apache-2.0 */
/* What the SDK has to say, through one function that a program may replace. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "span.h"

static void to_stderr(void *user, ctel_level level, const char *message)
{
	static const char *const names[] = {"error", "warning", "info"};
	(void)user;
	fprintf(stderr, "ctel: %s: %s\n", names[level], message);
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static ctel_log_fn receiver = to_stderr;
static void *receiver_user;
static _Atomic int max_level = CTEL_LOG_WARNING;

void log_lock(void)
{
	thread_enter(); /* a signal handler's call is refused: it would wait for this one */
	pthread_mutex_lock(&lock);
}

void log_unlock(void)
{
	pthread_mutex_unlock(&lock);
	thread_leave();
}

void ctel_log_to(ctel_log_fn log, void *user)
{
	log_lock();
	receiver = log;
	receiver_user = user;
	log_unlock();
}

void log_level_set(ctel_level level)
{
	atomic_store(&max_level, (int)level);
}

static void say(ctel_level level, const char *format, va_list args)
{
	char message[1024];
	int error = errno;
	if ((int)level > atomic_load(&max_level))
		return;
	vsnprintf(message, sizeof(message), format, args);
	/* What a file or a receiver says must not look like lines of its own. */
	for (char *c = message; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	log_lock();
	ctel_log_fn log = receiver;
	void *user = receiver_user;
	log_unlock();
	if (log)
		log(user, level, message);
	errno = error;
}

#define SAY(name, level)                                                                           \
	void name(const char *format, ...)                                                         \
	{                                                                                          \
		va_list args;                                                                      \
		va_start(args, format);                                                            \
		say(level, format, args);                                                          \
		va_end(args);                                                                      \
	}

SAY(log_error, CTEL_LOG_ERROR)
SAY(log_warning, CTEL_LOG_WARNING)
SAY(log_info, CTEL_LOG_INFO)

bool log_is_due(_Atomic uint64_t *last)
{
	uint64_t now = clock_steady(), then = atomic_load(last);
	if (then && now - then < UINT64_C(60000000000))
		return false;
	return atomic_compare_exchange_strong(last, &then, now ? now : 1);
}
