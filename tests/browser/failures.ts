// What failed once more at the very end, a line each: of a long run that a log cuts, this is what is left to read.
import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { relative } from 'node:path';

const COLOURS = new RegExp(String.fromCharCode(27) + '\\[[0-9;]*m', 'g');

export default class Failures implements Reporter {
  private readonly lines: string[] = [];
  private folder = '.';

  onBegin(config: FullConfig, _suite: Suite): void {
    this.folder = config.rootDir;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'passed' || result.status === 'skipped') return;
    for (const { message, location } of result.errors) {
      const words = (message ?? result.status)
        .replace(COLOURS, '')
        .split('\n')
        .map((line) => line.trim());
      const at = location ? `${relative(this.folder, location.file)}:${location.line}` : test.location.file;
      this.lines.push(`failed at ${at} (${test.title}): ${words.filter(Boolean).slice(0, 4).join(' | ')}`);
    }
  }

  onExit(): Promise<void> {
    for (const line of this.lines) process.stdout.write(`${line}\n`);
    return Promise.resolve();
  }

  printsToStdio(): boolean {
    return false;
  }
}
