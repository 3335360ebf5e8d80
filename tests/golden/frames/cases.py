#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""cases.py - hostile frames, one case a line: NAME WORD...

A word is CABLE:HEX (a frame that comes in on f1, the cable, or f2, the bridge's port) or +MS (time passes).
setup.sh says who is who. ../../fuzz/wire_seeds.py makes inputs of them.
"""
import struct
import sys

HOST = bytes.fromhex('020000000001')
BRIDGE = bytes.fromhex('020000000002')
FAR1 = bytes.fromhex('0200000000f1')
FAR2 = bytes.fromhex('0200000000f2')
BCAST = b'\xff' * 6
STP = bytes.fromhex('0180c2000000')
ME, PEER = '10.0.0.1', '10.0.0.2'
OPEN_UDP, OPEN_TCP, CLOSED = 5000, 5001, 9

cases = []


def case(name, *words):
    out = []
    # what a SYN opened is shut at once, before it is sent again
    words += tuple(reset(w[1]) for w in words if is_open_syn(w))
    for w in words:
        out.append('+%d' % w if isinstance(w, int) else '%s:%s' % (w[0], w[1].hex()))
    cases.append((name.replace(' ', '_'), out))


def a(addr):
    return bytes(int(x) for x in addr.split('.'))


def csum(data):
    if len(data) & 1:
        data += b'\0'
    s = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while s >> 16:
        s = (s & 0xffff) + (s >> 16)
    return ~s & 0xffff


def eth(payload, dst=HOST, src=FAR1, proto=0x0800):
    return dst + src + struct.pack('!H', proto) + payload


def ip(payload, src=PEER, dst=ME, proto=1, **f):
    """f: ver ihl tos len id frag ttl csum opt"""
    opt = f.get('opt', b'')
    ihl = f.get('ihl', 5 + len(opt) // 4)
    h = struct.pack('!BBHHHBBH4s4s', f.get('ver', 4) << 4 | ihl, f.get('tos', 0),
                    f.get('len', 20 + len(opt) + len(payload)), f.get('id', 0x1234), f.get('frag', 0),
                    f.get('ttl', 64), proto, 0, a(src), a(dst)) + opt
    whole = h + payload
    s = f.get('csum')
    if s is None:
        s = csum(whole[:max(20, ihl * 4)])
    return h[:10] + struct.pack('!H', s) + h[12:] + payload


def icmp(type, code=0, rest=b'\x11\x22\0\1', data=b'', bad=0):
    m = struct.pack('!BBH', type, code, 0) + rest + data
    return m[:2] + struct.pack('!H', csum(m) ^ bad) + m[4:]


def pseudo(src, dst, proto, seg):
    return a(src) + a(dst) + struct.pack('!BBH', 0, proto, len(seg)) + seg


def udp(sport=4000, dport=CLOSED, data=b'x' * 8, src=PEER, dst=ME, **f):
    u = struct.pack('!HHHH', sport, dport, f.get('len', 8 + len(data)), 0) + data
    s = f.get('csum')
    if s is None:
        s = csum(pseudo(src, dst, 17, u)) or 0xffff
    return u[:6] + struct.pack('!H', s) + u[8:]


def tcp(flags, sport=4000, dport=CLOSED, seq=1000, ack=0, opt=b'', data=b'', src=PEER, dst=ME, **f):
    doff = f.get('doff', 5 + len(opt) // 4)
    t = struct.pack('!HHIIBBHHH', sport, dport, seq, ack, doff << 4, flags, f.get('win', 1024), 0,
                    f.get('urg', 0)) + opt + data
    s = f.get('csum')
    if s is None:
        s = csum(pseudo(src, dst, 6, t))
    return t[:16] + struct.pack('!H', s) + t[18:]


def arp(op=1, sha=FAR1, spa=PEER, tha=b'\0' * 6, tpa=ME, hrd=1, pro=0x0800, hln=6, pln=4):
    return struct.pack('!HHBBH', hrd, pro, hln, pln, op) + sha + a(spa) + tha + a(tpa)


def f1(packet, **f):
    return ('f1', eth(packet, **f))


ECHO = icmp(8, data=bytes(range(56)))
SYN, ACK, RST, FIN, PSH = 2, 16, 4, 1, 8


def is_open_syn(word):
    f = word[1] if isinstance(word, tuple) else b''
    return len(f) >= 54 and f[12:14] == b'\x08\0' and f[23] == 6 and f[36:38] == struct.pack('!H', OPEN_TCP) and f[47] & 2


def reset(f):
    seq, src = struct.unpack('!I', f[38:42])[0], '.'.join(map(str, f[26:30]))
    dst = '.'.join(map(str, f[30:34]))
    return f1(ip(tcp(RST, struct.unpack('!H', f[34:36])[0], OPEN_TCP, seq + 1, src=src, dst=dst), src=src, dst=dst, proto=6))


def fields():
    def one(what, payload=ECHO, **f):
        case('ip ' + what, f1(ip(payload, **f)))

    one('as it should be')
    for v in (0, 1, 5, 6, 7, 15):
        one('version %d' % v, ver=v)
    for i in (0, 1, 4, 6, 10, 15):
        one('header of %d words' % i, ihl=i)
    for t in (0x01, 0x02, 0x1c, 0xe0, 0xff):
        one('tos %02x' % t, tos=t)
    n = 20 + len(ECHO)
    for t in (0, 1, 19, 20, 21, 24, 27, 28, n - 1, n + 1, n + 100, 1500, 32768, 65535):
        one('total length %d of %d' % (t, n), len=t)
    for i in (0, 1, 0xffff):
        one('id %d' % i, id=i)
    for what, v in (('reserved', 0x8000), ('df', 0x4000), ('reserved and df', 0xc000)):
        one('flag ' + what, frag=v)
    for t in (0, 1, 2, 255):
        one('ttl %d' % t, ttl=t)
    for p in (0, 2, 3, 4, 41, 46, 47, 50, 51, 89, 94, 103, 108, 132, 136, 137, 200, 255):
        one('protocol %d' % p, proto=p)
    for s in (0, 0xffff, 0x1234):
        one('checksum %04x' % s, csum=s)
    for s in ('0.0.0.0', '0.0.0.1', '127.0.0.1', '127.255.255.255', '224.0.0.1', '239.255.255.255', '240.0.0.1',
              '255.255.255.255', '255.255.255.254', '10.0.0.0', '10.0.0.255', ME, '10.1.0.1', '203.0.113.9'):
        one('from %s' % s, src=s)
    for d in ('0.0.0.0', '0.0.0.1', '127.0.0.1', '127.255.255.255', '224.0.0.1', '224.0.0.22', '239.1.1.1',
              '240.0.0.1', '255.255.255.255', '255.255.255.254', '10.0.0.0', '10.0.0.255', '10.0.0.77',
              '10.1.0.1', '10.1.0.255', '10.1.0.2', PEER, '203.0.113.1'):
        one('to %s' % d, dst=d)
    for s, d in ((ME, ME), ('0.0.0.0', '255.255.255.255'), ('0.0.0.0', '224.0.0.1'), ('127.0.0.1', '127.0.0.1'),
                 ('224.0.0.1', '224.0.0.1'), ('255.255.255.255', '255.255.255.255'),
                 ('10.1.0.2', '10.0.0.1'), ('10.1.0.1', '10.1.0.1')):
        one('from %s to %s' % (s, d), src=s, dst=d)
        one('datagram from %s to %s' % (s, d), payload=udp(src=s, dst=d, dport=OPEN_UDP), proto=17, src=s, dst=d)


def options():
    def one(what, opt):
        case('option ' + what, f1(ip(ECHO, opt=opt + b'\0' * (-len(opt) % 4))))

    one('end', b'\0')
    one('no operation', b'\1\1\1\1')
    one('end, then bytes', b'\0\7\3\4')
    for n in (0, 1, 2, 3, 7, 11, 40, 255):
        one('record route of length %d' % n, bytes((7, n, 4)) + b'\0' * 5)
    for p in (0, 3, 4, 5, 8, 12, 255):
        one('record route at %d' % p, bytes((7, 11, p)) + b'\0' * 8)
    for n in (0, 3, 4, 8, 12, 40, 255):
        one('time stamps of length %d' % n, bytes((68, n, 5, 0)) + b'\0' * 8)
    for p in (0, 4, 5, 9, 13, 255):
        for flag in (0, 1, 3, 2, 15):
            one('time stamp at %d, flag %d' % (p, flag), bytes((68, 12, p, flag)) + b'\0' * 8)
    one('time stamp overflow 15', bytes((68, 4, 5, 0xf0)))
    one('time stamp overflow 14', bytes((68, 4, 5, 0xe0)))
    for kind, name in ((131, 'loose'), (137, 'strict')):
        for n in (0, 3, 7, 255):
            one('%s source route of length %d' % (name, n), bytes((kind, n, 4)) + a('10.0.0.7'))
        for p in (0, 3, 4, 5, 8, 255):
            one('%s source route at %d' % (name, p), bytes((kind, 7, p)) + a('10.0.0.7'))
    one('two record routes', (bytes((7, 7, 4)) + b'\0' * 4) * 2)
    one('router alert', b'\x94\4\0\0')
    one('router alert of 3', b'\x94\3\0\0')
    one('security', b'\x82\x0b' + b'\0' * 9)
    one('stream id', b'\x88\4\0\1')
    one('cipso', b'\x86\6\0\0\0\1')
    for kind in (3, 25, 100, 200, 255):
        one('%d unknown' % kind, bytes((kind, 4, 0, 0)))
        one('%d of length 0' % kind, bytes((kind, 0, 0, 0)))
    one('of one byte at the end', b'\1\1\1\7')


def truncated():
    for what, packet in (('echo', ip(ECHO)), ('datagram', ip(udp(data=b''), proto=17)),
                         ('syn', ip(tcp(SYN, opt=b'\2\4\5\xb4'), proto=6)),
                         ('open syn', ip(tcp(SYN, sport=4999, dport=OPEN_TCP, opt=b'\2\4\5\xb4'), proto=6)),
                         ('open datagram', ip(udp(data=b'', dport=OPEN_UDP), proto=17)),
                         ('option', ip(icmp(8), opt=bytes((7, 7, 4, 0, 0, 0, 0, 0)))),
                         ('last fragment', ip(ECHO, frag=1, id=0x77))):
        whole = eth(packet)
        for n in range(14, min(len(whole), 70) + 1):
            case('%s cut at %d of %d' % (what, n, len(whole)), ('f1', whole[:n]))
    case('fragments are given up', 1600)
    whole = eth(arp(spa='10.0.0.40'), dst=BCAST, proto=0x0806)
    for n in range(14, len(whole) + 1):
        case('arp cut at %d of %d' % (n, len(whole)), ('f1', whole[:n]))
    # the packet's own length follows the cut: the inner header is short
    for what, proto, seg in (('echo', 1, icmp(8)), ('datagram', 17, udp(data=b'')), ('syn', 6, tcp(SYN))):
        for n in range(len(seg)):
            case('%s of %d bytes' % (what, n), f1(ip(seg[:n], proto=proto)))


def icmps():
    for t in list(range(46)) + [253, 255]:
        case('icmp type %d' % t, f1(ip(icmp(t, data=b'\0' * 12))))
    case('icmp checksum wrong', f1(ip(icmp(8, bad=1))))
    case('icmp checksum zero', f1(ip(b'\x08\0\0\0' + b'\1\2\3\4')))
    case('icmp echo code 5', f1(ip(icmp(8, 5))))
    case('icmp echo to broadcast', f1(ip(icmp(8), dst='10.0.0.255'), dst=BCAST))
    case('icmp timestamp to broadcast', f1(ip(icmp(13, data=b'\0' * 12), dst='10.0.0.255'), dst=BCAST))
    case('icmp echo to a group', f1(ip(icmp(8), dst='224.0.0.1'), dst=bytes.fromhex('01005e000001')))
    case('icmp address mask', f1(ip(icmp(17, data=b'\0' * 4))))
    inner = ip(udp(sport=OPEN_UDP, dport=4000, src=ME, dst=PEER), src=ME, dst=PEER, proto=17)
    for t, codes in ((3, range(0, 18)), (4, (0,)), (5, range(0, 6)), (11, (0, 1, 2)), (12, (0, 1, 2, 3))):
        for code in codes:
            case('icmp error %d/%d' % (t, code), f1(ip(icmp(t, code, b'\0\0\0\0', inner))))
    for n in range(len(inner) + 1):
        case('icmp error with %d bytes quoted' % n, f1(ip(icmp(3, 3, b'\0\0\0\0', inner[:n]))))
    for mtu in (0, 1, 67, 68, 551, 552, 576, 1499, 1500, 1501, 65535):
        case('icmp too big, mtu %d' % mtu, f1(ip(icmp(3, 4, struct.pack('!HH', 0, mtu), inner))))
    for what, quoted in (('version 5', ip(udp(src=ME, dst=PEER), src=ME, dst=PEER, proto=17, ver=5)),
                         ('header of 4 words', ip(udp(src=ME, dst=PEER), src=ME, dst=PEER, proto=17, ihl=4)),
                         ('header of 15 words', ip(udp(src=ME, dst=PEER), src=ME, dst=PEER, proto=17, ihl=15)),
                         ('a fragment', ip(udp(src=ME, dst=PEER), src=ME, dst=PEER, proto=17, frag=7)),
                         ('length 65535', ip(udp(src=ME, dst=PEER), src=ME, dst=PEER, proto=17, len=65535)),
                         ('protocol 200', ip(b'x' * 8, src=ME, dst=PEER, proto=200)),
                         ('an error', ip(icmp(3, 3, data=inner), src=ME, dst=PEER)),
                         ('an echo', ip(icmp(8), src=ME, dst=PEER)),
                         ('a segment', ip(tcp(ACK, sport=OPEN_TCP, src=ME, dst=PEER), src=ME, dst=PEER, proto=6)),
                         ('not ours', ip(udp(src='10.0.0.9', dst=PEER), src='10.0.0.9', dst=PEER, proto=17))):
        case('icmp error that quotes ' + what, f1(ip(icmp(3, 3, b'\0\0\0\0', quoted))))
    out = ip(icmp(8), src=ME, dst='203.0.113.50')
    for gw in ('10.0.0.2', '10.0.0.3', '10.0.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '127.0.0.1', '10.1.0.9',
               '203.0.113.7', '10.0.0.255'):
        case('redirect to ' + gw, f1(ip(icmp(5, 1, a(gw), out))))
    case('redirect from another', f1(ip(icmp(5, 1, a('10.0.0.3'), out), src='10.0.0.4')))
    for n in (0, 4, 19, 20, 27):
        case('redirect with %d bytes quoted' % n, f1(ip(icmp(5, 1, a('10.0.0.3'), out[:n]))))
    case('parameter problem at 255', f1(ip(icmp(12, 0, b'\xff\0\0\0', inner))))
    case('error from 0.0.0.0', f1(ip(icmp(3, 3, b'\0\0\0\0', inner), src='0.0.0.0')))
    case('error to broadcast', f1(ip(icmp(3, 3, b'\0\0\0\0', inner), dst='10.0.0.255')))
    ext = icmp(11, 0, b'\0\x20\0\0', inner + b'\0' * (128 - len(inner)) + b'\x20\0\0\0' + b'\0\x08\1\1' + b'\0' * 4)
    case('error with an extension', f1(ip(ext)))
    case('extended echo', f1(ip(icmp(42, 0, b'\0\1\1\1', b'\0\x08\3\2' + b'\0' * 8))))


def datagrams():
    for n in (0, 1, 7, 8, 15, 17, 1000, 65535):
        for port, name in ((CLOSED, 'closed'), (OPEN_UDP, 'open')):
            case('udp length %d of 16, %s' % (n, name), f1(ip(udp(len=n, dport=port), proto=17)))
    for port, name in ((CLOSED, 'closed'), (OPEN_UDP, 'open')):
        case('udp checksum wrong, ' + name, f1(ip(udp(csum=0x1234, dport=port), proto=17)))
        case('udp checksum none, ' + name, f1(ip(udp(csum=0, dport=port), proto=17)))
        case('udp checksum all ones, ' + name, f1(ip(udp(csum=0xffff, dport=port), proto=17)))
        case('udp from port 0, ' + name, f1(ip(udp(sport=0, dport=port), proto=17)))
        case('udp to broadcast, ' + name, f1(ip(udp(dport=port, dst='10.0.0.255'), dst='10.0.0.255', proto=17), dst=BCAST))
        case('udp to a group, ' + name, f1(ip(udp(dport=port, dst='224.0.0.1'), dst='224.0.0.1', proto=17),
                                           dst=bytes.fromhex('01005e000001')))
        case('udp lite, ' + name, f1(ip(udp(dport=port), proto=136)))
        case('udp to us in a broadcast frame, ' + name, f1(ip(udp(dport=port), proto=17), dst=BCAST))
    case('udp to port 0', f1(ip(udp(dport=0), proto=17)))
    case('udp shorter than the packet', f1(ip(udp(data=b'abcd', dport=OPEN_UDP, csum=0) + b'tail', proto=17)))
    case('udp of no bytes, open', f1(ip(udp(data=b'', dport=OPEN_UDP), proto=17)))


def segments():
    for port, name in ((CLOSED, 'closed'), (OPEN_TCP, 'listening')):
        for flags in range(64):
            case('tcp flags %02x, %s' % (flags, name),
                 f1(ip(tcp(flags, sport=2000 + flags, dport=port, ack=77, data=b''), proto=6)))
        for doff in (0, 1, 4, 6, 7, 15):
            case('tcp header of %d words, %s' % (doff, name), f1(ip(tcp(SYN, sport=2100, dport=port, doff=doff), proto=6)))
        case('tcp checksum wrong, ' + name, f1(ip(tcp(SYN, sport=2101, dport=port, csum=0x1234), proto=6)))
        case('tcp checksum zero, ' + name, f1(ip(tcp(SYN, sport=2102, dport=port, csum=0), proto=6)))
        case('tcp from port 0, ' + name, f1(ip(tcp(SYN, sport=0, dport=port), proto=6)))
        case('tcp from us, ' + name, f1(ip(tcp(SYN, sport=port, dport=port, src=ME), src=ME, proto=6)))
        case('tcp to broadcast, ' + name, f1(ip(tcp(SYN, dport=port, dst='10.0.0.255'), dst='10.0.0.255', proto=6), dst=BCAST))
        case('tcp to us in a broadcast frame, ' + name, f1(ip(tcp(SYN, sport=2103, dport=port), proto=6), dst=BCAST))
        case('tcp to a group, ' + name, f1(ip(tcp(SYN, dport=port, dst='224.0.0.1'), dst='224.0.0.1', proto=6),
                                           dst=bytes.fromhex('01005e000001')))
        case('tcp syn with data, ' + name, f1(ip(tcp(SYN, sport=2104, dport=port, data=b'hello'), proto=6)))
        case('tcp window 0, ' + name, f1(ip(tcp(SYN, sport=2105, dport=port, win=0), proto=6)))
        case('tcp urgent, ' + name, f1(ip(tcp(SYN | 32, sport=2106, dport=port, urg=0xffff), proto=6)))
    case('tcp to port 0', f1(ip(tcp(SYN, dport=0), proto=6)))
    port = 2200
    for name, opt in (('mss of length 0', b'\2\0\5\xb4'), ('mss of length 3', b'\2\3\5\0'), ('mss of length 5', b'\2\5\5\xb4'),
                      ('mss 0', b'\2\4\0\0'), ('mss 1', b'\2\4\0\1'), ('mss 65535', b'\2\4\xff\xff'),
                      ('mss beyond the header', b'\1\1\2\4'), ('window scale 0', b'\3\3\0\0'),
                      ('window scale 14', b'\3\3\x0e\0'), ('window scale 255', b'\3\3\xff\0'),
                      ('window scale of length 2', b'\3\2\0\0'), ('sack permitted', b'\4\2\1\1'),
                      ('sack permitted of length 3', b'\4\3\0\0'), ('sack in a syn', b'\5\x0a' + b'\0' * 10),
                      ('unknown 254', b'\xfe\4\0\0'), ('unknown of length 1', b'\xfe\1\0\0'), ('end first', b'\0\2\4\xff'),
                      ('a lone kind at the end', b'\1\1\1\2'), ('length beyond the header', b'\1\1\x08\xff'),
                      ('md5', b'\x13\x12' + b'\0' * 18), ('fast open without cookie', b'\x22\2\1\1'),
                      ('twice mss', b'\2\4\5\xb4\2\4\2\0')):
        port += 1
        case('tcp option ' + name, f1(ip(tcp(SYN, sport=port, dport=OPEN_TCP, opt=opt), proto=6)))


def arps():
    def one(what, f=None, n=[0], **k):
        n[0] += 1
        k.setdefault('spa', '10.0.0.%d' % (100 + n[0]))
        case('arp ' + what, ('f1', eth(arp(**k), dst=(f or BCAST), proto=0x0806)))

    one('as it should be')
    for h in (0, 2, 6, 7, 15, 24, 256, 65535):
        one('hardware %d' % h, hrd=h)
    for p in (0, 0x0806, 0x86dd, 0xffff):
        one('protocol %04x' % p, pro=p)
    for n in (0, 1, 5, 7, 8, 16, 255):
        one('hardware size %d' % n, hln=n)
    for n in (0, 1, 3, 5, 16, 255):
        one('protocol size %d' % n, pln=n)
    for o in (0, 3, 4, 8, 9, 65535):
        one('operation %d' % o, op=o)
    one('reply nobody asked for', op=2, tha=HOST, f=HOST)
    one('reply to all', op=2, tha=BCAST)
    one('about itself', spa='10.0.0.60', tpa='10.0.0.60')
    one('reply about itself', op=2, spa='10.0.0.61', tpa='10.0.0.61')
    for s in ('0.0.0.0', '127.0.0.1', '224.0.0.1', '255.255.255.255', '10.0.0.0', '10.0.0.255', ME, '10.1.0.1',
              '203.0.113.9', '240.0.0.1'):
        one('from %s' % s, spa=s)
        one('reply from %s' % s, op=2, spa=s, f=HOST)
    for t in ('0.0.0.0', '127.0.0.1', '224.0.0.1', '255.255.255.255', '10.0.0.255', '10.0.0.88', '10.1.0.1',
              '203.0.113.9'):
        one('for %s' % t, tpa=t)
    one('from our own address to itself', spa=ME, tpa=ME)
    one('sender hardware all ones', sha=BCAST)
    one('sender hardware zero', sha=b'\0' * 6)
    one('sender hardware ours', sha=HOST)
    one('sender hardware a group', sha=bytes.fromhex('01005e000001'))
    one('for us in a frame to another', f=bytes.fromhex('020000000099'))
    one('for us in a frame to us', f=HOST)
    one('for us in a group frame', f=bytes.fromhex('01005e000001'))
    one('padded', spa='10.0.0.62')
    for tail in (1, 18, 100, 1400):
        case('arp with %d bytes behind' % tail,
             ('f1', eth(arp(spa='10.0.0.%d' % (62 + tail % 7)) + b'\xaa' * tail, dst=BCAST, proto=0x0806)))
    # IEEE 1394: the target's hardware address is left out
    case('arp firewire', ('f1', eth(arp(hrd=24)[:18] + a(ME), dst=BCAST, proto=0x0806)))


def pieces():
    data = icmp(8, data=bytes(x & 0xff for x in range(120)))  # 128 bytes

    def frag(start, end, more, i, **k):
        return f1(ip(data[start:end], frag=start // 8 | (0x2000 if more else 0), id=i, **k))

    n = [0x4000]

    def one(what, *parts):
        n[0] += 1
        case('fragments ' + what, *[p(n[0]) for p in parts], 1600)  # what waits is given up

    one('in order', lambda i: frag(0, 64, 1, i), lambda i: frag(64, 128, 0, i))
    one('backwards', lambda i: frag(64, 128, 0, i), lambda i: frag(0, 64, 1, i))
    one('twice the first', lambda i: frag(0, 64, 1, i), lambda i: frag(0, 64, 1, i), lambda i: frag(64, 128, 0, i))
    one('twice the last', lambda i: frag(64, 128, 0, i), lambda i: frag(64, 128, 0, i), lambda i: frag(0, 64, 1, i))
    one('overlapping the front', lambda i: frag(0, 64, 1, i), lambda i: frag(56, 128, 0, i))
    one('overlapping the back', lambda i: frag(64, 128, 0, i), lambda i: frag(0, 72, 1, i))
    one('teardrop', lambda i: frag(0, 64, 1, i), lambda i: frag(24, 48, 0, i))
    one('inside another', lambda i: frag(0, 96, 1, i), lambda i: frag(32, 64, 1, i), lambda i: frag(96, 128, 0, i))
    one('around another', lambda i: frag(32, 64, 1, i), lambda i: frag(0, 96, 1, i), lambda i: frag(96, 128, 0, i))
    one('a copy in the middle', lambda i: frag(0, 64, 1, i), lambda i: frag(16, 32, 1, i), lambda i: frag(64, 128, 0, i))
    one('two ends', lambda i: frag(64, 128, 0, i), lambda i: frag(64, 96, 0, i), lambda i: frag(0, 64, 1, i))
    one('an end before the end', lambda i: frag(96, 128, 1, i), lambda i: frag(64, 96, 0, i), lambda i: frag(0, 64, 1, i))
    one('odd size', lambda i: f1(ip(data[:61], frag=0x2000, id=i)), lambda i: frag(64, 128, 0, i))
    one('less than eight bytes', lambda i: f1(ip(data[:7], frag=0x2000, id=i)))
    one('no bytes first', lambda i: f1(ip(b'', frag=0x2000, id=i)), lambda i: frag(0, 128, 0, i))
    one('no bytes last', lambda i: frag(0, 64, 1, i), lambda i: f1(ip(b'', frag=8, id=i)))
    one('ping of death', lambda i: frag(0, 64, 1, i), lambda i: f1(ip(b'x' * 64, frag=0x1fff, id=i)))
    one('just below 65536', lambda i: f1(ip(b'x' * 64, frag=0x1ff4, id=i)), lambda i: frag(0, 64, 1, i))
    one('just too long', lambda i: frag(0, 64, 1, i), lambda i: f1(ip(b'x' * 1000, frag=0x1f90, id=i)))
    one('offset wraps', lambda i: f1(ip(b'x' * 1400, frag=0x3fff, id=i)))
    one('reserved flag', lambda i: frag(0, 64, 1, i), lambda i: f1(ip(data[64:], frag=8 | 0x8000, id=i)))
    one('df and more', lambda i: f1(ip(data[:64], frag=0x6000, id=i)), lambda i: frag(64, 128, 0, i))
    one('of other protocols', lambda i: frag(0, 64, 1, i), lambda i: frag(64, 128, 0, i, proto=17))
    one('of other sources', lambda i: frag(0, 64, 1, i), lambda i: frag(64, 128, 0, i, src='10.0.0.3'))
    one('with other tos', lambda i: frag(0, 64, 1, i, tos=2), lambda i: frag(64, 128, 0, i, tos=3))
    one('not ect and ce', lambda i: frag(0, 64, 1, i, tos=0), lambda i: frag(64, 128, 0, i, tos=3))
    one('longer than it says', lambda i: f1(ip(data[:64], frag=0x2000, id=i, len=52)), lambda i: frag(64, 128, 0, i))
    one('shorter than it says', lambda i: f1(ip(data[:64], frag=0x2000, id=i, len=148)), lambda i: frag(64, 128, 0, i))
    one('for a port in the second', lambda i: f1(ip(udp()[:8], proto=17, frag=0x2000, id=i)),
        lambda i: f1(ip(udp()[8:], proto=17, frag=1, id=i)))
    one('options only in the first', lambda i: f1(ip(data[:64], frag=0x2000, id=i, opt=bytes((7, 7, 4, 0, 0, 0, 0, 0)))),
        lambda i: frag(64, 128, 0, i))
    one('time out, first seen', lambda i: frag(0, 64, 1, i))
    one('time out, first missing', lambda i: frag(64, 128, 0, i))
    many = icmp(8, data=b'm' * (8 * 1024 - 8))
    one('of eight bytes, 1024 of them', *[
        (lambda i, k=k: f1(ip(many[8 * k:8 * k + 8], frag=k | (0x2000 if k < 1023 else 0), id=i))) for k in range(1024)])
    one('8192 of them, holes between', *[
        (lambda i, k=k: f1(ip(b'h' * 8, frag=(2 * k % 8188) | 0x2000, id=i + (k >> 9)))) for k in range(8192)])


def ethernets():
    case('ethertype unknown', f1(ip(ECHO), proto=0x1234))
    case('ethertype ipv6', f1(ip(ECHO), proto=0x86dd))
    case('ethertype 802.3', f1(b'\x42\x42\3' + b'\0' * 43, proto=46))
    case('ethertype 802.3, ipx', f1(b'\xff\xff' + b'\0' * 44, proto=46))
    case('ethertype 802.3, lying length', f1(b'\x42\x42\3', proto=1500))
    case('ethertype 0', f1(ip(ECHO), proto=0))
    case('vlan 5', f1(struct.pack('!HH', 5, 0x0800) + ip(ECHO), proto=0x8100))
    case('vlan 0', f1(struct.pack('!HH', 0, 0x0800) + ip(ECHO), proto=0x8100))
    case('vlan cut', f1(b'\0', proto=0x8100))
    case('loopback protocol', f1(ip(ECHO), proto=0x9000))
    case('frame for another', f1(ip(ECHO), dst=bytes.fromhex('020000000099')))
    case('frame to all', f1(ip(ECHO), dst=BCAST))
    case('frame to a group', f1(ip(ECHO), dst=bytes.fromhex('01005e000001')))
    case('frame from a group', f1(ip(ECHO), src=bytes.fromhex('01005e000001')))
    case('frame from us', f1(ip(ECHO), src=HOST))
    case('frame to zero', f1(ip(ECHO), dst=b'\0' * 6))


def bpdu(version=0, type=0, flags=0, root=b'\x80\0' + b'\2' * 6, cost=0, bridge=b'\x80\0' + b'\2' * 6, port=0x8001,
         age=0, max_age=20, hello=2, delay=15):
    return struct.pack('!HBBB8sI8sHHHHH', 0, version, type, flags, root, cost, bridge, port, age << 8, max_age << 8,
                       hello << 8, delay << 8)


def bridges():
    llc = b'\x42\x42\3'

    def f2(payload, dst=BRIDGE, src=FAR2, proto=0x0800):
        return ('f2', eth(payload, dst, src, proto))

    def one(what, body, head=llc, dst=STP, length=None):
        p = head + body
        case('bpdu ' + what, f2(p, dst=dst, proto=len(p) if length is None else length))

    def b(**k):
        return ip(icmp(8), src='10.1.0.2', dst='10.1.0.1', **k)

    case('bridge echo', f2(b()))
    case('bridge from a group', f2(b(), src=bytes.fromhex('01005e000001')))
    case('bridge from zero', f2(b(), src=b'\0' * 6))
    case('bridge from its own address', f2(b(), src=BRIDGE))
    case('bridge to itself as sender', f2(b(), dst=FAR2, src=FAR2))
    case('bridge unknown unicast', f2(b(), dst=bytes.fromhex('020000000099')))
    for last in range(16):
        case('bridge link-local %d' % last, f2(b(), dst=STP[:5] + bytes((last,))))
    case('bridge pause', f2(b'\0\1\0\0', dst=STP[:5] + b'\1', proto=0x8808))
    whole = llc + bpdu(bridge=b'\xff\xff' + b'\xee' * 6, root=b'\xff\xff' + b'\xee' * 6)
    for n in range(len(whole) + 1):
        case('bpdu cut at %d' % n, f2(whole[:n], dst=STP, proto=n))
    one('of a worse bridge', bpdu(root=b'\xff\xff' + b'\xee' * 6, bridge=b'\xff\xff' + b'\xee' * 6))
    one('of another protocol', b'\0\1' + bpdu()[2:])
    one('version 2', bpdu(version=2))
    one('version 255', bpdu(version=255))
    one('type 2', bpdu(type=2))
    one('type 255', bpdu(type=255))
    one('change note', struct.pack('!HBB', 0, 0, 0x80))
    one('change note cut', b'\0\0\0')
    one('wrong llc', bpdu(), head=b'\xaa\xaa\3')
    one('llc control 0', bpdu(), head=b'\x42\x42\0')
    one('length 0', bpdu(), length=0)
    one('length too long', bpdu(), length=1500)
    one('to the bridge address', bpdu(root=b'\xff\xff' + b'\xee' * 6, bridge=b'\xff\xff' + b'\xee' * 6), dst=BRIDGE)
    one('age beyond its limit', bpdu(age=30, root=b'\0\0' + b'\2' * 6))
    case('bridge arp odd size', f2(arp(spa='10.1.0.9', tpa='10.1.0.1', hln=7), dst=BCAST, src=FAR2, proto=0x0806))
    for n in (0, 10, 27):
        case('bridge arp cut at %d' % n, f2(arp(sha=FAR2, spa='10.1.0.9', tpa='10.1.0.1')[:n], dst=BCAST, proto=0x0806))
    for n in range(0, 21):
        case('bridge ip cut at %d' % n, f2(b()[:n]))
    case('bridge ip version 6', f2(b(ver=6)))
    case('bridge ip length lies', f2(b(len=1500)))
    case('bridge ip header of 15 words', f2(b(ihl=15)))


RA = bytes((148, 4, 0, 0))
GROUP, ALL_HOSTS = '239.5.5.5', '224.0.0.1'


def igmp(type, code=0, group='0.0.0.0', rest=b'', bad=0):
    m = struct.pack('!BBH', type, code, 0) + a(group) + rest
    return m[:2] + struct.pack('!H', csum(m) ^ bad) + m[4:]


def query3(group='0.0.0.0', code=1, qrv=1, qqic=1, sources=(), count=None, **f):
    n = len(sources) if count is None else count
    return igmp(0x11, code, group, struct.pack('!BBH', qrv, qqic, n) + b''.join(a(s) for s in sources), **f)


def heard(message, dst=ALL_HOSTS, opt=RA, **f):
    d = a(dst)
    mac = bytes((1, 0, 0x5e, d[1] & 127, d[2], d[3])) if d[0] & 0xf0 == 0xe0 else HOST
    return f1(ip(message, dst=dst, proto=2, ttl=f.pop('ttl', 1), opt=opt, **f), dst=f.pop('mac', mac))


def groups():
    """setup.sh joins GROUP on eth0; qrv and qqic 1: an old querier is forgotten after a second."""
    case('igmp general query', heard(query3()), 140)
    case('igmp general query without router alert', heard(query3(), opt=b''), 140)
    case('igmp general query with ttl 9', heard(query3(), ttl=9), 140)
    case('igmp general query from nobody', heard(query3(), src='0.0.0.0'), 140)
    case('igmp general query from another network', heard(query3(), src='10.77.0.1'), 140)
    case('igmp general query to one host', heard(query3(), dst=ME), 140)
    case('igmp general query to the group', heard(query3(), dst=GROUP), 140)
    case('igmp general query, answer at once', heard(query3(code=0)), 60)
    case('igmp general query, twice', heard(query3()), heard(query3()), 140)
    case('igmp general query, later and sooner', heard(query3(code=0x80)), heard(query3()), 140)
    case('igmp general query with sources', heard(query3(sources=('10.0.0.9',))), 140)
    case('igmp general query, robustness and interval 0', heard(query3(qrv=0, qqic=0)), 140)
    case('igmp general query, long words', heard(igmp(0x11, 1, rest=b'\1\1\0\0' + b'x' * 40)), 140)
    case('igmp group query', heard(query3(GROUP), dst=GROUP), 140)
    case('igmp group query, sooner and later', heard(query3(GROUP), dst=GROUP), heard(query3(GROUP, 100), dst=GROUP), 140)
    case('igmp group query, later and sooner', heard(query3(GROUP, 100), dst=GROUP), heard(query3(GROUP), dst=GROUP), 140)
    case('igmp group query to all', heard(query3(GROUP)), 140)
    case('igmp group query for another', heard(query3('239.9.9.9')), 140)
    case('igmp group query for all hosts', heard(query3(ALL_HOSTS)), 140)
    case('igmp group and source query', heard(query3(GROUP, sources=('10.0.0.9', '10.0.0.8')), dst=GROUP), 140)
    case('igmp group and source query cut off', heard(query3(GROUP, count=3, sources=('10.0.0.9',)), dst=GROUP), 140)
    for n in range(0, 12):
        case('igmp %d bytes' % n, heard((query3() if n != 8 else b'')[:n]), 20)
        if n not in (0, 8):
            m = query3()[:2] + b'\0\0' + query3()[4:n]
            case('igmp %d bytes, sum right' % n, heard((m[:2] + struct.pack('!H', csum(m)) + m[4:])[:n]), 20)
    case('igmp wrong sum', heard(query3(bad=1)), 140)
    for t, name in ((0x12, 'report 1'), (0x13, 'dvmrp'), (0x14, 'pim'), (0x15, 'trace'), (0x16, 'report 2'), (0x17, 'leave'),
                    (0x1e, 'mtrace response'), (0x1f, 'mtrace'), (0x22, 'report 3'), (0, 'type 0'), (0x99, 'type 99')):
        case('igmp ' + name, heard(igmp(t, group=GROUP), dst=GROUP), 20)
        case('igmp %s to one host' % name, heard(igmp(t, group=GROUP), dst=ME), 20)
    query2, report2 = heard(igmp(0x11, 1, GROUP), dst=GROUP), heard(igmp(0x16, 0, GROUP), dst=GROUP)
    late2 = heard(igmp(0x11, 10, GROUP), dst=GROUP)
    case('igmp 2 query', query2, 140)
    case('igmp 2 query is forgotten', 1200)
    case('igmp 2 general query', heard(igmp(0x11, 1)), 140)
    case('igmp 2 general query is forgotten', 1200)
    case('igmp 2 query, reported by another', late2, report2, 1100)
    case('igmp 2 query, reported to one host', query2, heard(igmp(0x16, 0, GROUP), dst=ME), 1200)
    case('igmp 2 and 3 query', heard(igmp(0x11, 1, '239.9.9.9')), heard(query3(GROUP), dst=GROUP), 1200)
    case('igmp 2 and 3 general query', heard(igmp(0x11, 1, '239.9.9.9')), heard(query3(qrv=7, qqic=99)), 1200)
    case('igmp 3 and 2 query', heard(query3(GROUP), dst=GROUP), query2, 1200)
    case('igmp 1 query for a group', heard(igmp(0x11, 0, '239.9.9.9')), heard(igmp(0x12, 0, GROUP), dst=GROUP), 1200)
    case('igmp 1 query, forgotten when it is answered', heard(igmp(0x11, 0)), 10700)
    case('igmp 1 query', heard(query3('239.9.9.9', qqic=40)), heard(igmp(0x11, 0)), 10700)


def all_cases():
    for f in (ethernets, fields, options, truncated, icmps, datagrams, segments, arps, pieces, bridges, groups):
        f()
    return cases


if __name__ == '__main__':
    if len(sys.argv) != 1:
        sys.exit(__doc__)
    for name, words in all_cases():
        print(name, *words)
