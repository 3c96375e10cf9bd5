#!/bin/sh
# `make conformance-report`: runs the judges and writes what was seen into docs/sdk-conformance.md,
# between its two marks. The suites of others are run where W3C_SUITE, CONFIG_EXAMPLES and SPEC_MATRIX
# say they are; without them, what the page says of these stays. REPORT='test-sdk-spec …' runs only these
# (REPORT= none), and what the page says of the others stays, too: for a look at one of them, and for the
# end of a long run of fuzzing.
set -u
make=${MAKE:-make}
page=docs/sdk-conformance.md
out=${BUILD:-build}/sdk-judges/seen
mkdir -p "$out"

# What a judge says, less the compiler's part of it; its failures count, and are not hidden.
run() { # name, make's arguments
	name=$1
	shift
	echo "$name" >&2
	"$make" --no-print-directory "$@" >"$out/$name.log" 2>&1
	status=$?
	grep -vE '^(  |make|\[|ctel: )|^[0-9]+ passed, [0-9]+ failed$|^$' "$out/$name.log" |
		sed 's/^FAIL \(.*\) | again:.*/**\1**/; s/^FAIL \(.*\)/**\1**/' | sed 's/|/\\|/g; s/$/. /' | tr -d '\n' >"$out/$name.said"
	set -- $(awk '
		/^\[  PASSED  \] .*[0-9]+ test\(s\)/ { sub(/ test\(s\).*/, ""); p += $NF }
		/^\[  FAILED  \] .*[0-9]+ test\(s\), listed below/ { sub(/ test\(s\).*/, ""); f += $NF }
		/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 }
		END { print p + 0, f + 0 }' "$out/$name.log")
	verdict="$1 of $(($1 + $2)) pass"
	[ $status -eq 0 ] || [ "$2" -gt 0 ] || verdict="**fails**"
	[ $(($1 + $2)) -gt 0 ] || verdict=$([ $status -eq 0 ] && echo passes || echo "**fails**")
	# what conformance counts is the matrix alone
	[ "$name" != conformance ] || verdict=$([ $status -eq 0 ] && echo passes || echo "**fails**")
	printf '| `make %s` | %s | %s |\n' "$name" "$verdict" "$(sed 's/ $//' "$out/$name.said")" >"$out/$name.row"
}

all="test-sdk-decode test-sdk-collector test-sdk-hostile test-sdk-spec test-sdk-w3c test-sdk-fuzz
	test-sdk-self test-sdk-matrix"
for name in $all; do
	grep "^| .make $name. " "$page" >"$out/$name.row"
done
for name in ${REPORT-$all}; do
	run "$name" "$name"
done
if [ -n "${W3C_SUITE:-}${CONFIG_EXAMPLES:-}${SPEC_MATRIX:-}" ]; then
	run conformance conformance W3C_SUITE="${W3C_SUITE:-}" CONFIG_EXAMPLES="${CONFIG_EXAMPLES:-}" \
		SPEC_MATRIX="${SPEC_MATRIX:-}"
else
	grep '^| `make conformance`' "$page" >"$out/conformance.row"
fi
grep '^| `make fuzz-sdk`' "$page" >"$out/zz-fuzz.row"
if [ -n "${FUZZED:-}" ]; then # the output of a long run of make fuzz-sdk
	printf '| `make fuzz-sdk` | %s | %s |\n' "$(grep -q '^FAIL' "$FUZZED" && echo '**fails**' || echo 'no finding')" \
		"$(grep -v '^FAIL\|^    ' "$FUZZED" | sed 's/$/. /' | tr -d '\n' | sed 's/ $//')" >"$out/zz-fuzz.row"
fi
{
	sed '/^<!-- seen -->/q' "$page"
	printf '\n| judge | outcome | what it said |\n|---|---|---|\n'
	cat "$out"/*.row
	printf '\nOn %s processors (%s), %s, with ctel %s and the Collector %s.\n\n' "$(nproc)" \
		"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(. /etc/os-release && echo "$PRETTY_NAME")" \
		"$(sed -n 's/^#define CTEL_VERSION "\(.*\)"/\1/p' lab/sdk/include/ctel/ctel.h)" \
		"$(sed -n 's/^  version: //p' lab/collector/otelcol/manifest.yaml)"
	sed -n '/^<!-- \/seen -->/,$p' "$page"
} >"$out/page"
cp "$out/page" "$page"
! grep -l '\*\*fails\*\*' "$out"/*.row
