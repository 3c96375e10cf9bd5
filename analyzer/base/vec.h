/* Vectors: typed growable arrays whose memory belongs to an arena.
 *
 *	VEC(int) v = {0};
 *	vec_push(arena, &v, 3);
 *	for (size_t i = 0; i < v.nr; i++) use(v.at[i]);
 */
#ifndef OTEL_TIDY_BASE_VEC_H
#define OTEL_TIDY_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *at;                                                                          \
		size_t nr;                                                                         \
		size_t cap;                                                                        \
	}

/* Makes room for one more element; the macro's arguments are evaluated more than once. */
#define vec_reserve(arena, v)                                                                      \
	do {                                                                                       \
		if ((v)->nr == (v)->cap) {                                                         \
			size_t cap_ = (v)->cap ? (v)->cap * 2 : 4;                                 \
			(v)->at = arena_grow((arena), (v)->at, (v)->cap * sizeof(*(v)->at),        \
				cap_ * sizeof(*(v)->at));                                          \
			(v)->cap = cap_;                                                           \
		}                                                                                  \
	} while (0)

#define vec_push(arena, v, ...)                                                                    \
	do {                                                                                       \
		vec_reserve((arena), (v));                                                         \
		(v)->at[(v)->nr++] = (__VA_ARGS__);                                                \
	} while (0)

#endif
