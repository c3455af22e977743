import { expect, it } from 'vitest';
import { reliability } from './calibration-metrics.ts';
import { reliabilitySvg, yieldSvg } from './charts.ts';

it('a bin stands where it was said and where it came, larger the more it holds', () => {
  const bins = reliability([
    { p: 0.75, right: true },
    { p: 0.75, right: false },
  ]);
  const svg = reliabilitySvg([{ name: 'a < b', points: bins }]);
  // Left 56 + 0.75 · 360 across; top 40 + half of 360 down; 2 + 1.5 · log10 2.
  expect(svg).toContain('<circle cx="326" cy="220" r="2.5"');
  expect(svg).toContain('a &lt; b');
});

it('a curve of yield goes from point to point, and one without errors is left out', () => {
  const svg = yieldSvg([
    {
      name: 'one',
      points: [
        { flagged: 0, caught: 0 },
        { flagged: 0.5, caught: 1 },
      ],
    },
    { name: 'none', points: [] },
  ]);
  expect(svg).toContain('d="M56 400L236 40"');
  expect(svg).not.toContain('d=""');
  expect(svg).toContain('none: no wrong tag');
});
