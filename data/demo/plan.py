"""What the synthetic cohorts are made of: corridors, shares and effects, all invented.

The directions follow the texts (DOMAIN §6: MPI, MPP, MMC); every size is the project's choice, and none is a finding.
Effects are added to a latent standing on the scale of the scores, 0…1, in the order economic, social, psychosocial.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

Effect: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True)
class Corridor:
    """A corridor: ISO3 codes, how many returnees and community members, and the shares of the bands.

    `bands` runs from solicited to forced, then unclassified.
    """

    host: str
    country_of_return: str
    people: int
    bands: tuple[float, ...]
    community: int = 0


@dataclass(frozen=True)
class Plan:
    """A synthetic programme: whom it follows and when.

    `waves` are the planned months since return; `paths` the mean course over the waves, one row per dimension;
    `years` the first and last year of return; `economic_start` what the programme's design adds to economic standing;
    `levels` the shares of people with no, individual, collective, community and structural assistance.
    """

    prefix: str
    corridors: tuple[Corridor, ...]
    waves: tuple[float, ...]
    paths: tuple[tuple[float, ...], ...]
    years: tuple[int, int]
    economic_start: float
    levels: tuple[float, ...]


CORRIDORS: Final = (
    Corridor("PAK", "AFG", 2000, (0.02, 0.10, 0.14, 0.34, 0.08, 0.12, 0.20), community=240),
    Corridor("LBY", "NGA", 1200, (0.02, 0.10, 0.22, 0.26, 0.22, 0.12, 0.06), community=180),
    Corridor("USA", "SLV", 850, (0.01, 0.07, 0.06, 0.08, 0.20, 0.55, 0.03)),
    Corridor("DEU", "AFG", 620, (0.03, 0.09, 0.08, 0.14, 0.44, 0.18, 0.04)),
    Corridor("SAU", "ETH", 480, (0.01, 0.06, 0.08, 0.15, 0.14, 0.52, 0.04), community=120),
    Corridor("KEN", "SOM", 360, (0.06, 0.16, 0.12, 0.26, 0.08, 0.06, 0.26)),
    Corridor("DEU", "IRQ", 230, (0.05, 0.20, 0.20, 0.12, 0.33, 0.08, 0.02)),
    Corridor("LBY", "GMB", 130, (0.04, 0.12, 0.22, 0.24, 0.24, 0.10, 0.04)),
    Corridor("NOR", "ETH", 54, (0.02, 0.16, 0.12, 0.16, 0.40, 0.12, 0.02)),
    Corridor("DEU", "GHA", 27, (0.12, 0.34, 0.20, 0.06, 0.20, 0.06, 0.02)),
    Corridor("NLD", "MAR", 9, (0.12, 0.34, 0.20, 0.06, 0.20, 0.06, 0.02)),
    Corridor("AUT", "TUN", 6, (0.12, 0.34, 0.20, 0.06, 0.20, 0.06, 0.02)),
)
"""Twelve corridors of very unequal size; the last two lie below the floor of 10 people."""

COUNTRY: Final[dict[str, Effect]] = {
    "AFG": (-0.13, -0.11, -0.09),
    "ETH": (0.01, 0.00, 0.04),
    "GHA": (0.13, 0.13, 0.10),
    "GMB": (0.03, 0.05, 0.08),
    "IRQ": (0.02, 0.02, -0.02),
    "MAR": (0.12, 0.14, 0.06),
    "NGA": (0.08, 0.05, 0.06),
    "SLV": (0.12, 0.13, 0.07),
    "SOM": (-0.10, -0.15, -0.03),
    "TUN": (0.11, 0.15, 0.06),
}
"""The context of the country of return: the largest effect of all."""

AREAS: Final = {
    "AFG": ("Kabul", "Nangarhar", "Herat", "Balkh", "Kandahar", "Kunduz"),
    "ETH": ("Addis Ababa", "Amhara", "Oromia", "Tigray"),
    "GHA": ("Ashanti", "Greater Accra"),
    "GMB": ("Banjul", "Central River", "West Coast"),
    "IRQ": ("Baghdad", "Dohuk", "Erbil", "Nineveh"),
    "MAR": ("Casablanca-Settat",),
    "NGA": ("Delta", "Edo", "Kano", "Lagos"),
    "SLV": ("La Libertad", "San Miguel", "San Salvador", "Santa Ana", "Usulután"),
    "SOM": ("Banadir", "Bay", "Lower Juba"),
    "TUN": ("Tunis",),
}

BASE: Final[Effect] = (0.52, 0.59, 0.60)
BAND: Final[tuple[Effect, ...]] = (
    (0.05, 0.03, 0.04),  # solicited
    (0.05, 0.02, 0.04),  # voluntary
    (0.01, 0.01, 0.01),  # reluctant
    (-0.02, 0.00, -0.01),  # pressured
    (-0.03, -0.01, -0.03),  # obliged
    (-0.10, -0.03, -0.07),  # forced
    (-0.01, 0.00, 0.00),  # unclassified
)
SUPPORT: Final[dict[str, Effect]] = {
    "none": (0.00, 0.00, 0.00),
    "cash": (0.08, 0.05, 0.05),
    "business": (0.11, 0.06, 0.06),
    "training": (0.09, 0.05, 0.06),
    "housing": (0.02, 0.08, 0.03),
    "health": (0.01, 0.06, 0.04),
    "psychosocial": (0.01, 0.02, 0.09),
    "other": (0.02, 0.02, 0.02),
}
LEVEL: Final[tuple[Effect, ...]] = (
    (0.00, 0.00, 0.00),  # no assistance
    (0.03, 0.02, 0.02),  # individual
    (0.00, 0.00, 0.01),  # collective
    (-0.04, -0.03, -0.03),  # community
    (-0.03, 0.00, -0.03),  # structural
)
REFERRAL: Final[Effect] = (-0.06, -0.06, 0.00)
DEBT: Final[Effect] = (-0.04, 0.00, -0.09)
"""Debt, and the shame that goes with it, weigh on psychosocial standing too."""
COMMUNITY: Final[Effect] = (0.06, 0.06, 0.10)
"""What community members have over an average returnee to the same country."""

WOMEN_LACK: Final = ("p06", "p07", "p10", "p14", "p15", "p16", "p18", "p24")
"""Work, housing, justice, documents, health care and safety: the elements where women report less."""
WOMEN: Final = -0.11
DEBT_ELEMENTS: Final = ("p04", "p05")
IN_DEBT: Final = -0.18

HARDER: Final = {"p01": -0.06, "p08": -0.12, "p15": 0.20, "p20": -0.06, "p23": 0.06, "p27": -0.05, "p29": 0.05}
"""How much easier (above 0) or harder an element is than the rest of its dimension."""

MISSING: Final = {"p05": 0.06, "p13": 0.16, "p14": 0.04, "p26": 0.03, "p27": 0.04, "p28": 0.05, "p30": 0.03}
MISSING_ELSEWHERE: Final = 0.012
BROKEN_OFF: Final = 0.02
"""Share of interviews that end early: all later elements are missing, and with them some scores."""

LOSS_SHARES: Final = {"not_found": 0.55, "declined": 0.18, "moved": 0.20, "died": 0.01, "other": 0.06}
"""Why people who have not left the country are not interviewed again."""

LABELS: Final = (
    "Assisted voluntary return",
    "Assisted voluntary return and reintegration",
    "Deportation",
    "Facilitated return",
    "Self-organised",
    "Spontaneous return",
)
LABEL_SHARES: Final = (
    (0.05, 0.10, 0.00, 0.60, 0.15, 0.10),  # solicited
    (0.10, 0.15, 0.00, 0.05, 0.40, 0.30),  # voluntary
    (0.20, 0.20, 0.00, 0.05, 0.25, 0.30),  # reluctant
    (0.25, 0.25, 0.05, 0.15, 0.10, 0.20),  # pressured
    (0.40, 0.40, 0.08, 0.02, 0.10, 0.00),  # obliged: most "voluntary" labels stand on an order to leave
    (0.04, 0.04, 0.92, 0.00, 0.00, 0.00),  # forced
    (0.10, 0.10, 0.05, 0.45, 0.05, 0.25),  # unclassified
)
CHOICE_SHARES: Final = (
    (0.80, 0.17, 0.03),  # solicited: free, some, none
    (0.72, 0.20, 0.08),  # voluntary
    (0.38, 0.46, 0.16),  # reluctant
    (0.09, 0.43, 0.48),  # pressured
    (0.14, 0.38, 0.48),  # obliged
    (0.04, 0.13, 0.83),  # forced: about one in six still reports some choice (DOMAIN §1)
    (0.34, 0.36, 0.30),  # unclassified
)
KIND_SHARES: Final = (0.26, 0.26, 0.16, 0.10, 0.09, 0.07, 0.06)
"""Cash, business, training, housing, health, psychosocial, other: among people who were assisted."""
KIND_VALUES: Final = (0, 900, 2200, 1100, 1500, 600, 400, 300)
REACH: Final = (0.6, 0.9, 1.0, 1.0, 1.35, 0.6, 0.7)
"""How many times as likely as planned each band is to be assisted: the deported seldom, the obliged often."""
PROVIDERS: Final = ("Reintegration programme", "National agency", "Local organisation", "Local authority")
PROVIDER_SHARES: Final = (0.48, 0.17, 0.25, 0.10)

FIRST: Final = Plan(
    prefix="S",
    corridors=CORRIDORS,
    waves=(3, 6, 12, 18, 24),
    paths=(
        (0.05, -0.05, 0.04, -0.05, 0.06),
        (0.04, -0.04, 0.04, -0.04, 0.06),
        (0.08, -0.07, 0.05, -0.06, 0.07),
    ),
    years=(2019, 2023),
    economic_start=0.0,
    levels=(0.42, 0.38, 0.08, 0.08, 0.04),
)
SECOND: Final = Plan(
    prefix="T",
    corridors=(
        Corridor("PAK", "AFG", 380, CORRIDORS[0].bands),
        Corridor("LBY", "NGA", 260, CORRIDORS[1].bands),
        Corridor("USA", "SLV", 160, CORRIDORS[2].bands),
        Corridor("DEU", "IRQ", 100, CORRIDORS[6].bands),
    ),
    waves=(3, 12, 24),
    paths=((0.05, 0.02, 0.07), (0.03, 0.02, 0.05), (0.06, 0.01, 0.06)),
    years=(2021, 2023),
    economic_start=0.08,
    levels=(0.25, 0.55, 0.10, 0.07, 0.03),
)
