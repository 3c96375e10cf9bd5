#!/bin/sh
# Prints a python3 that has the jsonschema module: the first in PATH may be a private one without.
for python in python3 /usr/bin/python3; do
	if "$python" -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("jsonschema") is None)' 2>/dev/null; then
		echo "$python"
		exit
	fi
done
exit 1
