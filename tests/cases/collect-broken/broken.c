#include "gone.h"
int f(void);
