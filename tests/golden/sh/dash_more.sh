# dash: traps, jobs, printf, options, folders
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
in
CASE
run <<'CASE'
in x
CASE
run <<'CASE'
set +o foo; echo after
CASE
run <<'CASE'
sleep 1 & echo $(jobs -p | grep -c .); kill $(jobs -p)
CASE
run_file <<'CASE'


eval foo
eval '

bar'
trap 'tfoo' EXIT
f() {
  ffoo
  eval 'x
y'
}
f
eval f
. ./none
CASE
run_file <<'CASE'
trap 'tf' USR1
kill -USR1 $$

echo a
CASE
run <<'CASE'
if true; then echo;; fi
CASE
run <<'CASE'
case a in a) )
CASE
run <<'CASE'
echo a; echo >&x; echo b
CASE
run <<'CASE'
echo >&12
CASE
run <<'CASE'
fd=2; echo a >&$fd; echo a >&-; echo b
CASE
run <<'CASE'
$((1
CASE
run <<'CASE'
echo `if`; echo b
CASE
run <<'CASE'
echo `echo a; if`
CASE
run <<'CASE'
echo `foo)`; echo b
CASE
run <<'CASE'
echo "`echo "a"`"
CASE
run <<'CASE'
echo a | (read x; echo $x) | cat
CASE
run <<'CASE'
trap 'echo a' EXIT; exec foo
CASE
run <<'CASE'
f() { return; }; false; f; echo $?; f() { false; return; }; f; echo $?
CASE
run <<'CASE'
exec 3<f; echo no
CASE
run <<'CASE'
exec 3>f 4>&3; echo a >&4; exec 3>&- 4>&-; cat f
CASE
run <<'CASE'
exec foo 2>/dev/null; echo no
CASE
run <<'CASE'
cd /tmp && pwd; cd ..; pwd; cd /usr/lib/../bin; pwd
CASE
run <<'CASE'
alias; alias ll='ls -l' la="ls 'a'"; alias; alias ll; unalias ll; alias; unalias -a; alias
CASE
run <<'CASE'
echo $((010+0x10)) $((5/2*2)) $((-7/2)) $((1-1-1)) $((2-(3-4)))
CASE
run <<'CASE'
x=1; echo $((x=x+1)) $((x<3)) $((y)) $((x?1:0))
CASE
run <<'CASE'
echo $((1+x=2))
CASE
run <<'CASE'
echo $((x=1,y=2))
CASE
run <<'CASE'
echo $(( 1 +
2 ))
CASE
run <<'CASE'
echo $((1 + $(echo 2))) $(( `echo 3` )) $(("1"+'2'))
CASE
run <<'CASE'
echo $((')'))
CASE
run <<'CASE'
echo $((a[0]))
CASE
run <<'CASE'
echo $((1#))
CASE
run <<'CASE'
echo $((a.b))
CASE
run <<'CASE'
echo $((\1))
CASE
run <<'CASE'
echo $((@))
CASE
run <<'CASE'
echo $((1+(2))
CASE
run <<'CASE'
echo $((1 ? 2 : ))
CASE
run <<'CASE'
echo $((1 + 2) + 3)); echo a
CASE
run <<'CASE'
echo $((echo a); echo b)
CASE
run <<'CASE'
umask -S; umask 022 x; umask -p; echo $?
CASE
run <<'CASE'
test 1 -eq 1 -a; echo $?
CASE
run <<'CASE'
test 1 2 3 4 5; echo $?; test a = b c; echo $?; test ! ! a; echo $?; test \( \); echo $?; test -a; echo $?; test a -a; echo $?
CASE
run <<'CASE'
test a -o; echo $?; test -f; echo $?; test -f -a a; echo $?; test a -a b -o c; echo $?; test ! a -o b; echo $?
CASE
run <<'CASE'
[ -e /etc -a -w /etc -a ! -s /none ]; echo $?; [ -O / -a -G / ]; echo $?; [ -L /bin ] && echo link; [ -h /bin ] && echo h; [ -S / ]; echo $?; [ -k /tmp ]; echo $?; [ -u / ]; echo $?; [ -N / ]; echo $?; [ -R x ]; echo $?
CASE
run <<'CASE'
[ 1 = 1 ] ]; echo $?
CASE
run <<'CASE'
[ 1 -eq 1 ] && echo y || echo n; [ 10 -gt 9 -a 1 -ne 2 ] && echo y
CASE
run <<'CASE'
if [ $# -lt 1 ]; then echo "usage: $0 x"; exit 1; fi
CASE
run <<'CASE'
while :; do break; done; echo $?; until true; do :; done; echo $?
CASE
run <<'CASE'
f() { for i in 1 2 3; do return $i; done; }; f; echo $?
CASE
run <<'CASE'
f() { break; echo a; }; for i in 1 2; do f; done; echo $i
CASE
run <<'CASE'
for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done; for i in 1 2; do for j in a b; do continue 2; done; echo n; done
CASE
run <<'CASE'
getopts ab o -a; echo $? $o $OPTIND; getopts ab o -x; echo $o
CASE
run <<'CASE'
set -- -ab; while getopts ab o; do echo $o; done; getopts; getopts a; echo $?
CASE
run <<'CASE'
getopts :a o -x; echo $? $o $OPTARG
CASE
run <<'CASE'
kill -0 $$; echo $?; kill -s 0 $$; kill -TERM; echo $?; kill -15 999999; kill -HUP 999999 999998; echo $?
CASE
run <<'CASE'
kill -n 9 1; echo $?
CASE
run <<'CASE'
kill -l TERM; kill -l 0; kill -l 1 2; kill -l 64; kill -l 65; echo $?
CASE
run <<'CASE'
wait 1 2; echo $?; wait $$; echo $?
CASE
run <<'CASE'
(exit 5) & wait $!; echo $?; (exit 6) & p=$!; sleep 0.1; wait $p; echo $?; wait $p; echo $?
CASE
run <<'CASE'
true & false & wait; echo $?; jobs
CASE
run <<'CASE'
sleep 5 & kill -9 $!; wait; echo $?
CASE
run <<'CASE'
sleep 5 & kill -9 $!; sleep 0.2; echo a; jobs; echo b
CASE
run <<'CASE'
sleep 0.3; echo a; sleep 5 & sleep 0.1; kill %1; wait %1; echo $?; kill %1
CASE
run <<'CASE'
sleep 1 & sleep 2 & jobs; jobs %2; jobs %%; jobs -p | cat; jobs -l | cat; kill %1 %2
CASE
run <<'CASE'
sleep 1 & fg; echo $?
CASE
run <<'CASE'
sleep 0.2 & fg %1; echo $?; bg %1; echo $?
CASE
run <<'CASE'
type /bin/ls ./x /etc/passwd; echo $?; command -v /bin/ls ./x; echo $?; command -v : if l; command -V : ./x; echo $?
CASE
run <<'CASE'
local; echo after
CASE
run <<'CASE'
f() { local x=a b=c d; d=1; echo $x $b $d; local x=q; echo $x; }; x=1 f; echo "$x$b$d"
CASE
run <<'CASE'
f() { local x="$1" y=$1; echo "$x|$y"; }; f "a b"
CASE
run <<'CASE'
export x="a b" y=$z q='c d'; z="e f"; export w=$z; echo "$x|$y|$q|$w"
CASE
run <<'CASE'
x="a b"; readonly y=$x; echo "$y"; export -p | grep -c x
CASE
run <<'CASE'
readonly; readonly x; readonly; x=3; echo $?
CASE
run <<'CASE'
unset -f nofn; unset -v; unset HOME PWD; echo $? $HOME
CASE
run <<'CASE'
unset IFS; x="a b"; echo $x; IFS=; echo $x; IFS=' '; set -- $x; echo $#
CASE
run <<'CASE'
echo "$@"; set -- "a b" c; for i in "$@"; do echo "$i"; done; for i in $*; do echo $i; done; for i in "$*"; do echo "$i"; done
CASE
run <<'CASE'
set -- a b c d e f g h i j k; echo $10 ${10} ${11} $#; shift 10; echo $1
CASE
run <<'CASE'
trap 'echo exit' EXIT; trap; trap - EXIT; trap; trap 'echo 1' 1 2 15; trap; trap - 1; trap; trap '' 2; trap
CASE
run <<'CASE'
trap 'echo T; exit 3' TERM; kill $$; echo no
CASE
run <<'CASE'
trap 'echo T' TERM; (kill $$); sleep 0.1; echo after
CASE
run <<'CASE'
trap 'echo $? in' EXIT; set -e; false
CASE
run <<'CASE'
trap "echo bye" EXIT INT TERM
echo working
CASE
run <<'CASE'
trap 'rm -f x' EXIT; exit
CASE
run <<'CASE'
set -e; test -f /none && echo yes; echo reached; f() { test -f /none && echo yes; }; f; echo not
CASE
run <<'CASE'
set -e; if ! false; then echo a; fi; ! true; echo b; while false; do :; done; x=$(true); echo c
CASE
run <<'CASE'
set -e; ( echo a; false; echo b ) || echo c; { false; echo d; } && echo e
CASE
run <<'CASE'
set -u; echo ${x:-d} ${x-} "${x+set}"; set +u; echo $x.; set -u; : "$x"
CASE
run <<'CASE'
set -u; f() { echo $1; }; f
CASE
run <<'CASE'
set -f; echo *; set +f; set -C; : >/dev/null; echo $?
CASE
run <<'CASE'
set -a; foo=bar; env | grep foo; set +a; set -o allexport; set -o | grep all
CASE
run <<'CASE'
set -o nounset; echo $-; set +o nounset; set -o vi; echo $-; set -m; echo $-
CASE
run <<'CASE'
set -bT; echo $?
CASE
run <<'CASE'
set -h; echo $?
CASE
run <<'CASE'
set -k; echo $?
CASE
run <<'CASE'
set -P
CASE
run <<'CASE'
set -B
CASE
run <<'CASE'
set -p; echo $?; set -q; echo $?
CASE
run <<'CASE'
set -
CASE
run <<'CASE'
read -p; echo $?; read -r -p 'x' </dev/null; echo $?
CASE
run <<'CASE'
read x y z <<EOF
 a   b  c d  
EOF
echo "[$x][$y][$z]"
CASE
run <<'CASE'
IFS=, read a b c <<EOF
1,,3,
EOF
echo "[$a][$b][$c]"
CASE
run <<'CASE'
printf 'a b\nc' | while read x y; do echo "$x-$y"; done
CASE
run <<'CASE'
printf "%s" ; printf "\n%s %s\n" a; printf '%5.2s|\n' abc; printf '%-10s|\n' x; printf '%+d % d\n' 5 5; printf '%#x %#o\n' 255 8; printf '%e\n' 1.5; printf '%G\n' 0.00001; printf '%s\n' "a\nb"; printf '%b\n' "a\nb\0101\101"
CASE
run <<'CASE'
printf '%d %d\n' 0x1f 010; printf '%x\n' -1; printf '%c%c\n' ab ''; printf '%5c|\n' x; printf '%03d\n' 5; printf '%d\n' ' 5'; printf '%d\n' '5 '; echo $?
CASE
run <<'CASE'
printf '%f\n' x; echo $?; printf '%f\n' 1.5x; echo $?
CASE
run <<'CASE'
printf '\q\n'; printf '%%%s\n' a; printf '\\n\n'; printf "a\0b" | od -c; printf '\0101\n'; printf '\x41\n'
CASE
run <<'CASE'
printf '%s %s\n' a b c; printf 'x\n' a b; printf '%s\n' -- -a; printf -- -a; printf '\n'; printf -x; echo $?
CASE
run <<'CASE'
echo "a\\b" 'c\\d' "\n"; echo -- a; echo - b; echo '\0' | od -c; echo '\065' '\65'; echo 'a\vb\fc\rd\be\ag' | od -c
CASE
run <<'CASE'
times
CASE
run <<'CASE'
echo ${#undef} ${##} ${#-} "${#@}" ; set -- aa b; echo ${#1} ${#2} ${#3}
CASE
run <<'CASE'
echo ${x:+a} ${x+a} ${x:=b} ${x:+c}; echo ${y:?msg $x}
CASE
run <<'CASE'
echo ${12345} ${a-${b-c}} ${a-`echo q`} ${a-$(echo r)} ${a-$((1+1))}
CASE
run <<'CASE'
x='a*b'; echo ${x%\**} ${x%"*b"} ${x#a*}; y='*'; echo "${x#a$y}" "${x#a"$y"}"
CASE
run <<'CASE'
x=aXbXc; echo "${x%X*}" "${x%%X*}" "${x#*X}" "${x##*X}" ${x%[Xc]} ${x#?}
CASE
run <<'CASE'
echo "${x"; echo b
CASE
run <<'CASE'
echo ${x-"}"} ${x-\}} '${x}' "\${x}"
CASE
run <<'CASE'
echo ${-} ${?} ${$:+y} ${!:-n} ${#} ${@} ${*}
CASE
run <<'CASE'
echo ${1x}
CASE
run <<'CASE'
echo ${x y}
CASE
run <<'CASE'
echo ${x-a b  c} "${x-a b  c}"
CASE
run <<'CASE'
echo ${x
}
CASE
run <<'CASE'
echo $ $. "$" '$' $% a$
CASE
run <<'CASE'
echo "a $(echo "b $(echo "c")")" "$(echo 'd)')" "$(echo \))"
CASE
run <<'CASE'
echo $(echo a; echo b) "$(echo a; echo b)" $(printf 'x\n\n\n')y
CASE
run <<'CASE'
echo $(# comment
echo a)
CASE
run <<'CASE'
echo a # $(
CASE
run <<'CASE'
x=$(cat <<'E'
a 'b
E
); echo "$x"
CASE
run <<'CASE'
cat <<A; cat <<B
a
A
b
B
CASE
run <<'CASE'
cat <<A <<B
a
A
b
B
CASE
run <<'CASE'
cat <<EOF | tr a b
aaa
EOF
CASE
run <<'CASE'
if cat <<EOF; then echo y; fi
in if
EOF
CASE
run <<'CASE'
f() { cat <<EOF
$1 $(echo sub)
EOF
}; f x
CASE
run <<'CASE'
cat <<"E F"
$x
E F
CASE
run <<'CASE'
cat <<\EOF
$x
EOF
CASE
run <<'CASE'
cat << 
x
CASE
run <<'CASE'
echo a > "b c"; ls; cat <"b c"; rm "b c"; echo a>b; echo c>>b; cat b; echo 2>b; echo a 1>b; cat b; echo a >b 2>&1; ls /none >b 2>&1; cat b
CASE
run <<'CASE'
ls /none 2>/dev/null; echo $?; ls /none 2>&- >/dev/null; { echo a; echo b >&2; } 2>&1 | cat; echo c 1>&2
CASE
run <<'CASE'
: <> f; ls; echo x <> f; cat f
CASE
run <<'CASE'
>a >b; ls; <a cat; 2>c true; ls
CASE
run <<'CASE'
x=5; echo $(("$x"+1))
CASE
run <<'CASE'
echo $(( "5" ))
CASE
run <<'CASE'
x=5; echo "$(("$x"+1))" $(( ${x}+1 )) $(($x)) $((${x:-3})) $((`echo 1`+1))
CASE
run <<'CASE'
trap 'echo $?; exit' 0; false
CASE
run <<'CASE'
trap 'exit' 0; exit 3
CASE
run <<'CASE'
trap 'false; exit' 0; exit 3
CASE
run <<'CASE'
trap 'exit' TERM; false; kill $$
CASE
run <<'CASE'
z="e f"; export w=$z; echo "$w"; readonly v=~/x; echo $v; f() { local y=$z q=a:~; echo "$y" $q; }; f
CASE
run <<'CASE'
export a=*; echo "$a"; command export b=$z c="x y"; x='1 2'; command export d=$x; echo "$d"
CASE
run <<'CASE'
export $nothing x=1; echo $x; y='p=q r=s'; export $y; echo $p $r
CASE
run <<'CASE'
cd /bin; pwd; pwd -P; echo $PWD; cd -P /bin; pwd; cd ..; pwd; cd -; echo $OLDPWD
CASE
run <<'CASE'
cd /tmp; cd ./; pwd; cd //; pwd; cd /usr//lib/; pwd; cd .; pwd
CASE
run <<'CASE'
CDPATH=/usr:/; cd bin; cd /; cd ./usr; pwd; cd bin 2>&1; CDPATH=:/usr; cd /; cd lib; pwd
CASE
run <<'CASE'
case '^' in [^a]) echo y;; *) echo n;; esac; case b in [!a]) echo y;; esac; x=^b; echo ${x#[^a]}; case a in [\^a]) echo y;; esac; case ']' in []a]) echo y;; esac; case - in [a-]) echo y;; esac; case B in [[:upper:]]) echo u;; esac
CASE
run <<'CASE'
trap 'false; exit' TERM; kill $$; echo no
CASE
run <<'CASE'
trap 'exit' TERM; (exit 3); kill $$; echo no
CASE
run <<'CASE'
cd nonexist/..; pwd
CASE
run <<'CASE'
mkdir a; ln -s a b; cd b; pwd | sed 's,.*/,,'; cd ..; pwd | grep -c b$; cd b; pwd -P | sed 's,.*/,,'; cd ../b/..; ls
CASE
run <<'CASE'
mkdir a; ln -s a b; cd -P b; pwd | sed 's,.*/,,'; cd -L ../b; pwd | sed 's,.*/,,'; sh -c pwd | sed 's,.*/,,'
CASE
run <<'CASE'
mkdir x; cd x; rmdir ../x; pwd | sed 's,.*/,,'; cd .. && ls; cd /none; echo $?
CASE
run <<'CASE'
echo a >&5 2>/dev/null; echo $?; { echo b >&5; } 2>/dev/null; echo $?
CASE
run <<'CASE'
printf '%c' '' a | od -c; printf '%3c|' '' | od -c
CASE
cd / && rm -rf /tmp/netglass-cases
