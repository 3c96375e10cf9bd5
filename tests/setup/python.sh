#!/bin/sh
# Prints a python3 that has a module, jsonschema unless another is named: the first in PATH may be a
# private one without.
module=${1:-jsonschema}
for python in python3 /usr/bin/python3; do
	if "$python" -c "import $module" 2>/dev/null; then
		echo "$python"
		exit
	fi
done
exit 1
