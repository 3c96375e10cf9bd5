#!/bin/sh
# Proves that the comparison with the accepted list can fail, with a pretended otel-tidy.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tree=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/tests/corpus" "$tree/shop/build"
cp "$here/run" "$here/findings.py" "$tree/tests/corpus/"
cd "$tree" || exit 2
echo '[]' >shop/build/compile_commands.json
cat >otel-tidy <<'SH'
#!/bin/sh
echo "$*" >"${0%/*}/arguments"
cat "${0%/*}/report.json"
exit "$(cat "${0%/*}/status")"
SH
chmod +x otel-tidy
finding() { # rule, file, line, suppressed
	printf '{"rule":"%s","file":"%s","line":%s,"function":"pay","subject":"a b","suppressed":%s}' "$@"
}
report() { # units, incomplete, findings
	printf '{"findings":[%s],"fine_line":{"units":%s,"spans":2,"functions":9,"functions_incomplete":1},"incomplete":[%s]}' \
		"$3" "$1" "$2" >report.json
}
page() { # rows
	printf '# shop\n\n| | |\n|---|---|\n| units | 2 |\n\n| rule | file:line | verdict | reason |\n|---|---|---|---|\n%s\n' \
		"$1" >tests/corpus/shop.md
}
passed=0
failed=0
try() { # what, expected exit, expected line, arguments of run
	what=$1
	exit=$2
	expected=$3
	shift 3
	output=$(OTEL_TIDY=./otel-tidy sh tests/corpus/run "$@" 2>&1)
	status=$?
	if [ $status -eq "$exit" ] && echo "$output" | grep -qF -e "$expected"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL corpus-self: $what: exit $status, expected $exit and '$expected' | again: make test-corpus-self"
		echo "$output" | sed 's/^/    /'
	fi
}
leak=$(finding span-leak src/pay.c 7 false)
hidden=$(finding double-end src/pay.c 9 true)
row='| span-leak | src/pay.c:7 | true | no end on the error branch |'
echo 1 >status
report 2 '' "$leak,$hidden"
page "$row"
try 'the same' 0 'span-leak src/pay.c:7 pay a b' shop/build
grep -qx "check -p $tree/shop/build -j 1 --format json" arguments && passed=$((passed + 1)) ||
	{ failed=$((failed + 1)); echo "FAIL corpus-self: called with $(cat arguments)"; }
try 'counts' 0 'judged: span-leak 1 true of 1' shop/build shop
try 'a database of its own folder' 2 'no shop/compile_commands.json' shop
report 2 '' "$leak,$leak"
try 'a second one on the line' 1 'new: span-leak src/pay.c:7 pay a b' shop/build
try 'rows for the page' 0 '| span-leak | src/pay.c:7 |  |  |' --table shop/build
try 'rows keep verdicts' 0 "$row" --table shop/build
report 2 '' "$(finding span-leak "$tree/shop/src/pay.c" 7 false)"
try 'absolute places' 0 '1 findings, 1 accepted' shop/build
report 2 '' ''
try 'gone' 1 'gone: span-leak src/pay.c:7 (judged true)' shop/build
report 1 '' "$leak"
try 'fewer units' 1 'units: 1 analysed' shop/build
report 2 '{"file":"src/x.c","text":"no header"}' "$leak"
try 'an incomplete unit' 1 'incomplete: src/x.c: no header' shop/build
report 2 '' "$leak"
echo 3 >status
try 'exit 3' 1 'incomplete (exit 3)' shop/build
echo 2 >status
try 'exit 2' 2 'exit 2' shop/build
echo 1 >status
echo '{}' >report.json
try 'no report' 2 'not a JSON report' shop/build
report 2 '' "$leak"
page '| span-leak | src/pay.c:7 | maybe | who knows |'
try 'no verdict' 2 "verdict 'maybe'" shop/build
page '| span-leak | src/pay.c:7 | true | |'
try 'no reason' 2 'no reason for the verdict' shop/build
page '| span-leak | src/pay.c | true | because |'
try 'no line' 2 "'src/pay.c' is not file:line" shop/build
try 'no list' 2 'no accepted list' shop/build other
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
