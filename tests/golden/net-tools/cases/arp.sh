# arp: showing, setting, deleting, complaints
ip netns add red
ip link add v0 address 02:00:00:00:01:01 type veth peer name v0 netns red address 02:00:00:00:01:02
ip link set v0 up; ip -n red link set v0 up
ip addr add 10.0.0.1/24 dev v0; ip -n red addr add 10.0.0.2/24 dev v0
# the kernel lists neighbours in an order of its own: one at a time
t arp
arp -n | sort
arp -a | sort
t arp -e
ping -c1 10.0.0.2 >/dev/null
arp -n | sort
arp -a | sort
arp -an | sort
t arp -v
t arp -vn
t arp -e
t arp -en
t arp -i v0
t arp -i nosuch
t arp -i lo
t arp 10.0.0.2
t arp 10.0.0.9
t arp -a 10.0.0.9
t arp -a 10.0.0.2
t arp -n 10.0.0.9
t arp nosuch
t arp -s 10.0.0.5 02:aa:bb:cc:dd:ee
t arp -s 10.0.0.6 02:aa:bb:cc:dd:ef temp
t arp -s 10.0.0.7 02:aa:bb:cc:dd:ff pub
t arp -s 10.0.0.8 v0 pub
t arp -Ds 10.0.0.8 v0 pub
t arp -s 10.0.0.8 zz
t arp -s 10.9.0.8 02:aa:bb:cc:dd:ef
t arp -s 10.0.0.8
t arp -s
t arp -s nosuch 02:aa:bb:cc:dd:ef
t arp -i v0 -s 10.0.0.11 02:aa:bb:cc:dd:11
t arp -i nosuch -s 10.0.0.11 02:aa:bb:cc:dd:11
arp -n | sort
arp -a | sort
t arp -d 10.0.0.5
t arp -d 10.0.0.5
t arp -d 10.0.0.7 pub
t arp -d 10.9.0.7
t arp -d
t arp -d nosuch
arp -n | sort
t arp -d 10.0.0.8 pub
arp -n | sort
arp -H ether 2>&1 | sort
arp -H nosuch 2>&1 | sort
arp -H ax25 2>&1 | sort
arp -A inet 2>&1 | sort
arp -A nosuch 2>&1 | sort
arp -p inet 2>&1 | sort
arp -t ether 2>&1 | sort
t arp -x
t arp -h
t arp -V
t arp -f
t arp -f /run/nosuch
t arp -s 10.0.0.9 02:aa:bb:cc:dd:ef foo
t arp -s 10.0.0.9 02:aa:bb:cc:dd:ef netmask 255.255.255.0
t arp -s 10.0.0.9 02:aa:bb:cc:dd:ef dev v0
t arp -s 10.0.0.9 02:aa:bb:cc:dd:ef trail
t arp -s 10.0.0.9 2:a:b:c:d:e
t arp -s 10.0.0.12 02-aa-bb-cc-dd-ef
arp -an | sort
t arp -s a.example 02:aa:bb:cc:dd:01
t arp -d a.example
t arp -d a.example
t arp -s 10.0.0.14 02:aa:bb:cc:dd:01 auto
t arp -s 10.0.0.14 02:aa:bb:cc:dd:01 dev
t arp -v -s 10.0.0.14 02:aa:bb:cc:dd:01 dev v0
t arp -v -d 10.0.0.14 dev v0
t arp -v -Ds 10.0.0.15 v0
t arp -Ds 10.0.0.15 nosuch
t arp -v -d 10.0.0.14 temp priv
t arp -d 10.0.0.14 foo
t arp -A inet6
t arp -H loop
t arp -N 10.0.0.14
t arp --help
t arp --version
t arp --device v0 10.0.0.2
t arp -a beta
t arp beta
t arp -v beta
printf '# c\n02:aa:bb:cc:dd:07 10.0.0.17\n10.0.0.18 02:aa:bb:cc:dd:08\nx\n10.0.0.19 zz\n\n' > /run/ethers
t arp -f /run/ethers
arp -an | sort
(ping -c 1 -W 1 10.0.0.44 > /dev/null)
t arp -n 10.0.0.44
t arp -an 10.0.0.44
