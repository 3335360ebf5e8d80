false
[[ -f ]]
echo never
