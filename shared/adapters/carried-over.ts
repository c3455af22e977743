/** A catalogue activated before releases existed stays in force, with the artefact that ships. */
import * as z from 'zod';
import { type StandingRelease, standingReleaseSchema } from '../domain/release.ts';

const activeSchema = z.object({ catalogueId: z.string(), version: z.int() });

/** The first move of the pointer, out of the row that named the active catalogue. */
export const carriedOver = (row: unknown, shippedModel: string): StandingRelease =>
  standingReleaseSchema.parse({
    revision: 1,
    active: { ...activeSchema.parse(row), model: shippedModel },
    shadow: null,
    at: new Date().toISOString(),
    actor: 'system',
    move: 'activate',
    why: '由旧版的启用记录转入 / Carried over from the activation of an earlier version',
  });
