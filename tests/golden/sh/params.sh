set -- one "two words" three
echo $# $1 "$2" $3 "[$4]"
for i in "$@"; do echo "<$i>"; done
for i in $@; do echo "<$i>"; done
for i in "$*"; do echo "<$i>"; done
for i; do echo "[$i]"; done
IFS=,; echo "$*"; echo $*
shift; echo $1 $#
shift 5; echo $?
set --; echo $#; for i in "$@"; do echo never; done
echo "x$@y" "[$@]"
