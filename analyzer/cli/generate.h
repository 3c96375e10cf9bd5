/* What is generated from the tables of commands and options. */
#ifndef OTEL_TIDY_CLI_GENERATE_H
#define OTEL_TIDY_CLI_GENERATE_H

#include "base/str.h"

/* man(7): one page for all commands. */
void generate_man(struct strbuf *b);
/* Completions of shells. */
void generate_bash(struct strbuf *b);
void generate_zsh(struct strbuf *b);
void generate_fish(struct strbuf *b);
/* The words that may stand behind a command, as in "accept prune"; "": files. */
const char *generate_words(const char *command);

#endif
