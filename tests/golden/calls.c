// flags: -std=gnu11
// Callees: direct, through fields and other pointers, macros of statement expressions, _Generic,
// noreturn, discarded results.
struct span;
struct ops {
	void (*end)(struct span *);
	int (*set)(struct span *, const char *key, int value);
};
struct span {
	const struct ops *ops;
	int (*hooks[2])(int);
};
typedef struct {
	void (*flush)(void);
} table;

#define OPS(p, f, ...) ({ __typeof__(p) _p = (p); _p->ops->f(_p, ##__VA_ARGS__); })

void set_int(struct span *s, const char *key, long value);
void set_string(struct span *s, const char *key, const char *value);
#define SET(s, key, value) \
	_Generic((value), int: set_int, long: set_int, char *: set_string, \
		const char *: set_string)(s, key, value)

_Noreturn void die(const char *why);
void leave(int status) __attribute__((noreturn));
int pure(int) __attribute__((pure));

int through_macro(struct span *s)
{
	OPS(s, end);
	return OPS(s, set, "key", 3);
}

void generic(struct span *s, int n)
{
	SET(s, "a", n);
	SET(s, "b", "text");
}

int pointers(struct span *s, const table *t, int (*callback)(int))
{
	t->flush();
	callback(1);
	(*callback)(2);
	return s->hooks[1](3);
}

typedef int (*function)(int);
function get(int);

int pointers_to_pointers(void *p, function *list, int n)
{
	n = get(1)(2);
	n += ((function)p)(3);
	n += (n ? get(4) : pure)(5);
	n += (*list)(6);
	return list[1](7);
}

int never(int n)
{
	if (n)
		die("why");
	if (n > 3)
		leave(1);
	__builtin_unreachable();
}

void results(int n)
{
	pure(1);
	(void)pure(2);
	n = pure(3), pure(4);
	if (__builtin_expect(!!(n > 1), 0))
		pure(5);
}
