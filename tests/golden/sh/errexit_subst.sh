x=$(set -e; false; echo n) || echo or; echo "1 $x"
if x=$(set -e; false; echo n); then echo then; fi; echo "2 $x"
x=$(set -e; false; echo n); echo "3 $x"
set -e
x=$(false; echo n) || echo or; echo "4 $x"
! x=$(set -e; false; echo n); echo "5 $x"
echo "$(set -e; false; echo n)" || :
set -E; trap 'echo T' ERR
x=$(false; echo n) || echo or; echo "6 $x"
x=$(false; echo n); echo "7 $x"
