"""The six marks of excellent service, as a scorecard for one interaction.

The customer, the employee or somebody who listened rates each statement from 1 (not at all) to 5
(completely). The total of the six marks lies between 6 and 30; the source prints no bands.

>>> from servicekit.benchmark import questions
>>> questions(EXCELLENCE, "fi")["smile"]
'Asiakas kohdattiin hymyillen.'
"""

from typing import Final

from servicekit.benchmark import Instrument, Scale, Section
from servicekit.catalogue._wordings import said, statement

__all__ = ["EXCELLENCE"]

_RELIABILITY: Final = Section(
    "reliability",
    said("Reliability", "Luotettavuus", "Uzticamība"),
    statements=(
        statement(
            "above_expectation",
            "The service was, as always, better than expected.",
            "Palvelu ylitti odotukset yhtä varmasti kuin aina.",
            "Apkalpošana, kā vienmēr, pārsniedza gaidīto.",
        ),
        statement(
            "same_for_all",
            "The customer was served as well as anyone else.",
            "Asiakasta palveltiin yhtä hyvin kuin ketä tahansa muuta.",
            "Klientu apkalpoja tikpat labi kā jebkuru citu.",
        ),
    ),
)

_TIMELINESS: Final = Section(
    "timeliness",
    said("Timeliness", "Oikea-aikaisuus", "Savlaicīgums"),
    statements=(
        statement(
            "quick_and_good",
            "The service was quick without loss of quality.",
            "Palvelu oli nopeaa, eikä laadusta tingitty.",
            "Klientu apkalpoja ātri, nezaudējot kvalitāti.",
        ),
        statement(
            "backup_in_time",
            "Nobody had to wait because help was called too late.",
            "Kukaan ei joutunut odottamaan siksi, että apua pyydettiin liian myöhään.",
            "Nevienam nebija jāgaida tāpēc, ka palīdzība tika lūgta pārāk vēlu.",
        ),
    ),
)

_PERSONAL_TOUCH: Final = Section(
    "personal_touch",
    said("Personal touch", "Henkilökohtaisuus", "Personiska pieeja"),
    statements=(
        statement(
            "by_name",
            "The customer was addressed by name.",
            "Asiakasta puhuteltiin nimeltä.",
            "Klientu uzrunāja vārdā.",
        ),
        statement(
            "last_visit",
            "The customer's last visit or purchase was remembered.",
            "Asiakkaan edellinen käynti tai ostos muistettiin.",
            "Klienta iepriekšējo apmeklējumu vai pirkumu atcerējās.",
        ),
        statement(
            "smile",
            "The customer was met with a smile.",
            "Asiakas kohdattiin hymyillen.",
            "Klientu sagaidīja ar smaidu.",
        ),
    ),
)

_APPROACHABILITY: Final = Section(
    "approachability",
    said("Approachability", "Helposti lähestyttävyys", "Pieejamība"),
    statements=(
        statement(
            "friendly",
            "The employee was friendly and polite.",
            "Työntekijä oli ystävällinen ja kohtelias.",
            "Darbinieks bija draudzīgs un pieklājīgs.",
        ),
        statement(
            "not_put_off",
            "The employee stayed with the problem, however hard it was.",
            "Työntekijä paneutui ongelmaan, olipa se kuinka hankala tahansa.",
            "Darbinieks risināja problēmu, lai cik sarežģīta tā būtu.",
        ),
    ),
)

_FLEXIBILITY: Final = Section(
    "flexibility",
    said("Flexibility", "Joustavuus", "Elastīgums"),
    statements=(
        statement(
            "rules_bent",
            "Rules were bent as far as possible to help the customer.",
            "Sääntöjä sovellettiin asiakkaan hyväksi niin joustavasti kuin mahdollista.",
            "Noteikumus klienta labā piemēroja tik elastīgi, cik vien iespējams.",
        ),
        statement(
            "odd_requests",
            "No request, however odd, was turned down without asking management.",
            "Erikoistakaan pyyntöä ei torjuttu kysymättä ensin johdolta.",
            "Pat neparastu lūgumu nenoraidīja, pirms tam nepajautājot vadībai.",
        ),
    ),
)

_ABOVE_AND_BEYOND: Final = Section(
    "above_and_beyond",
    said("Above and beyond", "Enemmän kuin pyydettiin", "Vairāk par prasīto"),
    statements=(
        statement(
            "more_than_asked",
            "The employee did more for the customer than was asked.",
            "Työntekijä teki asiakkaan hyväksi enemmän kuin pyydettiin.",
            "Darbinieks klienta labā izdarīja vairāk, nekā tika prasīts.",
        ),
        statement(
            "offered_unasked",
            "Something extra was offered before the customer had to ask.",
            "Asiakkaalle tarjottiin jotain ylimääräistä, ennen kuin hän ehti kysyä.",
            "Klientam piedāvāja ko papildus, pirms viņš paspēja pajautāt.",
        ),
    ),
)

EXCELLENCE: Final = Instrument(
    "excellence",
    said(
        "Excellent service in one interaction",
        "Erinomainen palvelu yhdessä kohtaamisessa",
        "Izcila apkalpošana vienā saskarsmes reizē",
    ),
    scale=Scale(1, 5),
    sections=(
        _RELIABILITY,
        _TIMELINESS,
        _PERSONAL_TOUCH,
        _APPROACHABILITY,
        _FLEXIBILITY,
        _ABOVE_AND_BEYOND,
    ),
    source=(
        "Six marks of excellent customer service as a business magazine lists them; the "
        "statements, the scale and the wording are servicekit's own"
    ),
)
"""The scorecard of the six marks, in English (en), Finnish (fi) and Latvian (lv)."""
