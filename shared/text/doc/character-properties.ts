/** What characters of a Word file are: deleted, hidden, a sign of a picture font. */
import { eachSprm, isOn, longAt, SPRM, wordAt } from './sprms.ts';

export interface CharacterProperties {
  deleted: boolean;
  inserted: boolean;
  hidden: boolean;
  /** A control sign is meant as one. */
  special: boolean;
  /** A check box or the like has its record at `recordAt` of the stream Data. */
  isRecord: boolean;
  recordAt: number | null;
  symbol: { readonly font: number; readonly code: number } | null;
  font: number | null;
}

const newCharacter = (): CharacterProperties => ({
  deleted: false,
  inserted: false,
  hidden: false,
  special: false,
  isRecord: false,
  recordAt: null,
  symbol: null,
  font: null,
});

const CHARACTER: ReadonlyMap<number, (operand: Uint8Array) => Partial<CharacterProperties>> =
  new Map<number, (operand: Uint8Array) => Partial<CharacterProperties>>([
    [SPRM.deleted, (operand) => ({ deleted: isOn(operand) })],
    [SPRM.inserted, (operand) => ({ inserted: isOn(operand) })],
    [SPRM.hidden, (operand) => ({ hidden: isOn(operand) })],
    [SPRM.special, (operand) => ({ special: isOn(operand) })],
    [SPRM.isRecord, (operand) => ({ isRecord: isOn(operand) })],
    [SPRM.recordAt, (operand) => ({ recordAt: longAt(operand, 0) })],
    [SPRM.font, (operand) => ({ font: wordAt(operand, 0) })],
    [
      SPRM.symbol,
      (operand) => ({ symbol: { font: wordAt(operand, 0), code: wordAt(operand, 2) } }),
    ],
  ]);

/** What several lists of changes make of plain characters. */
export const characterOf = (changes: readonly Uint8Array[], old: boolean): CharacterProperties => {
  const properties = newCharacter();
  for (const some of changes)
    eachSprm(some, old, (code, operand) =>
      Object.assign(properties, CHARACTER.get(code)?.(operand)),
    );
  return properties;
};
