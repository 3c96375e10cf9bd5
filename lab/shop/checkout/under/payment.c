/* The payment provider's client: a form over HTTP, retried once when the provider is overloaded. */
#include "payment.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ATTEMPTS 2
#define TIMEOUT_MS   3000L

struct header_list {
	struct curl_slist *headers;
	bool is_short; /* memory ran out */
};

static void add_header(void *carrier, const char *name, const char *value)
{
	struct header_list *list = carrier;
	size_t size = strlen(name) + strlen(value) + 3;
	char *line = malloc(size);
	struct curl_slist *more = NULL;
	if (line) {
		snprintf(line, size, "%s: %s", name, value);
		more = curl_slist_append(list->headers, line);
	}
	if (more)
		list->headers = more;
	else
		list->is_short = true;
	free(line);
}

static size_t receive(char *bytes, size_t size, size_t count, void *user)
{
	struct payment_response *response = user;
	size_t n = size * count, room = sizeof(response->body) - 1 - response->length;
	if (n > room)
		return 0;
	memcpy(response->body + response->length, bytes, n);
	response->length += n;
	response->body[response->length] = '\0';
	return n;
}

bool form_field(const char *form, const char *name, char *out, size_t size)
{
	size_t n = strlen(name);
	while (form && *form) {
		if (!strncmp(form, name, n) && form[n] == '=') {
			size_t length = strcspn(form + n + 1, "&");
			if (length >= size)
				return false;
			memcpy(out, form + n + 1, length);
			out[length] = '\0';
			return true;
		}
		form = strchr(form, '&');
		if (form)
			form++;
	}
	return false;
}

/* The fields are ours and need no escaping: identifiers, numbers, tokens. */
static char *payment_form(const struct order *order, bool use_v2, int attempt)
{
	const size_t size = 256;
	const struct customer *customer = order->customer;
	char *form = malloc(size);
	if (form)
		snprintf(form, size,
			"merchant=%s&order=%s&amount=%" PRId64
			"&currency=%s&card=%s&flow=%d&attempt=%d",
			customer->tenant->id, order->id, order->price.total,
			customer->tenant->currency, customer->card, use_v2 ? 2 : 1, attempt);
	return form;
}

static int post_form(const char *url, const char *form, struct curl_slist *headers,
	struct payment_response *response)
{
	CURL *curl = curl_easy_init();
	if (!curl)
		return SHOP_NO_MEMORY;
	*response = (struct payment_response){0};
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, receive);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, response);
	CURLcode code = curl_easy_perform(curl);
	if (code == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response->http_status);
	else
		fprintf(stderr, "checkout: payment: %s\n", curl_easy_strerror(code));
	curl_easy_cleanup(curl);
	return code == CURLE_OK ? SHOP_OK : SHOP_PROVIDER_ERROR;
}

/* To the provider of PAYMENT_URL, or the simulated one. */
static int send_payment(
	const char *form, struct curl_slist *headers, struct payment_response *response)
{
	const char *url = getenv("PAYMENT_URL");
	if (url && *url)
		return post_form(url, form, headers, response);
	*response = (struct payment_response){0};
	payment_fake_post(form, response);
	return SHOP_OK;
}

/* What the provider's answer means for the order. */
static int read_response(const struct payment_response *response, struct order *order)
{
	if (response->http_status == 402)
		return SHOP_DECLINED;
	if (response->http_status != 200)
		return SHOP_PROVIDER_ERROR;
	if (!form_field(response->body, "reference", order->payment, sizeof(order->payment)))
		return SHOP_PROVIDER_ERROR;
	return SHOP_OK;
}

int charge_payment(struct order *order, bool use_v2)
{
	struct header_list list = {0};
	struct payment_response response = {0};
	char *form = NULL;
	int rc = SHOP_NO_MEMORY;
	add_header(&list, "Idempotency-Key", order->id);
	if (list.is_short)
		goto free_headers;
	for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
		free(form);
		rc = SHOP_NO_MEMORY; /* of this attempt, whatever the last one said */
		form = payment_form(order, use_v2, attempt);
		if (!form)
			goto free_headers;
		rc = send_payment(form, list.headers, &response);
		if (rc != SHOP_OK)
			goto free_form;
		if (response.http_status != 503)
			break;
	}
	rc = read_response(&response, order);
free_form:
	free(form);
free_headers:
	curl_slist_free_all(list.headers);
	return rc;
}
