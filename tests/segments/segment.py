#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Segments as text and as bytes.

    [ect0] S. 0:0(0) ack 1 win 65535 <mss 1460,sackOK,TS ecr 100,nop,wscale 7>

Numbers count from each side's SYN. A length of 1000*3 stands for three segments of 1000 bytes.
"""
import re
import struct

FLAGS = {"F": 1, "S": 2, "R": 4, "P": 8, ".": 16, "U": 32, "E": 64, "W": 128, "A": 256}
ECN = {"noecn": 0, "ect1": 1, "ect0": 2, "ce": 3}
TEXT = re.compile(
    r"^(?:\[(?P<ecn>\w+)\] )?(?:@(?P<port>\d+) )?(?P<flags>[FSRPUEWA.]+|-) "
    r"(?P<seq>-?\d+):(?P<end>-?\d+)\((?P<len>\d+)(?:\*(?P<times>\d+))?\)"
    r"(?: ack (?P<ack>-?\d+))?(?: win (?P<win>\d+))?(?: urg (?P<urg>\d+))?"
    r"(?: <(?P<opts>[^>]*)>)?$")


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    n = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while n >> 16:
        n = (n & 0xffff) + (n >> 16)
    return ~n & 0xffff


class Segment:
    """One segment; ack, win, urg, opts and ecn are None when the text does not say."""

    def __init__(self, text=None):
        if text is None:
            return
        m = TEXT.match(text)
        if not m:
            raise SyntaxError(f"not a segment: {text}")
        g = m.groupdict()
        self.flags = sum(FLAGS[c] for c in g["flags"] if c != "-")
        self.seq, self.end, self.len = int(g["seq"]), int(g["end"]), int(g["len"])
        self.times = int(g["times"] or 1)
        self.port = int(g["port"] or 4000)
        self.ack, self.win, self.urg = (None if g[k] is None else int(g[k])
                                        for k in ("ack", "win", "urg"))
        self.opts = None if g["opts"] is None else [o.strip() for o in g["opts"].split(",") if o]
        if g["ecn"] is not None and g["ecn"] not in ECN:
            raise SyntaxError(f"no such mark: {g['ecn']}")
        self.ecn = None if g["ecn"] is None else ECN[g["ecn"]]
        want = self.seq + self.len * self.times
        if self.end != want:
            raise SyntaxError(f"{text}: {self.seq} and {self.len * self.times} make {want}")

    def pieces(self):
        """The single segments of one of several."""
        for i in range(self.times):
            s = Segment()
            s.__dict__.update(self.__dict__)
            s.times, s.seq = 1, self.seq + i * self.len
            s.end = s.seq + self.len
            if i < self.times - 1:
                s.flags &= ~(FLAGS["P"] | FLAGS["F"])
            yield s

    def flag_text(self):
        return "".join(c for c in "FSRPUEWA." if self.flags & FLAGS[c]) or "-"

    def __str__(self):
        out = f"{self.flag_text()} {self.seq}:{self.end}({self.len})"
        if self.ecn:
            out = f"[{next(k for k, v in ECN.items() if v == self.ecn)}] {out}"
        if self.port != 4000:
            out = f"@{self.port} {out}"
        if self.ack is not None:
            out += f" ack {self.ack}"
        if self.win is not None:
            out += f" win {self.win}"
        if self.urg:
            out += f" urg {self.urg}"
        return out + (f" <{','.join(self.opts)}>" if self.opts is not None else "")


def option_bytes(opts, flow):
    """@flow gives sequence numbers (local_isn) and echoes of timestamps (echo)"""
    out = b""
    for o in opts:
        w = o.split()
        if w[0] == "nop":
            out += b"\1"
        elif w[0] == "eol":
            out += b"\0"
        elif w[0] == "mss":
            out += struct.pack("!BBH", 2, 4, int(w[1]))
        elif w[0] == "wscale":
            out += struct.pack("!BBB", 3, 3, int(w[1]))
        elif w[0] == "sackOK":
            out += b"\4\2"
        elif w[0] == "sack":
            blocks = [b.split(":") for b in w[1:]]
            out += struct.pack("!BB", 5, 2 + 8 * len(blocks))
            for a, b in blocks:
                out += struct.pack("!II", (flow.local_isn + int(a)) & 0xffffffff,
                                   (flow.local_isn + int(b)) & 0xffffffff)
        elif w[0] == "TS":
            out += struct.pack("!BBII", 8, 10, int(w[2]), flow.echo(w[4]))
        elif w[0] == "hex":
            out += bytes.fromhex(w[1])
        else:
            raise SyntaxError(f"not an option: {o}")
    return out + b"\1" * (-len(out) % 4)


def option_texts(data, remote_isn):
    out, tsval = [], None
    while data:
        kind = data[0]
        if kind in (0, 1):
            out.append("eol" if kind == 0 else "nop")
            data = data[1:]
            continue
        n = data[1]
        body = data[2:n]
        if kind == 2:
            out.append(f"mss {struct.unpack('!H', body)[0]}")
        elif kind == 3:
            out.append(f"wscale {body[0]}")
        elif kind == 4:
            out.append("sackOK")
        elif kind == 5:
            edges = struct.unpack(f"!{len(body) // 4}I", body)
            rel = [(e - remote_isn + 2**31) % 2**32 - 2**31 for e in edges]
            out.append("sack " + " ".join(f"{a}:{b}" for a, b in zip(rel[::2], rel[1::2])))
        elif kind == 8:
            tsval, ecr = struct.unpack("!II", body)
            out.append(f"TS ecr {ecr}")
        else:
            out.append(f"option {kind} {body.hex()}")
        data = data[n:]
    return out, tsval


def build(seg, flow):
    """@seg from the peer as an IPv4 packet"""
    opts = option_bytes(seg.opts or [], flow)
    payload = bytes(seg.len)
    off = (20 + len(opts)) // 4
    tcp = struct.pack("!HHIIHHHH", seg.port, flow.local_port,
                      (flow.remote_isn + seg.seq) & 0xffffffff,
                      (flow.local_isn + seg.ack) & 0xffffffff if seg.ack is not None else 0,
                      off << 12 | seg.flags, 65535 if seg.win is None else seg.win, 0,
                      seg.urg or 0)
    tcp += opts + payload
    pseudo = flow.remote + flow.local + struct.pack("!HH", 6, len(tcp))
    tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
    return ip(flow.remote, flow.local, 6, seg.ecn or 0, tcp)


def ip(src, dst, proto, tos, payload):
    head = struct.pack("!BBHHHBBH", 0x45, tos, 20 + len(payload), 0, 0, 64, proto, 0) + src + dst
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload


def build_icmp(kind, code, info, seg, flow):
    """An ICMP error of the peer about @seg of ours"""
    tcp = struct.pack("!HHIIHHHH", flow.local_port, seg.port,
                      (flow.local_isn + seg.seq) & 0xffffffff, 0, 5 << 12, 65535, 0, 0)
    quoted = ip(flow.local, flow.remote, 6, 0, tcp + bytes(seg.len))[:40]
    icmp = struct.pack("!BBHI", kind, code, 0, info) + quoted
    icmp = icmp[:2] + struct.pack("!H", checksum(icmp)) + icmp[4:]
    return ip(flow.remote, flow.local, 1, 0, icmp)


def parse(packet, flows):
    """An IPv4 packet of ours: (segment, its flow, timestamp), or None when it is not TCP"""
    ihl = (packet[0] & 15) * 4
    total = struct.unpack("!H", packet[2:4])[0]
    if packet[9] != 6:
        return None
    tcp = packet[ihl:total]
    sport, dport, seq, ack, off, win, _, urg = struct.unpack("!HHIIHHHH", tcp[:20])
    flow = flows(dport)
    s = Segment()
    s.flags, s.port, s.times = off & 0x1ff, dport, 1
    if s.flags & FLAGS["S"]:
        flow.local_isn, flow.local_port = seq, sport
    s.len = len(tcp) - (off >> 12) * 4
    s.seq = (seq - flow.local_isn + 2**31) % 2**32 - 2**31
    s.end = s.seq + s.len
    s.ack = (ack - flow.remote_isn + 2**31) % 2**32 - 2**31 if s.flags & FLAGS["."] else None
    s.win, s.urg, s.ecn = win, urg, packet[1] & 3
    s.opts, tsval = option_texts(tcp[20:(off >> 12) * 4], flow.remote_isn)
    if tsval is not None:
        flow.stamps.append(tsval)
    return s, flow


def difference(want, got):
    """None when @got is what @want says"""
    for name in ("port", "flags", "seq", "len", "ack"):
        a, b = getattr(want, name), getattr(got, name)
        if a != b and not (name == "ack" and a is None):
            return name
    for name in ("win", "urg", "ecn"):
        if getattr(want, name) is not None and getattr(want, name) != getattr(got, name):
            return name
    if want.opts is None:
        extra = [o for o in got.opts if o != "nop" and not o.startswith("TS ")]
        return "options" if extra and not got.flags & FLAGS["S"] else None
    return None if want.opts == got.opts else "options"
