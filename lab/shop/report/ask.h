/* A question to exported spans. */
#ifndef ASK_H
#define ASK_H

/* KEY=VALUE GROUP-KEYS FILE…; the exit code. */
int ask(int argc, char **argv);

#endif
