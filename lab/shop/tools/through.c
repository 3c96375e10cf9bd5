/* Sends a file of OTLP JSON lines through a Collector that it starts on free ports and ends again:
 *
 *	through OTELCOL CONFIG FILE KEPT
 *
 * KEPT is where the Collector writes what its tail sampling keeps. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DECISION_WAIT_S 4
#define START_TRIES     300

static const char *const variables[] = {"OTLP_HTTP", "OTLP_GRPC", "METRICS", "HEALTH", "SELF_PORT"};
#define NR_PORTS (sizeof(variables) / sizeof(variables[0]))

static void sleep_ms(long ms)
{
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	nanosleep(&t, NULL);
}

/* All of them are taken before one is given back, so that they differ. */
static int find_ports(unsigned ports[NR_PORTS])
{
	int sockets[NR_PORTS], rc = 0;
	for (size_t i = 0; i < NR_PORTS; i++) {
		struct sockaddr_in address = {
			.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
		socklen_t size = sizeof(address);
		sockets[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (sockets[i] < 0 || bind(sockets[i], (struct sockaddr *)&address, size) != 0 ||
			getsockname(sockets[i], (struct sockaddr *)&address, &size) != 0)
			rc = -1;
		ports[i] = ntohs(address.sin_port);
	}
	for (size_t i = 0; i < NR_PORTS; i++)
		if (sockets[i] >= 0)
			close(sockets[i]);
	return rc;
}

static pid_t start(
	const char *program, const char *config, const char *kept, const unsigned ports[NR_PORTS])
{
	pid_t parent = getpid(), pid = fork();
	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);
	for (size_t i = 0; i < NR_PORTS; i++) {
		char text[32];
		bool is_port = !strcmp(variables[i], "SELF_PORT");
		snprintf(text, sizeof(text), "%s%u", is_port ? "" : "127.0.0.1:", ports[i]);
		setenv(variables[i], text, 1);
	}
	char wait[16];
	snprintf(wait, sizeof(wait), "%ds", DECISION_WAIT_S);
	setenv("DECISION_WAIT", wait, 1);
	setenv("TRACES_FILE", kept, 1);
	char *log = NULL;
	if (asprintf(&log, "%s.log", kept) >= 0 && freopen(log, "w", stderr))
		dup2(STDERR_FILENO, STDOUT_FILENO);
	execl(program, program, "--config", config, (char *)NULL);
	_exit(127);
}

static size_t ignore(char *bytes, size_t size, size_t count, void *user)
{
	(void)bytes, (void)user;
	return size * count;
}

/* The HTTP status, or 0. */
static long post(CURL *curl, const char *body, size_t n)
{
	long status = 0;
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)n);
	if (curl_easy_perform(curl) == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static bool is_up(CURL *curl, pid_t pid)
{
	for (int i = 0; i < START_TRIES; i++) {
		if (post(curl, "{}", 2) == 200)
			return true;
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return false;
		sleep_ms(100);
	}
	return false;
}

static int send_lines(CURL *curl, const char *path)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;
	int rc = 0;
	FILE *f = fopen(path, "r");
	if (!f) {
		perror(path);
		return -1;
	}
	while (rc == 0 && (n = getline(&line, &cap, f)) > 0) {
		long status = post(curl, line, (size_t)n);
		for (int i = 0; status == 503 && i < 50; i++) { /* out of memory for now */
			sleep_ms(100);
			status = post(curl, line, (size_t)n);
		}
		if (status != 200) {
			fprintf(stderr, "through: the Collector answers %ld\n", status);
			rc = -1;
		}
	}
	free(line);
	fclose(f);
	return rc;
}

static int run(CURL *curl, char **argv)
{
	unsigned ports[NR_PORTS];
	char url[64];
	int rc = -1, status = 0;
	if (find_ports(ports) != 0)
		return -1;
	snprintf(url, sizeof(url), "http://127.0.0.1:%u/v1/traces", ports[0]);
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
	pid_t pid = start(argv[1], argv[2], argv[4], ports);
	if (pid > 0 && is_up(curl, pid)) {
		rc = send_lines(curl, argv[3]);
		sleep_ms((DECISION_WAIT_S + 2) * 1000L);
		kill(pid, SIGTERM);
		if (waitpid(pid, &status, 0) != pid || status != 0)
			rc = -1;
	} else if (pid > 0 && kill(pid, SIGKILL) == 0) {
		waitpid(pid, NULL, 0);
	}
	curl_slist_free_all(headers);
	if (rc != 0)
		fprintf(stderr, "through: see %s.log\n", argv[4]);
	return rc;
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: through OTELCOL CONFIG FILE KEPT\n");
		return 2;
	}
	curl_global_init(CURL_GLOBAL_DEFAULT);
	CURL *curl = curl_easy_init();
	int rc = curl ? run(curl, argv) : -1;
	curl_easy_cleanup(curl);
	curl_global_cleanup();
	return rc == 0 ? 0 : 1;
}
