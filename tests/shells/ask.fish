# Prints what fish offers for a line: ask.fish SCRIPT LINE.
source $argv[1]
complete -C $argv[2] | string replace -r '\t.*' ''
