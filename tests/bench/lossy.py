#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""lossy.py NETGLASS [COUNT [FIRST_SEED]] - transfers of 1 MB over bad links

Each seed draws its own link: up to 20 % of loss, duplication, reordering and corruption, some delay. Every byte
must arrive as it was sent; in 95 of 100 transfers something must have been sent again; virtual time stays
below two hours. COUNT 1000 is the long run, the suite takes a few.
"""
import random
import subprocess
import sys
import tempfile

LINES = 160000
LIMIT_S = 7200

SCRIPT = """\
ip netns add red
ip netns add blue
ip link add v0 type veth peer name v1
ip link set v0 netns red
ip link set v1 netns blue
ip -n red addr add 10.0.0.1/24 dev v0
ip -n blue addr add 10.0.0.2/24 dev v1
ip -n red link set v0 up
ip -n blue link set v1 up
ip netns exec red ping -c 1 10.0.0.2 > /dev/null
ip netns exec red tc qdisc add dev v0 root netem {link}
ip netns exec blue tc qdisc add dev v1 root netem {back}
ip netns exec blue nc -l 10.0.0.2 5000 > /tmp/got &
sleep 1
seq 1 {lines} | ip netns exec red nc -N 10.0.0.2 5000
echo "status $?"
ip netns exec red cat /proc/net/snmp | grep ^Tcp: | tail -n 1 | cut -d ' ' -f 13
cut -d ' ' -f 1 /proc/uptime
wait
cat /tmp/got
"""


def link(rnd):
    kind = rnd.choice(["loss", "duplicate", "reorder", "corrupt", "all"])
    share = rnd.uniform(1, 20)
    delay = rnd.choice([1, 5, 20])
    words = ["delay %dms" % delay]
    if kind == "all":
        share /= 4
    for word in ("loss", "duplicate", "corrupt", "reorder"):
        if kind in (word, "all"):
            words.append("%s %.2f%%" % (word, share))
    if kind in ("duplicate", "reorder"):
        words.append("loss %.2f%%" % max(1.0, share / 5))
    return " ".join(words)


def transfer(netglass, seed):
    rnd = random.Random(seed)
    forth, back = link(rnd), "delay 1ms loss %.2f%%" % rnd.uniform(0, 10)
    with tempfile.NamedTemporaryFile("w", suffix=".sh") as f:
        f.write(SCRIPT.format(link=forth, back=back, lines=LINES))
        f.flush()
        p = subprocess.run([netglass, "run", "--seed=%d" % seed, f.name], capture_output=True, text=True,
                           errors="replace", timeout=600)
    head = p.stdout.split("\n", 3)
    if len(head) < 4:
        return "no answer: %s" % p.stderr[:200], 0
    status, again, when, got = head
    if status == "status 0" and got != WANT:
        return "bytes differ", int(again)
    if not WANT.startswith(got):
        return "bytes are wrong", int(again)
    if status != "status 0":
        return "%s %s" % (status, p.stderr[:100]), int(again)
    if float(when) > LIMIT_S:
        return "%s s of virtual time" % when, int(again)
    return "", int(again)


WANT = "".join("%d\n" % i for i in range(1, LINES + 1))


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    bad = again = 0
    for seed in range(first, first + count):
        why, retransmitted = transfer(sys.argv[1], seed)
        again += retransmitted > 0
        if why:
            bad += 1
            print("seed %d: %s" % (seed, why))
    print("%d transfers of %d bytes, %d failed, %d with retransmissions" % (count, len(WANT), bad, again))
    return 1 if bad or again * 100 < 95 * count else 0


if __name__ == "__main__":
    sys.exit(main())
