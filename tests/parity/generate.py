#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""generate.py - write random networking scripts for the comparison with the real kernel.

usage: generate.py --seed N --count N --out DIR

The same seed gives the same scripts. A script builds a network (topology.py), looks around, and
lives through episodes: something is changed, packets go, tables are listed, some changes are
undone. The mistakes of a person are built in on purpose, at a rate the script draws. Waits are
short and never end close to a kernel timer.
"""
import argparse
import os
import random
import re

import topology
import vocabulary


class Script(topology.Topology):
    """A network and what happens to it."""

    # ------------------------------------------------------------ who and where
    def any_addr(self):
        """An address: of the script, but for one in twenty."""
        if not self.addrs or self.chance(5):
            return self.rng.choice(['10.1.0.200', '8.8.8.8', '10.2.0.9', '127.0.0.1',
                                    '10.1.0.255', '192.168.3.4'])
        return self.rng.choice(self.addrs)[2]

    def any_dev(self, ns):
        devs = [d for n, d in self.ports if n == ns] + [b for n, b in self.bridges if n == ns]
        return self.rng.choice(devs) if devs else 'lo'

    def any_place(self):
        return self.rng.choice(self.hosts + self.hosts + [b[0] for b in self.bridges])

    def net_of(self, addr):
        return addr.rsplit('.', 1)[0] + '.0/24'

    def pair(self):
        """(namespace, address) of two that should reach each other."""
        if self.good and self.chance(96):
            return self.rng.choice(self.good)
        return self.rng.choice(self.hosts), self.any_addr()

    def way(self):
        """(namespace on the way, source and destination address) of a pair."""
        ns, dst = self.pair()
        mine = [a for n, _, a, _ in self.addrs if n == ns] or ['10.1.0.1']
        at = [n for n, _, a, _ in self.addrs if a == dst] or [ns]
        place = self.rng.choice([ns, at[0]] + self.routers + [b[0] for b in self.bridges])
        return place, self.rng.choice(mine), dst

    # ------------------------------------------------------------ traffic
    def ping(self, ns=None, dst=None):
        if not ns:
            ns, dst = self.pair()
        opts = '-c 1 -W %s' % ('4' if self.chance(3) else '0.4')
        if self.chance(12):
            opts = '-c %d -i 0.2 -W 0.4' % self.rng.choice([2, 2, 3])
        for text, percent in vocabulary.PING_OPTIONS:
            if self.chance(percent):
                opts += ' ' + self.filled(ns, text)
        self.run(ns, 'ping %s %s' % (opts, dst))

    def server(self):
        """Somebody listens, somebody connects, both are looked at."""
        ns, dst = self.pair()
        at = [n for n, _, a, _ in self.addrs if a == dst]
        if not at or self.chance(10):
            self.probe()
            return
        port = self.rng.choice(['80', '80', '53', '8080', '5000'])
        self.serve(self.rng.choice(vocabulary.SERVERS), ns, at[0], dst, port, port)

    def serve(self, text, client, server, dst, port, to):
        for name, value in (('{a}', client), ('{b}', server)):
            text = text.replace('ip netns exec %s ' % name, '' if value == 'host' else
                                'ip netns exec %s ' % value)
        self.add(text.replace('{dst} {p}', '%s %s' % (dst, to)).replace(
            '{dst}:{p}', '%s:%s' % (dst, to)).replace('{p}', port))

    def probe(self):
        ns, dst = self.pair()
        line = self.rng.choice(vocabulary.PROBES)
        self.run(ns, self.filled(ns, line.replace('{addr}', dst)))

    def traffic(self):
        at = self.rng.randrange(100)
        (self.ping if at < 72 else self.probe if at < 90 else self.server)()

    # ------------------------------------------------------------ lines of the vocabulary
    def filled(self, ns, line, extra=()):
        """A line with its names filled in."""
        table = {'dev': lambda: self.any_dev(ns), 'addr': self.any_addr, 'mac': self.mac,
                 'net': lambda: self.net_of(self.any_addr()), 'ns': self.any_place,
                 'n': lambda: str(self.rng.randrange(3)),
                 'own': lambda: self.own(ns), 'some': lambda: str(self.rng.randint(1, 9))}
        table.update(extra)
        return re.sub(r'\{(\w+)\}', lambda m: table[m.group(1)](), line)

    def own(self, ns):
        return self.rng.choice([a for n, _, a, _ in self.addrs if n == ns] or ['10.1.0.1'])

    def word(self, lines, ns=None):
        ns = ns or self.any_place()
        self.run(ns, self.filled(ns, self.rng.choice(lines)))

    def bridge_word(self):
        if not self.members:
            self.word(vocabulary.CHANGES)
            return
        where, bridge, port = self.rng.choice(self.members)
        station = self.stations[port]
        self.run(where, self.filled(where, self.rng.choice(vocabulary.BRIDGE), {
            'br': lambda: bridge, 'port': lambda: port, 'far': lambda: self.owner[station]}))

    def listing(self):
        where = self.any_place()
        if self.members and self.chance(25):
            where, bridge, port = self.rng.choice(self.members)
            self.run(where, self.filled(where, self.rng.choice(vocabulary.BRIDGE_LISTINGS), {
                'br': lambda: bridge, 'port': lambda: port}))
        elif self.chance(65):
            self.word(vocabulary.LISTINGS, where)
        else:
            self.word(vocabulary.RARE_LISTINGS, where)

    # ------------------------------------------------------------ rules
    def rule(self, harmful):
        """An iptables rule on somebody's way: what it does, how it is undone."""
        ns, src, dst = self.way()
        table = self.rng.choice(['filter'] * 5 + ['mangle'] * 2 + ['raw'])
        chain = self.rng.choice({'filter': ['INPUT', 'FORWARD', 'FORWARD', 'OUTPUT'],
                                 'raw': ['PREROUTING', 'OUTPUT'],
                                 'mangle': ['PREROUTING', 'FORWARD', 'POSTROUTING', 'INPUT',
                                            'OUTPUT']}[table])
        if table != 'filter' and self.chance(3):
            table = 'security' if chain in ('INPUT', 'FORWARD', 'OUTPUT') else table
        words = []
        if self.chance(35):
            words.append(self.rng.choice(['-s ' + src, '-d ' + dst, '-s %s -d %s' % (src, dst),
                                          '-s ' + self.net_of(src), '! -d ' + dst]))
        if self.chance(20):
            sides = {'INPUT': 'i', 'PREROUTING': 'i', 'OUTPUT': 'o', 'POSTROUTING': 'o',
                     'FORWARD': 'io'}[chain]
            words.append('-%s %s' % (self.rng.choice(sides), self.any_dev(ns)))
        if self.chance(75):
            words.append(self.filled(ns, self.rng.choice(vocabulary.MATCHES)))
        targets = vocabulary.HARMFUL[table] if harmful else vocabulary.HARMLESS.get(
            table, vocabulary.HARMLESS['filter'])
        target = self.filled(ns, self.rng.choice(targets))
        if 'owner' in ' '.join(words) and chain not in ('OUTPUT', 'POSTROUTING'):
            chain = 'OUTPUT'
        if 'physdev' in ' '.join(words) and chain == 'OUTPUT':
            chain = 'FORWARD' if table != 'raw' else 'PREROUTING'
        if 'mac-source' in ' '.join(words) and chain in ('OUTPUT', 'POSTROUTING'):
            chain = 'PREROUTING' if table in ('raw', 'mangle') else 'INPUT'
        if ('tcp-reset' in target or 'TCPMSS' in target) and '-p tcp' not in ' '.join(words):
            words = ['-p tcp --tcp-flags SYN,RST SYN' if 'TCPMSS' in target else '-p tcp']
        if 'rpfilter' in ' '.join(words):
            table, chain = 'raw', 'PREROUTING'
            target = '-j DROP' if harmful else ''
        body = ' '.join(w for w in [chain] + words + [target] if w)
        head = 'iptables' + (' -t ' + table if table != 'filter' else '')
        self.run(ns, '%s %s %s' % (head, self.rng.choice(['-A', '-A', '-I']), body))
        return ns, '%s -D %s' % (head, body)

    def nat(self):
        """A rule of the nat table, where a flow of a pair meets it."""
        ns, src, dst = self.way()
        chain = self.rng.choice(['PREROUTING', 'POSTROUTING', 'POSTROUTING', 'OUTPUT', 'INPUT'])
        words = [self.rng.choice(['-s %s' % src if chain != 'OUTPUT' else '-d %s' % dst,
                                  '-d %s' % dst, '-p icmp', '-p tcp --dport 80', '-p udp', '',
                                  '-p tcp'])]
        proto = '-p tcp' in words[0] or '-p udp' in words[0]
        line = self.rng.choice(vocabulary.NAT[chain] + (vocabulary.NAT_PORTS[chain] if proto else ()))
        body = ' '.join(w for w in [chain, words[0], self.filled(ns, line)] if w)
        self.run(ns, 'iptables -t nat %s %s' % (self.rng.choice(['-A', '-I']), body))
        return ns, 'iptables -t nat -D %s' % body

    def publish(self):
        """A port of a router that leads to a station behind it."""
        if not self.routers:
            return self.nat()
        ns = self.rng.choice(self.routers)
        inner = self.rng.choice(self.addrs)
        outer = self.rng.choice([n for n in self.hosts if n != ns])
        self.run(ns, 'iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination '
                     '%s:80' % inner[2])
        self.serve(vocabulary.SERVERS[0], outer, inner[0], self.own(ns), '80', '8080')
        return None

    # ------------------------------------------------------------ changes that matter
    def cut(self):
        """Something on a way breaks; the line that mends it, if there is one."""
        ns, dst = self.pair()
        place, src, _ = self.way()
        dev = self.any_dev(place)
        kind = self.rng.randrange(9)
        if kind == 0:
            self.run(place, 'ip link set %s down' % dev)
            return place, 'ip link set %s up' % dev
        if kind == 1:
            what = self.rng.choice(['blackhole', 'unreachable', 'prohibit'])
            where = self.rng.choice([ns] + self.routers)
            self.run(where, 'ip route add %s %s' % (what, dst))
            return where, 'ip route del %s' % (dst if self.chance(50) else what + ' ' + dst)
        if kind == 2 and self.routers:
            where = self.rng.choice(self.routers)
            self.run(where, 'sysctl -w net.ipv4.ip_forward=0')
            return where, 'sysctl -w net.ipv4.ip_forward=1'
        if kind == 3:
            chain = self.rng.choice(['INPUT', 'FORWARD', 'OUTPUT'])
            self.run(place, 'iptables -P %s DROP' % chain)
            return place, self.rng.choice([
                'iptables -P %s ACCEPT' % chain, 'iptables -A %s -j ACCEPT' % chain,
                'iptables -A %s -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT' % chain])
        if kind == 4:
            wid, adev, addr, plen = self.rng.choice(self.addrs)
            self.run(wid, 'ip addr del %s/%d dev %s' % (addr, plen, adev))
            return wid, 'ip addr add %s/%d dev %s' % (addr, plen, adev)
        if kind == 5 and self.members:
            where, bridge, port = self.rng.choice(self.members)
            self.run(where, 'ip link set %s nomaster' % port)
            return where, 'ip link set %s master %s' % (port, bridge)
        if kind == 6:
            self.run(ns, 'ip rule add %s %s pref %d' % (
                self.rng.choice(['to ' + dst, 'from ' + src]),
                self.rng.choice(['blackhole', 'unreachable', 'prohibit', 'table 100']),
                self.rng.choice([10, 77, 32000])))
            return ns, self.rng.choice(['ip rule flush', 'ip rule del to %s' % dst])
        if kind == 7 and self.gateway_of:
            where = self.rng.choice(sorted(self.gateway_of))
            self.run(where, 'ip route del default')
            return where, 'ip route add default via %s' % self.gateway_of[where]
        return self.rule(True)

    def renumber(self):
        """Somebody gets another address in the same net, for good or beside the old one."""
        i = self.rng.randrange(len(self.addrs))
        ns, dev, addr, plen = self.addrs[i]
        new = '%s.%d' % (addr.rsplit('.', 1)[0], self.rng.randint(60, 90))
        self.run(ns, 'ip addr add %s/%d dev %s' % (new, plen, dev))
        if self.chance(50):
            self.run(ns, 'ip addr del %s/%d dev %s' % (addr, plen, dev))
            self.addrs[i] = (ns, dev, new, plen)
            if ns in self.gateway_of and not self.mistake():
                self.run(ns, 'ip route replace default via %s' % self.gateway_of[ns])
            if addr in self.gateway_of.values() and not self.mistake():
                for who in sorted(n for n, g in self.gateway_of.items() if g == addr):
                    self.gateway_of[who] = new
                    self.run(who, 'ip route replace default via %s' % new)
            self.good = [(a, new if b == addr else b) for a, b in self.good]
        else:
            self.addrs.append((ns, dev, new, plen))
            self.good += [(a, new) for a, b in self.good if b == addr]

    def flap(self):
        """A cable is pulled for a moment; the routes it took with it are added again."""
        ns, dev = self.rng.choice(self.ports)
        self.run(ns, 'ip link set %s down' % dev)
        if self.chance(30):
            self.traffic()
        self.run(ns, 'ip link set %s up' % dev)
        if ns in self.gateway_of and self.chance(85):
            self.run(ns, 'ip route add default via %s' % self.gateway_of[ns])

    def policy(self):
        """A table of its own for some packets, with the same or no way out."""
        ns = self.rng.choice(sorted(self.gateway_of) or self.hosts)
        what = self.filled(ns, self.rng.choice(vocabulary.SELECTORS))
        via = self.gateway_of.get(ns)
        self.run(ns, 'ip route add default %s table 100' % (
            'via ' + via if via else 'dev ' + self.any_dev(ns)))
        self.run(ns, 'ip rule add %s lookup 100' % what)
        if 'fwmark' in what:
            self.run(ns, 'iptables -t mangle -A OUTPUT -p icmp -j MARK --set-mark 5')

    def newcomer(self):
        """One more station on a bridge."""
        if not self.members or any(n == 'late' for n in self.hosts):
            self.renumber()
            return
        where, bridge, _ = self.rng.choice(self.members)
        net = [a for n, _, a, _ in self.addrs if n == self.stations[self.members[0][2]][0]][0]
        self.namespace('late')
        self.station(where, bridge, int(net.split('.')[1]), 'late', 44)
        self.good += [('late', b) for _, b in self.good[:4]] + [(self.good[0][0], self.own('late'))
                                                                for _ in range(2) if self.good]

    def neighbour(self):
        """An entry of the neighbour table: the right address, or another one."""
        ns, dst = self.pair()
        at = [(n, d) for n, d, a, _ in self.addrs if a == dst and (n, d) in self.owner]
        dev = self.any_dev(ns)
        mac = self.owner[at[0]] if at and self.chance(80) else self.mac()
        self.run(ns, 'ip neigh replace %s lladdr %s dev %s nud %s' % (
            dst, mac, dev, self.rng.choice(['permanent', 'stale', 'reachable', 'noarp', 'delay'])))

    def narrow(self):
        """A smaller MTU somewhere, then packets that do not fit."""
        ns, dev = self.rng.choice(self.ports)
        self.run(ns, 'ip link set %s mtu %d' % (dev, self.rng.choice([1400, 1000, 576, 9000])))
        where, dst = self.pair()
        for size in self.rng.choice([(1472,), (1200, 1200), (3000,), (1472, 1473)]):
            self.run(where, 'ping -c 1 -W 0.4 -s %d%s %s' % (
                size, self.rng.choice(["", " -M do", " -M want", " -M dont"]), dst))
        self.run(where, self.rng.choice(['ip route get %s' % dst, 'ip route show cache',
                                         'tracepath -n -m 4 %s' % dst]))

    def gone(self):
        ns = self.rng.choice([n for n in self.hosts if n != 'host'])
        self.sleep(3.5)     # what waits for an answer to ARP keeps the namespace
        self.add('ip netns del %s' % ns)
        self.sleep(0.3)
        for kept in ('hosts', 'ports', 'addrs', 'bridges', 'members'):
            setattr(self, kept, [x for x in getattr(self, kept)
                                 if (x if kept == 'hosts' else x[0]) != ns])
        self.good = [g for g in self.good if g[0] != ns]
        self.routers = [r for r in self.routers if r != ns]
        self.gateway_of.pop(ns, None)

    def setting(self):
        ns = self.any_place()
        line = self.filled(ns, self.rng.choice(vocabulary.SYSCTLS), {
            'where': lambda: self.rng.choice([self.any_dev(ns), 'all'])})
        if 'proxy_arp=' in line:
            self.proxy_arp(ns, self.any_dev(ns))
        else:
            self.sysctl(ns, *line.split('='))

    # ------------------------------------------------------------ episodes
    def mild(self):
        """A change that should leave everybody reachable, or nearly."""
        self.rng.choice(
            [lambda: self.rule(False)] * 5 + [self.nat] + [self.publish] * 2 +
            [self.renumber, self.renumber, self.flap, self.policy, self.newcomer, self.neighbour,
             self.narrow, self.setting, self.setting, self.bridge_word, self.bridge_word, self.bridge_word,
             lambda: self.word(vocabulary.CHANGES), lambda: self.word(vocabulary.CHANGES),
             lambda: self.word(vocabulary.ROUTES)])()

    def episode(self):
        mend = None
        if self.chance(20):
            mend = self.cut()
        else:
            for _ in range(self.rng.randint(1, 2)):
                self.mild()
        for _ in range(self.rng.randint(1, 2)):
            self.traffic()
        for _ in range(self.rng.randint(1, 2)):
            self.listing()
        if mend and self.chance(85):
            self.run(*mend)
            for ns in sorted(self.gateway_of):
                if ns == mend[0] and ('link set' in mend[1] or 'addr add' in mend[1]) and \
                        self.chance(80):
                    self.run(ns, 'ip route replace default via %s' % self.gateway_of[ns])
            self.traffic()

    def script(self):
        self.build()
        for _ in range(self.rng.randrange(3)):
            self.mild()
        self.sleep(1.2)
        for _ in range(self.rng.randint(1, 3)):
            self.traffic()
        for _ in range(self.rng.randint(1, 2)):
            self.listing()
        for _ in range(self.rng.randint(2, 3)):
            self.episode()
        if len(self.hosts) > 2 and self.chance(5):
            self.gone()
            self.traffic()
        for _ in range(self.rng.randint(1, 2)):
            self.listing()
        return '\n'.join(['# random script'] + self.lines) + '\n'


def text_of(seed):
    """The script of a seed."""
    return Script(random.Random(seed)).script()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--count', type=int, default=10)
    ap.add_argument('--out', default='.')
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    for seed in range(a.seed, a.seed + a.count):
        with open(os.path.join(a.out, 'r%06d.sh' % seed), 'w', encoding='ascii') as f:
            f.write(text_of(seed))


if __name__ == '__main__':
    main()
