#!/bin/sh
# Proves that copies of the checkout differ in nothing but their instrumentation:
# same_logic.sh [DIR DIR]; by default right/ with over/ and with under/. Run from the root.
#
# Each source is brought to one statement per line, statements of tracing are taken out, and what
# is left must be the same text. A statement counts as tracing only if it starts as one; a line
# that has tracing anywhere else is an error, so that no logic can hide behind it:
#	ctel_…  CTEL_…  OTEL_…(…)  char ctel_name[…]  snprintf(ctel_name…
# Not compared: #include lines (both copies must compile anyway) and tracing.[ch]. Every branch gets
# its braces first: a tracing statement that goes must not make the next one conditional. A branch in
# which nothing is left goes as well, if its condition only compares or reads.
set -eu
if [ $# -eq 0 ]; then
	sh "$0" lab/shop/checkout/right lab/shop/checkout/over &&
		exec sh "$0" lab/shop/checkout/right lab/shop/checkout/under
	exit
fi
left=$1 right=$2

for format in ${CLANG_FORMAT:-} clang-format-19 clang-format-18 clang-format; do
	command -v "$format" > /dev/null 2>&1 && break
	format=
done
if [ -z "$format" ]; then
	echo "same_logic: skipped: no clang-format; install it or name it in CLANG_FORMAT" >&2
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One statement per line, whatever its length.
one_line='{BasedOnStyle: LLVM, ColumnLimit: 100000, SortIncludes: Never, MaxEmptyLinesToKeep: 0,
	AllowShortFunctionsOnASingleLine: None, AllowShortIfStatementsOnASingleLine: Never,
	AllowShortLoopsOnASingleLine: false, AllowShortBlocksOnASingleLine: Never,
	BreakStringLiterals: false, ReflowComments: false, InsertBraces: true}'

without_empty_branches() {
	sed -E -e ':more' -e '/^[[:space:]]*if \([^()=]*([=!]= [^()=]*)?\) \{$/{' -e 'N' \
		-e '/\n[[:space:]]*\}$/d' -e '/\n[[:space:]]*\} else \{$/{' -e 'N' \
		-e '/\n[^\n]*\n[[:space:]]*\}$/d' -e '}' -e 'P' -e 'D' -e '}'
}

strip_tracing() {
	sed -e ':join' -e '/^OTEL_[A-Z_]*([^)]*$/{N;b join' -e '}' \
		-e 's/^OTEL_[A-Z_]*([^)]*)[[:space:]]*//' -e '/^#include /d' "$1" |
		"$format" --assume-filename=x.c --style="$one_line" |
		sed -E '/^[[:space:]]*(ctel_|CTEL_|char ctel_name\[|snprintf\(ctel_name)/d' |
		sed -e '/^[[:space:]]*$/d' | without_empty_branches
}

rc=0
sources_of() {
	(cd "$1" && ls ./*.[ch]) | grep -v -x './tracing\.[ch]'
}
sources_of "$left" > "$work/files"
if ! sources_of "$right" | diff "$work/files" - >&2; then
	echo "same_logic: $left and $right have different files" >&2
	rc=1
fi
nr=0
while read -r file; do
	[ -f "$right/$file" ] || continue
	strip_tracing "$left/$file" > "$work/left"
	strip_tracing "$right/$file" > "$work/right"
	if grep -n -i -E 'ctel|otel' "$work/left" "$work/right" >&2; then
		echo "same_logic: $file mixes tracing and business in the lines above" >&2
		rc=1
	fi
	if ! diff -u --label "$left/$file" --label "$right/$file" "$work/left" "$work/right" >&2; then
		echo "same_logic: $file differs in more than tracing" >&2
		rc=1
	fi
	nr=$((nr + 1))
done < "$work/files"
if [ "$nr" -eq 0 ]; then
	echo "same_logic: nothing to compare in $left and $right" >&2
	rc=1
fi
[ "$rc" -ne 0 ] || echo "same_logic: $nr files, $left and $right have the same logic"
exit "$rc"
