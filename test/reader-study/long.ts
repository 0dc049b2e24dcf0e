/** `npm run test:studies` runs the tests of reader studies at full size; `npm test` at a size for every push. */
export const LONG = process.env['CARDIONETS_LONG'] === '1'
