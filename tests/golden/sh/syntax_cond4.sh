false
[[ ]]
echo never
