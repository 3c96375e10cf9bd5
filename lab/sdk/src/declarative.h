/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a declarative configuration. Each reads one node; mistakes are counted in the
 * document. Schema: github.com/open-telemetry/opentelemetry-configuration. */
#ifndef CTEL_DECLARATIVE_H
#define CTEL_DECLARATIVE_H

#include "component.h"

/* NULL after a mistake. `depth`: within how many other components it stands. */
ctel_sampler *declarative_sampler(struct yaml_node n, int depth);
ctel_exporter *declarative_exporter(struct yaml_node n, int depth);
/* What is said of a component of the program's own. */
const ctel_properties *declarative_properties(struct yaml_node n, int depth);
/* With an error when it is. */
bool declarative_is_too_deep(struct yaml_node n, int depth);
/* Fills in one processor with its exporter. */
void declarative_processor(struct yaml_node n, ctel_processor *out);
void declarative_limits(struct yaml_node general, struct yaml_node span, ctel_limits *out);
void declarative_resource(struct yaml_node n, ctel_config *config, struct resource_plan *plan);

#endif
