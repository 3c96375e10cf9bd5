/* The commands, one file each; every one returns the exit code. */
#ifndef OTEL_TIDY_CLI_COMMANDS_H
#define OTEL_TIDY_CLI_COMMANDS_H

#include "cli/options.h"

int command_check(struct options *o);
int command_attributes(struct options *o);
int command_fix(struct options *o);
int command_diff(struct options *o);
int command_collect(struct options *o);
int command_link(struct options *o);
int command_debug(struct options *o);
int command_why(struct options *o);
int command_explain(struct options *o);
int command_rules(struct options *o);
int command_trace(struct options *o);
int command_baseline(struct options *o);
int command_doctor(struct options *o);
int command_init(struct options *o);
int command_evidence(struct options *o);
int command_generate(struct options *o);
int command_lsp(struct options *o);
int command_ninja(struct options *o);
int command_models(struct options *o);
int command_pipeline(struct options *o);

#endif
