#include "log.h"

int c_run(FILE *file);

int c_run(FILE *file)
{
	return log_line(file, "c");
}
