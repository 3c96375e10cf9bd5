#!/bin/sh
# Puts the SARIF 2.1.0 schema and a Python that has jsonschema into a directory, once. Later runs
# need no network. The schema comes out of a pinned npm package and is checked by its hash.
#
# usage: fetch.sh DIRECTORY
set -eu
dir=$1
package=@microsoft/jest-sarif@1.0.0-beta.0
inside=package/lib/schemas/sarif-2.1.0-rtm.5.json
sha256=2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8
jsonschema=jsonschema==4.26.0

fail() {
	echo "test-schema: $1" >&2
	echo "  next: $2" >&2
	exit 2
}

mkdir -p "$dir"
if [ ! -f "$dir/sarif-2.1.0.json" ]; then
	command -v npm >/dev/null || fail "npm is needed to fetch the SARIF schema" "install npm, or put the schema of SHA-256 $sha256 at $dir/sarif-2.1.0.json"
	rm -rf "$dir/npm" && mkdir -p "$dir/npm"
	(cd "$dir/npm" && npm pack --silent "$package" >/dev/null 2>npm.log) || {
		cat "$dir/npm/npm.log" >&2
		fail "cannot fetch $package from the npm registry" "check the network, then run make test-schema again; once fetched it works offline"
	}
	tar -xzf "$dir"/npm/*.tgz -C "$dir/npm" "$inside"
	echo "$sha256  $dir/npm/$inside" | sha256sum -c --quiet - >&2 ||
		fail "$inside of $package is not the file it was" "look at what changed before trusting it"
	mv "$dir/npm/$inside" "$dir/sarif-2.1.0.json"
	rm -rf "$dir/npm"
fi

if [ ! -x "$dir/python" ]; then
	command -v python3 >/dev/null || fail "python3 is needed" "install python3"
	python=$(command -v python3)
	if ! "$python" -c 'import jsonschema' 2>/dev/null; then
		{ python3 -m venv "$dir/venv" && "$dir/venv/bin/pip" install --quiet "$jsonschema"; } 2>"$dir/pip.log" || {
			cat "$dir/pip.log" >&2
			fail "cannot install $jsonschema" "check the network, or: apt-get install python3-jsonschema"
		}
		python=$dir/venv/bin/python3
		case $python in /*) ;; *) python=$PWD/$python ;; esac
	fi
	printf '#!/bin/sh\nexec "%s" "$@"\n' "$python" > "$dir/python.tmp"
	chmod +x "$dir/python.tmp"
	mv "$dir/python.tmp" "$dir/python"
fi
