/* SPDX-License-Identifier: Apache-2.0 */
/* What otel-tidy cannot guess, said in the code: which functions are critical paths, who owns a
 * span, what is worth one.
 *
 * Under clang, and so wherever otel-tidy parses, each macro is one __attribute__((annotate("…")));
 * for every other compiler it is nothing. Nothing is left of it at run time. C11 and C++17.
 *
 * Put the macro in front of a function's declaration or definition, before `static`; one of the
 * two is enough. In C++ it goes after `[[…]]` attributes. Several may follow each other.
 *
 *	#include <otel-tidy/annotations.h>
 *
 *	OTEL_CRITICAL_PATH("checkout.place_order", "tenant.id",
 *		"user.id|user.hash|enduser.pseudo.id", "app.order.id?")
 *	int place_order(struct order *order);
 *
 *	OTEL_SPAN_TRANSFERS
 *	struct ctel_span *request_span(const struct request *request);
 *
 *	OTEL_SPAN_ENDS(2)
 *	void request_done(struct request *request, struct ctel_span *span);
 *
 *	OTEL_NOT_TRIVIAL // waits for the hardware token, through inline assembly
 *	int token_sign(const void *bytes, size_t n, void *signature);
 *
 *	OTEL_HANDLED_ERROR(ENOENT, EAGAIN)
 *	int cache_find(const char *key, struct item *out);
 */
#ifndef OTEL_TIDY_ANNOTATIONS_H
#define OTEL_TIDY_ANNOTATIONS_H

#if defined(__clang__) && defined(__has_attribute)
#if __has_attribute(annotate)
#define OTEL_TIDY_ANNOTATE(text) __attribute__((annotate("otel-tidy:" text)))
#endif
#endif

#ifdef OTEL_TIDY_ANNOTATE

/* OTEL_CRITICAL_PATH(name, keys…): on every path through this function that ends normally, a span
 * it owns carries these attributes. Name and keys are string literals, or macros that are; none to
 * 16 keys.
 *	"tenant.id"		required
 *	"user.id|user.hash"	any one of them
 *	"app.order.id?"		wanted, not required
 *	"span=current"		no span of its own: the keys go onto the one that is already active,
 *				as in a handler under automatic instrumentation
 *	"baggage=tenant.id"	puts this member into baggage, for the services it calls
 * Text: otel-tidy:critical-path;<name>;<key>;<key>… */
#define OTEL_CRITICAL_PATH(...)                                                                    \
	OTEL_TIDY_ANNOTATE("critical-path" OTEL_TIDY_EACH(OTEL_TIDY_FIELDS_, __VA_ARGS__))

/* The caller owns the span that this function returns or stores through a parameter.
 * Text: otel-tidy:span-transfers */
#define OTEL_SPAN_TRANSFERS OTEL_TIDY_ANNOTATE("span-transfers")

/* OTEL_SPAN_ENDS(n): ends the span in its n-th argument; 1 is the first, 0 the object of a method.
 * Text: otel-tidy:span-ends;<n> */
#define OTEL_SPAN_ENDS(n) OTEL_TIDY_ANNOTATE("span-ends;" OTEL_TIDY_TEXT(n))

/* Worth a span in spite of appearances; say why in a comment beside it.
 * Text: otel-tidy:not-trivial */
#define OTEL_NOT_TRIVIAL OTEL_TIDY_ANNOTATE("not-trivial")

/* OTEL_HANDLED_ERROR(results…): these results are answers, not failures: no error status is
 * expected with them. One to 16, written as the code writes them; the text keeps the names, even
 * where they are macros as in errno.h.
 * Text: otel-tidy:handled-error;<result>,<result>… */
#if __clang_major__ >= 12
/* An empty __VA_OPT__() is all that keeps macro arguments from being expanded on their way to `#`;
 * clang has it in every language mode and says so under -Wpedantic. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpedantic"
#define OTEL_HANDLED_ERROR(...)                                                                    \
	OTEL_TIDY_ANNOTATE("handled-error;" OTEL_TIDY_GLUE(                                        \
		OTEL_TIDY_NAMES_, OTEL_TIDY_COUNT(__VA_ARGS__))(__VA_OPT__()##__VA_ARGS__))
#pragma clang diagnostic pop
#else
#define OTEL_HANDLED_ERROR(...) OTEL_TIDY_ANNOTATE("handled-error;" #__VA_ARGS__)
#endif

/* Below: how the texts are put together. */

#define OTEL_TIDY_TEXT(x)     OTEL_TIDY_TEXT_(x)
#define OTEL_TIDY_TEXT_(x)    #x
#define OTEL_TIDY_GLUE(a, b)  OTEL_TIDY_GLUE_(a, b)
#define OTEL_TIDY_GLUE_(a, b) a##b

/* The number of arguments, 1 to 17. */
#define OTEL_TIDY_COUNT(...)                                                                       \
	OTEL_TIDY_COUNT_(__VA_ARGS__, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define OTEL_TIDY_COUNT_(                                                                          \
	_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, n, ...)        \
	n
#define OTEL_TIDY_EACH(prefix, ...)                                                                \
	OTEL_TIDY_GLUE(prefix, OTEL_TIDY_COUNT(__VA_ARGS__))(__VA_ARGS__)

/* Each argument is a string literal: ";" in front of it. */
#define OTEL_TIDY_FIELDS_1(a)                ";" a
#define OTEL_TIDY_FIELDS_2(a, b)             OTEL_TIDY_FIELDS_1(a) OTEL_TIDY_FIELDS_1(b)
#define OTEL_TIDY_FIELDS_3(a, b, c)          OTEL_TIDY_FIELDS_2(a, b) OTEL_TIDY_FIELDS_1(c)
#define OTEL_TIDY_FIELDS_4(a, b, c, d)       OTEL_TIDY_FIELDS_3(a, b, c) OTEL_TIDY_FIELDS_1(d)
#define OTEL_TIDY_FIELDS_5(a, b, c, d, e)    OTEL_TIDY_FIELDS_4(a, b, c, d) OTEL_TIDY_FIELDS_1(e)
#define OTEL_TIDY_FIELDS_6(a, b, c, d, e, f) OTEL_TIDY_FIELDS_5(a, b, c, d, e) OTEL_TIDY_FIELDS_1(f)
#define OTEL_TIDY_FIELDS_7(a, b, c, d, e, f, g)                                                    \
	OTEL_TIDY_FIELDS_6(a, b, c, d, e, f) OTEL_TIDY_FIELDS_1(g)
#define OTEL_TIDY_FIELDS_8(a, b, c, d, e, f, g, h)                                                 \
	OTEL_TIDY_FIELDS_7(a, b, c, d, e, f, g) OTEL_TIDY_FIELDS_1(h)
#define OTEL_TIDY_FIELDS_9(a, b, c, d, e, f, g, h, i)                                              \
	OTEL_TIDY_FIELDS_8(a, b, c, d, e, f, g, h) OTEL_TIDY_FIELDS_1(i)
#define OTEL_TIDY_FIELDS_10(a, b, c, d, e, f, g, h, i, j)                                          \
	OTEL_TIDY_FIELDS_9(a, b, c, d, e, f, g, h, i) OTEL_TIDY_FIELDS_1(j)
#define OTEL_TIDY_FIELDS_11(a, b, c, d, e, f, g, h, i, j, k)                                       \
	OTEL_TIDY_FIELDS_10(a, b, c, d, e, f, g, h, i, j) OTEL_TIDY_FIELDS_1(k)
#define OTEL_TIDY_FIELDS_12(a, b, c, d, e, f, g, h, i, j, k, l)                                    \
	OTEL_TIDY_FIELDS_11(a, b, c, d, e, f, g, h, i, j, k) OTEL_TIDY_FIELDS_1(l)
#define OTEL_TIDY_FIELDS_13(a, b, c, d, e, f, g, h, i, j, k, l, m)                                 \
	OTEL_TIDY_FIELDS_12(a, b, c, d, e, f, g, h, i, j, k, l) OTEL_TIDY_FIELDS_1(m)
#define OTEL_TIDY_FIELDS_14(a, b, c, d, e, f, g, h, i, j, k, l, m, n)                              \
	OTEL_TIDY_FIELDS_13(a, b, c, d, e, f, g, h, i, j, k, l, m) OTEL_TIDY_FIELDS_1(n)
#define OTEL_TIDY_FIELDS_15(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)                           \
	OTEL_TIDY_FIELDS_14(a, b, c, d, e, f, g, h, i, j, k, l, m, n) OTEL_TIDY_FIELDS_1(o)
#define OTEL_TIDY_FIELDS_16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)                        \
	OTEL_TIDY_FIELDS_15(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o) OTEL_TIDY_FIELDS_1(p)
#define OTEL_TIDY_FIELDS_17(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q)                     \
	OTEL_TIDY_FIELDS_16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) OTEL_TIDY_FIELDS_1(q)

/* Each argument is source text: as it is written, "," between. */
#define OTEL_TIDY_NAMES_1(a)                   #a
#define OTEL_TIDY_NAMES_2(a, b)                #a "," #b
#define OTEL_TIDY_NAMES_3(a, b, c)             #a "," #b "," #c
#define OTEL_TIDY_NAMES_4(a, b, c, d)          #a "," #b "," #c "," #d
#define OTEL_TIDY_NAMES_5(a, b, c, d, e)       #a "," #b "," #c "," #d "," #e
#define OTEL_TIDY_NAMES_6(a, b, c, d, e, f)    #a "," #b "," #c "," #d "," #e "," #f
#define OTEL_TIDY_NAMES_7(a, b, c, d, e, f, g) #a "," #b "," #c "," #d "," #e "," #f "," #g
#define OTEL_TIDY_NAMES_8(a, b, c, d, e, f, g, h)                                                  \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h
#define OTEL_TIDY_NAMES_9(a, b, c, d, e, f, g, h, i)                                               \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i
#define OTEL_TIDY_NAMES_10(a, b, c, d, e, f, g, h, i, j)                                           \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i "," #j
#define OTEL_TIDY_NAMES_11(a, b, c, d, e, f, g, h, i, j, k)                                        \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i "," #j "," #k
#define OTEL_TIDY_NAMES_12(a, b, c, d, e, f, g, h, i, j, k, l)                                     \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i "," #j "," #k "," #l
#define OTEL_TIDY_NAMES_13(a, b, c, d, e, f, g, h, i, j, k, l, m)                                  \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i "," #j "," #k "," #l "," #m
#define OTEL_TIDY_NAMES_14(a, b, c, d, e, f, g, h, i, j, k, l, m, n)                               \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i "," #j "," #k "," #l "," #m     \
	   "," #n
#define OTEL_TIDY_NAMES_15(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o)                            \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i "," #j "," #k "," #l "," #m     \
	   "," #n "," #o
#define OTEL_TIDY_NAMES_16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p)                         \
	#a "," #b "," #c "," #d "," #e "," #f "," #g "," #h "," #i "," #j "," #k "," #l "," #m     \
	   "," #n "," #o "," #p

#else /* not clang */

#define OTEL_CRITICAL_PATH(...)
#define OTEL_SPAN_TRANSFERS
#define OTEL_SPAN_ENDS(n)
#define OTEL_NOT_TRIVIAL
#define OTEL_HANDLED_ERROR(...)

#endif
#endif
