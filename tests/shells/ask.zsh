# Prints what zsh offers for a line: ask.zsh SCRIPT LINE.
# Completion lives in the line editor, so a second zsh with a terminal of its own gets the line and
# a tab. There every match goes through compadd, which is made to write it down too.
zmodload zsh/zpty
typeset -g scratch=$(mktemp -d)
TRAPEXIT() { rm -rf $scratch }
mkdir $scratch/functions
cp $1 $scratch/functions/_gird
cat >$scratch/setup <<'SETUP'
PROMPT= RPROMPT=
setopt no_beep
fpath=($scratch/functions $fpath)
autoload -Uz compinit
compinit -u -d $scratch/dump
compadd() {
  # Called with -O, -A or -D it only fills arrays for the caller.
  if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)\ * ]]; then
    local -a matches
    builtin compadd -A matches "$@"
    (($#matches)) && print -rl -- $matches >>$scratch/matches
  fi
  builtin compadd "$@"
}
done_asking() { : >$scratch/done }
comppostfuncs=(done_asking)
zstyle ':completion:*' menu no
LISTMAX=10000
bindkey '^I' complete-word
: >$scratch/ready
SETUP
wait_for() {
  local i chunk
  for ((i = 0; i < 500; i++)); do
    [[ -e $scratch/$1 ]] && return 0
    zpty -r -t asked chunk
    sleep 0.02
  done
  return 1
}
zpty asked "scratch=${(q)scratch} zsh -f -i"
zpty -w asked "scratch=${(q)scratch}; . \$scratch/setup"
wait_for ready || { print -u2 'zsh did not start'; exit 1 }
zpty -w -n asked "$2"$'\t'
wait_for done || print -u2 'zsh did not complete'
[[ -e $scratch/matches ]] && cat $scratch/matches
zpty -d asked
