#!/bin/sh
# The hook for pre-commit: what the commit brings, compared with HEAD. The program is the one in
# PATH or $OTEL_TIDY. Without a compile database nothing can be said, and that is said aloud.
program=${OTEL_TIDY:-otel-tidy}
command -v "$program" >/dev/null || {
	echo "otel-tidy is not installed: put it into PATH, or name it in \$OTEL_TIDY" >&2
	exit 2
}
if git rev-parse --verify --quiet HEAD >/dev/null; then
	set -- diff HEAD "$@"
else
	set -- check "$@"
fi
out=$("$program" "$@" -q 2>&1)
code=$?
case $code:$out in
3:*"no compile_commands.json found"*)
	echo "********************************************************************************"
	echo "otel-tidy SKIPPED: nothing was looked at, since there is no compile database."
	echo "$out"
	echo "********************************************************************************"
	exit 0
	;;
esac
[ -n "$out" ] && printf '%s\n' "$out"
exit "$code"
