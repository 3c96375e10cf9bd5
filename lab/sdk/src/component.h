/* SPDX-License-Identifier: Apache-2.0 */
/* Components that the program has registered by name. */
#ifndef CTEL_COMPONENT_H
#define CTEL_COMPONENT_H

#include "sdk.h"
#include "yaml.h"

struct ctel_properties {
	struct yaml_node node; /* {0} where there is no file */
	int depth;             /* components within components; an alias may lead in circles */
};

#define MAX_DEPTH 32

#define KNOWN_SAMPLERS                                                                             \
	"always_on always_off always_record trace_id_ratio_based probability/development "         \
	"parent_based composite/development"
#define KNOWN_EXPORTERS   "otlp_http otlp_file/development console"
#define KNOWN_PROCESSORS  "batch simple"
#define KNOWN_PROPAGATORS "tracecontext baggage b3 b3multi xray"

/* Each false when no such component is registered; else what it made, or NULL or false. `p` is NULL
 * where it is named by a variable. */
bool component_sampler(struct slice name, const ctel_properties *p, ctel_sampler **out);
bool component_exporter(struct slice name, const ctel_properties *p, ctel_exporter **out);
bool component_processor(
	struct slice name, const ctel_properties *p, ctel_processor *out, bool *is_made);
bool component_is_propagator(struct slice name);
/* It is what component_propagator gives from now on. */
bool component_make_propagator(struct slice name, const ctel_properties *p);
const struct propagator *component_propagator(struct slice name); /* NULL: none, or not made */

#endif
