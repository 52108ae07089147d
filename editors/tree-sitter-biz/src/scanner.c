// Line ends, the signs of units, and dates: what depends on blanks, or on what comes behind it.

#include "tree_sitter/parser.h"
#include <string.h>
#include <wctype.h>

enum Token { LINE_END, PER, TIMES, DATE, RECOVERING };

// Words that stand between two values: a line that begins with one goes on the line above.
static const char *const BETWEEN[] = {
    "then", "else", "and",  "or",     "otherwise", "in",   "to", "growing", "from",
    "until", "within", "with", "each", "by",       "between", "plus",
};
#define LONGEST_WORD 16

void *tree_sitter_biz_external_scanner_create(void) { return NULL; }
void tree_sitter_biz_external_scanner_destroy(void *state) { (void)state; }
unsigned tree_sitter_biz_external_scanner_serialize(void *state, char *buffer) {
  (void)state;
  (void)buffer;
  return 0;
}
void tree_sitter_biz_external_scanner_deserialize(void *state, const char *buffer, unsigned length) {
  (void)state;
  (void)buffer;
  (void)length;
}

static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\r'; }
static bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }
static bool is_letter(int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c > 127; }
static bool goes_on_a_name(int32_t c) { return is_letter(c) || is_digit(c) || c == '_'; }

// Whether the word here, which is read, is one of those between two values.
static bool word_between(TSLexer *lexer) {
  char word[LONGEST_WORD];
  unsigned length = 0;
  while (goes_on_a_name(lexer->lookahead)) {
    if (length + 1 >= LONGEST_WORD || lexer->lookahead > 127) return false;
    word[length++] = (char)lexer->lookahead;
    lexer->advance(lexer, false);
  }
  word[length] = '\0';
  for (unsigned at = 0; at < sizeof BETWEEN / sizeof *BETWEEN; at++) {
    if (strcmp(word, BETWEEN[at]) == 0) return true;
  }
  return false;
}

// Looks past blank lines and comments: whether what comes goes on the line that is being read.
static bool goes_on(TSLexer *lexer) {
  for (;;) {
    while (is_blank(lexer->lookahead) || lexer->lookahead == '\n') lexer->advance(lexer, false);
    if (lexer->lookahead != '#') break;
    while (lexer->lookahead != '\n' && !lexer->eof(lexer)) lexer->advance(lexer, false);
  }
  if (lexer->eof(lexer)) return false;
  if (strchr("+-*/^<>=!~:&|?\"{", (int)(lexer->lookahead > 127 ? 'a' : lexer->lookahead)) != NULL) return true;
  return is_letter(lexer->lookahead) && word_between(lexer);
}

static bool line_end(TSLexer *lexer) {
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  lexer->result_symbol = LINE_END;
  return !goes_on(lexer);
}

// A `/` or `*` with a unit right behind it: `/month`, `/1k token`, `*second`.
static bool sign_of_unit(TSLexer *lexer, const bool *valid) {
  bool per = lexer->lookahead == '/';
  if (!valid[per ? PER : TIMES]) return false;
  lexer->advance(lexer, false);
  lexer->mark_end(lexer);
  lexer->result_symbol = per ? PER : TIMES;
  if (is_letter(lexer->lookahead)) return true;
  if (!per || !is_digit(lexer->lookahead)) return false;
  // `/1k token` is a unit, `/12` and `/12 * x` divide.
  while (goes_on_a_name(lexer->lookahead) || lexer->lookahead == '.') lexer->advance(lexer, false);
  if (!is_blank(lexer->lookahead)) return false;
  while (is_blank(lexer->lookahead)) lexer->advance(lexer, false);
  return is_letter(lexer->lookahead) && !word_between(lexer);
}

// Takes so many digits.
static bool digits(TSLexer *lexer, unsigned count) {
  for (; count > 0; count--) {
    if (!is_digit(lexer->lookahead)) return false;
    lexer->advance(lexer, false);
  }
  return true;
}

// `2026-Q1`, `2026-01`, `2026-01-15`, `2026-01-15T12:30`, with nothing right behind it.
static bool date(TSLexer *lexer) {
  if (!digits(lexer, 4) || lexer->lookahead != '-') return false;
  lexer->advance(lexer, false);
  if (lexer->lookahead == 'Q') {
    lexer->advance(lexer, false);
    if (!digits(lexer, 1)) return false;
  } else {
    if (!digits(lexer, 2)) return false;
    if (lexer->lookahead == '-') {
      lexer->advance(lexer, false);
      if (!digits(lexer, 2)) return false;
      if (lexer->lookahead == 'T') {
        lexer->advance(lexer, false);
        if (!digits(lexer, 2) || lexer->lookahead != ':') return false;
        lexer->advance(lexer, false);
        if (!digits(lexer, 2)) return false;
      }
    }
  }
  lexer->mark_end(lexer);
  lexer->result_symbol = DATE;
  return !goes_on_a_name(lexer->lookahead) && lexer->lookahead != '-';
}

bool tree_sitter_biz_external_scanner_scan(void *state, TSLexer *lexer, const bool *valid) {
  (void)state;
  if (valid[RECOVERING]) return false;
  if (lexer->lookahead == '/' || lexer->lookahead == '*') return sign_of_unit(lexer, valid);
  while (is_blank(lexer->lookahead)) lexer->advance(lexer, true);
  if (valid[LINE_END] && lexer->lookahead == '\n') return line_end(lexer);
  while (is_blank(lexer->lookahead) || lexer->lookahead == '\n') lexer->advance(lexer, true);
  return valid[DATE] && is_digit(lexer->lookahead) && date(lexer);
}
