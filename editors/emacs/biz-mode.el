;;; biz-mode.el --- Business models in Biz  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; Colours, indentation, comments, an index of what a file declares, layout by `biz-format' (C-c C-f), and mistakes
;; as you type (`flymake-mode') or by `biz-check' (C-c C-c).  The words are those of grammar/*.pest; a test compares them.

;;; Code:

(require 'compile)
(require 'flymake)
(require 'subr-x)

(defgroup biz nil
  "Business models in Biz."
  :group 'languages)

(defcustom biz-program "biz"
  "The program that checks a model and lays it out."
  :type 'string)

(defcustom biz-indent-offset 2
  "How much deeper lines stand that are within a bracket or go on the one above."
  :type 'integer
  :safe #'integerp)

(defconst biz-reserved-words
  '("if" "then" "else" "and" "or" "not" "otherwise" "in" "to" "growing" "from" "until" "within" "with" "each" "by"
    "between" "plus" "true" "false")
  "Words that are never names.")

(defconst biz-declaring-words
  '("model" "unit" "currency" "rate" "import" "kind" "scenario" "test" "statement" "goal" "native" "fn")
  "Words that declare, at the beginning of a line.")

(defconst biz-claiming-words
  '("require" "expect" "given" "correlate" "vary" "maximize" "minimize")
  "Words that begin a line and declare nothing.")

(defconst biz-placed-words
  '("is" "many" "confidence" "extends" "period" "beyond" "since" "subject" "requirements")
  "Words that mean something within a line, at one place only.")

(eval-and-compile
  (defconst biz--name "[[:alpha:]][[:alnum:]_]*")
  (defconst biz--power "\\(?:\\^[0-9]+\\)?")
  (defconst biz--decimal "[0-9][0-9_]*\\(?:\\.[0-9][0-9_]*\\)?\\(?:[eE][-+]?[0-9]+\\)?")
  (defconst biz--magnitude "\\(?:bn\\|[kMBT万亿]\\)?"))

(defconst biz--begin "\\(?:^\\|[{,}]\\)[ \t]*"
  "Where a line or one of several parts of a line begins.")

(defun biz--in-line-p ()
  "Whether point is at a declaration's place, and in no parentheses."
  (let ((open (nth 1 (syntax-ppss))))
    (or (null open) (eq (char-after open) ?{))))

(defun biz--at-begin (regexp)
  "A matcher of REGEXP where a line or part begins."
  (let ((regexp (concat biz--begin regexp)))
    (lambda (limit)
      (let (found)
        (while (and (not found) (re-search-forward regexp limit t))
          (setq found (save-excursion (goto-char (match-beginning 0)) (save-match-data (biz--in-line-p))))
          (when (and (not found) (< (match-beginning 0) (1- (match-end 0))))
            (goto-char (1+ (match-beginning 0)))))
        found))))

(defvar biz-font-lock-keywords
  `(;; Words that begin a line, and are names everywhere else.
    (,(biz--at-begin (concat "\\(" (regexp-opt biz-declaring-words) "\\)\\_>[ \t]*\\(?:[\"{]\\|$\\)")) 1 font-lock-keyword-face)
    (,(biz--at-begin (concat "\\(\\(?:native[ \t]+\\)?fn\\)[ \t]+\\(" biz--name "\\)"))
     (1 font-lock-keyword-face) (2 font-lock-function-name-face))
    (,(biz--at-begin (concat "\\(" (regexp-opt biz-declaring-words) "\\)[ \t]+\\(" biz--name "\\)"))
     (1 font-lock-keyword-face) (2 font-lock-type-face))
    (,(biz--at-begin (concat "\\(" (regexp-opt biz-claiming-words) "\\)[ \t]+[^=~:*/<> \t\n]")) 1 font-lock-keyword-face)
    (,(biz--at-begin (concat "given[ \t]+\\(" biz--name "\\(?:\\." biz--name "\\)*\\)")) 1 font-lock-variable-name-face)
    ;; KIND NAME "Title" {
    (,(biz--at-begin (concat "\\(" biz--name "\\)\\(?:[ \t]+\\(" biz--name "\\)\\)?[ \t]*\\(?:\"[^\"\n]*\"[ \t]*\\)?{"))
     (1 font-lock-type-face) (2 font-lock-constant-face nil t))
    ("\\_<\\(beyond\\)[ \t]*:" 1 font-lock-keyword-face)
    ;; NAME =, NAME ~, NAME :
    (,(biz--at-begin (concat "\\(" biz--name "\\(?:\\." biz--name "\\)*\\)[ \t]*\\(?:=[^=]\\|=$\\|[~:]\\)"))
     1 font-lock-variable-name-face)
    ;; Words at one place only.
    (,(concat "\\_<\\(is\\|extends\\)[ \t]+\\(" biz--name "\\)") (1 font-lock-keyword-face) (2 font-lock-type-face))
    (,(concat ":[ \t]*\\(many\\)[ \t]+" biz--name) 1 font-lock-keyword-face)
    ("\\_<each[ \t]+\\(period\\)\\_>" 1 font-lock-keyword-face)
    ("\\_<with\\_>.*\\_<\\(confidence\\)\\_>" 1 font-lock-keyword-face)
    ("\\_<\\(since\\)[ \t]+[[:alnum:]]" 1 font-lock-keyword-face)
    ("\\_<\\(subject\\)[ \t]+to[ \t]+\\(requirements\\)\\_>" (1 font-lock-keyword-face) (2 font-lock-keyword-face))
    ;; What an argument is called may be a reserved word.
    (,(concat "[(,][ \t]*\\(" biz--name "\\)[ \t]*:") 1 font-lock-variable-name-face)
    (,(concat "\\_<" (regexp-opt biz-reserved-words t) "\\_>") 1 font-lock-keyword-face)
    ;; Dates; numbers, and the unit behind one.
    ("\\_<[0-9]\\{4\\}-\\(?:Q[0-9]\\|[0-9][0-9]\\(?:-[0-9][0-9]\\(?:T[0-9][0-9]:[0-9][0-9]\\)?\\)?\\)\\_>" . font-lock-constant-face)
    (,(concat "\\_<\\(" biz--decimal biz--magnitude "\\_>%?\\)"
              "\\(?:[ \t]+\\(" biz--name biz--power "\\)\\)?"
              "\\(\\(?:/\\(?:" biz--decimal biz--magnitude "[ \t]+\\)?" biz--name biz--power
              "\\|\\*" biz--name biz--power "\\)*\\)")
     (1 font-lock-constant-face) (2 font-lock-builtin-face nil t) (3 font-lock-builtin-face nil t))
    ;; f(…), and tables: FORM {
    (,(concat "\\_<\\(" biz--name "\\)[ \t]*[({]") 1 font-lock-function-name-face))
  "What is coloured how in `biz-mode'.")

(defun biz--face-of-syntax (state)
  "The face of a text or comment that begins at STATE: a ## comment documents."
  (cond ((nth 3 state) font-lock-string-face)
        ((eq (char-after (1+ (nth 8 state))) ?#) font-lock-doc-face)
        (t font-lock-comment-face)))

(defvar biz-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "_" table)
    (dolist (sign '(?+ ?- ?* ?/ ?^ ?< ?> ?= ?~ ?% ?: ?, ?. ?| ?! ?& ?'))
      (modify-syntax-entry sign "." table))
    table)
  "Syntax of `biz-mode'.")

;;; Indentation

(defconst biz--goes-on
  (concat "[-+*/^<>=!~:&|?\"]\\|"
          (regexp-opt '("then" "else" "and" "or" "otherwise" "in" "to" "growing" "from" "within" "with" "each" "by" "between" "plus"))
          "\\_>")
  "How a line begins that goes on the one above.
So does `until', which in a goal looks better as a line of its own.")

(defconst biz--unfinished
  (concat "\\(?:[-+*/^<>=!~|]\\|\\_<"
          (regexp-opt '("if" "then" "else" "and" "or" "not" "otherwise" "in" "to" "growing" "from" "until" "within" "with" "by"
                        "between" "plus"))
          "\\)\\=")
  "How a line ends that goes on below.")

(defun biz--continues-p ()
  "Whether the line at point, which begins there, goes on the one above."
  (or (looking-at biz--goes-on)
      (save-excursion
        (forward-comment (- (point)))
        (looking-back biz--unfinished (line-beginning-position)))))

(defun biz--indentation ()
  "How deep the line at point stands."
  (save-excursion
    (back-to-indentation)
    (let ((open (nth 1 (save-excursion (syntax-ppss (line-beginning-position))))))
      (cond
       ((looking-at "[])}]")
        (if open (save-excursion (goto-char open) (current-indentation)) 0))
       (t
        (+ (if open (save-excursion (goto-char open) (+ (current-indentation) biz-indent-offset)) 0)
           (if (and (or (null open) (eq (char-after open) ?{)) (not (eq (char-after) ?#)) (biz--continues-p))
               biz-indent-offset
             0)))))))

(defun biz-indent-line ()
  "Indent the line at point."
  (interactive)
  (let ((indentation (biz--indentation)))
    (if (<= (current-column) (current-indentation))
        (indent-line-to indentation)
      (save-excursion (indent-line-to indentation)))))

;;; Mistakes

(defconst biz--mistake "^\\(.+?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\)\\[BIZ[0-9]+\\]: \\(.*\\)$"
  "A mistake as `biz check --message-format short' prints it.")

(define-compilation-mode biz-check-mode "Biz check"
  "Mistakes in a model."
  (setq-local compilation-error-regexp-alist `((,biz--mistake 1 2 3 (4))))
  (setq-local compilation-error-screen-columns nil))

(defun biz-check ()
  "Check the file of this buffer; \\[next-error] goes to each mistake."
  (interactive)
  (save-some-buffers (not compilation-ask-about-save))
  (compilation-start
   (concat biz-program " check --message-format short " (shell-quote-argument (buffer-file-name)))
   #'biz-check-mode))

(defvar-local biz--checking nil "The check that is running.")

(defun biz-flymake (report &rest _)
  "Check the text of this buffer and REPORT its mistakes."
  (unless (executable-find biz-program)
    (error "There is no `%s' on the path" biz-program))
  (when (process-live-p biz--checking)
    (kill-process biz--checking))
  (let ((source (current-buffer)))
    (setq biz--checking
          (make-process
           :name "biz-flymake" :noquery t :connection-type 'pipe :coding 'utf-8-unix
           :buffer (generate-new-buffer " *biz-flymake*")
           :command (list biz-program "check" "--message-format" "short" "-")
           :sentinel
           (lambda (process _)
             (when (memq (process-status process) '(exit signal))
               (unwind-protect
                   (when (and (buffer-live-p source) (eq process (buffer-local-value 'biz--checking source)))
                     (funcall report (biz--diagnostics source (process-buffer process))))
                 (kill-buffer (process-buffer process)))))))
    (save-restriction
      (widen)
      (process-send-region biz--checking (point-min) (point-max)))
    (process-send-eof biz--checking)))

(defun biz--diagnostics (source output)
  "The mistakes in the text of SOURCE that OUTPUT tells."
  (with-current-buffer output
    (goto-char (point-min))
    (let (found)
      (while (re-search-forward biz--mistake nil t)
        (let* ((type (if (match-string 4) :warning :error))
               (message (match-string 5))
               (line (string-to-number (match-string 2)))
               (column (string-to-number (match-string 3)))
               (region (with-current-buffer source (flymake-diag-region source line column))))
          (push (flymake-make-diagnostic source (car region) (cdr region) type message) found)))
      (nreverse found))))

;;; Layout

(defun biz-format ()
  "Lay the text of this buffer out as `biz fmt' does.
Point stays where it is in the text."
  (interactive)
  (unless (executable-find biz-program)
    (user-error "There is no `%s' on the path" biz-program))
  (let ((source (current-buffer))
        (mistakes (make-temp-file "biz-format"))
        (coding-system-for-read 'utf-8-unix)
        (coding-system-for-write 'utf-8-unix))
    (unwind-protect
        (with-temp-buffer
          (let* ((output (current-buffer))
                 (status (with-current-buffer source
                           (save-restriction
                             (widen)
                             (call-process-region nil nil biz-program nil (list output mistakes) nil "fmt" "-")))))
            (if (eq status 0)
                (with-current-buffer source
                  (save-restriction
                    (widen)
                    (replace-buffer-contents output)))
              (erase-buffer)
              (insert-file-contents mistakes)
              (user-error "%s" (string-trim (buffer-string))))))
      (delete-file mistakes))))

;;; The mode

(defvar biz-imenu
  (let ((head (lambda (word) (concat "^[ \t]*" word "[ \t]+\\(" biz--name "\\)"))))
    `(("Kinds" ,(funcall head "kind") 1)
      ("Functions" ,(funcall head "\\(?:native[ \t]+\\)?fn") 1)
      ("Scenarios" ,(funcall head "scenario") 1)
      ("Goals" ,(funcall head "goal") 1)
      ("Tests" "^test[ \t]+\"\\([^\"]*\\)\"" 1)
      ("Instances" ,(concat "^[ \t]*" biz--name "[ \t]+\\(" biz--name "\\)[ \t]*\\(?:\"[^\"\n]*\"[ \t]*\\)?{") 1)
      (nil ,(concat "^\\(" biz--name "\\)[ \t]*\\(?:=[^=]\\|[~:]\\)") 1)))
  "What the index of a file lists.")

(defvar biz-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-c") #'biz-check)
    (define-key map (kbd "C-c C-f") #'biz-format)
    map)
  "Keys of `biz-mode'.")

;;;###autoload
(define-derived-mode biz-mode prog-mode "Biz"
  "Business models in Biz."
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+[ \t]*")
  (setq-local indent-tabs-mode nil)
  (setq-local indent-line-function #'biz-indent-line)
  (setq-local electric-indent-chars (append '(?} ?\) ?\]) electric-indent-chars))
  (setq-local font-lock-defaults
              '(biz-font-lock-keywords nil nil nil (font-lock-syntactic-face-function . biz--face-of-syntax)))
  (setq-local imenu-generic-expression biz-imenu)
  (add-hook 'flymake-diagnostic-functions #'biz-flymake nil t))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.biz\\'" . biz-mode))

(provide 'biz-mode)
;;; biz-mode.el ends here
