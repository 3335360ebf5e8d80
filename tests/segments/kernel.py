#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""The two kernels a script runs on: the simulated one (a program that answers lines) and the real one.

Both offer the same calls; time is in seconds, errors are negative numbers.
"""
import select
import socket
import struct
import subprocess
import time


class Sim:
    """The simulated kernel: sim.c"""
    exact = True

    def __init__(self, program):
        self.proc = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     text=True, bufsize=1)

    def ask(self, *words):
        self.proc.stdin.write(" ".join(map(str, words)) + "\n")
        self.proc.stdin.flush()
        line = self.proc.stdout.readline()
        if not line:
            raise RuntimeError(f"the simulated kernel died at: {words}"[:200])
        return line.rstrip("\n")

    def call(self, *words):
        return int(self.ask(*words))

    def end(self):
        self.proc.stdin.close()
        if self.proc.wait(timeout=60):
            raise RuntimeError(f"the simulated kernel ended with {self.proc.returncode}")

    def sh(self, text):
        return self.call("sh", text)

    def wire(self, name):
        return self.call("wire", name)

    def now(self):
        return self.call("now") / 1e9

    def frame(self, data):
        return self.call("frame", data.hex())

    def take(self, until):
        words = self.ask("take", round(until * 1e9)).split()
        return int(words[0]) / 1e9, bytes.fromhex(words[1]) if len(words) > 1 else None

    def cat(self, path):
        return bytes.fromhex(self.ask("cat", path)).decode()

    def socket(self):
        return self.call("socket")

    def set(self, fd, level, name, val):
        return self.call("set", fd, level, name, f"={val}" if isinstance(val, str) else val)

    def get(self, fd, level, name):
        out = self.ask("get", fd, level, name)
        return int(out) if out.startswith("-") else bytes.fromhex(out)

    def address(self, which, fd, addr, port):
        return self.call(which, fd, addr.hex(), port)


class Real:
    """This machine's kernel, in namespaces of our own"""
    exact = False

    def __init__(self):
        self.fds = {}
        self.offset = time.monotonic() - time.time()

    def end(self):
        pass

    def sh(self, text):
        return subprocess.run(["sh", "-c", text], check=False).returncode

    def wire(self, name):
        s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
        s.setsockopt(socket.SOL_SOCKET, 35, 1)  # SO_TIMESTAMPNS
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        s.bind((name, 0x0800))
        s.setblocking(False)
        self.packets = s
        # one segment at a time, as after ethtool -K ... gso off on a kernel that obeys it
        self.sh("ip link set tcp0 gso_max_segs 1")
        return 0

    def now(self):
        return time.monotonic()

    def frame(self, data):
        return self.packets.send(data)

    def take(self, until):
        while True:
            left = until - time.monotonic()
            if not select.select([self.packets], [], [], max(left, 0))[0]:
                return time.monotonic(), None
            data, anc, _, addr = self.packets.recvmsg(70000, 256)
            if addr[2] == 4:  # PACKET_OUTGOING: our own
                continue
            sec, nsec = struct.unpack("qq", anc[0][2])
            return sec + nsec / 1e9 + self.offset, data

    def cat(self, path):
        with open(path, encoding="ascii") as f:
            return f.read()

    def socket(self):
        s = socket.socket()
        s.setblocking(False)
        self.fds[s.fileno()] = s
        return s.fileno()

    @staticmethod
    def guarded(fn, *args):
        try:
            out = fn(*args)
        except OSError as e:
            return -e.errno
        return out or 0

    def set(self, fd, level, name, val):
        if isinstance(val, str):
            val = val.encode()
        elif level == socket.SOL_SOCKET and name == socket.SO_LINGER:
            val = struct.pack("ii", 1, val)
        return self.guarded(self.fds[fd].setsockopt, level, name, val)

    def get(self, fd, level, name):
        return self.guarded(self.fds[fd].getsockopt, level, name, 512)

    def address(self, which, fd, addr, port):
        return self.guarded(getattr(self.fds[fd], which), (socket.inet_ntoa(addr), port))

    def call(self, what, fd, *args):
        s = self.fds[fd]
        if what == "accept":
            try:
                child, _ = s.accept()
            except OSError as e:
                return -e.errno
            child.setblocking(False)
            self.fds[child.fileno()] = child
            return child.fileno()
        if what == "write":
            return self.guarded(s.send, bytes(args[0]), args[1] | socket.MSG_NOSIGNAL)
        if what == "read":
            out = self.guarded(s.recv, args[0], args[1])
            return len(out) if isinstance(out, bytes) else out
        if what == "close":
            s.close()
            del self.fds[fd]
            return 0
        if what == "poll":
            p = select.poll()
            p.register(fd, 0x2007)
            got = p.poll(0)
            return got[0][1] if got else 0
        if what == "port":
            return s.getsockname()[1]
        return self.guarded(getattr(s, what), *args)  # listen, shutdown


def no_namespaces():
    return subprocess.run(["unshare", "-Urnm", "true"], check=False,
                          stderr=subprocess.DEVNULL).returncode != 0
