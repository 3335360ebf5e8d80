# shellcheck shell=sh disable=all
# what follows a here-document is reached
cat <<A; cat <<'B' # note
1
A
2
B
if true; then
cat <<-E
	3
	E
fi
echo "a
b"; cat <<X | tr a b
aa
X
ip link
ip netns add red
ip -n red link set eth9 up
