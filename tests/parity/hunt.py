#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""hunt.py - random scripts on both kernels; what differs is made small and kept.

usage: hunt.py NETGLASS [--seed N] [--count N] [--jobs N] [--keep DIR] [--small]
       hunt.py NETGLASS [--seed N] [--count N] --histogram | --readme
       hunt.py NETGLASS --shrink SCRIPT

The scripts are those of generate.py, compared by `netglass validate` (which repeats a run
before it believes a difference). One that differs is written to DIR with what differs; with
--small it then loses lines, halves first, as long as the same kind of difference stays: the
file a regression test is made of. What was run is printed as a histogram; a ping fails when
its status is not 0.
Exit status: 0 all equal, 1 something differs.
"""
import argparse
import collections
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

import generate

OBJECTS = ('namespace', 'veth', 'bridge', 'address', 'route', 'rule', 'neighbour', 'fdb entry',
           'iptables rule', 'sysctl')
MARKS = {
    'namespace': r'netns add ',
    'veth': r'type veth ',
    'bridge': r'type bridge\b',
    'address': r'addr (add|replace|change) ',
    'route': r'route (add|append|replace|change) ',
    'rule': r'rule add ',
    'neighbour': r'neigh (add|replace|change) |arp -s ',
    'fdb entry': r'fdb (add|replace|append) ',
    'iptables rule': r'iptables .*-[AI] ',
    'sysctl': r'sysctl -w ',
    'br_netfilter': r'bridge-nf-call-iptables|nf_call_iptables',
    'NAT': r'MASQUERADE|SNAT|DNAT|REDIRECT',
    'policy': r'iptables .*-P |rule add ',
}
PING = re.compile(r'(^| )ping -')
FORMS = re.compile(r'^(?:ip netns exec \S+ )?(ip|bridge|\S+)(?: -n \S+| -[a-z0-9]+)*(?: ([a-z]+))?(?: (add|del|set|show|get|flush|replace|change|append))?')


def validate(netglass, path, jobs=1):
    """The text of `netglass validate` about scripts."""
    paths = path if isinstance(path, list) else [path]
    run = subprocess.run([netglass, 'validate', '-j', str(jobs), '--timeout', '120'] + paths,
                         capture_output=True, text=True, check=False)
    return run.stdout + run.stderr


def verdict(text):
    """(script, word, lines below it) of every script in the text."""
    found, last = [], None
    for line in text.splitlines():
        head = re.match(r'(same|DIFFERENT|different|failed|error|skipped)\s+(\S+)\s+commands', line)
        if head:
            last = (head.group(2), head.group(1).lower(), [])
            found.append(last)
        elif last is not None:
            last[2].append(line)
    return found


def differs(netglass, lines):
    """Does this script differ, and how? The first command's program, or None."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'small.sh')
        with open(path, 'w', encoding='ascii') as f:
            f.write('\n'.join(lines) + '\n')
        for _, word, below in verdict(validate(netglass, path)):
            if word != 'same':
                return ' '.join(re.findall(r'\b(output|rc|packets|tables|times)\b',
                                           '\n'.join(below))[:1]) or 'differs'
    return None


def shrink(netglass, lines):
    """Fewer lines that still differ in the same way: chunks of half, quarter, ... one line."""
    how = differs(netglass, lines)
    if not how:
        return None
    size = len(lines) // 2
    while size:
        at, cut = 0, False
        while at < len(lines):
            fewer = lines[:at] + lines[at + size:]
            if fewer and differs(netglass, fewer) == how:
                lines, cut = fewer, True
            else:
                at += size
        if not cut or size > 1:
            size //= 2
    return lines


class Histogram:
    """What a batch was made of."""

    def __init__(self):
        self.scripts = self.commands = self.pings = self.failed = 0
        self.with_mark = collections.Counter()
        self.forms = collections.Counter()
        self.kinds = 0

    def count(self, netglass, text):
        lines = [x for x in text.splitlines() if not x.startswith('#')]
        self.scripts += 1
        self.commands += len(lines)
        kinds = 0
        for mark, pattern in MARKS.items():
            if re.search(pattern, text):
                self.with_mark[mark] += 1
                kinds += mark in OBJECTS
        self.kinds += kinds
        first = next((i for i, x in enumerate(lines) if PING.search(x)), 0)
        late = '\n'.join(lines[first:])
        self.with_mark['address change'] += bool(
            re.search(r'addr (add|del|replace|change|flush) |ifconfig \S+ [\d.]+', late))
        marked = [x + '; echo "@@ping $?"' if PING.search(x) else x for x in lines]
        out = subprocess.run([netglass, 'run', '-'], input='\n'.join(marked) + '\n', text=True,
                             capture_output=True, check=False).stdout
        said = re.findall(r'^@@ping (\d+)$', out, re.M)
        self.pings += len(said)
        self.failed += len(said) - said.count('0')
        for line in lines:
            self.forms[' '.join(w for w in FORMS.match(line).groups() if w)] += 1

    def table(self):
        """The lines for README.md."""
        n = max(1, self.scripts)
        out = ['| scripts | commands each | kinds of object | pings | of them failing |',
               '|---|---|---|---|---|',
               '| %d | %.1f | %d | %d | %.0f %% |' % (
                   self.scripts, self.commands / n, len([o for o in OBJECTS if self.with_mark[o]]),
                   self.pings, 100 * self.failed / max(1, self.pings)), '',
               '| in of the scripts | what |', '|---|---|']
        return out + ['| %.0f %% | %s |' % (100 * self.with_mark[mark] / n, mark)
                      for mark in list(MARKS) + ['address change']]

    def show(self):
        n = max(1, self.scripts)
        print('scripts %d, commands %d (%.1f each), kinds of object %.1f each' % (
            self.scripts, self.commands, self.commands / n, self.kinds / n))
        print('pings %d, failing %.0f %%' % (self.pings, 100 * self.failed / max(1, self.pings)))
        for mark in list(MARKS) + ['address change']:
            print('  in %3.0f %% of the scripts: %s' % (100 * self.with_mark[mark] / n, mark))
        for form, count in self.forms.most_common():
            print('%7d  %s' % (count, form))


def write_readme(lines):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'README.md')
    with open(path, encoding='utf-8') as f:
        text = f.read()
    begin, end = '<!-- histogram -->\n', '<!-- /histogram -->'
    head, _, rest = text.partition(begin)
    with open(path, 'w', encoding='utf-8') as f:
        f.write(head + begin + '\n'.join(lines) + '\n' + end + rest.partition(end)[2])


def compare(a, seed):
    """Runs the script of a seed on both; the seed when they differ, and what differs in a file."""
    path = os.path.join(a.keep, 'r%06d.sh' % seed)
    with open(path, 'w', encoding='ascii') as f:
        f.write(generate.text_of(seed))
    text = validate(a.netglass, path)
    if [word for _, word, _ in verdict(text)] == ['same']:
        os.remove(path)
        return None
    with open(path[:-3] + '.txt', 'w', encoding='utf-8') as f:
        f.write(text)
    print(text, flush=True)
    return seed


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('netglass')
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--count', type=int, default=20)
    ap.add_argument('--jobs', type=int, default=2)
    ap.add_argument('--keep', default='.', help='where small scripts that differ go')
    ap.add_argument('--histogram', action='store_true', help='only say what would be run')
    ap.add_argument('--readme', action='store_true', help='the same, into README.md')
    ap.add_argument('--small', action='store_true', help='shrink what differs')
    ap.add_argument('--shrink', metavar='SCRIPT')
    a = ap.parse_args()
    if a.shrink:
        with open(a.shrink, encoding='ascii') as f:
            small = shrink(a.netglass, f.read().splitlines())
        print('\n'.join(small) if small else 'both kernels say the same')
        return 1 if small else 0

    seeds = range(a.seed, a.seed + a.count)
    if a.histogram or a.readme:
        histogram = Histogram()
        for seed in seeds:
            histogram.count(a.netglass, generate.text_of(seed))
        if a.readme:
            write_readme(histogram.table())
        else:
            histogram.show()
        return 0
    os.makedirs(a.keep, exist_ok=True)
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        bad = [s for s in pool.map(lambda seed: compare(a, seed), seeds) if s is not None]
    for seed in bad if a.small else []:
        small = shrink(a.netglass, generate.text_of(seed).splitlines())
        if small:
            name = os.path.join(a.keep, 'random_%06d.sh' % seed)
            with open(name, 'w', encoding='ascii') as f:
                f.write('# seed %d\n' % seed + '\n'.join(x for x in small if x[0] != '#') + '\n')
            print('kept', name)
    print('%d scripts, %d different: %s' % (len(seeds), len(bad), bad))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
