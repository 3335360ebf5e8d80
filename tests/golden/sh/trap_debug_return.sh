trap 'echo "+ $LINENO: $BASH_COMMAND"' DEBUG
echo hi
x=5
for i in a b; do echo $i; done
f() {
  echo in f
}
f
case x in x) echo c;; esac
[[ a == a ]]
((1+1))
for ((i=0;i<2;i++)); do :; done
if true; then echo t; fi
while [ $x -gt 4 ]; do x=4; done
echo a | cat
echo a | while read l; do echo $l; done
(echo sub)
{ echo g; }
y=$(echo z)
true && echo and
echo bg & wait
set -T
f
(echo sub2)
trap - DEBUG
trap 'echo ret' RETURN
f
set +T
f
g() { trap 'echo gret $?' RETURN; return 4; }
g
f
trap - RETURN
echo $BASH_COMMAND
echo $BASH_SUBSHELL | cat
(echo $BASH_SUBSHELL)
echo $(echo $BASH_SUBSHELL)
{ echo $BASH_SUBSHELL; } | cat
trap 'echo bye $BASH_COMMAND' EXIT
echo last
