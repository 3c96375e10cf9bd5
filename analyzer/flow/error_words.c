/* What names say about success and failure. */
#include "flow/error_words.h"

#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const good[] = {
	"ok", "success", "succeeded", "successful", "done", "none", "noerror"};
static const char *const bad[] = {"err", "error", "fail", "failed", "failure", "invalid", "bad",
	"denied", "refused", "unavailable", "timeout", "cancelled", "canceled", "aborted",
	"corrupt", "unauthorized", "unauthenticated", "forbidden", "exhausted", "overflow",
	"broken", "fault", "internal", "unimplemented"};
static const char *const questions[] = {"is", "has", "can", "should", "was", "were", "are", "does",
	"did", "will", "want", "wants", "needs", "must", "may", "contains", "exists", "equal",
	"equals", "match", "matches", "compare", "cmp", "empty", "supports", "allows", "enabled",
	"starts", "ends", "find", "lookup", "search"};

struct words {
	char at[12][24]; /* lower case */
	unsigned nr;
};

/* SHOP_OK, kNotFound, NoError: at underscores, and where lower case turns to upper. */
static void split(const char *name, struct words *out)
{
	out->nr = 0;
	size_t n = 0;
	char before = '\0';
	for (const char *c = ir_simple_name(name); *c && out->nr < 12; before = *c++) {
		bool is_new =
			*c == '_' || (isupper((unsigned char)*c) && islower((unsigned char)before));
		if (is_new && n) {
			out->at[out->nr++][n] = '\0';
			n = 0;
		}
		if (*c != '_' && out->nr < 12 && n < sizeof(out->at[0]) - 1)
			out->at[out->nr][n++] = (char)tolower((unsigned char)*c);
	}
	if (n && out->nr < 12)
		out->at[out->nr++][n] = '\0';
}

static bool has_word(const struct words *w, const char *const *list, size_t nr)
{
	for (unsigned i = 0; i < w->nr; i++)
		for (size_t k = 0; k < nr; k++)
			if (str_eq(w->at[i], list[k]))
				return true;
	return false;
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum outcome error_words_judge(const char *name)
{
	struct words w;
	split(name, &w);
	bool is_good = has_word(&w, good, COUNT(good));
	bool is_bad = has_word(&w, bad, COUNT(bad));
	for (unsigned i = 0; i + 1 < w.nr; i++)
		if (str_eq(w.at[i], "no") &&
			(str_eq(w.at[i + 1], "error") || str_eq(w.at[i + 1], "err")))
			return OUTCOME_SUCCESS; /* NO_ERROR */
	if (is_good && is_bad) /* ERR_OK and ERR_NONE are fine; ERROR_NOT_DONE is not */
		return w.nr == 2 ? OUTCOME_SUCCESS : OUTCOME_UNKNOWN;
	return is_good ? OUTCOME_SUCCESS : is_bad ? OUTCOME_FAILURE : OUTCOME_UNKNOWN;
}

bool error_words_ask(const char *name)
{
	struct words w;
	split(name, &w);
	return has_word(&w, questions, COUNT(questions));
}

#define E(name) {#name, name}

static const struct {
	const char *name;
	int number;
} errnos[] = {E(EPERM), E(ENOENT), E(EINTR), E(EIO), E(ENXIO), E(E2BIG), E(EBADF), E(ECHILD),
	E(EAGAIN), E(EWOULDBLOCK), E(ENOMEM), E(EACCES), E(EFAULT), E(EBUSY), E(EEXIST), E(EXDEV),
	E(ENODEV), E(ENOTDIR), E(EISDIR), E(EINVAL), E(ENFILE), E(EMFILE), E(ENOTTY), E(EFBIG),
	E(ENOSPC), E(ESPIPE), E(EROFS), E(EPIPE), E(EDOM), E(ERANGE), E(EDEADLK), E(ENAMETOOLONG),
	E(ENOSYS), E(ENOTEMPTY), E(ELOOP), E(ENODATA), E(ETIME), E(EPROTO), E(EBADMSG),
	E(EOVERFLOW), E(EILSEQ), E(ENOTSOCK), E(EMSGSIZE), E(ENOTSUP), E(EOPNOTSUPP), E(EADDRINUSE),
	E(ENETDOWN), E(ENETUNREACH), E(ECONNABORTED), E(ECONNRESET), E(ENOBUFS), E(EISCONN),
	E(ENOTCONN), E(ETIMEDOUT), E(ECONNREFUSED), E(EHOSTUNREACH), E(EALREADY), E(EINPROGRESS),
	E(ESTALE), E(ECANCELED)};

#undef E

const char *errno_number(const char *name)
{
	static char texts[COUNT(errnos)][8];
	for (size_t i = 0; i < COUNT(errnos); i++) {
		if (!str_eq(errnos[i].name, name))
			continue;
		snprintf(texts[i], sizeof(texts[i]), "%d", errnos[i].number);
		return texts[i];
	}
	return NULL;
}

bool errno_is_retry(const char *exact)
{
	static const char *const names[] = {"EAGAIN", "EWOULDBLOCK", "EINTR", "EINPROGRESS"};
	if (!exact)
		return false;
	for (size_t i = 0; i < COUNT(names); i++)
		if (str_eq(exact + (exact[0] == '-'), errno_number(names[i])))
			return true;
	return false;
}
