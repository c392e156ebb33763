async def test_smoke(env):
    guild = env.create_guild("Network")
    owner = guild.add_member(env.create_user("owner"))
    role = guild.create_role(
        "Boss", permissions=__import__("discord").Permissions(manage_guild=True, manage_events=True)
    )
    boss = guild.add_member(env.create_user("boss"), roles=[role])
    ch = guild.create_text_channel("general")
    r = await boss.slash(ch, "network setup")
    print(r.response.components)
    r2 = await boss.click(r.response.message, label="Create what is missing")
    for f in r2.followups:
        print(f.content)
    print(list(guild.channels), list(guild.roles))
    r = await boss.slash(ch, "network check")
    print(r.response.content)
    r = await boss.slash(
        ch, "organise plan", title="Who decides?", when="first Thursday of next month 2pm", places=1
    )
    r = await boss.click(r.response.message, label="Plan it")
    print(r.response)
    conv = guild.channels["conversations"]
    print(conv.history())
    card = conv.history()[0]
    a = await owner.click(card, label="Sign up")
    print(a.response.content)
    b = await boss.click(card, label="Sign up")
    print(b.response.content)
    a = await owner.click(card, label="I can't make it")
    print(a.response.content)
    print(boss.user.dm_channel.history())
    await env.advance_time(5)
    print(boss.user.dm_channel.history())
    r = await owner.slash(ch, "help")
    print(r.response.components)
    r = await owner.slash(ch, "conversation list")
    print(r.response.components)
    r = await boss.slash(ch, "conversation mine")
    print(r.response.components)
