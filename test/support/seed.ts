import fc from 'fast-check';

/**
 * The seed of the property tests: the same on every machine, so that a change is never blamed for what it did not do.
 * `FC_SEED=random` looks elsewhere, `FC_SEED=123` repeats what was found there; a failure prints its seed.
 */
const given = process.env.FC_SEED;
const seed = given === 'random' ? Date.now() % 2 ** 31 : Number(given ?? 20_241_120);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
