" What the files for Vim do: colours, indentation, mistakes. Writes ~/report; ends with an error if something is wrong.
set nomore
let s:wrong = []

function! s:expect(what, seen, wanted) abort
  if a:seen !=# a:wanted
    call add(s:wrong, a:what . ': ' . string(a:seen) . ' instead of ' . string(a:wanted))
  endif
endfunction

" The group of the first place where a pattern stands in a line.
function! s:group(lnum, pattern) abort
  let at = match(getline(a:lnum), a:pattern)
  return synIDattr(synID(a:lnum, at + 1, 1), 'name')
endfunction

try
  let s:home = $HOME
  call writefile([
        \ 'model venture "Title" { timeline = 2026-01 to 2027-12 }',
        \ '## Who buys',
        \ '市场 学生 "学生" {',
        \ '  规模 = 1.2亿 人/月 growing 3%/year since 2027-01  # all',
        \ '  usage = graduated { 50k token: 2 USD/1k token, beyond: 0 }',
        \ '}',
        \ 'kind machine is thing { parts : many meter, first : now | later }',
        \ 'rate = opening(x.from, from: 3) / if a then b else c',
        \ 'require x >= 0 in lean with 90% confidence "why"',
        \ ], s:home . '/模型.biz')
  execute 'edit' fnameescape(s:home . '/模型.biz')
  call s:expect('the type of a .biz file', &filetype, 'biz')
  call s:expect('comments', &commentstring, '# %s')
  for [s:line, s:pattern, s:group] in [
        \ [1, 'model', 'bizDeclaration'], [1, 'venture', 'bizName'], [1, '"Title', 'bizText'], [1, 'timeline', 'bizDefined'],
        \ [1, '2026', 'bizDate'], [1, '\<to', 'bizOperatorWord'], [2, '##', 'bizDoc'], [3, '市场', 'bizKind'], [3, '学生', 'bizName'],
        \ [4, '规模', 'bizDefined'], [4, '1\.2', 'bizNumber'], [4, '亿', 'bizNumber'], [4, '人', 'bizUnit'], [4, '/月', 'bizPer'],
        \ [4, 'growing', 'bizClause'], [4, '/year', 'bizPer'], [4, 'since', 'bizSince'], [4, '2027', 'bizDate'], [4, '# all', 'bizComment'],
        \ [5, 'graduated', 'bizForm'], [5, 'token:', 'bizUnit'], [5, '/1k', 'bizPer'], [5, 'beyond', 'bizBeyond'],
        \ [7, 'kind', 'bizDeclaration'], [7, 'machine', 'bizNewKind'], [7, '\<is', 'bizIs'], [7, 'thing', 'bizBase'], [7, 'many', 'bizMany'],
        \ [7, 'meter', 'bizType'], [7, 'later', 'bizChoice'], [8, 'rate', 'bizDefined'], [8, 'opening', 'bizFunction'],
        \ [8, '\.\zsfrom', 'bizMember'], [8, 'from:', 'bizArgument'], [8, 'then', 'bizConditional'],
        \ [9, 'require', 'bizClaim'], [9, '\<in', 'bizOperatorWord'], [9, 'confidence', 'bizConfidence'], [9, '"why', 'bizText'],
        \ ]
    call s:expect('line ' . s:line . ', ' . s:pattern, s:group(s:line, s:pattern), s:group)
  endfor

  for s:file in sort(glob('examples/*.biz', 0, 1))
    execute 'edit' s:file
    let s:before = getline(1, '$')
    silent normal! gg=G
    for s:line in range(1, line('$'))
      call s:expect(s:file . ':' . s:line, getline(s:line), s:before[s:line - 1])
    endfor
    edit!
  endfor

  " What `:make` does, without the program.
  execute 'edit' fnameescape(s:home . '/模型.biz')
  call s:expect('the compiler', &makeprg, 'biz check --message-format short %:S')
  let s:short = [s:home . '/模型.biz:3:4: error[BIZ0101]: there is no `学生`', s:home . '/模型.biz:8:8: warning[BIZ0701]: odd', '1 error']
  call writefile(s:short, s:home . '/told')
  let &l:makeprg = 'cat ' . s:home . '/told'
  silent make!
  let s:found = filter(getqflist(), 'v:val.valid')
  call s:expect('mistakes', map(copy(s:found), '[v:val.lnum, v:val.col, v:val.type, v:val.nr, v:val.text]'),
        \ [[3, 8, 'E', 101, 'there is no `学生`'], [8, 8, 'W', 701, 'odd']])

  if has('nvim') && !empty(globpath(&runtimepath, 'parser/biz.so'))
    lua << LUA
    local parser = vim.treesitter.get_parser(0, 'biz')
    local root = parser:parse()[1]:root()
    vim.g.biz_tree = root:child(0):type() .. (root:has_error() and ' with errors' or '')
    local get = vim.treesitter.query.get or vim.treesitter.query.get_query
    local missing = {}
    for _, name in ipairs({ 'highlights', 'folds', 'indents', 'locals' }) do
      if not get('biz', name) then table.insert(missing, name) end
    end
    vim.g.biz_missing = table.concat(missing, ' ')
LUA
    call s:expect('the tree', g:biz_tree, 'model')
    call s:expect('queries that are missing', g:biz_missing, '')
    let s:tree = ', and the tree with its queries'
  endif
catch
  call add(s:wrong, v:throwpoint . ': ' . v:exception)
endtry

call writefile(empty(s:wrong) ? ['as expected: colours, indentation of the examples, mistakes' . get(s:, 'tree', '')] : s:wrong, $HOME . '/report')
execute empty(s:wrong) ? 'qall!' : 'cquit!'
