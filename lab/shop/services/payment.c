/* The payment service: the simulated provider, over HTTP. */
#include "payment.h"

#include "web/web.h"

static void handle(const struct web_request *request, struct web_response *response)
{
	struct payment_response answer = {0};
	payment_fake_post(request->body, &answer);
	web_answer(response, (int)answer.http_status, "%s", answer.body);
}

int main(int argc, char **argv)
{
	return web_main(argc, argv, "payment", handle);
}
