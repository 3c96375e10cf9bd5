/* What must hold of any IR: indices in range, values computed before use, terminators at the ends
 * of blocks. Facts from outside are checked with it, and so is the frontend in the tests. */
#ifndef OTEL_TIDY_IR_VALIDATE_H
#define OTEL_TIDY_IR_VALIDATE_H

#include "ir/ir.h"

bool ir_func_is_valid(const struct ir_func *f);
/* Every place in the unit names a file of the unit. */
bool ir_locs_are_valid(const struct ir_unit *u);

#endif
