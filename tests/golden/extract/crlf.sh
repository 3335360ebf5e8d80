#!/bin/sh
#@ from: crlf.txt
ip netns add w # line 4
ip link # line 5
ip netns exec w arp # line 8
ip -n w link set lo up # line 9
ip -n w addr # line 10
