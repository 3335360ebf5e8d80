#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs scripts of segments: run.py [--real | --sim PROGRAM] SCRIPT...

README.md says what a script is made of.
"""
import concurrent.futures
import errno
import glob
import os
import re
import select
import socket
import struct
import subprocess
import sys

import kernel
import segment

LOCAL, REMOTE = bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2])
MAC0, MAC1 = "02:00:00:00:00:01", "02:00:00:00:00:02"
SETUP = f"""ip link add tcp0 address {MAC0} type veth peer name tcp1 address {MAC1}
sysctl -qw net.ipv4.conf.default.rp_filter=0 net.ipv4.tcp_no_metrics_save=1
ip addr add 192.0.2.1/24 dev tcp0
ip link set tcp1 up; ip link set tcp0 up; ip link set lo up
ip neigh replace 192.0.2.2 lladdr {MAC1} dev tcp0 nud permanent
ip route replace default via 192.0.2.2"""
STATES = ("", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE",
          "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING", "NEW_SYN_RECV")
INFO = ("BBBBBBBB" "IIII" "IIIII" "IIII" "IIIIIIIIII" "I" "QQQQ" "II" "II" "II" "QQQQ" "II" "QQ"
        "IIIIII")
INFO_NAMES = """state ca_state retransmits probes backoff options wscale app_limited
rto ato snd_mss rcv_mss unacked sacked lost retrans fackets last_data_sent last_ack_sent
last_data_recv last_ack_recv pmtu rcv_ssthresh rtt rttvar ssthresh cwnd advmss reordering rcv_rtt
rcv_space total_retrans pacing_rate max_pacing_rate bytes_acked bytes_received segs_out segs_in
notsent min_rtt data_segs_in data_segs_out delivery_rate busy_time rwnd_limited sndbuf_limited
delivered delivered_ce bytes_sent bytes_retrans dsack_dups reord_seen rcv_ooopack snd_wnd
rcv_wnd rehash""".split()
CA = ("Open", "Disorder", "CWR", "Recovery", "Loss")
NAMES = {"TCP_NODELAY": (6, 1), "TCP_MAXSEG": (6, 2), "TCP_CORK": (6, 3), "TCP_KEEPIDLE": (6, 4),
         "TCP_KEEPINTVL": (6, 5), "TCP_KEEPCNT": (6, 6), "TCP_SYNCNT": (6, 7), "TCP_LINGER2": (6, 8),
         "TCP_DEFER_ACCEPT": (6, 9), "TCP_WINDOW_CLAMP": (6, 10), "TCP_QUICKACK": (6, 12),
         "TCP_CONGESTION": (6, 13), "TCP_USER_TIMEOUT": (6, 18), "TCP_NOTSENT_LOWAT": (6, 25),
         "SO_KEEPALIVE": (1, 9), "SO_LINGER": (1, 13), "SO_RCVBUF": (1, 8), "SO_SNDBUF": (1, 7),
         "SO_REUSEADDR": (1, 2), "SO_OOBINLINE": (1, 10), "SO_ERROR": (1, 4), "IP_RECVERR": (0, 11),
         "IP_MTU_DISCOVER": (0, 10), "IP_TOS": (0, 1)}
COMPARE = {"=": lambda a, b: a == b, "<": lambda a, b: a < b, ">": lambda a, b: a > b,
           "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "!=": lambda a, b: a != b}


class Wrong(Exception):
    pass


class Flow:
    """One connection on the wire"""

    def __init__(self, port):
        self.local, self.remote = LOCAL, REMOTE
        self.local_isn, self.remote_isn = 0, 1000
        self.local_port, self.remote_port = 80, port
        self.stamps = []

    def echo(self, word):
        """first, last, last-N: a timestamp of ours; +N: later; or a number"""
        m = re.match(r"^(first|last)(?:-(\d+))?(?:\+(\d+))?$", word)
        if not m:
            return int(word)
        at = 0 if m.group(1) == "first" else -1 - int(m.group(2) or 0)
        return (self.stamps[at] + int(m.group(3) or 0)) & 0xffffffff


class Run:
    def __init__(self, k, path):
        self.k, self.path, self.line = k, path, 0
        self.flows, self.fds, self.seen = {}, {}, []
        self.frames = []  # (time, Segment) nobody asked for yet
        with open(path, encoding="utf-8") as f:
            self.lines = f.read().splitlines()

    def flow(self, port):
        if port not in self.flows:
            self.flows[port] = Flow(port)
        return self.flows[port]

    def counters(self):
        out = {}
        for path in ("/proc/net/netstat", "/proc/net/snmp"):
            rows = self.k.cat(path).splitlines()
            for head, body in zip(rows[::2], rows[1::2]):
                group, names = head.split(":")
                for n, v in zip(names.split(), body.split()[1:]):
                    out[n if group == "TcpExt:"[:-1] else group + n] = int(v)
        return out

    # ---- what comes out

    def listen_until(self, until, one=False):
        """Takes frames until then; with @one only until there is one"""
        while not (one and self.frames):
            at, data = self.k.take(until)
            if data is None:
                return
            if data[12:14] != b"\x08\x00":
                continue
            got = segment.parse(data[14:], self.flow)
            if got:
                self.frames.append((at, got[0]))
                self.seen.append(f"{at - self.start:9.4f} > {got[0]}")

    def quiet(self):
        if self.frames:
            raise Wrong(f"nobody expected {self.frames[0][1]} at {self.frames[0][0] - self.last:+.4f}")

    def expect(self, seg, early, late):
        for s in seg.pieces():
            lo, hi = self.last + early, self.last + late
            if self.k.exact:
                lo, hi = lo - 0.0012, hi + 0.0013 + (late / 8 if late > 0.06 else 0)
            else:
                lo, hi = lo - 0.005, hi + 0.03 + late / 8
            self.listen_until(hi, one=True)
            if not self.frames:
                raise Wrong(f"nothing was sent, not {s}")
            at, got = self.frames.pop(0)
            what = segment.difference(s, got)
            if what:
                raise Wrong(f"{what}: sent {got}")
            if not lo <= at <= hi:
                raise Wrong(f"time: sent after {at - self.last:.4f}")
            self.last, early, late = at, 0, 0.0005

    # ---- what goes in

    def inject(self, seg):
        flow = self.flow(seg.port)
        for s in seg.pieces():
            self.put(segment.build(s, flow))
            self.seen.append(f"{self.k.now() - self.start:9.4f} < {s}")

    def put(self, packet):
        macs = bytes.fromhex((MAC0 + MAC1).replace(":", ""))
        self.k.frame(macs + b"\x08\x00" + packet)

    def icmp(self, words):
        """icmp TYPE/CODE [mtu N] of SEGMENT"""
        m = re.match(r"^(\d+)/(\d+)(?: mtu (\d+))? of (.*)$", words)
        seg = segment.Segment(m.group(4))
        self.put(segment.build_icmp(int(m.group(1)), int(m.group(2)), int(m.group(3) or 0), seg,
                                    self.flow(seg.port)))

    # ---- calls

    def fd(self, words, default="c"):
        return words.pop(0) if words and re.match(r"^[a-z]$", words[0]) else default

    def new_socket(self, name):
        self.fds[name] = self.k.socket()
        self.k.set(self.fds[name], 6, 13, "cubic")
        return 0

    def do_call(self, verb, w):
        k, name = self.k, self.fd(w, "l" if verb in ("listen", "accept") else "c")
        if verb == "socket":
            return self.new_socket(name)
        if verb in ("listen", "connect", "bind") and name not in self.fds:
            self.new_socket(name)
        fd = self.fds[name]
        if verb == "listen":
            k.set(fd, 1, 2, 1)
            k.address("bind", fd, LOCAL, 80)
            return k.call("listen", fd, int(w[0]) if w else 5)
        if verb == "bind":
            return k.address("bind", fd, LOCAL, int(w[0]))
        if verb == "connect":
            port = int(w[0]) if w else 4000
            out = k.address("connect", fd, REMOTE, port)
            self.flow(port).local_port = k.call("port", fd)
            return out
        if verb == "accept":
            out = k.call("accept", fd)
            if out >= 0:
                self.fds[w[0] if w else "c"] = out
                k.set(out, 6, 13, "cubic")
            return min(out, 0)
        if verb in ("write", "read"):
            flags = sum(getattr(socket, f) for f in w[1:])
            return k.call(verb, fd, int(w[0]), flags)
        if verb == "shutdown":
            return k.call("shutdown", fd, ("rd", "wr", "rdwr").index(w[0]))
        if verb == "close":
            del self.fds[name]
            return k.call("close", fd)
        if verb == "set":
            return k.set(fd, *NAMES[w[0]], w[1] if w[1][0].isalpha() else int(w[1]))
        if verb == "get":
            out = k.get(fd, *NAMES[w[0]])
            return out if isinstance(out, int) else struct.unpack("i", out[:4])[0]
        raise SyntaxError(f"no such call: {verb}")

    def result(self, got, want):
        if want is None:
            want = "ok"
        if want == "ok":
            if got < 0:
                raise Wrong(f"failed: {errno.errorcode.get(-got, got)}")
            return
        number = -getattr(errno, want.lstrip("-")) if want.lstrip("-")[0] == "E" else int(want)
        if got != number:
            raise Wrong(f"returned {errno.errorcode.get(-got, got) if got < 0 else got}")

    def do_info(self, w):
        raw = self.k.get(self.fds[self.fd(w)], 6, 11)
        if isinstance(raw, int):
            raise Wrong(f"no TCP_INFO: {raw}")
        raw += bytes(300)  # older headers know fewer of them
        names = dict(zip(INFO_NAMES, struct.unpack("=" + INFO, raw[:struct.calcsize("=" + INFO)])))
        for item in w:
            name, op, want = re.match(r"^(\w+)(<=|>=|!=|[=<>])(\w+)$", item).groups()
            got = names[name]
            if name == "state":
                want = STATES.index(want)
            elif name == "ca_state":
                want = CA.index(want)
            if not COMPARE[op](got, int(want)):
                raise Wrong(f"{name} is {got}")

    def do_poll(self, w):
        got = self.k.call("poll", self.fds[self.fd(w)])
        names = {n for n in ("IN", "OUT", "ERR", "HUP", "PRI") if got & getattr(select, "POLL" + n)}
        if names != set(w):
            raise Wrong(f"ready for {' '.join(sorted(names))}")

    def do_count(self, w):
        """count NAME=N ...: since the script began"""
        now = self.counters()
        for item in w:
            name, op, want = re.match(r"^(\w+)(<=|>=|!=|[=<>])(-?\d+)$", item).groups()
            got = now.get(name, 0) - self.base.get(name, 0)
            if not COMPARE[op](got, int(want)):
                raise Wrong(f"{name} is {got}")

    # ---- the script

    def step(self, text):
        m = re.match(r"^\+?([\d.]+)(?:~([\d.]+))? (.*)$", text)
        if not m:
            raise SyntaxError(text)
        early = float(m.group(1))
        late = float(m.group(2) or early)
        action = m.group(3)
        if action.startswith("> "):
            self.expect(segment.Segment(action[2:]), early, late)
            return
        if early:
            self.listen_until(self.last + early)
        elif self.k.exact or not action.startswith("<"):
            # a moment for what is not expected; not between two segments that come together
            self.listen_until(self.k.now() + (0.0002 if self.k.exact else 0.003))
        self.quiet()
        began = self.k.now()
        if action.startswith("$ "):
            if self.k.sh(action[2:]):
                raise Wrong("the command failed")
        elif action.startswith("< icmp "):
            self.icmp(action[7:])
        elif action.startswith("< "):
            self.inject(segment.Segment(action[2:]))
        else:
            self.act(action)
        # what the action sets off is measured from its beginning
        self.last = began

    def act(self, action):
        call, _, want = action.partition(" = ")
        w = call.split()
        verb = w.pop(0)
        if verb == "info":
            self.do_info(w)
        elif verb == "poll":
            self.do_poll(w)
        elif verb == "count":
            self.do_count(w)
        elif verb == "nothing":
            return
        else:
            self.result(self.do_call(verb, w), want or None)

    def start_up(self):
        if self.k.sh(SETUP.replace("\n", "; ")):
            raise Wrong("set-up")
        for n, line in enumerate(self.lines):
            if line.startswith("$ ") and self.k.sh(line[2:]):
                self.line = n + 1
                raise Wrong("the command failed")
        if self.k.wire("tcp1") < 0:
            raise Wrong("no packet socket")
        self.base = self.counters()
        self.start = self.last = self.k.now()

    def play(self):
        self.start_up()
        for n, line in enumerate(self.lines):
            self.line = n + 1
            line = line.split("#")[0].strip()
            if line and not line.startswith("$ "):
                self.step(line)
        self.listen_until(self.k.now() + (0.001 if self.k.exact else 0.01))
        self.quiet()


def run_one(k, path, verbose):
    r = Run(k, path)
    try:
        r.play()
        k.end()
    except (Wrong, RuntimeError, SyntaxError, KeyError, ValueError, AttributeError) as e:
        print(f"{path}:{r.line}: {type(e).__name__ + ': ' if not isinstance(e, Wrong) else ''}{e}")
        print(f"    in: {r.lines[r.line - 1] if r.line else ''}")
        print("\n".join("    " + s for s in r.seen[-12:]))
        return 1
    if verbose:
        print("\n".join("    " + s for s in r.seen))
    return 0


def main(argv):
    verbose = "-v" in argv
    argv = [a for a in argv if a != "-v"]
    if argv[0] == "--inside":
        k = kernel.Real() if argv[1] == "real" else kernel.Sim(argv[1])
        return run_one(k, argv[2], verbose)
    real = argv[0] == "--real"
    scripts = []
    for a in argv[1:] if real else argv[2:]:
        scripts += sorted(glob.glob(a + "/*.seg")) if os.path.isdir(a) else [a]
    if real and kernel.no_namespaces():
        print("no user namespaces here")
        return 77

    def one(script):
        me = [sys.executable, os.path.abspath(__file__), "--inside"]
        me += ["real" if real else argv[1], script] + (["-v"] if verbose else [])
        # a real clock is easily late on a busy machine: once more, then it counts
        for again in range(2 if real else 1):
            done = subprocess.run((["unshare", "-Urnm"] if real else []) + me, check=False,
                                  stdout=subprocess.PIPE, text=True)
            if not done.returncode or again or not real:
                break
        return done.returncode, done.stdout

    with concurrent.futures.ThreadPoolExecutor(4 if real else 2) as pool:
        bad = 0
        for status, text in pool.map(one, scripts):
            print(text, end="")
            bad += status != 0
    print(f"{len(scripts) - bad} of {len(scripts)} scripts hold")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
