#!/usr/bin/env bash
# Installs the mode as the README says, into an empty home; compiles it without a warning and runs its tests.
set -euo pipefail
cd "$(dirname "$0")/../../.."
HOME=$(mktemp -d)
export HOME
trap 'rm -rf "$HOME"' EXIT

line() { sed -n "s/^$1\. [^\`]*\`\([^\`]*\)\`.*/\1/p" editors/emacs/README.md; }
eval "$(line 1)"
line 2 >"$HOME/.emacs"
emacs -Q --batch --eval '(setq byte-compile-error-on-warn t)' -f batch-byte-compile "$HOME/.emacs.d/lisp/biz-mode.el"
emacs --batch -l "$HOME/.emacs" -l editors/emacs/test/biz-mode-test.el -f ert-run-tests-batch-and-exit
