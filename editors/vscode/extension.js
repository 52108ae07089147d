// What the extension does beside colours: it has `biz fmt` lay a text out, and shows the mistakes that `biz check` finds in it.
'use strict';
const { spawn } = require('child_process');
const path = require('path');
const vscode = require('vscode');

// How long nobody types before a text is checked, in milliseconds.
const PAUSE = 300;

// What `biz` prints to whom a text is given; imports are looked for beside the file.
function ask(document, ...words) {
  const program = vscode.workspace.getConfiguration('biz', document.uri).get('program');
  const cwd = document.uri.scheme === 'file' ? path.dirname(document.uri.fsPath) : undefined;
  return new Promise((told, failed) => {
    const child = spawn(program, words, { cwd });
    const printed = { stdout: '', stderr: '' };
    for (const [name, stream] of [['stdout', child.stdout], ['stderr', child.stderr]]) {
      stream.setEncoding('utf8').on('data', (text) => (printed[name] += text));
    }
    child.on('error', (error) => failed(new Error(`${program} can't be run: ${error.message}`)));
    child.on('close', (status) => told({ status, ...printed }));
    // Who has read enough may be gone before all is written.
    child.stdin.on('error', () => {}).end(document.getText());
  });
}

const formatter = {
  async provideDocumentFormattingEdits(document) {
    const { status, stdout, stderr } = await ask(document, 'fmt', '-');
    if (status !== 0) throw new Error(stderr);
    const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
    return stdout === document.getText() ? [] : [vscode.TextEdit.replace(whole, stdout)];
  },
};

// Where in a text a label points: it counts in bytes of UTF-8, the editor in units of UTF-16.
function range(document, label) {
  const bytes = Buffer.from(document.getText(), 'utf8');
  const mark = bytes.indexOf('\ufeff') === 0 ? 3 : 0;
  const place = (at) => document.positionAt(bytes.subarray(0, at + mark).toString('utf8').length);
  return new vscode.Range(place(label.start), place(label.end));
}

// A line of `biz check --message-format json` as the editor shows it; what stands in an imported file is told at the top.
function diagnostic(document, mistake) {
  const label = mistake.labels.find((one) => one.file === '<stdin>');
  const [first] = mistake.labels;
  const where = label || !first ? '' : `${first.file}:${first.line}: `;
  const help = mistake.help ? `\n${mistake.help}` : '';
  const severity = mistake.severity === 'warning' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Error;
  const place = label ? range(document, label) : new vscode.Range(0, 0, 0, 0);
  const shown = new vscode.Diagnostic(place, `${where}${mistake.message}${help}`, severity);
  return Object.assign(shown, { code: mistake.code, source: 'biz' });
}

function activate(context) {
  const collection = vscode.languages.createDiagnosticCollection('biz');
  const waiting = new Map();
  let warned = false;

  async function check(document) {
    const { version } = document;
    try {
      const { stderr, stdout } = await ask(document, 'check', '--message-format', 'json', '-');
      // A text that has changed meanwhile is checked again.
      if (document.isClosed || document.version !== version) return;
      const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('{'));
      collection.set(document.uri, lines.map((line) => diagnostic(document, JSON.parse(line))));
    } catch (error) {
      if (!warned) vscode.window.showWarningMessage(`Biz: ${error.message}`);
      warned = true;
    }
  }
  function soon(document) {
    if (document.languageId !== 'biz') return;
    clearTimeout(waiting.get(document.uri.toString()));
    waiting.set(document.uri.toString(), setTimeout(() => check(document), PAUSE));
  }

  context.subscriptions.push(
    collection,
    vscode.languages.registerDocumentFormattingEditProvider('biz', formatter),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument((change) => soon(change.document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      clearTimeout(waiting.get(document.uri.toString()));
      waiting.delete(document.uri.toString());
      collection.delete(document.uri);
    }),
  );
  vscode.workspace.textDocuments.forEach(soon);
}

module.exports = { activate };
