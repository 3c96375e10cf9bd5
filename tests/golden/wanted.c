// flags:
/* A header's static functions are lowered where the unit comes to use them, by whatever way: all of
 * wanted.h but unused() and recursive(). */
#include "wanted.h"

static const struct { int (*call)(int); } table = {by_table};

int user(int x)
{
	int (*pointer)(int) = by_address;
	__attribute__((cleanup(by_cleanup))) int held = used(x);
	return pointer(held) + table.call(x) + CALL(x);
}
