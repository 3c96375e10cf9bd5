// flags: -std=c11 -isystem sys
// Functions of the project's own headers are lowered, those of system headers are not.
#include "header.h"
#include <system.h>

int main(void)
{
	return in_header(1) + in_system(2);
}
