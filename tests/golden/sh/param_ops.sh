x=hello e= 
echo ${x:-d} ${e:-d} ${e-d} ${u-d} ${u:-"a  b"} "${u:-a  b}"
echo ${u:=new} $u ${e:=E} $e
echo ${x:+set} ${u2:+set} "[${u2+set}]"
echo ${#x} ${#u2} $#
p=/usr/local/lib/x.tar.gz
echo ${p#*/} ${p##*/} ${p%.*} ${p%%.*} ${p%/*}
echo ${x/l/L} ${x//l/L} ${x/#he/HE} ${x/%lo/LO} ${x//l}
echo ${x:1} ${x:1:2} ${x: -2} ${x:0:-1}
echo ${x^} ${x^^} ${x,,}
v=x; echo ${!v}
echo "${p##*/}" '${x}' "${x}y"
q="a*b"; echo "${q%\**}" "${q#"a*"}"
echo "${u3:-"q w"}" ${u3:-'q w'} "${u3:-'q'}"
