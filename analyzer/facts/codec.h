/* A codec that runs both ways: the same description of a structure writes it and reads it, so that
 * the two can never drift apart. Integers are LEB128, strings are numbers of a table.
 *
 * On reading, every count is checked against the bytes that are left before memory is taken, and
 * the first bad byte makes all further reads give zeros; codec_ok says whether it came to that. */
#ifndef OTEL_TIDY_FACTS_CODEC_H
#define OTEL_TIDY_FACTS_CODEC_H

#include "base/map.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct codec {
	bool is_writing;
	bool is_broken;
	struct arena *arena;
	struct strbuf *out;      /* writing: the payload */
	struct map *numbers;     /* writing: text → number + 1 */
	const unsigned char *at; /* reading */
	const unsigned char *end;
	const char **strings; /* reading: the table */
	size_t nr_strings;
};

void code_u64(struct codec *c, uint64_t *x);
void code_u32(struct codec *c, uint32_t *x);
void code_u16(struct codec *c, uint16_t *x);
void code_u8(struct codec *c, uint8_t *x);
void code_bool(struct codec *c, bool *x);
void code_str(struct codec *c, const char **s);
/* A count of elements that each take at least one byte; on reading 0 when it cannot be true. */
void code_count(struct codec *c, uint32_t *n);
/* Memory for `n` elements when reading; the array as it is when writing. */
void *code_array(struct codec *c, const void *array, uint32_t n, size_t size);

#endif
