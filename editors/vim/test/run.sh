#!/usr/bin/env bash
# Installs the files for Vim or Neovim as the README says, into an empty home, and looks at what they do.
# Usage: run.sh vim|nvim
set -euo pipefail
cd "$(dirname "$0")/../../.."
HOME=$(mktemp -d)
export HOME XDG_DATA_HOME="$HOME/.local/share" XDG_CONFIG_HOME="$HOME/.config" XDG_STATE_HOME="$HOME/.local/state"
trap 'rm -rf "$HOME"' EXIT

# The command of a line of the README.
line() { sed -n "s/^$1\. [^\`]*\`\([^\`]*\)\`.*/\1/p" editors/vim/README.md; }

case $1 in
vim)
  eval "$(line 1)"
  printf 'filetype plugin indent on\nsyntax on\n' >"$HOME/.vimrc"
  # The one screen that silent mode has is enough: colours are asked for, not looked at.
  vim -es -u "$HOME/.vimrc" -i NONE --cmd 'set nocompatible' -S editors/vim/test/check.vim >/dev/null || failed=1
  ;;
nvim)
  eval "$(line 2)"
  if command -v cc >/dev/null; then eval "$(line 4)"; fi
  nvim --headless -i NONE -S editors/vim/test/check.vim >/dev/null || failed=1
  ;;
esac
cat "$HOME/report"
exit "${failed:-0}"
