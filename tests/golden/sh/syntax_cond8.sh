false
[[ a; ]]
echo never
