/** What is done at the beginning and the end of one element of an OpenDocument file. */
import type { Attributes } from '../xml-pass.ts';
import type { OdfStory } from './story-state.ts';

export interface OdfElement {
  readonly open?: (story: OdfStory, attributes: Attributes) => void;
  readonly close?: (story: OdfStory) => void;
}

export type OdfElements = readonly (readonly [string, OdfElement])[];
