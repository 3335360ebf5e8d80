#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Turns the case files of tests/golden into plain scripts, one command per line.

usage: cases.py OUTDIR [SIZE]

The programs have been compared with Debian's on the real kernel line by line;
the scripts made here let the same lines be run end to end: Debian's programs on
the real kernel, the built-in ones on the simulated kernel (`compare.py`).

  tests/golden/ip/cases/*.txt          a line is a command, "!" prepares
  tests/golden/iptables/cases/*.txt    blocks, each on a fresh machine
  tests/golden/net-tools/cases/*.sh    a script, "t COMMAND" shows a command
  tests/golden/sh/*.sh                 a script, run by one `bash -c`

A script holds at most SIZE commands (60); what prepares is repeated in each.
"""
import glob
import os
import subprocess
import sys

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden')


def quoted(text):
    """The text as one word of one line."""
    out = text.replace('\\', '\\\\').replace("'", "\\'").replace('\n', '\\n').replace('\t', '\\t')
    return "$'" + out + "'"


def words(path):
    with open(path, encoding='utf-8', errors='surrogateescape') as f:
        return f.read().split('\n')


def commands(lines):
    """Joins lines until the shell takes them for a whole command."""
    held = []
    for line in lines:
        if not held and (not line.strip() or line.lstrip().startswith('#')):
            continue
        held.append(line)
        text = '\n'.join(held)
        check = subprocess.run(['bash', '-n', '-c', text], capture_output=True, text=True, check=False)
        if line.endswith('\\') or 'end of file' in check.stderr or 'here-document' in check.stderr:
            continue
        yield text if len(held) == 1 else 'eval ' + quoted(text)
        held = []
    if held:
        yield 'eval ' + quoted('\n'.join(held))


def ip_case(path, size):
    prepare, chunk = [], []
    for line in words(path):
        if not line.strip() or line.startswith('#'):
            continue
        if line.startswith('!'):
            prepare.append(line[1:])
            chunk.append(line[1:])
            continue
        chunk.append(line)
        if len(chunk) >= size + len(prepare):
            yield chunk
            chunk = list(prepare)
    if len(chunk) > len(prepare):
        yield chunk


def iptables_case(path, size):
    restore = os.path.join(os.path.dirname(path), 'restore.in')
    begin = ['printf %s ' + quoted('\n'.join(words(restore))) + ' >restore.in', 'CASES=.']
    chunk = []
    for line in words(path) + ['']:
        if line.startswith('#'):
            continue
        if line.strip():
            chunk.append(line.lstrip('!'))
        if chunk and (not line.strip() or len(chunk) >= size):
            yield (begin if any('$CASES' in c for c in chunk) else []) + chunk
            chunk = []


def net_tools_case(path, _size):
    yield ['t() { "$@"; }'] + [c[2:] if c.startswith('t ') else c for c in commands(words(path))]


def sh_case(path, _size):
    if os.path.basename(path) == 'run.sh':
        return
    text = words(path)
    if text[0].startswith('#args '):
        yield ['bash -c ' + quoted('\n'.join(text)) + ' sh ' + text[0][6:]]
    else:
        yield ['bash -c ' + quoted('\n'.join(text[text[0] == '#-c':])) + ' sh']


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    out, size = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 60
    os.makedirs(out, exist_ok=True)
    lines = 0
    for folder, pattern, convert in (('ip', 'cases/*.txt', ip_case), ('iptables', 'cases/*.txt', iptables_case),
                                     ('net-tools', 'cases/*.sh', net_tools_case), ('sh', '*.sh', sh_case)):
        for path in sorted(glob.glob(os.path.join(GOLDEN, folder, pattern))):
            name = os.path.splitext(os.path.basename(path))[0]
            for n, chunk in enumerate(convert(path, size)):
                lines += len(chunk)
                with open(os.path.join(out, f'{folder}-{name}-{n:02}.sh'), 'w', encoding='utf-8',
                          errors='surrogateescape') as f:
                    f.write('\n'.join(chunk) + '\n')
    print(f'{len(os.listdir(out))} scripts, {lines} commands')


if __name__ == '__main__':
    main()
