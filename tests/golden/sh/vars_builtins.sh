export A=1; sh -c 'echo $A' 2>/dev/null
B=2; export B; C=3
env | grep '^[ABC]=' | sort
export -n A; env | grep -c '^A='
readonly R=5; (R=6); echo $R
declare -i n=3+4; echo $n; n+=1; echo $n
declare -x X=1; declare -r Y=2; declare -p X Y n
f() { local A=local; echo $A; }; f; echo $A
unset A; echo "[$A]"
x=1; unset -v x; echo "[$x]"
declare -f f
type f cd if cat nosuch
command -v f cd cat nosuch; echo $?
type -t f cd if cat
set -- a b; set -- "$@" c; echo $#
set -o | grep -c xtrace
echo $- | grep -c e
set -a; AE=1; set +a; env | grep AE
IFS= read -r v <<< " x "; echo "[$v]"
