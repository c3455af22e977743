/** Two small charts as SVG, drawn by hand: no library, the same figures give the same bytes. */
import type { Bin, YieldPoint } from './calibration-metrics.ts';

const SIDE = 360;
const LEFT = 56;
const TOP = 40;
const WIDTH = LEFT + SIDE + 24;
const COLOURS = ['#1f5fa8', '#c2410c', '#2f7d32'];

const number = (value: number): string => String(Math.round(value * 10) / 10);
const x = (share: number): string => number(LEFT + share * SIDE);
const y = (share: number): string => number(TOP + (1 - share) * SIDE);
const colour = (at: number): string => COLOURS[at % COLOURS.length] ?? '#000000';
const words = (text: string): string =>
  text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/"/gu, '&quot;');

const label = (at: { readonly x: string; readonly y: string }, text: string, rest = ''): string =>
  `<text x="${at.x}" y="${at.y}"${rest}>${words(text)}</text>`;

interface Frame {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  readonly series: readonly string[];
}

const gridLines = (): readonly string[] =>
  [0, 0.2, 0.4, 0.6, 0.8, 1].flatMap((share) => [
    `<path d="M${x(share)} ${y(0)}V${y(1)}M${x(0)} ${y(share)}H${x(1)}" stroke="#dddddd" fill="none"/>`,
    label({ x: x(share), y: number(TOP + SIDE + 16) }, share.toFixed(1), ' text-anchor="middle"'),
    label({ x: number(LEFT - 6), y: y(share - 0.012) }, share.toFixed(1), ' text-anchor="end"'),
  ]);

const framed = (frame: Frame, drawn: readonly string[]): string => {
  const height = TOP + SIDE + 48 + frame.series.length * 18;
  const middle = number(TOP + SIDE / 2);
  const legend = frame.series.flatMap((name, at) => {
    const line = TOP + SIDE + 56 + at * 18;
    return [
      `<rect x="${LEFT}" y="${line - 9}" width="10" height="10" fill="${colour(at)}"/>`,
      label({ x: number(LEFT + 16), y: number(line) }, name),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="sans-serif" font-size="12" fill="#222222">`,
    `<title>${words(frame.title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    label({ x: x(0), y: '22' }, frame.title, ' font-size="14"'),
    ...gridLines(),
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#888888" stroke-dasharray="4 4" fill="none"/>`,
    label({ x: x(0.5), y: number(TOP + SIDE + 34) }, frame.across, ' text-anchor="middle"'),
    label(
      { x: '14', y: middle },
      frame.up,
      ` text-anchor="middle" transform="rotate(-90 14 ${middle})"`,
    ),
    ...drawn,
    ...legend,
    '</svg>',
    '',
  ].join('\n');
};

export interface Series<Point> {
  readonly name: string;
  readonly points: readonly Point[];
}

const path = (points: readonly { readonly across: number; readonly up: number }[]): string =>
  points.map(({ across, up }, at) => `${at === 0 ? 'M' : 'L'}${x(across)} ${y(up)}`).join('');

/** What was said against what came true, with 95 % intervals; a dot's size grows with how many forecasts it stands for. */
export const reliabilitySvg = (series: readonly Series<Bin>[]): string =>
  framed(
    {
      title: 'Reliability of task scores, p ≥ .05',
      across: 'mean score of the bin',
      up: 'share that was right',
      series: series.map(({ name }) => name),
    },
    series.flatMap(({ points }, at) => {
      const bins = points.filter(({ count }) => count > 0);
      const line = path(bins.map((bin) => ({ across: bin.said, up: bin.came })));
      return [
        `<path d="${line}" stroke="${colour(at)}" stroke-width="1.5" fill="none"/>`,
        ...bins.flatMap((bin) => [
          `<path d="M${x(bin.said)} ${y(bin.interval.low)}V${y(bin.interval.high)}" stroke="${colour(at)}" stroke-opacity="0.5"/>`,
          `<circle cx="${x(bin.said)}" cy="${y(bin.came)}" r="${number(2 + Math.log10(bin.count) * 1.5)}" fill="${colour(at)}"/>`,
        ]),
      ];
    }),
  );

/** The best published peer: 11 % looked at, 73 % caught. */
export const PEER = { flagged: 0.11, caught: 0.73 };

export const yieldSvg = (series: readonly Series<YieldPoint>[]): string =>
  framed(
    {
      title: 'Yield of review: least sure tags first',
      across: 'share of tags looked at',
      up: 'share of the wrong tags caught',
      series: series.map(({ name, points }) =>
        points.length > 0 ? name : `${name}: no wrong tag, no curve`,
      ),
    },
    [
      ...series
        .map(({ points }, at) => ({ points, at }))
        .filter(({ points }) => points.length > 0)
        .map(
          ({ points, at }) =>
            `<path d="${path(points.map((point) => ({ across: point.flagged, up: point.caught })))}" stroke="${colour(at)}" stroke-width="1.5" fill="none"/>`,
        ),
      `<circle cx="${x(PEER.flagged)}" cy="${y(PEER.caught)}" r="4" fill="none" stroke="#222222"/>`,
      label({ x: x(PEER.flagged + 0.02), y: y(PEER.caught - 0.01) }, 'best published peer'),
    ],
  );
