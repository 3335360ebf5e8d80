x="a  b c"; set -- $x; echo $#; set -- "$x"; echo $#
IFS=:; p=a:b::c; set -- $p; echo $#; printf '[%s]' "$@"; echo
p=:a:; set -- $p; echo $#; printf '[%s]' "$@"; echo
IFS=' :'; p=' a : b c '; set -- $p; echo $#; printf '[%s]' "$@"; echo
IFS=; p="a b"; set -- $p; echo $#
unset IFS; p="a b"; set -- $p; echo $#
e=; set -- $e; echo $#; set -- "$e"; echo $#; set -- $e""; echo $#
set -- a$e b; echo $#
x="1 2"; set -- a$x"$x"b; printf '[%s]' "$@"; echo
