#!/bin/bash
# Shows that the runner of transcripts fails where it should. $1 is the runner.
set -u

runner=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# page TEXT: makes it the page under test; ~ stands for the three backticks of a fence.
page() { printf '%s\n' "$1" | sed 's/^~/```/' > "$folder/page.md"; }

# expect STATUS TEXT WHAT: runs the page; its exit status and a piece of its output must be these.
expect() {
  local status=0
  "$runner" "${options[@]}" "$folder/page.md" > "$folder/out" 2>&1 || status=$?
  if [ "$status" -eq "$1" ] && grep -qF -- "$2" "$folder/out"; then
    echo "ok: $3"
  else
    echo "FAIL: $3: exit $status instead of $1, or no '$2' in:"
    cat "$folder/out"
    failed=1
  fi
}

options=()

page '# greeting
~console
$ echo hello
hello
$ printf "a\nb\nc\nd\n"
a
...
d
$ echo "took 1.23s in all"
took ...s in all
$ (exit 7)
[7]
$ echo $?
7
~'
expect 0 '1 passed, 0 failed' 'what is right passes'

page '# greeting
~console
$ echo hello
goodbye
~'
expect 1 '-goodbye' 'a wrong line fails'
expect 1 '+hello' 'and the report shows what was printed'
expect 1 'page.md:3 expected' 'with its place'
expect 1 '0 passed, 1 failed' 'and is counted'

page '# silence
~console
$ true
something
~'
expect 1 '-something' 'a missing line fails'

page '# noise
~console
$ echo something
~'
expect 1 '+something' 'a line too many fails'

page '# status
~console
$ (exit 3)
~'
expect 1 '+[3]' 'a status that is not told fails'

page '# status
~console
$ true
[3]
~'
expect 1 '-[3]' 'a status that does not come fails'

page '# end of line
~console
$ printf hello
hello
~'
expect 1 '+hello (no-eol)' 'a missing newline fails'

page '# first
~console
$ cd /
$ x=kept
$ f() { echo "$x in $PWD"; }
$ f
kept in /
$ echo out; echo err >&2; echo out
out
err
out
$ for i in 1 2
> do echo $i
> done
1
2
~
# second
~toml file=conf/gird.toml
key = "it'"'"'s"
~
~console
$ echo ${x-fresh}; ls; cat conf/gird.toml
fresh
conf
tmp
key = "it'"'"'s"
$ env | cut -d= -f1 | sort | tr "\n" " "; echo
HOME LC_ALL OLDPWD PATH PWD SHLVL TERM TMPDIR _ 
$ test "$HOME" = "$PWD" && test "$TMPDIR" = "$HOME/tmp" && ls -A "$TMPDIR"; readlink /proc/self/fd/0
/dev/null
$ nosuchprogram
bash: line 1: nosuchprogram: command not found
[127]
~'
# OLDPWD and SHLVL are bash'"'"'s own; which of them it exports is its affair.
sed -i 's/^HOME LC_ALL.*/GIRD_STATE_DIR HOME LC_ALL ...PATH PWD ...TERM TMPDIR.../' "$folder/page.md"
expect 0 '2 passed, 0 failed' 'a session keeps its state, a case has its own, files are written'

page '# sleeper
~console
$ sleep 100 & setsid sleep 100 & sleep 100
~'
options=(--limit 1)
expect 1 'took too long' 'a case that hangs fails'
options=()

page '# leaves
~console
$ (setsid sleep 98765 &)
~'
expect 0 '1 passed' 'a case may leave a process behind'
if grep -qsz '^98765$' /proc/[0-9]*/cmdline; then
  echo 'FAIL: a process outlived its case'
  failed=1
else
  echo 'ok: and it is ended'
fi

page '# exits
~console
$ exit 4
[4]
~'
expect 0 '1 passed' 'a command may end the session'

page '# exits
~console
$ exit 4
[4]
$ true
~'
expect 1 'the session had ended' 'but not before the last one'

page '# nothing here'
expect 2 'no console block' 'a page without cases is an error'

page '# open
~console
$ true'
expect 2 'never closes' 'a block that never closes is an error'

page '# early
~console
stray
$ true
~'
expect 2 'output before the first command' 'output before the first command is an error'

page '# outside
~text file=../x
~
~console
$ true
~'
expect 2 'inside the scratch folder' 'a file outside of the scratch folder is an error'

page '# left out
<!-- not run: needs the moon -->
~console
$ moon
~
# run
~console
$ true
~'
expect 0 'page.md:3: needs the moon' 'a block that is not run says why'
expect 0 '1 passed, 0 failed' 'and is not counted as passed'

page '# one
~console
$ echo 1
2
~
# two
~console
$ echo 2
2
~'
options=(--filter two)
expect 0 '1 passed, 0 failed' 'a filter chooses cases'
options=()

page '# accept
~console
$ echo 1; echo 2; (exit 3)
0
~
text stays
~console
$ printf "a\nb\nc\n"
a
...
d
$ echo same
s...e
~'
options=(--accept)
expect 0 '0 passed, 1 failed' 'accepting tells what it changed'
options=()
expect 0 '1 passed, 0 failed' 'what was accepted passes'
for kept in '[3]' 'text stays' '...' 's...e'; do
  grep -qxF -- "$kept" "$folder/page.md" || { echo "FAIL: accepting lost '$kept'"; failed=1; }
done

page '# accept
~console
$ echo "$ rm"
~'
options=(--accept)
expect 2 'would read as a command' 'output that would read as a command is not accepted'
grep -qx '\$ echo .*' "$folder/page.md" || { echo 'FAIL: the page was touched'; failed=1; }

exit "$failed"
