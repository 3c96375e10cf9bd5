/* Called through a pointer: from where, nobody can say. */
#include <ctel/ctel.h>

struct loop {
	void (*on_tick)(ctel_tracer *tracer);
};

int loop_run(struct loop *loop);

static void tick(ctel_tracer *tracer)
{
	ctel_span *span = ctel_span_start(tracer, "GET", &(ctel_start){.kind = CTEL_CLIENT});
	ctel_span_end(span);
}

int main(void)
{
	struct loop loop = {.on_tick = tick};
	return loop_run(&loop);
}
