"""What the reviews of the script show, with a note for the teacher."""

from __future__ import annotations

from dataclasses import dataclass

from sentiment_core.messages import Message, lazy


@dataclass(frozen=True)
class Phenomenon:
    """Something in a text that makes it easy or hard to judge."""

    title: Message  # a few words
    note: Message  # what the teacher may point out, once the truth is shown


# By code, from easy to hard. Some stand for one language only.
PHENOMENA = {
    "plain-praise": Phenomenon(
        lazy("plain praise"),
        lazy("Everything in it points the same way. Class and models should agree, and most should be certain."),
    ),
    "plain-complaint": Phenomenon(
        lazy("plain complaint"),
        lazy("Again every word agrees. A model that only counts words is as good here as one that reads in order."),
    ),
    "negation": Phenomenon(
        lazy("negation"),
        lazy(
            "Words of complaint stand under a “not”, and the whole is praise. A bag of words loses the “not”. A "
            "network that reads in order could keep it: ask which of them did."
        ),
    ),
    "contrast": Phenomenon(
        lazy("contrast"),
        lazy("What stands before “but” is taken back by what stands after it. Ask which part weighed more for you."),
    ),
    "distance": Phenomenon(
        lazy("a cue at a distance"),
        lazy(
            "The verdict stands in the first words, and then comes only plot. A network that reads forward must "
            "remember it to the end: compare the RNN with the LSTM, and look at Forgetting."
        ),
    ),
    "mixed": Phenomenon(
        lazy("mixed feelings"),
        lazy(
            "Blame and praise in one text. How sure the class is says more than its majority: a good model should be "
            "unsure here too."
        ),
    ),
    "names": Phenomenon(
        lazy("names"),
        lazy(
            "The happy words are names, and the verdict is in a comparison at the end. A model knows words, not who "
            "is called by them."
        ),
    ),
    "tears": Phenomenon(
        lazy("tears as praise"),
        lazy("The words are sad and the review is not a complaint. A sad film may be a good one."),
    ),
    "understatement": Phenomenon(
        lazy("understatement"),
        lazy("It says less than it means. The friendly words are about seats and popcorn, not about the film."),
    ),
    "emoticons": Phenomenon(
        lazy("emoticons"),
        lazy(
            "The smile goes with warm words, then with boredom. Ask what the smile says, "
            "and what the model reads of it."
        ),
    ),
    "irony": Phenomenon(
        lazy("irony"),
        lazy(
            "Taken word by word it is praise. One must know how people talk to see that it is not, and models that are "
            "certain here are certain and wrong."
        ),
    ),
    "double-negation": Phenomenon(
        lazy("double negation"),
        lazy("Two negations cancel, several times in a row. People also slow down here: ask who read it twice."),
    ),
    "no-spaces": Phenomenon(
        lazy("no spaces"),
        lazy(
            "Without spaces a tokenizer cuts the text at other places. Look at the tokens on One review: the words "
            "that matter may not be among them."
        ),
    ),
    "wish": Phenomenon(
        lazy("a wish"),
        lazy("The good things are wished for, and so they are missing. “Could have been” turns praise into regret."),
    ),
    "comparison": Phenomenon(
        lazy("comparison"),
        lazy("The praise is for another film. To judge the text one must know what each sentence is about."),
    ),
    "spelling": Phenomenon(
        lazy("spelling"),
        lazy(
            "Typed as one talks. What is not in the vocabulary is split into pieces or unknown; people read past the "
            "mistakes."
        ),
    ),
    "quotation": Phenomenon(
        lazy("quotation"),
        lazy("The praise is quoted, and the author does not share it. Whose opinion counts?"),
    ),
    "late-turn": Phenomenon(
        lazy("late turn"),
        lazy(
            "Mostly complaint, then a turn. A model that weighs all words alike stays with the first part, and one "
            "that remembers only the end may miss why it turned."
        ),
    ),
    "other-domain": Phenomenon(
        lazy("not about a film"),
        lazy("The models have read film reviews only. Words mean other things for a vacuum cleaner."),
    ),
    "no-cue": Phenomenon(
        lazy("hardly a word that judges"),
        lazy("It tells what happened, and the reader draws the conclusion. There is almost nothing to count."),
    ),
    "slang": Phenomenon(
        lazy("slang"),
        lazy(
            "Words of illness or death as the highest praise. The models learned them from people who "
            "meant them otherwise."
        ),
    ),
    "doubtful-label": Phenomenon(
        lazy("a doubtful label"),
        lazy(
            "The truth comes from the author's stars, and the text speaks for both sides. If class and models agree "
            "against the label, who is wrong? Some of a test set is like this, so nobody reaches 100%."
        ),
    ),
}
