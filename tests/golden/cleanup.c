// flags: -std=gnu11
// __attribute__((cleanup)) runs at every way out of a scope, the newest variable first.
struct span;
struct span *start(const char *name);
void finish(struct span **s);
static void finish_static(struct span **s)
{
	finish(s);
}
int work(struct span *s);
#define SPAN(var, name) struct span *var __attribute__((cleanup(finish))) = start(name)

int on_return(int n)
{
	SPAN(a, "a");
	struct span *b __attribute__((cleanup(finish_static))) = start("b");
	if (n)
		return work(a);
	return work(b);
}

void in_loop(int n)
{
	for (int i = 0; i < n; i++) {
		SPAN(s, "turn");
		if (i == 1)
			continue;
		if (i == 2)
			break;
		work(s);
	}
}

int out_by_goto(int n)
{
	SPAN(outer, "outer");
	{
		SPAN(inner, "inner");
		if (work(inner))
			goto fail;
	}
	return 0;
fail:
	return -1;
}

void nested_scope(void)
{
	{
		SPAN(s, "s");
	}
	work(0);
}
