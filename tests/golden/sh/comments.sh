# comment
echo a # trailing
   # indented
echo b#notcomment
echo '# quoted'
if true # c
then # c
echo c # c
fi # c
for i in 1 2 # c
do echo $i; done
x=1 # c
{ # c
echo d
}
#