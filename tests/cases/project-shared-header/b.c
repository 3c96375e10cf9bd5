#include "log.h"

int b_run(FILE *file);

int b_run(FILE *file)
{
	return log_line(file, "b");
}
