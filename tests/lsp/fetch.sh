#!/bin/sh
# A language client from PyPI, once.
#
#	fetch.sh DIRECTORY
set -eu
dir=$1
[ -x "$dir/python" ] && exit
mkdir -p "$dir"
python3 -m venv "$dir/venv" && "$dir/venv/bin/pip" install --quiet pygls==1.3.1 >"$dir/pip.log" 2>&1 || {
	cat "$dir/pip.log" >&2
	echo "test-lsp: cannot install pygls from PyPI; next: check the network, then run make test-lsp again" >&2
	exit 2
}
printf '#!/bin/sh\nexec "%s/venv/bin/python" "$@"\n' "$(cd "$dir" && pwd)" >"$dir/python"
chmod +x "$dir/python"
