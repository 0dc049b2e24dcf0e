/** The only two IPC channels; the contract's own channel names travel as the first argument. */
export const CALL_CHANNEL = 'cardionets:call'
export const EVENT_CHANNEL = 'cardionets:event'
