"""What uvicorn runs: Django's WSGI application on eight fixed threads.

A bare page costs about a third of the CPU this way than through Django's own ASGI handler (`./mmm bench pages`).
"""

from a2wsgi import WSGIMiddleware

from mmm.config.wsgi import application as wsgi

application = WSGIMiddleware(wsgi, workers=8)  # type: ignore[arg-type]
