"""What the bot knows of its own connection: the sign of life depends on it."""


async def test_it_is_connected_from_ready_on_and_not_while_discord_is_gone(env):
    assert env.bot.is_connected

    env.bot.dispatch("disconnect")
    await env.settle()
    assert not env.bot.is_connected
    assert env.bot.is_ready(), "which is why that is not what is asked"

    env.bot.dispatch("resumed")
    await env.settle()
    assert env.bot.is_connected
