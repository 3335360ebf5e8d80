#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""netglass why names the first cause and a fix that cures: run.py BINARY [FOLDER] [-v] [--few]

FOLDER holds broken labs: NN-name.sh ends in a failing command, NN-name.json is its key: symptom_line,
cause_line (null: nothing sets it), cause_keywords (of each group one must be in the first 15 lines), fixes;
fixed_order, as_is: what must not be changed in copies; other_failures: an earlier line still fails when repaired.
For each lab, and for copies of it with other names, addresses and order of independent lines (five; one
when its number has three digits):
1. the cause's keywords and line are told, nothing but fixes is wider than 80 columns;
2. the first fix, made in the text, lets the last command exit 0 in `netglass run`;
3. the script repaired with the key's first fix is found healthy.
--few: every third lab and no copies, for a build that is slow.
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

SEEDS = 5
BLOCKS = (r"ip netns add \S+$", r"ip (-n \S+ )?link set (dev )?\S+ up$", r"ip (-n \S+ )?addr add \S+ dev \S+$",
          r"ip link set \S+ master \S+$", r"ip -n \S+ route add default via \S+$")
WORDS = "oak elm fir ash yew bay fig gum sal teak pine lime rowan maple cedar alder birch larch hazel aspen".split()


def load(folder):
    for name in sorted(os.listdir(folder)):
        if name.endswith(".sh") and name[0].isdigit():
            key = json.load(open(os.path.join(folder, name[:-3] + ".json"), encoding="ascii"))
            lines = open(os.path.join(folder, name), encoding="ascii").read().rstrip("\n").split("\n")
            yield name[:-3], lines, key


def edits_of(fix):
    return fix.get("edits", [fix])


def apply(lines, edits):
    before, new, gone = {}, {}, set()
    for e in edits:
        if "insert_before" in e:
            before.setdefault(e["insert_before"], []).append(e["line"])
        elif "replace" in e:
            new[e["replace"]] = e["line"]
        else:
            gone.add(e["delete"])
    out = []
    for n, line in enumerate(lines, 1):
        out += before.get(n, [])
        out.append("# deleted" if n in gone else new.get(n, line))
    return out


def names(lines):
    """every name the script gives to a namespace or a device"""
    found = set()
    for line in lines:
        found |= set(re.findall(r"netns add (\S+)", line))
        found |= set(re.findall(r"link add (?:dev |name )?(\S+)", line))
        found |= set(re.findall(r"peer name (\S+)", line))
    return sorted(found, key=lambda x: (-len(x), x))


def substitute(text, table):
    """whole words alone; a keyword of a key is a pattern: \\. and \\b in it stay"""
    if not table:
        return text
    words = "|".join(re.escape(x) for x in table)
    return re.sub(r"(?:(?<![\w-])|(?<=\\b))(%s)(?![\w-])" % words, lambda m: table[m.group(1)], text)


def other_names(rng, lines):
    words = WORDS[:]
    rng.shuffle(words)
    table, parts = {}, {}
    for name in names(lines):
        if name in ("lo",):
            continue
        for part in re.split(r"-", name):
            if part not in parts:
                parts[part] = part if part in ("br", "veth", "0") else words.pop() + str(rng.randrange(10))
    for name in names(lines):
        table[name] = "-".join(parts[p] for p in name.split("-"))[:15]
    return table if len(set(table.values())) == len(table) else {}


def other_nets(rng, text):
    nets = sorted(set(re.findall(r"(?<![\d.])(\d+\.\d+)\.\d+\.\d+", text)))
    table = {}
    for net in nets:
        first = net.split(".")[0]
        if first in ("127", "0", "255"):
            continue
        new = first
        while new == first or new in ("127", "10"):
            new = str(rng.choice((10, 198, 203, 44, 57) if first not in ("10", "172", "192") else (10,)))
            if first in ("10", "172", "192"):
                break
        table[net] = "%s.%d" % (new, rng.randrange(20, 250))
    if len(set(table.values())) != len(table):
        return {}
    return table


def order(rng, lines):
    """shuffles runs of lines of one kind; -> new lines, new number of each old line"""
    index = list(range(len(lines)))
    at = 0
    while at < len(lines):
        kind = next((b for b in BLOCKS if re.match(b, lines[at])), None)
        end = at + 1
        while kind and end < len(lines) and re.match(kind, lines[end]):
            end += 1
        if kind and len(set(lines[at:end])) == end - at:
            part = index[at:end]
            rng.shuffle(part)
            index[at:end] = part
        at = end
    return [lines[i] for i in index], {old + 1: new + 1 for new, old in enumerate(index)}


def permute(seed, lines, key):
    rng = random.Random(seed)
    text = "\n".join(lines)
    name_table, net_table = other_names(rng, lines), other_nets(rng, text)

    def rename(s):
        s = substitute(s, name_table)
        for old, new in net_table.items():
            s = re.sub(r"(?<![\d.])%s(?=\.\d)" % re.escape(old), "\0" + new.replace(".", "\1"), s)
            s = re.sub(r"(?<![\d.])%s(?=\\\.)" % re.escape(re.escape(old)), "\0" + new.replace(".", "\\\1"), s)
        return s.replace("\0", "").replace("\1", ".")

    new = [rename(line) for line in lines]
    where = {n: n for n in range(1, len(lines) + 2)}
    if not key.get("fixed_order"):
        new, where = order(rng, new)
    key = dict(key)
    key["cause_line"] = where.get(key["cause_line"]) if key["cause_line"] else None
    key["cause_keywords"] = [[rename(k) for k in group] for group in key["cause_keywords"]]
    fixes = []
    for fix in key["fixes"]:
        fixes.append({"edits": [{k: where[v] if k != "line" else rename(v) for k, v in e.items()}
                                for e in edits_of(fix)]})
    key["fixes"] = fixes
    return new, key


def read_fixes(out):
    """the proposals: lists of edits"""
    fixes = []
    for line in out.split("\n"):
        m = re.match(r"(fix:|    ) (insert before|replace|delete) line (\d+)(?: with)?:? ?(.*)$", line)
        if not m:
            continue
        if m.group(1) == "fix:":
            fixes.append([])
        n = int(m.group(3))
        fixes[-1].append({"insert_before": n, "line": m.group(4)} if m.group(2)[0] == "i" else
                         {"replace": n, "line": m.group(4)} if m.group(2)[0] == "r" else {"delete": n})
    return fixes


class Checker:
    def __init__(self, binary):
        self.binary = binary

    def call(self, verb, lines):
        with tempfile.TemporaryDirectory(prefix="why.") as folder:
            path = os.path.join(folder, "lab.sh")
            with open(path, "w", encoding="ascii") as f:
                f.write("\n".join(lines) + "\n")
            r = subprocess.run([self.binary] + verb + [path], stdin=subprocess.DEVNULL, capture_output=True,
                               timeout=300, check=False, text=True)
        return r.returncode, r.stdout + r.stderr

    def check(self, lines, key, healthy):
        """-> what is wrong, and the output"""
        _, out = self.call(["why"], lines)
        wrong = []
        head = "\n".join(line for line in out.split("\n")[:15] if not line.startswith("fix:"))
        flat = re.sub(r"\n  ", " ", head)
        for group in key["cause_keywords"]:
            if not any(re.search(k, flat, re.I) for k in group):
                wrong.append("not told: %s" % "/".join(group))
        if key["cause_line"] and not re.search(r"\blines?\b[^\n]{0,30}\b%d\b" % key["cause_line"], head):
            wrong.append("line %d not named" % key["cause_line"])
        if any(len(line) > 80 for line in head.split("\n") if not re.match(r"line |  set by|fix|    ", line)):
            wrong.append("wider than 80 columns")
        fixes = read_fixes(out)
        if not fixes:
            wrong.append("no fix")
        elif self.call(["run", "--plain"], apply(lines, fixes[0]))[0]:
            wrong.append("the first fix does not cure")
        if healthy:
            out2 = self.call(["why"], apply(lines, edits_of(key["fixes"][0])))[1]
            if not out2.startswith("nothing wrong"):
                wrong.append("not healthy with the key's fix")
                out += out2
        return wrong, out


def cases(folder, copies):
    """each lab and its copies: (what it is called, lines, key, whether it is held to be healthy when repaired)"""
    for name, lines, key in load(folder):
        yield name, lines, key, not key.get("other_failures")
        if copies and not key.get("as_is"):
            for seed in range(1, (SEEDS if len(name.split("-")[0]) < 3 else 1) + 1):
                yield "%s, seed %d" % (name, seed), *permute(seed, lines, key), False


def main():
    options = [a for a in sys.argv[1:] if a.startswith("-")]
    args = [a for a in sys.argv[1:] if not a.startswith("-")]
    folder = args[1] if len(args) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "labs")
    checker = Checker(args[0])
    few = "--few" in options
    todo = list(cases(folder, not few))[::3 if few else 1]
    bad = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = pool.map(lambda case: checker.check(*case[1:]), todo)
        for n, ((name, lines, _, _), (wrong, out)) in enumerate(zip(todo, results), 1):
            print("%sok %d - %s" % ("not " if wrong else "", n, name))
            bad += bool(wrong)
            for w in wrong:
                print("# " + w)
            if wrong and "-v" in options:
                print("\n".join("#   " + line for line in lines + out.split("\n")))
            sys.stdout.flush()
    print("1..%d" % len(todo))
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
