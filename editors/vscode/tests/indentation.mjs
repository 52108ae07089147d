// Every line of every example stands where the rules of language-configuration.json would put it.
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../", import.meta.url);
const configuration = JSON.parse(readFileSync(new URL("language-configuration.json", root), "utf8"));
const deeper = new RegExp(configuration.indentationRules.increaseIndentPattern);
const back = new RegExp(configuration.indentationRules.decreaseIndentPattern);
const next = new RegExp(configuration.indentationRules.indentNextLinePattern);
new RegExp(configuration.wordPattern.pattern, configuration.wordPattern.flags);

const examples = new URL("../../examples/", root);
const wrong = [];
let count = 0;
for (const name of readdirSync(examples).filter(name => name.endsWith(".biz"))) {
  let above = null;
  for (const line of readFileSync(new URL(name, examples), "utf8").split("\n").filter(line => line.trim() !== "")) {
    const depth = line.length - line.trimStart().length;
    const open = above !== null && deeper.test(above.line);
    // A line that ends in an operator takes the next with it, and only that.
    const goesOn = above !== null && next.test(above.line);
    const from = above === null ? 0 : above.from;
    const wanted = from + (open || goesOn ? 2 : 0) - (back.test(line) ? 2 : 0);
    if (depth !== wanted) wrong.push(`${name}: ${wanted} blanks instead of ${depth}: ${line}`);
    above = { line, from: goesOn ? from : depth };
    count += 1;
  }
}
console.log(wrong.length === 0 ? `✓ ${count} lines stand where the rules put them.` : wrong.join("\n"));
process.exit(wrong.length === 0 ? 0 : 1);
