# One image for web, worker, clock and the one-off preparation; see docker-compose.yml.
FROM node:24-slim AS front-end
WORKDIR /build/static
COPY static/package.json static/package-lock.json static/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY static ./
RUN npm run build

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=config.settings \
    MORTISE_MODE=production MORTISE_BIND=0.0.0.0 MORTISE_FILES=/files
WORKDIR /app
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies']))" > requirements.txt \
    && pip install --no-cache-dir --constraint constraints.txt --requirement requirements.txt
COPY manage.py ./
COPY config config
COPY engines engines
COPY apps_runtime apps_runtime
COPY builder builder
COPY templates templates
COPY --from=front-end /build/static/dist static/dist
RUN python -m compileall -q config engines apps_runtime builder \
    && python -c "from config.local.front_end import compress; compress()" \
    && useradd --system --uid 1000 --no-create-home mortise \
    && mkdir /files && chown mortise /files
USER mortise
VOLUME /files
EXPOSE 8000
CMD ["gunicorn", "-c", "python:config.gunicorn"]
