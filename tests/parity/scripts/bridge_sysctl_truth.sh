# SPDX-License-Identifier: GPL-2.0-or-later
# seed 8000006: any value but 0 is stored as 1
for k in bridge-nf-call-iptables bridge-nf-call-arptables bridge-nf-filter-vlan-tagged; do sysctl -w net.bridge.$k=2; sysctl net.bridge.$k; sysctl -w net.bridge.$k=0; sysctl net.bridge.$k; sysctl -w net.bridge.$k=-3; sysctl net.bridge.$k; done
