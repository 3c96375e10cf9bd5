/* What cannot be tested under which sanitizer. */
#ifndef CTEL_TESTS_SANITIZERS_H
#define CTEL_TESTS_SANITIZERS_H

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

/* ThreadSanitizer has no threads in a process that was forked from one with threads. */
#define FORKS_WITH_THREADS()                                                                       \
	do {                                                                                       \
		if (HAS_TSAN)                                                                      \
			skip();                                                                    \
	} while (0)

/* Nor does AddressSanitizer's allocator (GCC 12) expect another thread to be in it at that time:
 * its lock stays locked in the child. Clang's, from 19 on, takes its locks before the fork. */
#define FORKS_AMONG_BUSY_THREADS()                                                                 \
	do {                                                                                       \
		if (HAS_TSAN || (HAS_ASAN && !IS_CLANG))                                           \
			skip();                                                                    \
	} while (0)

#endif
