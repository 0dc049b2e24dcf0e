"""Random numbers that TypeScript reproduces."""

import numpy as np

from cardionets_training import philox


def test_known_answers_of_random123():
    cases = [
        ([0] * 4, [0] * 2, [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]),
        ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]),
        (
            [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
            [0xA4093822, 0x299F31D0],
            [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1],
        ),
    ]
    for counter, key, expected in cases:
        assert philox.philox4x32(np.array([counter], dtype=np.uint32), tuple(key))[0].tolist() == expected


def test_normals_are_standard_and_do_not_depend_on_how_many_are_drawn():
    x = philox.normals(5, 1, (200_000,))
    assert x.dtype == np.float32
    assert abs(x.mean()) < 0.01 and abs(x.std() - 1) < 0.01
    assert (philox.normals(5, 1, (3, 7)).reshape(-1) == x[:21]).all()
    assert abs(np.corrcoef(x, philox.normals(5, 2, (200_000,)))[0, 1]) < 0.01


def test_the_decoding_order_is_a_permutation_by_the_documented_shuffle():
    order = philox.decoding_order(42, 36)
    assert sorted(order.tolist()) == list(range(36))
    words, expected = philox.words(42, 0, 35), list(range(36))
    for n, i in enumerate(range(35, 0, -1)):
        j = (int(words[n]) * (i + 1)) // 2**32
        expected[i], expected[j] = expected[j], expected[i]
    assert order.tolist() == expected


def test_every_place_of_the_order_is_equally_likely():
    counts = np.zeros((6, 6))
    for seed in range(3000):
        counts[np.arange(6), philox.decoding_order(seed, 6)] += 1
    assert np.abs(counts / 500 - 1).max() < 0.2
