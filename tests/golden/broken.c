// flags: -std=c11
// Code that does not compile: the rest is lowered, broken functions say that they are.
#include "no-such-header.h"
int fine(int n)
{
	return n;
}
int broken(int n)
{
	unknown_type x = missing(n);
	return n + undeclared;
}
int also_fine(void)
{
	return fine(1);
}
