; What stands deeper: `indent.…` for Neovim, the others for Helix; each passes over what is the other's.
[(block) (rows) (aims) (table_rows) (list) (arguments) (parameters) (group)] @indent.begin @indent
["}" "]" ")"] @indent.branch @indent.end @outdent
(comment) @indent.ignore
(doc_comment) @indent.ignore
