false
[[ a
echo never
