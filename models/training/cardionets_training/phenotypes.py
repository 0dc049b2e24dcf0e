"""The 82 phenotypes: index = field - 24100, names and units as shown to users, order of the article's released code.

`mean` and `sd` are round figures of a middle-aged cohort. They scale the outputs of untrained weights; training
replaces them by the statistics of its own training fold.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phenotype:
    id: str
    field: int
    en: str
    zh: str
    unit: str
    group: str
    mean: float
    sd: float


# id, English, Chinese, unit, group, mean, sd
_SINGLE = [
    ("LVEDV", "LV end-diastolic volume", "左心室舒张末期容积", "mL", "lv", 145, 34),
    ("LVESV", "LV end-systolic volume", "左心室收缩末期容积", "mL", "lv", 60, 20),
    ("LVSV", "LV stroke volume", "左心室每搏输出量", "mL", "lv", 85, 20),
    ("LVEF", "LV ejection fraction", "左心室射血分数", "%", "lv", 59, 7),
    ("LVCO", "LV cardiac output", "左心室心输出量", "L/min", "lv", 5.3, 1.3),
    ("LVM", "LV myocardial mass", "左心室心肌质量", "g", "lv", 86, 24),
    ("RVEDV", "RV end-diastolic volume", "右心室舒张末期容积", "mL", "rv", 155, 38),
    ("RVESV", "RV end-systolic volume", "右心室收缩末期容积", "mL", "rv", 69, 23),
    ("RVSV", "RV stroke volume", "右心室每搏输出量", "mL", "rv", 86, 21),
    ("RVEF", "RV ejection fraction", "右心室射血分数", "%", "rv", 56, 7),
    ("LAV_max", "LA maximum volume", "左心房最大容积", "mL", "la", 67, 19),
    ("LAV_min", "LA minimum volume", "左心房最小容积", "mL", "la", 27, 11),
    ("LASV", "LA stroke volume", "左心房每搏量", "mL", "la", 40, 12),
    ("LAEF", "LA ejection fraction", "左心房射血分数", "%", "la", 60, 8),
    ("RAV_max", "RA maximum volume", "右心房最大容积", "mL", "ra", 81, 25),
    ("RAV_min", "RA minimum volume", "右心房最小容积", "mL", "ra", 43, 17),
    ("RASV", "RA stroke volume", "右心房每搏量", "mL", "ra", 38, 13),
    ("RAEF", "RA ejection fraction", "右心房射血分数", "%", "ra", 47, 8),
    ("AAo_max_area", "Ascending aorta maximum area", "升主动脉最大截面积", "mm²", "aorta", 930, 190),
    ("AAo_min_area", "Ascending aorta minimum area", "升主动脉最小截面积", "mm²", "aorta", 840, 180),
    ("AAo_distensibility", "Ascending aorta distensibility", "升主动脉扩张性", "10⁻³ mmHg⁻¹", "aorta", 1.9, 1.0),
    ("DAo_max_area", "Descending aorta maximum area", "降主动脉最大截面积", "mm²", "aorta", 560, 120),
    ("DAo_min_area", "Descending aorta minimum area", "降主动脉最小截面积", "mm²", "aorta", 500, 110),
    ("DAo_distensibility", "Descending aorta distensibility", "降主动脉扩张性", "10⁻³ mmHg⁻¹", "aorta", 2.4, 1.2),
]
AHA = [
    ("basal anterior", "基底段前壁"),
    ("basal anteroseptal", "基底段前间隔"),
    ("basal inferoseptal", "基底段下间隔"),
    ("basal inferior", "基底段下壁"),
    ("basal inferolateral", "基底段下侧壁"),
    ("basal anterolateral", "基底段前侧壁"),
    ("mid anterior", "中间段前壁"),
    ("mid anteroseptal", "中间段前间隔"),
    ("mid inferoseptal", "中间段下间隔"),
    ("mid inferior", "中间段下壁"),
    ("mid inferolateral", "中间段下侧壁"),
    ("mid anterolateral", "中间段前侧壁"),
    ("apical anterior", "心尖段前壁"),
    ("apical septal", "心尖段间隔"),
    ("apical inferior", "心尖段下壁"),
    ("apical lateral", "心尖段侧壁"),
]
# Four-chamber view, in anatomical order around the ventricle.
LONG_AXIS = [
    ("basal septal", "基底段间隔"),
    ("mid septal", "中间段间隔"),
    ("apical septal", "心尖段间隔"),
    ("apical lateral", "心尖段侧壁"),
    ("mid lateral", "中间段侧壁"),
    ("basal lateral", "基底段侧壁"),
]
_SEGMENTAL = [
    ("WT_AHA", "wall-thickness", AHA, "LV wall thickness, AHA {n} ({en})", "左心室室壁厚度，AHA {n} 段（{zh}）", "WT_global",
     "LV wall thickness, global", "左心室室壁厚度，整体", "mm", 5.9, 1.1),
    ("Ecc_AHA", "ecc", AHA, "LV circumferential strain, AHA {n} ({en})", "左心室周向应变，AHA {n} 段（{zh}）", "Ecc_global",
     "LV circumferential strain, global", "左心室整体周向应变", "%", -22, 3.5),
    ("Err_AHA", "err", AHA, "LV radial strain, AHA {n} ({en})", "左心室径向应变，AHA {n} 段（{zh}）", "Err_global",
     "LV radial strain, global", "左心室整体径向应变", "%", 45, 8.5),
    ("Ell", "ell", LONG_AXIS, "LV longitudinal strain, segment {n} ({en})", "左心室纵向应变，第 {n} 段（{zh}）", "Ell_global",
     "LV longitudinal strain, global", "左心室整体纵向应变", "%", -18.3, 3.0),
]  # fmt: skip


def _table() -> tuple[Phenotype, ...]:
    rows = list(_SINGLE)
    for prefix, group, segments, en, zh, whole, whole_en, whole_zh, unit, mean, sd in _SEGMENTAL:
        for n, (segment_en, segment_zh) in enumerate(segments, start=1):
            names = en.format(n=n, en=segment_en), zh.format(n=n, zh=segment_zh)
            rows.append((f"{prefix}_{n}", *names, unit, group, mean, 1.2 * sd))
        rows.append((whole, whole_en, whole_zh, unit, group, mean, sd))
    return tuple(Phenotype(i, 24100 + k, en, zh, u, g, float(m), float(s)) for k, (i, en, zh, u, g, m, s) in enumerate(rows))


PHENOTYPES = _table()
INDEX = {p.id: k for k, p in enumerate(PHENOTYPES)}
DISEASE_NAMES = {
    "cad": ("Coronary artery disease", "冠状动脉疾病"),
    "hf": ("Heart failure", "心力衰竭"),
    "cm": ("Cardiomyopathy", "心肌病"),
    "ph": ("Pulmonary hypertension", "肺动脉高压"),
}
SUBTYPE_NAMES = {
    "dcm": ("Dilated cardiomyopathy", "扩张型心肌病"),
    "hcm": ("Hypertrophic cardiomyopathy", "肥厚型心肌病"),
    "rcm": ("Restrictive cardiomyopathy", "限制型心肌病"),
}
