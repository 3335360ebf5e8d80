alias a1='echo one'
a1 two
shopt -s expand_aliases
shopt expand_aliases
alias a1='echo one'
a1 two
alias
alias nosuch
alias e='echo '
alias w=word
e w w
if true; then a1 in if; fi
f() { a1 in f $1; }; f arg
alias loop='loop x'
loop
unalias nosuch
unalias
x=1 a1 assign
a1; a1 again | cat && a1 third
(a1 sub)
echo $(a1 subst)
alias two='echo a; echo b'
two
alias q="echo 'it''s'"
q
alias q
\a1 quoted
'a1' quoted
for i in 1 2; do a1 $i; done
unalias -a
alias
a1
shopt -s nullglob
for f in /nosuch*; do echo $f; done
echo /nosuch* end
shopt -u nullglob
echo /nosuch* end
shopt nullglob; echo $?
shopt -q nullglob; echo $?
shopt -s nosuchopt
echo end
