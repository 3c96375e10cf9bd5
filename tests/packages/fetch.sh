#!/bin/sh
# pre-commit and a Python that reads YAML, from PyPI, once.
#
#	fetch.sh DIRECTORY
set -eu
dir=$1
[ -x "$dir/pre-commit" ] && [ -x "$dir/python" ] && exit
mkdir -p "$dir"
python3 -m venv "$dir/venv" && "$dir/venv/bin/pip" install --quiet pre-commit==4.7.0 pyyaml==6.0.3 >"$dir/pip.log" 2>&1 || {
	cat "$dir/pip.log" >&2
	echo "test-packages: cannot install pre-commit from PyPI; next: check the network, then run make test-packages again" >&2
	exit 2
}
for program in pre-commit python; do
	printf '#!/bin/sh\nexec "%s/venv/bin/%s" "$@"\n' "$(cd "$dir" && pwd)" $program >"$dir/$program"
	chmod +x "$dir/$program"
done
