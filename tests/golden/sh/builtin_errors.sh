cd /nosuch; cd a b; cd -Z
pwd -Z
export 1a=2; unset 1a; readonly 1a; read 1a
local x
shift a
set -Z; set -o foo
break; continue; echo $?
return; echo $?
unset -Z; umask; type -Z
printf; printf '%z'; echo $?
wait -Z; kill; jobs -Z; getopts
readonly r=1; r=2
echo next
readonly r; unset r; export r=3; echo $?
let "a b"; echo $?
builtin nosuch; echo $?
command nosuch; echo $?
exit abc
