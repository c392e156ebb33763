# Two stages: the first builds, the second runs. Both from the lock files, so that an image
# built tomorrow holds what one built today holds.
FROM python:3.13-slim-trixie AS build
WORKDIR /src
RUN python -m venv /opt/bot
COPY locks/run.txt locks/build.txt locks/
RUN /opt/bot/bin/pip install --no-cache-dir --require-hashes -r locks/run.txt \
    && pip install --no-cache-dir --require-hashes -r locks/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot/ bot/
COPY cogs/ cogs/
COPY migrations/ migrations/
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/bot/bin/pip install --no-cache-dir --no-deps --no-index /wheels/*.whl

FROM python:3.13-slim-trixie
LABEL org.opencontainers.image.title="coproduction-bot" \
    org.opencontainers.image.licenses="MIT"
# A plain user, and one place where it may write.
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin bot \
    && install --directory --owner=bot --group=bot --mode=0700 /data
COPY --from=build /opt/bot /opt/bot
ENV PATH=/opt/bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    COPRO_DATABASE=/data/coproduction.db
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
# The bot touches a file while it is connected to Discord.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["coproduction-bot", "health"]
ENTRYPOINT ["coproduction-bot"]
CMD ["run"]
