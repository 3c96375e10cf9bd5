#!/bin/sh
# Asks exported spans which tenants failed payments hit, under which flag, and says what the answer is
# worth: answer.sh OTEL-TIDY TRUTH ANSWER FILE…
#
# TRUTH: lines "traces tenant flag", sorted. ANSWER is where the whole answer goes. Prints
#	yes      the rows are the true ones, and no others
#	buried   the true ones are there, among rows that name nobody or somebody else
#	no       they are not there
set -eu
program=$1 truth=$2 answer=$3
shift 3
"$program" trace --color never --query 'error.type=provider_error group by tenant.id, app.feature.payment_v2' \
	"$@" >"$answer"
# A head line, a line for each combination, an empty line, a sum.
awk 'NF == 0 { exit } NR > 1 { print $4, $1, $2 }' "$answer" | sort >"$answer.rows"
nr=$(wc -l <"$answer.rows")
found=$(grep -c -x -F -f "$truth" "$answer.rows" || true)
wanted=$(wc -l <"$truth")
if [ "$wanted" -eq 0 ]; then
	echo 'answer.sh: nothing failed, there is nothing to ask' >&2
	exit 1
elif [ "$found" -eq "$wanted" ] && [ "$nr" -eq "$wanted" ]; then
	echo yes
elif [ "$found" -eq "$wanted" ]; then
	echo buried
else
	echo no
fi
