#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares built-in ip and bridge with the machine's own, on the real kernel.

usage: compare.py HOSTSYS NLDUMP.SO CASE...

HOSTSYS is tests/hostsys built with the programs, NLDUMP.SO nldump.c. A case file has one command
line per line; it runs twice, in two fresh namespaces: with the machine's tools
and with ours. Lines that begin with "!" prepare, with the machine's tools in
both. Output, error output, status and netlink requests (sequence numbers and
pids aside) must be equal. Exit 77: no user namespaces or no iproute2 here.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile

MASK = [(re.compile(r'(link/ether |ddress"?:? ?"?|UP +|DOWN +)(?!02:00:00)(\w\w:){5}\w\w'), r'\1MAC'),
        (re.compile(r'^(    (?: +\d+){6} )$', re.M), '    COUNTERS'),
        (re.compile(r'(timer"?:? ?) *\d+\.\d\d'), r'\1 T'), (re.compile(r'used \d+/\d+(/\d+)?'), 'used T'), (re.compile('14000600(.{16}).{16}'), r'14000600\1T'),
        (re.compile('14000300.{32}'), '14000300T'),
        (re.compile(r'"(used|updated|confirmed)": ?\d+'), r'"\1":T'),
        (re.compile(r'(life_time"?:?) ?\d{1,4}\b'), r'\1 T'), (re.compile(r'(lft) \d+sec'), r'\1 T'), (re.compile(r'(expires) \d+sec'), r'\1 T'),
        (re.compile(r'users \d+ age \d+sec'), 'users T')]
PRELUDE = '''set +e
mount -t tmpfs tmpfs /run; mkdir /run/netns
printf 'hosts: files\\nnetworks: files\\n' >/run/nsswitch.conf
mount --bind /run/nsswitch.conf /etc/nsswitch.conf
for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$f; done 2>/dev/null
'''


def script(case, out, tools, preload):
    lines = [PRELUDE]
    for i, line in enumerate(case):
        if line.startswith('!'):
            lines.append(line[1:])
            continue
        lines.append(f'export NLDUMP={out}/{i}.nl; PATH={tools} LD_PRELOAD={preload} '
                     f'bash --norc -c {quote(line)} >{out}/{i}.out 2>{out}/{i}.err; '
                     f'echo $? >{out}/{i}.rc; unset NLDUMP')
    return '\n'.join(lines)


def quote(s):
    return "'" + s.replace("'", "'\\''") + "'"


def messages_sorted(line):
    """Several messages in one datagram: the kernel lists neighbours in an order of its own."""
    found = []
    while len(line) >= 32:
        n = int.from_bytes(bytes.fromhex(line[:8]), 'little') * 2
        if n < 32 or n > len(line):
            break
        found.append(line[:n])
        line = line[n:]
    return ''.join(sorted(found)) + line


def masked(path):
    try:
        with open(path, errors='backslashreplace') as f:
            text = f.read()
    except FileNotFoundError:
        return ''
    if path.endswith('.nl'):
        text = '\n'.join(messages_sorted(x) if re.fullmatch('[0-9a-f]+', x) else x for x in text.splitlines())
    for pattern, repl in MASK:
        text = pattern.sub(repl, text)
    return text


def run_case(path, preload, tmp):
    with open(path) as f:
        case = [l.rstrip('\n') for l in f if l.strip() and not l.startswith('#')]
    system = '/usr/sbin:/usr/bin:/sbin:/bin'
    dirs = {}
    for who in ('real', 'ours'):
        out = os.path.join(tmp, who)
        os.makedirs(out)
        tools = system if who == 'real' else f'{tmp}/bin:{system}'
        with open(out + '.sh', 'w') as f:
            f.write(script(case, out, tools, preload))
        subprocess.run(['unshare', '-Urnm', 'bash', '--norc', out + '.sh'], stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300,
                       env={'PATH': system, 'LC_ALL': 'C', 'TZ': 'UTC',
                            'ASAN_OPTIONS': 'detect_leaks=0:verify_asan_link_order=0'})
        dirs[who] = out
    bad = 0
    for i, line in enumerate(case):
        if line.startswith('!'):
            continue
        for ext in ('out', 'err', 'rc', 'nl'):
            want = masked(f'{dirs["real"]}/{i}.{ext}')
            got = masked(f'{dirs["ours"]}/{i}.{ext}')
            if want != got:
                bad += 1
                print(f'not equal: {os.path.basename(path)}: {line} [{ext}]')
                for d in difflib.unified_diff(want.splitlines(), got.splitlines(), 'want', 'got',
                                              lineterm='', n=0):
                    if not d.startswith(('---', '+++', '@@')):
                        print('  ' + d)
    total = sum(1 for l in case if not l.startswith('!'))
    print(f'{os.path.basename(path)}: {total} lines, {bad} differences')
    return bad


def main():
    if subprocess.run(['unshare', '-Urnm', 'true']).returncode:
        print('no user namespaces here')
        return 77
    for tool in ('/usr/sbin/ip', '/usr/sbin/bridge'):
        if not os.path.exists(tool):
            print(tool + ' is not here')
            return 77
    hostsys, preload = map(os.path.abspath, sys.argv[1:3])
    bad = 0
    for path in sys.argv[3:]:
        with tempfile.TemporaryDirectory() as tmp:
            os.mkdir(f'{tmp}/bin')
            for prog in ('ip', 'bridge'):
                with open(f'{tmp}/bin/{prog}', 'w') as f:
                    f.write(f'#!/bin/sh\nexec {hostsys} {prog} "$@"\n')
                os.chmod(f'{tmp}/bin/{prog}', 0o755)
            bad += run_case(path, preload, tmp)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
