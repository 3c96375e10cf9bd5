#!/bin/sh
# Writes a compile database: compile_commands.sh ROOT DIRS FLAG… ; DIRS, with blanks between, are
# relative to ROOT.
# The JSON Compilation Database format is described in clang's documentation.
set -eu
root=$1 dirs=$2
shift 2

# A JSON string: backslashes and quotes escaped.
quote() {
	printf '"%s"' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

flags=
for flag; do
	flags="$flags$(quote "$flag"), "
done
printf '['
comma=
for dir in $dirs; do
	for file in "$root/$dir"/*.c; do
		file=${file#"$root"/}
		printf '%s\n\t{"directory": %s, "file": %s,\n\t "arguments": ["cc", %s"-c", %s]}' \
			"$comma" "$(quote "$root")" "$(quote "$file")" "$flags" "$(quote "$file")"
		comma=,
	done
done
printf '\n]\n'
