"""The closed lists of words that augkg reasons with, each written as it stands in files and answers."""

from enum import StrEnum


class Modality(StrEnum):
    """What kind of rule a norm is."""

    PROHIBITION = "prohibition"
    OBLIGATION = "obligation"
    PERMISSION = "permission"


class InstrumentKind(StrEnum):
    """What kind of text an instrument is."""

    TREATY = "treaty"
    CONSTITUTION = "constitution"
    STATUTE = "statute"
    REGULATION = "regulation"
    DIRECTIVE = "directive"
    DECREE = "decree"
    GUIDELINE = "guideline"
    DECLARATION = "declaration"
    STANDARD = "standard"


class Status(StrEnum):
    """How far the encoding of a norm has come."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    DISPUTED = "disputed"
    RETIRED = "retired"


class NormPart(StrEnum):
    """The part of a norm that an untranslatable text bears on."""

    WHEN = "when"
    REQUIRES = "requires"
    PROVIDED = "provided"
    UNLESS = "unless"
    EXCEPTIONS = "exceptions"


class Sanction(StrEnum):
    """What the law attaches to a breach."""

    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"
    CIVIL = "civil"
    NONE = "none"


class Truth(StrEnum):
    """True: entailed by what was stated and the ontology. False: its negation is. Unknown: neither."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class State(StrEnum):
    """What one norm concludes about one scenario."""

    VIOLATED = "violated"
    UNDETERMINED = "undetermined"
    OVERRIDDEN = "overridden"
    EXCEPTED = "excepted"
    SATISFIED = "satisfied"
    PERMITTED = "permitted"
    NOT_APPLICABLE = "not-applicable"


class Verdict(StrEnum):
    """What all findings conclude together, strongest first."""

    PROHIBITED = "prohibited"
    NON_COMPLIANT = "non-compliant"
    UNDETERMINED = "undetermined"
    CONDITIONAL = "conditional"
    COMPLIANT = "compliant"
    UNREGULATED = "unregulated"


class Mutability(StrEnum):
    """Whether a fact can be changed, and how."""

    FIXED = "fixed"
    OBTAINABLE = "obtainable"
    CHOOSABLE = "choosable"


class Language(StrEnum):
    """The languages that augkg speaks."""

    EN = "en"
    ZH = "zh"


class Severity(StrEnum):
    """How bad a harm is, after ISO 14971, least first."""

    NEGLIGIBLE = "negligible"
    MINOR = "minor"
    SERIOUS = "serious"
    CRITICAL = "critical"
    CATASTROPHIC = "catastrophic"


class EstimateKind(StrEnum):
    """What the number of an estimate is."""

    PROBABILITY = "probability"
    RATE = "rate"
    EFFECT = "effect"
    EXPOSURE = "exposure"
    CONDITIONAL = "conditional"
    COUNT = "count"
    SCORE = "score"
    DURATION = "duration"
    QUALITATIVE = "qualitative"


class Evidence(StrEnum):
    """How far a number was checked."""

    SEEN = "seen"
    UNVERIFIED = "unverified"
    EXPERT = "expert"
    WORKED_EXAMPLE = "worked-example"
    STATED = "stated"


class Sex(StrEnum):
    """The sex of a person, as laboratories tell ranges apart."""

    FEMALE = "female"
    MALE = "male"


class RiskClass(StrEnum):
    """The classes of risk, least first."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    EXTREME = "extreme"


class ScoreKind(StrEnum):
    """The three scores."""

    RISK = "risk"
    HEALTH = "health"
    ETHICS = "ethics"
