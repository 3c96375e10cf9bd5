#!/bin/sh
# `make conformance`: the SDK against suites that others publish and this repository does not have.
#
#	conformance.sh JUDGES W3C_SUITE CONFIG_EXAMPLES SPEC_MATRIX
#
# W3C_SUITE: a checkout of w3c/trace-context, or its folder "test"; needs python3 with aiohttp.
# CONFIG_EXAMPLES: a checkout of open-telemetry/opentelemetry-configuration.
# SPEC_MATRIX: spec-compliance-matrix.md of open-telemetry/opentelemetry-specification.
set -u
judges=$1
suite=$2
examples=$3
matrix=$4
here=$(cd "$(dirname "$0")" && pwd)
failed=0
[ -n "$suite$examples$matrix" ] || {
	echo "conformance: make conformance W3C_SUITE=DIR CONFIG_EXAMPLES=DIR SPEC_MATRIX=FILE (one or more)" >&2
	exit 2
}

w3c() {
	[ -f "$suite/test.py" ] || suite=$suite/test
	[ -f "$suite/test.py" ] || { echo "conformance: no test.py in $suite" >&2; return 1; }
	python=$(sh "$here/../setup/python.sh" aiohttp) || {
		echo "conformance: the suite needs aiohttp: apt-get install python3-aiohttp" >&2
		return 1
	}
	fifo=$judges/w3c.fifo
	log=$PWD/$judges/w3c.log
	rm -f "$fifo" "$judges/w3c.port"
	mkfifo "$fifo" || return 1
	"$judges/w3c_service" <"$fifo" >"$judges/w3c.port" & # ends when the other end of the fifo closes
	exec 9>"$fifo"
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$judges/w3c.port" ] && break
		sleep 0.2
	done
	port=$(cat "$judges/w3c.port")
	harness=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	(cd "$suite" && SPEC_LEVEL=2 STRICT_LEVEL=2 HARNESS_PORT=$harness PYTHONDONTWRITEBYTECODE=1 \
		timeout 300 "$python" test.py "http://127.0.0.1:$port/test") >"$log" 2>&1
	status=$?
	exec 9>&-
	wait
	rm -f "$fifo"
	grep -E '^(FAIL|ERROR):' "$log" | sed 's/^/    /'
	ran=$(sed -n 's/^Ran \([0-9]*\) tests.*/\1/p' "$log")
	skipped=$(sed -n 's/.*skipped=\([0-9]*\).*/\1/p' "$log")
	if [ $status -eq 0 ] && [ "${ran:-0}" -ge 41 ] && [ -z "$skipped" ]; then
		echo "W3C trace-context suite, level 2: $ran cases, all passed"
	else
		echo "FAIL conformance: W3C suite: ${ran:-no} cases, status $status | whole output: $log"
		return 1
	fi
}

configuration() {
	nr=$(find "$examples" -name '*.yaml' -path '*/examples/*' -o -name '*.yaml' -path '*/snippets/*' | wc -l)
	[ "$nr" -gt 0 ] || { echo "conformance: no examples/*.yaml in $examples" >&2; return 1; }
	log=$PWD/$judges/configuration.txt
	work=$PWD/$judges/configuration
	program=$PWD/$judges/config_check
	rm -rf "$work" && mkdir -p "$work"
	# copies, because some name files under /var/log to write to
	find "$examples" -name '*.yaml' -path '*/examples/*' -o -name '*.yaml' -path '*/snippets/*' |
		while read -r file; do
			sed "s|file:///var/log/|file://$work/|" "$file" >"$work/${file##*/}" || exit 1
		done
	(cd "$work" && find . -name '*.yaml' | LC_ALL=C sort |
		env -i PATH="$PATH" xargs timeout 300 "$program") >"$log" 2>&1
	status=$?
	taken=$(grep -c '^taken ' "$log")
	refused=$(grep -c '^refused .*:[0-9][0-9]*:[0-9]' "$log")
	sed -n 's|^refused .*/\([^/]*\.yaml: \)|    refused \1|p' "$log" | cut -c1-160
	if [ $status -eq 0 ] && [ $((taken + refused)) -eq "$nr" ]; then
		echo "published configuration: $taken of $nr files are taken, $refused refused with line, column and reason"
	else
		grep -v -e '^taken ' -e '^refused .*:[0-9][0-9]*:[0-9]' "$log" | head -n 20
		echo "FAIL conformance: configuration: $taken taken and $refused refused with a place, of $nr | whole output: $log"
		return 1
	fi
}

schema() {
	[ -f "$examples/opentelemetry_configuration.json" ] || return 0
	python=
	for candidate in python3 /usr/bin/python3; do
		[ -n "$python" ] || ! "$candidate" -c 'import jsonschema, yaml' 2>/dev/null || python=$candidate
	done
	[ -n "$python" ] || {
		echo "skipped: the published schema needs python3-jsonschema and python3-yaml"
		return 0
	}
	timeout 600 "$python" -B "$here/config_schema.py" "$judges/config_check" "$examples" "$judges/schema"
}

if [ -n "$suite" ]; then w3c || failed=1; fi
if [ -n "$examples" ]; then configuration || failed=1; schema || failed=1; fi
if [ -n "$matrix" ]; then
	python3 -B "$here/matrix.py" docs/sdk-conformance.md --published "$matrix" || failed=1
fi
exit $failed
