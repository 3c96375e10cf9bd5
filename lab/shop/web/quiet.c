/* A service that nobody watches. */
#include "web.h"

const struct web_observer *const web_observer = NULL;
