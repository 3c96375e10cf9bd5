#!/bin/sh
# Writes the compile database of an exercise: database.sh FLAG… -- FILE…, from its folder.
set -eu
quote() {
	printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}
flags=
while [ "$1" != -- ]; do
	flags="$flags$(quote "$1"), "
	shift
done
shift
printf '['
comma=
for file; do
	printf '%s\n\t{"directory": %s, "file": %s,\n\t "arguments": ["cc", %s"-c", %s]}' \
		"$comma" "$(quote "$PWD")" "$(quote "$file")" "$flags" "$(quote "$file")"
	comma=,
done
printf '\n]\n'
