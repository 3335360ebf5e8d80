echo a
()
