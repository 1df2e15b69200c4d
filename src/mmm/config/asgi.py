"""What uvicorn runs: Django's WSGI application on eight fixed threads.

A bare page costs about a third of the CPU that Django's own ASGI handler takes (`./mmm bench pages`).
"""

from a2wsgi import WSGIMiddleware

from mmm.config.checks import refuse_unsafe
from mmm.config.wsgi import application as wsgi
from mmm.foundation import running

refuse_unsafe()
_running = running.announce()
application = WSGIMiddleware(wsgi, workers=8)  # type: ignore[arg-type]
