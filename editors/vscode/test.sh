#!/usr/bin/env bash
# Tests the rules of indentation, and the TextMate grammar in VS Code's own engine: assertions, and the scopes of every token
# of every example.
# Usage: test.sh [--update]   with `vscode-tmgrammar-test` and `vscode-tmgrammar-snap` on the path
set -euo pipefail
cd "$(dirname "$0")"
grammar=syntaxes/biz.tmLanguage.json

node tests/indentation.mjs
vscode-tmgrammar-test --grammar "$grammar" 'tests/unit/*.biz'

# The tool keeps a snapshot beside its text, and the examples stand elsewhere.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp ../../examples/*.biz "$work"
if [ "${1:-}" = --update ]; then
  vscode-tmgrammar-snap --grammar "$grammar" --updateSnapshot "$work/*.biz"
  rm -f tests/snap/*.snap
  cp "$work"/*.snap tests/snap
  exit
fi
cp tests/snap/*.snap "$work"
for text in "$work"/*.biz; do
  [ -e "$text.snap" ] || { echo "$(basename "$text") has no snapshot: editors/vscode/test.sh --update writes it" >&2; exit 1; }
done
vscode-tmgrammar-snap --grammar "$grammar" "$work/*.biz" \
  || { echo "if the scopes above are right: editors/vscode/test.sh --update writes them" >&2; exit 1; }
