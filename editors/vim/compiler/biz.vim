" `:make` checks the file; mistakes go to the quickfix list.
if exists('current_compiler')
  finish
endif
let current_compiler = 'biz'

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif
CompilerSet makeprg=biz\ check\ --message-format\ short\ %:S
CompilerSet errorformat=%E%f:%l:%c:\ error[BIZ%n]:\ %m,%W%f:%l:%c:\ warning[BIZ%n]:\ %m,%-G%.%#

" Biz counts columns in characters and the quickfix list in bytes: 价格 is two of the one and six of the other.
function! s:in_bytes() abort
  let found = getqflist()
  for item in found
    if item.valid && bufname(item.bufnr) =~# '\.biz$'
      let line = get(readfile(bufname(item.bufnr), '', item.lnum), item.lnum - 1, '')
      let item.col = max([1, byteidx(line, item.col - 1) + 1])
    endif
  endfor
  call setqflist(found, 'r')
endfunction

augroup biz_columns
  autocmd!
  autocmd QuickFixCmdPost make if get(b:, 'current_compiler', get(g:, 'current_compiler', '')) ==# 'biz' | call s:in_bytes() | endif
augroup END
