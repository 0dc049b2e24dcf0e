"""Counter-based random numbers that TypeScript reproduces bit for bit (docs/model-pack.md, "Noise").

Philox4x32-10 of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). Key (seed, stream), counter
(block, 0, 0, 0).
"""

import numpy as np

_MULTIPLIER = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
ORDER_STREAM, START_STREAM, STEP_STREAM = 0, 1, 2


def philox4x32(counter: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    """Ten rounds on counters [n, 4] of 32-bit words; gives [n, 4] words as uint32."""
    c0, c1, c2, c3 = (counter[:, i].astype(np.uint64) for i in range(4))
    k0, k1 = int(key[0]), int(key[1])
    for _ in range(10):
        a, b = _MULTIPLIER[0] * c0, _MULTIPLIER[1] * c2
        c0, c1, c2, c3 = (
            (b >> np.uint64(32)) ^ c1 ^ np.uint64(k0),
            b & _LOW,
            (a >> np.uint64(32)) ^ c3 ^ np.uint64(k1),
            a & _LOW,
        )
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return np.stack([c0, c1, c2, c3], axis=1).astype(np.uint32)


def words(seed: int, stream: int, count: int) -> np.ndarray:
    """The first `count` 32-bit words of a stream."""
    blocks = np.zeros((-(-count // 4), 4), dtype=np.uint32)
    blocks[:, 0] = np.arange(len(blocks), dtype=np.uint32)
    return philox4x32(blocks, (seed, stream)).reshape(-1)[:count]


def normals(seed: int, stream: int, shape: tuple[int, ...]) -> np.ndarray:
    """Standard normals, row-major, by Box-Muller in float64, stored as float32."""
    count = int(np.prod(shape))
    w = words(seed, stream, count + count % 2).astype(np.float64).reshape(-1, 2)
    radius = np.sqrt(-2 * np.log((w[:, 0] + 0.5) / 2.0**32))
    angle = 2 * np.pi * (w[:, 1] + 0.5) / 2.0**32
    pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return pairs.reshape(-1)[:count].astype(np.float32).reshape(shape)


def decoding_order(seed: int, tokens: int) -> np.ndarray:
    """A permutation of the tokens by Fisher-Yates from the end, words of stream 0."""
    order = np.arange(tokens, dtype=np.int32)
    for word, i in zip(words(seed, ORDER_STREAM, tokens - 1), range(tokens - 1, 0, -1)):
        j = (int(word) * (i + 1)) >> 32
        order[i], order[j] = order[j], order[i]
    return order
