#!/bin/sh
# Holds what the over/ rules find in lab/shop/checkout/over against the answer key:
# test_key.sh OTEL-TIDY OUT      OUT: where lab/shop was built (build/lab/shop)
#
# No finding where the key says silent; a finding, of a rule that the key names, where it names
# one; "either" rows are counted. In right/ nothing may be found.
set -eu
program=$1 out=$2
dir=lab/shop/checkout
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

rules=
for page in rules/over/*/README.md; do
	rules="$rules --rule $(basename "$(dirname "$page")")"
done

# $rules is a list of words
find_in() {
	rc=0
	# shellcheck disable=SC2086
	"$program" check --color never $rules -p "$out/$1" > "$work/$1.txt" || rc=$?
	[ "$rc" -le 1 ] || { cat "$work/$1.txt"; exit 1; }
	grep -E '^[^ ]+:[0-9]+:[0-9]+: .* \[[a-z-]+\]$' "$work/$1.txt" || true
}
find_in right > "$work/right"
if [ -s "$work/right" ]; then
	cat "$work/right" >&2
	echo "test_key: right/ must stay silent" >&2
	exit 1
fi
find_in over > "$work/over"

# "file line function name" of each start, found as in test_expected.sh.
for file in "$dir"/over/*.c; do
	awk -v file="$(basename "$file")" '
		/^[a-z].*\(/ && !/;$/ {
			function_name = $0
			sub(/\(.*/, "", function_name)
			sub(/.*[ *]/, "", function_name)
		}
		waiting || /CTEL_SPAN\(|ctel_span_start\(/ {
			if (!waiting)
				line = NR
			if (match($0, /shop_tracer\(\), ("[^"]*"|[a-z_]+)/)) {
				name = substr($0, RSTART, RLENGTH)
				gsub(/shop_tracer\(\), |"/, "", name)
				print file, line, function_name, name
				waiting = 0
			} else
				waiting = 1
		}' "$file"
done > "$work/starts"

awk -F' *[|] *' '/^\| [a-z_]+\.c \|/ { print $2 "|" $3 "|" $4 "|" $6 }' "$dir/EXPECTED.md" > "$work/key"

awk -v starts="$work/starts" -v key="$work/key" '
	BEGIN {
		while ((getline line < starts) > 0) {
			split(line, s, " ")
			place[s[1] ":" s[2]] = s[1] "|" s[3] "|" s[4]
			of_name[s[4]] = s[1] "|" s[3] "|" s[4]
		}
	}
	{
		rule = $NF
		gsub(/[][]/, "", rule)
		split($1, at, ":")
		n = split(at[1], part, "/")
		start = part[n] ":" at[2]
		# at a call in a loop: the finding is about the span of the callee
		if (!(start in place) && match($0, /starts span "[^"]*"/)) {
			name = substr($0, RSTART + 13, RLENGTH - 14)
			where = of_name[name]
		} else if (start in place)
			where = place[start]
		else if (rule == "span-budget") {
			budget++
			next
		} else {
			print "a finding at no start of the key: " $0
			bad++
			next
		}
		if (found[where] != "" && rule != "span-in-loop") {
			print "two findings about one span: " where ": " found[where] " and " rule
			bad++
		}
		found[where] = found[where] " " rule
	}
	END {
		while ((getline line < key) > 0) {
			n = split(line, k, "|")
			where = k[1] "|" k[2] "|" k[3]
			is_either = k[4] ~ /^either/
			asks = k[4] ~ /(trivial|accessor|wrapper)-span|span-in-loop/
			m = split(found[where], rules_found, " ")
			either += is_either
			either_found += is_either && m > 0
			spoke += m > 0
			for (i = 1; i <= m; i++)
				if (!asks) {
					print where ": " rules_found[i] " speaks where the key is silent"
					bad++
				} else if (index(k[4], rules_found[i]) == 0 && !is_either && rules_found[i] != "span-in-loop") {
					print where ": " rules_found[i] " instead of " k[4]
					bad++
				}
			if (asks && !is_either && m == 0) {
				print where ": nothing found, the key says " k[4]
				bad++
			}
			rows++
		}
		if (!budget) {
			print "span-budget is silent"
			bad++
		}
		if (rows < 60) {
			print "only " rows + 0 " rows understood"
			bad++
		}
		printf "test_key: %d rows, %d spans found to be too much; %d of %d \"either\" rows among them\n", rows, spoke, either_found, either
		exit bad != 0
	}' "$work/over" || { echo "test_key: the rules and $dir/EXPECTED.md disagree" >&2; exit 1; }
