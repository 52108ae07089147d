" Biz, the language for business models: colours.
" The words are those of grammar/*.pest; a test compares them.
if exists('b:current_syntax')
  finish
endif

syntax iskeyword @,48-57,_,192-255
syntax sync minlines=200

" Later lines win over earlier ones where both begin at one place.

syntax cluster bizExpression contains=bizComment,bizDoc,bizText,bizNumber,bizDate,bizConditional,bizBoolean,bizOperatorWord,bizClause,bizEach,bizConfidence,bizSince,bizBeyond,bizFunction,bizMember,bizOperator,bizParens,bizList,bizTable

syntax match bizOperator "[-+*/^<>=!~|]"

" Words that are never names.
syntax match bizConditional "\<\%(if\|then\|else\)\>"
syntax match bizBoolean "\<\%(true\|false\)\>"
syntax match bizOperatorWord "\<\%(and\|or\|not\|otherwise\|to\|in\)\>"
syntax match bizClause "\<\%(growing\|from\|until\|within\|with\|each\|by\|between\|plus\)\>"

" Words that mean something at one place only.
syntax match bizEach "\<each\s\+period\>"
syntax match bizConfidence "\%(\<with\>.*\)\@<=\<confidence\>"
syntax match bizSince "\<since\>\ze\s\+[[:alnum:]]"
syntax match bizSince "\<extends\>\ze\s\+\K" nextgroup=bizBase skipwhite
syntax match bizSince "\<subject\s\+to\s\+requirements\>"
syntax match bizBeyond "\<beyond\>\ze\s*:"

syntax match bizFunction "\<\K\k*\ze\s*("
syntax match bizMember "\.\@1<=\K\k*\>\%(\s*(\)\@!"

" Numbers, and the unit behind one: tight, 49 USD/seat/month, 0.02 USD/1k token.
syntax match bizNumber "\<\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][-+]\?\d\+\)\?\%(bn\|[kMBT万亿]\)\?\k\@!%\?" nextgroup=bizPer,bizUnit skipwhite
syntax match bizUnit contained "\%(\%(if\|then\|else\|and\|or\|not\|otherwise\|in\|to\|growing\|from\|until\|within\|with\|each\|by\|between\|plus\|true\|false\|confidence\|since\)\>\)\@!\K\k*\%(\^\d\+\)\?" nextgroup=bizPer
syntax match bizPer contained "\S\@1<=/\%(\d[0-9_.]*\%(bn\|[kMBT万亿]\)\?\s\+\)\?\K\k*\%(\^\d\+\)\?" nextgroup=bizPer
syntax match bizPer contained "\S\@1<=\*\K\k*\%(\^\d\+\)\?" nextgroup=bizPer
syntax match bizDate "\<\d\{4}-\%(Q\d\|\d\d\%(-\d\d\%(T\d\d:\d\d\)\?\)\?\)\%(\k\|-\)\@!"

" Brackets. A table stands behind its form, a block behind a head.
syntax region bizParens matchgroup=bizBracket start="(" end=")" contains=@bizExpression,bizArgument
syntax region bizList matchgroup=bizBracket start="\[" end="\]" contains=@bizExpression
syntax region bizTable matchgroup=bizForm start="\<\K\k*\s*{" end="}" contains=@bizExpression fold
syntax region bizBlock matchgroup=bizBracket start="{" end="}" contains=TOP fold
syntax match bizArgument contained "\K\k*\ze\s*:"

" The beginning of a line or part: KIND NAME "Title" {
syntax match bizKind '\%(^\s*\|[{,}]\s*\)\@100<=\K\k*\ze\%(\s\+\K\k*\)\?\s*\%("[^"]*"\s*\)\?{' nextgroup=bizName skipwhite
syntax match bizName contained "\K\k*"
syntax match bizBase contained "\K\k*"
syntax match bizDeclared contained "\K\k*\%(\s*[/,]\s*\K\k*\)*"
syntax match bizNewFunction contained "\K\k*"

" NAME =, NAME ~, NAME :
syntax match bizDefined '\%(^\s*\|[{,}]\s*\)\@100<=\K\k*\%(\.\K\k*\)*\ze\s*\%(==\@!\|\~\)'
syntax match bizDefined '\%(^\s*\|[{,}]\s*\)\@100<=\K\k*\ze\s*:' nextgroup=bizColon skipwhite
syntax match bizColon contained ":" nextgroup=bizMany,bizChoice,bizType skipwhite
syntax match bizType contained "[^=~,}#[:space:]][^=~,}#[:space:]]*"
syntax match bizChoice contained "\K\k*\%(\s*|\s*\K\k*\)\+"
syntax match bizMany contained "\<many\>\ze\s\+\K" nextgroup=bizType skipwhite

" Words that begin a line, and are names everywhere else.
syntax match bizDeclaration '\%(^\s*\|[{,}]\s*\)\@100<=\%(model\|test\|statement\)\>\ze\s*\%(["{]\|$\)'
syntax match bizDeclaration '\%(^\s*\|[{,}]\s*\)\@100<=\%(model\|scenario\|goal\)\>\ze\s\+\K' nextgroup=bizName skipwhite
syntax match bizDeclaration '\%(^\s*\|[{,}]\s*\)\@100<=kind\>\ze\s\+\K' nextgroup=bizNewKind skipwhite
syntax match bizNewKind contained "\K\k*" nextgroup=bizIs skipwhite
syntax match bizIs contained "\<is\>\ze\s\+\K" nextgroup=bizBase skipwhite
syntax match bizDeclaration '\%(^\s*\|[{,}]\s*\)\@100<=\%(unit\|currency\|rate\)\>\ze\s\+\K' nextgroup=bizDeclared skipwhite
syntax match bizDeclaration '\%(^\s*\|[{,}]\s*\)\@100<=\%(native\s\+\)\?fn\>\ze\s\+\K' nextgroup=bizNewFunction skipwhite
syntax match bizDeclaration '\%(^\s*\|[{,}]\s*\)\@100<=import\>\ze\s*"'
syntax match bizClaim '\%(^\s*\|[{,}]\s*\)\@100<=\%(require\|expect\|vary\|maximize\|minimize\|correlate\)\>\ze\s\+[^=~:*/<>[:space:]]'
syntax match bizClaim '\%(^\s*\|[{,}]\s*\)\@100<=given\>\ze\s\+\K' nextgroup=bizDefinedHere skipwhite
syntax match bizDefinedHere contained "\K\k*\%(\.\K\k*\)*"

" Texts and comments.
syntax region bizText start=+"+ skip=+\\.+ end=+"+ end=+$+ oneline contains=bizEscape,@Spell
syntax match bizEscape contained "\\."
syntax match bizComment "#.*$" contains=bizTodo,@Spell
syntax match bizDoc "##.*$" contains=bizTodo,@Spell
syntax keyword bizTodo contained TODO FIXME XXX

highlight default link bizComment Comment
highlight default link bizDoc SpecialComment
highlight default link bizTodo Todo
highlight default link bizText String
highlight default link bizEscape SpecialChar
highlight default link bizNumber Number
highlight default link bizDate Constant
highlight default link bizUnit Type
highlight default link bizPer Type
highlight default link bizBoolean Boolean
highlight default link bizConditional Conditional
highlight default link bizOperatorWord Operator
highlight default link bizOperator Operator
highlight default link bizClause Statement
highlight default link bizEach Statement
highlight default link bizConfidence Statement
highlight default link bizSince Statement
highlight default link bizBeyond Statement
highlight default link bizIs Statement
highlight default link bizMany Statement
highlight default link bizDeclaration Keyword
highlight default link bizClaim Keyword
highlight default link bizKind Structure
highlight default link bizNewKind Structure
highlight default link bizBase Structure
highlight default link bizName Title
highlight default link bizDeclared Title
highlight default link bizNewFunction Function
highlight default link bizDefined Identifier
highlight default link bizDefinedHere Identifier
highlight default link bizArgument Identifier
highlight default link bizType Type
highlight default link bizChoice Constant
highlight default link bizFunction Function
highlight default link bizForm Function
highlight default link bizBracket Delimiter

let b:current_syntax = 'biz'
