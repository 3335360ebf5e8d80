# SPDX-License-Identifier: GPL-2.0-or-later
# ping: options and refusals
ping
ping -c
ping -c 0 127.0.0.1
ping -c x 127.0.0.1
ping -c 1
ping -c 1 -W 1 999.1.1.1
ping -c 1 -W 1 nosuchhost
ping -c 1 -q 127.0.0.1
ping -c 1 -n 127.0.0.1
ping -c 1 -s 0 127.0.0.1
ping -c 1 -s 65508 127.0.0.1
ping -c 1 -s 65507 127.0.0.1
ping -c 2 -i 0.1 -D -q 127.0.0.1
ping -c 1 -I lo 127.0.0.1
ping -c 1 -I nosuch 127.0.0.1
ping -c 1 -I 10.0.0.1 127.0.0.1
ping -c 1 -t 0 127.0.0.1
ping -c 1 -p ff 127.0.0.1
ping -c 1 localhost
ping -c 1 127.1
ping -c 1 0
ping -c 1 10.0.0.1
ping -z 127.0.0.1
ping -V
