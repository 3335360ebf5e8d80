echo before
[[ foo == @(foo|bar) ]] && echo cond
case foo in @(foo|bar)) echo never;; esac
echo after
