echo a
echo ${x!y}; echo never
echo $?
echo "${a b}"
echo next
