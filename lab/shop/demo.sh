#!/bin/sh
# What `make demo` shows once everything is built: four services, one business logic in three
# instrumentations, what each costs and answers, and what otel-tidy says about it.
#
#	demo.sh OTEL-TIDY OUT LIBCTEL-AUTO      OUT: build/lab/shop
set -u
program=$1 out=$2 auto=$3
here=$(dirname "$0")
lines() { printf '%s\n' "$@"; }

lines '' \
	'A shop of four services: storefront, checkout, payment, inventory. Some payments fail, for one tenant,' \
	'under one feature flag; some goods come from a slow warehouse. The business code of the checkout is the' \
	'same in all three copies; only the tracing differs:' \
	'' \
	'  under/  no line of tracing: libctel-auto.so sees HTTP and SQL, and nothing of orders and tenants' \
	'  right/  spans on the critical paths, with what one would ask a trace about; tenant and flag as baggage' \
	'  over/   what a coding agent commits when it is told to "add OpenTelemetry tracing"' \
	'' \
	'Now the same days are played through each, in turn, with tracing off and on. A minute and a half:' ''
sh "$here/table.sh" "$program" "$out" "$auto" || exit 1
awk -F ' *[|] *' '
	/^\|/ && !/^\| ---/ {
		n++
		for (i = 2; i <= 5; i++) {
			cell[n, i] = $i
			if (length($i) > width[i])
				width[i] = length($i)
		}
		next
	}
	!/^\|/ { rest = rest "  " $0 "\n" }
	END {
		for (k = 1; k <= n; k++)
			printf "  %-" width[2] "s  %-" width[3] "s  %-" width[4] "s  %s\n", cell[k, 2], cell[k, 3],
				cell[k, 4], cell[k, 5]
		printf "%s", rest
	}' "$out/table.md"

query='error.type=provider_error group by tenant.id, app.feature.payment_v2'
lines '' "\$ otel-tidy trace --query '$query' $out/table/right.jsonl"
sed 's/^/  /' "$out/table/right-answer"
lines "The same question to under/: $(tail -n 1 "$out/table/under-answer"). To over/:"
sed 's/^/  /' "$out/table/over-answer"

"$program" check -q -p "$out/right" >"$out/right.txt"
[ $? -eq 0 ] || { cat "$out/right.txt"; echo "demo.sh: right/ is expected to be clean" >&2; exit 1; }
"$program" check --color never -p "$out/over" >"$out/over.txt"
[ $? -eq 1 ] || { cat "$out/over.txt"; echo "demo.sh: over/ is expected to have findings" >&2; exit 1; }
lines '' "\$ otel-tidy check -p $out/over" ''
# findings are blocks of lines with a blank line behind; the rule stands in brackets
awk -v RS= '
	match($0, /\[[a-z-]+\]\n/) {
		rule = substr($0, RSTART + 1, RLENGTH - 3)
		if (!(rule in count))
			order[++nr] = rule
		if (count[rule]++ == 0 && (rule == "missing-attribute" || rule == "trivial-span"))
			print $0 "\n"
		next
	}
	/The Fine Line/ { rest = $0 }
	END {
		printf "All of them:"
		for (i = 1; i <= nr; i++)
			printf "%s %d %s", (i > 1 ? "," : ""), count[order[i]], order[i]
		print "\n\n" rest
	}
' "$out/over.txt"
lines '' \
	'The bar shows where the program stands between too little (-) and too much (+). Spans that reach the' \
	'database or the network are not touched; what cannot be known for sure is left alone and counted as' \
	'undecided. right/ has no finding.' \
	'' \
	"The table: $out/table.md    all findings: $out/over.txt" \
	"Next: $program explain trivial-span" \
	"      $program check -p DIRECTORY-OF-YOUR-compile_commands.json"
