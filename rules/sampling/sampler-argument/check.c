/* An argument that the SDK's sampler does not take, or does not look at. */
#include "base/str.h"
#include "engine/tell_config.h"

static void check_ratio(const struct rule_run *run, const struct sdk *sdk, const char *name)
{
	const char *text = yaml_text(sdk->argument_at);
	double ratio = 0;
	struct remark r = {
		.at = sdk->argument_at ? sdk->argument_at : sdk->sampler_at, .subject = sdk->name};
	if (yaml_is_null(sdk->argument_at)) {
		r.message = tell_text(run, "sampler %s of %s has no argument: it keeps everything",
			sdk->sampler_text, name);
		r.why = "the default ratio is 1.0";
		r.fix = "set the share to keep, from 0 to 1";
		remark(run, &r);
	} else if (text && (!yaml_number(sdk->argument_at, &ratio) || ratio > 1 || ratio < 0)) {
		bool is_percent = ratio > 1 && ratio <= 100;
		r.message = tell_text(run, "ratio \"%s\" of %s is no number from 0 to 1%s", text,
			name,
			is_percent || str_has_suffix(text, "%") ? "; percent are not understood"
								: "");
		r.why = "the SDK warns once and keeps everything";
		r.fix = is_percent ? tell_text(run, "%g is %g %%", ratio / 100, ratio)
				   : "a number from 0 to 1";
		r.patch = is_percent ? replace_scalar(run, sdk->argument_at,
					       tell_text(run, "%g", ratio / 100), "as a ratio")
				     : NULL;
		remark(run, &r);
	}
}

void rule_sampler_argument(struct rule_run *run);
void rule_sampler_argument(struct rule_run *run)
{
	const struct system *s = run->program->system;
	for (size_t i = 0; i < s->sdks.nr; i++) {
		const struct sdk *sdk = s->sdks.at[i];
		bool has_argument = sdk->argument_at && !yaml_is_null(sdk->argument_at);
		if (sdk->sampler == SAMPLER_RATIO) {
			check_ratio(run, sdk, sdk->name);
			if (!sdk->is_parent_based && sdk->ratio.high < 1)
				remark(run, &(struct remark){.at = sdk->sampler_at,
						    .subject = sdk->name,
						    .message = tell_text(run,
							    "%s of %s does not look at the "
							    "decision of the caller",
							    sdk->sampler_text, sdk->name),
						    .why = "services with different ratios each "
							   "keep other parts "
							   "of a trace, and none is whole",
						    .fix = tell_text(run,
							    "parentbased_%s (in a file: under "
							    "parent_based: root:)",
							    sdk->sampler_text)});
		} else if (has_argument && sdk->sampler == SAMPLER_UNSET) {
			remark(run, &(struct remark){.at = sdk->argument_at,
					    .subject = sdk->name,
					    .message = tell_text(run,
						    "%s has an argument for a sampler, and no "
						    "OTEL_TRACES_SAMPLER",
						    sdk->name),
					    .why = "the default, parentbased_always_on, takes no "
						   "argument: all is "
						   "kept",
					    .fix = "OTEL_TRACES_SAMPLER=parentbased_traceidratio"});
		} else if (has_argument && (sdk->sampler == SAMPLER_ALWAYS_ON ||
						   sdk->sampler == SAMPLER_ALWAYS_OFF)) {
			remark(run, &(struct remark){.at = sdk->argument_at,
					    .subject = sdk->name,
					    .message = tell_text(run,
						    "sampler %s of %s takes no argument",
						    sdk->sampler_text, sdk->name),
					    .why = "it is ignored",
					    .fix = "parentbased_traceidratio takes a ratio; else "
						   "remove the "
						   "argument"});
		}
	}
}
