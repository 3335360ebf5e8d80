# A relay: who connects to one port is connected on to another, each with a process of its own
ip link set lo up
socat TCP-LISTEN:8082,bind=127.0.0.1,fork TCP:127.0.0.1:8083 &
P=$!
socat TCP-LISTEN:8083,reuseaddr EXEC:cat &
sleep .2
echo q | socat - TCP:127.0.0.1:8082; echo rc $?
echo r | socat - TCP:127.0.0.1:8082; echo rc $?
kill $P
