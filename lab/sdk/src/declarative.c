/* SPDX-License-Identifier: Apache-2.0 */
/* stub, replaced below */
#include "sdk.h"
#include <errno.h>
int declarative_start(const char *path, const char *service_name)
{
	(void)path;
	(void)service_name;
	return -ENOTSUP;
}
