"""How numbers are printed."""

NOT_RUN = "not run"


def number(value: float | None, digits: int = 3) -> str:
    return NOT_RUN if value is None else f"{value:.{digits}f}"


def percent(value: float | None) -> str:
    return NOT_RUN if value is None else f"{100 * value:.1f} %"


def with_interval(value: float | None, interval: list | tuple | None) -> str:
    if value is None or interval is None or interval[0] is None:
        return number(value)
    return f"{value:.3f} ({interval[0]:.3f} to {interval[1]:.3f})"


def gain(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f} %"


def p_value(value: float | None) -> str:
    if value is None:
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def plus_minus(mean: float | None, deviation: float | None) -> str:
    return number(mean) if deviation is None else f"{number(mean)} ± {number(deviation)}"
