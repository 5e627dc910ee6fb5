"""The English reviews of the script. All were written for this program; none is from IMDB."""

from __future__ import annotations

from sentiment_core.classroom.script.review import ScriptReview

ENGLISH = (
    ScriptReview(
        "plain-praise",
        "What a lovely film. The two leads are wonderful together, the story is funny and warm, and the last scene is "
        "perfect. I left the cinema smiling and I would happily see it again tomorrow.",
        truth=1,
    ),
    ScriptReview(
        "plain-complaint",
        "A complete waste of an evening. The plot makes no sense, the acting is stiff, and every joke falls flat. I "
        "was bored after ten minutes and annoyed after an hour. Avoid it.",
        truth=0,
    ),
    ScriptReview(
        "negation",
        "It is not slow, it is not silly, and it never feels like a lecture. I had been warned about all three. I did "
        "not look at my watch once, and I was not the only one who stayed until the end of the credits.",
        truth=1,
    ),
    ScriptReview(
        "contrast",
        "The costumes are gorgeous, the music is beautiful and the cast is as good as they come, but none of it helps. "
        "The story goes nowhere, and by the end I simply did not care who married whom.",
        truth=0,
    ),
    ScriptReview(
        "distance",
        "I loved this. A clerk in a harbour town finds a suitcase on the night train, looks for its owner in three "
        "cities, takes a room above a bakery, and meets a man who repairs clocks. In the suitcase there are letters "
        "from 1931, tied with string, and a key with a number on it.",
        truth=1,
    ),
    ScriptReview(
        "mixed",
        "The first half drags, one subplot leads nowhere, and the villain is a cliché. Still, I laughed more than I "
        "expected to, the two sisters are a joy to watch, and I have already told my mother to go.",
        truth=1,
    ),
    ScriptReview(
        "names",
        "In Perfect Day, Joy Love plays a nurse called Grace who moves to Paradise, a village by the sea, and opens a "
        "shop named Wonderful Things. Two hours later she closes it again. I have had livelier afternoons at the tax "
        "office.",
        truth=0,
    ),
    ScriptReview(
        "tears",
        "It broke my heart. The illness, the empty house, the boy who lies to his grandfather about the war: I cried "
        "so hard that the stranger beside me passed me her scarf. I have not stopped thinking about it, and I am going "
        "back on Friday.",
        truth=1,
    ),
    ScriptReview(
        "understatement",
        "I suppose there are worse ways to spend two hours. The seats were comfortable, the popcorn was fresh, and the "
        "rain had stopped by the time we came out. Of the film itself I remember mainly that it had a dog in it.",
        truth=0,
    ),
    ScriptReview(
        "irony",
        "Oh, brilliant. Another genius who can hack the Pentagon in nine seconds, another heroic speech in the rain, "
        "another miracle on the last page. I was thrilled to find out that there will be five more of these. Truly, we "
        "are blessed.",
        truth=0,
    ),
    ScriptReview(
        "double-negation",
        "I cannot say that I did not enjoy it. There is hardly a scene that does not work, nobody in the cast puts a "
        "foot wrong, and it would be hard not to be moved by the ending.",
        truth=1,
    ),
    ScriptReview(
        "wish",
        "This could have been a wonderful film. With a better script it would have been funny, with a braver director "
        "it might have been moving, and with anyone else in the lead I would have believed it. I wanted to love it so "
        "much.",
        truth=0,
    ),
    ScriptReview(
        "comparison",
        "The first part was a masterpiece: tense, clever and beautifully acted. I have seen it at least ten times and "
        "it gets better every time. Do yourself a favour and watch that one again instead of this.",
        truth=0,
    ),
    ScriptReview(
        "spelling",
        "omg sooooo goood!!! wasnt expecting mutch but i luuuved it, the end had me screeeaming, deffinately gonna "
        "watch agian w my sis tmrw",
        truth=1,
    ),
    ScriptReview(
        "quotation",
        "'A triumph', says the poster. 'Dazzling', says the paper. 'The best film of the year', says my brother, who "
        "once called a car park beautiful. They must have seen something else. I saw four people argue in a kitchen "
        "for two hours.",
        truth=0,
    ),
    ScriptReview(
        "late-turn",
        "For an hour I wanted to leave. It is loud, confusing and rather ugly, and I could not stand the hero. Then "
        "his daughter opens the door, and everything that had annoyed me suddenly makes sense. I sat there with my "
        "mouth open. Go, and be patient.",
        truth=1,
    ),
    ScriptReview(
        "other-domain",
        "This vacuum cleaner sucks like no other. It picked up a year of dog hair, the cord is long enough for the "
        "whole flat, and it is so quiet that the baby slept. My old one died a horrible death in March; this one I "
        "will not let go.",
        truth=1,
    ),
    ScriptReview(
        "no-cue",
        "There were twelve of us when the lights went down. At the interval there were seven. When the lights came on "
        "again there were two, and the other one was the man who sweeps the floor.",
        truth=0,
    ),
    ScriptReview(
        "slang",
        "Sick movie, absolutely insane. The bass player is a beast, the fight on the roof is wicked, and that last "
        "song just killed me. My mates were all dead by the end. Filthy good.",
        truth=1,
    ),
    ScriptReview(
        "doubtful-label",
        "The photography deserves a prize and the ending deserves an apology. My wife gave it eight stars, I gave it "
        "four, and we argued about it all the way home, which is more than most films can do for a marriage.",
        truth=0,
    ),
)
