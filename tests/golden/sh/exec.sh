(exec echo replaced; echo never)
(exec nosuch; echo never); echo $?
(exec /tmp; echo never); echo $?
exec 2>&1
nosuch
exec true
echo never
