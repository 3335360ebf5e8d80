#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""netlink_seeds.py FOLDER - inputs for fuzz_netlink: rows of sound and nearly sound requests.

The world of fuzz_netlink has lo (1), v1 (2) and v0 (3), two ends of a cable, v0 in the bridge br0 (4), 10.0.0.1/24 on v1.
The stored requests of ../golden/requests come along, one input for each script.
"""
import glob
import os
import struct
import sys

REQUEST, ACK, ROOT, MATCH, CREATE, EXCL, REPLACE, APPEND = 1, 4, 0x100, 0x200, 0x400, 0x200, 0x100, 0x800
DUMP = ROOT | MATCH
inputs = []


def a(addr):
    return bytes(int(x) for x in addr.split('.'))


def attr(type, data):
    return struct.pack('=HH', 4 + len(data), type) + data + b'\0' * (-len(data) % 4)


def u32(v):
    return struct.pack('=I', v & 0xffffffff)


def u8(v):
    return struct.pack('=B', v)


def text(s):
    return s.encode() + b'\0'


def nl(type, flags, body):
    return struct.pack('=IHHII', 16 + len(body), type, flags | REQUEST, 1, 0) + body


def record(message):
    """Its protocol is told by its type: the high byte is a netfilter subsystem."""
    netfilter = len(message) >= 6 and message[5] != 0
    return struct.pack('<H', len(message) | (0x8000 if netfilter else 0)) + message


def row(*messages):
    inputs.append(b''.join(record(m) for m in messages))


def link(index=0, flags=0, change=0, family=0):
    return struct.pack('=BxHiII', family, 0, index, flags, change)


def addr(index=2, plen=24, flags=0, scope=0):
    return struct.pack('=BBBBi', 2, plen, flags, scope, index)


def route(plen=24, table=254, proto=3, scope=253, type=1, tos=0, flags=0, src=0):
    return struct.pack('=BBBBBBBBI', 2, plen, src, tos, table, proto, scope, type, flags)


def neigh(index=2, state=0x80, flags=0, family=2, type=0):
    return struct.pack('=BxxxiHBB', family, index, state, flags, type)


def links():
    alike = [attr(1, b'\2\0\0\0\0\x55'), attr(2, b'\xff' * 6), attr(3, text('neu')), attr(4, u32(1400)), attr(10, u32(4)),
             attr(10, u32(0)), attr(13, u32(100)), attr(16, u8(5)), attr(17, u8(1)), attr(20, text('alias')),
             attr(27, u32(7)), attr(33, u8(0)), attr(39, u8(1)), attr(19, u32(1)), attr(28, u32(3)),
             attr(26, attr(2, attr(1, b'\1' * 8)))]
    for one in alike:
        row(nl(16, ACK, link(2) + one), nl(18, 0, link(2)))
        row(nl(19, ACK, link(3) + one))
        row(nl(16, ACK | CREATE | EXCL, link() + one + attr(18, attr(1, text('dummy')))))
    row(nl(16, ACK, link(2, 1, 1)), nl(16, ACK, link(2, 0, 1)), nl(16, ACK, link(2, 0x1000, 0x1000)))
    row(nl(16, ACK, link(2, 0x100, 0x100)), nl(16, ACK, link(2, 0x200, 0x200)), nl(16, ACK, link(2, 0x80, 0x80)))
    for kind in ('veth', 'bridge', 'dummy', 'vlan', 'vxlan', 'bond', ''):
        row(nl(16, ACK | CREATE | EXCL, link() + attr(3, text('x0')) + attr(18, attr(1, text(kind)))), nl(17, ACK, link() + attr(3, text('x0'))))
    peer = attr(2, attr(1, link() + attr(3, text('peer0')) + attr(4, u32(900))))
    row(nl(16, ACK | CREATE | EXCL, link() + attr(3, text('v%d')) + attr(18, attr(1, text('veth')) + peer)), nl(18, DUMP, link()))
    vlan = attr(2, attr(1, struct.pack('=H', 7)) + attr(2, struct.pack('=II', 1, 1)) + attr(5, struct.pack('!H', 0x8100)))
    row(nl(16, ACK | CREATE | EXCL, link() + attr(3, text('v1.7')) + attr(5, u32(2)) + attr(18, attr(1, text('vlan')) + vlan)),
        nl(18, DUMP, link()), nl(17, ACK, link() + attr(3, text('v1.7'))))
    for n in range(1, 49):
        data = attr(2, attr(n, u32(1)))
        row(nl(16, ACK, link(4) + attr(18, attr(1, text('bridge')) + data)))
        row(nl(16, ACK, link(3) + attr(18, attr(4, text('bridge')) + attr(5, attr(n, u8(1))))), nl(18, 0, link(3)))
        row(nl(19, ACK, link(3, family=7) + attr(12 | 0x8000, attr(n, u8(1)))), nl(18, DUMP, link(family=7) + attr(29, u32(2))))
    row(nl(108, ACK | CREATE | EXCL | APPEND, link(2) + attr(52 | 0x8000, attr(53, text('other')))),
        nl(18, 0, link() + attr(53, text('other'))), nl(109, ACK, link(2) + attr(52 | 0x8000, attr(53, text('other')))))
    row(nl(18, DUMP, link() + attr(29, u32(9))), nl(18, DUMP, link() + attr(10, u32(4))), nl(18, DUMP, link() + attr(18, attr(1, text('veth')))))
    row(nl(94, DUMP, b'\0' * 8 + u32(1)), nl(94, 0, struct.pack('=BxHII', 0, 0, 2, 1)))


def addresses():
    full = attr(1, a('10.5.0.1')) + attr(2, a('10.5.0.1')) + attr(4, a('10.5.0.255')) + attr(3, text('v1:1'))
    life = attr(6, struct.pack('=IIII', 5, 10, 0, 0))
    row(nl(20, ACK | CREATE | EXCL, addr() + full), nl(22, DUMP, addr(0, 0)), nl(21, ACK, addr() + full))
    row(nl(20, ACK | CREATE | REPLACE, addr() + full + life), nl(20, ACK | CREATE | REPLACE, addr() + full), nl(22, DUMP, addr()))
    for plen in (0, 8, 31, 32, 33, 255):
        row(nl(20, ACK | CREATE, addr(2, plen) + attr(2, a('10.6.0.1')) + attr(1, a('10.7.0.1'))), nl(21, ACK, addr(2, plen) + attr(2, a('10.6.0.1'))))
    for flag in (0x200, 0x400, 0x80, 1):
        row(nl(20, ACK | CREATE, addr() + full + attr(8, u32(flag)) + attr(9, u32(7)) + attr(11, u8(3))), nl(22, DUMP, addr()))
    row(nl(22, DUMP, addr() + attr(10, u32(0))), nl(21, ACK, addr() + attr(3, text('v1'))), nl(21, ACK, addr(9)))
    row(nl(20, ACK, addr(1, 8) + attr(2, a('224.0.0.9'))), nl(20, ACK, addr()), nl(20, ACK, addr(99) + full))
    row(nl(58, DUMP, struct.pack('=BBBBi', 2, 0, 0, 0, 0)), nl(82, DUMP, b'\2\0\0\0'), nl(82, 0, b'\2\0\0\0' + attr(1, u32(2))), nl(82, 0, b'\2\0\0\0' + attr(1, u32(-1))))


def routes():
    gw = attr(5, a('10.0.0.2'))
    oif = attr(4, u32(2))
    dst = attr(1, a('10.9.0.0'))
    hop = struct.pack('=HBBi', 16, 0, 3, 2) + attr(5, a('10.0.0.3'))
    metrics = attr(8, b''.join(attr(n, u32(1000 + n)) for n in range(1, 18)))
    get = nl(26, 0, route(32, 0, 0, 0, 0) + attr(1, a('10.9.0.7')))
    for more in (gw, oif, gw + oif, metrics + gw, attr(7, a('10.0.0.1')) + gw, attr(6, u32(50)) + gw, attr(15, u32(1000)) + gw,
                 attr(9, hop + hop), attr(9, hop), attr(16, u32(2)) + gw, attr(22, struct.pack('=HH', 2, 0) + a('10.0.0.2')),
                 attr(30, u32(5)), attr(9, hop[:6]), attr(8, attr(1, b'x')), attr(12, b'\0' * 32) + gw, gw + attr(25, attr(1, b''))):
        body = route(scope=0) + dst + more
        row(nl(24, ACK | CREATE | EXCL, body), get, nl(26, DUMP, route(0, 0, 0, 0, 0)), nl(24, ACK | CREATE | REPLACE, body),
            nl(24, ACK | CREATE | APPEND, body), nl(25, ACK, body), nl(25, ACK, body))
    for type in range(0, 13):
        row(nl(24, ACK | CREATE, route(type=type, scope=0) + dst), get, nl(25, ACK, route(type=0, scope=255) + dst))
    for plen, scope, table, flags in ((33, 0, 254, 0), (0, 0, 254, 0), (32, 254, 255, 0), (24, 255, 253, 4), (24, 0, 0, 0x100)):
        row(nl(24, ACK | CREATE, route(plen, table, 3, scope, 1, 0, flags) + dst + gw + oif), nl(26, DUMP, route(0, table, 0, 0, 0)))
    for more in (attr(2, a('10.0.0.1')), attr(3, u32(2)), attr(3, u32(4)) + attr(2, a('10.0.0.9')), oif, attr(16, u32(1)), attr(27, u8(6)) + attr(28, b'\0\x50') + attr(29, b'\0\x50'), attr(25, u32(0)), b''):
        for flags in (0, 0x2000, 0x1000, 0x100):
            row(nl(26, 0, route(32, 0, 0, 0, 0, 0, flags) + attr(1, a('10.0.0.9')) + more), nl(26, 0, route(32, 0, 0, 0, 0, 0, flags) + attr(1, a('127.0.0.1')) + more))
    for more in (b'', attr(15, u32(254)), oif, attr(4, u32(9))):
        row(nl(26, DUMP, route(0, 0, 0, 0, 0) + more), nl(26, DUMP, route(0, 0, 3, 0, 2) + more), nl(26, DUMP, route(0, 255, 0, 0, 0, 0, 0x200) + more))
    for n in range(1, 24):
        rule = struct.pack('=BBBBBBBBI', 2, 0, 0, 0, 254, 0, 0, 1, 0) + attr(6, u32(100)) + attr(n, u32(100))
        row(nl(32, ACK | CREATE | EXCL, rule), nl(34, DUMP, rule[:12]), nl(33, ACK, rule))
    for action in range(0, 9):
        rule = struct.pack('=BBBBBBBBI', 2, 32, 24, 0, 7, 0, 0, action, 0) + attr(1, a('10.0.0.9')) + attr(2, a('10.3.0.0')) + attr(3, text('v1'))
        row(nl(32, ACK | CREATE | EXCL, rule), nl(32, ACK | CREATE | EXCL, rule), nl(34, DUMP, rule[:12]), nl(33, ACK, rule))
    for n in range(1, 14):
        row(nl(104, ACK | CREATE | EXCL, struct.pack('=BBBBI', 2, 0, 0, 0, 0) + attr(1, u32(5)) + attr(5, u32(2)) + attr(6, a('10.0.0.2')) + attr(n, b'\1\0\0\0' * 2)),
            nl(106, DUMP, b'\0' * 8), nl(105, ACK, b'\0' * 8 + attr(1, u32(5))))


def neighbours():
    dst = attr(1, a('10.0.0.9'))
    mac = attr(2, b'\2\0\0\0\0\x99')
    for state in (0, 1, 2, 4, 8, 16, 32, 0x40, 0x80, 0xffff):
        row(nl(28, ACK | CREATE | REPLACE, neigh(state=state) + dst + mac), nl(30, 0, neigh(state=0) + dst), nl(30, DUMP, neigh(0)), nl(29, ACK, neigh() + dst))
    for flags in (1, 2, 4, 8, 0x10, 0x80):
        row(nl(28, ACK | CREATE, neigh(flags=flags) + dst + mac), nl(30, DUMP, neigh(0, flags=flags)), nl(30, 0, neigh(flags=flags) + dst), nl(29, ACK, neigh(flags=flags) + dst))
        row(nl(28, ACK | CREATE | EXCL, neigh(3, 0x40, flags, 7) + mac + attr(9, u32(4))), nl(30, DUMP, link(family=7)), nl(30, 0, neigh(3, 0, flags, 7) + mac + attr(9, u32(4))), nl(29, ACK, neigh(3, 0, flags, 7) + mac))
    for n in range(1, 17):
        row(nl(28, ACK | CREATE, neigh() + dst + mac + attr(n, u32(2))), nl(30, DUMP, neigh(0) + attr(n, u32(2))), nl(28, ACK, neigh() + dst))
        row(nl(28, ACK | CREATE, neigh(3, 0xc0, 4, 7) + mac + attr(n, u32(2))), nl(29, ACK | 0x200, neigh(4, 0, 2, 7) + attr(n, u32(4))))
    row(nl(28, ACK | CREATE, neigh() + dst), nl(28, ACK, neigh() + dst + mac), nl(28, ACK | EXCL, neigh() + dst + mac), nl(28, ACK | CREATE, neigh(0) + dst + mac), nl(28, ACK | CREATE, neigh(99) + dst + mac))
    row(nl(66, DUMP, b'\2\0\0\0'), nl(67, ACK, b'\2\0\0\0' + attr(1, text('arp_cache')) + attr(2, u32(1)) + attr(6, attr(1, u32(2)) + attr(4, struct.pack('=Q', 9000)))))
    for n in range(1, 20):
        row(nl(67, ACK, b'\2\0\0\0' + attr(1, text('arp_cache')) + attr(n, u32(5)) + attr(6, attr(1, u32(2)) + attr(n, struct.pack('=Q', 4000)))), nl(66, DUMP, b'\2\0\0\0'))


def others():
    for t in list(range(36, 40)) + list(range(40, 50)) + list(range(84, 91)):
        row(nl(t, ACK, b'\0' * 20 + attr(1, u32(1))), nl(t, DUMP, b'\0' * 20))
    for kind in ('netem', 'noqueue', 'pfifo', 'tbf'):
        row(nl(36, ACK | CREATE | REPLACE, struct.pack('=BxxxiIII', 0, 2, 0, 0xffffffff, 0) + attr(1, text(kind)) + attr(2, struct.pack('=IIIIII', 1000, 1000, 0, 0, 0, 0))), nl(38, DUMP, b'\0' * 20))
    row(nl(16, ACK, link(2) + attr(3, text('v1')))[:-3], nl(16, ACK, link(2))[:20], b'\1\0\0\0', b'')
    row(nl(2, 0, u32(0)), nl(3, 0, b''), nl(1, ACK, b''), nl(0x300, ACK, b'\2\0\0\0'), nl(0xffff, ACK, b''))


def stored():
    here = os.path.dirname(os.path.abspath(__file__))
    for path in sorted(glob.glob(here + '/../golden/requests/*.txt')):
        messages = [bytes.fromhex(line.split()[1]) for line in open(path) if line.startswith('> ') and len(line) > 4]
        for i in range(0, len(messages), 60):
            row(*messages[i:i + 60])


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for make in (links, addresses, routes, neighbours, others, stored):
        make()
    for n, data in enumerate(inputs):
        with open('%s/%04d' % (sys.argv[1], n), 'wb') as f:
            f.write(data)
