HOME=/nowhere
mkdir a a/b
start=$PWD
pushd a > /dev/null; pushd b >/dev/null; echo ${PWD#$start}
dirs -l | sed "s#$start#S#g"
dirs -p | sed "s#$start#S#g"
dirs -v | sed "s#$start#S#g"
pushd > /dev/null; echo ${PWD#$start}
popd >/dev/null; echo ${PWD#$start}
popd | sed "s#$start#S#g"
(popd >/dev/null; pushd a/b >/dev/null; dirs | sed "s#$start#S#g")
popd > /dev/null; echo $?
popd; echo $?
pushd; echo $?
pushd nosuch; echo $?
pushd /tmp /etc; echo $?

