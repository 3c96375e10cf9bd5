/* A program without a line of tracing: a service with a database, and a client that calls it. It is
 * run by test_auto.c with libctel-auto.so. Prints "done" when all went well. */
#include <curl/curl.h>
#include <microhttpd.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

static int count_row(void *user, int n, char **values, char **names)
{
	(void)n;
	(void)values;
	(void)names;
	++*(int *)user;
	return 0;
}

static int query(const char *item)
{
	sqlite3_stmt *s;
	int nr = 0;
	sqlite3_prepare_v2(db, "SELECT name FROM stock WHERE name <> ? AND nr > 3", -1, &s, NULL);
	sqlite3_bind_text(s, 1, item, -1, SQLITE_STATIC);
	while (sqlite3_step(s) == SQLITE_ROW)
		nr++;
	sqlite3_reset(s);
	sqlite3_step(s); /* and left half-way */
	sqlite3_finalize(s);
	return nr;
}

static enum MHD_Result handle(void *user, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_n, void **state)
{
	static int marker;
	char answer[32];
	(void)user;
	(void)method;
	(void)version;
	(void)upload;
	if (!*state) { /* the first call has the headers only */
		*state = &marker;
		return MHD_YES;
	}
	if (*upload_n) {
		*upload_n = 0;
		return MHD_YES;
	}
	snprintf(answer, sizeof(answer), "%d", query("x"));
	struct MHD_Response *r =
		MHD_create_response_from_buffer(strlen(answer), answer, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result =
		MHD_queue_response(connection, strcmp(url, "/broken") ? 200 : 503, r);
	MHD_destroy_response(r);
	return result;
}

static size_t ignore(char *data, size_t size, size_t n, void *user)
{
	(void)data;
	(void)user;
	return size * n;
}

static int call(CURL *c, unsigned short port, const char *path, const char *body)
{
	char url[128];
	long status = 0;
	snprintf(url, sizeof(url), "http://user:secret@127.0.0.1:%u%s?token=secret", port, path);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, ignore);
	if (body)
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, body);
	if (curl_easy_perform(c) != CURLE_OK)
		return -1;
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	return (int)status;
}

static void call_by_multi(unsigned short port)
{
	CURLM *m = curl_multi_init();
	CURL *c = curl_easy_init();
	char url[64];
	int running = 1, left;
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/multi", port);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, ignore);
	curl_multi_add_handle(m, c);
	while (running) {
		curl_multi_perform(m, &running);
		curl_multi_poll(m, NULL, 0, 100, NULL);
	}
	while (curl_multi_info_read(m, &left))
		;
	curl_multi_remove_handle(m, c);
	curl_easy_cleanup(c);
	curl_multi_cleanup(m);
}

int main(void)
{
	int nr = 0, bad = 0;
	bad += sqlite3_open(":memory:", &db) != SQLITE_OK;
	bad += sqlite3_exec(db, "CREATE TABLE stock (name, nr)", NULL, NULL, NULL) != SQLITE_OK;
	bad += sqlite3_exec(db, "INSERT INTO stock VALUES ('it''s secret', 4711), ('b', 5)", NULL,
		       NULL, NULL) != SQLITE_OK;
	bad += sqlite3_exec(db, "SELECT * FROM stock", count_row, &nr, NULL) != SQLITE_OK;
	bad += nr != 2;
	bad += sqlite3_exec(db, "SELECT * FROM nowhere", NULL, NULL, NULL) == SQLITE_OK;
	struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL,
		handle, NULL, MHD_OPTION_CONNECTION_TIMEOUT, 5u, MHD_OPTION_END);
	unsigned short port = d ? MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port : 0;
	CURL *c = curl_easy_init();
	struct curl_slist *own = curl_slist_append(NULL, "X-Own: 1");
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, own);
	bad += call(c, port, "/stock", NULL) != 200;
	bad += call(c, port, "/order", "body") != 200;
	bad += call(c, port, "/broken", NULL) != 503;
	bad += call(c, 9, "/nobody", NULL) != -1;
	call_by_multi(port);
	curl_easy_cleanup(c);
	curl_slist_free_all(own);
	MHD_stop_daemon(d);
	sqlite3_close(db);
	puts(bad ? "failed" : "done");
	return bad;
}
