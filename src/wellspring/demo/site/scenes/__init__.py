"""What the pictures show: scenes by name, each a function that draws on a `Brush`."""

from __future__ import annotations

from collections.abc import Callable

from wellspring.demo.site.brush import Brush

from .indoors import banquet, canteen, court, craft, dumplings, elders, meeting, tap
from .outdoors import bins, canal, courtyard, dog, lanterns, lift, market, mural, parking, patrol, renovation, water

SCENES: dict[str, Callable[[Brush], None]] = {
    scene.__name__: scene
    for scene in (
        banquet,
        elders,
        canteen,
        meeting,
        dumplings,
        tap,
        craft,
        court,
        courtyard,
        canal,
        lanterns,
        bins,
        mural,
        lift,
        parking,
        dog,
        water,
        patrol,
        renovation,
        market,
    )
}
