#!/bin/sh
# Sees to it that there is a Collector to test with, and prints where it is.
#
#	build.sh           $OTELCOL, else the one built here, else one on PATH that has what the lab needs,
#	                   else build it from Go modules
#	build.sh --find    the same without building: fails when there is none
#	build.sh --update  after a change of otelcol/manifest.yaml: writes go.mod and go.sum again
#
# What is in it says otelcol/manifest.yaml, and go.mod and go.sum beside it pin and verify every
# module. Go 1.21 or later gets the version that go.mod asks for by itself (GOTOOLCHAIN); an older
# one gets it here, as the same module.
set -eu
cd "$(dirname "$0")/../.."
from=lab/collector/otelcol
out=${BUILD:-build}/collector
case $out in /*) ;; *) out=$PWD/$out ;; esac
program=$out/otelcol
log=$out/build.log
target=$out/otelcol.id
export GOFLAGS=-buildvcs=false CGO_ENABLED=0

fail() {
	echo "make collector: $*" >&2
	exit 1
}

# The one that was built is good as long as what it is made of is the same.
id() {
	cat $from/manifest.yaml $from/go.mod $from/go.sum $from/builder/go.mod $from/builder/go.sum | cksum
}

# Names that newer versions gave to components stand beside those of older ones.
needed="otlp file tail_sampling|tailsampling load_balancing|loadbalancing span_metrics|spanmetrics
	probabilistic_sampler memory_limiter forward health_check file_storage prometheus"

suits() { # program
	"$1" components >"$out/found.yaml" 2>/dev/null || return 1
	for component in $needed; do
		grep -Eq "name: ($component)\$" "$out/found.yaml" || return 1
	done
}

found() {
	if [ -n "${OTELCOL:-}" ]; then
		command -v "$OTELCOL" || fail "OTELCOL=$OTELCOL is no program"
	elif [ -x "$program" ] && [ "$(cat "$target" 2>/dev/null)" = "$(id)" ]; then
		echo "$program"
	else
		mkdir -p "$out"
		for name in otelcol-contrib otelcol; do
			path=$(command -v $name) && suits "$path" && echo "$path" && return
		done
		return 1
	fi
}

# A go that can be had as a module, for a go that is too old to get it by itself.
toolchain() {
	need=$(sed -n 's/^go \([0-9.]*\)$/\1/p' $from/go.mod)
	case $(uname -m) in
	x86_64) machine=amd64 ;;
	aarch64 | arm64) machine=arm64 ;;
	*) fail "Go $need or later is needed, and this machine's is $(go version)" ;;
	esac
	name=golang.org/toolchain@v0.0.1-go$need.$(uname -s | tr '[:upper:]' '[:lower:]')-$machine
	go=$out/go
	[ -x "$go/bin/go" ] && return
	echo "make collector: getting Go $need as a module ($(go version | cut -d' ' -f3) is here)" >&2
	mkdir -p "$out/toolchain"
	(cd "$out/toolchain" && printf 'module toolchain\n' >go.mod && go mod download -json "$name") >"$log" 2>&1 ||
		{ tail -n 5 "$log" >&2; fail "no Go $need (whole log: $log); install it, or OTELCOL=/path/of/a/otelcol"; }
	dir=$(sed -n 's/.*"Dir": "\(.*\)".*/\1/p' "$log")
	rm -rf "$go" && cp -R "$dir" "$go"
	chmod -R u+w "$go"
	chmod +x "$go"/bin/* "$go"/pkg/tool/*/*
}

setup() {
	command -v go >/dev/null || fail "no go: apt-get install golang-go, or OTELCOL=/path/of/a/otelcol"
	mkdir -p "$out"
	minor=$(go version | sed -n 's/.* go1\.\([0-9]*\).*/\1/p')
	if [ "${minor:-0}" -lt 21 ]; then
		toolchain
		PATH=$go/bin:$PATH
		export PATH GOROOT="$go"
	fi
}

# The Collector's own builder writes the program's sources from the manifest. (Chains of && because
# sh forgets -e where somebody looks at the outcome.)
generate() {
	manifest=$PWD/$from/manifest.yaml
	rm -rf "$out/src"
	mkdir -p "$out/src" &&
		go build -C $from/builder -mod=readonly -trimpath -o "$out/ocb" \
			go.opentelemetry.io/collector/cmd/builder &&
		(cd "$out/src" && "$out/ocb" --config "$manifest" --skip-compilation "$@")
}

build() {
	generate --skip-get-modules &&
		cp $from/go.mod $from/go.sum "$out/src/" &&
		nice go build -C "$out/src" -mod=readonly -trimpath -ldflags '-s -w' -o "$program.new" . &&
		"$program.new" components >"$out/components.yaml" &&
		mv "$program.new" "$program" &&
		id >"$target"
}

case ${1:-} in
--find) found ;;
--update)
	setup
	generate
	cp "$out/src/go.mod" "$out/src/go.sum" $from/
	;;
"")
	found && exit
	setup
	start=$(date +%s)
	echo "make collector: building the Collector from Go modules into $out; once, some minutes" >&2
	build >"$log" 2>&1 || {
		tail -n 15 "$log" >&2
		fail "that failed (whole log: $log). OTELCOL=/path/of/a/otelcol uses another one"
	}
	echo "make collector: built in $(($(date +%s) - start)) s" >&2
	echo "$program"
	;;
*) fail "build.sh [--find|--update]" ;;
esac
