set -u
x=1
echo $x ${y:-d} ${#x}
(echo $y; echo never); echo $?
(echo $1); echo "$@" $#
echo $nope
echo never
