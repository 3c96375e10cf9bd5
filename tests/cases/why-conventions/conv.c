#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <ctel/ctel.h>

enum level { LEVEL_LOW, LEVEL_HIGH };
enum result { RESULT_OK, RESULT_ERR_READ, RESULT_ERR_FULL };

struct box {
	int n;
};

int plain_negative(int fd);
int errno_negative(int fd);
int errno_positive(int fd);
int errno_set(int n);
enum result by_enum(int n);
enum level no_result(int n);
struct box *null_on_error(const char *path);
struct box *null_on_miss(struct box *all, int n);
bool false_on_error(const char *path);
bool is_odd(int n);
int compare(int a, int b);
int find(const int *all, int n);
int clamp(int n);
int handed_on(int fd);
int recorded(int n);
int one_on_error(const char *path);
void nothing(void);

int plain_negative(int fd)
{
	return close(fd) < 0 ? -1 : 0;
}

int errno_negative(int fd)
{
	return close(fd) < 0 ? -errno : 0;
}

int errno_positive(int fd)
{
	return close(fd) < 0 ? errno : 0;
}

int errno_set(int n)
{
	if (n > 0)
		return n;
	errno = EINVAL;
	return -1;
}

enum result by_enum(int n)
{
	if (n > 100)
		return RESULT_ERR_FULL;
	return n < 0 ? RESULT_ERR_READ : RESULT_OK;
}

enum level no_result(int n)
{
	return n > 10 ? LEVEL_HIGH : LEVEL_LOW;
}

struct box *null_on_error(const char *path)
{
	FILE *f = fopen(path, "r");
	if (!f)
		return NULL;
	fclose(f);
	return malloc(sizeof(struct box));
}

struct box *null_on_miss(struct box *all, int n)
{
	for (int i = 0; i < n; i++)
		if (all[i].n == n)
			return &all[i];
	return NULL;
}

bool false_on_error(const char *path)
{
	FILE *f = fopen(path, "r");
	if (!f)
		return false;
	fclose(f);
	return true;
}

bool is_odd(int n)
{
	return n % 2 == 1;
}

int compare(int a, int b)
{
	if (a < b)
		return -1;
	return a > b ? 1 : 0;
}

int find(const int *all, int n)
{
	for (int i = 0; i < n; i++)
		if (all[i] == n)
			return i;
	return -1;
}

#define LIMIT 100
int clamp(int n)
{
	return n > LIMIT ? LIMIT : n < -LIMIT ? -LIMIT : n;
}

int handed_on(int fd)
{
	int rc = errno_negative(fd);
	if (rc == 0)
		rc = plain_negative(fd + 1);
	return rc;
}

int recorded(int n)
{
	ctel_span *span = ctel_span_current();
	if (n > 3) {
		ctel_span_error(span, "too_many", "more than three");
		return -1;
	}
	return n;
}

int one_on_error(const char *path)
{
	FILE *f = fopen(path, "r");
	if (!f)
		return 1;
	fclose(f);
	return 0;
}

void nothing(void)
{
}
