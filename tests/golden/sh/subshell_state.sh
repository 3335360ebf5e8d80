x=1; (x=2; echo $x); echo $x
x=1 | true; echo $x
mkdir d; (cd d; pwd | grep -c "/d$"); pwd | grep -c "/d$"
f() { echo orig; }; (f() { echo new; }; f); f
(exit 3) || echo $?
(set -e; false; echo never); echo $?
echo $(x=9; echo $x) $x
{ x=group; }; echo $x
echo a | while read v; do x=$v; done; echo $x
(trap 'echo t' EXIT); echo end
