#!/bin/sh
# The answer key names every place in over/ that starts a span, and no other.
set -eu
dir=lab/shop/checkout
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "file function name" for each start. A function begins at the left margin and is named by the word
# before its first parenthesis; a start that clang-format wrapped has its name on the next line.
for file in "$dir"/over/*.c; do
	awk -v file="$(basename "$file")" '
		/^[a-z].*\(/ && !/;$/ {
			function_name = $0
			sub(/\(.*/, "", function_name)
			sub(/.*[ *]/, "", function_name)
		}
		waiting || /CTEL_SPAN\(|ctel_span_start\(/ {
			if (match($0, /shop_tracer\(\), ("[^"]*"|[a-z_]+)/)) {
				name = substr($0, RSTART, RLENGTH)
				gsub(/shop_tracer\(\), |"/, "", name)
				print file, function_name, name
				waiting = 0
			} else
				waiting = 1
		}' "$file"
done | sort > "$work/sources"

awk -F' *[|] *' '/^\| [a-z_]+\.c \|/ { print $2, $3, $4 }' "$dir/EXPECTED.md" | sort > "$work/key"

nr=$(grep -h -E -c 'CTEL_SPAN\(|ctel_span_start\(' "$dir"/over/*.c | awk '{ n += $1 } END { print n }')
if [ "$nr" -ne "$(wc -l < "$work/sources")" ]; then
	echo "test_expected: $nr starts in the sources, not all of them understood" >&2
	exit 1
fi
if ! diff -u --label sources --label EXPECTED.md "$work/sources" "$work/key" >&2; then
	echo "test_expected: $dir/EXPECTED.md and $dir/over differ" >&2
	exit 1
fi
echo "test_expected: $nr places"
