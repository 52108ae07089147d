// What extension.js does, with a small stand-in for the editor and the `biz` named as the first argument.
'use strict';
const assert = require('assert');
const Module = require('module');
const path = require('path');

const [program] = process.argv.slice(2);
const shown = new Map();
const heard = {};
let formatter;
let warning;

class Range {
  constructor(...ends) {
    this.ends = ends;
  }
}
const listen = (name) => (listener) => ((heard[name] = listener), { dispose() {} });
const vscode = {
  Range,
  Diagnostic: class {
    constructor(range, message, severity) {
      Object.assign(this, { range, message, severity });
    }
  },
  DiagnosticSeverity: { Error: 0, Warning: 1 },
  TextEdit: { replace: (range, text) => ({ range, text }) },
  languages: {
    createDiagnosticCollection: () => ({ set: (uri, found) => shown.set(`${uri}`, found), delete: (uri) => shown.delete(`${uri}`) }),
    registerDocumentFormattingEditProvider: (_, provider) => (formatter = provider),
  },
  window: { showWarningMessage: (text) => (warning = text) },
  workspace: {
    textDocuments: [],
    getConfiguration: () => ({ get: () => vscode.program }),
    onDidOpenTextDocument: listen('open'),
    onDidChangeTextDocument: listen('change'),
    onDidCloseTextDocument: listen('close'),
  },
  program,
};
const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
const extension = require('../extension.js');

// A place as the editor counts it: the units of UTF-16 before it.
const document = (text) => ({
  languageId: 'biz',
  version: 1,
  uri: { scheme: 'file', fsPath: path.join(__dirname, 'plan.biz'), toString: () => 'plan' },
  getText: () => text,
  positionAt: (at) => at,
});
const pieces = (text) => shown.get('plan').map(({ range, code }) => [code, text.slice(...range.ends)]);
const until = async (done) => {
  for (let tries = 0; tries < 600 && !done(); tries += 1) await new Promise((next) => setTimeout(next, 50));
  assert(done(), 'nothing has come');
};

(async () => {
  extension.activate({ subscriptions: [] });
  assert.deepStrictEqual((await formatter.provideDocumentFormattingEdits(document('a=1\n'))).map((edit) => edit.text), ['a = 1\n']);
  assert.deepStrictEqual(await formatter.provideDocumentFormattingEdits(document('a = 1\n')), []);

  const broken = '# 𠮷\n市场 = 学生 + 1\nb = 2\n';
  heard.open(document(broken));
  await until(() => shown.has('plan'));
  assert.deepStrictEqual(pieces(broken), [['BIZ0101', '学生']]);
  heard.change({ document: document('a = 1\n') });
  await until(() => shown.get('plan').length === 0);
  heard.close(document(''));
  assert(!shown.has('plan'));

  vscode.program = 'no-such-program';
  heard.open(document('a = 1\n'));
  await until(() => warning);
  console.log('as expected: layout, mistakes at their places, a program that is not there');
})();
