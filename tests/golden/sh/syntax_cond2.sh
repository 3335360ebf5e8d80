false
[[ a b ]]
echo never
