#!/bin/sh
# Golden tests of the lowering: the IR of each file here against the .ir beside it.
#   run.sh DUMP [name]           compare
#   run.sh DUMP --write name     write one anew; then read it: a wrong golden is worse than none
set -u
dump=$1
cd "$(dirname "$0")" || exit 2
write=no
if [ "${2:-}" = --write ]; then
	write=yes
	shift
fi
only=${2:-}
if [ $write = yes ] && [ -z "$only" ]; then
	echo "run.sh: --write needs the name of one test" >&2
	exit 2
fi
nr=0
failed=0
for file in *.c *.cc; do
	[ "$file" = dump_main.c ] && continue
	[ -n "$only" ] && [ "$only" != "$file" ] && continue
	nr=$((nr + 1))
	flags=$(sed -n '1s,^// flags: *,,p' "$file")
	mode=$(sed -n "2s,^// mode: *,,p" "$file")
	# shellcheck disable=SC2086
	if ! got=$("$dump" ${mode:+"$mode"} "$file" $flags); then
		echo "FAIL tests/golden/$file: golden-dump failed"
		failed=$((failed + 1))
	elif [ $write = yes ]; then
		printf '%s\n' "$got" > "$file.ir"
	elif ! printf '%s\n' "$got" | diff -u "$file.ir" - ; then
		echo "FAIL tests/golden/$file: if the new lowering is right: sh tests/golden/run.sh $dump --write $file"
		failed=$((failed + 1))
	fi
done
if [ $nr -eq 0 ]; then
	echo "run.sh: no test named $only" >&2
	exit 2
fi
echo "$((nr - failed)) passed, $failed failed"
[ $failed -eq 0 ]
