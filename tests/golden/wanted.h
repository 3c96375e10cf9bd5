/* Functions of a header, of which wanted.c comes to use some. */
static inline int unused(int x) { return x + 1; }
static inline int deep(int x) { return x + 2; }
static inline int used(int x) { return deep(x); }
static inline int by_address(int x) { return x + 4; }
static inline int by_table(int x) { return x + 5; }
static inline int by_macro(int x) { return x + 6; }
static inline void by_cleanup(int *x) { *x = 0; }
static inline int recursive(int x) { return x ? recursive(x - 1) : 0; }
__attribute__((annotate("otel-tidy:critical:noted"))) static inline int noted(int x) { return x; }
int exported(int x) { return x + 7; }
#define CALL(x) by_macro(x)
