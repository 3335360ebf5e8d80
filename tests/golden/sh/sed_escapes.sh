printf 'a\tb 7\n' | sed 's/\t/T/; s/[\t ]7$/N/'; printf 'a\tb\n' | sed 's/a\tb/X\tY/'; printf 'x\ny\n' | sed 'N; s/x\ny/z/'
