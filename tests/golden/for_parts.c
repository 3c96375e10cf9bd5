// flags: -std=c11
// A for statement's parts are found when some are missing, also in macros.
struct node {
	struct node *next;
};
int f(int);
#define each(n, list) for (struct node *n = (list); n; n = n->next)
#define while_true(x) for (; f(x);)
#define forever for (;;)
#define step_only(x) for (;; (x)++)
#define walk(n) for (; (n = n->next);)
#define assign_is_cond(n, i) for (; n = n->next; i++)
#define call_is_init(i) for (f(i); i < 9;)
#define no_step(i) for (int i = 0; i < f(i);)

void missing(int i)
{
	for (;;) {
		if (f(0))
			break;
	}
	for (i = 0;;)
		if (f(i++))
			break;
	for (; i < 3;)
		f(i++);
	for (;; i++) /* a ; in a comment */
		if (f(i))
			break;
	for (int k = f(';'); k < 2;)
		k++;
	for (; i < 5; i++)
		f(i);
}

void macros(struct node *list, int i)
{
	each(n, list)
		f(1);
	while_true(i)
		f(2);
	step_only(i)
		if (f(3))
			break;
	no_step(k)
		k++;
	const char *s = "for (;;) 'in a string'";
	walk(list)
		f(5);
	assign_is_cond(list, i)
		f(*s);
	call_is_init(i)
		i++;
	forever
		if (f(4))
			return;
}
