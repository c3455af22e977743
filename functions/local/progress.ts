/** A progress bar on standard error: redrawn on a terminal, a line every few seconds elsewhere, nothing for short work. */

export interface Progress {
  step(): void;
  end(): void;
}

interface ProgressOptions {
  readonly total: number;
  readonly label: string;
  readonly stream: NodeJS.WriteStream;
}

const BAR_CELLS = 30;
const REDRAW_MS = 80;
const LINE_MS = 5_000;

export const progressBar = ({ total, label, stream }: ProgressOptions): Progress => {
  let done = 0;
  let last = stream.isTTY ? 0 : Date.now();
  const show = (): void => {
    const filled = total === 0 ? BAR_CELLS : Math.round((done / total) * BAR_CELLS);
    const bar = '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
    stream.write(
      stream.isTTY ? `\r\u001b[2K${label} ${bar} ${done}/${total}` : `${label} ${done}/${total}\n`,
    );
  };
  return {
    step: () => {
      done += 1;
      const now = Date.now();
      if (now - last < (stream.isTTY ? REDRAW_MS : LINE_MS) && !(stream.isTTY && done === total))
        return;
      last = now;
      show();
    },
    end: () => {
      if (stream.isTTY && done > 0) stream.write('\n');
    },
  };
};
