/** The code of a refusal that is our own failure: the child that gave it is not used again. */
export const PARSER_CRASHED = 'format/parser-crashed'
/** No child can be started: no other file can be read either. */
export const READER_UNAVAILABLE = 'app/reader-unavailable'
