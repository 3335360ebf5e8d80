set -euo pipefail
echo a
true | true
x=$(true)
echo b
false | true
echo never
