NAMESPACES="red blue green"
i=1
for ns in $NAMESPACES; do
  addr="10.0.$i.1/24"
  echo "ip netns add $ns && ip -n $ns addr add ${addr%/*} dev veth-$ns"
  i=$((i + 1))
done
setup() {
  local ns=$1 ip=$2
  [ -n "$ip" ] || { echo "usage" >&2; return 2; }
  echo "setup $ns ${ip}"
}
setup red; echo $?
setup red 10.0.0.1 || exit 1
cleanup() { echo cleaning; }
trap cleanup EXIT
if ! setup blue >/dev/null 2>&1; then echo failed; fi
for i in $(seq 1 3); do echo -n "$i,"; done; echo
count=0
while [ $count -lt 3 ]; do count=$((count+1)); done; echo $count
printf "%-8s %s\n" red up blue down
cat <<EOT | grep -v '^#' | while read name addr; do echo "$name=$addr"; done
# name addr
red 10.0.0.1
blue 10.0.0.2
EOT
