# SPDX-License-Identifier: GPL-2.0-or-later
"""topology.py - the networks random scripts are made of, right but for a mistake now and then.

A shape builds namespaces, cables, bridges, addresses and routes so that everybody in `good`
reaches what stands there. `mistake()` says, at the rate the script drew, that a line is left out
or wrong. Every MAC address is fixed: the address of a bridge does not depend on chance.
"""
import copy

NAMES = ['red', 'blue', 'green', 'gold', 'pink']


class Topology:
    """What exists so far, and the lines that made it."""

    def __init__(self, rng):
        self.rng = rng
        self.lines = []
        self.hosts = []         # namespaces with addresses; 'host' is the first one
        self.ports = []         # (namespace, device)
        self.bridges = []       # (namespace, bridge)
        self.members = []       # (namespace, bridge, port) of a station
        self.addrs = []         # (namespace, device, address, prefix length)
        self.routers = []
        self.good = []          # (namespace, address it should reach)
        self.gateway_of = {}    # namespace: the address its default route goes through
        self.owner = {}         # (namespace, device): MAC address
        self.stations = {}      # port: (namespace, device) at its other end
        self.behind_nat = []    # namespaces that the others do not reach
        self.macs = 0
        self.indices = {}       # namespace: last number given, numbers in use
        self.wrong = rng.choice([0, 0, 1, 3])

    # ------------------------------------------------------------ small helpers
    def chance(self, percent):
        return self.rng.randrange(100) < percent

    def mistake(self):
        return self.chance(self.wrong)

    def add(self, line):
        self.lines.append(line)

    def within(self, ns, line):
        """A command line inside a namespace."""
        if ns == 'host':
            return line
        if line.startswith(('ip ', 'bridge ')) and self.chance(70):
            tool, rest = line.split(' ', 1)
            return '%s -n %s %s' % (tool, ns, rest)
        return 'ip netns exec %s %s' % (ns, line)

    def run(self, ns, line):
        self.add(self.within(ns, line))

    def mac(self):
        self.macs += 1
        high = self.rng.choice([0x02, 0x02, 0x0a, 0x42])
        return '%02x:00:00:00:%02x:%02x' % (high, self.rng.randrange(4), self.macs)

    def up(self, ns, dev):
        if not self.mistake():
            self.run(ns, 'ip link set %s up' % dev)

    def namespace(self, name):
        self.add('ip netns add %s' % name)
        if self.chance(80):
            self.run(name, 'ip link set lo up')

    def new_index(self, ns, wanted=0):
        """The number of a device that is made in a namespace, or moved there with its own."""
        used = self.indices.setdefault(ns, [1, {1}])
        if not wanted or wanted in used[1]:
            used[0] += 1
            while used[0] in used[1]:
                used[0] += 1
            wanted = used[0]
        used[1].add(wanted)
        return wanted

    def numbers(self, ns1, ns2, there):
        """Takes numbers for a new pair; made at their places, or at home and moved."""
        if there:
            second = self.new_index(ns2)
            return self.new_index(ns1), second
        out = []
        for ns, number in ((ns2, self.new_index('host')), (ns1, self.new_index('host'))):
            if ns != 'host':
                self.indices['host'][1].discard(number)
                number = self.new_index(ns, number)
            out.append(number)
        return out

    def veth(self, ns1, dev1, ns2, dev2):
        """
        A cable. Never between devices of the same number: what link-watch does about those waits
        for the second of the whole machine.
        """
        ends = [(ns1, dev1, self.mac()), (ns2, dev2, self.mac())]
        forms = [2] + [0] * ('host' not in (ns1, ns2)) + [1] * (ns1 != 'host' and ns1 != ns2)
        self.rng.shuffle(forms)
        before = self.indices
        for form in forms:
            self.indices = copy.deepcopy(before)
            first, second = self.numbers(ns1, ns2, form != 2)
            if first != second:
                break
        if form == 0:
            self.add('ip link add %s netns %s address %s type veth peer name %s netns %s address %s'
                     % (dev1, ns1, ends[0][2], dev2, ns2, ends[1][2]))
        elif form == 1:
            self.add('ip -n %s link add %s address %s type veth peer name %s address %s%s' % (
                ns1, dev1, ends[0][2], dev2, ends[1][2],
                ' netns %s' % ns2 if ns2 != 'host' else ' netns 1'))
        else:
            self.add('ip link add %s address %s type veth peer name %s address %s' % (
                dev1, ends[0][2], dev2, ends[1][2]))
            for ns, dev, _ in ends:
                if ns != 'host':
                    self.add('ip link set %s netns %s' % (dev, ns))
        for ns, dev, mac in ends:
            self.ports.append((ns, dev))
            self.owner[ns, dev] = mac

    def address(self, ns, dev, addr, plen=24, note=True):
        if self.mistake():
            plen = self.rng.choice([32, 25, 30, 16, 28])
        typed = addr.replace('10.', '10.9', 1) if self.mistake() else addr
        extra = self.rng.choice([''] * 14 + [' brd +', ' brd +', ' label %s:1' % dev, ' metric 50'])
        self.run(ns, 'ip addr add %s/%d%s dev %s' % (typed, plen, extra, dev))
        if note:
            self.addrs.append((ns, dev, addr, plen))
            if ns not in self.hosts:
                self.hosts.append(ns)

    def sleep(self, seconds):
        self.add('sleep %s' % seconds)

    def default_via(self, ns, gateway):
        if self.mistake():
            gateway = gateway.rsplit('.', 1)[0] + '.77'
        if not self.mistake():
            self.run(ns, self.rng.choice(['ip route add default via %s'] * 4 +
                                         ['ip route add 0.0.0.0/0 via %s',
                                          'ip route add default via %s metric 100',
                                          'route add default gw %s']) % gateway)
        self.gateway_of[ns] = gateway

    def static(self, ns, net, gateway):
        if not self.mistake():
            self.run(ns, 'ip route add %s via %s' % (net, gateway))

    def sysctl(self, ns, name, value):
        if self.chance(80):
            self.run(ns, 'sysctl -w %s=%s' % (name, value))
        elif ns == 'host':
            self.add('echo %s > /proc/sys/%s' % (value, name.replace('.', '/')))
        else:
            self.add("ip netns exec %s sh -c 'echo %s > /proc/sys/%s'" % (
                ns, value, name.replace('.', '/')))

    def router(self, ns):
        self.routers.append(ns)
        if not self.mistake():
            self.sysctl(ns, 'net.ipv4.ip_forward', 1)

    def everybody(self):
        """Who should reach what, when the shape is complete."""
        self.good = [(a, addr) for a in self.hosts for b, _, addr, _ in self.addrs
                     if a != b and (b not in self.behind_nat or a in self.behind_nat)]

    # ------------------------------------------------------------ parts of shapes
    def bridge(self, ns, name, options=''):
        mac = ' address %s' % self.mac() if self.chance(20) else ''
        opts = options or self.rng.choice([''] * 10 + [
            ' ageing_time 30000', ' mcast_snooping 0', ' nf_call_iptables 1', ' forward_delay 0',
            ' group_fwd_mask 8'])
        if not mac and not opts and self.chance(10):
            self.run(ns, 'brctl addbr %s' % name)
        else:
            self.run(ns, 'ip link add %s%s type bridge%s' % (name, mac, opts))
        self.new_index(ns)
        self.bridges.append((ns, name))
        self.up(ns, name)

    def station(self, where, bridge, net, name, last):
        """A namespace on a bridge: its cable, its address 10.net.0.last."""
        dev, port = 'eth%d' % net, 'p-%s%d' % (name, net)
        self.veth(name, dev, where, port)
        if not self.mistake():
            self.run(where, 'brctl addif %s %s' % (bridge, port) if self.chance(10) else
                     'ip link set %s master %s' % (port, bridge))
        self.up(where, port)
        self.members.append((where, bridge, port))
        self.stations[port] = (name, dev)
        self.address(name, dev, '10.%d.0.%d' % (net, last))
        self.up(name, dev)

    def lan(self, where, bridge, net, names):
        """A bridge in namespace `where` with one station per name in 10.net.0.0/24."""
        self.bridge(where, bridge)
        for i, name in enumerate(names):
            self.station(where, bridge, net, name, i + 11)

    def link(self, ns1, ns2, net, mtu=0):
        """A cable: ns1 gets .1, ns2 gets .2 of 10.net.0.0/24."""
        dev1, dev2 = 'to-%s' % ns2, 'to-%s' % ns1
        self.veth(ns1, dev1, ns2, dev2)
        for ns, dev, last in ((ns1, dev1, 1), (ns2, dev2, 2)):
            self.address(ns, dev, '10.%d.0.%d' % (net, last))
            if mtu:
                self.run(ns, 'ip link set %s mtu %d' % (dev, mtu))
            self.up(ns, dev)

    # ------------------------------------------------------------ shapes
    def shape_lan(self):
        names = NAMES[:self.rng.randint(2, 4)]
        where = self.rng.choice(['host', 'host', 'sw'])
        for name in names + ([where] if where != 'host' else []):
            self.namespace(name)
        self.lan(where, 'br0', 1, names)
        if self.chance(60):
            self.address(where, 'br0', '10.1.0.1')
            if self.chance(40):
                for name in names:
                    self.default_via(name, '10.1.0.1')
            if self.chance(40):
                self.router(where)
                self.address(where, 'br0', '10.7.0.1')
                self.address(names[0], 'eth1', '10.7.0.9')
                for name in names[1:]:
                    self.static(name, '10.7.0.0/24', '10.1.0.1')
        if self.chance(30):
            self.sysctl(where, 'net.bridge.bridge-nf-call-iptables', self.rng.randrange(2))

    def shape_two_bridges(self):
        names = NAMES[:self.rng.randint(2, 4)]
        for name in names:
            self.namespace(name)
        half = max(1, len(names) // 2)
        self.lan('host', 'br0', 1, names[:half])
        self.bridge('host', 'br1')
        self.numbers('host', 'host', True)
        self.add('ip link add t0 address %s type veth peer name t1 address %s' % (
            self.mac(), self.mac()))
        for port, bridge in (('t0', 'br0'), ('t1', 'br1')):
            self.run('host', 'ip link set %s master %s' % (port, bridge))
            self.up('host', port)
        for i, name in enumerate(names[half:]):
            self.station('host', 'br1', 1, name, i + 31)
        if self.chance(50):
            self.address('host', 'br1', '10.1.0.1')

    def shape_chain(self):
        count = self.rng.randint(3, 5)
        names = NAMES[:count]
        for name in names:
            self.namespace(name)
        narrow = self.rng.randrange(1, count) if self.chance(25) else 0
        for i in range(count - 1):
            self.link(names[i], names[i + 1], i + 1,
                      self.rng.choice([1400, 1000, 600]) if i + 1 == narrow else 0)
        for name in names[1:-1]:
            self.router(name)
        self.default_via(names[0], '10.1.0.2')
        self.default_via(names[-1], '10.%d.0.1' % (count - 1))
        for at in range(1, count - 1):
            for net in range(1, count):
                if net < at:
                    self.static(names[at], '10.%d.0.0/24' % net, '10.%d.0.1' % at)
                elif net > at + 1:
                    self.static(names[at], '10.%d.0.0/24' % net, '10.%d.0.2' % (at + 1))

    def shape_star(self):
        """A router and what hangs on its three cables."""
        names = NAMES[:3]
        for name in names + ['mid']:
            self.namespace(name)
        for i, name in enumerate(names):
            self.link('mid', name, i + 1)
            self.default_via(name, '10.%d.0.1' % (i + 1))
        self.router('mid')

    def shape_diamond(self):
        """Two ways between red and blue; each side may prefer another one."""
        for name in ('red', 'blue', 'r1', 'r2'):
            self.namespace(name)
        for i, name in enumerate(('r1', 'r2')):
            self.link('red', name, 1 + i)
            self.link(name, 'blue', 3 + i)
            self.router(name)
        for ns, far, near in (('red', (3, 4), (1, 2)), ('blue', (1, 2), (3, 4))):
            side = 2 if ns == 'red' else 1
            first = self.rng.randrange(2)
            for net in far:
                for i in (0, 1):
                    self.run(ns, 'ip route add 10.%d.0.0/24 via 10.%d.0.%d metric %d' % (
                        net, near[i], side, 10 if i == first else 20))
        for i, name in enumerate(('r1', 'r2')):
            self.static(name, '10.%d.0.0/24' % (2 - i), '10.%d.0.1' % (1 + i))
            self.static(name, '10.%d.0.0/24' % (4 - i), '10.%d.0.2' % (3 + i))

    def shape_two_gateways(self):
        """Stations whose default gateway knows a better one on the same wire."""
        names = NAMES[:self.rng.randint(1, 2)]
        for name in names + ['r1', 'r2', 'out']:
            self.namespace(name)
        self.lan('host', 'br0', 1, names)
        self.station('host', 'br0', 1, 'r1', 1)
        self.station('host', 'br0', 1, 'r2', 2)
        self.link('r2', 'out', 2)
        self.router('r1')
        self.router('r2')
        for name in names:
            self.default_via(name, '10.1.0.1')
        self.static('r1', '10.2.0.0/24', '10.1.0.2')
        self.default_via('out', '10.2.0.1')
        if self.chance(40):
            self.sysctl('r1', 'net.ipv4.conf.all.send_redirects', 0)
            self.sysctl('r1', 'net.ipv4.conf.eth1.send_redirects', 0)

    def shape_proxy(self):
        """One subnet on two wires, a router that answers for both."""
        for name in ('red', 'blue', 'mid'):
            self.namespace(name)
        for i, name in enumerate(('red', 'blue')):
            self.veth('mid', 'w%d' % i, name, 'eth1')
            self.address(name, 'eth1', '10.1.0.%d' % (11 + i))
            self.up('mid', 'w%d' % i)
            self.up(name, 'eth1')
            self.run('mid', 'ip route add 10.1.0.%d dev w%d' % (11 + i, i))
            self.proxy_arp('mid', 'w%d' % i)
        self.router('mid')

    def proxy_arp(self, ns, dev):
        """An answer for another waits a random time, unless it is told not to."""
        self.sysctl(ns, 'net.ipv4.neigh.%s.proxy_delay' % dev, 0)
        if not self.mistake():
            self.sysctl(ns, 'net.ipv4.conf.%s.proxy_arp' % dev, 1)

    def masquerade(self, ns, net, out, outer):
        self.run(ns, 'iptables -t nat -A POSTROUTING ' + self.rng.choice([
            '-s %s -j MASQUERADE' % net, '-s %s ! -o br0 -j MASQUERADE' % net,
            '-o %s -j MASQUERADE' % out, '-o %s -j SNAT --to-source %s' % (out, outer),
            '-s %s -o %s -j SNAT --to-source %s' % (net, out, outer), '-j MASQUERADE']))

    def shape_gateway(self):
        """Stations on a bridge, a gateway (the bridge's owner), an outside host."""
        where = self.rng.choice(['host', 'gw'])
        names = NAMES[:self.rng.randint(1, 3)]
        for name in names + (['gw'] if where == 'gw' else []) + ['out']:
            self.namespace(name)
        self.lan(where, 'br0', 1, names)
        self.address(where, 'br0', '10.1.0.1')
        self.link(where, 'out', 2)
        self.router(where)
        for name in names:
            self.default_via(name, '10.1.0.1')
        if self.chance(65):
            if not self.mistake():
                self.masquerade(where, '10.1.0.0/24', 'to-out', '10.2.0.1')
            self.behind_nat = names
        else:
            self.static('out', '10.1.0.0/24', '10.2.0.1')
        if self.chance(30):
            self.run(where, 'iptables -P FORWARD DROP')
            for rule in ('-i br0 -j ACCEPT',
                         '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'):
                if not self.mistake():
                    self.run(where, 'iptables -A FORWARD %s' % rule)
        if self.chance(25):
            self.sysctl(where, 'net.bridge.bridge-nf-call-iptables', self.rng.randrange(2))

    def shape_two_nats(self):
        """A station behind a gateway behind a gateway."""
        for name in ('red', 'gw1', 'gw2', 'out'):
            self.namespace(name)
        self.link('gw1', 'red', 1)
        self.link('gw2', 'gw1', 2)
        self.link('out', 'gw2', 3)
        for name, gateway in (('red', '10.1.0.1'), ('gw1', '10.2.0.1')):
            self.default_via(name, gateway)
        for name, out, outer, net in (('gw1', 'to-gw2', '10.2.0.2', '10.1.0.0/24'),
                                      ('gw2', 'to-out', '10.3.0.2', '10.2.0.0/24')):
            self.router(name)
            self.masquerade(name, net, out, outer)
        self.behind_nat = ['red', 'gw1']

    def shape_containers(self):
        """Two bridges of one host, each with its net, masqueraded, apart from each other."""
        names = NAMES[:self.rng.randint(2, 4)]
        half = max(1, len(names) // 2)
        for name in names + ['out']:
            self.namespace(name)
        for net, some in ((1, names[:half]), (2, names[half:])):
            self.lan('host', 'br%d' % net, net, some)
            self.address('host', 'br%d' % net, '10.%d.0.1' % net)
            for name in some:
                self.default_via(name, '10.%d.0.1' % net)
            self.run('host', 'iptables -t nat -A POSTROUTING -s 10.%d.0.0/24 ! -o br%d -j MASQUERADE'
                     % (net, net))
        self.link('host', 'out', 3)
        self.router('host')
        if self.chance(30):
            self.add('iptables -N APART')
            self.add('iptables -A FORWARD -j APART')
            self.add('iptables -A APART -i br1 -o br2 -j DROP')
            self.add('iptables -A APART -i br2 -o br1 -j REJECT')
        self.behind_nat = names

    def build(self):
        self.rng.choice([self.shape_lan] * 3 + [self.shape_two_bridges] * 2 + [self.shape_chain] * 3 +
                        [self.shape_gateway] * 4 + [self.shape_containers] * 2 +
                        [self.shape_star, self.shape_diamond, self.shape_two_gateways,
                         self.shape_proxy, self.shape_two_nats])()
        self.everybody()
