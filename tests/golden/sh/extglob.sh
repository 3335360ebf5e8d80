f=foo.txt
[[ $f == *.@(txt|md) ]] && echo 1
[[ $f == !(*.md) ]] && echo 2
[[ $f = +([a-z]).txt ]] && echo 3
[[ $f != ?(x)foo.txt ]] || echo 4
[[ 10.0.0.1 == +([0-9]).+([0-9]).+([0-9]).+([0-9]) ]] && echo ip
echo next
p='@(a|b)'
case a in $p) echo off1;; '@(a|b)') echo off2;; *) echo off3;; esac
[[ a == $p ]] && echo var
[[ a == "$p" ]] || echo quoted
[[ '@(a|b)' == "$p" ]] && echo lit2
shopt extglob
shopt -s extglob
shopt extglob; shopt -q extglob && echo on
case foo in @(foo|bar)) echo in;; *) echo out;; esac
case eth0 in !(lo|br*)) echo nic;; esac
case br0 in !(lo|br*)) echo nic;; *) echo not;; esac
case a in $p) echo pv;; esac
s='   trim me   '
s=${s##*( )}; s=${s%%*( )}; echo "[$s]"
n=abc123def; echo "${n//+([0-9])/N}" "${n/+([a-z])/}" "${n//[0-9]}" "${n//@(a|f)/X}"
echo "${n##+([a-z])}" "${n%%+([a-z])}" "${n#?(a)b}" "${n%?(e)f}"
mkdir d; cd d; touch a.txt b.txt c.md d.sh
echo *.@(txt|md)
echo !(*.txt)
echo ?(a|b).txt +(a|b).txt *(x)
echo @(zz|yy)
ls -1 !(*.md|*.sh)
for i in @(a|c).*; do echo $i; done
echo "@(a|c).*" '@(a|c).*' \@\(a
[[ aaaa == +(a|aa|aaa) ]] && echo yes
[[ aab == *(a)b ]] && echo yes2
[[ "" == *(a) ]] && echo empty
[[ "" == +(a) ]] || echo nonempty
[[ abab == *(a|b)@(ab) ]] && echo bt
[[ a.b == a?(.)b ]] && echo dot
[[ xay == x!(b)y ]] && echo neg
[[ xby == x!(b)y ]] || echo negno
[[ 'a|b' == @(a\|b) ]] && echo esc
[[ 'a)b' == @(a')'b) ]] && echo esc2
[[ "a b" == @(a b|c) ]] && echo space
v=b; [[ b == @(a|$v) ]] && echo dollar
[[ ab == @(a@(b|c)|d) ]] && echo nest
[[ ad == @(a@(b|c)|d) ]] || echo nest2
x=(@(a|b).txt); echo ${#x[@]}
shopt -u extglob
echo ok
