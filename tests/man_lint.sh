#!/bin/sh
# Holds every manual page in the folder $1 against mandoc's lint, which must have nothing to say.
set -eu

pages=0
complaints=0
for page in "$1"/*.[0-9]; do
  [ -e "$page" ] || continue
  pages=$((pages + 1))
  mandoc -Tlint -W warning "$page" || complaints=$((complaints + 1))
done
if [ "$pages" -eq 0 ]; then
  echo "no manual pages in $1" >&2
  exit 1
fi
[ "$complaints" -eq 0 ]
