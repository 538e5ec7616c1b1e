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
