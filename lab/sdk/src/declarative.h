/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a declarative configuration. Each reads one node; mistakes are counted in the
 * document. Schema: github.com/open-telemetry/opentelemetry-configuration. */
#ifndef CTEL_DECLARATIVE_H
#define CTEL_DECLARATIVE_H

#include "sdk.h"
#include "yaml.h"

/* NULL after a mistake. */
ctel_sampler *declarative_sampler(struct yaml_node n);
/* Fills in one processor with its exporter. */
void declarative_processor(struct yaml_node n, ctel_processor *out);
void declarative_limits(struct yaml_node general, struct yaml_node span, ctel_limits *out);
void declarative_resource(struct yaml_node n, ctel_config *config, struct resource_plan *plan);

#endif
