" Biz: what stands in brackets stands deeper, and so does a line that goes on the one above.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=GetBizIndent(v:lnum)
setlocal indentkeys=0},0),0],!^F,o,O,e,0+,0*,0/,0=then,0=and,0=or,0=otherwise
let b:undo_indent = 'setlocal indentexpr< indentkeys<'

if exists('*GetBizIndent')
  finish
endif

" A line that begins like this goes on the one above. (So does `until`, which in a goal looks better as a line of its own.)
let s:goes_on = '^\s*\%([-+*/^<>=!~:&|?"]\|\%(then\|else\|and\|or\|otherwise\|in\|to\|growing\|from\|within\|with\|each\|by\|between\|plus\)\>\)'
" A line that ends like this goes on below.
let s:unfinished = '\%([-+*/^<>=!~|]\|\<\%(then\|else\|and\|or\|not\|otherwise\|in\|to\|growing\|from\|until\|within\|with\|by\|between\|plus\|if\)\)\s*$'

" A line without texts and comments.
function! s:code(lnum) abort
  return substitute(substitute(getline(a:lnum), '"\%(\\.\|[^"\\]\)*"\?', '""', 'g'), '#.*$', '', '')
endfunction

" The line above that holds code; 0 if there is none.
function! s:above(lnum) abort
  let above = prevnonblank(a:lnum - 1)
  while above > 0 && getline(above) =~# '^\s*#'
    let above = prevnonblank(above - 1)
  endwhile
  return above
endfunction

function! s:continues(lnum) abort
  let above = s:above(a:lnum)
  if above == 0
    return 0
  endif
  return getline(a:lnum) =~# s:goes_on || s:code(above) =~# s:unfinished
endfunction

" The line whose bracket holds a line, and that bracket; 0 if there is none.
function! s:holder(lnum) abort
  let closed = 0
  let above = s:above(a:lnum)
  while above > 0
    for bracket in reverse(split(substitute(s:code(above), '[^][(){}]', '', 'g'), '\zs'))
      if bracket =~# '[])}]'
        let closed += 1
      elseif closed > 0
        let closed -= 1
      else
        return [above, bracket]
      endif
    endfor
    " What begins at the margin stands in nothing.
    if closed == 0 && getline(above) =~# '^[^[:space:]#})\]]' && !s:continues(above)
      return [0, '{']
    endif
    let above = s:above(above)
  endwhile
  return [0, '{']
endfunction

function! GetBizIndent(lnum) abort
  let [holder, bracket] = s:holder(a:lnum)
  let depth = holder == 0 ? 0 : indent(holder)
  if getline(a:lnum) =~# '^\s*[])}]'
    return depth
  endif
  let depth += holder == 0 ? 0 : shiftwidth()
  " A comment stands with what comes below it, and in parentheses every line goes on.
  return depth + (bracket ==# '{' && getline(a:lnum) !~# '^\s*#' && s:continues(a:lnum) ? shiftwidth() : 0)
endfunction
