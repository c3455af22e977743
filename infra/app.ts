/** Entry point of the CDK: settings in, stacks out. */
import { App, Tags } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle-functions.ts';
import { DataStack } from './data-stack.ts';
import { IntakeStack } from './intake-stack.ts';
import { readSettings } from './settings.ts';

const app = new App();
const settings = readSettings((name) => app.node.tryGetContext(name));
const where = settings.region === undefined ? {} : { env: { region: settings.region } };
const bundles = bundleFunctions(settings.architecture);
const data = new DataStack(app, 'GongkaiData', where);
new IntakeStack(app, 'GongkaiIntake', { ...where, data, bundles, settings });
Tags.of(app).add('product', 'gongkai');
