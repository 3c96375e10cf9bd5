#!/bin/sh
# The newest clang-format, 18 or later, must have nothing to change. Fixtures are left as people
# write them.
#
#	format.sh          prints the places, fails when there are any
#	format.sh --fix    rewrites the files
set -u
tool=$(sh tests/setup/llvm.sh clang-format) || { echo "format: no clang-format 18 or later"; exit 2; }
files=$(find analyzer rules tests lab -name '*.[ch]' -not -name 'bad_*' -not -name 'ok_*' \
	-not -path 'tests/cases/*/*' -not -path 'tests/tricky/*' -not -path 'tests/golden/*' \
	-not -path 'tests/include/*' -not -path 'tests/fix/expected/*' -not -path '*/build/*' -not -path 'lab/exercises/*' -not -path 'lab/work/*' \
	2>/dev/null | LC_ALL=C sort)
[ -n "$files" ] || { echo "format: no files"; exit 2; }
if [ "${1:-}" = --fix ]; then
	# shellcheck disable=SC2086
	exec "$tool" -i $files
fi
# shellcheck disable=SC2086
"$tool" --dry-run -Werror $files 2>&1 | grep 'error:' && {
	echo "format: $("$tool" --version); sh tests/check/format.sh --fix"
	exit 1
}
exit 0
