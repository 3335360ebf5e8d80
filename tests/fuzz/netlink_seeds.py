#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""netlink_seeds.py FOLDER - inputs for fuzz_netlink: rows of sound and nearly sound requests.

The world (netlink_world.h) has lo (1), v1 (2) and v0 (3), two ends of a cable, v0 in the bridge br0 (4), 10.0.0.1/24 on v1.
What our own programs ask comes from netlink_record instead.
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
    """Its protocol is told by its type: the high byte is a netfilter subsystem; or ('wait', TENS_OF_MS), ('record', KIND, DATA)."""
    if isinstance(message, tuple):
        kind, data = (6, struct.pack('<H', message[1])) if message[0] == 'wait' else message[1:]
        return struct.pack('<BH', kind, len(data)) + data
    netfilter = len(message) >= 6 and message[5] != 0
    return struct.pack('<BH', 1 if netfilter else 0, len(message)) + message


def row(*messages, kinds=0):
    inputs.append(bytes((kinds,)) + b''.join(record(m) for m in messages))


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


STRICT, LISTENER = 16, 32


def strict():
    """What is refused once a program asked for strict checks."""
    rest = struct.pack('=BBBBi', 2, 0, 0, 0, 0)
    for t, head in ((18, link()), (22, rest), (26, route(0, 0, 0, 0, 0)), (30, neigh(0, 0)), (34, struct.pack('=BBBBBBBBI', 2, 0, 0, 0, 0, 0, 0, 0, 0)),
                    (66, b'\2\0\0\0'), (82, b'\2\0\0\0'), (90, b'\0' * 8), (94, b'\7\0\0\0' + b'\0' * 8), (38, b'\0' * 20)):
        row(nl(t, DUMP, head), nl(t, DUMP, head[:-4]), nl(t, DUMP, head[:1]), *[nl(t, DUMP, head[:i] + b'\1' + head[i + 1:]) for i in range(1, len(head))], kinds=STRICT)
        row(nl(t, DUMP, head + b'\1\2'), *[nl(t, DUMP, head + attr(n, u32(1))) for n in range(0, 54)], kinds=STRICT)
        row(nl(t, 0, head), nl(t, 0, head[:-4]), *[nl(t, 0, head[:i] + b'\1' + head[i + 1:]) for i in range(1, len(head))], kinds=STRICT)
        row(*[nl(t, 0, head + attr(n, u32(1))) for n in range(0, 54)], kinds=STRICT)
    get = route(32, 0, 0, 0, 0) + attr(1, a('10.9.0.7'))
    row(nl(26, 0, get + attr(2, a('10.0.0.1'))), nl(26, 0, route(9, 0, 0, 0, 0)), nl(26, 0, get + attr(16, u32(1)) + attr(27, u8(200))),
        nl(26, 0, route(32, 0, 0, 0, 0, 0, 0x800000)), nl(26, 0, get + attr(4, u32(99))), nl(26, 0, get + attr(3, u32(99))), nl(26, 0, get + attr(28, b'\0\x50')), kinds=STRICT)
    dst = attr(1, a('10.0.0.2'))
    row(nl(30, 0, neigh(0, 0) + dst), nl(30, 0, neigh(2, 0, 8) + attr(1, a('10.0.0.8'))), nl(30, 0, neigh(2, 0, 8) + dst), nl(30, 0, neigh(2, 0, 4) + dst),
        nl(30, 0, neigh(99, 0) + dst), nl(30, 0, neigh(2, 0, 0, 10) + dst), nl(30, 0, neigh(2, 0) + attr(1, b'\1')), nl(30, 0, neigh(2, 0) + dst + attr(2, b'\2' * 6)),
        nl(30, 0, neigh(2, 0)), nl(30, 0, neigh(2, 0) + attr(1, a('10.0.0.77'))), kinds=STRICT | 8)


def policies():
    """Attributes of a wrong size, one by one."""
    for t, flags, head, top in ((16, CREATE, link(2), 60), (20, CREATE, addr(), 12), (24, CREATE, route(), 32), (28, CREATE, neigh(), 18), (32, CREATE, route()[:12], 26),
                                (104, CREATE, b'\2' + b'\0' * 7, 16), (67, 0, b'\2\0\0\0', 10), (108, CREATE, link(2), 60)):
        for size in (0, 1, 3, 9, 300):
            row(*[nl(t, ACK | flags, head + attr(n, b'x' * size)) for n in range(1, top)])
    for n in (1, 12, 26, 18):
        row(nl(16, ACK | CREATE, link() + attr(n, attr(1, b'') + attr(2, b'xx') + attr(3, b'x' * 40))), nl(16, ACK, link(2) + attr(n, b'\3\0\1\0')), nl(16, ACK, link(2) + attr(n, b'\xff\xff\1\0')))
    row(nl(16, ACK | CREATE, link() + attr(18, attr(1, b'x' * 20))), nl(16, ACK | CREATE, link(-1) + attr(18, attr(1, text('dummy')))), nl(16, ACK, link(-5)), nl(17, ACK, link(-5)), nl(18, 0, link(-1)),
        nl(16, ACK | CREATE | REPLACE, link(2) + attr(18, attr(1, text('dummy')))), nl(16, ACK | CREATE | EXCL, link(2)), nl(16, ACK, link(0)), nl(17, ACK, link(0)), nl(17, ACK, link(1)), nl(17, ACK, link(77)))
    dummy = attr(18, attr(1, text('dummy')))
    for one in (attr(19, u32(1)) + attr(28, u32(3)), attr(46, u32(9)), attr(46, u32(1)) + attr(19, u32(1)), attr(31, u32(0)), attr(32, u32(9000)), attr(31, u32(5)) + attr(32, u32(3)),
                attr(4, u32(10)), attr(4, u32(1 << 30)), attr(37, u32(8)), attr(19, u32(2)), attr(28, u32(99)), attr(1, b'\0' * 6), attr(1, b'\1' * 6), attr(1, b'\2' * 3), attr(2, b'\2' * 3), attr(26, b''),
                attr(3, text('')), attr(3, text('a/b')), attr(3, text('v%d')), attr(3, text('a%sb')), attr(3, text('lo')), attr(33, u8(1)), attr(16, u8(9)), attr(27, u32(4))):
        row(nl(16, ACK | CREATE | EXCL, link() + one + dummy), nl(16, ACK | CREATE | EXCL, link(70, 1, 1) + dummy), nl(19, ACK, link(70) + one))
    row(nl(16, ACK, link() + attr(27, u32(9)) + attr(13, u32(44))), nl(17, ACK, link() + attr(27, u32(9))), nl(17, ACK, link() + attr(27, u32(9))), nl(17, ACK, link() + attr(27, u32(0))), kinds=2)
    row(nl(20, ACK | CREATE, addr() + attr(2, a('10.8.0.1')) + attr(6, struct.pack('=IIII', 5, 0, 0, 0))), nl(20, ACK | CREATE, addr() + attr(2, a('10.8.0.1')) + attr(6, struct.pack('=IIII', 10, 5, 0, 0))),
        nl(22, DUMP, rest_of_addr()), ('wait', 700), nl(22, DUMP, rest_of_addr()), nl(20, ACK | CREATE | REPLACE, addr() + attr(2, a('10.8.0.1')) + attr(9, u32(77))), kinds=LISTENER)
    conf = attr(26, attr(2, attr(1, attr(1, u32(1)) + attr(31, u32(5)))))
    row(nl(16, ACK, link(2) + conf), nl(16, ACK, link(2) + attr(26, attr(2, attr(1, attr(99, u32(1)))))), nl(16, ACK, link(2) + attr(26, attr(2, attr(1, attr(1, b''))))), nl(16, ACK, link(2) + attr(26, attr(2, b'xyz'))), nl(16, ACK, link(2) + attr(26, attr(10, b''))))


def rest_of_addr():
    return struct.pack('=BBBBi', 2, 0, 0, 0, 2)


def vias():
    dst = attr(1, a('10.9.0.0'))
    for via in (b'', struct.pack('=H', 2), struct.pack('=H', 2) + a('10.0.0.2'), struct.pack('=H', 10) + b'\0' * 16, struct.pack('=H', 7) + b'\0' * 6, struct.pack('=H', 2) + a('10.0.0.2') + b'x'):
        row(nl(24, ACK | CREATE, route(scope=0) + dst + attr(18, via)), nl(24, ACK | CREATE, route(scope=0) + dst + attr(18, via) + attr(5, a('10.0.0.2'))), kinds=STRICT)
    row(nl(24, ACK | CREATE, route(scope=0) + dst + attr(30, u32(5)) + attr(5, a('10.0.0.2'))), nl(24, ACK | CREATE, route(scope=0, tos=3) + dst), nl(25, ACK, route(table=99) + dst), nl(24, ACK, route(33) + dst),
        nl(24, ACK | CREATE, route(type=99) + dst), nl(24, ACK | CREATE, route(24, 0, 3, 0, 2) + dst + attr(15, u32(7)) + attr(4, u32(2))), nl(24, ACK | CREATE, route(flags=1) + attr(1, b'')), kinds=STRICT)


def batches():
    """nftables: rules of a batch by handle, by id; batches that are not whole."""
    def nft(msg, flags, body, family=2):
        return nl(10 << 8 | msg, flags, struct.pack('!BBH', family, 0, 0) + body)

    def edge(msg, res=10, seq=1):
        return nl(msg, 0, struct.pack('!BBH', 0, 0, res))

    def row(*messages, kinds=0):
        inputs.append(bytes((kinds,)) + b''.join(record(('record', 1, m)) for m in messages))

    def be(n, size=4):
        return n.to_bytes(size, 'big')

    begin, end, table, chain = edge(16), edge(17), attr(1, text('filter')), attr(2, text('INPUT'))
    counter = attr(4 | 0x8000, attr(1 | 0x8000, attr(1, text('counter')) + attr(2 | 0x8000, b'')))
    both = table + chain

    def batch(*messages, first=begin, last=end):
        return first + b''.join(messages) + last

    for body in (table + attr(6, b'data'), attr(1, text('t2')) + attr(6, b'data') + attr(2, be(1)), attr(1, text('t3')) + attr(2, be(0x80)), attr(1, b'x' * 40), b'', table + attr(2, be(1)), table + attr(2, be(0)), table + attr(2, be(0x40))):
        for flags in (CREATE, CREATE | EXCL, REPLACE):
            row(batch(nft(0, ACK | flags, body)), nft(1, DUMP, b''), nft(1, 0, table), batch(nft(2, ACK, attr(1, text('t2')))))
    row(batch(nft(0, ACK | CREATE, table, family=10)), batch(nft(0, ACK | CREATE, table, family=1)), batch(nft(2, ACK, b'', family=0)), batch(nft(2, ACK, attr(4, be(1, 8)))), kinds=4)
    row(batch(nft(2, ACK | 0x100, table)), batch(nft(2, ACK, attr(1, text('none')))), batch(nft(2, ACK, b'')), nft(1, DUMP, b''), batch(nft(2, ACK, attr(4, be(99, 8)))), kinds=4)
    handle, place, number, place_id = (lambda n: attr(3, be(n, 8))), (lambda n: attr(6, be(n, 8))), (lambda n: attr(9, be(n))), (lambda n: attr(10, be(n)))
    for h in range(1, 9):
        row(batch(nft(6, ACK | CREATE | APPEND, both + counter + place(h))), batch(nft(6, ACK | CREATE, both + counter + place(h) + attr(7, b'note'))), batch(nft(6, ACK | REPLACE, both + counter + handle(h))),
            batch(nft(6, ACK | EXCL, both + counter + handle(h))), batch(nft(6, ACK, both + counter + handle(h))), batch(nft(8, ACK, both + handle(h))), nft(7, DUMP, both), nft(25, DUMP, both), nft(7, 0, both + handle(h)), kinds=4)
    row(batch(nft(6, ACK | CREATE, both + counter + number(5)), nft(6, ACK | CREATE | APPEND, both + counter + place_id(5)), nft(6, ACK | CREATE, both + counter + place_id(5)), nft(8, ACK, both + number(5))),
        batch(nft(8, ACK, both + number(9))), batch(nft(6, ACK | CREATE, both + counter + place_id(9))), nft(7, DUMP, b''))
    row(batch(nft(3, ACK | CREATE, table + attr(3, text('mine')) + attr(12, be(3))), nft(6, ACK | CREATE | APPEND, table + attr(11, be(3)) + counter), nft(6, ACK | CREATE, table + attr(11, be(4)) + counter)),
        batch(nft(3, ACK | CREATE, table + attr(3, text('mine')) + attr(12, be(3))), nft(6, ACK | CREATE | APPEND, table + attr(11, be(3)) + counter)), nft(4, DUMP, b''), nft(4, 0, table + attr(3, text('mine'))))
    row(batch(nft(6, ACK | CREATE, table + counter)), batch(nft(6, ACK, both + counter)), batch(nft(6, ACK | CREATE, both)), batch(nft(6, ACK | CREATE, attr(1, text('none')) + chain)), batch(nft(6, ACK | CREATE, table + attr(2, text('none')))),
        batch(nft(8, ACK, attr(1, text('none')))), batch(nft(8, ACK, table)), batch(nft(8, ACK, table + attr(2, text('none')))), batch(nft(8, ACK, both + handle(99))), kinds=4)
    for bad in (attr(4 | 0x8000, attr(2, b'')), attr(4 | 0x8000, b'xyz'), attr(4 | 0x8000, attr(1 | 0x8000, b'')), attr(4 | 0x8000, attr(1 | 0x8000, attr(1, text('none')))), attr(7, b'x' * 300), attr(7, b'')):
        row(batch(nft(6, ACK | CREATE | APPEND, both + bad), nft(6, ACK | CREATE | APPEND, both + counter)), nft(7, DUMP, both))
    many = attr(4 | 0x8000, attr(1 | 0x8000, attr(1, text('counter')) + attr(2 | 0x8000, b'')) * 140)
    row(batch(nft(6, ACK | CREATE | APPEND, both + many)), batch(nft(6, ACK | CREATE | APPEND, both + counter)))
    # refused after what was taken: it is taken back
    row(batch(nft(6, CREATE | APPEND, both + counter), nft(8, 0, both + handle(99))), batch(nft(8, 0, both), nft(6, CREATE, both)), batch(nft(2, 0, table), nft(2, 0, table)), nft(7, DUMP, both), kinds=4)
    genid = nl(16, 0, struct.pack('!BBH', 0, 0, 10) + attr(1, be(1)))
    row(batch(nft(6, CREATE, both + counter), first=genid), batch(nft(6, CREATE, both + counter), first=edge(16, 1)), batch(nft(6, CREATE, both + counter), first=edge(16, 99)), batch(nft(6, ACK | CREATE, both + counter), last=b''),
        batch(nft(6, ACK, b'')[:20]), begin[:18], begin + b'\5\0\0\0' + b'\0' * 12, begin + nft(6, CREATE, both)[:30], begin + begin + end, batch(nl(1 << 8, ACK, b'\2\0\0\0')), batch(nft(99, ACK, b'')),
        begin + nl(3, ACK, b'') + end, batch(nl(2, ACK, b'\0' * 20)), end, edge(16)[:16], nft(6, ACK, both), nft(0, ACK, table), begin, batch(nft(1, ACK | DUMP, table)))
    for t in range(0, 28):
        row(nft(t, ACK, both), nft(t, DUMP, both), nft(t, 0, b''), batch(nft(t, ACK, both)))
    for subsys in (0, 1, 2, 3, 5, 11, 12, 13, 99):
        for t in range(0, 9):
            row(nl(subsys << 8 | t, ACK, b'\2\0\0\0'), nl(subsys << 8 | t, DUMP, b'\2\0\0\0'), nl(subsys << 8 | t, ACK, b'\2\0\0\0' + attr(1 | 0x8000, b'\0' * 4)), nl(subsys << 8 | t, ACK, b''), nl(subsys << 8 | t, ACK, b'\2\0\0\0' + b'\xff' * 5))


def doors():
    """Options, addresses and the older door, ioctl(): records that are no requests."""
    def other(kind, data):
        return ('record', kind, data)

    options = [other(3, bytes((0, 1, name)) + u32(v)) for name in range(0, 14) for v in (0, 1, 33)]
    row(*options, other(3, bytes((0, 1, 1))), other(3, bytes((0, 0, 2)) + u32(1)), nl(16, ACK, link(2, 1, 1)), nl(16, ACK, link(99)), nl(16, ACK, link(99) + attr(4, b'x')))
    name = struct.pack('=HHII', 16, 0, 4000, 1)
    row(other(4, b'\0' + name), other(4, b'\1' + name), other(4, b'\2' + name[:4]), other(4, b'\2\2\0' + name[2:]), other(4, b'\0' + name), other(4, b'\0' + struct.pack('=HHII', 16, 0, 4001, 1)), other(4, b'\5' + name), other(4, b'\6' + name[:2]),
        other(4, b'\2' + struct.pack('=HHII', 16, 0, 4000, 0)), nl(18, DUMP, link()))

    def sockaddr(addr, family=2):
        return struct.pack('=H2x4s8x', family, a(addr))

    def rt(dst, gw='0.0.0.0', mask='255.255.0.0', flags=1, metric=0, mtu=0, window=0, irtt=0, dev='', family=2, mask_family=2):
        head = struct.pack('=Q', 0) + sockaddr(dst, family) + sockaddr(gw) + sockaddr(mask, mask_family)
        tail = struct.pack('=H22xh14xQQH6x', flags, metric, mtu, window, irtt)
        return head + tail + dev.encode().ljust(16, b'\0')

    routes = [rt('10.70.0.0', '10.0.0.2', flags=3), rt('10.71.0.0', dev='v1'), rt('10.72.0.1', flags=5, dev='v1'), rt('10.73.0.0', flags=0x201), rt('10.74.0.0', '10.0.0.2', flags=0x43 | 0x80 | 0x100, mtu=900, window=5, irtt=4),
              rt('10.75.0.5', dev='v1'), rt('10.75.0.0', mask='255.0.255.0', dev='v1'), rt('10.76.0.0', family=10), rt('10.77.0.0', mask_family=9), rt('10.78.0.0', dev='nothere'), rt('10.79.0.0', dev='v1:5'), rt('10.80.0.0', dev='v1:6'),
              rt('10.81.0.0', flags=3), rt('10.82.0.0', metric=4, dev='v1'), rt('10.83.0.0', dev='br0:1'), rt('10.84.0.0', mask_family=0, mask='0.0.0.0', dev='v1')]
    for r in routes:
        row(other(5, b'\0' + r), nl(26, DUMP, route(0, 0, 0, 0, 0)), other(5, b'\1' + r), other(5, b'\1' + r), kinds=8)
    for request in range(2, 14):
        arp = sockaddr('10.0.0.2') + struct.pack('=H6s8x', 1, b'\2\0\0\0\0\7') + struct.pack('=i', 4) + sockaddr('0.0.0.0') + text('v1')
        row(other(5, bytes((request,)) + arp), other(5, bytes((request,)) + text('v1').ljust(16, b'\0') + sockaddr('10.0.0.4')), nl(30, DUMP, neigh(0)), nl(22, DUMP, addr()), kinds=8)


def stored():
    here = os.path.dirname(os.path.abspath(__file__))
    for path in sorted(glob.glob(here + '/../golden/requests/*.txt')):
        messages = [bytes.fromhex(line.split()[1]) for line in open(path) if line.startswith('> ') and len(line) > 4]
        for i in range(0, len(messages), 60):
            row(*messages[i:i + 60])


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for make in (links, addresses, routes, neighbours, others, strict, policies, vias, batches, doors, stored):
        make()
    for n, data in enumerate(inputs):
        with open('%s/%04d' % (sys.argv[1], n), 'wb') as f:
            f.write(data)
