#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""generate.py - write random networking scripts for the comparison with the real kernel.

usage: generate.py --seed N --count N --out DIR [--long] [--histogram]

The same seed gives the same scripts. A script builds 2-5 namespaces, looks around, changes
something, looks again. Mistakes a person makes are built in on purpose: a missing `up`, a
wrong prefix, a gateway nobody owns. Every MAC address is fixed, so that the address of a
bridge does not depend on chance. Waits are short and never end close to a kernel timer.
"""
import argparse
import collections
import os
import random

import vocabulary

NAMES = ['red', 'blue', 'green', 'gold', 'pink']


class Topology:
    """What exists so far, and the lines that made it."""

    def __init__(self, rng, long_waits):
        self.rng = rng
        self.long_waits = long_waits
        self.lines = []
        self.hosts = []         # namespaces with addresses; 'host' is the first one
        self.ports = []         # (namespace, device)
        self.bridges = []       # (namespace, bridge)
        self.members = []       # (namespace, bridge, port)
        self.addrs = []         # (namespace, device, address, prefix length)
        self.routers = []
        self.macs = 0
        self.waited = 0.0
        self.nat = False
        self.has_conntrack = False

    # ------------------------------------------------------------ small helpers
    def chance(self, percent):
        return self.rng.randrange(100) < percent

    def add(self, line):
        self.lines.append(line)

    def run(self, ns, line):
        """One command inside a namespace."""
        if ns == 'host':
            self.add(line)
        elif line.startswith(('ip ', 'bridge ')) and self.chance(70):
            tool, rest = line.split(' ', 1)
            self.add('%s -n %s %s' % (tool, ns, rest))
        else:
            self.add('ip netns exec %s %s' % (ns, line))

    def mac(self):
        self.macs += 1
        high = self.rng.choice([0x02, 0x02, 0x0a, 0x42])
        return '%02x:00:00:00:%02x:%02x' % (high, self.rng.randrange(4), self.macs)

    def up(self, ns, dev, percent=96):
        if self.chance(percent):
            self.run(ns, 'ip link set %s up' % dev)

    def namespace(self, name):
        self.add('ip netns add %s' % name)
        if self.chance(75):
            self.run(name, 'ip link set lo up')

    def veth(self, ns1, dev1, ns2, dev2):
        self.add('ip link add %s address %s type veth peer name %s address %s'
                 % (dev1, self.mac(), dev2, self.mac()))
        for ns, dev in ((ns1, dev1), (ns2, dev2)):
            if ns != 'host':
                self.add('ip link set %s netns %s' % (dev, ns))
            self.ports.append((ns, dev))

    def address(self, ns, dev, addr, plen):
        if self.chance(5):
            plen = self.rng.choice([32, 25, 30, 16, 28])
        if self.chance(3):
            addr = addr.replace('10.', '10.9', 1)
        extra = self.rng.choice([''] * 12 + [' brd +', ' noprefixroute', ' label %s:1' % dev,
                                            ' scope link', ' metric 50'])
        self.run(ns, 'ip addr add %s/%d%s dev %s' % (addr, plen, extra, dev))
        self.addrs.append((ns, dev, addr, plen))

    def sleep(self, seconds):
        self.add('sleep %s' % seconds)
        self.waited += seconds

    # ------------------------------------------------------------ shapes
    def bridge(self, ns, name):
        mac = ' address %s' % self.mac() if self.chance(20) else ''
        opts = self.rng.choice([''] * 8 + [' ageing_time 30000', ' mcast_snooping 0',
                                           ' nf_call_iptables 1', ' forward_delay 0'])
        self.run(ns, 'ip link add %s%s type bridge%s' % (name, mac, opts))
        self.bridges.append((ns, name))
        self.up(ns, name)

    def attach(self, ns, bridge, port):
        self.run(ns, 'ip link set %s master %s' % (port, bridge))
        self.members.append((ns, bridge, port))
        self.up(ns, port)

    def lan(self, where, bridge, net, names):
        """A bridge in namespace `where` with one station per name in 10.net.0.0/24."""
        self.bridge(where, bridge)
        for i, name in enumerate(names):
            dev, port = 'eth%d' % net, 'p-%s%d' % (name, net)
            self.veth(name, dev, where, port)
            self.attach(where, bridge, port)
            self.address(name, dev, '10.%d.0.%d' % (net, i + 11), 24)
            self.up(name, dev)

    def link(self, ns1, ns2, net):
        """A cable: ns1 gets .1, ns2 gets .2 of 10.net.0.0/24."""
        dev1, dev2 = 'to-%s' % ns2, 'to-%s' % ns1
        self.veth(ns1, dev1, ns2, dev2)
        self.address(ns1, dev1, '10.%d.0.1' % net, 24)
        self.address(ns2, dev2, '10.%d.0.2' % net, 24)
        self.up(ns1, dev1)
        self.up(ns2, dev2)

    def default_via(self, ns, gateway):
        if self.chance(8):
            gateway = gateway.rsplit('.', 1)[0] + '.77'
        if self.chance(93):
            self.run(ns, 'ip route add default via %s' % gateway)

    def router(self, ns):
        self.routers.append(ns)
        if self.chance(90):
            self.run(ns, 'sysctl -w net.ipv4.ip_forward=1')

    def shape_lan(self):
        names = NAMES[:self.rng.randint(2, 4)]
        where = self.rng.choice(['host', 'host', 'sw'])
        for name in names + ([where] if where != 'host' else []):
            self.namespace(name)
        self.lan(where, 'br0', 1, names)
        self.hosts = names
        if self.chance(60):
            self.address(where, 'br0', '10.1.0.1', 24)
            self.hosts = names + [where]
            if self.chance(50):
                for name in names:
                    self.default_via(name, '10.1.0.1')
            if self.chance(40):
                self.router(where)
                self.address(where, 'br0', '10.7.0.1', 24)
                self.address(names[0], 'eth1', '10.7.0.9', 24)

    def shape_two_bridges(self):
        names = NAMES[:self.rng.randint(2, 4)]
        for name in names:
            self.namespace(name)
        half = max(1, len(names) // 2)
        self.lan('host', 'br0', 1, names[:half])
        self.bridge('host', 'br1')
        self.veth('host', 't0', 'host', 't1')
        self.attach('host', 'br0', 't0')
        self.attach('host', 'br1', 't1')
        for i, name in enumerate(names[half:]):
            self.veth(name, 'eth1', 'host', 'q-%s' % name)
            self.attach('host', 'br1', 'q-%s' % name)
            self.address(name, 'eth1', '10.1.0.%d' % (i + 31), 24)
            self.up(name, 'eth1')
        self.hosts = names
        if self.chance(50):
            self.address('host', 'br1', '10.1.0.1', 24)
            self.hosts = names + ['host']

    def shape_chain(self):
        count = self.rng.randint(3, 4)
        names = NAMES[:count]
        for name in names:
            self.namespace(name)
        for i in range(count - 1):
            self.link(names[i], names[i + 1], i + 1)
        for name in names[1:-1]:
            self.router(name)
        self.default_via(names[0], '10.1.0.2')
        self.default_via(names[-1], '10.%d.0.1' % (count - 1))
        if count == 4:
            self.run(names[1], 'ip route add 10.3.0.0/24 via 10.2.0.2')
            self.run(names[2], 'ip route add 10.1.0.0/24 via 10.2.0.1')
        self.hosts = names

    def shape_gateway(self):
        """Stations on a bridge, a gateway (the bridge's owner), an outside host."""
        where = self.rng.choice(['host', 'gw'])
        names = NAMES[:self.rng.randint(1, 3)]
        for name in names + (['gw'] if where == 'gw' else []) + ['out']:
            self.namespace(name)
        self.lan(where, 'br0', 1, names)
        self.address(where, 'br0', '10.1.0.1', 24)
        self.link(where, 'out', 2)
        self.router(where)
        for name in names:
            self.default_via(name, '10.1.0.1')
        if self.chance(60):
            chosen = self.rng.choice(['-s 10.1.0.0/24 -j MASQUERADE',
                                      '-s 10.1.0.0/24 ! -o br0 -j MASQUERADE',
                                      '-o to-out -j MASQUERADE',
                                      '-o to-out -j SNAT --to-source 10.2.0.1',
                                      '-j MASQUERADE'])
            self.run(where, 'iptables -t nat -A POSTROUTING %s' % chosen)
            self.nat = True
        else:
            self.run('out', 'ip route add 10.1.0.0/24 via 10.2.0.1')
        self.hosts = names + [where, 'out']

    # ------------------------------------------------------------ settings
    def any_addr(self):
        if not self.addrs or self.chance(6):
            return self.rng.choice(['10.1.0.200', '8.8.8.8', '10.2.0.9', '127.0.0.1',
                                    '10.1.0.255', '192.168.3.4'])
        return self.rng.choice(self.addrs)[2]

    def any_dev(self, ns):
        devs = [d for n, d in self.ports if n == ns] + [b for n, b in self.bridges if n == ns]
        return self.rng.choice(devs) if devs else 'lo'

    def setting(self):
        ns = self.rng.choice(self.hosts)
        dev = self.rng.choice([self.any_dev(ns), 'all'])
        self.run(ns, 'sysctl -w ' + self.rng.choice([
            'net.ipv4.conf.%s.rp_filter=%d' % (dev, self.rng.choice([0, 1, 2])),
            'net.ipv4.conf.%s.proxy_arp=1' % dev,
            'net.ipv4.conf.%s.arp_ignore=%d' % (dev, self.rng.choice([1, 2, 8])),
            'net.ipv4.conf.%s.arp_announce=2' % dev,
            'net.ipv4.conf.%s.forwarding=%d' % (dev, self.rng.choice([0, 1])),
            'net.ipv4.conf.%s.send_redirects=0' % dev,
            'net.ipv4.conf.%s.accept_redirects=0' % dev,
            'net.ipv4.conf.%s.accept_local=1' % dev,
            'net.ipv4.conf.%s.route_localnet=1' % dev,
            'net.ipv4.conf.%s.arp_accept=1' % dev,
            'net.ipv4.conf.%s.arp_notify=1' % dev,
            'net.ipv4.conf.%s.promote_secondaries=1' % dev,
            'net.ipv4.icmp_echo_ignore_all=1',
            'net.ipv4.icmp_echo_ignore_broadcasts=0',
            'net.ipv4.ip_default_ttl=%d' % self.rng.choice([1, 2, 32]),
            'net.ipv4.ip_forward=0']))

    def net_of(self, addr):
        return addr.rsplit('.', 1)[0] + '.0/24'

    def route(self, ns=None):
        ns = ns or self.rng.choice(self.hosts)
        addr, dev = self.any_addr(), self.any_dev(ns)
        dst = self.rng.choice([addr, self.net_of(addr), '10.0.0.0/8', '8.8.8.0/24'])
        self.run(ns, 'ip route ' + self.rng.choice([
            'add blackhole %s' % dst, 'add unreachable %s' % dst, 'add prohibit %s' % dst,
            'add %s dev %s' % (dst, dev), 'add %s via %s' % (dst, self.any_addr()),
            'add %s via %s metric 20' % (dst, self.any_addr()),
            'replace %s dev %s' % (dst, dev), 'add default dev %s metric 7' % dev,
            'add %s via %s onlink dev %s' % (dst, self.any_addr(), dev),
            'add %s dev %s src %s' % (dst, dev, self.any_addr()),
            'add %s dev %s mtu 1000' % (dst, dev),
            'add throw %s' % dst, 'append %s dev %s' % (dst, dev),
            'add 10.66.0.0/16 nexthop via %s nexthop via %s' % (self.any_addr(), self.any_addr())]))

    def rule(self):
        ns = self.rng.choice(self.hosts)
        addr = self.any_addr()
        self.run(ns, 'ip rule add ' + self.rng.choice([
            'from %s table 100' % addr, 'to %s table 100' % addr,
            'from %s lookup main pref 50' % addr, 'to %s prohibit' % addr,
            'from %s blackhole' % addr, 'iif %s table 100' % self.any_dev(ns),
            'to %s unreachable pref 10' % self.net_of(addr), 'fwmark 5 table 100',
            'not from %s table 100' % addr]))
        if self.chance(70):
            self.run(ns, 'ip route add default dev %s table 100' % self.any_dev(ns))

    def match(self, ns, chain):
        addr = self.any_addr()
        out = []
        if self.chance(40):
            out.append(self.rng.choice(['-s %s', '-d %s', '! -s %s']) % self.rng.choice(
                [addr, self.net_of(addr)]))
        if self.chance(50):
            out.append(self.rng.choice(
                ['-p icmp', '-p icmp --icmp-type echo-request', '-p icmp --icmp-type 0', '-p udp',
                 '-p icmp -m icmp --icmp-type 3', '-p tcp --dport 80']))
        if self.chance(30):
            if chain in ('INPUT', 'FORWARD', 'PREROUTING'):
                out.append('-i %s' % self.any_dev(ns))
            if chain in ('OUTPUT', 'FORWARD', 'POSTROUTING') and self.chance(70):
                out.append('-o %s' % self.any_dev(ns))
        if self.chance(20):
            out.append(self.rng.choice(['-m conntrack --ctstate RELATED,ESTABLISHED',
                                        '-m conntrack --ctstate NEW', '-m state --state NEW',
                                        '-m conntrack --ctstate INVALID',
                                        '-m mark --mark 5', '-m length --length 0:100',
                                        '-m ttl --ttl-gt 62', '-m pkttype --pkt-type unicast',
                                        '-m addrtype --dst-type LOCAL', '-f',
                                        '-m comment --comment "seen"']))
        return ' '.join(out)

    def iptables(self, ns=None):
        ns = ns or self.rng.choice(self.hosts)
        table = self.rng.choice(['filter'] * 5 + ['nat'] * 4 + ['mangle'] * 2 + ['raw'])
        chains = {'filter': ['INPUT', 'FORWARD', 'OUTPUT'], 'raw': ['PREROUTING', 'OUTPUT'],
                  'nat': ['PREROUTING', 'POSTROUTING', 'OUTPUT', 'INPUT'],
                  'mangle': ['PREROUTING', 'FORWARD', 'POSTROUTING', 'INPUT', 'OUTPUT']}[table]
        chain = self.rng.choice(chains)
        if table != 'nat' and self.chance(8):
            self.run(ns, 'iptables -t %s -P %s DROP' % (table, chain))
            return
        if table == 'nat':
            self.nat = True
        targets = {'filter': ['DROP', 'ACCEPT', 'ACCEPT', 'REJECT', 'RETURN'] + [
                       'REJECT --reject-with ' + t for t in
                       ('icmp-host-unreachable', 'icmp-admin-prohibited', 'icmp-net-unreachable',
                        'icmp-host-prohibited', 'icmp-proto-unreachable')],
                   'raw': ['NOTRACK', 'DROP', 'ACCEPT', 'CT --notrack'],
                   'mangle': ['MARK --set-mark 5', 'TTL --ttl-set 3', 'TTL --ttl-inc 1', 'DROP',
                              'MARK --set-xmark 5/0xff', 'TOS --set-tos 8', 'CONNMARK --save-mark'],
                   'nat': {'PREROUTING': ['DNAT --to-destination ' + self.any_addr(), 'REDIRECT',
                                          'ACCEPT'],
                           'OUTPUT': ['DNAT --to-destination ' + self.any_addr(), 'REDIRECT'],
                           'POSTROUTING': ['MASQUERADE', 'SNAT --to-source ' + self.any_addr(),
                                           'RETURN'],
                           'INPUT': ['SNAT --to-source ' + self.any_addr(), 'ACCEPT']}}[table]
        if table == 'nat':
            targets = targets[chain]
        words = ['iptables'] + (['-t', table] if table != 'filter' else [])
        words += [self.rng.choice(['-A', '-A', '-A', '-I']), chain, self.match(ns, chain),
                  '-j ' + self.rng.choice(targets)]
        self.run(ns, ' '.join(w for w in words if w))

    def port_flag(self):
        if not self.members:
            return
        ns, _, port = self.rng.choice(self.members)
        self.run(ns, 'bridge link set dev %s %s' % (port, self.rng.choice([
            'isolated on', 'hairpin on', 'learning off', 'flood off', 'mcast_flood off',
            'bcast_flood off', 'state 0', 'state 4', 'state 1', 'cost 50', 'neigh_suppress on',
            'guard on', 'root_block on', 'learning off flood off'])))

    def bridge_option(self):
        if not self.bridges:
            return
        ns, name = self.rng.choice(self.bridges)
        kind = self.rng.randrange(3)
        if kind == 0:
            self.run(ns, 'sysctl -w net.bridge.bridge-nf-call-iptables=%d' % self.rng.randrange(2))
        elif kind == 1:
            self.run(ns, 'ip link set %s type bridge %s' % (name, self.rng.choice(
                ['ageing_time 100', 'ageing_time 0', 'mcast_snooping 0', 'nf_call_iptables 1'])))
        else:
            member = self.rng.choice(self.members)
            self.run(member[0], 'bridge fdb add 02:99:00:00:00:01 dev %s master static' % member[2])

    # ------------------------------------------------------------ tests
    def ping(self):
        ns = self.rng.choice(self.hosts)
        opts = '-c 1 -W %s' % '0.4'
        for text, percent in (('-s 2000', 8), ('-t 1', 3), ('-t 2', 4), ('-s 1472 -M do', 4),
                              ('-s 1480 -M do', 4), ('-I %s' % self.any_dev(ns), 6), ('-b', 2),
                              ('-I %s' % self.any_addr(), 3), ('-m 5', 2), ('-Q 8', 2),
                              ('-s 0', 2), ('-n', 5), ('-r', 1), ('-M dont -s 3000', 2)):
            if self.chance(percent):
                opts += ' ' + text
        self.waited += 0.2
        self.run(ns, 'ping %s %s' % (opts, self.any_addr()))

    def other_test(self):
        if self.chance(50):
            self.word(vocabulary.TESTS)
            return
        ns = self.rng.choice(self.hosts)
        dev = self.any_dev(ns)
        self.run(ns, self.rng.choice([
            'arping -c 1 -w 1 -I %s %s' % (dev, self.any_addr()),
            'arping -U -c 1 -w 1 -I %s %s' % (dev, self.any_addr()),
            'ip route get %s' % self.any_addr(),
            'traceroute -n -q 1 -w 0.3 -m 4 %s' % self.any_addr(),
            'traceroute -I -n -q 1 -w 0.3 -m 4 %s' % self.any_addr(),
            'nc -z -v -n -w 1 %s 80' % self.any_addr(),
            'ping -c 3 -i 0.2 -W 0.4 %s' % self.any_addr(),
            'ping -f -c 5 -W 0.4 %s' % self.any_addr(),
            'ip route get %s from %s iif %s' % (self.any_addr(), self.any_addr(), dev),
            'ip route get %s from %s' % (self.any_addr(), self.any_addr()),
            'ip route get %s oif %s' % (self.any_addr(), dev)]))

    # ------------------------------------------------------------ lines of the vocabulary
    def fill(self, ns, line):
        """Runs a line of the vocabulary in a namespace, its names filled in."""
        bridge, port = 'br0', 'p0'
        if self.members:
            where, bridge, port = self.rng.choice(self.members)
            ns = where if line in vocabulary.BRIDGE else ns
        out = []
        for part in line.split('{'):
            name, closed, rest = part.partition('}')
            if not closed:
                out.append(part)
                continue
            out.append({'dev': lambda: self.any_dev(ns), 'addr': self.any_addr, 'mac': self.mac,
                        'net': lambda: self.net_of(self.any_addr()), 'br': lambda: bridge,
                        'port': lambda: port, 'ns': lambda: self.rng.choice(self.hosts),
                        'n': lambda: str(self.rng.randrange(3))}[name]() + rest)
        self.run(ns, ''.join(out))

    def word(self, lines):
        ns = self.rng.choice(self.hosts + [b[0] for b in self.bridges])
        self.fill(ns, self.rng.choice(lines))

    def listing(self):
        if self.chance(50):
            self.word(vocabulary.LISTINGS)
            return
        ns = self.rng.choice(self.hosts + [b[0] for b in self.bridges])
        self.run(ns, self.rng.choice([
            'ip addr', 'ip route', 'ip neigh', 'ip -s link', 'ip -br addr', 'ip -d link', 'arp -n',
            'ip route show table all', 'ip route show table local', 'ip rule', 'ip -s neigh',
            'bridge fdb', 'bridge link', 'bridge -d link', 'iptables -nvL', 'iptables -S',
            'iptables -t nat -nvL', 'iptables -t mangle -nvL', 'iptables -t nat -S',
            'iptables-save', 'conntrack -L', 'conntrack -L', 'ip -o link', 'ip -4 -o addr',
            'ip -s -s link', 'ip link show type bridge', 'route -n', 'ip neigh show nud all',
            'ip route show cache', 'ip -s -d link', 'ip -4 addr', 'ip route show table 100',
            'cat /proc/net/dev', 'cat /proc/net/arp', 'cat /proc/net/route', 'ifconfig',
            'ip route show root 10.0.0.0/8', 'netstat -rn', 'bridge vlan', 'ip -d addr']))

    def change(self):
        if self.chance(50):
            self.word(vocabulary.BRIDGE if self.members and self.chance(35) else vocabulary.CHANGES)
            return
        ns = self.rng.choice(self.hosts + [b[0] for b in self.bridges])
        dev = self.any_dev(ns)
        mine = [a for a in self.addrs if a[0] == ns] or self.addrs
        _, adev, addr, plen = self.rng.choice(mine)
        kind = self.rng.randrange(18)
        if kind >= 16:
            self.rare_change(ns, dev, adev, addr, plen)
        elif kind == 0:
            self.run(ns, 'ip link set %s down' % dev)
            if self.chance(60):
                self.run(ns, 'ip link set %s up' % dev)
        elif kind == 1:
            self.run(ns, 'ip addr del %s/%d dev %s' % (addr, plen, adev))
        elif kind == 2:
            self.run(ns, 'ip route del %s' % self.rng.choice(['default', self.net_of(addr)]))
        elif kind == 3:
            self.run(ns, 'ip neigh flush %s' % self.rng.choice(['all', 'dev %s' % dev]))
        elif kind == 4:
            self.run(ns, 'ip link set %s address %s' % (dev, self.mac()))
        elif kind == 5 and self.members:
            where, bridge, port = self.rng.choice(self.members)
            self.run(where, 'ip link set %s nomaster' % port)
            if self.chance(50):
                self.run(where, 'ip link set %s master %s' % (port, bridge))
        elif kind == 6:
            self.run(ns, 'iptables %s-F' % self.rng.choice(['', '-t nat ', '-t mangle ']))
        elif kind == 7:
            self.run(ns, 'ip link set %s mtu %d' % (dev, self.rng.choice([1400, 1000, 576, 9000])))
        elif kind == 8:
            self.run(ns, 'ip neigh %s %s lladdr %s dev %s nud %s' % (
                self.rng.choice(['add', 'replace']), self.any_addr(), self.mac(), dev,
                self.rng.choice(['permanent', 'stale', 'reachable', 'noarp'])))
        elif kind == 9:
            self.run(ns, 'ip neigh del %s dev %s' % (self.any_addr(), dev))
        elif kind == 10:
            self.run(ns, 'ip link set %s %s' % (dev, self.rng.choice(
                ['arp off', 'promisc on', 'multicast off', 'txqueuelen 10', 'alias wire',
                 'mtu 1450', 'arp on', 'allmulticast on'])))
        elif kind == 11:
            self.run(ns, 'conntrack %s' % self.rng.choice(['-F', '-D -p icmp']))
        elif kind == 12 and self.chance(50):
            self.run(ns, 'ip link del %s' % dev)
        elif kind == 13:
            self.address(ns, dev, '10.%d.0.%d' % (self.rng.randint(1, 3), self.rng.randint(50, 60)),
                         self.rng.choice([24, 24, 32]))
        else:
            self.rng.choice([self.route, self.rule, self.iptables, self.setting, self.port_flag,
                             self.bridge_option])()

    def rare_change(self, ns, dev, adev, addr, plen):
        if self.chance(3):
            self.add('ip netns del %s' % self.rng.choice(self.hosts))
            self.sleep(0.3)
            return
        other = self.rng.choice(self.bridges)[1] if self.bridges else 'br9'
        self.run(ns, self.rng.choice([
            'ip addr flush dev %s' % adev, 'ip route flush %s' % self.net_of(addr),
            'ip route flush table 100', 'ip route flush dev %s' % dev, 'ip route flush cache',
            'ip addr replace %s/%d dev %s' % (addr, plen, dev),
            'ip addr change %s/%d metric 9 dev %s' % (addr, plen, adev),
            'ip addr add %s/24 dev lo' % self.any_addr(),
            'ip addr add %s peer %s dev %s' % (addr, self.any_addr(), dev),
            'ip link set %s master %s' % (dev, other),
            'ip link set %s type bridge stp_state 1' % other,
            'ip link set %s type bridge stp_state 0' % other,
            'ip link set %s type bridge vlan_filtering 1' % other,
            'ip link set lo down', 'ip link set lo up',
            'ip neigh add proxy %s dev %s' % (self.any_addr(), dev),
            'ip neigh change %s dev %s nud %s' % (
                self.any_addr(), dev, self.rng.choice(['failed', 'delay', 'probe', 'none'])),
            'ip neigh replace %s dev %s' % (self.any_addr(), dev),
            'ip neigh get %s dev %s' % (self.any_addr(), dev),
            'arp -s %s 02:77:00:00:00:01' % self.any_addr(), 'arp -d %s' % self.any_addr(),
            'ip route replace default via %s' % self.any_addr(),
            'ip route change %s dev %s metric 3' % (self.net_of(addr), dev),
            'ip route del %s dev %s' % (self.net_of(addr), dev),
            'ip route add %s/32 dev %s' % (self.any_addr(), dev),
            'ip route add local %s dev %s' % (self.any_addr(), dev),
            'ip route add broadcast %s dev %s' % (self.any_addr(), dev),
            'ip route add %s via inet 10.1.0.1 dev %s scope link' % (self.any_addr(), dev),
            'ip route add 10.64.0.0/10 nexthop via %s weight 2 nexthop dev %s' % (
                self.any_addr(), dev),
            'ip rule del from %s table 100' % self.any_addr(), 'ip rule flush',
            'route add -net 10.8.0.0/16 gw %s' % self.any_addr(),
            'route del default', 'ifconfig %s down' % dev, 'ifconfig %s %s/24 up' % (dev, addr),
            'bridge fdb replace 02:99:00:00:00:02 dev %s master' % dev,
            'bridge fdb del 02:99:00:00:00:01 dev %s master' % dev,
            'bridge fdb flush dev %s' % dev,
            'ip link set %s type bridge fdb_flush' % other]))

    # ------------------------------------------------------------ the whole script
    def script(self):
        rng = self.rng
        rng.choice([self.shape_lan, self.shape_two_bridges, self.shape_chain, self.shape_chain,
                    self.shape_gateway, self.shape_gateway])()
        for _ in range(rng.randrange(4)):
            rng.choice([self.setting, self.route, self.rule, self.iptables, self.iptables,
                        self.port_flag, self.bridge_option])()
        self.sleep(1.2)
        rounds = rng.randint(2, 4)
        for i in range(rounds):
            for _ in range(rng.randint(1, 3)):
                (self.ping if self.chance(70) else self.other_test)()
            for _ in range(rng.randint(1, 3)):
                self.listing()
            if i + 1 < rounds:
                for _ in range(rng.randint(1, 4)):
                    self.change()
                if self.long_waits and i == 0:
                    self.sleep(8)
        return '\n'.join(['# random script'] + self.lines) + '\n'


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--seed', type=int, default=1)
    ap.add_argument('--count', type=int, default=10)
    ap.add_argument('--out', default='.')
    ap.add_argument('--long', action='store_true', help='also wait 8 s in the middle')
    ap.add_argument('--histogram', action='store_true', help='count the kinds of commands')
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    counts = collections.Counter()
    for i in range(a.count):
        seed = a.seed + i
        text = Topology(random.Random(seed), a.long).script()
        with open(os.path.join(a.out, 'r%06d.sh' % seed), 'w', encoding='ascii') as f:
            f.write(text)
        for line in text.splitlines()[1:]:
            w = line.split()
            if w[:3] == ['ip', 'netns', 'exec']:
                w = w[4:]
            counts[' '.join([w[0]] + [x for x in w[1:] if x.isalpha() and x.islower()][:2])] += 1
    if a.histogram:
        for key, n in counts.most_common():
            print('%6d  %s' % (n, key))


if __name__ == '__main__':
    main()
