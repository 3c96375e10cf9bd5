#!/bin/sh
# What an answer is worth: answer.sh TRUTH ANSWER, files of "traces tenant flag" lines.
#
#	yes      the rows are the true ones, and no others
#	buried   the true ones are there, among rows that name nobody or somebody else
#	no       they are not there
set -eu
truth=$1 answer=$2
nr=$(wc -l <"$answer")
found=$(grep -c -x -F -f "$truth" "$answer" || true)
wanted=$(wc -l <"$truth")
if [ "$wanted" -eq 0 ]; then
	echo 'answer.sh: nothing failed, there is nothing to ask' >&2
	exit 1
elif [ "$found" -eq "$wanted" ] && [ "$nr" -eq "$wanted" ]; then
	echo yes
elif [ "$found" -eq "$wanted" ]; then
	echo buried
else
	echo no
fi
