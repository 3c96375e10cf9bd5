/* Files around a Collector and its programs: compose, ECS, Kubernetes, charts, environment. */
#ifndef OTEL_TIDY_PIPELINE_DEPLOY_H
#define OTEL_TIDY_PIPELINE_DEPLOY_H

#include "pipeline/system.h"

/* Takes from one document whatever is in it: Collectors, SDKs, replicas. False: nothing was. */
bool deploy_read(struct system *s, const struct yaml *document);
/* Lines NAME=value become the environment of a program, and variables for other files. */
bool deploy_read_env(struct system *s, const char *file, const char *text);
/* A text that stands in another document as a configuration of its own. */
bool deploy_read_block(struct system *s, const struct yaml *block, const char *name);
/* Gives replicas and such to the Collectors whose configuration came from elsewhere. */
void deploy_link(struct system *s);

/* For read.c and deploy.c: parses, with variables put in; adds a problem when it cannot. */
bool system_parse(struct system *s, const struct yaml_origin *origin, const char *text, size_t n,
	bool is_quiet, struct yaml_documents *out);

#endif
