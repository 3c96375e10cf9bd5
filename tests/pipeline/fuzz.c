/* Fuzzing of configuration: the input is a file. It becomes a system that can be linked, drawn and
 * planned, or a problem with a place and a text on one line. */
#include "cli/draw.h"
#include "cli/plan.h"
#include "pipeline/system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void check_text(const char *what, const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s < 0x20 && *s != '\t') {
			fprintf(stderr, "fuzz pipeline: a control character in %s\n", what);
			abort();
		}
	}
}

static void draw(const struct system *s, struct arena *a)
{
	struct strbuf out;
	struct prices prices;
	const char *error;
	strbuf_init(&out, a);
	draw_text(&out, s);
	draw_dot(&out, s);
	draw_svg(&out, s);
	if (!prices_read(a, "", &prices, &error))
		abort();
	plan_json(&out, s, &prices);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
	struct arena arena;
	struct system s;
	char path[64];
	if (n > 1 << 16)
		return 0;
	int fd = memfd_create("configuration", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	for (int is_page = 0; is_page < 2; is_page++) {
		arena_init(&arena);
		system_init(&s, &arena, "/");
		s.is_embedded = is_page;
		s.traffic.traces_per_second = 100;
		bool ok = system_add(&s, path);
		system_link(&s);
		if (!ok && !s.problems.nr) {
			fprintf(stderr, "fuzz pipeline: refused without a problem\n");
			abort();
		}
		for (size_t i = 0; i < s.problems.nr; i++)
			check_text("a problem", s.problems.at[i].text);
		for (size_t i = 0; i < s.comments.nr; i++)
			if (!s.comments.at[i].line || !s.comments.at[i].target)
				abort();
		draw(&s, &arena);
		arena_fini(&arena);
	}
	close(fd);
	return 0;
}
