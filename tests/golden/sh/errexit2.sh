set -e
echo a
(echo b; false; echo never)
echo never
