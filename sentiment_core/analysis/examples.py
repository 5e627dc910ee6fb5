"""Example reviews, each a different challenge for a network, in the language of a corpus. Needs no torch.

The English ones were written for this project. The Korean ones are unchanged reviews of the test split (CC0); the
included part contains them too.
"""

from __future__ import annotations

from dataclasses import dataclass

from sentiment_core.text.hangul import KOREAN


@dataclass(frozen=True)
class Example:
    """A review and the name of its challenge."""

    name: str
    text: str


EXAMPLES = (
    Example(
        "late-turn",
        "The first hour is dull. The jokes fall flat, the brother is a bore, and nobody seems to know why they are on "
        "that boat. Then the storm comes, and the film becomes wonderful: tense, moving and beautifully acted. I "
        "walked home in the rain without noticing. A great evening, and one of the best films I have seen this year.",
    ),
    Example(
        "plain-praise",
        "A wonderful film. The two leads are superb, the story is moving without ever being sweet, and the music is "
        "beautiful. I loved every minute and would see it again tomorrow.",
    ),
    Example(
        "plain-complaint",
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
        "long-ramble",
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

_KOREAN_EXAMPLES = (
    Example(
        "late-turn",
        "허접한 CG와 허무맹랑한 이야기.. 하지만 정말 슬프로 감동적이다. 전혀 후회되지 않고 여운이 오래 남을것같다... "
        "ㅠㅠb",
    ),
    Example("plain-praise", "너무 재밌다 진심 생각지도 못했는데 결말에 완전 충격받고 감동도 받고 진짜 좋은영화"),
    Example("plain-complaint", "내용도 별로고 캐릭터도 별로고.. 출연자들 때문에 봤는데 정말 재미없었다.."),
    Example("negation", "영화 잘만들었네요...조용하고 잔잔하지만 하나도 지루하지않게 봤어요..."),
    Example("contrast", "배우들의 연기는 좋았지만스토리가 망친영화 영화관에서보면 돈아까울정도"),
    Example("irony", "최신CG작업에 찬사를 보낸다 우뢰매이후 최고의 CG인듯...."),
    Example("no-spaces", "너무좋아한영화다.잘만들었고잘보여준,너무좋다.그냥"),
    Example(
        "long",
        "여러 가지로 요즘의 사회를 보여주고 있으며, 우리가 깨달아야 할 가족과 특히 부모님에 대한 생각을 해볼 수 있는 "
        "영화. 전체적으로 지루할 수도 있지만, 그 지루함조차 우리의 실제 일상생활이기에 와닿는다. 결론은 부모님 "
        "살아계실 때 한번 더 뵙자!",
    ),
)


# Texts that show what a tokenizer does.
_TOKEN_EXAMPLES = (
    Example(
        "a-bit-of-all",
        "I didn't expect much, but it wasn't half bad :) The dialogue is unscriptably odd, in a naïve way."
        "<br /><br />Seven out of ten, and my sister has booked a week in Łódź.",
    ),
    Example("negation", "It is not bad. I can't say that I didn't like it, and nobody will call it unfunny."),
    Example("emoticons", "Great fun :) until the sad ending ;-( and then a silly song over the credits =D"),
    Example("rare-words", "An unputdownable, antidisestablishmentarian romp full of schwarzeneggeresque one-liners."),
    Example(
        "line-breaks", "The first act drags.<br /><br />The second flies.<br /><br />The third I would watch again."
    ),
    Example("other-scripts", "A friend wrote 这部电影很好看 and another فيلم رائع, which both say that it is good."),
)
_KOREAN_TOKEN_EXAMPLES = (
    Example(
        "a-bit-of-all",
        "기대 안 했는데 생각보다 재밌음ㅋㅋ OST도 좋고, 결말은 좀 억지스럽지만 값진 시간이었다."
        "<br /><br />10점 만점에 7점 :)",
    ),
    Example("negation", "나쁘지 않다. 재미없다고 할 수는 없고, 지루하지도 않았다."),
    Example("emoticons", "진짜 웃기다ㅋㅋㅋ 마지막엔 울었음ㅠㅠ 강추 ^^ 별점 조작은 싫음 ㅡㅡ"),
    Example("endings", "재미있다, 재미있는, 재미있게, 재미있었고, 재미있었는데, 재미있었습니다, 재밌네"),
    Example("no-spaces", "너무재미있어서시간가는줄몰랐다또보고싶은영화"),
    Example("other-scripts", "친구는 这部电影很好看 라고 쓰고 나는 so good 이라고 썼다."),
)


def is_example(text: str) -> bool:
    """Whether a text is an example in any language, and not the reader's own."""
    every = (EXAMPLES, _KOREAN_EXAMPLES, _TOKEN_EXAMPLES, _KOREAN_TOKEN_EXAMPLES)
    return any(text == example.text for examples in every for example in examples)


def examples_in(language: str) -> tuple[Example, ...]:
    """The examples in a language as a corpus card names it; English ones if there are none."""
    return _KOREAN_EXAMPLES if language == KOREAN else EXAMPLES


def token_examples_in(language: str) -> tuple[Example, ...]:
    """Texts that show what tokenizers do with a language, named as in `examples_in`."""
    return _KOREAN_TOKEN_EXAMPLES if language == KOREAN else _TOKEN_EXAMPLES
