"""The seven aspects in which a customer sees a service policy, and what they look for in each."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from servicekit._terms import Term

__all__ = ["EXPECTATIONS", "Aspect", "Audience", "Expectation"]


class Aspect(Term):
    """The seven aspects of a service policy, in the order in which a customer meets them."""

    PRESENTATION = "presentation"
    """How products and services present themselves: found, reached and asked about."""
    SPEED = "speed"
    """How long anything may take."""
    COMMUNICATION = "communication"
    """What is said about terms, services and warranties, without pressure."""
    FOLLOW_UP = "follow_up"
    """What happens after the purchase."""
    COMPLAINTS = "complaints"
    """How complaints are settled."""
    LOYALTY = "loyalty"
    """How customers are kept in touch with."""
    SUPERVISION = "supervision"
    """How employees are encouraged, told and praised."""


class Audience(Term):
    """Who gets to see a commitment."""

    CUSTOMERS = "customers"
    STAFF = "staff"
    MANAGEMENT = "management"


class Expectation(Term):
    """What a customer looks for in a policy; of supervision, what they feel without seeing it."""

    FOUND_ONLINE = "found_online"
    WAY_THERE = "way_there"
    HOW_TO_REACH = "how_to_reach"
    MAXIMUM_WAIT = "maximum_wait"
    DELIVERY_TERMS = "delivery_terms"
    RETURN_TERMS = "return_terms"
    PAYMENT_MEANS = "payment_means"
    SERVICES_EXPLAINED = "services_explained"
    WARRANTIES_EXPLAINED = "warranties_explained"
    CONTACT_AFTER_PURCHASE = "contact_after_purchase"
    DELIVERY_TIMES = "delivery_times"
    SUPPORT = "support"
    EASY_COMPLAINING = "easy_complaining"
    QUICK_SETTLEMENT = "quick_settlement"
    STAFF_MAY_SETTLE = "staff_may_settle"
    SENIORS_EARLY = "seniors_early"
    COMPENSATION = "compensation"
    MONTHLY_CONTACT = "monthly_contact"
    NEWS_OR_COUPONS = "news_or_coupons"
    FORUM = "forum"
    ENCOURAGEMENT = "encouragement"
    FEEDBACK_SHARED = "feedback_shared"
    MISSED_GOALS_DISCUSSED = "missed_goals_discussed"
    PRAISE = "praise"

    @property
    def aspect(self) -> Aspect:
        """The aspect that it belongs to."""
        return _ASPECTS[self]

    @property
    def missing(self) -> str:
        """What a customer finds missing where nothing promises it."""
        return EXPECTATIONS[self.aspect][self]


_Missing = Mapping[Expectation, str]

EXPECTATIONS: Final[Mapping[Aspect, _Missing]] = MappingProxyType({
    Aspect.PRESENTATION: MappingProxyType({
        Expectation.FOUND_ONLINE: "products and services cannot be found on the net",
        Expectation.WAY_THERE: "nothing says how to get there",
        Expectation.HOW_TO_REACH: "nothing says how to reach a person",
    }),
    Aspect.SPEED: MappingProxyType({
        Expectation.MAXIMUM_WAIT: "no maximum wait",
    }),
    Aspect.COMMUNICATION: MappingProxyType({
        Expectation.DELIVERY_TERMS: "no delivery terms",
        Expectation.RETURN_TERMS: "no return terms",
        Expectation.PAYMENT_MEANS: "nothing says how one may pay",
        Expectation.SERVICES_EXPLAINED: "services are not explained without pressure to buy",
        Expectation.WARRANTIES_EXPLAINED: "warranties are not explained without pressure to buy",
    }),
    Aspect.FOLLOW_UP: MappingProxyType({
        Expectation.CONTACT_AFTER_PURCHASE: "no name, phone and e-mail to turn to after purchase",
        Expectation.DELIVERY_TIMES: "no delivery times",
        Expectation.SUPPORT: "no support after purchase",
        Expectation.EASY_COMPLAINING: "no easy way to complain",
    }),
    Aspect.COMPLAINTS: MappingProxyType({
        Expectation.QUICK_SETTLEMENT: "no time by which a complaint is settled",
        Expectation.STAFF_MAY_SETTLE: "staff may not settle a complaint themselves",
        Expectation.SENIORS_EARLY: "senior managers do not come in early",
        Expectation.COMPENSATION: "no compensation rule",
    }),
    Aspect.LOYALTY: MappingProxyType({
        Expectation.MONTHLY_CONTACT: "no contact in the months after a transaction",
        Expectation.NEWS_OR_COUPONS: "neither newsletter nor coupon for regular customers",
        Expectation.FORUM: "no forum for customers",
    }),
    Aspect.SUPERVISION: MappingProxyType({
        Expectation.ENCOURAGEMENT: "staff are not encouraged",
        Expectation.FEEDBACK_SHARED: "feedback is not shared with staff",
        Expectation.MISSED_GOALS_DISCUSSED: "missed goals are not talked about with staff",
        Expectation.PRAISE: "no praise for staff who reach their goals",
    }),
})  # fmt: skip
"""What a customer looks for in each aspect, with what they find missing where it is not there."""

_ASPECTS: Final = {one: aspect for aspect, looked_for in EXPECTATIONS.items() for one in looked_for}
