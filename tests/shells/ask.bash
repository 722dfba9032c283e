# Prints what bash offers for a line: ask.bash SCRIPT LINE.
# Readline's part, splitting the line into words, is done here.
. /usr/share/bash-completion/bash_completion
. "$1"
COMP_LINE=$2
COMP_POINT=${#COMP_LINE}
COMP_TYPE=9 COMP_KEY=9
COMP_WORDS=()
rest=$COMP_LINE
while [[ $rest ]]; do
  case $rest in
    ' '*) rest=${rest# } ;;
    [=:]*) COMP_WORDS+=("${rest:0:1}") rest=${rest:1} ;;
    *) word=${rest%%[ =:]*} COMP_WORDS+=("$word") rest=${rest#"$word"} ;;
  esac
done
[[ $COMP_LINE == *[\ =:] ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
command=${COMP_WORDS[0]}
spec=$(complete -p "$command") || exit 1
[[ $spec == *' -F '* ]] || exit 1
function=${spec#*-F }
# Options for readline, which is not there to take them.
compopt() { :; }
COMPREPLY=()
"${function%% *}" "$command" "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
printf '%s\n' "${COMPREPLY[@]}"
