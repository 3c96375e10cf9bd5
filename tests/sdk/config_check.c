/* Says of declarative configuration files whether the SDK takes them: a line for each, "taken FILE"
 * or "refused FILE: why". A third outcome is a failure: silence, a crash, an end that does not
 * come. */
#include <ctel/ctel.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char said[4096];

static void on_log(void *user, ctel_level level, const char *message)
{
	size_t n = strlen(said);

	(void)user;
	(void)level;
	snprintf(said + n, sizeof(said) - n, "%s%s", n ? " | " : "", message);
}

/* Each file in a process of its own: they may not see each other. */
static int check(const char *file)
{
	int rc;

	alarm(20);
	ctel_log_to(on_log, NULL);
	rc = ctel_init_file(file, "config_check");
	if (rc == 0) {
		CTEL_SPAN(span, ctel_tracer_get("config_check", NULL), "one");
		ctel_set(span, "http.route", "/healthz");
	}
	/* no time to send anything: an example may name any host */
	ctel_shutdown(0);
	if (rc == 0)
		printf("taken %s%s%s\n", file, *said ? ": " : "", said);
	else
		printf("refused %s: %s\n", file, *said ? said : "WITHOUT A REASON");
	fflush(stdout);
	return rc == 0 || *said ? 0 : 1;
}

int main(int argc, char **argv)
{
	int bad = 0;

	for (int i = 1; i < argc; i++) {
		int status = 0;
		pid_t child = fork();

		if (child == 0)
			_exit(check(argv[i]));
		if (child < 0 || waitpid(child, &status, 0) < 0)
			return 2;
		if (WIFSIGNALED(status))
			printf("crashed %s: signal %d\n", argv[i], WTERMSIG(status));
		bad += status != 0;
	}
	return bad ? 1 : 0;
}
