#include "log.h"

int a_run(FILE *file);

int a_run(FILE *file)
{
	return log_line(file, "a");
}
