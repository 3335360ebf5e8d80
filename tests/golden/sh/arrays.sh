a=(one two "three four")
echo ${a[0]} ${a[2]} ${#a[@]} ${#a[2]}
for i in "${a[@]}"; do echo "<$i>"; done
for i in ${a[@]}; do echo "<$i>"; done
a[5]=six; echo ${!a[@]} ${#a[*]}
a+=(seven); echo ${a[6]} ${a[-1]}
unset 'a[1]'; echo "${a[@]}"
echo "${a[*]}" ${a[@]:1:2}
b=(); echo ${#b[@]}
n=(red blue); for x in ${n[*]}; do echo $x; done
i=1; echo ${n[i]} ${n[$i]} ${n[i-1]}
n[0]=green; echo $n
f() { local -a l=(x y); local m=(1 2 3); echo ${l[1]} ${#m[@]}; }; f; echo ${#l[@]}
declare -a d=(p q); declare -p d
e=($(echo x y z)); echo ${#e[@]}
echo ${a[@]/e/E}
