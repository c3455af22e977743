/** Reads the learning job out of a queue message. */
import { learningJobSchema } from '../../shared/domain/learning-job.ts';
import type { LearningJob } from '../../shared/ports.ts';

/** Throws on anything else. */
export const learningJobIn = (body: string): LearningJob =>
  learningJobSchema.parse(JSON.parse(body));
