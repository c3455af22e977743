/** Lets pdf.js start without a canvas and without a worker of its own, from node_modules and from a bundle alike. */

/** pdf.js builds one of these when it is loaded and uses them only to draw, which we never do. */
class NotDrawn {}

for (const name of ['DOMMatrix', 'ImageData', 'Path2D'])
  if (!Reflect.has(globalThis, name)) Reflect.set(globalThis, name, NotDrawn);

export const prepared = true;
