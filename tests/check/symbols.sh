#!/bin/sh
# Each name of the library is defined once. In an archive two of one name are no error: the linker takes
# the first, and callers of the other one jump into the wrong function.
#
#	symbols.sh build/libotel-tidy.a
#	symbols.sh --self              sees that it is caught
set -u

twice() { # archive
	nm -A --defined-only "$1" 2>/dev/null | awk '
	$2 ~ /^[TDBRCV]$/ {
		file = $1; sub(/:[^:]*$/, "", file); sub(/.*:/, "", file)
		if ($3 in at) { print "symbols: " $3 " is defined in " at[$3] " and in " file; bad = 1 }
		at[$3] = file
		nr++
	}
	END { if (!nr) { print "symbols: there are none"; bad = 1 } exit bad }'
}

if [ "${1:-}" = --self ]; then
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	echo 'int shared(void); int shared(void) { return 1; } static int own(void) { return 1; } int a(void); int a(void) { return own(); }' >"$dir/a.c"
	echo 'int shared(void); int shared(void) { return 2; } static int own(void) { return 2; } int b(void); int b(void) { return own(); }' >"$dir/b.c"
	(cd "$dir" && ${CC:-cc} -c a.c b.c && ar rcs one.a a.o && ar rcs two.a a.o b.o) || exit 2
	twice "$dir/one.a" && [ "$(twice "$dir/two.a")" = "symbols: shared is defined in a.o and in b.o" ] &&
		! twice "$dir/missing.a" >/dev/null || { echo "FAIL symbols: again: sh tests/check/symbols.sh --self"; exit 1; }
else
	twice "$1"
fi
