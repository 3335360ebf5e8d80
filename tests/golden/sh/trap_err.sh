trap 'echo "ERR line $LINENO rc=$? cmd=$BASH_COMMAND"' ERR
false
echo after $?
f() {
  false
  return 2
}
f
f || echo or
ls /nosuch 2>/dev/null
true | false
false | true
(exit 3)
[[ a == b ]]
((0))
! true
if false; then :; fi
x=$(false)
echo "x $(false)"
{ false; }
for i in 1 2; do false; done
while false; do :; done
case a in a) false;; esac
nosuch_cmd
cd /nosuch
trap -p ERR
trap -p
trap
trap - ERR
false
echo none
set -E
trap 'echo "E $LINENO ${FUNCNAME[0]} $BASH_COMMAND"' ERR
f
(false; echo sub)
y=$(false; echo in)
echo "$y"
false | cat
{ false; } | cat
false &
wait $!
g() { trap 'echo gtrap' ERR; false; }
g
false
trap 'echo "exit $? $BASH_COMMAND"' EXIT
set -e
f
