// The whole document as text, for the span alone.
#include <ctel/ctel.h>
#include <stdlib.h>

typedef struct cJSON cJSON;

char *cJSON_Print(const cJSON *item);
void cJSON_free(void *text);
int store(const cJSON *item);

int save(ctel_span *span, const cJSON *order)
{
	char *text = cJSON_Print(order); // expect-step: unguarded-attribute "makes the whole of it into text"

	ctel_set(span, "app.order", (const char *)text); // expect: unguarded-attribute "cJSON_Print() is called for attribute"
	cJSON_free(text);
	return store(order);
}
