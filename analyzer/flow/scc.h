/* Strongly connected components of the call graph: the order in which summaries are computed. */
#ifndef OTEL_TIDY_FLOW_SCC_H
#define OTEL_TIDY_FLOW_SCC_H

struct program;

/* Fills func->scc and is_recursive: a callee's number is lower than its caller's unless they call
 * each other. Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion.
 */
void scc_number(struct program *p);

#endif
