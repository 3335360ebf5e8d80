declare -A m
m[a]=1; m[b]=2; m["x y"]=3
echo ${m[a]} ${m["x y"]} ${#m[@]}
echo "${!m[@]}"
echo "${m[@]}"
for k in "${!m[@]}"; do echo "$k=${m[$k]}"; done
declare -A ip=([red]=10.0.0.1 [blue]=10.0.0.2 ["big one"]=3)
for k in "${!ip[@]}"; do echo $k ${ip[$k]}; done
declare -p ip
unset m[a]; echo ${#m[@]}
unset 'm[x y]'; echo "${!m[@]}"
[[ -v m[b] ]] && echo set
[[ -v m[zz] ]] || echo unset
m[b]+=5; echo ${m[b]}
k=host; m[$k]=7; echo ${m[host]}
((m[$k]++)); echo ${m[host]}
((m[cnt]+=2)); echo ${m[cnt]} $((m[cnt]*3))
echo ${m[nosuch]:-none}
echo ${m[new]:=made} ${m[new]}
ip=([one]=1); echo ${!ip[@]}
ip+=([two]=2); echo ${#ip[@]}
f() { local -A l; l[q]=1; l[w]=2; echo ${#l[@]} ${l[w]}; }
f; echo "${l[w]}"
declare -A cfg=( [eth0]="10.0.0.1/24" [eth1]="10.0.1.1/24" [eth2]="10.0.2.1/24" [lo]=x [br0]=y [veth0]=z [veth1]=w)
for i in "${!cfg[@]}"; do echo $i; done
(cfg[sub]=1; echo ${#cfg[@]}); echo ${#cfg[@]}
declare -A n; echo ${#n[@]} "${n[@]}"
declare -p n
while read -r k v; do n[$k]=$v; done <<< $'red 1\nblue 2'
echo ${n[red]} ${n[blue]}
for ns in red blue green; do n[$ns]=$((${n[$ns]:-0}+1)); done; for ns in red blue green; do echo $ns ${n[$ns]}; done
x='a b'; n[$x]=sp; echo "${n[a b]}" "${n[$x]}"
readonly -A ro=([a]=1); ro[a]=2
echo next
declare -A keep; keep=([k1]=v1 [k2]=v2); echo "${keep[k1]}-${keep[k2]}"
declare -a arr=(1 2 3); echo "${!arr[@]}" "${arr[-1]}"
echo "${#ip[one]}" "${ip[one]/1/X}"
