# net.core.*mem_*: what a socket begins with; one value for all namespaces, set in the host's
ip netns add red
sysctl -w net.core.rmem_default=300000
ip netns exec red sysctl net.core.rmem_default
ip netns exec red sysctl -w net.core.rmem_default=5000
ip netns exec red nc -lu 1000 &
sleep 0.1
ip netns exec red ss -ulnm | grep -o 'skmem:(r0,rb[0-9]*,t0,tb[0-9]*'
sysctl -w net.core.rmem_max=10000
sysctl -w net.core.wmem_max=100
sysctl -w net.ipv4.tcp_limit_output_bytes=1000
sysctl -w net.ipv4.tcp_limit_output_bytes=4194304
sysctl -w net.ipv4.ip_autobind_reuse=1
