#!/usr/bin/env bash
# The action's second step: annotations and summary by --format github, a SARIF file beside. It
# never fails by itself; the last step does, after the upload.
set -uo pipefail
sarif=$TEMP/otel-tidy.sarif
rm -f "$sarif"
words=("$COMMAND")
if [[ $COMMAND == diff ]]; then
	if [[ -z $BASE ]]; then
		echo "::error title=otel-tidy::diff needs the input base outside of pull requests"
		echo "exit-code=2" >>"$GITHUB_OUTPUT"
		exit 0
	fi
	# the checkout has a history of one commit unless it was told otherwise
	if ! git rev-parse --verify --quiet "$BASE^{commit}" >/dev/null; then
		branch=${BASE#origin/}
		git fetch --quiet --depth=1 origin "$branch" && BASE=FETCH_HEAD
	fi
	words+=("$BASE")
fi
read -ra more <<<"$ARGS"
otel-tidy "${words[@]}" --cache-dir "$TEMP/otel-tidy-cache" --format github --format "sarif:$sarif" "${more[@]}" \
	2>"$TEMP/otel-tidy.stderr"
code=$?
cat "$TEMP/otel-tidy.stderr" >&2
if [[ $code -ge 2 && -s $TEMP/otel-tidy.stderr ]]; then
	message=$(<"$TEMP/otel-tidy.stderr")
	message=${message//'%'/%25}
	echo "::error title=otel-tidy::${message//$'\n'/%0A}"
fi
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
[[ -s $sarif ]] && echo "sarif-file=$sarif" >>"$GITHUB_OUTPUT"
exit 0
