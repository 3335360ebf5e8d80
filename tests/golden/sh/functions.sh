f() { echo "in f: $1 $#"; return 3; }
f a b; echo $?
function g { echo g; }
g; g2() (echo sub; x=9); g2; echo "[$x]"
h() { local v=1 w; v=2; echo $v; x=set; }
v=out; h; echo $v $x
r() { [ $1 -le 0 ] && return; echo $1; r $(($1-1)); }
r 3
f() { echo second; }; f
unset -f f; f; echo $?
a() { echo $@; b "$@"; echo $1; }; b() { echo "b: $*"; shift; }
a 1 2
k() { return; }; false; k; echo $?
k() { if true; then return 5; fi; echo no; }; k; echo $?
w() { for i in 1 2; do return $i; done; }; w; echo $?
p() { echo $1 >&2; }; p err 2>&1
q() { cat; } <<EOF
from here
EOF
q
t() { x=1 y; }; y() { echo "x=$x"; }; t
