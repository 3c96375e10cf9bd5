/* Words by which names tell success from failure, and the numbers of errno. */
#ifndef OTEL_TIDY_FLOW_ERROR_WORDS_H
#define OTEL_TIDY_FLOW_ERROR_WORDS_H

#include "base/arena.h"
#include "flow/errors.h"

/* By the words of an enumerator or constant: SHOP_OK, kNotFound, CURLE_COULDNT_CONNECT. */
enum outcome error_words_judge(const char *name);
/* Does a function of that name ask a question, as is_empty does? */
bool error_words_ask(const char *name);
/* The number of an errno name as text, or NULL. */
const char *errno_number(const char *name);
/* Texts of numbers that mean "try again", negative or not. */
bool errno_is_retry(const char *exact);

struct values;
/* By the names of what makes a status object: Status::OK, InternalError("…"). */
enum outcome error_status_judge(const struct values *v, ir_value value);
bool error_type_is_integer(const char *type);

#endif
