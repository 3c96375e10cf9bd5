#!/usr/bin/env python3
"""Builds what the Dockerfile says, without Docker: each stage is a fresh Debian in a directory.

	check.py                      only reads: are the packages on offer, the paths there, the stages named?
	check.py --build DIRECTORY    as root: runs every step with chroot, then the program as the image's user

Knows the instructions that the Dockerfile uses, and stops at any other.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "ENTRYPOINT", "CMD"}
LEAK = """#include <otel-tidy/annotations.h>
#include <unistd.h>
OTEL_CRITICAL_PATH("pay")
int pay(int fd)
{
	return (int)write(fd, "x", 1);
}
"""


def fail(text):
    sys.exit(f"FAIL packages docker: {text} | again: make test-packages ONLY=docker")


def read_steps():
    """[(line number, instruction, rest)]"""
    steps = []
    for number, line in enumerate((HERE / "Dockerfile").read_text().splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            if word not in KNOWN or rest.endswith("\\"):
                fail(f"Dockerfile:{number}: {line}: not understood")
            steps.append((number, word, rest))
    return steps


def packages_of(text):
    found = re.findall(r"apt-get install((?: [^&]+)?)", text)
    return [w for part in found for w in part.split() if not w.startswith("-")]


def is_ignored(path):
    rules = (HERE / "Dockerfile.dockerignore").read_text().split()
    return any(path == r or path.startswith(r + "/") for r in rules)


def check_names(steps):
    stages, is_user = set(), False
    for number, word, rest in steps:
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            if not re.fullmatch(r"debian:[a-z]+-slim", base):
                fail(f"Dockerfile:{number}: {base}: this check knows Debian only")
            is_user = False
            stages |= {name} if name else set()
        elif word == "COPY":
            words = rest.split()
            if words[0].startswith("--from="):
                if words[0][7:] not in stages:
                    fail(f"Dockerfile:{number}: no stage {words[0][7:]}")
            else:
                for source in words[:-1]:
                    if not (TOP / source).exists() or is_ignored(source):
                        fail(f"Dockerfile:{number}: nothing to copy: {source}")
        elif word == "USER":
            is_user = rest != "root"
        elif word == "RUN":
            for package in packages_of(rest):
                policy = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False)
                if not re.search(r"Candidate: [^(\s]", policy.stdout):
                    fail(f"Dockerfile:{number}: no package {package}")
    if not is_user:
        fail("the image runs as root")


class Stage:
    def __init__(self, root, base, host):
        self.root, self.user, self.cwd, self.env = root, "root", "/", {}
        subprocess.run(["cp", "-a", base, root], check=True)
        for name in host:  # the ways to the network that this machine has
            if pathlib.Path(name).exists():
                (root / name[1:]).parent.mkdir(parents=True, exist_ok=True)
                subprocess.run(["cp", "-rL", name, str(root / name[1:]) if os.path.isfile(name) else
                                str((root / name[1:]).parent)], check=False, stderr=subprocess.DEVNULL)

    def run(self, command, log, good=(0,)):
        user = [] if self.user == "root" else [f"--userspec={self.user}"]
        env = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C",
               "DEBIAN_FRONTEND": "noninteractive", "HOME": "/root" if self.user == "root" else f"/home/{self.user}", **self.env}
        code = subprocess.run(["chroot", *user, str(self.root), "sh", "-ec", f"cd {shlex.quote(self.cwd)}\n{command}"],
                              env=env, stdout=log, stderr=log, check=False).returncode
        if code not in good:
            fail(f"exit {code}: {command} (log: {log.name})")
        return code

    def path(self, name):
        return self.root / os.path.join(self.cwd, name).lstrip("/")


def copy(source, to):
    """COPY of a folder copies what is in it."""
    if source.is_dir():
        shutil.copytree(source, to, symlinks=True, dirs_exist_ok=True,
                        ignore=lambda d, names: [n for n in names if is_ignored(os.path.relpath(os.path.join(d, n), TOP))])
    else:
        shutil.copy2(source, to)


def build(steps, directory):
    if os.geteuid() != 0:
        fail("debootstrap needs root")
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    host = ["/etc/apt/sources.list", "/etc/apt/sources.list.d", "/etc/apt/apt.conf.d", "/etc/apt/trusted.gpg.d", "/etc/resolv.conf",
            "/etc/hosts", "/etc/ssl/certs", "/usr/local/share/ca-certificates"]
    found = subprocess.run("cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null", shell=True, capture_output=True,
                           text=True, check=False).stdout
    mirror = re.search(r"^(?:deb |URIs: )(?:\[[^]]*\] )?(http\S+)", found, re.M)
    stages, stage = {}, None
    with open(directory / "log", "w", encoding="utf-8") as log:
        for number, word, rest in steps:
            print(f"docker: {number}: {word} {rest[:90]}", file=sys.stderr)
            if word == "FROM":
                image, _, name = rest.partition(" AS ")
                suite = image[len("debian:"):-len("-slim")]
                base = directory / suite
                if not base.exists():
                    subprocess.run(["debootstrap", "--variant=minbase", suite, str(base), mirror[1] if mirror else
                                    "http://deb.debian.org/debian"], stdout=log, stderr=log, check=True)
                    (base / "etc/apt/sources.list").unlink()
                stage = stages[name or "last"] = Stage(directory / f"stage-{name or 'last'}", base, host)
            elif word == "WORKDIR":
                stage.cwd = os.path.join(stage.cwd, rest)
                stage.path("").mkdir(parents=True, exist_ok=True)
            elif word == "COPY" and rest.startswith("--from="):
                source, where, to = rest.split()
                copy(stages[source[7:]].root / where.lstrip("/"), stage.path(to))
            elif word == "COPY":
                source, to = rest.split()
                copy(TOP / source, stage.path(to))
            elif word == "RUN":
                stage.run(rest, log)
            elif word == "USER":
                stage.user = rest
            elif word == "ENV":
                stage.env.update([rest.split("=", 1)])
            else:
                stage.env["_" + word] = shlex.join(json.loads(rest))
        use(stage, log, directory)


def use(stage, log, directory):
    """The image as its user has it: what it was given to look at belongs to somebody else."""
    work = stage.path("")
    (work / "pay.c").write_text(LEAK)
    (work / "pay.cpp").write_text("#include <string>\n" + LEAK.replace("pay(", "pay_twice("))
    (work / "compile_commands.json").write_text(json.dumps([
        {"directory": stage.cwd, "file": name, "arguments": [compiler, "-c", name]} for name, compiler in
        (("pay.c", "cc"), ("pay.cpp", "c++"))]))
    entry, cmd = stage.env.pop("_ENTRYPOINT"), stage.env.pop("_CMD")
    with open(directory / "seen", "w", encoding="utf-8") as seen:
        stage.run("id -u", seen)
        stage.run(f"{entry} --version", seen)
        stage.run(f"{entry} {cmd}", seen, good=(1,))
    text = (directory / "seen").read_text()
    log.write(text)
    if text.startswith("0\n"):
        fail("the image runs as root")
    for name in ("'pay'", "'pay_twice'"):
        if "[missing-span]" not in text or name.strip("'") not in text:
            fail(f"the image does not find what is there: {text}")
    if list(work.glob("*cache*")):
        fail("it writes into the project")


def main():
    steps = read_steps()
    check_names(steps)
    if sys.argv[1:2] == ["--build"]:
        directory = pathlib.Path(sys.argv[2]).resolve()
        build(steps, directory)
        shutil.rmtree(directory)
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
