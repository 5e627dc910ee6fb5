"""Lessons about how training goes: it learns, too high a rate, no clipping."""

from __future__ import annotations

from sentiment_core.experiments.lessons.lesson import Freedom, Lesson, LessonNetwork, LessonStep
from sentiment_core.messages import lazy
from sentiment_core.model.config import Recipe
from sentiment_core.text.reviews import TOY

# A toy review is at most 83 tokens long, so 100 tokens are all of it. A vector of 32 starts small, so that its movement
# shows. The weights kept are the last ones: the lesson is about what training comes to.
BASE = Recipe("bilstm").change(
    max_length=100,
    cell="lstm",
    embedding_size=32,
    embedding_std=0.1,
    hidden_size=32,
    pooling="mean",
    epochs=8,
    batch_size=32,
    learning_rate=2e-3,
    clip=1.0,
    keep="last",
)
SEED = Freedom("seed", least=0, most=999)
EPOCHS = Freedom("epochs", least=1, most=16)

LEARNS = Lesson(
    code="learns",
    title=lazy("It learns"),
    question=lazy("A network starts with random numbers. How does it find out which words praise a film?"),
    steps=(
        LessonStep(
            lazy("Start the training and watch the loss."),
            lazy("It stays at 0.69 for a while. This is the loss of guessing, ln 2. When does it begin to fall?"),
        ),
        LessonStep(
            lazy("Watch the accuracy on valid."),
            lazy(
                "It rises fast and pauses near 90% before it reaches 100%. Compare the pinned reviews at that moment."
            ),
        ),
        LessonStep(
            lazy("Watch the words while the loss falls."),
            lazy("Words of praise and of blame move to two sides. Words such as *friday* and *hall* hardly move."),
        ),
        LessonStep(
            lazy("Train again with another seed."),
            lazy("The way is different. Is the end?"),
        ),
    ),
    answer=lazy(
        """
**The plateau.** At first all words have small random vectors, so all reviews look alike, and the gradients of praise
and blame nearly cancel. Once words of praise differ a little from words of blame, each step makes the difference
larger, and the loss falls steeply.

**The pause near 90%.** The network first learns single words. That is enough for two thirds of the toy reviews ("the
plot was superb"). In one of six the word is negated ("not good"), and in one of six two words contradict each other.
For these it must learn the order of words, which takes longer. So at the pause the plain reviews are told apart, and
"not good" is still near the middle or on the wrong side.

**The words.** Nobody tells the network which words are positive. A word moves because the loss falls when it moves.
Words that occur in both kinds of reviews equally often are pulled both ways and stay: *hall* moves less than a quarter
as far as *superb*. *Not* and *but* move too, because they change what follows.

**Another seed** starts elsewhere and reads the batches in another order. With each of the five seeds tried, all valid
reviews are right in the end.
"""
    ),
    source=TOY,
    networks=(LessonNetwork("bilstm", lazy("reads in both directions"), BASE.change(bidirectional=True)),),
    pins=("the plot was superb.", "the plot was awful.", "the acting was not good."),
    freedoms=(Freedom("hidden_size", choices=(8, 16, 32, 64)), EPOCHS, SEED),
    parts=("curves", "pins", "drift"),
    minutes=8,
)

RATE = Lesson(
    code="rate",
    title=lazy("Too high a rate"),
    question=lazy("A higher learning rate takes larger steps. Why does it not always learn faster?"),
    steps=(
        LessonStep(
            lazy("Start both trainings. They differ in the learning rate alone: 0.002 and 0.3."),
            lazy("Compare the loss in the first twenty steps. Which one rises above 0.69, the loss of guessing?"),
        ),
        LessonStep(
            lazy("Compare the accuracies on valid from epoch to epoch."),
            lazy("One rises and stays. The other goes up and down."),
        ),
        LessonStep(
            lazy("Look at the pinned reviews of both."),
            lazy("With the high rate their probabilities jump from one side to the other."),
        ),
        LessonStep(
            lazy("Set the second rate to 0.02, and then to 0.0002."),
            lazy("Which rate is the best of the four?"),
        ),
    ),
    answer=lazy(
        """
The gradient says in which direction the loss falls, but only near the present weights. A step that is too long lands
where the gradient no longer holds: beyond the valley. The next gradient points back, and the next step is again too
long. So the loss is noisy and never gets low.

With 0.3 each step of Adam moves a weight by about 0.3, while most weights of these networks are below 0.2 at the
start. A few steps are enough to throw them far from there.

**A rate can also be too low**: with 0.0002 the accuracy on valid is only near 70% after eight epochs. Between them,
0.02 learns in one epoch what 0.002 learns in four. The best rate is the highest at which the loss still falls steadily.
"""
    ),
    source=TOY,
    networks=(
        LessonNetwork("usual", lazy("rate 0.002"), BASE.change(bidirectional=True)),
        LessonNetwork("high", lazy("rate 0.3"), BASE.change(bidirectional=True, learning_rate=0.3)),
    ),
    pins=("the plot was superb.", "the plot was awful.", "the acting was not good."),
    freedoms=(
        Freedom("learning_rate", choices=(0.0002, 0.002, 0.02, 0.1, 0.3, 1.0), networks=(1,)),
        EPOCHS,
        SEED,
    ),
    parts=("curves", "pins"),
    minutes=8,
)

_IDENTITY = BASE.change(cell="rnn_relu", initialization="identity", pooling="last", learning_rate=0.01)
CLIPPING = Lesson(
    code="clipping",
    title=lazy("No clipping"),
    question=lazy("One step with a huge gradient can undo a training. What does clipping do about it?"),
    steps=(
        LessonStep(
            lazy("Start both trainings. They are plain RNNs from the same start; only the first is clipped at 1."),
            lazy("Compare the gradient norms, which are measured before clipping. The scale is logarithmic."),
        ),
        LessonStep(
            lazy("Look at the peak of the gradient norm in the first steps."),
            lazy("What does the loss of each network do after it?"),
        ),
        LessonStep(
            lazy("Compare the accuracies on valid at the end."),
            lazy("Both networks have the same weights at the start and read the same batches."),
        ),
        LessonStep(
            lazy("Train again with another seed, and with another rate."),
            lazy("How often does the network without clipping fail?"),
        ),
    ),
    answer=lazy(
        """
A plain RNN multiplies by the same weights at each token. Here the product begins at 1, so that an early word arrives
at the end. As soon as some factors are a little larger than 1, the gradient explodes: over fifty tokens 1.1 becomes
117, and 1.3 becomes half a million.

**Why one step is enough.** Adam divides each step by the size of the gradients that it remembers, and it remembers
about a thousand steps. After one huge gradient all later ones are tiny beside it: fifty steps later the weights move
8 to 35 times less in a step than with clipping, and the loss stays at 0.69.

**Clipping** shortens a gradient that is longer than 1 to length 1 and keeps its direction. Nothing huge is remembered,
and the training goes on. It helps in most trainings, not in all: try other seeds. With a rate of 0.001 the explosions
are rarer, and both networks learn with most seeds.
"""
    ),
    source=TOY,
    networks=(
        LessonNetwork(
            "clipped",
            lazy("clipped at 1"),
            _IDENTITY,
        ),
        LessonNetwork(
            "unclipped",
            lazy("not clipped"),
            _IDENTITY.change(clip=0.0),
        ),
    ),
    pins=("the plot was superb.", "the plot was awful. we saw it on a friday evening. the hall was nearly full."),
    freedoms=(Freedom("learning_rate", choices=(0.001, 0.003, 0.01)), EPOCHS, SEED),
    parts=("curves", "forgetting", "pins"),
    minutes=10,
)
