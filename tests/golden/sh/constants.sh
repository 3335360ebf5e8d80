echo ${BASH_VERSINFO[0]} ${BASH_VERSINFO[1]} "${BASH_VERSINFO[4]}" $OSTYPE $HOSTTYPE $MACHTYPE
[ -n "$HOSTNAME" ] && echo named
if ((BASH_VERSINFO[0] >= 4)); then echo new enough; fi
x='hello World'; echo "${x@U} ${x@u} ${x@L}"
a=(one Two); echo "${a[@]@U}" "${a[1]@L}"
set -e
shopt -s inherit_errexit
y=$(false; echo never) || echo "caught $?"
y=$(false; echo never)
echo not reached
