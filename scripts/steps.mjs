// Runs on Node 20, with built-ins only: the launchers need it before anything is installed.

const width = 60;
const signs = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Does one step and says so in one line with its duration. A step may return words that the line ends with.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} run
 * @param {(result: T) => string | undefined} [tell]
 * @returns {Promise<T>}
 */
export async function step(name, run, tell = () => undefined) {
  const started = performance.now();
  const stopSign = showProgress(name, started);
  try {
    const result = await run();
    stopSign();
    const words = tell(result);
    say(line('✓', words ? `${name}: ${words}` : name, started));
    return result;
  } catch (error) {
    stopSign();
    say(line('✗', name, started));
    throw error;
  }
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string} sign @param {string} text @param {number} started */
function line(sign, text, started) {
  return `  ${sign} ${text.padEnd(width)} ${seconds(started)}`;
}

/** @param {number} started */
export function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(7);
}

/**
 * In a terminal the line turns; elsewhere a long step says every ten seconds that it goes on.
 * @param {string} name @param {number} started
 */
function showProgress(name, started) {
  if (!process.stdout.isTTY) {
    const timer = setInterval(() => say(`    ${name} … ${seconds(started).trim()}`), 10_000);
    return () => clearInterval(timer);
  }
  let turn = 0;
  const draw = () => process.stdout.write(`\r\x1b[2K${line(signs[turn++ % signs.length] ?? '', name, started)}`);
  draw();
  const timer = setInterval(draw, 100);
  return () => {
    clearInterval(timer);
    process.stdout.write('\r\x1b[2K');
  };
}
