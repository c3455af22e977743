/** What a handler of one element is told, and when. */
import type { Attributes } from '../xml-pass.ts';
import type { Story } from './story-state.ts';

export interface ElementOpening {
  readonly name: string;
  readonly attributes: Attributes;
  /** Names of the elements around it, innermost last. */
  readonly trail: readonly string[];
}

export interface ElementHandlers {
  readonly open?: (story: Story, opening: ElementOpening) => void;
  readonly close?: (story: Story) => void;
}
