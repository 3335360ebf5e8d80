false
[[ a == 
echo never
