"""House rule 2: what goes to an employer is looked through for health words first. The person decides."""

import html
import re
from collections.abc import Iterable

# Beginnings of words. Too many rather than too few: a wrong hit costs one tick.
_STEMS = (
    r"adhd|autis|angststoornis|anorexia|antidepress|anxi|behandel|bipola|borderline|boulimia|"
    r"burn-?out|diagnos|depress|disorder|dwangstoornis|eetstoornis|epilep|ggz|handicap|"
    r"illness|kanker|klachten|medic|opgenomen|opname|overspannen|paniekaanval|paniekstoornis|"
    r"persoonlijkheidsstoornis|pillen|psych|ptsd|ptss|schizo|stoornis|su[iï]cid|therap|"
    r"trauma|verslaafd|verslaving|zelfmoord|ziek"
)
# Whole words. Those that mean something else in Dutch or English, too ("add", "ms", "as"), only in capitals.
_SHORT = "cptsd|cptss|cva|emdr|hiv|lvb|ocd|ocs|pdd|ssri"
_CAPITALS = "ADD|AIDS|AS|ASS|CVS|DIS|ME|MS|NAH|TIA"
_WORDS = re.compile(rf"\b(?:(?:{_CAPITALS})\b|(?i:(?:{_SHORT})\b|(?:{_STEMS})\w*))")
_TAGS = re.compile(r"<[^>]+>")


def words_in(pieces: Iterable[str]) -> list[str]:
    """The words about health in these pieces of HTML, each once, as they stand there."""
    text = html.unescape(_TAGS.sub(" ", " ".join(pieces)))
    return list(dict.fromkeys(found.group() for found in _WORDS.finditer(text)))
