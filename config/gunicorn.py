"""How gunicorn serves the web process: `gunicorn -c python:config.gunicorn`.

Threads, because a thread keeps its connection to Postgres between requests; not ASGI, which serves
synchronous views several times slower.
"""

from gunicorn.http import message

from config import environment

# A filter may have 2,000 characters; a Chinese one takes nine bytes in an address. Gunicorn's own
# most is 8,190, or none at all.
message.MAX_REQUEST_LINE = 32_768
limit_request_line = 32_767

wsgi_app = "config.wsgi"
bind = f"{environment.text('MORTISE_BIND', '127.0.0.1')}:{environment.text('PORT', '8000')}"
worker_class = "gthread"
preload_app = True  # imported once; its processes share the memory
workers = int(environment.text("MORTISE_WEB_PROCESSES", "2"))
threads = int(environment.text("MORTISE_WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 8
keepalive = 30
max_requests = 20_000
max_requests_jitter = 2_000
loglevel = "warning"
control_socket_disable = True
forwarded_allow_ips = environment.text("MORTISE_TRUSTED_PROXIES", "127.0.0.1")
