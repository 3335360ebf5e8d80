# -A: the tables named, in all states that are no LISTEN; what the letters before it chose is forgotten
ip link set lo up
for o in "-A raw" "-A udp" "-A packet" "-wA udp" "-w" "-6"; do ss $o; done
