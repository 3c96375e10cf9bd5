/* `otel-tidy attributes`: what the program can emit, and whether that is what was agreed on. */
#include "cli/commands.h"

#include "base/path.h"
#include "cli/contract.h"
#include "cli/gather.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define CONTRACT_BYTES ((size_t)64 << 20)

static int check(struct options *o, const struct setup *s, const struct contract *c)
{
	const char *path = path_join(o->arena, path_cwd(o->arena), o->contract), *error;
	const char *text = file_read(o->arena, path, CONTRACT_BYTES, NULL);
	struct strbuf out;
	size_t nr = 0;
	if (!text)
		return cli_fail("%s: %s", o->contract, strerror(errno));
	strbuf_init(&out, o->arena);
	if (!contract_compare(c, o->contract, text, &out, &nr, &error))
		return cli_fail("%s", error);
	fputs(strbuf_str(&out), stdout);
	if (nr) {
		fprintf(stderr,
			"The program and %s differ in %zu place%s; if that is meant, write it "
			"anew: "
			"otel-tidy attributes --format json > %s\n",
			o->contract, nr, nr == 1 ? "" : "s", o->contract);
		return EXIT_FINDINGS;
	}
	return s->incomplete.nr ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static void warn_incomplete(const struct setup *s)
{
	for (size_t i = 0; i < s->incomplete.nr; i++)
		fprintf(stderr, "%s: not in this list: %s\n", s->incomplete.at[i].file,
			s->incomplete.at[i].text);
}

int command_attributes(struct options *o)
{
	struct setup s;
	struct judgement j;
	struct contract c;
	if (o->contract[0] && o->outputs.nr)
		return cli_fail("attributes compares or lists; choose --check or --format");
	if (o->outputs.nr > 1)
		return cli_fail("attributes writes one list; give one --format");
	int failed = gather(&s, o);
	if (failed)
		return failed;
	setup_judge(&s, o, &j);
	contract_build(&c, &s.program, o->arena);
	warn_incomplete(&s);
	if (o->contract[0])
		return check(o, &s, &c);
	const struct output *to = o->outputs.nr ? &o->outputs.at[0] : NULL;
	struct strbuf out;
	strbuf_init(&out, o->arena);
	if (to && str_eq(to->format, "json"))
		contract_json(&out, &c);
	else if (to && str_eq(to->format, "weaver"))
		contract_weaver(&out, &s.program, o->arena);
	else
		contract_text(&out, &c);
	if (to && to->file[0] && !str_eq(to->file, "-")) {
		if (!file_write(path_join(o->arena, path_cwd(o->arena), to->file), strbuf_str(&out),
			    out.len))
			return cli_fail("%s: %s", to->file, strerror(errno));
	} else {
		fwrite(strbuf_str(&out), 1, out.len, stdout);
	}
	return s.incomplete.nr ? EXIT_INCOMPLETE : EXIT_CLEAN;
}
