// flags: -std=c11
// Constants, strings, records, addresses.
#include <stddef.h>
#include <stdbool.h>
#define KEY "http." "method"
static const char array_key[] = "array";
static const char *const pointer_key = "pointer";
static const char *not_constant = "changes";
static const int limit = 40 + 2;
enum status { OK, FAILED = 7 };
struct inner {
	int x, y;
};
struct record {
	const char *name;
	struct inner in;
	int list[3];
	union {
		int as_int;
		float as_float;
	};
};
void use(const void *);
void use_int(long);

void strings(void)
{
	use(KEY);
	use(array_key);
	use(pointer_key);
	use(not_constant);
	use("tab\tquote\"null\x41\101 \303\251");
}

void numbers(int n)
{
	use_int(0x1f);
	use_int(-1);
	use_int(18446744073709551615u);
	use_int('a');
	use_int(true);
	use_int(FAILED);
	use_int(limit);
	use_int(sizeof(n++));
	use_int(offsetof(struct record, in));
	use(NULL);
	use(0);
}

int records(struct record *r, int i)
{
	struct record local = {.name = "n", .in.x = 1, .list = {[1] = 5}};
	struct inner in = {1, 2};
	r->in = in;
	local.as_int = r->list[i];
	use(&r->in.y);
	use(r->list);
	use(&(struct inner){3, 4});
	int *p = &i;
	*p += 2;
	return i++ + ++*p;
}

int statics(void)
{
	static int counter = 0;
	return counter++;
}
