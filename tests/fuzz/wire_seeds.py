#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""wire_seeds.py FOLDER - inputs for fuzz_wire: the hostile frames of ../golden/frames/cases.py, and conversations.

`wire_seeds.py --plain TARGET FOLDER` writes only a few sound ones, for planted.sh.
"""
import os
import re
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE + '/../golden/frames')
sys.dont_write_bytecode = True
from cases import *  # noqa: E402,F401,F403

FILTER, FORWARD, TREE, NAT, LOOSE, PORTS, WATCHED = 1, 2, 4, 8, 16, 32, 64
SIDE = bytes.fromhex('020000000033')
PORT = bytes.fromhex('020000000003')
talks = []


def lines():
    """The commands of wire_world.h, in order."""
    text = open(HERE + '/wire_world.h').read()
    text = text[text.index('wire_commands[] = {'):]
    return [line for line in text.split('\n')[1:] if line.startswith('\t"')]


COMMANDS = lines()


def talk(kinds, *words):
    talks.append((kinds, words))


def x(what):
    """The command that has these words."""
    return ('x', bytes(([n for n, line in enumerate(COMMANDS) if what in line][0],)))


def c(*b):
    return ('c', bytes(b))


def option(sock, level, name, value=1):
    return c(0, sock, ('socket', 'ip', 'tcp', 'udp', 'raw').index(level), name, *struct.pack('=i', value))


def error(type, code=0, rest=b'\0\0\0\0', quote=28):
    return ('e', struct.pack('!BB', type, code) + rest + bytes((quote,)))


def segment(flags, seq=0, ack=0, opt=b'', data=b'', win=1024):
    return ('s', struct.pack('!BbbHB', flags, seq, ack, win, len(opt) // 4) + opt + data)


def f2(packet, dst=BRIDGE, src=FAR2, proto=0x0800):
    return ('f2', eth(packet, dst, src, proto))


def inside(payload=None, dst='10.1.0.1', src='10.1.0.2', proto=1, **f):
    return ip(icmp(8, data=b'0123') if payload is None else payload, src=src, dst=dst, proto=proto, **f)


WORDS = b'\2\4\5\xb4\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7'
STAMP = b'\1\1\x08\x0a\0\0\0\2\0\0\0\1'
SYN_PLAIN = f1(ip(tcp(SYN, dport=OPEN_TCP), proto=6))
SYN_WORDS = f1(ip(tcp(SYN, dport=OPEN_TCP, opt=WORDS), proto=6))
UP = [SYN_PLAIN, segment(ACK), c(0)]
UP_WORDS = [SYN_WORDS, segment(ACK, opt=STAMP), c(0)]
CONNECT = [c(1), segment(SYN | ACK, opt=b'\2\4\5\xb4')]


def syns(first, n, **f):
    return [f1(ip(tcp(SYN, sport=first + i, dport=OPEN_TCP, **f), proto=6)) for i in range(n)]


def tcp_talks():
    data = segment(ACK | PSH, data=b'hello there')
    sack = b'\1\1\5\x0a\0\0\0\1\0\0\0\5'
    for kinds in (0, FILTER):
        talk(kinds, *UP, data, c(0), segment(ACK), data, c(0))
        talk(kinds, *UP_WORDS, segment(ACK | PSH, opt=STAMP, data=b'abc'), c(7), segment(ACK, opt=STAMP))
        talk(kinds, *UP, segment(ACK | FIN), c(0), c(3), segment(ACK), 100)
        talk(kinds, *UP, segment(RST | ACK), c(0))
        talk(kinds, *UP, segment(RST, seq=5), segment(SYN, seq=5), segment(SYN | ACK, seq=-1), c(0))
        talk(kinds, *UP, segment(ACK, seq=-20, data=b'x' * 30), segment(ACK, seq=40, data=b'later'), data)
        talk(kinds, *UP, segment(ACK, seq=20, data=b'c'), segment(ACK, seq=10, data=b'b' * 10), segment(ACK, data=b'a' * 10))
        talk(kinds, *UP_WORDS, segment(ACK, seq=20, data=b'c', opt=STAMP), segment(ACK, seq=40, data=b'd', opt=STAMP), segment(ACK, seq=20, data=b'c', opt=STAMP), segment(ACK, data=b'a' * 40, opt=STAMP))
        talk(kinds, *UP, c(7), *[segment(ACK, ack=-100)] * 4, segment(ACK), 2000)
        talk(kinds, *UP, segment(ACK, win=0), c(7), 3000, segment(ACK), c(7), 1000)
        talk(kinds, *UP, segment(ACK | 32, data=b'urg'))
        talk(kinds, *UP_WORDS, c(7), segment(ACK, opt=sack), segment(ACK, opt=sack), 500)
        talk(kinds, *UP, c(7), 20000, 60000)
        talk(kinds, *CONNECT, c(2), segment(ACK, data=b'answer'), c(3), segment(ACK | FIN), c(4))
        talk(kinds, c(1), segment(RST | ACK), c(1))
        talk(kinds, c(1), segment(SYN), segment(ACK), c(2))
        talk(kinds, c(1), segment(ACK, ack=5), segment(RST), segment(SYN | ACK, ack=5), segment(SYN | ACK | RST), c(1))
        talk(kinds, c(1), 65000)
        talk(kinds, *UP, data, c(4), segment(ACK), segment(ACK | FIN))
        talk(kinds, *UP, c(3), segment(ACK | FIN), segment(ACK), 65000)
        # both sides shut at once; data after the end; what lingers
        talk(kinds, *UP, c(3), segment(FIN | ACK, ack=-1), segment(ACK), segment(ACK, data=b'late'), 61000)
        talk(kinds, *UP, c(3), segment(ACK), segment(ACK, data=b'half'), c(0), segment(ACK | FIN), segment(ACK), SYN_PLAIN, segment(RST), 61000)
        talk(kinds, *UP, segment(ACK | FIN), segment(ACK, data=b'more'), c(3), segment(ACK, ack=-1), segment(RST), 3000)
        talk(kinds, *UP, c(4), segment(ACK), segment(ACK, data=b'nobody reads'), 61000)
        talk(kinds, *UP, c(4), segment(ACK), 30000, segment(FIN | ACK), 61000)
        talk(kinds, x('tcp_fin_timeout'), *UP, c(4), segment(ACK), 61000, segment(FIN | ACK), 61000)
        talk(kinds, *UP, segment(0, data=b'no flags'), segment(ACK, data=b''), segment(FIN | SYN | ACK), segment(ACK, seq=-1), segment(ACK, seq=100), segment(ACK, ack=100), segment(ACK, ack=-100))
        talk(kinds, *UP_WORDS, segment(ACK, opt=b'\1\1\x08\x0a\0\0\0\0\0\0\0\0', data=b'old stamp'), segment(ACK, opt=b'\1\1\x08\x0a\xff\xff\0\0\0\0\0\0', data=b'far'), segment(ACK, data=b'no stamp'))
        # data never read: the window shuts; read: it opens
        talk(kinds, *UP, *[segment(ACK, data=bytes(1000))] * 60, c(2, 2, 0), c(0), c(0), segment(ACK, data=bytes(1000)), 1000)
        talk(kinds, option(1, 'socket', 8, 3000), *UP, *[segment(ACK, data=bytes(1000))] * 8, c(0), segment(ACK), c(0), 1000)
    for opt in (b'\x13\x12' + b'\5' * 16 + b'\1\1', b'\2\4\0\0', b'\2\4\0\x30', b'\3\3\x0f\1', b'\x08\x0a\0\0\0\1\0\0\0\0\1\1', b'\x1d\4\0\0', b'\xfe\4\0\0', b'\4\2\5\2', b'\2\3\1\1', b'\2\0\1\1', b'\2\x28\1\1', b'\0\1\2\3', b'\x22\2\1\1', b'\x22\x0a' + b'\7' * 8 + b'\1\1'):
        talk(0, f1(ip(tcp(SYN, dport=OPEN_TCP, opt=opt), proto=6)), segment(ACK), c(0), segment(ACK | PSH, data=b'x'), c(0))
        talk(FILTER, c(1), segment(SYN | ACK, opt=opt), segment(ACK, opt=opt), c(2), segment(ACK), 500)
    for line in ('tcp_timestamps', 'tcp_sack', 'tcp_ecn', 'tcp_window_scaling', 'tcp_syncookies"', 'tcp_rfc1337', 'tcp_be_liberal', 'tcp_loose', 'netem delay', 'mtu 600'):
        if line == 'tcp_syncookies"':
            continue
        talk(0, x(line), *UP_WORDS, segment(ACK, seq=10, data=b'b', opt=STAMP), segment(ACK | PSH, data=b'abcdefghij', opt=STAMP), c(7), segment(ACK, opt=STAMP), c(3), segment(ACK | FIN, opt=STAMP), 1000)
        talk(FILTER, x(line), *CONNECT, c(2), segment(ACK, data=b'answer'), segment(ACK, seq=5, data=b'far'), c(3), segment(ACK), segment(ACK | FIN), SYN_PLAIN, 61000)
    # cookies: the third segment makes the connection
    cookies = x('echo 2 >" WIRE_IPV4 "tcp_syncookies')
    for f in ({}, {'opt': WORDS}, {'opt': WORDS}):
        talk(0, cookies, f1(ip(tcp(SYN | 0xc0, dport=OPEN_TCP, **f), proto=6)), segment(ACK, opt=STAMP if f else b''), c(0), segment(ACK, data=b'x'), c(7))
        talk(0, cookies, f1(ip(tcp(SYN, dport=OPEN_TCP, **f), proto=6)), segment(ACK, ack=1), segment(ACK, seq=1), segment(ACK, data=b'at once'), c(0))
        talk(0, cookies, c(3, 1, 0), *[w for i in range(4) for w in (f1(ip(tcp(SYN, sport=4000 + i, dport=OPEN_TCP, **f), proto=6)), segment(ACK))], c(0))
    talk(0, x('tcp_max_syn_backlog'), x('echo 0 >" WIRE_IPV4 "tcp_syncookies'), c(3, 1, 1), *syns(4000, 8), 2000)
    talk(0, x('tcp_max_syn_backlog'), c(3, 1, 1), *syns(4000, 8), segment(ACK), 2000)
    for abort in ((), (x('abort_on_overflow'),)):
        talk(0, *abort, c(3, 1, 0), *[w for i in range(5) for w in (*syns(4000 + i, 1), segment(ACK))], 5000, c(0), c(0), segment(ACK), 5000)
    talk(0, SYN_PLAIN, SYN_PLAIN, f1(ip(tcp(SYN, dport=OPEN_TCP, seq=2000), proto=6)), segment(ACK, ack=9), segment(ACK, seq=90), segment(RST, seq=9), SYN_PLAIN, segment(RST), c(0))
    talk(0, SYN_PLAIN, segment(ACK | SYN), segment(SYN), 1000, segment(SYN, seq=-1), 3000, segment(ACK | FIN, data=b'all at once'), c(0), c(0))
    talk(0, SYN_PLAIN, 65000, segment(ACK))
    talk(0, SYN_WORDS, segment(ACK), segment(ACK, opt=b'\1\1\x08\x0a\0\0\0\0\0\0\0\0'), 10, c(0))
    talk(0, option(1, 'tcp', 2, 500), option(1, 'tcp', 9, 5), option(1, 'socket', 9), option(1, 'tcp', 4, 5), *UP, c(7), 20000, segment(ACK), 8000)
    talk(0, option(1, 'tcp', 2, 500), *UP_WORDS, c(7), segment(ACK), option(2, 'socket', 13, 1), c(4))
    # what comes after connect(): again, elsewhere, never
    for which in range(0, 10):
        for port in (0, 1, 4):
            talk(0, c(4, 3, 1), c(1, 3, which, port), c(1, 3, which, port), segment(SYN | ACK), c(1, 3, 0, 0), 3000, c(1, 3, 0xf1), c(1, 3, which, port))
        talk(LOOSE, c(4, 5, 7), option(5, 'socket', 21, 1), c(1, 5, which, 0), c(1, 5, which, 0))
    for which in (0xe0, 0xe1, 0xe4, 0xf0, 0xf1):
        talk(0, c(4, 3, 1), c(1, 3, which, 0), c(1, 0, which, 0), c(5, 3, which, 0), c(5, 0, which, 0), c(6, 0, which, 0, 9))
    talk(0, c(4, 3, 1), c(5, 3, 5, 5), c(1, 3, 0, 0), segment(SYN | ACK), c(5, 3, 5, 5), c(1, 3, 0xf1), c(1, 3, 0, 0), segment(RST | ACK), c(2, 3, 0))
    talk(0, c(4, 3, 7), option(3, 'ip', 2, 9), option(3, 'ip', 10, 0), c(1, 3, 5, 3), c(0), c(2), c(0), c(3), c(4), c(0), 61000)


def error_talks():
    """ICMP errors about a connection, a datagram, an echo of ours."""
    kinds = [(3, code, b'\0\0\0\0') for code in range(0, 16)] + [(3, 4, struct.pack('!HH', 0, mtu)) for mtu in (0, 68, 576, 1000, 1500)] + [(4, 0, b'\0' * 4), (5, 1, a('10.0.0.3')), (5, 0, a('10.0.0.2')), (11, 0, b'\0' * 4), (11, 1, b'\0' * 4), (12, 0, b'\5\0\0\0')]
    for type, code, rest in kinds:
        e = error(type, code, rest, 40)
        talk(FILTER, *UP, c(7), e, segment(ACK), c(0), error(type, code, rest, 27), error(type, code, rest, 20))
        talk(0, option(1, 'ip', 11), *UP, option(2, 'ip', 11), c(7), e, c(2, 2, 4), c(2, 2, 0), 1000)
        talk(0, SYN_PLAIN, e, segment(ACK), c(0))
        talk(FILTER | NAT, c(1), e, c(1), c(2, 3, 0), segment(SYN | ACK), e)
        talk(0, c(5), e, c(0), option(0, 'ip', 11), c(5), e, c(2, 0, 4), c(2, 0, 5), c(6, 0, 0, 1, 9), c(2, 0, 0))
        talk(FILTER, c(1, 0, 0, 1), c(6, 0, 0xe0, 0, 9), e, c(2, 0, 0), c(6, 0, 0xe0, 0, 9), option(0, 'ip', 10, 0), e, c(6, 0, 0xe0, 0, 255))
        talk(NAT, c(6), e, option(4, 'ip', 11), c(6), e, c(2, 4, 4), c(0))
        talk(NAT | FORWARD | FILTER, f2(inside(udp(4000, 53, src='10.1.0.2', dst='203.0.113.1'), dst='203.0.113.1', proto=17)), e, f2(inside(dst='203.0.113.1')), e)
    talk(0, *UP, c(7), segment(ACK, ack=-100), error(3, 1), c(4), error(3, 1), error(5, 1, a('10.0.0.3')), 61000, error(3, 1), error(3, 4, struct.pack('!HH', 0, 600)))
    for mtu in (600, 1000):
        talk(0, option(1, 'ip', 10, 2), *UP, c(7), c(7), error(3, 4, struct.pack('!HH', 0, mtu)), segment(ACK), c(7), 500, x('echo 1 >" WIRE_IPV4 "fib_multipath_hash'), c(6, 0, 0, 1, 255), 11000, c(7))


def datagram_talks():
    here = f1(ip(udp(dport=OPEN_UDP), proto=17))
    lite = f1(ip(udp(dport=OPEN_UDP, len=8), proto=136))
    talk(0, here, here, c(2, 0, 0), c(2, 0, 2), c(2, 0, 1), c(2, 0, 9), c(5), 3000)
    for name in (1, 2, 6, 7, 8, 12, 13, 20, 22):
        talk(0, option(0, 'ip', name), here, c(2, 0, 0), c(6, 0, 0, 1, 9))
    talk(0, c(4, 3, 0), option(3, 'socket', 2), c(5, 3, 8, 2), option(0, 'socket', 2), c(5, 3, 8, 2), c(4, 5, 0), option(5, 'socket', 15), c(5, 5, 8, 2), c(5, 5, 5, 2), here, c(0))
    talk(0, c(4, 3, 0), option(3, 'socket', 15), option(0, 'socket', 15), c(5, 3, 5, 2), here, c(2, 3, 0), c(4, 5, 0), option(5, 'socket', 25, 2), c(5, 5, 5, 2), here)
    for which in range(0, 10):
        talk(0, c(4, 5, 0), c(1, 5, which, 5), c(6, 5, 0xe0, 0, 9), c(6, 5, which, 4, 9), c(6, 5, which, 1, 250), c(1, 5, 0xf1), c(6, 5, 0xe0, 0, 9), f1(ip(udp(4000, 5000), proto=17)), c(2, 5, 0))
        talk(FILTER, c(4, 5, 2), c(5, 5, 8, 2), lite, c(2, 5, 0), c(6, 5, which, 1, 9), c(1, 5, which, 5), lite, c(6, 5, 0xe0, 0, 5))
        talk(LOOSE, c(4, 5, 4), c(6, 5, which, 1, 30), c(4, 5, 5), c(6, 5, which, 1, 30), c(4, 5, 3), c(1, 5, which, 0), c(6, 5, 0xe0, 0, 30), option(5, 'socket', 6), c(6, 5, 6, 1, 30))
    talk(0, c(5, 5, 5, 5), c(4, 5, 0), c(5, 5, 5, 5), c(1, 5, 0, 5), f1(ip(udp(4000, 4000), proto=17)), f1(ip(udp(4001, 4000), proto=17)), f1(ip(udp(4000, 4000, src='10.0.0.3'), src='10.0.0.3', proto=17)), c(2, 5, 0))
    talk(0, lite, f1(ip(udp(dport=OPEN_UDP, len=7), proto=136)), f1(ip(udp(dport=OPEN_UDP, len=0), proto=136)), f1(ip(udp(dport=9, dst='10.0.0.255', len=0), dst='10.0.0.255', proto=136), dst=BCAST), c(4, 5, 2), c(5, 5, 8, 2), lite, f1(ip(udp(dport=OPEN_UDP, len=0), proto=136)), c(2, 5, 0))
    for flag in (1, 2, 8, 16, 64, 128):
        talk(0, c(7, 0, 0, 1, flag, 1, 2, 3), c(7, 0, 0, 1, flag), c(7, 4, 0, 1, flag, 1, 2, 3, 4, 5, 6, 7), c(7, 3, 0, 1, flag))
    big = option(0, 'socket', 8, 2300)
    talk(0, big, *[f1(ip(udp(dport=OPEN_UDP, data=bytes(500)), proto=17))] * 8, c(0))
    talk(0, x('ip neigh replace 10.0.0.2 lladdr 02:00:00:00:00:f1 dev eth0 nud stale'), c(5), 6000, ('f1', eth(arp(2, tha=HOST), proto=0x0806)), c(5), 60000, c(5), 5100, 3000, c(5))
    talk(0, x('nud stale'), c(5), UP[0], segment(ACK), c(0), 5500, segment(ACK, data=b'x'), 500)
    talk(0, x('nud reachable'), 31000, c(5), 20000, c(5), 6000, ('f1', eth(arp(2, sha=FAR2, tha=HOST), proto=0x0806)), c(5), 6000)
    talk(0, *[c(6, 0, 1, 1, 250)] * 5, *[c(13)] * 4, 500, ('f1', eth(arp(2, spa='10.0.0.3', tha=HOST), proto=0x0806)), 3000)


def arps_and_routes():
    asks = [('f1', eth(arp(spa=s, tpa=t, op=op, sha=sha), dst=dst, proto=0x0806)) for s, t, op, sha, dst in (
        (PEER, ME, 1, FAR1, BCAST), (PEER, ME, 1, FAR1, HOST), ('10.0.0.9', '10.1.0.1', 1, FAR1, BCAST), ('0.0.0.0', ME, 1, FAR1, BCAST), ('10.0.0.9', '10.1.0.2', 1, FAR1, BCAST), ('10.0.0.9', '10.0.0.88', 1, FAR1, BCAST),
        ('10.0.0.9', '10.0.0.130', 1, FAR1, BCAST), ('10.0.0.9', '203.0.113.1', 1, FAR1, BCAST), ('10.0.0.9', '10.99.0.1', 1, FAR1, BCAST), ('99.0.0.9', ME, 1, FAR1, BCAST), ('10.0.0.9', '10.0.0.9', 2, FAR1, BCAST),
        ('10.0.0.3', ME, 2, FAR1, HOST), ('10.0.0.0', '10.0.0.255', 1, FAR1, BCAST), ('10.1.0.9', '10.0.0.1', 1, FAR1, BCAST), ('10.0.0.9', '127.0.0.1', 1, FAR1, BCAST), ('10.0.0.9', '224.0.0.1', 1, FAR1, BCAST))]
    goes = [f1(ip(icmp(8), dst=d, src=s)) for s in (PEER, '10.1.0.9', '203.0.113.4') for d in ('10.21.0.1', '10.22.0.1', '10.23.0.1', '10.24.0.1', '10.25.0.1', '10.26.0.1', '10.27.0.1', '10.28.0.1', '10.99.0.1', '10.1.0.2', '10.0.0.3', '203.0.113.2', '127.0.0.1', '10.0.0.255', '10.1.0.255', '10.0.0.99')]
    ports = [f1(ip(udp(4000 + n, 7777, dst='10.25.0.1'), dst='10.25.0.1', proto=17)) for n in range(3)] + [f1(ip(tcp(SYN, dst='10.25.0.1'), dst='10.25.0.1', proto=6)), f1(ip(udp(dst='10.25.0.1'), dst='10.25.0.1', proto=17, frag=4))]
    large = [f1(ip(icmp(8, data=bytes(1100)), dst=d, frag=df)) for d in ('10.26.0.1', '10.27.0.1', '10.1.0.2') for df in (0, 0x4000)]
    option_rows = [f1(ip(icmp(8), dst=d, opt=o)) for d in ('203.0.113.2', '10.1.0.2', ME, '10.22.0.1') for o in (bytes((7, 7, 4, 0, 0, 0, 0, 0)), bytes((68, 12, 5, 0)) + bytes(8), bytes((68, 12, 5, 1)) + bytes(8), bytes((68, 12, 5, 3)) + a('10.0.0.1') + bytes(4), bytes((68, 12, 5, 3)) + a('10.9.9.9') + bytes(4),
                   bytes((131, 7, 4)) + a('10.1.0.2') + b'\0', bytes((137, 7, 4)) + a('10.1.0.2') + b'\0', bytes((131, 11, 4)) + a('10.0.0.1') + a('10.1.0.2') + b'\0', b'\x94\4\0\0', bytes((131, 7, 8)) + a('10.0.0.2') + b'\0')]
    group = [f1(ip(ECHO, dst=d), dst=m) for d in (ME, '10.1.0.2', '224.0.0.1', '239.1.1.1') for m in (BCAST, bytes.fromhex('01005e000001'))]
    for n in range(len(COMMANDS)):
        line = ('x', bytes((n,)))
        for kinds in (LOOSE | FORWARD, FORWARD | FILTER | WATCHED):
            talk(kinds, line, *asks, 1500, *goes)
            talk(kinds, line, *ports, *large, *option_rows, *group, 3000)
    for kinds in (0, FORWARD, WATCHED):
        talk(kinds, *asks, *goes, *ports, *large, *option_rows, *group)
        talk(kinds, *[w for s in (0, 5) for w in (f1(ip(icmp(8), dst='10.0.0.9')), 400, f1(ip(icmp(8), dst='10.0.0.3', src='10.0.0.9')), 1000)], *[f1(ip(icmp(8), dst='203.0.113.2'))] * 12, 3000)


def bridge_talks():
    tagged = [f2(struct.pack('!HH', v, 0x0800) + inside(), proto=0x8100, dst=d) for v in (0, 1, 5, 9, 4095) for d in (BRIDGE, SIDE, BCAST)]
    group = bytes.fromhex('01005e010101')
    plain = [f2(inside(dst=d), dst=m) for d, m in (('10.1.0.1', BRIDGE), ('10.1.0.3', SIDE), ('10.1.0.3', bytes.fromhex('020000000099')), ('10.1.0.255', BCAST), ('224.1.1.1', group), ('10.1.0.66', BRIDGE), ('10.1.0.67', BRIDGE), ('10.1.0.68', BRIDGE), ('10.1.0.66', SIDE),
                                                   ('10.1.0.67', SIDE), ('10.1.0.68', SIDE), ('10.0.0.2', BRIDGE))]
    asks = [f2(arp(sha=FAR2, spa='10.1.0.2', tpa=t), dst=BCAST, proto=0x0806) for t in ('10.1.0.1', '10.1.0.3', '10.1.0.99')] + [f2(arp(sha=FAR2, spa='10.1.0.2', tpa='10.1.0.2'), dst=BCAST, proto=0x0806)]
    odd = [f2(inside(), dst=STP[:5] + bytes((n,))) for n in (0, 1, 2, 3, 14)] + [f2(inside(), src=s) for s in (BRIDGE, PORT, SIDE, bytes.fromhex('01005e000001'), bytes(6))]
    data = icmp(8, data=bytes(1200))
    pieces = [f2(inside(data[:800], dst='10.1.0.3', id=7, frag=0x2000), dst=SIDE), f2(inside(data[800:], dst='10.1.0.3', id=7, frag=100), dst=SIDE)]
    large = [f2(inside(data, dst='10.1.0.3', frag=df), dst=SIDE) for df in (0, 0x4000)] + [f2(inside(data, dst='10.1.0.3', opt=bytes((7, 7, 4, 0, 0, 0, 0, 0))), dst=SIDE)]
    broken = [f2(inside(dst='10.1.0.3', **f), dst=SIDE) for f in ({'ver': 6}, {'ihl': 4}, {'ihl': 15}, {'len': 19}, {'len': 2000}, {'csum': 1}, {'opt': bytes((7, 3, 4, 0))}, {'opt': bytes((131, 7, 4)) + a('10.1.0.9') + b'\0'}, {'opt': bytes((131, 7, 4)) + a('10.1.0.9') + b'\0', 'len': 28})]
    padded = f2(inside(dst='10.1.0.3') + bytes(40), dst=SIDE)
    other = [f2(struct.pack('!HH', 0x1100, 1) + b'\0\x21' + inside(dst='10.1.0.3'), dst=SIDE, proto=0x8864), f2(b'\x60' + bytes(60), dst=SIDE, proto=0x86dd)]
    flows = [f2(inside(udp(4000, 7, src='10.1.0.2', dst='10.1.0.3'), dst='10.1.0.3', proto=17), dst=SIDE), f2(inside(tcp(SYN, dport=7, src='10.1.0.2', dst='10.1.0.3'), dst='10.1.0.3', proto=6), dst=SIDE), f2(inside(udp(4000, 53, src='10.1.0.2', dst='10.1.0.3'), dst='10.1.0.3', proto=17), dst=SIDE)]
    worse = f2(b'\x42\x42\3' + bpdu(root=b'\xff\xff' + b'\xee' * 6, bridge=b'\xff\xff' + b'\xee' * 6), dst=STP, proto=38)
    better = f2(b'\x42\x42\3' + bpdu(root=b'\0\0' + b'\1' * 6, bridge=b'\0\0' + b'\1' * 6, flags=1), dst=STP, proto=38)
    for n in range(len(COMMANDS)):
        line = ('x', bytes((n,)))
        talk(PORTS | FILTER, *asks, line, *plain, *tagged[:6], *odd, *pieces, *large, 2000, *flows)
        talk(PORTS | WATCHED | TREE | FORWARD, line, 5000, *plain, worse, better, *asks, 3000, *plain)
    for kinds in (PORTS, PORTS | FILTER, PORTS | FORWARD | FILTER | NAT, PORTS | WATCHED | FILTER | FORWARD | LOOSE):
        talk(kinds, *asks, *plain, *tagged, *odd, *pieces, *broken)
        talk(kinds, *asks, *large, padded, *other, *flows, *flows, 1000, x('p2 mtu 600'), *pieces, *large, 2000, *flows)
        talk(kinds, x('vlan_filtering 1'), *tagged, *plain, *pieces, x('filter-vlan-tagged'), *tagged, x('vlan del dev p0'), *plain, *tagged)
        talk(kinds, x('10.1.0.67 -j DNAT'), *plain, 100, *plain, 2000, x('echo 1 >" WIRE_CONF "eth0/rp_filter'), *plain)
        talk(kinds, x('state 0'), *plain, x('state 2'), *plain, x('locked'), *plain, x('guard on'), better, *plain, x('br0 down'), *plain, x('nomaster'), *plain)
        talk(kinds, *asks, *flows, x('isolated'), *plain, *flows, x('hairpin'), *plain, x('flood off'), *plain, x('backup_port'), *plain)
    talk(TREE, worse, 2500, better, 2000, f2(b'\x42\x42\3' + struct.pack('!HBB', 0, 0, 0x80), dst=STP, proto=7), 25000, better, x('guard on'), better, x('root_block'), better, 25000)


def group_talks():
    """IGMP: reports and queries through the bridge, from both ports, then what is sent to the groups."""
    group, all_hosts, all_v3 = '239.1.2.3', '224.0.0.1', '224.0.0.22'
    alert = b'\x94\4\0\0'

    def mac(g):
        return b'\1\0\x5e' + bytes((a(g)[1] & 127,)) + a(g)[2:]

    def igmp(type, code, g, more=b'', dst=None, src='10.1.0.2', **f):
        m = struct.pack('!BBH4s', type, code, 0, a(g)) + more
        m = m[:2] + struct.pack('!H', csum(m) ^ f.pop('bad', 0)) + m[4:]
        dst = dst or g
        return f2(inside(m, dst=dst, src=src, proto=2, ttl=1, opt=f.pop('opt', alert), **f), dst=mac(dst))

    def report(*records):
        body = b''.join(struct.pack('!BBH4s', kind, 0, len(sources), a(g)) + b''.join(map(a, sources)) for kind, g, sources in records)
        m = struct.pack('!BBHHH', 0x22, 0, 0, 0, len(records)) + body
        m = m[:2] + struct.pack('!H', csum(m)) + m[4:]
        return f2(inside(m, dst=all_v3, proto=2, ttl=1, opt=alert), dst=mac(all_v3))

    query = igmp(0x11, 100, '0.0.0.0', dst=all_hosts, src='10.1.0.9')
    query3 = igmp(0x11, 100, '0.0.0.0', struct.pack('!BBH', 2, 125, 0), dst=all_hosts, src='10.1.0.9')
    asks = igmp(0x11, 10, group, src='10.1.0.9')
    sources = igmp(0x11, 10, group, struct.pack('!BBH4s', 2, 125, 1, a('10.1.0.3')), src='10.1.0.9')
    joins, old, leaves = igmp(0x16, 0, group), igmp(0x12, 0, group), igmp(0x17, 0, group, dst='224.0.0.2')
    says = [f2(inside(udp(4000, 5000, src='10.1.0.%d' % n, dst=g), src='10.1.0.%d' % n, dst=g, proto=17), dst=mac(g), src=FAR2) for n in (2, 3) for g in (group, '239.9.9.9', '224.0.0.5')]
    kinds3 = [report((kind, group, src)) for kind in range(0, 8) for src in ((), ('10.1.0.3',), ('10.1.0.3', '10.1.0.4'))]
    broken = [igmp(0x16, 0, group, bad=1), igmp(0x16, 0, '10.0.0.1', dst=group), igmp(0x99, 0, group), igmp(0x16, 0, group, opt=b''), igmp(0x13, 0, group), f2(inside(b'\x16\0', dst=group, proto=2), dst=mac(group)),
              f2(inside(struct.pack('!BBHHH', 0x22, 0, 0xddff, 0, 9), dst=all_v3, proto=2), dst=mac(all_v3))]
    for kinds in (PORTS, PORTS | WATCHED, PORTS | FILTER, PORTS | TREE, PORTS | WATCHED | LOOSE):
        for first in ((), (query,), (query3,), (x('mcast_snooping 0'),), (x('mcast_querier 1'),), (x('p2 mcast_router 2'), x('br0 type bridge mcast_igmp_version 3')), (x('mdb add'), x('mcast_to_unicast'), query3, x('br0 type bridge mcast_igmp_version 3')), (x('autojoin'), query), (x('mcast_to_unicast'), query, x('autojoin')), (x('vlan_filtering 1'), query), (x('mdb add'), query), (x("hash_max"), query)):
            talk(kinds, *first, 12000, *says, joins, *says, 1000, asks, sources, leaves, *says, 3000, *says, old, *broken)
            talk(kinds, *first, query, 12000, *[w for k in kinds3[:12] for w in (k, says[0], says[3])], 2000, leaves)
            talk(kinds, *first, query3, 12000, *[w for k in kinds3[12:] for w in (k, says[0], says[3])], 2000, x('flood off'), *says, x('isolated'), *says, x('hairpin'), *says, 300000, *says)
        talk(kinds, x('mcast_querier 1'), 12000, joins, old, *says, leaves, 3000, *says, joins, x('mcast_fast_leave'), leaves, *says)
        routers = [f2(inside(b'\x20\0\xdf\xff', dst='224.0.0.13', proto=103, ttl=1), dst=mac('224.0.0.13')), igmp(0x30, 0, '0.0.0.0', dst='224.0.0.106'), igmp(0x11, 0, '0.0.0.0', dst=all_hosts)]
        talk(kinds, *routers, query, 12000, *says, joins, x('mcast_fast_leave'), leaves, *says, f2(struct.pack('!HH', 5, 0x86dd) + bytes(60), dst=b'\x33\x33\0\0\0\5', proto=0x86dd))


def conntrack_talks():
    to = '203.0.113.1'
    seg = lambda flags, seq=1000, ack=0, **k: f2(inside(tcp(flags, 4000, 80, seq, ack, src='10.1.0.2', dst=to, **k), dst=to, proto=6))  # noqa: E731
    back = lambda flags, seq=5000, ack=1001, **k: f1(ip(tcp(flags, 80, 4000, seq, ack, src=to, dst='10.1.0.2', **k), src=to, dst='10.1.0.2', proto=6))  # noqa: E731
    hello = [seg(SYN, opt=WORDS), back(SYN | ACK, opt=WORDS), seg(ACK, 1001, 5001)]
    for kinds in (FORWARD | FILTER, FORWARD | FILTER | WATCHED, FORWARD | FILTER | NAT):
        talk(kinds, *hello, seg(ACK, 1001, 5001, data=b'x'), back(ACK, 5001, 1002), seg(FIN | ACK, 1002, 5001), back(FIN | ACK, 5001, 1003), seg(ACK, 1003, 5002), seg(SYN, 90000), back(SYN | ACK, 70000, 90001))
        talk(kinds, *hello, seg(RST, 1001), back(RST, 5001), seg(SYN, 200000), seg(SYN, 300000))
        talk(kinds, *hello, *[seg(ACK, 1001, 5001, data=b'again')] * 5, back(ACK, 5001, 1001), back(ACK, 90001, 1001), seg(ACK, 1 << 30, 5001), seg(SYN | ACK, 1001), seg(0, 1001), seg(FIN | RST, 1001), seg(63, 1001))
        talk(kinds, *hello, seg(SYN, 2000), back(ACK, 5001, 1001), seg(RST, 1001), seg(SYN, 2000), back(SYN | ACK, 6000, 2001))
        talk(kinds, seg(SYN), back(SYN), seg(SYN | ACK, 1000, 5001), back(SYN | ACK, 5000, 1001), seg(ACK, 1001, 5001), 1000, seg(FIN | ACK, 1001, 5001), back(ACK, 5001, 1002), seg(RST, 1002))
        talk(kinds, seg(SYN), back(RST | ACK, 0, 1001), seg(SYN), back(RST, 0, 99), seg(SYN), back(ACK, 9, 9), seg(RST, 9), seg(SYN, 1000), back(SYN | ACK, 5000, 1001), back(SYN | ACK, 5000, 1001), seg(SYN, 1000))
        talk(kinds, seg(ACK, 1001, 5001), back(ACK, 5001, 1001), seg(ACK, 1001, 5001), seg(FIN | ACK, 1001, 5001), back(FIN | ACK, 5001, 1002), seg(ACK, 1002, 5002), 1000, seg(ACK, 1002, 5002), 130000, seg(ACK, 1, 1))
        talk(kinds, x('tcp_loose'), seg(ACK, 1001, 5001), seg(RST, 1), seg(FIN | ACK, 1), x('be_liberal'), *hello, seg(ACK, 1 << 30, 1), back(ACK, 1 << 30, 1))
        for line in ('WIRE_CT "max', 'WIRE_CT "acct', 'WIRE_CT "checksum', '--zone 5', 'NOTRACK', 'REDIRECT --to-ports 5001', '--to-source 10.0.0.1:6000', 'reject-with icmp-admin', '--set-mark 5'):
            talk(kinds, x(line), *hello, *[f2(inside(udp(4000 + i, 7, src='10.1.0.2', dst=to), dst=to, proto=17)) for i in range(5)], f1(ip(udp(7, 4001, src=to, dst='10.1.0.2'), src=to, dst='10.1.0.2', proto=17)), f2(inside(dst=to)), f1(ip(icmp(0), src=to, dst='10.1.0.2')), f1(ip(ECHO)), f1(ip(udp(dport=OPEN_UDP), proto=17)),
                 UP[0], segment(ACK), c(0), f1(ip(udp(4000, 9, csum=5), proto=17)), f2(inside(icmp(8, bad=5), dst=to)), f2(inside(udp(4000, 7, src='10.1.0.9', dst=to), src='10.1.0.9', dst=to, proto=17)), 200000)
    talk(FORWARD | FILTER, *[f2(inside(p, dst=to, proto=n)) for n, p in ((47, b'\0\0\x08\0' + b'x' * 20), (50, b'\0' * 20), (132, b'\0' * 20), (33, b'\0' * 20), (136, udp(src='10.1.0.2', dst=to)), (2, b'\x11\0\xee\xff\0\0\0\0'), (255, b'x'), (17, b'xy'), (6, b'xy'), (1, b'xy'))])
    clash = [w for i in range(2) for w in (f2(inside(udp(4000, 53, src='10.1.0.2', dst='10.1.0.1'), dst='10.1.0.1', proto=17)), 10)]
    talk(FORWARD | FILTER | NAT, *clash, x('SNAT'), *[f2(inside(udp(4000 + i, 9, src='10.1.0.2', dst=to), dst=to, proto=17)) for i in range(4)], *[f2(inside(udp(4000, 9, src='10.1.0.%d' % i, dst=to), src='10.1.0.%d' % i, dst=to, proto=17)) for i in range(3, 7)])


def record(words):
    kinds = {'f1': 0, 'f2': 1, 'c': 3, 's': 6, 'b': 7, 'e': 8, 'x': 9}
    out = b''
    for w in words:
        kind, data = (2, struct.pack('<H', min(w // 10, 65535))) if isinstance(w, int) else (kinds[w[0]], w[1])
        out += struct.pack('<BH', kind, len(data)) + data
    return out


def plain_requests():
    def nl(type, flags, body):
        return struct.pack('=IHHII', 16 + len(body), type, flags, 1, 0) + body

    def attr(type, data):
        return struct.pack('=HH', 4 + len(data), type) + data + b'\0' * (-len(data) % 4)

    link = struct.pack('=BxHiII', 0, 0, 0, 0, 0)
    lo = struct.pack('=BxHiII', 0, 0, 1, 0, 0)
    addr = struct.pack('=BBBBi', 2, 24, 0, 0, 1) + attr(2, a(ME)) + attr(1, a(ME))
    route = struct.pack('=BBBBBBBBI', 2, 24, 0, 0, 254, 3, 253, 1, 0) + attr(1, a('10.9.0.0')) + attr(4, struct.pack('=i', 1))
    veth = link + attr(3, b'v0\0') + attr(18, attr(1, b'veth\0'))
    return [nl(18, 0x301, link), nl(18, 1, link + attr(3, b'lo\0')), nl(16, 5, lo + attr(4, struct.pack('=I', 1500))),
            nl(20, 0x605, addr), nl(22, 0x301, b'\2' + b'\0' * 7), nl(24, 0x605, route), nl(16, 0x605, veth)]


def plain(target, folder):
    """Sound inputs for a fuzzer that is to find the unsound ones itself."""
    if target == 'netlink':
        inputs = [b'\0' + struct.pack('<BH', 0, len(m)) + m for m in plain_requests()]
    else:
        inner = ip(udp(sport=OPEN_UDP, dport=4000, src=ME, dst=PEER), src=ME, dst=PEER, proto=17)
        hello = b'\x42\x42\3' + bpdu(root=b'\xff\xff' + b'\xee' * 6, bridge=b'\xff\xff' + b'\xee' * 6)
        words = [[f1(ip(ECHO))], [f1(ip(ECHO, opt=bytes((7, 11, 4)) + b'\0' * 9))], [f1(ip(udp(dport=OPEN_UDP), proto=17))],
                 [('f1', eth(arp(), dst=BCAST, proto=0x0806))], [f1(ip(icmp(3, 3, b'\0\0\0\0', inner)))],
                 [f1(ip(tcp(SYN, dport=OPEN_TCP, opt=b'\2\4\5\xb4\1\1\4\2'), proto=6))],
                 [('f2', eth(hello, STP, FAR2, len(hello)))]]
        inputs = [b'\4' + record(w) for w in words]
    for n, data in enumerate(inputs):
        with open('%s/%d' % (folder, n), 'wb') as f:
            f.write(data)


def seeds(folder):
    """One input from each case, in which world depends on its number; then the conversations."""
    frames = [[int(w[1:]) if w[0] == '+' else (w[:2], bytes.fromhex(w[3:])) for w in words[:90]] for _, words in all_cases()]
    for make in (tcp_talks, error_talks, datagram_talks, arps_and_routes, bridge_talks, group_talks, conntrack_talks):
        make()
    every = [((n * 7) & 31, words) for n, words in enumerate(frames)] + talks
    for n, (kinds, words) in enumerate(every):
        with open('%s/%04d' % (folder, n), 'wb') as f:
            f.write(bytes((kinds,)) + record(words))


if __name__ == '__main__':
    if len(sys.argv) == 2:
        seeds(sys.argv[1])
    elif len(sys.argv) == 4 and sys.argv[1] == '--plain':
        plain(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)
