#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the recordings again: record.py FILE.txt...

Each line "$ COMMAND" of a file runs on the real kernel, in namespaces of the file's own, with the machine's
tools; the traffic of Debian 12's ip, bridge and iptables is stored below it.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ENV = {'PATH': '/usr/sbin:/usr/bin:/sbin:/bin', 'LC_ALL': 'C', 'TZ': 'UTC', 'HOME': '/root'}


def quote(s):
    return "'" + s.replace("'", "'\\''") + "'"


def record(path, tmp):
    with open(path) as f:
        head, commands = [], []
        for line in f:
            if line.startswith('$ '):
                commands.append(line[2:].rstrip('\n'))
            elif line.startswith('#') and not commands:
                head.append(line)
    script = ['mount -t tmpfs tmpfs /run; mkdir /run/netns; ip link set lo up',
              'for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$f; done']
    for i, command in enumerate(commands):
        script.append(f'RECORD={tmp}/{i} LD_PRELOAD={tmp}/record.so bash --norc -c {quote(command)}')
        if 'netns add' in command:
            script.append("for n in /run/netns/*; do nsenter --net=$n sh -c 'for f in "
                          "/proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$f; done'; done")
    subprocess.run(['unshare', '-Urnm', 'bash', '--norc', '-c', '\n'.join(script)], env=ENV,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    with open(path, 'w') as f:
        f.writelines(head)
        for i, command in enumerate(commands):
            f.write(f'$ {command}\n')
            if os.path.exists(f'{tmp}/{i}'):
                with open(f'{tmp}/{i}') as got:
                    f.write(got.read())
                os.unlink(f'{tmp}/{i}')


def main():
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(['gcc', '-w', '-O1', '-D_GNU_SOURCE', '-shared', '-fPIC', '-o', f'{tmp}/record.so',
                        f'{HERE}/record.c', '-ldl'], check=True)
        for path in sys.argv[1:]:
            record(path, tmp)


if __name__ == '__main__':
    main()
