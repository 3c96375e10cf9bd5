/* Terminal: colour by environment and by kind of file, width, the progress line. */
#include "unit.h"

#include "base/path.h"
#include "base/str.h"
#include "base/terminal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The near end as a stream, the far end as a descriptor; false: this machine has no ptys. */
static bool open_terminal(FILE **near, int *far, unsigned short columns)
{
	*far = posix_openpt(O_RDWR | O_NOCTTY);
	if (*far < 0 || grantpt(*far) != 0 || unlockpt(*far) != 0)
		return false;
	int fd = open(ptsname(*far), O_RDWR | O_NOCTTY);
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	if (fd < 0 || ioctl(fd, TIOCSWINSZ, &size) != 0)
		return false;
	*near = fdopen(fd, "r+");
	return *near != NULL;
}

static void set_environment(const char *no_color, const char *force, const char *term)
{
	static const char *const names[] = {"NO_COLOR", "CLICOLOR_FORCE", "TERM"};
	const char *values[] = {no_color, force, term};
	for (size_t i = 0; i < 3; i++) {
		if (values[i])
			setenv(names[i], values[i], 1);
		else
			unsetenv(names[i]);
	}
}

static void test_color(void **state)
{
	struct unit *u = *state;
	FILE *file = fopen(path_join(&u->arena, u->dir, "f"), "w"), *terminal;
	int far;
	assert_non_null(file);
	if (!open_terminal(&terminal, &far, 80))
		skip();
	static const struct {
		const char *no_color, *force, *term;
		bool on_terminal, on_file;
	} cases[] = {
		{NULL, NULL, "xterm", true, false},
		{"", "", "xterm", true, false},
		{"1", NULL, "xterm", false, false},
		{"0", "1", "xterm", false, false},
		{NULL, "1", "xterm", true, true},
		{NULL, "1", "dumb", true, true},
		{NULL, "0", "xterm", true, false},
		{NULL, NULL, "dumb", false, false},
		{NULL, NULL, "", false, false},
		{NULL, NULL, NULL, false, false},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		set_environment(cases[i].no_color, cases[i].force, cases[i].term);
		assert_int_equal(terminal_wants_color(terminal), cases[i].on_terminal);
		assert_int_equal(terminal_wants_color(file), cases[i].on_file);
	}
	fclose(file);
	fclose(terminal);
	close(far);
}

static void test_width(void **state)
{
	struct unit *u = *state;
	FILE *file = fopen(path_join(&u->arena, u->dir, "f"), "w"), *terminal;
	int far;
	assert_int_equal(terminal_width(file), 0);
	fclose(file);
	if (!open_terminal(&terminal, &far, 133))
		skip();
	assert_int_equal(terminal_width(terminal), 133);
	fclose(terminal);
	close(far);
}

/* Everything that `write_it` sends to stderr when stderr is `fd`. */
static void with_stderr(int fd, void (*write_it)(void))
{
	fflush(stderr);
	int saved = dup(STDERR_FILENO);
	dup2(fd, STDERR_FILENO);
	write_it();
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
}

static void write_progress(void)
{
	terminal_progress(
		"%d of %d: %s", 1, 20, "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4");
	terminal_progress("two\nlines");
	terminal_progress_clear();
	terminal_progress_clear();
}

static void test_progress(void **state)
{
	struct unit *u = *state;
	FILE *terminal;
	int far;
	const char *path = path_join(&u->arena, u->dir, "err");
	set_environment(NULL, NULL, "xterm");
	int fd = open(path, O_RDWR | O_CREAT, 0600);
	with_stderr(fd, write_progress);
	close(fd);
	size_t size = 1;
	assert_non_null(file_read(&u->arena, path, 4096, &size));
	assert_int_equal(size, 0); /* nothing of it reaches a file */
	if (!open_terminal(&terminal, &far, 14))
		skip();
	with_stderr(fileno(terminal), write_progress);
	char text[256] = "";
	ssize_t n = read(far, text, sizeof(text) - 1);
	assert_true(n > 0);
	/* 13 columns, no letter cut in two, once cleared */
	assert_string_equal(
		text, "\r1 of 20: \xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\033[K\rtwo\033[K\r\033[K");
	set_environment(NULL, NULL, "dumb");
	with_stderr(fileno(terminal), write_progress);
	fcntl(far, F_SETFL, O_NONBLOCK);
	assert_int_equal(read(far, text, sizeof(text)), -1);
	fclose(terminal);
	close(far);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		unit_test_with_dir(test_color),
		unit_test_with_dir(test_width),
		unit_test_with_dir(test_progress),
	};
	unit_filter(argc, argv);
	return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
