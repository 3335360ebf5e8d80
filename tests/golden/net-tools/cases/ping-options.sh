# words and statuses of ping's options, lo up
ip link set lo up
for o in "-c" "-Z" "-c 0" "-c x" "-c 1x" "-s -1" "-s 65508 -c 1" "-s 65507 -c 1 -q" "-i x -c 1" "-W x -c 1" "-w x" "-t 256" "-t 0 -c 1" \
	"-M foo" "-p zz" "-p 1z -c 1" "-Q 999" "-Q zz" "-Q 0x10 -c 1" "-I nosuch" "-l 65537" "-l 0" "-m -1" "-S 0" "-T foo" "-4 -6" \
	"-i -1 -c 1" "-i 1e9" "-W 1e9" "-c 99999999999999999999" "-h" "-V"; do
	t ping $o 127.0.0.1
done
t ping
t ping -c1
t ping -c 1 nosuch
t ping -c 1 nosuch.example.com
t ping -c 1 1.2.3.4.5
t ping -c 1 256.1.1.1
t ping -c 1 ""
t ping -4 -c 1 ::1
t ping -c 2 -i 0.2 localhost
t ping -c 1 LocalHost
t ping -c 1 host
t ping -n -c 1 localhost
t ping -c 1 -D 127.0.0.1
t ping -c 3 -f 127.0.0.1
t ping -c 3 -f -q 127.0.0.1
t ping -c 3 -A 127.0.0.1
t ping -q -c 1 127.0.0.1
t ping -c 1 -s 0 127.0.0.1
t ping -c 1 -s 4 127.0.0.1
t ping -c 1 -s 15 127.0.0.1
t ping -c 1 -s 16 127.0.0.1
t ping -c 1 -p ff 127.0.0.1
t ping -c 1 -p abcde 127.0.0.1
t ping -c 1 -p 00112233445566778899aabbccddeeff00 127.0.0.1
t ping -q -c 1 -p ff 127.0.0.1
t ping -c 1 -U 127.0.0.1
t ping -c 1 -a 127.0.0.1
t ping -c 1 -O 127.0.0.1
t ping -c 1 -m 5 127.0.0.1
t ping -c 1 -4 127.0.0.1
t ping -c 1 -I lo 127.0.0.1
t ping -c 1 -I 127.0.0.1 127.0.0.1
t ping -c 1 -I 127.0.0.1 -I lo 127.0.0.1
t ping -c 1 -I 9.9.9.9 127.0.0.1
t ping -c 1 -e 77 127.0.0.1
t ping -c 1 -e 0 127.0.0.1
t ping -c 1 -b -W 1 127.255.255.255
t ping -c 1 127.255.255.255
t ping -c 1 0.0.0.0
t ping -c 1 127.1
t ping -c 1 0x7f000001
t ping -c 1 2130706433
t ping -c 1 0177.1
t ping -c 1 -C 127.0.0.1
t ping -c 1 -L 127.0.0.1
t ping -c 1 -B 127.0.0.1
t ping -c 1 -r 127.0.0.1
t ping -c 1 -d 127.0.0.1
t ping -c 3 -i 0.001 127.0.0.1
t ping -c 3 -i 0.01 127.0.0.1
t ping -c 2 -i 0 127.0.0.1
t ping -c 4 -l 4 127.0.0.1
t ping -w 1 -i 0.4 127.0.0.1
t ping -w 1 -c 2 -i 0.2 127.0.0.1
t ping -w 1 -c 20 -i 0.4 127.0.0.1
t ping 127.0.0.1 -c 1
t ping -c 1 -F 5 127.0.0.1
t ping -c 1 224.0.0.1
t ping -c 1 255.255.255.255
t ping -c 1 10.0.0.1
t ping -c 1 alpha
t timeout -s INT 1 ping -c 99 -i 0.4 127.0.0.1
t timeout -s QUIT -k 2 1 ping -c 2 -i 1.5 127.0.0.1
