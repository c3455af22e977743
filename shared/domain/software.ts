/** The version of this software that is stamped on every record; equals package.json. */
export const SOFTWARE_VERSION = '0.1.0';
