"""Lessons about what a network can know: shuffled labels, reading only 20 tokens, last state against mean."""

from __future__ import annotations

from sentiment_core.experiments.lessons.learning import BASE, EPOCHS, SEED
from sentiment_core.experiments.lessons.lesson import Freedom, Lesson, LessonNetwork, LessonStep
from sentiment_core.messages import lazy
from sentiment_core.text.reviews import TOY

SHUFFLED = Lesson(
    code="shuffled",
    title=lazy("Shuffled labels"),
    question=lazy("If the labels are drawn at random, what does a network still learn?"),
    steps=(
        LessonStep(
            lazy("Before you start: bet what the accuracies of the two networks on train and on valid will be."),
            lazy("The second network reads the same reviews, but their labels have been shuffled."),
        ),
        LessonStep(
            lazy("Start both trainings and compare the losses on train and on valid."),
            lazy("Do they part for the network with shuffled labels?"),
        ),
        LessonStep(
            lazy("Watch the words of both networks."),
            lazy("Words move with shuffled labels too. Are praise and blame on two sides?"),
        ),
    ),
    answer=lazy(
        """
Shuffled labels say nothing about the reviews. So nothing that the network learns from them helps with new reviews: its
accuracy on valid stays near 50%, whatever its loss on train does. Where the loss on train falls, the network learns
single reviews by heart.

**Movement is not meaning.** The words move here too, because each batch pulls them somewhere. A picture of moving words
proves nothing by itself. The separation of praise and blame does.

This is why the product trains a control on shuffled labels (`bilstm-shuffled`): if a method finds structure there, it
finds structure everywhere.
"""
    ),
    source=TOY,
    networks=(
        LessonNetwork("true", lazy("true labels"), BASE.change(bidirectional=True)),
        LessonNetwork("shuffled", lazy("shuffled labels"), BASE.change(bidirectional=True, shuffle_labels=True)),
    ),
    pins=("the plot was superb.", "the plot was awful.", "the acting was not good."),
    freedoms=(Freedom("hidden_size", choices=(8, 32, 64, 128)), EPOCHS, SEED),
    parts=("curves", "drift", "pins"),
    minutes=8,
)

TOKENS = Lesson(
    code="tokens",
    title=lazy("Reading only 20 tokens"),
    question=lazy("A network that reads only the beginning is fast. What does it miss?"),
    steps=(
        LessonStep(
            lazy("Start both trainings. The second reads only the first 20 tokens of each review."),
            lazy("Which one reads more tokens a second, and which one is further after the same time?"),
        ),
        LessonStep(
            lazy("Compare the accuracies on valid at the end."),
            lazy("The second stops below 100%. Is that a matter of more epochs?"),
        ),
        LessonStep(
            lazy("Look at the second pinned review. Its cue is the 25th token."),
            lazy("The second network gives it the same probability as any other review without a cue."),
        ),
        LessonStep(
            lazy("Let the second network read 10, and then 40 tokens."),
            lazy("How does the accuracy depend on the number of tokens?"),
        ),
    ),
    answer=lazy(
        """
No training helps with what is not read. A toy review has one sentence that decides, with up to three neutral ones
before it. Where it lies within the first 20 tokens, the network can be right. Where it does not, the network can only
guess, and is right half of the time.

With real reviews the loss is smaller, because many sentences repeat the verdict. *Reviews*, *Token lengths* shows how
many tokens of each corpus are cut off at each limit, and how long a training takes for it.
"""
    ),
    source=TOY,
    networks=(
        LessonNetwork("whole", lazy("reads all tokens"), BASE.change(bidirectional=True)),
        LessonNetwork("first", lazy("reads 20 tokens"), BASE.change(bidirectional=True, max_length=20)),
    ),
    pins=(
        "the plot was awful. the hall was nearly full.",
        "we saw it on a friday evening. the hall was nearly full. it runs for about two hours. the plot was awful.",
    ),
    freedoms=(Freedom("max_length", choices=(5, 10, 20, 40, 100), networks=(1,)), EPOCHS, SEED),
    parts=("curves", "pins"),
    minutes=8,
)

POOLING = Lesson(
    code="pooling",
    title=lazy("Last state against mean"),
    question=lazy("Two networks read the same words. Why does the one that averages learn so much sooner?"),
    steps=(
        LessonStep(
            lazy(
                "Start both trainings. Both are LSTMs that read forward. One judges by its last state, one by the mean."
            ),
            lazy("Which one leaves 50%, and after how many epochs?"),
        ),
        LessonStep(
            lazy("Look at the forgetting strip of both, with the gradient of the verdict."),
            lazy("How much of a word 24 tokens before the end reaches the verdict of each?"),
        ),
        LessonStep(
            lazy("Compare the two pinned reviews."),
            lazy("The same praise stands at the end of one, and 22 tokens before the end of the other."),
        ),
        LessonStep(
            lazy("Set the cell to GRU, and then to a plain RNN."),
            lazy("Does a gate help the last state?"),
        ),
    ),
    answer=lazy(
        """
The last state must carry the verdict past all tokens that follow the cue: up to 57 tokens. At the start only a
tiny part of a word's gradient arrives from so far back, so the network gets hardly any signal about the words that
count.

The mean reads every state. Each token has a short way of its own to the verdict, past the memory, so its gradient
arrives whole (divided by the number of tokens). That is why the mean learns in a few epochs and the last state needs
many more, or never does.
"""
    ),
    source=TOY,
    networks=(
        LessonNetwork("last", lazy("judges by the last state"), BASE.change(pooling="last")),
        LessonNetwork("mean", lazy("judges by the mean of all states"), BASE),
    ),
    pins=(
        "the plot was superb.",
        "the plot was superb. we saw it on a friday evening. the hall was nearly full. it runs for about two hours.",
    ),
    freedoms=(Freedom("cell", choices=("lstm", "gru", "rnn_tanh", "rnn_relu")), EPOCHS, SEED),
    parts=("curves", "forgetting", "pins"),
    minutes=10,
)
