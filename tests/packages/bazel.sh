#!/bin/sh
# The Bazel example, without network: what Debian's Bazel would fetch are the rules it has built in.
#
#	bazel.sh PREFIX DIRECTORY      what it ran says on stdout; fails when a step does not do what it should
set -u
prefix=$1
dir=$2
cp -R packaging/bazel "$dir"
sed -i "s,/usr/include/otel-tidy,$prefix/include/otel-tidy," "$dir/WORKSPACE"
for lang in cc java; do
	mkdir -p "$dir.rules/$lang/$lang"
	touch "$dir.rules/$lang/WORKSPACE" "$dir.rules/$lang/$lang/BUILD"
done
for rule in cc_binary cc_library cc_import cc_toolchain cc_toolchain_suite; do echo "$rule = native.$rule"; done >"$dir.rules/cc/cc/defs.bzl"
for rule in java_binary java_import java_library java_runtime java_toolchain; do echo "$rule = native.$rule"; done >"$dir.rules/java/java/defs.bzl"
mkdir "$dir.rules/coverage"
touch "$dir.rules/coverage/WORKSPACE"
echo 'filegroup(name = "coverage_report_generator", visibility = ["//visibility:public"])' >"$dir.rules/coverage/BUILD"
cd "$dir" || exit 2
run() {
	bazel --batch --output_user_root="$dir.out" test --noshow_progress -s --action_env=OTEL_TIDY="$prefix/bin/otel-tidy" \
		--override_repository=rules_cc="$dir.rules/cc" --override_repository=rules_java="$dir.rules/java" \
		--override_repository=remote_coverage_tools="$dir.rules/coverage" //:tracing >"$dir.log" 2>&1
}
die() {
	echo "$1: $(grep -v linux-sandbox "$dir.log" | tail -n 12)"
	chmod -R u+w "$dir.out"
	exit 1
}
run && die "a critical path without a span passes"
grep -q 'orders.c:8:5: .*\[missing-span\]' bazel-bin/tracing.txt || die "the finding is not there"
grep -q '"ruleId": *"missing-span"' bazel-bin/tracing.sarif || die "no SARIF"
[ "$(grep -c 'SUBCOMMAND.*otel-tidy collect' "$dir.log")" = 2 ] || die "not two units"
grep -q '2 units' bazel-bin/tracing.txt || die "not both units linked"

# A header of another target: both units depend on it. A source: only its own unit is collected again.
echo 'int more;' >>store.c
run && die "passes after a harmless edit"
[ "$(grep -c 'SUBCOMMAND.*otel-tidy collect' "$dir.log")" = 1 ] || die "more than what changed was collected"
echo 'int less(int);' >>store.h
run
[ "$(grep -c 'SUBCOMMAND.*otel-tidy collect' "$dir.log")" = 2 ] || die "a header changed, not both were collected"
sed -i '/^OTEL_CRITICAL_PATH/d' orders.c
run || die "fails without a finding"
chmod -R u+w "$dir.out"
