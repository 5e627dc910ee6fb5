"""Sweeps: one recipe trained with many settings and seeds, and the best of them by the valid split.

    sweep = make_sweep(...); write_sweep(sweep)      # plan: what is to be trained; sweep.json
    course = Course(sweep)                           # course: says what to train next, from what the run folders show
    advance(sweep, work, reviews, cache)             # trial: trains one run as far as the course says
    read_results(sweep)                              # results: how far each run is, and what the settings are worth

A sweep is a folder: sweep.json, and runs/<trial>/, which are ordinary run folders. Everything that is known of a trial
is read from its run folder, so whoever is killed, the same command goes on. An executor, of this machine's jobs or of
Ray, asks the course what to train and tells it what has ended; so both decide the same.
"""
