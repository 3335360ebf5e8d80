echo "$0|${BASH_SOURCE[0]}|${FUNCNAME[0]}|${BASH_LINENO[0]}|${#BASH_SOURCE[@]}"
f() {
  echo "F:${FUNCNAME[*]}|${BASH_SOURCE[*]}|${BASH_LINENO[*]}|$FUNCNAME"
  caller; caller 0; caller 1; caller 2; echo $?
}
f
g() { f; }
g
(f)
x=$(f); echo "$x"
echo 'echo "S:${FUNCNAME[*]}|${BASH_SOURCE[*]}|${BASH_LINENO[*]}"; f; caller 0' > x.inc
. ./x.inc
caller
echo $?
bash -c 'h() { echo "C:${FUNCNAME[*]}|${BASH_SOURCE[*]}|${BASH_LINENO[*]}"; caller 0; }; h; echo "${BASH_SOURCE[*]}|$BASH_LINENO"'
echo 'h() { echo "I:${FUNCNAME[*]}|${BASH_SOURCE[*]}|${BASH_LINENO[*]}"; caller 0; }; h; echo "${BASH_SOURCE[*]}|$BASH_LINENO"' | bash
if [[ "${BASH_SOURCE[0]}" == "${0}" ]]; then echo main program; fi
die() { echo "${FUNCNAME[1]}: line ${BASH_LINENO[0]}: $*"; }
work() { die bad; }
work
trap 'echo "err at ${BASH_SOURCE[0]}:$LINENO ${FUNCNAME[0]:-main} $BASH_COMMAND"' ERR
false
set -E
k() { false; }
k
