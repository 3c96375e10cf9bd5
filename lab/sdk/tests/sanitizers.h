/* What cannot be tested under which sanitizer. */
#ifndef CTEL_TESTS_SANITIZERS_H
#define CTEL_TESTS_SANITIZERS_H

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__has_include)
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif
#endif

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__SANITIZE_THREAD__)
#define HAS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#elif __has_feature(thread_sanitizer)
#define HAS_TSAN 1
#endif
#endif
#ifndef HAS_ASAN
#define HAS_ASAN 0
#endif
#ifndef HAS_TSAN
#define HAS_TSAN 0
#endif

#ifdef __clang__
#define IS_CLANG 1
#else
#define IS_CLANG 0
#endif

/* ThreadSanitizer has no threads in a process that was forked from one with threads; Clang's has,
 * with TSAN_OPTIONS=die_after_fork=0. */
static inline bool tsan_forks(void)
{
	const char *options = getenv("TSAN_OPTIONS");
	return IS_CLANG && options && strstr(options, "die_after_fork=0");
}

#define FORKS_WITH_THREADS()                                                                       \
	do {                                                                                       \
		if (HAS_TSAN && !tsan_forks())                                                     \
			skip();                                                                    \
	} while (0)

/* Nor does AddressSanitizer's allocator (GCC 12) expect another thread to be in it at that time:
 * its lock stays locked in the child. Clang's takes its locks before the fork. */
#define FORKS_AMONG_BUSY_THREADS()                                                                 \
	do {                                                                                       \
		if ((HAS_TSAN && !tsan_forks()) || (HAS_ASAN && !IS_CLANG))                        \
			skip();                                                                    \
	} while (0)

/* A child leaks on purpose what its parent's other thread was changing when it forked: valgrind is
 * not to look for leaks in it, but its other errors count. */
static inline void child_exits(int status)
{
#ifdef RUNNING_ON_VALGRIND
	if (RUNNING_ON_VALGRIND) {
		if (VALGRIND_COUNT_ERRORS)
			status = 2;
		execl("/bin/sh", "sh", "-c", status ? "exit 1" : "exit 0", (char *)NULL);
	}
#endif
	_exit(status);
}

#endif
