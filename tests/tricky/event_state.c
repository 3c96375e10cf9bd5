// A tracer of events: what one event starts, a later one ends.
#include <ctel/ctel.h>
#include <stddef.h>

enum event { EVENT_BEGINS, EVENT_ENDS, EVENT_OTHER };

static const char *const reaction_names[] = {"idle", "load", "transform", "store"};
static _Thread_local ctel_span *active;
static ctel_tracer *tracer;

void on_event(enum event event, unsigned reaction)
{
	if (reaction >= sizeof(reaction_names) / sizeof(reaction_names[0]))
		return;
	switch (event) {
	case EVENT_BEGINS:
		if (active)
			ctel_span_end(active);
		active = ctel_span_start(tracer, reaction_names[reaction], NULL);
		break;
	case EVENT_ENDS:
		ctel_span_end(active);
		active = NULL;
		break;
	case EVENT_OTHER:
		ctel_event(active, "other");
		break;
	}
}
