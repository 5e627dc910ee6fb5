"""Work that outlives a page: a folder that says what to do and how far it has come, and a process of its own.

    request = Request("hub:owner/name", corpus.path)      # jobs.folders
    folder = start(request, corpus, root)                 # jobs.queue: returns at once
    read_job(folder).state                                # jobs.folders: what is in the folder, and whether it lives
    cancel(folder)

The folder is the only truth about a job. Its process holds a lock in it, so anybody sees whether the job lives: another
page, another server, or the same one after a restart. One job works at a time; the others wait for their turn. A job
that was killed goes on from the scores that it has saved when it is started again.

So far there is one kind of job, which scores a classifier on the splits of a corpus (`scoring`). `kept` reads its
result.
"""
