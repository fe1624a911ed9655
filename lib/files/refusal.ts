import { Refusal } from '../failures.ts';
import { fileProblems } from '../texts/files.ts';
import type { FileProblem } from './file.ts';

/** A file that is not read at all. Its problem has a text in the catalogue, which tells what to do. */
export class FileRefusal extends Refusal {
  override name = 'FileRefusal';
  readonly problem: FileProblem;
  readonly line: number | undefined;

  constructor(problem: FileProblem, line?: number) {
    super('invalid', fileProblems[problem](line));
    this.problem = problem;
    this.line = line;
  }
}
