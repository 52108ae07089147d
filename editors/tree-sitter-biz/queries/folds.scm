; What folds: blocks, tables, and runs of comments.
[(block) (rows) (aims) (table_rows) (list) (arguments)] @fold
((comment)+ @fold)
((doc_comment)+ @fold)
