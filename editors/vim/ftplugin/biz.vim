" Biz, the language for business models: how a file is edited.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s
setlocal comments=:##,:#
setlocal formatoptions-=t formatoptions+=croql
setlocal shiftwidth=2 softtabstop=2 expandtab
setlocal suffixesadd=.biz
" `gq` lays out whole lines: `gggqG` a file.
setlocal formatprg=biz\ fmt\ -
setlocal include=^\\s*import\\s*"
let b:undo_ftplugin = 'setlocal commentstring< comments< formatoptions< shiftwidth< softtabstop< expandtab< suffixesadd< formatprg< include<'

" `let g:biz_folding = 1` folds blocks and tables.
if get(g:, 'biz_folding', 0)
  setlocal foldmethod=syntax
  let b:undo_ftplugin .= ' foldmethod<'
endif

if !exists('current_compiler')
  compiler biz
endif
