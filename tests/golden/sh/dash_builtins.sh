# Builtins of dash
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
echo -e a; echo -n b; echo; echo -E c; echo -ne d; echo -n -n e; echo
CASE
run <<'CASE'
echo 'a\tb\nc\\d\0101e\cf' g; echo x
CASE
run <<'CASE'
echo -n; echo -n 'a\c' b; echo z
CASE
run <<'CASE'
echo 'a\101 \x41 \e[0m \u41 \q \'
CASE
run <<'CASE'
printf '%s %d\n' a 1 b; printf %q 'a b'; echo $?
CASE
run <<'CASE'
printf '%d\n' x; echo $?; printf '%d\n' 3x; echo $?; printf '%d\n' ''; echo $?; printf '%d\n'; echo $?
CASE
run <<'CASE'
printf; echo $?
CASE
run <<'CASE'
printf %; echo $?
CASE
run <<'CASE'
printf '%z\n'; echo $?
CASE
run <<'CASE'
printf -v x a; echo $?
CASE
run <<'CASE'
printf -- '%s\n' a; printf '%5s|%-5s|%05d|%x|%o|%c|%b|%%\n' a b 7 255 8 xyz 'p\tq'
CASE
run <<'CASE'
printf '%d %d\n' "'a" '"b'; printf '%i\n' 0x10; printf '%u\n' -1; printf '%.2f\n' 1.5
CASE
run <<'CASE'
printf '\101\x41\e\n' | od -c
CASE
run <<'CASE'
printf 'a\cb'; printf '%b' 'x\cy'; echo z
CASE
run <<'CASE'
printf '%*d|%.*s\n' 5 3 2 abc
CASE
run <<'CASE'
printf '%d\n' 99999999999999999999; echo $?
CASE
run <<'CASE'
printf '%s\n'; printf '%s-%s\n' 1 2 3
CASE
run <<'CASE'
printf "%'d\n" 1000; echo $?
CASE
run <<'CASE'
printf '%ld\n' 5; echo $?
CASE
run <<'CASE'
read x </dev/null; echo $?
CASE
run <<'CASE'
echo 'a\tb c' | { read x y; echo "$x|$y"; }
CASE
run <<'CASE'
echo 'a\tb c' | { read -r x y; echo "$x" "$y"; }
CASE
run <<'CASE'
echo a | read; echo $?
CASE
run <<'CASE'
echo a | { read -t 1 x; echo $?; }
CASE
run <<'CASE'
echo a | { read -n 1 x; echo $?; }
CASE
run <<'CASE'
echo a | { read -a x; echo $?; }
CASE
run <<'CASE'
echo a | { read -p prompt x; echo $? $x; }
CASE
run <<'CASE'
echo a | { read 1x; echo $?; }
CASE
run <<'CASE'
echo 'a b c  ' | { read x y; echo "[$x][$y]"; }
CASE
run <<'CASE'
echo 'a:b:c:' | { IFS=: read x y; echo "[$x][$y]"; }
CASE
run <<'CASE'
printf 'a\\\nb\n' | { read x; echo "[$x]"; }
CASE
run <<'CASE'
printf 'abc' | { read x; echo "$? [$x]"; }
CASE
run <<'CASE'
while read a b; do echo "$b $a"; done <<EOF
1 2
3 4
EOF
CASE
run <<'CASE'
type foo; echo $?
CASE
run <<'CASE'
type ls cd if f [; f() { :; }; type f export; echo $?
CASE
run <<'CASE'
type; echo $?
CASE
run <<'CASE'
command -v ls cd if foo; echo $?
CASE
run <<'CASE'
command -V ls; command -V cd; command -V foo; command -V if; command -V export; echo $?
CASE
run <<'CASE'
command foo; echo $?; command -x; echo $?
CASE
run <<'CASE'
command -p ls -d /; command; echo $?
CASE
run <<'CASE'
alias l='echo hi'; alias; type l; command -v l; command -V l; alias x; echo $?
CASE
run <<'CASE'
alias l='echo hi'
l there
CASE
run <<'CASE'
unalias foo; echo $?
CASE
run <<'CASE'
set -o pipefail; echo after
CASE
run <<'CASE'
set -o foo; echo after
CASE
run <<'CASE'
set -E; echo after
CASE
run <<'CASE'
set -z
CASE
run <<'CASE'
set -o
CASE
run <<'CASE'
set +o
CASE
run <<'CASE'
set -euo pipefail
CASE
run <<'CASE'
set -eu; set -o | grep on
CASE
run <<'CASE'
set -x; echo a 'b c'; x=1; x=2 echo $x; y=$(echo q)
CASE
run <<'CASE'
set -x; for i in 1 2; do echo $i; done; case a in a) echo b;; esac; [ a = b ] && :; if true; then :; fi
CASE
run <<'CASE'
set -x; ( echo a ); { echo b; } >/dev/null; echo c >/dev/null; cd /; f() { echo in; }; f x
CASE
run <<'CASE'
PS4='$x> '; x=5; set -x; echo a; set +x; echo b
CASE
run <<'CASE'
set -x; echo ""; echo '*'; x=; x='a b'
CASE
run <<'CASE'
set -v; echo a
CASE
run <<'CASE'
trap x ERR; echo $?
CASE
run <<'CASE'
trap 'echo hi' EXIT; trap; exit 3
CASE
run <<'CASE'
trap 'echo hi' 0; false
CASE
run <<'CASE'
trap foo 99; echo $?
CASE
run <<'CASE'
trap 'echo e' DEBUG
CASE
run <<'CASE'
trap - EXIT INT; trap; echo $?
CASE
run <<'CASE'
trap 'echo hi' SIGTERM; echo $?
CASE
run <<'CASE'
trap 'echo hi' TERM INT; trap
CASE
run <<'CASE'
trap -l; echo $?
CASE
run <<'CASE'
trap -p; echo $?
CASE
run <<'CASE'
trap "echo 'x y'" USR1; trap; kill -USR1 $$; echo done
CASE
run <<'CASE'
trap '' TERM; kill $$; echo alive; trap
CASE
run <<'CASE'
trap; trap foo; echo $?
CASE
run <<'CASE'
trap 2; echo $?
CASE
run <<'CASE'
echo $RANDOM [$BASH_VERSION] [$SECONDS] [$UID] [$HOSTNAME] [$EUID] [$BASHPID] [$SHLVL] [$BASH] [$OSTYPE] [$FUNCNAME]
CASE
run <<'CASE'
kill -l
CASE
run <<'CASE'
kill -l 9; kill -l KILL; kill -l 137; echo $?
CASE
run <<'CASE'
kill -l 99; echo $?
CASE
run <<'CASE'
kill; echo $?
CASE
run <<'CASE'
kill -FOO 1; echo $?
CASE
run <<'CASE'
kill abc; echo $?
CASE
run <<'CASE'
kill 999999; echo $?
CASE
run <<'CASE'
kill -9; echo $?
CASE
run <<'CASE'
kill -s; echo $?
CASE
run <<'CASE'
kill -s TERM 999999; echo $?
CASE
run <<'CASE'
kill %1; echo $?
CASE
run <<'CASE'
wait -n; echo $?
CASE
run <<'CASE'
wait; echo $?; wait 99999; echo $?; wait abc; echo $?
CASE
run <<'CASE'
wait %1; echo $?
CASE
run <<'CASE'
sleep 0.1 & wait $!; echo $?; false & wait $!; echo $?; jobs
CASE
run <<'CASE'
sleep 1 & jobs; jobs -l | sed 's/[0-9]\{3,\}/P/'; jobs -p | sed 's/[0-9]*/P/'
CASE
run <<'CASE'
sleep 1 | cat & jobs; kill %1; echo $?
CASE
run <<'CASE'
jobs %1; echo $?
CASE
run <<'CASE'
fg; echo $?
CASE
run <<'CASE'
bg; echo $?
CASE
run <<'CASE'
export -p | grep -v PWD
CASE
run <<'CASE'
export A='x y' B; export -p | grep '[AB]'
CASE
run <<'CASE'
export 1x=2; echo after
CASE
run <<'CASE'
export a-b; echo after
CASE
run <<'CASE'
export -n PATH; echo after
CASE
run <<'CASE'
export -f x; echo after
CASE
run <<'CASE'
readonly x=1; x=2; echo after
CASE
run <<'CASE'
readonly x=1; readonly -p; unset x; echo after
CASE
run <<'CASE'
readonly x=1; x=2 true; echo after
CASE
run <<'CASE'
readonly x=1; export x=3; echo after
CASE
run <<'CASE'
readonly x; for x in 1 2; do :; done; echo after
CASE
run <<'CASE'
readonly x=1; echo a | read x; echo $?; read x </dev/null; echo $?
CASE
run <<'CASE'
local x=1; echo after
CASE
run <<'CASE'
f() { local x=1 y; echo $x $y; local; }; x=0; f; echo $x
CASE
run <<'CASE'
f() { local x; echo $x; x=5; }; x=0; f; echo $x
CASE
run <<'CASE'
f() { local 1x; echo after; }; f
CASE
run <<'CASE'
f() { local -r x=1; echo after; }; f
CASE
run <<'CASE'
f() { return 3; }; f; echo $?; return 4; echo after
CASE
run <<'CASE'
f() { return x; }; f; echo $?
CASE
run <<'CASE'
f() { return 300; }; f; echo $?
CASE
run <<'CASE'
exit x; echo after
CASE
run <<'CASE'
exit 300
CASE
run <<'CASE'
exit -1
CASE
run <<'CASE'
exit 1 2
CASE
run <<'CASE'
break; echo $?
CASE
run <<'CASE'
continue; echo $?
CASE
run <<'CASE'
for i in 1 2; do break x; done; echo $?
CASE
run <<'CASE'
for i in 1 2; do break 0; done; echo $?
CASE
run <<'CASE'
for i in 1 2; do for j in 1 2; do break 9; done; done; echo $i $j
CASE
run <<'CASE'
eval; echo $?; eval 'if'; echo after
CASE
run <<'CASE'
eval 'foo'; echo $?
CASE
run <<'CASE'
eval 'echo $('
CASE
run <<'CASE'
. /nonexistent; echo after
CASE
run <<'CASE'
. nonexistent; echo after
CASE
run <<'CASE'
.; echo after
CASE
run <<'CASE'
echo 'echo sourced $1 $#; return 3; echo no' >f; . ./f a b; echo $?
CASE
run <<'CASE'
echo 'if' >f; . ./f; echo after
CASE
run <<'CASE'
echo 'foo' >f; . ./f; echo $?
CASE
run <<'CASE'
exec foo; echo after
CASE
run <<'CASE'
exec /etc/passwd; echo after
CASE
run <<'CASE'
exec /etc; echo after
CASE
run <<'CASE'
exec; echo $?
CASE
run <<'CASE'
exec -a x ls
CASE
run <<'CASE'
exec </nonexistent; echo after
CASE
run <<'CASE'
: </nonexistent; echo after
CASE
run <<'CASE'
true </nonexistent; echo $?
CASE
run <<'CASE'
{ echo a; } </nonexistent; echo $?
CASE
run <<'CASE'
( echo a ) </nonexistent; echo $?
CASE
run <<'CASE'
if true; then echo a; fi </nonexistent; echo $?
CASE
run <<'CASE'
while true; do echo a; done </nonexistent; echo $?
CASE
run <<'CASE'
f() { echo a; }; f </nonexistent; echo $?
CASE
run <<'CASE'
x=1 </nonexistent; echo $? $x
CASE
run <<'CASE'
>/nonexistent/f; echo $?
CASE
run <<'CASE'
ls </nonexistent; echo $?
CASE
run <<'CASE'
echo a >&7; echo $?
CASE
run <<'CASE'
echo a 7>&6; echo $?
CASE
run <<'CASE'
cat <&9; echo $?
CASE
run <<'CASE'
echo a >/etc; echo $?
CASE
run <<'CASE'
echo a >>/nonexistent/x
CASE
run <<'CASE'
cat </etc/passwd/x; echo $?
CASE
run <<'CASE'
echo a >""; echo $?
CASE
run <<'CASE'
x="a b"; echo hi >$x; ls
CASE
run <<'CASE'
echo hi >*; ls
CASE
run <<'CASE'
set -C; echo a >f; echo b >f; echo $?; echo c >|f; cat f
CASE
run <<'CASE'
echo 12>f; cat f; echo; echo a 2>f3; ls
CASE
run <<'CASE'
echo a {x}>f; cat f
CASE
run <<'CASE'
exec 5>f; echo hi >&5; exec 5>&-; cat f; echo x >&5; echo $?
CASE
run <<'CASE'
exec 10>f; echo $?; ls
CASE
run <<'CASE'
unset; echo $?; unset x; echo $?; unset 1x; echo after
CASE
run <<'CASE'
unset -v PATH; ls; echo $?
CASE
run <<'CASE'
f() { echo a; }; unset -f f; f; echo $?
CASE
run <<'CASE'
unset -z x
CASE
run <<'CASE'
times | head -1; echo $?
CASE
run <<'CASE'
pwd; pwd -P; pwd -x; echo $?
CASE
run <<'CASE'
cd; pwd; cd /tmp; cd -; cd /usr/bin/..; pwd; cd -P /bin; pwd; cd -x; echo $?
CASE
run <<'CASE'
cd /a /b; echo $?
CASE
run <<'CASE'
cd ''; echo $?; pwd
CASE
run <<'CASE'
cd /etc/passwd; echo $?
CASE
run <<'CASE'
unset HOME; cd; echo $?
CASE
run <<'CASE'
unset OLDPWD; cd -; echo $?
CASE
run <<'CASE'
CDPATH=/usr; cd bin; pwd
CASE
run <<'CASE'
chdir /; pwd
CASE
run <<'CASE'
getopts; echo $?
CASE
run <<'CASE'
set -- -a -b x -z; while getopts ab:c o; do echo $o $OPTARG $OPTIND; done; echo $? $OPTIND
CASE
run <<'CASE'
set -- -b; getopts b: o; echo $? $o
CASE
run <<'CASE'
set -- -b; getopts :b: o; echo $? $o $OPTARG
CASE
run <<'CASE'
getopts a 1x; echo $?
CASE
run <<'CASE'
test; echo $?; test -t 0; echo $?; test -x /bin/ls; echo $?
CASE
run <<'CASE'
true | false | true; echo $?; ! true; echo $?; ! false; echo $?
CASE
run <<'CASE'
! ! true; echo $?
CASE
run <<'CASE'
set -e; false; echo after
CASE
run <<'CASE'
set -e; false || true; ! true; if false; then :; fi; echo after
CASE
run <<'CASE'
set -e; f() { false; echo in; }; f || echo x; f; echo after
CASE
run <<'CASE'
set -e; (false); echo after
CASE
run <<'CASE'
set -e; x=$(false); echo after
CASE
run <<'CASE'
set -e; echo $(false); echo after
CASE
run <<'CASE'
set -e; false | true; true | false; echo after
CASE
run <<'CASE'
set -e; cd /nonexistent; echo after
CASE
run <<'CASE'
set -e; trap 'echo bye $?' EXIT; false
CASE
run <<'CASE'
set -n; echo hi
CASE
cd / && rm -rf /tmp/netglass-cases
