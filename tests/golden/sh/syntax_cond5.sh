false
[[ && a ]]
echo never
