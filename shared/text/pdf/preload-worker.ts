/** Puts the worker half of pdf.js on `globalThis.pdfjsWorker`, where its other half looks before it loads a file. */
import 'pdfjs-dist/legacy/build/pdf.worker.min.mjs';

export const preloaded = Reflect.has(globalThis, 'pdfjsWorker');
