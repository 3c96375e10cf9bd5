// flags: -std=c11
// mode: --places
// Where things stand: columns and ends, and macros at the place of their use.
int f(int a, int b);
#define TWICE(x) f(f(x, 1), 2)
#define BOTH(x) \
	do { \
		f(x, 1); \
		f(x, 2); \
	} while (0)

int places(int first, int second)
{
	int result = f(first, second);
	result += TWICE(first);
	BOTH(result);
	return f(first,
		second);
}
