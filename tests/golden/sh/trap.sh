trap 'echo bye' EXIT
trap 'echo term' TERM
trap
kill $$
echo after
trap - TERM
trap '' INT
trap -p INT
trap x NOPE; echo $?
(trap 'echo subexit' EXIT; echo sub)
f() { trap 'echo exit2' EXIT; }
f
exit 3
