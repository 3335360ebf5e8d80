# SPDX-License-Identifier: GPL-2.0-or-later
# further names of a device: `ip link property`; they find it everywhere a name is looked up
ip netns add red
ip link add v0 type veth peer name v1
ip link property add dev v0 altname other altname a_name_that_is_longer_than_fifteen_letters
ip link property add dev v0 altname other
ip link property add dev v0 altname v1
ip link show other
ip -j link show v0
ip link set other up
ip addr add 10.0.0.1/24 dev a_name_that_is_longer_than_fifteen_letters
ip -br addr show dev other
ip link add other type bridge
ip link set v1 name other
ip -n red link add other type bridge
ip link set v0 netns red
ip link property del dev v0 altname other
ip link property del dev v0 altname other
ip link property del dev v0 altname v0
ip link set v0 netns red
ip -n red link show v0
