#!/bin/sh
# Prints one X(identifier, "name", "path of its page") for each rule page given, sorted by name.
set -eu
for page in "$@"; do
	name=$(basename "$(dirname "$page")")
	echo "X($(echo "$name" | tr - _), \"$name\", \"$page\")"
done | LC_ALL=C sort
