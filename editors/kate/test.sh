#!/usr/bin/env bash
# Has Kate's engine read the file as the README installs it, and looks at the formats of some lines and at every example.
set -euo pipefail
cd "$(dirname "$0")/../.."
HOME=$(mktemp -d)
export HOME QT_QPA_PLATFORM=offscreen
unset XDG_DATA_HOME
trap 'rm -rf "$HOME"' EXIT
eval "$(sed -n 's/^1\. [^`]*`\([^`]*\)`.*/\1/p' editors/kate/README.md)"

highlight() { kate-syntax-highlighter --syntax Biz --no-ansi-background "$@" 2>>"$HOME/complaints"; }

# The formats of a line, each once.
formats() {
  printf '%s\n' "$1" >"$HOME/line.biz"
  highlight --output-format ansi --syntax-trace format "$HOME/line.biz" | sed -e 's/\x1b\[[0-9;]*[mK]//g' -e 1d \
    | grep -oE '[A-Z][A-Za-z]+' | grep -v Normal | sort -u | paste -sd' '
}
failed=0
expect() {
  local seen
  seen=$(formats "$1")
  [ "$seen" = "$2" ] || { echo "$1: $seen instead of $2" >&2; failed=1; }
}
expect '# a' 'Comment'
expect '## a' 'Documentation'
expect 'rate = 5%' 'Definition Number Operator'
expect 'rate EUR = 1.08 USD' 'Keyword Number Operator Unit'
expect '市场 学生 "学生" { 规模 = 1.2亿 人/月 }' 'Definition Kind Number Operator Symbol Text Title Unit'
expect 'kind machine is thing { parts : many meter }' 'Definition Keyword Kind Symbol Unit'
expect 'a : now | later = now' 'Definition Operator Option'
expect 'x = f(y, from: 2026-01)' 'Argument Date Definition Function Operator Symbol'
expect 'x = if a then b else true' 'Constant Control Definition Operator'
expect 'u = step { 2026: 5 USD plus 2 USD }' 'Definition Function Keyword Number Operator Symbol Unit'
for example in examples/*.biz; do
  highlight --output-format html "$example" >/dev/null
done
if [ -s "$HOME/complaints" ]; then
  sort -u "$HOME/complaints" >&2
  failed=1
fi
[ "$failed" = 0 ] && echo "as expected: the formats of some lines, every example"
exit "$failed"
