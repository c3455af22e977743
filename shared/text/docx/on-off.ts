/** Reads the on/off values of WordprocessingML (ISO/IEC 29500-1 17.17.4): an element without a value is on. */

const OFF = new Set(['0', 'false', 'off', 'none']);

export const isOn = (value: string | undefined): boolean => value === undefined || !OFF.has(value);

/** A whole number within bounds; null where the file holds none. */
export const wholeNumber = (
  value: string | undefined,
  bounds: { readonly least: number; readonly most: number },
): number | null => {
  if (value === undefined || !/^\s*-?\d{1,12}\s*$/u.test(value)) return null;
  return Math.min(bounds.most, Math.max(bounds.least, Number(value)));
};
