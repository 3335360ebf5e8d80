set -x
x=1 y="a b"
echo $x "$y" '' "it's" '$z'
for i in 1 2; do :; done
case $x in 1) echo one;; esac
[ $x = 1 ] && echo eq
[[ $y == a* ]]
((x+1))
f() { echo "f $1"; }
f a
z=$(echo sub)
echo hi > /dev/null
if [ 1 = 2 ]; then :; else echo else; fi
x=5 true
eval 'echo ev'
a=(1 2)
x=
! true
while false; do :; done
export E=1
local q
set +x
echo off
