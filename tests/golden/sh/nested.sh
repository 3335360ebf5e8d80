for i in 1 2; do
	if [ $i = 1 ]; then
		case $i in
		1)
			while true; do
				echo "deep $i"
				break
			done
			;;
		esac
	else
		(
			{
				echo "else $i"
			}
		)
	fi
done
f() { g() { h() { echo h; }; h; }; g; }
f; h
echo $(for i in a b; do echo $(echo $i$(echo x)); done)
x="$(echo "$(echo "q")")"; echo "$x"
if (true && ! false) || false; then echo ok; fi
