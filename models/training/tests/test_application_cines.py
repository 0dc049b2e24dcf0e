"""The application reads real cines as pydicom and nibabel do: order, pixels, spacing, times.

What the application writes (`cine read --out`: crop, 50 frames, 0 to 1) is made anew here from the pixels that the other
libraries read, by the rule of docs/real-cine.md. Skipped where a library or the shared files are absent.
"""
import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

pydicom = pytest.importorskip("pydicom", reason="the package pydicom is not installed")
nibabel = pytest.importorskip("nibabel", reason="the package nibabel is not installed")

REPOSITORY = Path(__file__).resolve().parents[3]
SHARED = REPOSITORY.parent / "shared" / "data"
SIZE, FRAMES = 96, 50

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared files are not here")


def read_cine(path, out, *options):
    """One line of `cardionets cine read` and the values that it wrote."""
    command = ["node", str(REPOSITORY / "build" / "run.mjs"), "cardionets", "cine", "read", str(path), "--out", str(out), *options]
    lines = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY).stdout.splitlines()
    found = [line for line in map(json.loads, lines) if line.get("status") != "refused"]
    assert len(found) == 1, lines
    [values] = Path(out).glob("*.acquired.npy")
    return found[0], np.load(values)


def prepared(frames, times_ms):
    """(T, H, W) → (50, 96, 96): the box around the middle, one closed loop, darkest 0, brightest 1."""
    count, rows, columns = frames.shape
    box = np.zeros((count, SIZE, SIZE))
    top, left = rows // 2 - SIZE // 2, columns // 2 - SIZE // 2
    y = slice(max(0, top), min(rows, top + SIZE))
    x = slice(max(0, left), min(columns, left + SIZE))
    inside = np.zeros((SIZE, SIZE), bool)
    inside[y.start - top : y.stop - top, x.start - left : x.stop - left] = True
    box[:, inside] = frames[:, y, x].reshape(count, -1)
    if times_ms is None:
        phases = np.arange(count) / count
    else:
        span = times_ms[-1] - times_ms[0]
        phases = (np.asarray(times_ms) - times_ms[0]) / (span * count / (count - 1))
    at = np.arange(FRAMES) / FRAMES
    before = np.searchsorted(phases, at + 1e-9, side="right") - 1
    until = np.append(phases, 1.0)[before + 1]
    weight = ((at - phases[before]) / (until - phases[before]))[:, None, None]
    loop = (1 - weight) * box[before] + weight * box[(before + 1) % count]
    lowest, highest = loop[:, inside].min(), loop[:, inside].max()
    return np.where(inside, (loop - lowest) / (highest - lowest), 0)


def same(found, expected):
    assert found.shape == (FRAMES, SIZE, SIZE)
    assert np.abs(found - expected).max() < 1e-4


@needs_shared
@pytest.mark.parametrize("series", ["siemens_realtime_cine_63", "siemens_realtime_cine_70"])
def test_pydicom_reads_the_same_series(series, tmp_path):
    folder = SHARED / "cine_dicom" / series
    headers = [pydicom.dcmread(path) for path in sorted(folder.iterdir()) if path.is_file()]
    headers.sort(key=lambda header: int(header.InstanceNumber))
    frames = np.stack([header.pixel_array for header in headers]).astype(float)
    line, values = read_cine(folder, tmp_path)
    size = line["size"]
    assert (size["times"], size["rows"], size["columns"]) == frames.shape
    assert line["spacingMm"][:2] == pytest.approx([float(v) for v in headers[0].PixelSpacing][::-1])
    same(values, prepared(frames, line["frameTimesMs"]))


@needs_shared
def test_pydicom_reads_the_same_multiframe_object(tmp_path):
    path = SHARED / "cine_dicom" / "MR-MONO2-8-16x-heart_multiframe.dcm"
    frames = pydicom.dcmread(path).pixel_array.astype(float)
    line, values = read_cine(path, tmp_path)
    same(values, prepared(frames, line["frameTimesMs"]))


@needs_shared
@pytest.mark.parametrize("series", ["63", "70"])
def test_nibabel_reads_the_same_stack(series, tmp_path):
    path = SHARED / "cine_nifti" / f"derived_siemens_realtime_cine_{series}.nii.gz"
    image = nibabel.load(path)
    stack = np.asarray(image.dataobj, dtype=float)  # (x, y, z) or (x, y, z, t)
    line, values = read_cine(path, tmp_path, "--time", "third" if stack.ndim == 3 else "fourth")
    assert [line["size"][name] for name in ("columns", "rows")] == list(stack.shape[:2])
    assert line["spacingMm"][:2] == pytest.approx([float(v) for v in image.header.get_zooms()[:2]], rel=1e-5)
    middle = stack[:, :, (stack.shape[2] - 1) // 2] if stack.ndim == 4 else stack
    frames = np.transpose(middle, (2, 1, 0))  # (t, y, x)
    # The image may be turned round so that it stands as a scanner shows it; each way is the same pixels.
    ways = [frames[:, ::v, ::h] for v in (1, -1) for h in (1, -1)]
    times = line["frameTimesMs"] if stack.ndim == 4 else None
    distances = [np.abs(values - prepared(way, times)).max() for way in ways]
    assert min(distances) < 1e-4, distances


def enhanced_mr(path, frames, delays_ms, slope, intercept):
    """An Enhanced MR Image as PS3.3 A.36.2 has it: what all frames share, and what is each frame's own."""
    sequence, dataset = pydicom.sequence.Sequence, pydicom.dataset.Dataset

    def item(**fields):
        one = dataset()
        for name, value in fields.items():
            setattr(one, name, sequence(value) if isinstance(value, list) and isinstance(value[0], dataset) else value)
        return one

    image = dataset()
    image.file_meta = pydicom.dataset.FileMetaDataset()
    image.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    image.SOPClassUID = image.file_meta.MediaStorageSOPClassUID = pydicom.uid.EnhancedMRImageStorage
    image.SOPInstanceUID = image.file_meta.MediaStorageSOPInstanceUID = pydicom.uid.generate_uid()
    image.StudyInstanceUID, image.SeriesInstanceUID = pydicom.uid.generate_uid(), pydicom.uid.generate_uid()
    image.Modality, image.ImageType = "MR", ["ORIGINAL", "PRIMARY", "CARDIAC", "NONE"]
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.NumberOfFrames, image.Rows, image.Columns = frames.shape
    image.BitsAllocated, image.BitsStored, image.HighBit, image.PixelRepresentation = 16, 12, 11, 0
    image.SharedFunctionalGroupsSequence = sequence([
        item(
            PixelMeasuresSequence=[item(PixelSpacing=[1.5, 1.25], SliceThickness=8)],
            PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])],
            PixelValueTransformationSequence=[item(RescaleSlope=slope, RescaleIntercept=intercept, RescaleType="US")],
        )
    ])
    image.PerFrameFunctionalGroupsSequence = sequence([
        item(
            FrameContentSequence=[item(StackID="1", InStackPositionNumber=1, FrameAcquisitionNumber=frame + 1)],
            PlanePositionSequence=[item(ImagePositionPatient=[-40, -48, 12])],
            CardiacSynchronizationSequence=[item(NominalCardiacTriggerDelayTime=float(delay))],
        )
        for frame, delay in enumerate(delays_ms)
    ])
    image.PixelData = frames.astype("<u2").tobytes()
    image.save_as(path, enforce_file_format=True)


def test_an_enhanced_object_that_pydicom_wrote_is_read_in_the_order_of_its_trigger_delays(tmp_path):
    random = np.random.default_rng(5)
    frames = random.integers(0, 4096, (14, 128, 112))
    delays = random.permutation(14) * 61.5 + 9.25
    enhanced_mr(tmp_path / "enhanced.dcm", frames, delays, slope=0.5, intercept=-20)
    line, values = read_cine(tmp_path / "enhanced.dcm", tmp_path)
    order = np.argsort(delays)
    assert line["frameTimesMs"] == pytest.approx(list(delays[order] - delays.min()))
    assert line["spacingMm"][:2] == [1.25, 1.5]
    same(values, prepared(frames[order] * 0.5 - 20, line["frameTimesMs"]))
