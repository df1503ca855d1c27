"""The helpfulness benchmark: how well a firm serves, in 25 statements.

The owner, the staff or customers rate each statement from 1 (never) to 5 (all the time). A section
scores the mean of its ratings, so that the total lies between 7 and 35. The bands are printed as 28
or more, 21 to 27, and 20 or less; here each is reached at its floor.

>>> from servicekit.benchmark import Answers, score
>>> ratings = {statement.key: 3 for statement in HELPFULNESS.statements}
>>> result = score(HELPFULNESS, Answers(ratings))
>>> result.total, result.band.key, result.to_next_band, result.tipping().rises
(Fraction(21, 1), 'adequate', Fraction(7, 1), 21)
"""

from typing import Final

from servicekit.benchmark import Band, Instrument, Scale, Section
from servicekit.catalogue._wordings import said, statement

__all__ = ["HELPFULNESS"]

_CULTURE: Final = Section(
    "culture",
    said("Customer-centred culture", "Asiakaskeskeinen kulttuuri", "Uz klientu vērsta kultūra"),
    statements=(
        statement(
            "do_everything",
            "We are committed to doing all we can so that customers are satisfied.",
            "Näemme kaiken tarvittavan vaivan, jotta asiakas on tyytyväinen.",
            "Mēs darām visu, kas mūsu spēkos, lai klienti būtu apmierināti.",
        ),
        statement(
            "right_first_time",
            "We aim to get things right the first time.",
            "Pyrimme hoitamaan asiat kerralla kuntoon.",
            "Mēs cenšamies visu izdarīt pareizi jau pirmajā reizē.",
        ),
        statement(
            "owner_example",
            "The owner shows by example that service matters.",
            "Omistaja osoittaa omalla esimerkillään, että palvelulla on väliä.",
            "Īpašnieks ar savu piemēru rāda, ka apkalpošana ir svarīga.",
        ),
        statement(
            "customers_first",
            "Customers' needs come before our own internal ones.",
            "Asiakkaan tarpeet menevät omien sisäisten tarpeidemme edelle.",
            "Klientu vajadzības mums ir svarīgākas par pašu iekšējām vajadzībām.",
        ),
    ),
)

_PRODUCTS: Final = Section(
    "products",
    said("Customer-oriented products", "Asiakaslähtöiset tuotteet", "Klientiem radīti produkti"),
    statements=(
        statement(
            "sell_together",
            "When we sell, we look for the solution together with the customer.",
            "Myyntityössä etsimme ratkaisun yhdessä asiakkaan kanssa.",
            "Pārdodot mēs meklējam risinājumu kopā ar klientu.",
        ),
        statement(
            "honest_advertising",
            "Our advertising promises nothing that we cannot deliver.",
            "Mainontamme lupaa vain sen, minkä pystymme toimittamaan.",
            "Reklāmā mēs nesolām neko tādu, ko nevaram izpildīt.",
        ),
        statement(
            "benefits_understood",
            "We understand which features and benefits matter most to customers.",
            "Ymmärrämme, mitkä ominaisuudet ja hyödyt merkitsevät asiakkaille eniten.",
            "Mēs saprotam, kuras īpašības un priekšrocības klientiem ir vissvarīgākās.",
        ),
        statement(
            "customers_shape_offer",
            "We develop new products and services from what customers tell us.",
            "Uudet tuotteemme ja palvelumme syntyvät siitä, mitä asiakkaat meille kertovat.",
            "Jaunus produktus un pakalpojumus mēs veidojam, balstoties uz klientu teikto.",
        ),
    ),
)

_COMMENTS: Final = Section(
    "comments",
    said("Answering comments", "Palautteeseen vastaaminen", "Atbildes uz atsauksmēm"),
    statements=(
        statement(
            "complaints_investigated",
            "We look into customers' complaints thoroughly.",
            "Selvitämme asiakkaiden valitukset perusteellisesti.",
            "Mēs rūpīgi izskatām klientu sūdzības.",
        ),
        statement(
            "advice_asked",
            "We keep asking customers for their advice.",
            "Kysymme asiakkailta neuvoa yhä uudelleen.",
            "Mēs pastāvīgi lūdzam klientu padomu.",
        ),
        statement(
            "faults_removed",
            "We regularly use feedback to find ways of removing faults.",
            "Käytämme palautetta säännöllisesti vikojen ja puutteiden karsimiseen.",
            "Mēs regulāri izmantojam atsauksmes, lai rastu veidus, kā novērst kļūdas.",
        ),
    ),
)

_KNOWLEDGE: Final = Section(
    "knowledge",
    said("Knowing the customers", "Asiakkaiden tuntemus", "Klientu pazīšana"),
    statements=(
        statement(
            "expectations_known",
            "We have found out what customers expect of us.",
            "Asiakkaiden odotukset ovat meillä selvillä.",
            "Mēs esam noskaidrojuši, ko klienti no mums sagaida.",
        ),
        statement(
            "in_touch",
            "We are often in touch with our customers.",
            "Pidämme tiiviisti yhteyttä asiakkaisiimme.",
            "Mēs bieži sazināmies ar saviem klientiem.",
        ),
        statement(
            "everyone_knows",
            "Every employee knows what matters to customers.",
            "Meillä jokainen tietää, mitä asiakkaat pitävät tärkeänä.",
            "Ikviens darbinieks zina, kas klientiem ir svarīgi.",
        ),
    ),
)

_CONTACT: Final = Section(
    "contact",
    said("Easy to contact", "Yhteydenoton helppous", "Viegla saziņa"),
    statements=(
        statement(
            "easy_dealings",
            "We make it easy for customers to deal with us.",
            "Asiointi kanssamme on tehty asiakkaalle helpoksi.",
            "Mēs gādājam, lai klientam ar mums būtu viegli sadarboties.",
        ),
        statement(
            "complaints_settled",
            "We aim to settle every complaint.",
            "Tähtäämme siihen, että jokainen valitus saa ratkaisun.",
            "Mūsu mērķis ir atrisināt ikvienu sūdzību.",
        ),
        statement(
            "lasting_impression",
            "We encourage service that leaves an impression on the customer.",
            "Meillä kannustetaan palvelemaan niin, että se jää asiakkaan mieleen.",
            "Mēs mudinām apkalpot tā, lai klientam paliktu spilgts iespaids.",
        ),
    ),
)

_STAFF: Final = Section(
    "staff",
    said("Staff competence", "Henkilöstön osaaminen", "Darbinieku prasmes"),
    statements=(
        statement(
            "respected",
            "Employees are treated with respect.",
            "Työntekijöitä kohdellaan kunnioittavasti.",
            "Pret darbiniekiem izturas ar cieņu.",
        ),
        statement(
            "product_understood",
            "The whole staff fully understands our products and services.",
            "Koko henkilökunta tuntee tuotteemme ja palvelumme perin pohjin.",
            "Visi darbinieki pilnībā pārzina mūsu produktus un pakalpojumus.",
        ),
        statement(
            "skills_and_tools",
            "Everyone has the skills and the tools that the work takes.",
            "Jokaisella on työn vaatimat taidot ja välineet.",
            "Ikvienam ir darbam nepieciešamās prasmes un rīki.",
        ),
        statement(
            "encouraged_to_solve",
            "Everyone is encouraged to solve customers' problems.",
            "Kaikkia rohkaistaan ratkomaan asiakkaiden ongelmia.",
            "Visi tiek mudināti risināt klientu problēmas.",
        ),
        statement(
            "part_of_the_job",
            "The whole team feels that customer satisfaction is part of the job.",
            "Koko tiimi kokee, että asiakkaan tyytyväisyys kuuluu työhön.",
            "Visa komanda uzskata, ka rūpes par klientu apmierinātību ir daļa no darba.",
        ),
    ),
)

_IMPROVEMENT: Final = Section(
    "improvement",
    said("Active improvement", "Aktiivinen kehittäminen", "Aktīva pilnveide"),
    statements=(
        statement(
            "always_improving",
            "We always try to improve how we work and what we offer.",
            "Etsimme koko ajan parempia tapoja toimia ja parempia tuotteita.",
            "Mēs nemitīgi cenšamies uzlabot savus procesus un produktus.",
        ),
        statement(
            "other_teams",
            "We talk with other teams to learn where they are strong and where they are weak.",
            "Juttelemme muiden tiimien kanssa oppiaksemme niiden vahvuuksista ja heikkouksista.",
            "Mēs runājam ar citām komandām, lai uzzinātu to stiprās un vājās puses.",
        ),
        statement(
            "problems_solved_quickly",
            "Once a problem shows, we try to solve it quickly.",
            "Kun ongelma tulee esiin, yritämme hoitaa sen viipymättä.",
            "Kad parādās problēma, mēs cenšamies to ātri atrisināt.",
        ),
    ),
)

_BANDS: Final = (
    Band(
        "losing",
        said(
            "Probably losing customers",
            "Asiakkaita menetetään todennäköisesti",
            "Klienti, visticamāk, tiek zaudēti",
        ),
        advice=said(
            "Poor service is probably costing you customers: begin with the weakest sections.",
            "Heikko palvelu vie teiltä luultavasti asiakkaita: aloittakaa heikoimmista osioista.",
            "Sliktas apkalpošanas dēļ jūs, visticamāk, zaudējat klientus: "
            "sāciet ar vājākajām jomām.",
        ),
    ),
    Band(
        "adequate",
        said("Adequate", "Riittävä", "Pietiekama"),
        advice=said(
            "The service will do, but it needs improvement across the board.",
            "Palvelu on kelvollista, mutta parannettavaa on kauttaaltaan.",
            "Apkalpošana ir pieņemama, taču tā jāuzlabo kopumā.",
        ),
        at_least=21,
    ),
    Band(
        "asset",
        said("An asset", "Valtti", "Priekšrocība"),
        advice=said(
            "The service responds to what customers need; work on particular areas.",
            "Palvelu vastaa asiakkaiden tarpeisiin; kehittäkää yksittäisiä osa-alueita.",
            "Apkalpošana atbilst klientu vajadzībām; pilnveidojiet atsevišķas jomas.",
        ),
        at_least=28,
    ),
)

HELPFULNESS: Final = Instrument(
    "helpfulness",
    said("Helpfulness of the service", "Palvelun avuliaisuus", "Apkalpošanas izpalīdzīgums"),
    scale=Scale(1, 5),
    sections=(_CULTURE, _PRODUCTS, _COMMENTS, _KNOWLEDGE, _CONTACT, _STAFF, _IMPROVEMENT),
    bands=_BANDS,
    source=(
        "The 'helpfulness quotient' of a guide to customer service policies: seven sections, their "
        "25 statements and the bands; the wording is servicekit's own"
    ),
)
"""The helpfulness benchmark, in English (en), Finnish (fi) and Latvian (lv)."""
