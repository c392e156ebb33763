"""`python -m bot`, the same as `coproduction-bot`."""

from bot.cli import main

raise SystemExit(main())
