// Asked for first; needed anyway.
#include <ctel/ctel.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct cJSON cJSON;

char *cJSON_Print(const cJSON *item);
int send_text(const char *text);

void guarded(ctel_span *span, const cJSON *order)
{
	if (!ctel_span_is_recording(span))
		return;
	char *text = cJSON_Print(order);
	ctel_set(span, "app.order", (const char *)text);
	free(text);
}

int needed(ctel_span *span, const cJSON *order)
{
	char *text = cJSON_Print(order);
	ctel_set(span, "app.order", (const char *)text);
	int rc = send_text(text);
	free(text);
	return rc;
}

char *returned(ctel_span *span, const cJSON *order)
{
	char *text = cJSON_Print(order);
	ctel_set(span, "app.order", (const char *)text);
	return text;
}
