# dash: lines, errors that end the shell, programs and signals
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
run_file <<'CASE'
echo a

foo
  bar
echo \
  x; baz
f() {
  echo $LINENO
  qux

}
f
if true
then
  quux
fi </none
for i in 1; do
   q2
done
echo "a
b
c $LINENO" | q3
x=$(q4
q5
)
( q6
)
eval 'q7
q8'
echo 'q9

q10' >src
. ./src
echo `q11`
cat <<EOF
$(q12)
a
${LINENO}
EOF
q13 && q14 ||
q15
CASE
run_file <<'CASE'
echo one
if true; then
  echo two
CASE
run_file <<'CASE'
echo one
echo "two
three
CASE
run_file <<'CASE'
echo >
foo
CASE
run_file <<'CASE'
echo a
echo $((1+
CASE
run_file <<'CASE'
echo a
case x in
a) foo
esac
done
CASE
run_file <<'CASE'
cat <<EOF
abc
CASE
run_file <<'CASE'
echo a
x=${y?no}
echo b
CASE
run_file <<'CASE'
#!/bin/sh -e
false
echo b
CASE
run_input <<'CASE'
echo a
foo
read x
this is x
echo "$x"
if
CASE
run <<'CASE'
sleep 5 & kill $!; wait $!; echo $?
CASE
run <<'CASE'
sh -c 'kill -9 $$'; echo $?
CASE
run <<'CASE'
sh -c 'kill -TERM $$'; echo $?
CASE
run <<'CASE'
sh -c 'kill -INT $$'; echo $?
CASE
run <<'CASE'
sh -c 'kill -SEGV $$' | cat; echo $?
CASE
run <<'CASE'
x=1 :; echo $x; y=2 true; echo [$y]; f() { echo $z; }; z=3 f; echo [$z]; w=4 export v; echo $w; u=5 eval 'echo $u'; echo [$u]
CASE
run <<'CASE'
command . /nonexistent; echo $?
CASE
run <<'CASE'
command exec </nonexistent; echo $?
CASE
run <<'CASE'
command export 1x; echo $?
CASE
run <<'CASE'
command eval 'if'; echo $?
CASE
run <<'CASE'
command -v command; command echo a; command command echo b
CASE
run <<'CASE'
./nonexist; echo $?; /etc/passwd; echo $?; /etc; echo $?; ''; echo $?
CASE
run <<'CASE'
echo 'echo in $0 $1' >s; chmod +x s; ./s a; PATH=.:$PATH s b
CASE
run <<'CASE'
printf '#!/nonexist\n' >s; chmod +x s; ./s; echo $?
CASE
run <<'CASE'
printf '#!/bin/sh\nfoo\n' >s; chmod +x s; ./s; echo $?
CASE
run <<'CASE'
touch s; ./s; echo $?
CASE
run <<'CASE'
foo 2>/dev/null; echo $?
CASE
run <<'CASE'
foo | cat; echo $?
CASE
run <<'CASE'
$x; echo $?; $(false); echo $?; x=$(false); echo $?
CASE
run <<'CASE'
echo "a b" | while read x; do echo "$x"; false; done; echo $?
CASE
run <<'CASE'
f() { x=$(exit 3); }; f; echo $?
CASE
run <<'CASE'
echo ~ ~root ~nouser ~+ ~-
CASE
run <<'CASE'
x=~; echo $x; x=a:~/b; echo $x; echo a=~
CASE
run <<'CASE'
echo [a-c]* [!a]* *.txt
CASE
run <<'CASE'
touch a b ^; echo [^a]
CASE
run <<'CASE'
touch a b; echo [!a]; echo ?; echo *; set -f; echo *
CASE
run <<'CASE'
case ab in [^a]*) echo no;; a[!c]) echo yes;; esac
CASE
run <<'CASE'
case abc in a*c) echo a;; *) echo b;; esac; case x in y) ;; esac; echo $?; case x in x) false;; esac; echo $?
CASE
run <<'CASE'
case a in (a) echo x;; esac; case a in a|b) echo y; esac
CASE
run <<'CASE'
case a in a) echo 1;& b) echo 2;; esac
CASE
run <<'CASE'
case a in a) echo 1;;& b) echo 2;; esac
CASE
run <<'CASE'
if; then echo; fi
CASE
run <<'CASE'
if true; then fi
CASE
run <<'CASE'
while do done
CASE
run <<'CASE'
( )
CASE
run <<'CASE'
{ }
CASE
run <<'CASE'
f() { }
CASE
run <<'CASE'
f()
CASE
run <<'CASE'
f() ;
CASE
run <<'CASE'
f() { echo a; } >x; f; cat x
CASE
run <<'CASE'
f() (echo a; exit 3); f; echo $?
CASE
run <<'CASE'
echo() { printf "my %s\n" "$1"; }; echo a
CASE
run <<'CASE'
export() { echo a; }
CASE
run <<'CASE'
if() { echo a; }
CASE
run <<'CASE'
if true; then echo a; fi; fi
CASE
run <<'CASE'
echo a; }
CASE
run <<'CASE'
echo a )
CASE
run <<'CASE'
(echo a))
CASE
run <<'CASE'
for i do echo $i; done
CASE
run <<'CASE'
set -- a b; for i; do echo $i; done; for i
do echo $i; done
CASE
run <<'CASE'
for i in; do echo $i; done; echo $?
CASE
run <<'CASE'
for i in 1 2; { echo $i; }
CASE
run <<'CASE'
until false; do echo x; break; done
CASE
run <<'CASE'
! true; echo $?; ! false | true; echo $?; true | ! false
CASE
run <<'CASE'
a | | b
CASE
run <<'CASE'
& a
CASE
run <<'CASE'
a &; b
CASE
run <<'CASE'
sleep 0 & echo $?
CASE
run <<'CASE'
sleep 0 && echo a & wait
CASE
run <<'CASE'
echo a;b
CASE
run <<'CASE'
echo $#
CASE
run <<'CASE'
echo $(( $# + 1 )) $(($#+1)) ${#} ${#@} ${#*} ${##} ${#?}
CASE
run <<'CASE'
set -- a b c; echo "$*" "$@" ${1} ${10} $10 ${#}; IFS=-; echo "$*" $*
CASE
run <<'CASE'
x="a  b"; echo $x "$x"; IFS=:; y=a:b::c; echo $y; set -- $y; echo $#
CASE
run <<'CASE'
x='*'; echo $x "$x"
CASE
run <<'CASE'
echo "${x-"a b"}" ${x-'a b'} "${x-'a b'}" "${x:-a}b}"
CASE
run <<'CASE'
x='a/b/c'; echo ${x#*/} ${x##*/} ${x%/*} ${x%%/*} "${x#"a/"}"
CASE
run <<'CASE'
echo "$(echo "a b")" `echo "c d"` "`echo \"e f\"`" $(echo 'g)') $(case a in a) echo h;; esac)
CASE
run <<'CASE'
echo $(cat <<EOF
here
EOF
)
CASE
run <<'CASE'
cat <<-EOF
	tab
	EOF
CASE
run <<'CASE'
cat <<'EOF'
$x `a` \$
EOF
CASE
run <<'CASE'
cat <<EOF
$((1+2)) $(echo x) `echo y` \$z "q" \\ \a
EOF
CASE
run <<'CASE'
cat << EOF; echo after
a
EOF
CASE
run <<'CASE'
echo a#b #c
CASE
run <<'CASE'
echo \a\ b "\a\$\"" '\a'
CASE
run <<'CASE'
echo a\
b
CASE
run_file <<'CASE'
echo a && \
foo
bar
CASE
run <<'CASE'
set -- 1 2 3; shift 2; echo $1; shift; echo $#
CASE
run <<'CASE'
set a b; echo $*; set -; echo $*; set --; echo $#; set - x; echo $*; set +x; set -x -; echo
CASE
run <<'CASE'
set -e -u; echo $-; set +e; echo $-; set -f; echo $-
CASE
run <<'CASE'
exit
CASE
run <<'CASE'
false; exit
CASE
run <<'CASE'
(exit 3); echo $?
CASE
run <<'CASE'
trap 'echo t; exit 5' EXIT; exit 3
CASE
run <<'CASE'
trap 'echo t' EXIT; foo() { return 3; }; foo
CASE
run <<'CASE'
trap 'echo $?; exit' 0; (exit 4)
CASE
run <<'CASE'
(trap 'echo sub' EXIT; echo a); echo b
CASE
run <<'CASE'
trap 'echo x' EXIT; (echo a); $(echo true); exec true
CASE
run <<'CASE'
trap 'echo int' INT; kill -INT $$; echo after
CASE
run <<'CASE'
trap 'echo x; foo' EXIT
CASE
run <<'CASE'
sh nonexist; echo $?; sh -c; echo $?; sh -z; echo $?; sh -o foo -c true; echo $?; sh /etc; echo $?
CASE
run <<'CASE'
sh -c 'echo $0 $1 $#' a b c; sh -s a b </dev/null; echo 'echo $0 $1' | sh -s x; echo 'echo $0' | sh
CASE
run <<'CASE'
sh -x -c 'echo a'; sh -ec 'false; echo a'; echo $?; sh -u -c 'echo $x'; sh -n -c 'echo a'; sh -ex -c 'x=1'; sh -o errexit -c 'false; echo a'; sh +e -c 'echo b'
CASE
run <<'CASE'
sh --version; echo $?; sh --help; echo $?; sh -l -c 'echo login'; sh --norc; sh - -c x; sh -- -c
CASE
run <<'CASE'
env | grep -v '^_=' | sort
CASE
run <<'CASE'
unset PWD; sh -c 'echo $PWD; env' | grep -v '^_' | sort
CASE
run <<'CASE'
echo ${OLDPWD-unset}; cd /; echo $OLDPWD; env | grep PWD
CASE
run <<'CASE'
sh -c 'echo a >/dev/full; echo $?; printf x >/dev/full; echo $?; pwd >/dev/full; echo $?'
CASE
run <<'CASE'
echo a >&-; echo $?; printf a >&-; echo $?; : >&-; echo $?; type ls >&-; echo $?
CASE
run <<'CASE'
exec >&-; echo a
CASE
run <<'CASE'
set >/dev/full; echo $?
CASE
run <<'CASE'
export -p >/dev/full; echo after
CASE
run <<'CASE'
echo "a
b" | while IFS= read -r l; do echo "[$l]"; done
CASE
run <<'CASE'
a=1 b=$a; echo $b; a=2 b=3 sh -c 'echo $a $b'; a=5 echo $a
CASE
run <<'CASE'
[ "$x" = "" ] && echo empty; [ -z $x ] && echo z; [ $x = a ]; echo $?
CASE
run <<'CASE'
test 1 -eq 1 -a 2 -eq 2; echo $?; test ! -f /x; echo $?; [ ! ]; echo $?; [ ! a = b ]; echo $?; [ a = b -o c = c ]; echo $?
CASE
run <<'CASE'
[ -e ]; echo $?; [ = ]; echo $?; [ a = ]; echo $?; [ -f = -f ]; echo $?; [ ! = ! ]; echo $?; [ -n -a -n ]; echo $?
CASE
run <<'CASE'
x=5; while [ $x -gt 0 ]; do x=$((x-1)); [ $x = 3 ] && continue; [ $x = 1 ] && break; echo $x; done
CASE
run <<'CASE'
x=1; { x=2; }; echo $x; (x=3); echo $x; echo 4 | read x; echo $x
CASE
run <<'CASE'
printf '%s\n' a b | { while read l; do n=$l; done; echo $n; }
CASE
run <<'CASE'
a='$(foo)'; echo "$a"; eval "echo $a"; echo $?
CASE
run <<'CASE'
: ${x:=5}; echo $x; : ${1:=5}; echo after
CASE
run <<'CASE'
echo ${1=a}; echo after
CASE
run <<'CASE'
echo ${x%%%*} ${x:-${y:-z}} ${x+"}"}
CASE
run <<'CASE'
echo $$ | grep -c '[0-9]'; echo $? $!
CASE
run <<'CASE'
ls -d / /nonexistent 2>&1 >/dev/null | cat
CASE
run <<'CASE'
echo $(( 3 > 2 ? 10 : 20 )) $(( (1+2)*3 )) $((- -1)) $((!0)) $((1 == 1 && 2 > 1))
CASE
run <<'CASE'
a=3; b=4; echo $((a*b)) $(($a*$b)) $((a = b + 1)) $a $((a++1))
CASE
run <<'CASE'
i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i; : $((i=i+1)); echo $i; echo $((i+=1))
CASE
run <<'CASE'
printf '#!/nonexist\n' >s; chmod +x s; ./s; echo $?; s; echo $?
CASE
run <<'CASE'
printf '#!/etc/passwd\n' >s; chmod +x s; ./s; echo $?
CASE
run <<'CASE'
printf '#!/tmp\n' >s; chmod +x s; ./s; echo $?
CASE
run <<'CASE'
printf '#!/bin/sh -e\nfalse; echo no' >s; chmod +x s; ./s; echo $?
CASE
run <<'CASE'
printf '#! /bin/echo  a b  \nx' >s; chmod +x s; ./s c; echo $?
CASE
run <<'CASE'
printf '#!\n' >s; chmod +x s; ./s c; echo $?; printf '#!  \necho hi' >s;  ./s; echo $?
CASE
run <<'CASE'
printf '#!./t\n' >s; printf '#!/bin/echo T\n' >t; chmod +x s t; ./s c; echo $?
CASE
run <<'CASE'
printf '#!./s\n' >s; chmod +x s; ./s c; echo $?
CASE
run <<'CASE'
printf '#!/usr/bin/env bash\necho $BASH_VERSION $0 $1' >s; chmod +x s; ./s c; echo $?
CASE
run <<'CASE'
printf '#!/bin/bash\necho ${BASH_VERSION:+bash} $0 $1; foo' >s; chmod +x s; ./s c; echo $?
CASE
run <<'CASE'
printf 'echo ${BASH_VERSION:+bash} $0 $1; foo' >s; chmod +x s; ./s c; echo $?; exec ./s d
CASE
run <<'CASE'
printf '#!/bin/sh\r\necho hi\r\n' >s; chmod +x s; ./s; echo $?
CASE
run <<'CASE'
printf '#!/bin/cat\nhello\n' >s; chmod +x s; ./s; env ./s; sh -c ./s; exec ./s
CASE
run <<'CASE'
printf '#!/usr/bin/awk -f\nBEGIN { print "awk" }\n' >s; chmod +x s; ./s
CASE
cd / && rm -rf /tmp/netglass-cases
