autocmd BufNewFile,BufRead *.biz setfiletype biz
