#!/usr/bin/env bash
# The action's first step: puts otel-tidy into the path of later steps. PROGRAM: one that is there
# already; else it is built from the action's own sources.
set -euo pipefail
bin=$TEMP/otel-tidy-bin
mkdir -p "$bin"
if [[ -n $PROGRAM ]]; then
	program=$(command -v "$PROGRAM") || {
		echo "::error title=otel-tidy::no program $PROGRAM; leave the input program empty, and the action builds one"
		exit 2
	}
else
	make -C "$ACTION" BUILD="$TEMP/otel-tidy-build" >"$TEMP/otel-tidy-build.log" 2>&1 || {
		tail -n 30 "$TEMP/otel-tidy-build.log"
		echo "::error title=otel-tidy::it could not be built; the log above tells why"
		exit 2
	}
	program=$TEMP/otel-tidy-build/otel-tidy
fi
ln -sf "$program" "$bin/otel-tidy"
echo "$bin" >>"$GITHUB_PATH"
"$bin/otel-tidy" --version
