/* Status codes by the last word of the enumerator: StatusCode::kOk, CTEL_ERROR, …STATUS_UNSET. */
#include "flow/status.h"

#include "base/str.h"

#include <string.h>
#include <strings.h>

static bool ends_with_word(const char *name, const char *word)
{
	size_t n = strlen(name), m = strlen(word);
	if (n < m || strcasecmp(name + n - m, word) != 0)
		return false;
	return n == m || name[n - m - 1] == '_' || name[n - m - 1] == 'k';
}

enum status status_of(const struct values *v, const struct model_call *m, const struct ir_op *call)
{
	bool is_status = m->effect == EFFECT_STATUS;
	if (m->flags & MODEL_SETS_STATUS)
		return STATUS_ERROR;
	if (!is_status && m->status < 0)
		return STATUS_NONE;
	ir_value value = m->status < 0 ? IR_NONE : ir_call_arg(call, (unsigned)m->status);
	if (value == IR_NONE)
		return m->status < 0 ? STATUS_UNKNOWN : STATUS_NONE;
	const struct ir_op *op = &v->func->ir->ops[v->origin[value]];
	if (op->kind != IR_CONST)
		return STATUS_UNKNOWN;
	const char *name = ir_simple_name(op->link);
	if (ends_with_word(name, "ok"))
		return STATUS_OK;
	if (ends_with_word(name, "unset") || ends_with_word(name, "ignore"))
		return STATUS_UNSET;
	if (strstr(name, "rror") || strstr(name, "ERR"))
		return STATUS_ERROR;
	return STATUS_UNKNOWN;
}
