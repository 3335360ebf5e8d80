false
[[ ( a ]]
echo never
