# What the grammar of dash takes and refuses, expansions, arithmetic and test
# The outer shell is bash; sh is dash. Each case runs in a folder of its own.
run() {
	text=$(cat)
	rm -rf case && mkdir case && cd case || exit
	echo "== $text"
	env -i PATH=/usr/bin:/bin HOME=/root sh -c "$text" </dev/null 2>&1
	echo "-- $?"
	cd ..
}
run_file() {
	cat >script.sh
	rm -rf case && mkdir case && mv script.sh case && cd case || exit
	echo "== script.sh: $(cat script.sh)"
	env -i PATH=/usr/bin:/bin HOME=/root sh script.sh </dev/null 2>&1
	echo "-- $?"
	cd ..
}
run_input() {
	rm -rf case && mkdir case && cd case || exit
	echo "== input"
	env -i PATH=/usr/bin:/bin HOME=/root sh 2>&1
	echo "-- $?"
	cd ..
}
cd /tmp && mkdir -p netglass-cases && cd netglass-cases || exit
run <<'CASE'
foo
CASE
run <<'CASE'
foo; echo $?
CASE
run <<'CASE'
cd /nonexistent; echo $?
CASE
run <<'CASE'
cat </nonexistent; echo $?
CASE
run <<'CASE'
echo hi >/nonexistent/x; echo $?
CASE
run <<'CASE'
if
CASE
run <<'CASE'
if true; echo
CASE
run <<'CASE'
if true; then echo; else
CASE
run <<'CASE'
for
CASE
run <<'CASE'
for x
CASE
run <<'CASE'
for x in a b
CASE
run <<'CASE'
for x in a b; echo
CASE
run <<'CASE'
for 1 in a; do :; done
CASE
run <<'CASE'
for x-y in a; do :; done
CASE
run <<'CASE'
while
CASE
run <<'CASE'
while true; done
CASE
run <<'CASE'
while true; do
CASE
run <<'CASE'
case
CASE
run <<'CASE'
case x
CASE
run <<'CASE'
case x in
CASE
run <<'CASE'
case x in a
CASE
run <<'CASE'
case x in a) echo
CASE
run <<'CASE'
case x in a) echo;; b
CASE
run <<'CASE'
case x in ) echo;; esac
CASE
run <<'CASE'
(
CASE
run <<'CASE'
( echo
CASE
run <<'CASE'
{
CASE
run <<'CASE'
{ echo
CASE
run <<'CASE'
)
CASE
run <<'CASE'
}
CASE
run <<'CASE'
fi
CASE
run <<'CASE'
then
CASE
run <<'CASE'
do
CASE
run <<'CASE'
done
CASE
run <<'CASE'
esac
CASE
run <<'CASE'
else
CASE
run <<'CASE'
elif
CASE
run <<'CASE'
;
CASE
run <<'CASE'
;;
CASE
run <<'CASE'
&
CASE
run <<'CASE'
&&
CASE
run <<'CASE'
||
CASE
run <<'CASE'
|
CASE
run <<'CASE'
echo &&
CASE
run <<'CASE'
echo ||
CASE
run <<'CASE'
echo |
CASE
run <<'CASE'
echo; ;
CASE
run <<'CASE'
echo ;;
CASE
run <<'CASE'
echo && && echo
CASE
run <<'CASE'
echo >
CASE
run <<'CASE'
echo <
CASE
run <<'CASE'
echo > ;
CASE
run <<'CASE'
echo >&
CASE
run <<'CASE'
echo <<
CASE
run <<'CASE'
echo 2>&x
CASE
run <<'CASE'
echo >&x; cat x
CASE
run <<'CASE'
echo "
CASE
run <<'CASE'
echo '
CASE
run <<'CASE'
echo `
CASE
run <<'CASE'
echo `echo
CASE
run <<'CASE'
echo $(
CASE
run <<'CASE'
echo $(echo
CASE
run <<'CASE'
echo $((1
CASE
run <<'CASE'
echo $((1)
CASE
run <<'CASE'
echo ${x
CASE
run <<'CASE'
echo ${
CASE
run <<'CASE'
echo ${}
CASE
run <<'CASE'
echo ${x:0:1}
CASE
run <<'CASE'
x=abc; echo a; echo ${x:0:1}; echo b
CASE
run <<'CASE'
if false; then echo ${x//a/b}; fi; echo ok
CASE
run <<'CASE'
echo ${x//a/b}
CASE
run <<'CASE'
echo ${x/a/b}
CASE
run <<'CASE'
echo ${!x}
CASE
run <<'CASE'
echo ${x^^}
CASE
run <<'CASE'
echo ${x,,}
CASE
run <<'CASE'
echo ${x@Q}
CASE
run <<'CASE'
echo ${x[0]}
CASE
run <<'CASE'
echo ${#x[@]}
CASE
run <<'CASE'
x=abc; echo ${#x} ${x#a} ${x%c} ${x##*b} ${x%%b*} ${x:-d} ${y:-d} ${y-d} ${x:+d} ${x+d} ${y=z} $y
CASE
run <<'CASE'
echo ${x?}
CASE
run <<'CASE'
echo ${x:?}
CASE
run <<'CASE'
echo ${x?no such}; echo after
CASE
run <<'CASE'
echo ${x:?"a b"}
CASE
run <<'CASE'
set -u; echo $x; echo after
CASE
run <<'CASE'
set -u; echo $1
CASE
run <<'CASE'
set -u; echo ${x}
CASE
run <<'CASE'
set -u; echo $((x+1))
CASE
run <<'CASE'
set -u; echo ${#x}
CASE
run <<'CASE'
set -u; echo "$@" $* $# ${x-a}
CASE
run <<'CASE'
set -u; echo $!
CASE
run <<'CASE'
a=(1 2)
CASE
run <<'CASE'
a[0]=1; echo $?
CASE
run <<'CASE'
f() echo hi; f
CASE
run <<'CASE'
f() { echo $1; }; f x
CASE
run <<'CASE'
f(x)
CASE
run <<'CASE'
f ( x
CASE
run <<'CASE'
a-b() { echo hi; }; a-b
CASE
run <<'CASE'
function f { echo hi; }; f
CASE
run <<'CASE'
function f() { echo hi; }
CASE
run <<'CASE'
[[ a == b ]]; echo $?
CASE
run <<'CASE'
[[ a && b ]]
CASE
run <<'CASE'
((x=1)); echo $?
CASE
run <<'CASE'
(( 1 < 2 )); echo $?
CASE
run <<'CASE'
for ((i=0;i<3;i++)); do echo $i; done
CASE
run <<'CASE'
select x in a b; do echo $x; done
CASE
run <<'CASE'
echo &>x; cat x
CASE
run <<'CASE'
echo hi |& cat
CASE
run <<'CASE'
cat <<< hi
CASE
run <<'CASE'
cat <(echo hi)
CASE
run <<'CASE'
echo $'a\tb'
CASE
run <<'CASE'
echo $"abc"
CASE
run <<'CASE'
echo {1..3} {a,b}
CASE
run <<'CASE'
echo $[1+2]
CASE
run <<'CASE'
let x=1; echo $?
CASE
run <<'CASE'
declare x=1; echo $?
CASE
run <<'CASE'
typeset x=1
CASE
run <<'CASE'
source /dev/null; echo $?
CASE
run <<'CASE'
pushd /
CASE
run <<'CASE'
shopt -s nullglob; echo $?
CASE
run <<'CASE'
coproc cat
CASE
run <<'CASE'
[ 1 -eq x ]; echo $?
CASE
run <<'CASE'
[ a == a ]; echo $?
CASE
run <<'CASE'
[ a == b -a c ]; echo $?
CASE
run <<'CASE'
[ a; echo $?
CASE
run <<'CASE'
[ 1 = 1; echo $?
CASE
run <<'CASE'
[ a b ]; echo $?
CASE
run <<'CASE'
[ a b c ]; echo $?
CASE
run <<'CASE'
[ a b c d ]; echo $?
CASE
run <<'CASE'
[ a b c d e ]; echo $?
CASE
run <<'CASE'
[ -n ]; echo $?; [ ]; echo $?; [ -z "" ]; echo $?; [ ! a ]; echo $?
CASE
run <<'CASE'
[ ( a ) ]; echo $?
CASE
run <<'CASE'
[ \( a \) ]; echo $?
CASE
run <<'CASE'
[ \( a = a \) -o b ]; echo $?
CASE
run <<'CASE'
[ \( a = a ]; echo $?
CASE
run <<'CASE'
[ -f /etc/passwd -a -d / ]; echo $?
CASE
run <<'CASE'
[ 1 -eq ]; echo $?
CASE
run <<'CASE'
[ 1 -eq "" ]; echo $?
CASE
run <<'CASE'
[ 1 -foo 2 ]; echo $?
CASE
run <<'CASE'
[ -q x ]; echo $?
CASE
run <<'CASE'
[ -v x ]; echo $?
CASE
run <<'CASE'
test a -lt 3; echo $?
CASE
run <<'CASE'
test 99999999999999999999 -lt 3; echo $?
CASE
run <<'CASE'
test " 3" -eq 3; echo $?; test "3 " -eq 3; echo $?
CASE
run <<'CASE'
[ a "<" b ]; echo $?; [ a ">" b ]; echo $?
CASE
run <<'CASE'
[ a =~ b ]; echo $?
CASE
run <<'CASE'
[ /etc -nt /none ]; echo $?; [ / -ef / ]; echo $?
CASE
run <<'CASE'
shift; echo $?
CASE
run <<'CASE'
shift 5; echo after
CASE
run <<'CASE'
shift x; echo after
CASE
run <<'CASE'
shift -1; echo after
CASE
run <<'CASE'
echo $((1/0)); echo after
CASE
run <<'CASE'
echo $((1%0))
CASE
run <<'CASE'
echo $((x++))
CASE
run <<'CASE'
x=1; echo $((++x))
CASE
run <<'CASE'
x=1; echo $((x--))
CASE
run <<'CASE'
echo $((2**3))
CASE
run <<'CASE'
echo $((1,2))
CASE
run <<'CASE'
echo $((1+)); echo after
CASE
run <<'CASE'
echo $((a b))
CASE
run <<'CASE'
echo $((1 2))
CASE
run <<'CASE'
echo $((08))
CASE
run <<'CASE'
echo $((0x1f)) $((010))
CASE
run <<'CASE'
echo $((1?2:3)) $((x=5)) $x $((x+=2)) $((x<<=1)) $((!x)) $((~x)) $((1||0)) $((1&&0))
CASE
run <<'CASE'
x=abc; echo $((x+1)); echo after
CASE
run <<'CASE'
x=" 3 "; echo $((x+1))
CASE
run <<'CASE'
x=0x; echo $((x+1))
CASE
run <<'CASE'
x=; echo $((x+1))
CASE
run <<'CASE'
echo $((9223372036854775807+1)) $((99999999999999999999))
CASE
run <<'CASE'
echo $(( ))
CASE
run <<'CASE'
echo $((1?2))
CASE
run <<'CASE'
echo $(((1))
CASE
run <<'CASE'
echo $((16#ff))
CASE
run <<'CASE'
echo $((1.5))
CASE
run <<'CASE'
echo $((-5/2)) $((-5%2)) $((7>>1)) $((1<<3)) $((5&3)) $((5|3)) $((5^3)) $((1<2)) $((2>=2)) $((1!=1))
CASE
cd / && rm -rf /tmp/netglass-cases
