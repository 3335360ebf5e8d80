false
[[ a == b c ]]
echo never
