#!/bin/sh
# The MDX compiler from npm, as package-lock.json has it, once.
#
#	fetch.sh DIRECTORY
set -eu
dir=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$dir"
cp "$here"/*.mjs "$dir"
if [ -e "$dir/done" ] && cmp -s "$here/package-lock.json" "$dir/package-lock.json"; then
	exit
fi
cp "$here/package.json" "$here/package-lock.json" "$dir"
(cd "$dir" && npm ci --silent --no-audit --no-fund --ignore-scripts) >"$dir/npm.log" 2>&1 || {
	cat "$dir/npm.log" >&2
	echo "test-article: cannot install @mdx-js/mdx from npm; next: check the network, then run make test-article again" >&2
	exit 2
}
touch "$dir/done"
