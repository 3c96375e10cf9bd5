#!/bin/sh
# Proves that the case runner can fail, on a tree with a pretended otel-tidy.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tree=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/tests/cases/a"
cp "$here/run" "$here/without-root" "$tree/tests/cases/"
cd "$tree" || exit 2
cat >otel-tidy <<'SH'
#!/bin/sh
cat data.json
echo "from $1" >&2
exit 3
SH
chmod +x otel-tidy
passed=0
failed=0
try() { # what, expected text, arguments of run
	what=$1
	expected=$2
	shift 2
	output=$(OTEL_TIDY=./otel-tidy sh tests/cases/run "$@" 2>&1)
	if echo "$output" | grep -qF -e "$expected"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL cases-self: $what: expected '$expected' | again: make test-cases-self"
		echo "$output" | sed 's/^/    /'
	fi
}
case_dir=tests/cases/a
echo 'otel-tidy "$PWD/x"' >$case_dir/cmd
echo '{"dir": "@DIR@", "top": "@TOP@"}' >$case_dir/data.json.in
try 'nothing to compare with' 'FAIL tests/cases/a: no file exit'
try 'update' 'written: tests/cases/a (exit 3)' --update
try 'the same again' '1 passed, 0 failed'
grep -qx '{"dir": "@DIR@", "top": "@TOP@"}' $case_dir/stdout && grep -qx 'from @DIR@/x' $case_dir/stderr &&
	passed=$((passed + 1)) || { failed=$((failed + 1)); echo "FAIL cases-self: places | again: make test-cases-self"; }
echo 1 >$case_dir/exit
try 'another exit' 'FAIL tests/cases/a: exit 3, expected 1'
echo 3 >$case_dir/exit
echo more >>$case_dir/stdout
try 'another output' 'FAIL tests/cases/a: stdout differs:' a
try 'what differs' '-more' a
sed -i '$d' $case_dir/stdout
: >$case_dir/stderr
try 'another message' 'FAIL tests/cases/a: stderr differs:'
try 'a name that is no case' 'FAIL tests/cases/b: no file cmd' b
echo 'touch a-file-of-its-own' >$case_dir/cmd
try 'the folder stays as it is' 'FAIL'
[ ! -e $case_dir/a-file-of-its-own ] && passed=$((passed + 1)) ||
	{ failed=$((failed + 1)); echo "FAIL cases-self: wrote into its folder | again: make test-cases-self"; }
rm -r $case_dir
try 'no cases' 'FAIL'
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
