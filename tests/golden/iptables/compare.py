#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The built-in iptables against Debian's, both on the real kernel.

compare.py HOSTSYS TAP.SO CASES...

HOSTSYS is tests/hostsys built with the programs, TAP.SO tap.c.

A case is a block of shell lines, blocks are separated by empty lines; `#` begins
a comment. Each block runs twice, in two fresh namespaces. Standard output,
standard error, status and the netlink requests of each line must be equal.
A line that begins with `!` may differ in its requests.
Exits 77 where there are no user namespaces or not all programs.
"""
import difflib
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from nfdecode import stream  # noqa: E402

PROGRAMS = ("iptables", "iptables-save", "iptables-restore", "conntrack")


def inner(spec):
    """In the namespace: runs the lines, prints what came out as JSON."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True)
    os.makedirs("/run/netns", exist_ok=True)
    # names are looked up in files alone: no answer depends on a name server, or waits for one
    with open("/run/nsswitch.conf", "w", encoding="ascii") as f:
        f.write("hosts: files\nnetworks: files\n")
    subprocess.run(["mount", "--bind", "/run/nsswitch.conf", "/etc/nsswitch.conf"], check=True)
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": "/root"}
    os.makedirs("/run/bin")
    for p in PROGRAMS:
        real = f"{spec['hostsys']} {p}" if spec["hostsys"] else f"-a {p} /usr/sbin/{p}"
        with open(f"/run/bin/{p}", "w", encoding="ascii") as f:
            f.write(f"#!/bin/bash\nexport LD_PRELOAD=$TAPLIB\nexec {real} \"$@\"\n")
        os.chmod(f"/run/bin/{p}", 0o755)
    env["PATH"] = "/run/bin:" + env["PATH"]
    env["TAPLIB"] = spec["tap"]
    env["CASES"] = os.path.join(HERE, "cases")
    out = []
    for n, line in enumerate(spec["lines"]):
        env["TAP"] = f"/run/tap{n}"
        r = subprocess.run(["bash", "-c", line], env=env, capture_output=True, stdin=subprocess.DEVNULL,
                           timeout=60, check=False)
        text = [x.decode("utf8", "replace") for x in (r.stdout, r.stderr)]
        text = [re.sub(r"on \w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}", "on DATE", x) for x in text]
        text = [re.sub(r"/run/bin/", "", x) for x in text]
        out.append({"out": text[0], "err": text[1], "rc": r.returncode, "nl": stream(env["TAP"])})
    json.dump(out, sys.stdout)


def run(spec):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as f:
        json.dump(spec, f)
        f.flush()
        r = subprocess.run(["unshare", "-Urnm", sys.executable, __file__, "--inner", f.name],
                           capture_output=True, check=False)
    if r.returncode:
        sys.exit("compare: the namespace failed: " + r.stderr.decode())
    return json.loads(r.stdout)


def clean(lines):
    """Padding behind names is whatever the sender's memory held; the generation differs in no case."""
    lines = [re.sub(r" pad=[0-9a-f]+", "", x) for x in lines]
    return [re.sub(r"^(BEGIN .*08000100)[0-9a-f]+$", r"\1........", x) for x in lines]


def show(title, a, b):
    for d in list(difflib.unified_diff(a, b, "debian", "built-in", lineterm="", n=2))[2:]:
        print(f"    {title} {d}")


def compare(line, want, got, strict):
    ok = True
    for key, title in (("out", "stdout"), ("err", "stderr")):
        if want[key] != got[key]:
            ok = False
            print(f"DIFF {line}")
            show(title, want[key].splitlines(), got[key].splitlines())
    if want["rc"] != got["rc"]:
        ok = False
        print(f"DIFF {line}\n    status {want['rc']} {got['rc']}")
    if strict and clean(want["nl"]) != clean(got["nl"]):
        ok = False
        print(f"DIFF {line}")
        show("netlink", clean(want["nl"]), clean(got["nl"]))
    return ok


def blocks(path):
    block = []
    with open(path, encoding="utf8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("#"):
                continue
            if line:
                block.append(line)
            elif block:
                yield block
                block = []
    if block:
        yield block


def main():
    if sys.argv[1:2] == ["--inner"]:
        with open(sys.argv[2], encoding="utf8") as f:
            inner(json.load(f))
        return 0
    if subprocess.run(["unshare", "-Urnm", "true"], check=False).returncode:
        print("no user namespaces here")
        return 77
    for program in PROGRAMS:
        if not os.path.exists("/usr/sbin/" + program):
            print(f"/usr/sbin/{program} is not here")
            return 77
    hostsys, tap = map(os.path.abspath, sys.argv[1:3])
    total = bad = 0
    for path in sys.argv[3:]:
        for block in blocks(path):
            lines = [x.removeprefix("!") for x in block]
            spec = {"lines": lines, "tap": tap, "hostsys": ""}
            want = run(spec)
            got = run(dict(spec, hostsys=hostsys))
            for raw, line, w, g in zip(block, lines, want, got):
                total += 1
                bad += not compare(line, w, g, not raw.startswith("!"))
    print(f"{total} lines, {bad} differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
