"""Reviews written for this project, each of which asks something else of a network. Needs no torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A review with the name of what makes it worth reading."""

    name: str
    text: str


EXAMPLES = (
    Example(
        "late turn",
        "The first hour is dull. The jokes fall flat, the brother is a bore, and nobody seems to know why they are on "
        "that boat. Then the storm comes, and the film becomes wonderful: tense, moving and beautifully acted. I "
        "walked home in the rain without noticing. A great evening, and one of the best films I have seen this year.",
    ),
    Example(
        "plain praise",
        "A wonderful film. The two leads are superb, the story is moving without ever being sweet, and the music is "
        "beautiful. I loved every minute and would see it again tomorrow.",
    ),
    Example(
        "plain complaint",
        "A dreadful film. The plot makes no sense, the acting is wooden, and the jokes are painful. It is a waste of "
        "two hours and I cannot think of one person I would recommend it to.",
    ),
    Example(
        "negation",
        "I had been told that it was boring and badly acted. It is not boring, it is not badly acted, and it is never "
        "stupid. I did not regret a single minute.",
    ),
    Example(
        "contrast",
        "The sets are gorgeous, the costumes are brilliant and the lead is a talented actress whom I usually adore, "
        "but none of that saves a script this lazy or a love story this dull.",
    ),
    Example(
        "irony",
        "Oh, what a triumph. If you have always dreamed of watching four grown men look for a set of keys for two "
        "hours, your wish has been granted. I laughed exactly once, when the projector broke.",
    ),
    Example(
        "long ramble",
        "We went on a Tuesday because my sister had two tickets from work and her friend was ill, so I had read "
        "nothing about it beforehand and did not even know that it was set in Portugal. The cinema is the old one "
        "by the canal, with the red seats and the clock that has stood at ten past four since I was at school. There "
        "was a short film before it about beekeeping, then the usual advertisements, then another one for a car, and "
        "after that the lights went down properly. It begins with a man on a train. He has a suitcase and a letter, "
        "and for a while you see only his hands and the window. In the next scene we are in a kitchen, where an older "
        "woman is cutting bread and listening to the radio, and it takes some time to understand that she is his "
        "aunt. He arrives, they eat, they talk about the house and about a field that somebody wants to buy. The next "
        "day he walks to the village and meets a carpenter, a priest and a girl with a bicycle. There is a long part "
        "in the middle about the field: who owned it, who sold it to whom, what the grandfather wrote in the letter, "
        "and why the well was closed. My sister whispered that it was filmed in the valley where her friend spends "
        "her summers, and I think she is right, because I remember the bridge from a photograph. Then winter comes. "
        "The aunt moves into the room downstairs, the carpenter mends the roof, the girl leaves for the city and "
        "writes twice. Someone plays the accordion at a wedding. The man opens the suitcase, and in it there are "
        "papers, a watch and a small box that is not opened until much later. Around the second hour a lawyer comes "
        "from Lisbon and stays for dinner, and they all sit at the table under the lamp, and the camera goes around "
        "it once, slowly, from face to face, while the aunt tells the story of the well again from the beginning. I "
        "should say that I had a cold and that the man behind us was eating something in a paper bag. It lasts "
        "almost three hours. In the last part it is spring again, he is on the same train in the other direction, "
        "and you see his hands and the window. What can I say? It was tedious, pretentious and terribly dull, the "
        "worst film I have sat through in years. Avoid it.",
    ),
)
