;;; biz-mode-test.el --- What biz-mode does  -*- lexical-binding: t; -*-

;;; Code:

(require 'ert)
(require 'biz-mode)
(require 'imenu)

(defconst biz-test-text
  "model venture \"Title\" { timeline = 2026-01 to 2027-12 }
## Who buys
市场 学生 \"学生\" {
  规模 = 1.2亿 人/月 growing 3%/year since 2027-01  # all
  usage = graduated { 50k token: 2 USD/1k token, beyond: 0 }
}
kind machine is thing { parts : many meter }
rate = opening(x, from: 3) / if a then b else c
require x >= 0 in lean with 90% confidence \"why\"
fn twice(a) = 2 * a
test \"what\" { given y.z = 3 }
")

(defun biz-test-face (place)
  "The face where the text PLACE stands first."
  (goto-char (point-min))
  (search-forward place)
  (get-text-property (match-beginning 0) 'face))

(ert-deftest biz-colours ()
  (with-temp-buffer
    (insert biz-test-text)
    (biz-mode)
    (font-lock-ensure)
    (dolist (case '(("model" . font-lock-keyword-face) ("venture" . font-lock-type-face) ("\"Title" . font-lock-string-face)
                    ("timeline" . font-lock-variable-name-face) ("2026-01" . font-lock-constant-face)
                    ("Who" . font-lock-doc-face) ("市场" . font-lock-type-face) ("规模" . font-lock-variable-name-face)
                    ("1.2亿" . font-lock-constant-face) ("人/月" . font-lock-builtin-face) ("growing" . font-lock-keyword-face)
                    ("since" . font-lock-keyword-face) ("all" . font-lock-comment-face)
                    ("graduated" . font-lock-function-name-face) ("token: 2" . font-lock-builtin-face)
                    ("beyond" . font-lock-keyword-face) ("machine" . font-lock-type-face) ("is thing" . font-lock-keyword-face)
                    ("many" . font-lock-keyword-face) ("rate" . font-lock-variable-name-face)
                    ("opening" . font-lock-function-name-face) ("from:" . font-lock-variable-name-face)
                    ("then" . font-lock-keyword-face) ("confidence" . font-lock-keyword-face)
                    ("twice" . font-lock-function-name-face) ("y.z" . font-lock-variable-name-face)))
      (should (equal (cons (car case) (biz-test-face (car case))) case)))))

(ert-deftest biz-indentation ()
  (let ((examples (directory-files "examples" t "\\.biz\\'")))
    (should (> (length examples) 10))
    (dolist (example examples)
      (with-temp-buffer
        (insert-file-contents example)
        (biz-mode)
        (let ((before (buffer-string)) (inhibit-message t))
          (indent-region (point-min) (point-max))
          (should (equal (cons example (buffer-string)) (cons example before))))))))

(ert-deftest biz-comments ()
  (with-temp-buffer
    (insert "a = 1\n")
    (biz-mode)
    (comment-region (point-min) (point-max))
    (should (equal (buffer-string) "# a = 1\n"))
    (uncomment-region (point-min) (point-max))
    (should (equal (buffer-string) "a = 1\n"))))

(ert-deftest biz-index ()
  (with-temp-buffer
    (insert biz-test-text)
    (biz-mode)
    (let ((index (funcall imenu-create-index-function)))
      (dolist (case '(("Kinds" "machine") ("Functions" "twice") ("Tests" "what") ("Instances" "venture" "学生")))
        (should (equal (mapcar #'car (cdr (assoc (car case) index))) (cdr case))))
      (should (assoc "rate" index)))))

(ert-deftest biz-mistakes ()
  (let ((source (generate-new-buffer "模型.biz")) (output (generate-new-buffer "output")))
    (with-current-buffer source (insert biz-test-text))
    (with-current-buffer output
      (insert "<stdin>:3:4: error[BIZ0101]: there is no `学生`\n<stdin>:8:8: warning[BIZ0701]: odd\n1 error\n"))
    (let ((found (biz--diagnostics source output)))
      (should (equal (mapcar #'flymake-diagnostic-type found) '(:error :warning)))
      (should (equal (with-current-buffer source
                       (buffer-substring (flymake-diagnostic-beg (car found)) (flymake-diagnostic-end (car found))))
                     "学生")))))

(ert-deftest biz-layout ()
  "With a program that lays out one text and fails for every other."
  (let ((biz-program (make-temp-file "biz" nil ".sh" "#!/bin/sh
[ \"$1 $2\" = 'fmt -' ] || exit 2
text=$(cat)
[ \"$text\" = '市场=1' ] || { echo 'no text' >&2; exit 1; }
echo '市场 = 1'
")))
    (set-file-modes biz-program #o700)
    (unwind-protect
        (with-temp-buffer
          (insert "市场=1\n")
          (biz-mode)
          (goto-char (+ (point-min) 3))
          (narrow-to-region (point-min) (+ (point-min) 3))
          (biz-format)
          (widen)
          (should (equal (buffer-string) "市场 = 1\n"))
          (should (looking-at "1\\| 1"))
          (should (string-match-p "no text" (cadr (should-error (biz-format)))))
          (should (equal (buffer-string) "市场 = 1\n")))
      (delete-file biz-program))))

;;; biz-mode-test.el ends here
