"""Real cines as the training kit wants them: 50 frames of one cycle, 96 x 96 around the heart, 8 bit (section c)."""

from pathlib import Path

import numpy as np
from scipy.ndimage import binary_opening

from ..config import FRAMES, SIZE


def load_cine(path: Path, mask_path: Path | None = None) -> tuple[np.ndarray, np.ndarray | None]:
    """A cine uint8 (50, 96, 96) of a `.npy` (frames, rows, columns) or a NIfTI file, and the mask of its heart (96, 96).

    The crop is centred on the mask's box where there is a mask, else on the image. Raises ValueError that names the file.
    """
    frames = _frames(path)
    if mask_path is None:
        return _eight_bit(_periodic(_crop(frames, [n // 2 for n in frames.shape[1:]])), path), None
    mask = _frames(mask_path) > 0.5
    if mask.shape[1:] != frames.shape[1:] or mask.shape[0] not in (1, frames.shape[0]):
        raise ValueError(f"{mask_path}: the mask has shape {mask.shape}, the cine {frames.shape}")
    heart = heart_of(mask)
    centre = _centre(heart, mask_path)
    return _eight_bit(_periodic(_crop(frames, centre)), path), _crop(heart[None], centre)[0].astype(np.uint8)


def heart_of(mask: np.ndarray) -> np.ndarray:
    """Opening by 3 x 3 x 3 against specks, then the union over the frames: bool (rows, columns)."""
    # A mask of one frame has no neighbours in time to be opened with.
    shape = np.ones((3 if mask.shape[0] > 2 else 1, 3, 3), bool)
    return binary_opening(mask, shape).any(axis=0)


def _frames(path: Path) -> np.ndarray:
    if not path.exists():
        raise ValueError(f"{path} is not there")
    if path.suffix == ".npy":
        try:
            values = np.load(path, allow_pickle=False)
        except ValueError as error:
            raise ValueError(f"{path}: is no array that numpy can read safely") from error
        values = values[None] if values.ndim == 2 else values
    elif path.name.endswith((".nii", ".nii.gz")):
        values = _nifti(path)
    else:
        raise ValueError(f"{path}: expected .npy, .nii or .nii.gz")
    if values.ndim != 3 or min(values.shape[1:]) < 16:
        raise ValueError(f"{path}: expected one slice over time (frames, rows, columns), found shape {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError(f"{path}: some pixels are no numbers")
    return values.astype(np.float64)


def _nifti(path: Path) -> np.ndarray:
    """(x, y[, 1], t) to (t, y, x)."""
    import nibabel

    try:
        values = np.asanyarray(nibabel.load(path).dataobj)
    except (nibabel.filebasedimages.ImageFileError, EOFError, OSError) as error:
        raise ValueError(f"{path}: is no NIfTI file that can be read: {error}") from error
    if values.ndim == 4 and values.shape[2] == 1:
        values = values[:, :, 0]
    if values.ndim == 2:
        values = values[:, :, None]
    if values.ndim != 3:
        raise ValueError(f"{path}: expected (x, y, 1, frames), found shape {values.shape}")
    return values.transpose(2, 1, 0)


def _centre(heart: np.ndarray, path: Path) -> list[int]:
    """Middle of the box around the heart; of the image where the mask is empty."""
    if not heart.any():
        return [n // 2 for n in heart.shape]
    box = [(rows.min(), rows.max() + 1) for rows in np.nonzero(heart)]
    if max(high - low for low, high in box) > SIZE:
        print(f"{path}: the heart is larger than {SIZE} pixels; its edges are cut", flush=True)
    return [(low + high) // 2 for low, high in box]


def _crop(frames: np.ndarray, centre: list[int]) -> np.ndarray:
    """96 x 96 pixels around `centre`, zeros beyond the image; nothing is rescaled."""
    half = SIZE // 2
    padded = np.pad(frames, ((0, 0), (half, half), (half, half)))
    return padded[:, centre[0] : centre[0] + SIZE, centre[1] : centre[1] + SIZE]


def _periodic(frames: np.ndarray) -> np.ndarray:
    """50 frames: linear in time, the last frame is followed by the first."""
    count = len(frames)
    if count == FRAMES:
        return frames
    at = np.arange(FRAMES) * count / FRAMES
    low = at.astype(int)
    share = (at - low)[:, None, None]
    return (1 - share) * frames[low] + share * frames[(low + 1) % count]


def _eight_bit(frames: np.ndarray, path: Path) -> np.ndarray:
    low, high = frames.min(), frames.max()
    if high <= low:
        raise ValueError(f"{path}: every pixel is {low:g}")
    return np.round(255 * (frames - low) / (high - low)).astype(np.uint8)
