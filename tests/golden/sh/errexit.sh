set -e
false || echo or
if false; then :; fi
! true
f() { false; echo "f goes on"; }
f || echo no
f && echo yes
x=$(false; echo "in substitution"); echo "$x"
(set +e; false; echo sub)
while false; do :; done
false && true
echo still
{ false; echo never; }
echo never
