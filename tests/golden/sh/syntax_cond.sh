[[ a == ]]
echo next
