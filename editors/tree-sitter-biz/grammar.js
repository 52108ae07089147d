/**
 * Biz for tree-sitter: the same items, at the same places, as the pest grammar in `grammar/*.pest` finds.
 * A test compares the two over every example; the keywords are compared too. `src/` is generated from this file.
 */
/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

// Words that are never names. Those of the first list stand between two values, so a line that begins with one goes on
// the line above: src/scanner.c has them too.
const BETWEEN = [
  "then", "else", "and", "or", "otherwise", "in", "to", "growing", "from", "until", "within", "with", "each", "by", "between", "plus",
];
const BEFORE = ["if", "not", "true", "false"];

// Words that begin a line, and are names everywhere else.
const IN_FILE = [
  "model", "unit", "currency", "rate", "import", "kind", "scenario", "test", "correlate", "statement", "goal",
];
const IN_BLOCK = ["native", "fn", "require", "expect", "given"];

// Loosest first.
const LEVEL = { otherwise: 1, or: 2, and: 3, not: 4, compare: 5, to: 6, sum: 7, product: 8, negative: 9, power: 10, behind: 11 };

/** @param {RuleOrLiteral} divider @param {RuleOrLiteral} one */
const listed = (divider, one) => seq(one, repeat(seq(divider, one)));

export default grammar({
  name: "biz",

  word: $ => $.name,
  externals: $ => [
    // A line break that ends a line; others are blanks.
    $._line_end,
    // `/` and `*` within a unit: tight on both sides.
    $._per,
    $._times,
    // `2026-01`, but not the beginning of `2000-500`.
    $.date,
    // Never asked for: tells the scanner that the parser is recovering.
    $._recovering,
  ],
  extras: $ => [/[ \t\r\n\uFEFF]/, $.comment, $.doc_comment],
  supertypes: $ => [$._value],
  inline: $ => [$._row_key, $._number_unit, $._unit_tail],

  rules: {
    file: $ => seq(
      repeat(choice($._line_end, seq($._file_line, $._line_end), $._file_block)),
      optional($._file_line),
    ),

    comment: _ => token(prec(-1, /#[^\n]*/)),
    doc_comment: _ => token(/##[^\n]*/),

    // What stands where.
    _file_line: $ => choice(
      $.unit_declaration, $.currency_declaration, $.rate_declaration, $.import, $.correlation, $._line,
    ),
    _file_block: $ => choice($.model, $.kind, $.scenario, $.test, $.statement, $.goal, $.instance),
    _line: $ => choice($.definition, $.function, $.requirement),
    _divider: $ => choice($._line_end, ","),

    block: $ => seq(
      "{",
      repeat(choice($._divider, seq($._block_line, $._divider), $.instance)),
      optional($._block_line),
      "}",
    ),
    _block_line: $ => choice($._line, $.given),

    // Heads with blocks.
    model: $ => seq("model", optional(field("name", $.name)), optional(field("title", $.text)), field("body", $.block)),
    kind: $ => seq("kind", field("name", $.name), optional(seq("is", field("base", $.name))), field("body", $.block)),
    instance: $ => seq(
      field("kind", $.name),
      optional(field("name", $.name)),
      optional(field("title", $.text)),
      field("body", $.block),
    ),
    scenario: $ => seq(
      "scenario",
      field("name", $.name),
      optional(field("title", $.text)),
      optional(seq("extends", field("base", $.name))),
      field("body", $.block),
    ),
    test: $ => seq("test", optional(field("title", $.text)), field("body", $.block)),
    statement: $ => seq("statement", optional(field("title", $.text)), field("body", $.rows)),
    rows: $ => seq(
      "{",
      repeat(choice($._divider, seq($._expression, $._divider))),
      optional($._expression),
      "}",
    ),
    goal: $ => seq("goal", field("name", $.name), optional(field("title", $.text)), field("body", $.aims)),
    aims: $ => seq(
      "{",
      repeat(choice($._divider, seq($._aim, $._divider))),
      optional($._aim),
      "}",
    ),
    _aim: $ => choice(seq($.vary, optional($.until)), $.until, $.best),
    vary: $ => seq("vary", field("path", $.path), "from", field("range", $._expression)),
    until: $ => seq("until", $._expression),
    best: $ => seq(choice("maximize", "minimize"), $._expression, optional(seq("subject", "to", "requirements"))),

    // Single lines.
    unit_declaration: $ => seq("unit", field("name", $.name), optional(seq("/", field("plural", $.name)))),
    currency_declaration: $ => seq("currency", listed(",", field("name", $.name))),
    rate_declaration: $ => seq("rate", field("name", $.name), $._given_value),
    import: $ => seq("import", field("file", $.text)),
    correlation: $ => seq(
      "correlate", field("path", $.path), repeat1(seq(",", field("path", $.path))), "by", field("by", $._expression),
    ),
    function: $ => seq(
      optional("native"),
      "fn",
      field("name", $.name),
      field("parameters", $.parameters),
      optional(seq("=", field("body", $._expression))),
    ),
    parameters: $ => seq("(", optional(seq(listed(",", $.parameter), optional(","))), ")"),
    parameter: $ => seq(
      field("name", $._label),
      optional(seq(":", field("type", $.choice))),
      optional(seq("=", field("default", $._expression))),
    ),
    given: $ => seq("given", $.definition),
    requirement: $ => seq(choice("require", "expect"), field("condition", $._expression), repeat($._clause)),
    _clause: $ => choice($.from, $.up_to, $.in_scenario, $.confidence, $.within, field("message", $.text)),
    from: $ => seq("from", $._expression),
    up_to: $ => seq("until", $._expression),
    in_scenario: $ => seq("in", field("scenario", $.name)),
    confidence: $ => seq("with", $._expression, "confidence"),
    within: $ => seq("within", $._expression),

    // Definitions.
    definition: $ => seq(
      field("path", alias($._first_path, $.path)),
      choice(seq($.type, optional($._given_value)), $._given_value),
    ),
    type: $ => seq(":", choice($.choice, seq(optional("many"), choice($.unit, alias($._bare_unit, $.unit))))),
    choice: $ => prec.left(seq($.name, repeat1(seq("|", $.name)))),
    _given_value: $ => choice(seq("=", field("value", $._expression)), $.uncertain),
    uncertain: $ => seq(
      "~",
      field("distribution", $._expression),
      optional(choice($.between, seq($.from, optional($.up_to)), $.up_to)),
      optional(seq("each", "period")),
    ),
    // Holds no `and` of its own: that one divides the two.
    between: $ => seq("between", $._arithmetic, "and", $._arithmetic),

    // Expressions.
    _expression: $ => choice($._arithmetic, $.logical, $.not, $.comparison, $.interval),
    logical: $ => choice(
      prec.left(LEVEL.otherwise, seq($._expression, "otherwise", $._expression)),
      prec.left(LEVEL.or, seq($._expression, "or", $._expression)),
      prec.left(LEVEL.and, seq($._expression, "and", $._expression)),
    ),
    not: $ => prec(LEVEL.not, seq("not", $._expression)),
    // `0% <= x <= 100%` is one of one.
    comparison: $ => prec.left(LEVEL.compare, seq($._expression, choice("<=", ">=", "==", "!=", "<", ">"), $._expression)),
    interval: $ => prec.left(LEVEL.to, seq($._expression, "to", $._expression)),
    _arithmetic: $ => choice($._behind, $.conditional, $.binary, $.negative),
    _behind: $ => choice($._value, $.growing, $.conversion, alias($._index_of_conversion, $.index)),
    binary: $ => choice(
      prec.left(LEVEL.sum, seq($._arithmetic, choice("+", "-"), $._arithmetic)),
      prec.left(LEVEL.product, seq($._arithmetic, choice("*", "/"), $._arithmetic)),
      prec.right(LEVEL.power, seq($._arithmetic, "^", $._arithmetic)),
    ),
    negative: $ => prec(LEVEL.negative, seq("-", $._arithmetic)),
    growing: $ => prec.left(LEVEL.behind, seq(
      $._behind,
      "growing",
      $._rate,
      optional(seq("since", $._rate)),
    )),
    _rate: $ => choice($._value, alias($._negative_rate, $.negative)),
    _negative_rate: $ => seq("-", $._value),
    conversion: $ => prec.left(LEVEL.behind, seq(
      $._behind,
      "in",
      field("currency", $.name),
    )),
    conditional: $ => prec.right(seq(
      "if", field("condition", $._expression), "then", field("then", $._expression), "else", field("else", $._expression),
    )),
    _value: $ => choice(
      $.number, $.date, $.text, $.true, $.false, $.path, $.group, $.list, $.call, $.index, $.table,
    ),
    true: _ => "true",
    false: _ => "false",
    group: $ => seq("(", $._expression, ")"),
    list: $ => seq("[", optional(seq(listed(",", $._expression), optional(","))), "]"),
    call: $ => prec(LEVEL.behind, seq(field("function", $._value), field("arguments", $.arguments))),
    arguments: $ => seq("(", optional(seq(listed(",", $.argument), optional(","))), ")"),
    argument: $ => seq(optional(seq(field("name", $._label), ":")), field("value", $._expression)),
    index: $ => prec(LEVEL.behind, seq($._value, $._period)),
    _index_of_conversion: $ => prec(LEVEL.behind, seq($.conversion, $._period)),
    _period: $ => seq("[", field("period", $._expression), "]"),
    table: $ => prec(LEVEL.behind, seq(field("form", $.name), field("body", $.table_rows))),
    table_rows: $ => seq("{", repeat($._divider), repeat(seq($.row, repeat1($._divider))), optional($.row), "}"),
    row: $ => seq(
      field("key", $._row_key),
      ":",
      field("value", $._expression),
      optional(seq("plus", field("fee", $._expression))),
    ),
    _row_key: $ => choice($._expression, $.beyond),
    beyond: _ => "beyond",

    // Names.
    name: _ => /[\p{XID_Start}][\p{XID_Continue}]*/,
    path: $ => prec.right(listed(token.immediate("."), $.name)),
    _first_path: $ => prec.right(seq($._first_name, repeat(seq(token.immediate("."), $.name)))),
    // At the beginning of a line a word may turn out to be a name.
    _first_name: $ => choice($.name, alias(choice(...IN_FILE, ...IN_BLOCK), $.name)),
    _label: $ => choice($.name, alias(choice(...BETWEEN, ...BEFORE), $.name)),

    // Numbers, with the unit behind them.
    number: $ => prec.right(seq(
      $.decimal,
      optional($.magnitude),
      optional($.percent),
      optional($._number_unit),
    )),
    decimal: _ => /[0-9]+(_[0-9]+)*(\.[0-9]+(_[0-9]+)*)?([eE][+-]?[0-9]+)?/,
    magnitude: _ => token.immediate(/bn|[kMBT万亿]/),
    percent: _ => token.immediate("%"),
    _number_unit: $ => choice($.unit, alias($._over_alone, $.unit)),
    _over_alone: $ => prec.right(repeat1($._over)),
    unit: $ => prec.right(seq($.unit_name, optional($.unit_power), repeat($._unit_tail))),
    // Only behind a colon: `: %`, `: %/month`, `: 1/month`.
    _bare_unit: $ => prec.right(choice(
      seq(alias("%", $.percent), repeat($._unit_tail)),
      seq("1", $._over, repeat($._unit_tail)),
      seq("/", $.unit_name, optional($.unit_power), repeat($._unit_tail)),
    )),
    _unit_tail: $ => choice($._over, seq(alias($._times, "*"), $.unit_name, optional($.unit_power))),
    _over: $ => seq(
      alias($._per, "/"),
      optional(seq($.decimal, optional($.magnitude))),
      $.unit_name,
      optional($.unit_power),
    ),
    unit_name: $ => $.name,
    unit_power: _ => token.immediate(/\^[0-9]+/),

    text: _ => /"(\\[^\n]|[^"\\\n])*"/,
  },
});
