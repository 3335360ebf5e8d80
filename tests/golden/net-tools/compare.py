#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Built-in programs and Debian's, side by side on the real kernel.

usage: compare.py HOSTSYS [CASE.sh...]

Each case is a shell script, run twice in fresh namespaces (unshare -Urnm,
empty /run): once with Debian's programs, once with links to HOSTSYS (see
tests/hostsys) before them in PATH. `t COMMAND...` prints the command, its
output, its errors and its status. Times, process ids and ports are masked;
the rest must be equal. Exit status 1: something differs; 77: no namespaces.
"""
import concurrent.futures
import difflib
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = ("ping arping tracepath arp route ifconfig netstat sysctl ps unshare brctl dmesg "
            "traceroute nc curl python3").split()
PRELUDE = r"""
export LC_ALL=C PS4='' ASAN_OPTIONS=detect_leaks=0
mount -t tmpfs tmpfs /run && mkdir /run/netns
cat > /run/hosts <<'H'
127.0.0.1 localhost
127.0.1.1 host
10.0.0.1 alpha a.example
10.0.0.2 beta
H
cat > /run/networks <<'H'
loopback 127.0.0.0
labnet 10.0.0.0
far 10.9.0.0
H
printf 'hosts: files\nnetworks: files\n' > /run/nsswitch.conf
mount --bind /run/hosts /etc/hosts
mount --bind /run/nsswitch.conf /etc/nsswitch.conf
mount --bind /run/networks /etc/networks
t() { echo "\$ $*"; "$@" > /run/out 2> /run/err < /dev/null; rc=$?; cat /run/out; sed 's/^/2> /' /run/err; echo "= $rc"; }
"""
MASKS = [
    (r"time=[0-9.]+ ms", "time=T ms"),
    (r"time [0-9]+ms", "time Tms"),
    (r"rtt min/avg/max/mdev = \S+ ms", "rtt T ms"),
    (r"ipg/ewma \S+ ms", "ipg T ms"),
    (r"max = \S+ ms", "max = T ms"),
    (r"ident=[0-9]+", "ident=N"),
    (r"\[[0-9]+\.[0-9]{6}\]", "[T]"),
    (r" *\b[0-9]+\.[0-9]{3} ?ms\b", " T ms"),
]


def run(case, path):
    script = PRELUDE + open(case).read()
    env = dict(os.environ, PATH=path, TZ="UTC")
    argv = ["/usr/bin/unshare", "-Urnmpf", "--mount-proc", "bash", "--norc", "-c", script]
    try:
        done = subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=300, check=False)
        text = done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as late:
        text = (late.stdout or b"").decode("utf-8", "replace") + "TIMEOUT\n"
    for pattern, what in MASKS:
        text = re.sub(pattern, what, text)
    return text.splitlines(keepends=True)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if subprocess.run(["/usr/bin/unshare", "-Urnm", "true"], check=False).returncode:
        print("no user namespaces here: skipped")
        sys.exit(77)
    usual = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    missing = [p for p in PROGRAMS if not shutil.which(p, path=usual)]
    if missing:
        print("not here: " + " ".join(missing))
        sys.exit(77)
    hostsys = os.path.abspath(sys.argv[1])
    cases = sys.argv[2:] or sorted(glob.glob(os.path.join(HERE, "cases", "*.sh")))
    bad = 0
    with tempfile.TemporaryDirectory() as tmp:
        for name in PROGRAMS:
            with open(os.path.join(tmp, name), "w", encoding="ascii") as f:
                f.write(f'#!/bin/sh\nexec {hostsys} {name} "$@"\n')
            os.chmod(os.path.join(tmp, name), 0o755)
        for case in cases:
            # a busy machine loses packets: a difference must show in three runs
            for _ in range(3):
                with concurrent.futures.ThreadPoolExecutor(2) as pool:
                    a, b = pool.map(run, (case, case), (usual, tmp + ":" + usual))
                if a == b:
                    break
            bad += a != b
            lines = sum(x.startswith("$ ") for x in a)
            print(f"{'ok' if a == b else 'not ok'} {os.path.basename(case)} ({lines} commands)")
            if a != b:
                sys.stdout.writelines(difflib.unified_diff(a, b, "debian", "netglass", n=3))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
