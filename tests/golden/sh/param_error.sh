echo before
(echo ${zz:?})
(echo ${zz:?is needed}; echo never)
echo $?
e=; (echo ${e?ok}; echo ${e:?}) ; echo $?
echo ${zz:?stop}
echo never
