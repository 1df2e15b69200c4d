import datetime as dt

from mmm.content.search import services
from mmm.foundation import tasks


@tasks.every("search.keep_up", dt.timedelta(seconds=15))
def keep_up() -> None:
    """What editors publish is found within half a minute. Two queries when nothing changed."""
    services.keep_up()
