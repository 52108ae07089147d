; Which names are local: parameters in a function, and the age in a curve that is a formula.
(path . (name) @local.reference)
(function) @local.scope
(parameter name: (name) @local.definition)
(table) @local.scope
(table form: (name) @_form
  body: (table_rows . (row key: (path . (name) @local.definition .)) .)
  (#eq? @_form "curve"))
