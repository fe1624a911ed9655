import { Refusal } from '../failures.ts';
import type { FileProblem } from '../lists/file.ts';
import { fileProblems } from '../texts/files.ts';

/** A file that is not read at all, or not used as it was read. Its message, from the catalogue, tells what to do. */
export class FileRefusal extends Refusal {
  override name = 'FileRefusal';
  readonly problem: FileProblem;
  readonly line: number | undefined;

  constructor(problem: FileProblem, line?: number, message = fileProblems[problem](line)) {
    super('invalid', message);
    this.problem = problem;
    this.line = line;
  }
}
