; What is coloured how. Names of captures that Neovim, Helix and tree-sitter itself know; later patterns win.

(name) @variable

; Declarations

(model name: (name) @module)
(scenario name: (name) @module)
(scenario base: (name) @module)
(goal name: (name) @module)
(kind name: (name) @type)
(kind base: (name) @type)
(instance kind: (name) @type)
(instance name: (name) @module)
(unit_declaration [name: (name) plural: (name)] @type)
(currency_declaration (name) @type)
(rate_declaration name: (name) @type)
(function name: (name) @function)
(parameter name: (name) @variable.parameter)
(definition path: (path (name) @variable.other.member))
(type (unit) @type)
(type (unit (unit_name (name) @type)))
(choice (name) @constant)

; Expressions

(path "." (name) @variable.other.member)
(call function: (path (name) @function .))
(argument name: (name) @variable.parameter)
(table form: (name) @function.builtin)
(conversion currency: (name) @type)
(in_scenario scenario: (name) @module)

; Numbers, texts, comments

[(decimal) (magnitude) (percent)] @constant.numeric
(number (unit) @type.builtin)
(unit_name (name) @type.builtin)
(unit_power) @constant.numeric
(date) @constant.numeric
(text) @string
(comment) @comment
(doc_comment) @comment.documentation

; Signs

["+" "-" "*" "/" "^" "<" ">" "<=" ">=" "==" "!=" "=" "~" "|"] @operator
["," ":" "."] @punctuation.delimiter
["(" ")" "[" "]" "{" "}"] @punctuation.bracket

; Words

[
  "model" "unit" "currency" "rate" "import" "kind" "is" "scenario" "extends" "test" "correlate" "statement" "goal"
  "native" "fn" "require" "expect" "given" "vary" "maximize" "minimize"
] @keyword
["many" "growing" "since" "from" "until" "within" "with" "confidence" "each" "period" "by" "between" "plus" "subject" "requirements"] @keyword
["if" "then" "else"] @keyword.control.conditional
["and" "or" "not" "otherwise" "to" "in"] @keyword.operator
(beyond) @keyword
[(true) (false)] @constant.builtin.boolean
